"""Words of answers that say only that something was done.

Source: the acknowledgements of the dev corpus, read one by one: ``{"ok": True}``, ``{"message": "User deleted"}``,
``{"detail": …}``, ``{"status": "success"}``, ``Message(message=…)``, ``SuccessResponse(message=…, error=False)``.
"""

from __future__ import annotations

ACKNOWLEDGING_TEXTS = frozenset("message msg detail details info status result response".split())
"""Keys whose text tells that it is done."""

ACKNOWLEDGING_FLAGS = frozenset(
    "ok success successful succeeded deleted removed acknowledged done error status result completed".split()
)
"""Keys whose boolean tells that it is done."""

ACKNOWLEDGING_CODES = frozenset({"code", "status_code", "status"})
"""Keys whose number repeats the status."""
