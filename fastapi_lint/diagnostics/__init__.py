"""Layer 1: what the linter says: diagnostics and their parts."""

from fastapi_lint.diagnostics.diagnostic import Confidence, Diagnostic, Edit, Fix, Related, Severity
from fastapi_lint.diagnostics.fingerprints import Context, Fingerprint, fingerprints

__all__ = [
    "Confidence",
    "Context",
    "Diagnostic",
    "Edit",
    "Fingerprint",
    "Fix",
    "Related",
    "Severity",
    "fingerprints",
]
