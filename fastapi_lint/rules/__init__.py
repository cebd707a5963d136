"""Layer 5: the rules, one per file, in a folder per group."""
