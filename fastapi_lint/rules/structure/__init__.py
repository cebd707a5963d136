"""FAL9: structure."""
