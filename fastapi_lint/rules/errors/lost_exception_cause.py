"""FAL605: an HTTP exception that does not say what it was caused by."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.facts import statements as st
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

    ## References
    - https://docs.python.org/3/tutorial/errors.html#exception-chaining
    """

    code = "FAL605"
    name = "lost-exception-cause"
    profile = "strict"
    standards = ("ERR-6",)
    messages = {
        "lost": "{error} is raised in an except without its cause: {entry}; end it with `from error`, or with `from "
        "None` where the cause is of no interest",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for error in project.raised_errors:
            node = error.event.node
            if isinstance(node, st.Raise) and node.cause is None and error.event.inside("handler"):
                yield self.finding("lost", error.event.site.location, error=error.name, entry=error.entry.label)
