"""Middlewares of libraries (https://www.starlette.io/middleware/)."""

from __future__ import annotations

CORS = frozenset({"starlette.middleware.cors.CORSMiddleware"})
"""What adds the headers by which browsers let the scripts of other sites read an answer."""

SESSIONS = frozenset({"starlette.middleware.sessions.SessionMiddleware"})
"""What keeps ``request.session`` in a cookie that is signed and readable."""

ANSWERING = frozenset(
    {
        "starlette.middleware.authentication.AuthenticationMiddleware",
        "slowapi.middleware.SlowAPIMiddleware",
        "slowapi.middleware.SlowAPIASGIMiddleware",
    }
)
"""Those that answer by themselves what clients should read: that they are not known, or that they ask too often. No
script needs to read the answers to a wrong host or scheme."""
