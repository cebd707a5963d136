"""FAL4: the database."""
