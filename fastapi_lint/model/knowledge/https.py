"""By what code sees to HTTPS."""

from __future__ import annotations

import re

SECURE_MIDDLEWARES = re.compile(r"https|hsts|ssl|tls|secure|proxy_?headers|forwarded|talisman|helmet", re.IGNORECASE)
"""Names of middlewares that redirect to HTTPS, send Strict-Transport-Security, or read what a proxy says of the scheme
(https://www.starlette.io/middleware/#httpsredirectmiddleware, https://www.uvicorn.org/deployment/)."""

SECURE_WORDS = re.compile(r"strict-?transport-?security|hsts|x[-_]forwarded[-_]proto|https", re.IGNORECASE)
"""Texts of functions that do so themselves (RFC 6797)."""

SECURE_OPTIONS = frozenset(
    """
    ssl_keyfile ssl_certfile ssl_ca_certs ssl_context ssl certfile keyfile proxy_headers forwarded_allow_ips
    secure_scheme_headers uds fd root_path
    """.split()
)
"""Options of uvicorn, hypercorn and gunicorn by which a server speaks TLS, or stands behind a proxy that does
(https://www.uvicorn.org/settings/, https://docs.gunicorn.org/en/stable/settings.html)."""

SERVERS = frozenset({"uvicorn", "hypercorn", "gunicorn", "granian", "daphne"})
"""Packages that serve an application."""
