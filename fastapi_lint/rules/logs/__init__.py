"""FAL7: logging."""
