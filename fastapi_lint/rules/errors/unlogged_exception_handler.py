"""FAL609: an exception handler that answers 5xx and logs nothing."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.concurrency.request_path import handler_entries
from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.endpoints.logs import may_report
from fastapi_lint.model.errors.catches import CATCH_ALL
from fastapi_lint.model.errors.server_errors import NOT_IMPLEMENTED, returned_statuses, server_errors
from fastapi_lint.model.knowledge.security import HTTP_EXCEPTIONS
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.values import External, Value, possibilities
from fastapi_lint.rules.api import Rule


class UnloggedExceptionHandler(Rule):
    """An exception handler answers 5xx and logs nothing.

    ## What it does
    Reports a handler that an application registers for an exception class, when it answers with a status of 500 or more
    and neither logs the error nor hands it to anything that may.

    ## Why is this bad?
    An exception that has a handler is no longer logged by the server: the client sees that something is broken, and
    nobody who could mend it sees what. Only handlers for `Exception` and for 500 are another matter: what they get is
    raised again behind them, and the server logs it.

    ## Bad
    ```python
    from fastapi import FastAPI, Request
    from fastapi.responses import JSONResponse

    app = FastAPI()


    class StoreError(Exception): ...


    @app.exception_handler(StoreError)
    def on_store_error(request: Request, error: StoreError) -> JSONResponse:
        return JSONResponse({"detail": "The store is not available"}, status_code=503)
    ```

    ## Good
    ```python
    import logging

    from fastapi import FastAPI, Request
    from fastapi.responses import JSONResponse

    app = FastAPI()
    logger = logging.getLogger(__name__)


    class StoreError(Exception): ...


    @app.exception_handler(StoreError)
    def on_store_error(request: Request, error: StoreError) -> JSONResponse:
        logger.error("%s failed", request.url.path, exc_info=error)
        return JSONResponse({"detail": "The store is not available"}, status_code=503)
    ```

    ## When not to use it
    Where the exceptions are logged when they are raised.

    ## Known limitations
    Silent: handlers for `Exception`, 500 and `HTTPException`; handlers that call anything whose name speaks of logs,
    reports or notices; statuses that are not known, and 501.

    ## References
    - https://www.starlette.io/exceptions/#errors-and-handled-exceptions
    - tests/proofs/test_proof_exception_flow.py
    """

    code = "FAL609"
    name = "unlogged-exception-handler"
    standards = ("ERR-4",)
    messages = {
        "unlogged": "{function} answers {status} to every {exception} and logs nothing, and the server no longer does; "
        "log the error with its traceback (exc_info=error)",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        for registration in app.exception_handlers:
            key = registration.arguments.get("exc_class_or_status_code", 0)
            names = [name for option in possibilities(key) if (name := _handled(option))]
            for entry in handler_entries(registration) if names else ():
                body = project.bodies.of(entry.function)
                found = next(server_errors(returned_statuses(body.returns, body, project.bodies)), None)
                if found is None or found[0] == NOT_IMPLEMENTED or may_report(body.calls, project.bodies):
                    continue
                status, site = found
                yield self.finding(
                    "unlogged",
                    entry.function.location,
                    related=[
                        Related("the handler is registered here", entry.location),
                        Related(f"{status} is answered here", site.location),
                    ],
                    function=entry.function.name,
                    status=status,
                    exception=names[0],
                )


def _handled(key: Value) -> str:
    """The bare name of an exception class that a handler is registered for, "" for those that the server logs."""
    if isinstance(key, ClassDefinition):
        return key.name if not key.derives_from(*HTTP_EXCEPTIONS) else ""
    if not isinstance(key, External) or key.name in CATCH_ALL | HTTP_EXCEPTIONS:
        return ""
    return key.name.rpartition(".")[2]
