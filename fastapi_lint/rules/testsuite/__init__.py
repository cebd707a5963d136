"""FAL8: tests."""
