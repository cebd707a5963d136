"""FAL701: `print` while a request is served."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix
from fastapi_lint.facts.expressions import Call
from fastapi_lint.facts.search import is_name
from fastapi_lint.facts.statements import Handler
from fastapi_lint.model.editing.logs import logged
from fastapi_lint.model.endpoints.logs import Logger, usual_logger, while_debugging
from fastapi_lint.model.errors.catches import CATCH_ALL
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

    ## Fix safety
    The fix calls the logger of the module, or gives it one as most modules of the project have it: `exception` where
    any error is caught, `warning` where a certain one is, else `info`. It is unsafe: the text goes where logs go, and
    nowhere if their level is higher. There is none in a project without a usual logger, for `sep` and `end`, and for
    strings that can't be put into a message as they are.

    ## References
    - https://docs.python.org/3/howto/logging.html#when-to-use-logging
    """

    code = "FAL701"
    name = "print-in-request-path"
    fix = "unsafe"
    standards = ("LOG-1",)
    messages = {
        "printed": "{function} prints while it serves {entry}; use a logger, so that the line has a level and can be "
        "filtered",
        "log": "log it",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        usual = usual_logger(project.modules)
        for function, reach in project.reached_functions:
            if not function.fact.body.may_hold("print"):
                continue
            for event in project.bodies.of(function).calls:
                if event.names == ("print",) and not _is_directed(event) and not while_debugging(event):
                    yield self.finding(
                        "printed",
                        event.site.location,
                        related=reach.evidence(),
                        fix=self._fix(event, usual, project),
                        function=function.call_name,
                        entry=reach.entry.label,
                    )

    def _fix(self, event: CallEvent, usual: Logger | None, project: Project) -> Fix | None:
        editor, call = project.editor(event.site.module), event.node
        if editor is None or not isinstance(call, Call):
            return None
        return editor.fix(self.messages["log"], logged(editor, call, _level(event), usual), safe=False)


def _level(event: CallEvent) -> str:
    """The level of what is printed: whether an error is told of."""
    handlers = [context.node for context in event.context if isinstance(context.node, Handler)]
    if not handlers:
        return "info"
    caught = handlers[-1].type
    return "exception" if caught is None or is_name(caught, *CATCH_ALL) else "warning"


def _is_directed(event: CallEvent) -> bool:
    """Whether what is printed goes, or may go, elsewhere than to the standard output."""
    return event.arguments.get("file") is not None or not event.arguments.complete
