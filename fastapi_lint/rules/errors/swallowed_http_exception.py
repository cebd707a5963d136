"""FAL604: an `except` that turns an HTTP exception into a server error."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.concurrency.request_path import Reach
from fastapi_lint.model.errors.catches import Catch
from fastapi_lint.model.errors.flow import Escape
from fastapi_lint.model.errors.raised import RaisedError
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule

_MAX_STEPS = 3
"""What comes through more calls was hardly meant for this endpoint."""


class SwallowedHttpException(Rule):
    """An `except` turns an HTTP exception into a server error.

    ## What it does
    Reports an `except Exception` (or `BaseException`, or bare) that answers 5xx, around code that raises an
    `HTTPException` with a status below 500: in the `try` itself, or in a function of the project that it calls.

    ## Why is this bad?
    `HTTPException` is an exception as any other, so that the clause catches it: the 404 that the code means is never
    sent, clients get a 500, and whatever watches the service is told of a fault that is none.

    ## Bad
    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    books = {1: "Emma"}


    @app.get("/books/{book_id}")
    def read_book(book_id: int):
        try:
            if book_id not in books:
                raise HTTPException(status_code=404, detail="Book not found")
            return books[book_id]
        except Exception:
            raise HTTPException(status_code=500, detail="Something went wrong")
    ```

    ## Good
    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    books = {1: "Emma"}


    @app.get("/books/{book_id}")
    def read_book(book_id: int):
        if book_id not in books:
            raise HTTPException(status_code=404, detail="Book not found")
        return books[book_id]
    ```

    Where the `try` must stay, let HTTP exceptions pass:

    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()


    def find_book(book_id: int) -> str:
        raise HTTPException(status_code=404, detail="Book not found")


    @app.get("/books/{book_id}")
    def read_book(book_id: int):
        try:
            return find_book(book_id)
        except HTTPException:
            raise
        except Exception as error:
            raise HTTPException(status_code=503, detail="Books can't be read now") from error
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: clauses that look at the error before they answer, or raise it again; exceptions that pass a decorator, a
    generator or a call that can't be resolved; statuses that are not known; responses that are returned;
    exceptions from more than three calls away.

    ## References
    - https://fastapi.tiangolo.com/tutorial/handling-errors/#raise-an-httpexception-in-your-code
    - tests/proofs/test_proof_exception_flow.py
    """

    code = "FAL604"
    name = "swallowed-http-exception"
    standards = ("ERR-6",)
    messages = {
        "swallowed": "{clause} catches the {error} raised in {function} and answers {status} instead: {entry}; put "
        "`except HTTPException: raise` before it",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for catch, reach in project.catches:
            if not catch.is_broad or catch.raises_again:
                continue
            answered = [
                error.status
                for error in project.errors_by_function.get(catch.function, ())
                if error.status is not None and error.status >= 500 and catch.holds(error.event)
            ]
            found = next(self._swallowed(catch, project), None) if answered else None
            if found is not None:
                yield self._found(catch, reach, *found, answered[0])

    def _swallowed(self, catch: Catch, project: Project) -> Iterator[tuple[Escape, RaisedError]]:
        for escape in project.exception_flow.reaching(catch):
            if len(escape.steps) > _MAX_STEPS:
                continue
            for error in project.errors_by_function.get(escape.function, ()):
                if error.event is escape.event and error.status is not None and error.status < 500:
                    yield escape, error

    def _found(self, catch: Catch, reach: Reach, escape: Escape, error: RaisedError, status: int) -> Diagnostic:
        name = f"{error.name}({error.status})"
        raised = Related(f"{name} is raised here", error.event.site.location)
        return self.finding(
            "swallowed",
            catch.location,
            related=[*reach.evidence(escape.steps), raised],
            flow=True,
            clause=catch.what,
            error=name,
            function=escape.function.call_name,
            status=status,
            entry=reach.entry.label,
        )
