"""FAL701: `print` while a request is served."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.endpoints.logs import while_debugging
from fastapi_lint.model.interpreter.bodies import CallEvent
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class PrintInRequestPath(Rule):
    """`print` is called while a request is served.

    ## What it does
    Reports `print(…)` in endpoints, dependencies, middlewares, exception handlers, background tasks, and in what they
    call.

    ## Why is this bad?
    What is printed has no level, no time and no name of its module. It can neither be filtered nor switched off, goes
    past the handlers that send logs to where they are read, and its lines are mixed with those of other requests.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/books/{book_id}")
    def read_book(book_id: int):
        print("reading", book_id)
        return {"id": book_id}
    ```

    ## Good
    ```python
    import logging

    from fastapi import FastAPI

    app = FastAPI()
    logger = logging.getLogger(__name__)


    @app.get("/books/{book_id}")
    def read_book(book_id: int):
        logger.info("reading %s", book_id)
        return {"id": book_id}
    ```

    ## When not to use it
    In experiments.

    ## Known limitations
    Silent: `print(…, file=…)`; what is printed under `if debug:` or `if verbose:`; `print` from other packages.

    ## References
    - https://docs.python.org/3/howto/logging.html#when-to-use-logging
    """

    code = "FAL701"
    name = "print-in-request-path"
    standards = ("LOG-1",)
    messages = {
        "printed": "{function} prints while it serves {entry}; use a logger, so that the line has a level and can be "
        "filtered",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.request_path.reached.items():
            if project.is_test(function.module) or not function.fact.body.may_hold("print"):
                continue
            for event in project.bodies.of(function).calls:
                if event.names == ("print",) and not _is_directed(event) and not while_debugging(event):
                    yield self.finding(
                        "printed",
                        event.site.location,
                        related=reach.evidence(),
                        function=function.call_name,
                        entry=reach.entry.label,
                    )


def _is_directed(event: CallEvent) -> bool:
    """Whether what is printed goes, or may go, elsewhere than to the standard output."""
    return event.arguments.get("file") is not None or not event.arguments.complete
