"""Routers, applications and effective routes: what is registered where, and what FastAPI makes of it."""
