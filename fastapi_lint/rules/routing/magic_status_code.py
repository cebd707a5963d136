"""FAL108: a status as a number in a project that writes names."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Severity
from fastapi_lint.model.editing.statuses import named_status
from fastapi_lint.model.endpoints.status_names import (
    PYTHON,
    STARLETTE,
    StatusNames,
    WrittenStatus,
    written_statuses,
)
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Option, Rule

USUAL = 0.75
"""So large a part of the statuses must be written by name."""


class MagicStatusCode(Rule):
    """A status is written as a number in a project that mostly writes names.

    ## What it does
    Reports the numbers of statuses that are given to routes, HTTP exceptions and responses, where at least three
    quarters of the project's statuses have names: `status.HTTP_404_NOT_FOUND` or `HTTPStatus.NOT_FOUND`.

    ## Why is this bad?
    Who reads `409` or `422` must know it by heart, and nothing notices `403` in the place of `404`. Where most places
    have names, a search for the name misses the rest.

    ## Bad
    ```python
    from fastapi import FastAPI, HTTPException, status

    app = FastAPI()
    books = {1: "Emma"}


    @app.post("/books", status_code=status.HTTP_201_CREATED)
    def create_book(title: str) -> None:
        if title in books.values():
            raise HTTPException(status_code=status.HTTP_409_CONFLICT, detail="Book exists")
        books[len(books) + 1] = title


    @app.delete("/books/{book_id}", status_code=status.HTTP_204_NO_CONTENT)
    def delete_book(book_id: int) -> None:
        if book_id not in books:
            raise HTTPException(status_code=404, detail="Book not found")
        del books[book_id]
    ```

    ## Good
    ```python
    from fastapi import FastAPI, HTTPException, status

    app = FastAPI()
    books = {1: "Emma"}


    @app.post("/books", status_code=status.HTTP_201_CREATED)
    def create_book(title: str) -> None:
        if title in books.values():
            raise HTTPException(status_code=status.HTTP_409_CONFLICT, detail="Book exists")
        books[len(books) + 1] = title


    @app.delete("/books/{book_id}", status_code=status.HTTP_204_NO_CONTENT)
    def delete_book(book_id: int) -> None:
        if book_id not in books:
            raise HTTPException(status_code=status.HTTP_404_NOT_FOUND, detail="Book not found")
        del books[book_id]
    ```

    ## When not to use it
    Numbers are short, and who writes APIs knows them. It is a matter of taste, and so not on by default.

    ## Known limitations
    Silent: projects that mostly write numbers (see the option); the keys of `responses`, assignments to
    `response.status_code`, comparisons, code that serves no request; numbers without a name, such as 499.

    ## Fix safety
    The fix is safe: a name is the same number. It writes the name that the module's imports make known, else adds the
    import. Of a status that was renamed, such as 422, it takes the name that the project writes elsewhere, else the one
    that its release of Starlette has. There is none where `status` has another meaning in the module.

    ## Options
    With `always`, every number is reported, whatever the project's style.

    ## References
    - https://fastapi.tiangolo.com/tutorial/response-status-code/#shortcut-to-remember-the-names
    - https://docs.python.org/3/library/http.html#http-status-codes
    - tests/model/test_status_names.py
    """

    code = "FAL108"
    name = "magic-status-code"
    severity = Severity.INFO
    profile = "strict"
    fix = "safe"
    messages = {
        "usual": "the status of {to} is the number {status}, but {named} of the project's {total} statuses have names: "
        "write {name}",
        "always": "the status of {to} is the number {status}: write {name}",
        "write": "write {name}",
    }
    options = (Option("always", "bool", False, "report it in projects that mostly write numbers, too"),)

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        found = written_statuses(project)
        styles = [written.style for written in found]
        named = len(found) - styles.count(None)
        is_usual = named >= USUAL * len(found)
        style = PYTHON if styles.count(PYTHON) > styles.count(STARLETTE) else STARLETTE
        names = StatusNames(project.settings, found)
        for written in found if is_usual or self.option("always") else ():
            name = names.of(written.status, style)
            if written.style is None and name is not None:
                yield self.finding(
                    "usual" if is_usual else "always",
                    written.location,
                    fix=self._fix(written, style, names, project),
                    to=written.to,
                    status=written.status,
                    named=named,
                    total=len(found),
                    name=f"{style}.{name}",
                )

    def _fix(self, written: WrittenStatus, style: str, names: StatusNames, project: Project) -> Fix | None:
        editor = project.editor(written.site.module)
        if editor is None:
            return None
        known = named_status(editor, written.node, written.status, style, names)
        if known is None:
            return None
        edits = [editor.replace(written.node, known.text), *known.edits]
        return editor.fix(self.messages["write"].format(name=known.text), edits)
