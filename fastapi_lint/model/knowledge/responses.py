"""Response classes: what a return annotation may name without becoming a response model."""

from __future__ import annotations

RESPONSE_CLASSES = tuple(
    f"starlette.responses.{name}"
    for name in (
        "Response HTMLResponse PlainTextResponse JSONResponse RedirectResponse StreamingResponse FileResponse"
        " ORJSONResponse UJSONResponse"
    ).split()
)

JSON_RESPONSE_CLASSES = tuple(
    f"starlette.responses.{name}" for name in ("JSONResponse", "ORJSONResponse", "UJSONResponse")
)
"""Those of them that send JSON, so that None becomes the text ``null``."""
