"""Layer 2: the only importer of libcst: limits, tokens, parsing."""
