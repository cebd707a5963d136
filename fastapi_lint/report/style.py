"""How the parts of a report look on a terminal that has colours."""

from __future__ import annotations

from fastapi_lint.diagnostics import Severity
from fastapi_lint.text.ansi import BLUE, BOLD, BOLD_BLUE, BOLD_CYAN, BOLD_RED, BOLD_YELLOW, RED

SEVERITY = {Severity.ERROR: BOLD_RED, Severity.WARNING: BOLD_YELLOW, Severity.INFO: BOLD_BLUE}
HEADING = BOLD
PATH = BOLD
MARGIN = BLUE
CARETS = RED
NOTE = BOLD_CYAN
