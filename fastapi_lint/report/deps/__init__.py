"""Reporters of the dependencies of routes, one module per output format."""
