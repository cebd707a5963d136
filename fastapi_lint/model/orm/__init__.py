"""Mapped classes, and what queries load of them."""
