"""FAL612: a handler for FastAPI's HTTPException, which the router's own errors are not."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Related
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.editing.imports import imported_as, reference
from fastapi_lint.model.interpreter.operations import plain
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.routers import HandlerRegistration
from fastapi_lint.model.values import Unknown, external_name, possibilities
from fastapi_lint.rules.api import Rule

_FASTAPI = "fastapi.HTTPException"
_STARLETTES = "starlette.exceptions.HTTPException"
_OF_ROUTERS = frozenset({404, 405})
"""The statuses that a router answers by itself: no such path, no such method."""


class HandlerMissesRouterErrors(Rule):
    """A handler for FastAPI's `HTTPException` misses the errors of the router itself.

    ## What it does
    Reports an application that registers an exception handler for `fastapi.HTTPException` and none for the class that
    it derives from, `starlette.exceptions.HTTPException`.

    ## Why is this bad?
    What the application raises goes through the handler. A path that does not exist and a method that is not allowed
    are raised by Starlette's router as its own `HTTPException`: they still answer `{"detail": "Not Found"}`, so clients
    meet two shapes of errors.

    ## Bad
    ```python
    from fastapi import FastAPI, HTTPException, Request
    from fastapi.responses import JSONResponse

    app = FastAPI()


    @app.exception_handler(HTTPException)
    async def show_error(request: Request, error: HTTPException):
        return JSONResponse({"error": error.detail}, status_code=error.status_code)
    ```

    ## Good
    ```python
    from fastapi import FastAPI, Request
    from fastapi.responses import JSONResponse
    from starlette.exceptions import HTTPException

    app = FastAPI()


    @app.exception_handler(HTTPException)
    async def show_error(request: Request, error: HTTPException):
        return JSONResponse({"error": error.detail}, status_code=error.status_code)
    ```

    ## When not to use it
    Where errors of the router are meant to look otherwise.

    ## Known limitations
    Silent: applications that handle 404 or 405 by number, and those with a handler that can't be resolved.

    ## Fix safety
    The fix registers the handler for Starlette's class, and says so in its annotation. It is unsafe: errors of the
    router get the shape that the handler gives.

    ## References
    - https://fastapi.tiangolo.com/tutorial/handling-errors/#fastapis-httpexception-vs-starlettes-httpexception
    - tests/proofs/test_proof_error_handlers.py
    """

    code = "FAL612"
    name = "handler-misses-router-errors"
    fix = "unsafe"
    standards = ("ERR-2",)
    messages = {
        "missed": "{app} handles fastapi.HTTPException only: 404 and 405 of the router itself are Starlette's and keep "
        "their own shape; register the handler for starlette.exceptions.HTTPException",
        "register": "register it for starlette.exceptions.HTTPException",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        keys = [
            (handler, option)
            for handler in app.exception_handlers
            for option in possibilities(handler.arguments.get("exc_class_or_status_code", 0))
        ]
        statuses = {literal.value for _, key in keys if (literal := plain(key)) is not None}
        if any(isinstance(key, Unknown) or _may_be_starlettes(external_name(key)) for _, key in keys):
            return
        found = next((handler for handler, key in keys if external_name(key) == _FASTAPI), None)
        if found is not None and statuses.isdisjoint(_OF_ROUTERS):
            related = [Related("this is the application", app.location)]
            fix = self._fix(found, project)
            yield self.finding("missed", found.site.location, related=related, fix=fix, app=app.name)

    def _fix(self, registration: HandlerRegistration, project: Project) -> Fix | None:
        editing = project.call_to_edit(registration.site)
        if editing is None:
            return None
        editor, call = editing
        own = imported_as(editor, _FASTAPI, "fastapi.exceptions.HTTPException")
        starlettes = reference(editor, _STARLETTES, alias="StarletteHTTPException")
        named = [argument.value for argument in call.arguments if editor.written(argument.value) == own]
        if starlettes is None or not named:
            return None  # a variable, or a dict of handlers
        handler = registration.handler
        if isinstance(handler, FunctionDefinition) and handler.module is editor.module:
            annotations = [one.annotation for one in handler.fact.parameters if one.annotation is not None]
            named += [annotation for annotation in annotations if editor.written(annotation) == own]
        edits = [*starlettes.edits, *(editor.replace(one, starlettes.text) for one in named)]
        return editor.fix(self.messages["register"], edits, safe=False)


def _may_be_starlettes(name: str) -> bool:
    """Whether an external class is Starlette's ``HTTPException``, by whatever package it was imported from."""
    return name != _FASTAPI and name.rpartition(".")[2] == "HTTPException"
