"""Layer 5: configuration: discovery, validation, the options in force."""
