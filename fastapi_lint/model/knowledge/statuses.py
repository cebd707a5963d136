"""Statuses that changed their names."""

from __future__ import annotations

from fastapi_lint.model.knowledge.releases import Release

RENAMED: dict[int, tuple[str, str]] = {
    413: ("REQUEST_ENTITY_TOO_LARGE", "CONTENT_TOO_LARGE"),
    414: ("REQUEST_URI_TOO_LONG", "URI_TOO_LONG"),
    416: ("REQUESTED_RANGE_NOT_SATISFIABLE", "RANGE_NOT_SATISFIABLE"),
    422: ("UNPROCESSABLE_ENTITY", "UNPROCESSABLE_CONTENT"),
}
"""The old and the new names (RFC 9110, 15.5). ``http.HTTPStatus`` has the old ones in all releases of Python, the new
ones from 3.13 on (https://docs.python.org/3/library/http.html)."""

RENAMED_BY_STARLETTE: Release = (0, 48)
"""From this release on ``starlette.status`` has the new names, and warns of the old ones
(https://www.starlette.io/release-notes/)."""

ALLOWED_BY_FASTAPI: Release = (0, 116, 2)
"""From this release on FastAPI may be installed with such a Starlette."""
