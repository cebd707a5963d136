"""FAL5: async and resources."""
