"""Layer 7: reporters, one module per output format."""
