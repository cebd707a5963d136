"""Response classes: what a return annotation may name without becoming a response model."""

from __future__ import annotations

EVENT_STREAM_CLASSES = (
    "fastapi.sse.EventSourceResponse",
    "sse_starlette.EventSourceResponse",
    "sse_starlette.sse.EventSourceResponse",
)
"""Responses that stream events: FastAPI's own (https://fastapi.tiangolo.com/tutorial/server-sent-events/) and that of
the package sse-starlette."""

RESPONSE_CLASSES = (
    *(
        f"starlette.responses.{name}"
        for name in (
            "Response HTMLResponse PlainTextResponse JSONResponse RedirectResponse StreamingResponse FileResponse"
            " ORJSONResponse UJSONResponse"
        ).split()
    ),
    *EVENT_STREAM_CLASSES,
)

STREAMING_CLASSES = frozenset({"starlette.responses.StreamingResponse", *EVENT_STREAM_CLASSES})
"""Those of them that send what a generator yields. Starlette iterates a plain generator in its thread pool and an async
one on the event loop (https://www.starlette.io/responses/#streamingresponse)."""

JSON_RESPONSE_CLASSES = tuple(
    f"starlette.responses.{name}" for name in ("JSONResponse", "ORJSONResponse", "UJSONResponse")
)
"""Those of them that send JSON, so that None becomes the text ``null``."""

STREAM_TYPES = frozenset(
    f"{module}.{name}"
    for module in ("collections.abc", "typing")
    for name in ("AsyncGenerator", "AsyncIterable", "AsyncIterator", "Generator", "Iterable", "Iterator")
)
"""Return annotations of endpoints that send their items one by one (https://fastapi.tiangolo.com/tutorial/stream-json-lines/)."""
