"""Authentication, public routes, secrets."""
