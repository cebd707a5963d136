"""Executes a project on abstract values: statements, expressions, calls, and the bodies of functions as events."""
