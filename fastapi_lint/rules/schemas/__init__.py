"""FAL2: schemas."""
