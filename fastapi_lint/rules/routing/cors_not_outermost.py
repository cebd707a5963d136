"""FAL128: a middleware around the one that adds the CORS headers."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.endpoints.middlewares import cors_bypasses
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.rules.api import Rule


class CorsNotOutermost(Rule):
    """A middleware that answers by itself stands around `CORSMiddleware`.

    ## What it does
    Reports a `CORSMiddleware` after which a middleware is added that answers some requests by itself: one of the
    project that returns or sends a response of its own, Starlette's `AuthenticationMiddleware`, or that of slowapi.

    ## Why is this bad?
    The middleware that is added last stands around all others. What it answers by itself never passes the
    `CORSMiddleware`, so it has no CORS headers, and browsers keep it from scripts: instead of a 401, 413 or 429 a
    front end sees a network error that nobody can explain. Where it turns away requests without credentials, it also
    turns away preflight requests, which never have any, so that nothing works from other origins.

    ## Bad
    ```python
    from fastapi import FastAPI, Request
    from fastapi.middleware.cors import CORSMiddleware
    from fastapi.responses import JSONResponse

    app = FastAPI()
    app.add_middleware(CORSMiddleware, allow_origins=["https://shop.example.com"])


    @app.middleware("http")
    async def require_key(request: Request, call_next):
        if "x-key" not in request.headers:
            return JSONResponse({"detail": "No key"}, status_code=401)
        return await call_next(request)
    ```

    ## Good
    ```python
    from fastapi import FastAPI, Request
    from fastapi.middleware.cors import CORSMiddleware
    from fastapi.responses import JSONResponse

    app = FastAPI()


    @app.middleware("http")
    async def require_key(request: Request, call_next):
        if "x-key" not in request.headers:
            return JSONResponse({"detail": "No key"}, status_code=401)
        return await call_next(request)


    app.add_middleware(CORSMiddleware, allow_origins=["https://shop.example.com"])
    ```

    ## When not to use it
    Where what the outer middleware answers is not for browsers.

    ## Known limitations
    Silent: middlewares that only pass requests on (compression, timing, headers), those of libraries that are not
    listed, responses that other functions make for a middleware, and middlewares added in an order that can't be
    resolved.

    ## References
    - https://fastapi.tiangolo.com/tutorial/cors/
    - https://fastapi.tiangolo.com/tutorial/middleware/#multiple-middleware-execution-order
    """

    code = "FAL128"
    name = "cors-not-outermost"
    standards = ("SEC-7",)
    messages = {
        "bypassed": "{name} is added after CORSMiddleware and answers some requests by itself: these answers have no "
        "CORS headers, so that browsers keep them from scripts; add CORSMiddleware last",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        for bypass in cors_bypasses(app, project.bodies):
            yield self.finding("bypassed", bypass.cors.site.location, related=bypass.evidence, name=bypass.name)
