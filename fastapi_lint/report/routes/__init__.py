"""Reporters of routes, one module per output format."""
