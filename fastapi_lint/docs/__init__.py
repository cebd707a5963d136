"""Layer 7: documentation generated from the rules."""
