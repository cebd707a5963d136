"""Errors as flow: which exceptions leave endpoints, what catches them, and what clients are told."""
