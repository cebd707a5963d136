"""What FastAPI injects: signatures, parameters and the tree of dependencies."""
