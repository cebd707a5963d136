"""What generated pages of Markdown have in common."""

from __future__ import annotations

GENERATED = "<!-- Made by `python -m fastapi_lint.docs` from {source}. Edit that, then run it again. -->"
"""The comment at the top of generated pages."""
