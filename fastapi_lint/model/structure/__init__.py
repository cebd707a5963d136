"""How the modules of a project are arranged, and what they keep."""
