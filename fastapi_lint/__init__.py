"""fastapi-lint: a whole-project linter for FastAPI codebases."""

__version__ = "0.1.0"
