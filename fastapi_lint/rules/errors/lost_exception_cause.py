"""FAL605: an HTTP exception that does not say what it was caused by."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix
from fastapi_lint.facts import statements as st
from fastapi_lint.model.editing.handlers import caused_by
from fastapi_lint.model.errors.raised import RaisedError
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class LostExceptionCause(Rule):
    """An HTTP exception is raised in an `except` without `from`.

    ## What it does
    Reports an `HTTPException` that is raised in an `except` clause without saying `from error` or `from None`.

    ## Why is this bad?
    Python then says of the one error that it happened while the other was handled, as if the handling had failed. `from
    error` says that it is the cause, `from None` that it is of no interest.

    ## Bad
    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    totals = {"a": 1}


    @app.get("/totals/{name}")
    def read_total(name: str):
        try:
            return totals[name]
        except KeyError:
            raise HTTPException(status_code=404, detail="No such total")
    ```

    ## Good
    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    totals = {"a": 1}


    @app.get("/totals/{name}")
    def read_total(name: str):
        try:
            return totals[name]
        except KeyError as error:
            raise HTTPException(status_code=404, detail="No such total") from error
    ```

    ## When not to use it
    Where nobody looks at the causes of HTTP exceptions, which FastAPI does not log: it is strict for that reason.

    ## Known limitations
    Only exceptions that serve a request are looked at; linters of Python in general check the others.

    ## Fix safety
    The fix ends the statement with `from` and the name of what is caught, which gets one where it has none. Nobody but
    who looks at the cause of an exception sees a difference. There is none for a bare `except`.

    ## References
    - https://docs.python.org/3/tutorial/errors.html#exception-chaining
    """

    code = "FAL605"
    name = "lost-exception-cause"
    profile = "strict"
    fix = "safe"
    standards = ("ERR-6",)
    messages = {
        "lost": "{error} is raised in an except without its cause: {entry}; end it with `from error`, or with `from "
        "None` where the cause is of no interest",
        "from": "say what caused it",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for error in project.raised_errors:
            node = error.event.node
            if isinstance(node, st.Raise) and node.cause is None and error.event.inside("handler"):
                yield self.finding(
                    "lost",
                    error.event.site.location,
                    fix=self._fix(error, node, project),
                    error=error.name,
                    entry=error.entry.label,
                )

    def _fix(self, error: RaisedError, node: st.Raise, project: Project) -> Fix | None:
        editor = project.editor(error.event.site.module)
        handlers = [context.node for context in error.event.context if isinstance(context.node, st.Handler)]
        if editor is None:
            return None
        return editor.fix(self.messages["from"], caused_by(editor, node, handlers[-1], error.function.fact))
