"""Layer 1: what the linter says: diagnostics and their parts."""

from fastapi_lint.diagnostics.diagnostic import Confidence, Diagnostic, Edit, Fix, Related, Severity

__all__ = ["Confidence", "Diagnostic", "Edit", "Fix", "Related", "Severity"]
