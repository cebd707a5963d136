"""Layer 6: discovery, cache, workers, the run, suppressions."""
