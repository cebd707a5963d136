"""FAL6: errors."""
