"""Random projects, held against FastAPI: a generator, FastAPI itself as the oracle, and a shrinker."""
