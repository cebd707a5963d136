"""Layer 7: the fixture runner for rules."""
