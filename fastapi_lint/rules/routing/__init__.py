"""FAL1: API design and routing."""
