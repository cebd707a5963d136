"""Edits of the project's sources: what the fixes of rules are made of."""
