"""Reporters of what is not known of the routing, one module per output format."""
