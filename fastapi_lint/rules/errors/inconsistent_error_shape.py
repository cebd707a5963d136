"""FAL607: exception handlers of one application that answer in different shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.errors.shapes import error_shapes
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.rules.api import Rule


class InconsistentErrorShape(Rule):
    """Exception handlers of one application answer in different shapes.

    ## What it does
    Reports an exception handler whose JSON object has no key in common with those of most other handlers of the
    application.

    ## Why is this bad?
    Clients read the message of an error from one place. `{"detail": …}` here and `{"error": …}` there means code for
    each, and an error that is shown as "undefined" where it was forgotten.

    ## Bad
    ```python
    from fastapi import FastAPI, Request
    from fastapi.responses import JSONResponse

    app = FastAPI()


    @app.exception_handler(KeyError)
    def on_missing(request: Request, error: KeyError) -> JSONResponse:
        return JSONResponse({"detail": "not found"}, status_code=404)


    @app.exception_handler(PermissionError)
    def on_forbidden(request: Request, error: PermissionError) -> JSONResponse:
        return JSONResponse({"error": "not allowed"}, status_code=403)
    ```

    ## Good
    ```python
    from fastapi import FastAPI, Request
    from fastapi.responses import JSONResponse

    app = FastAPI()


    @app.exception_handler(KeyError)
    def on_missing(request: Request, error: KeyError) -> JSONResponse:
        return JSONResponse({"detail": "not found"}, status_code=404)


    @app.exception_handler(PermissionError)
    def on_forbidden(request: Request, error: PermissionError) -> JSONResponse:
        return JSONResponse({"detail": "not allowed"}, status_code=403)
    ```

    ## When not to use it
    Where a standard of another service gives the shape of some answers.

    ## Known limitations
    Handlers that answer with a dict of known keys are compared; one key in common is enough to be of the same shape.
    `{"detail": …}`, which FastAPI answers itself, counts where an application has no handler for `HTTPException`.

    ## References
    - https://www.rfc-editor.org/rfc/rfc9457
    - https://fastapi.tiangolo.com/tutorial/handling-errors/
    """

    code = "FAL607"
    name = "inconsistent-error-shape"
    standards = ("ERR-2",)
    messages = {
        "differs": "{function} answers {exception} with {{{own}}}, other errors of {app} come as {{{common}}}; give "
        "all errors one shape",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        shapes = list({shape.site: shape for shape in error_shapes(app, project.bodies)}.values())
        counted = Counter(key for shape in shapes for key in shape.keys)
        is_own = not any(shape.what == "HTTPException" for shape in shapes)
        if is_own and shapes:
            counted["detail"] += 1
        common = max(counted, key=lambda key: (counted[key], key == "detail", key), default="")
        usual = next((shape for shape in shapes if common in shape.keys), None)
        for shape in shapes:
            if common in shape.keys or (usual is not None and shape.keys & usual.keys):
                continue
            by = Related(f"{usual.function.name} answers {usual.what} so", usual.site.location) if usual else None
            yield self.finding(
                "differs",
                shape.site.location,
                related=[by] if by is not None else [Related("this is the application", app.location)],
                function=shape.function.name,
                exception=shape.what,
                own=", ".join(f'"{key}": …' for key in sorted(shape.keys)),
                app=app.name,
                common=f'"{common}": …',
            )
