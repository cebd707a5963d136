"""HTTP clients: which calls wait without an end, and which do not check whom they speak to."""

from __future__ import annotations

_METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "request")

ENDLESS = frozenset(f"{owner}.{method}" for owner in ("requests", "requests.Session()") for method in _METHODS)
"""Calls that wait for ever unless they are told otherwise
(https://requests.readthedocs.io/en/latest/user/advanced/#timeouts)."""

BOUNDED = frozenset(
    {
        *(f"httpx.{method}" for method in (*_METHODS, "stream")),
        *(f"httpx.{client}().{method}" for client in ("Client", "AsyncClient") for method in (*_METHODS, "stream")),
    }
)
"""Calls that wait five seconds unless they are told otherwise (https://www.python-httpx.org/advanced/timeouts/)."""
