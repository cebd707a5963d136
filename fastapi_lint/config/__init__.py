"""Layer 5: options of the linter: where they are found, what they may say, what is in force."""
