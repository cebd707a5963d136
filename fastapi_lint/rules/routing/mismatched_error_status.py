"""FAL106: an error whose message says another status than its code."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Related
from fastapi_lint.model.editing.statuses import replace_status
from fastapi_lint.model.errors.raised import RaisedError, contradicted
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class MismatchedErrorStatus(Rule):
    """The message of an error says something else than its status.

    ## What it does
    Reports an `HTTPException`, or an exception of the project that derives from it, whose message says plainly

    - that the thing which the path names is not found, but whose status is not 404;
    - that something exists already, but not 409;
    - that credentials are missing or wrong, but not 401;
    - that permissions are missing, but not 403;
    - that there are too many requests, but not 429.

    ## Why is this bad?
    Programs read the status, people the message. A client asks for new credentials on 401 and not on 403, waits and
    tries again on 429, and treats 400 as its own fault: with the wrong status it does the wrong thing, and no message
    will tell it.

    ## Bad
    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    books = {1: "Emma"}


    @app.get("/books/{book_id}")
    def read_book(book_id: int):
        if book_id not in books:
            raise HTTPException(status_code=400, detail="Book not found")
        return books[book_id]
    ```

    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    members = set()


    @app.put("/members/{email}")
    def join(email: str):
        if email in members:
            raise HTTPException(400, f"{email} is already registered")
        members.add(email)
    ```

    ## Good
    ```python
    from fastapi import FastAPI, HTTPException, status

    app = FastAPI()
    books = {1: "Emma"}


    @app.get("/books/{book_id}")
    def read_book(book_id: int):
        if book_id not in books:
            raise HTTPException(status_code=status.HTTP_404_NOT_FOUND, detail="Book not found")
        return books[book_id]
    ```

    ## When not to use it
    Where clients that cannot be changed expect the statuses as they are.

    ## Known limitations
    Only English messages, as far as they are written in the source. Silent: what the body names and is not found (400
    or 422 may be meant), 404 in place of 403 (it hides what the client may not see), 401 for a user who does not exist
    (the token speaks of nobody), 400 for wrong credentials at the token endpoint of OAuth2 (its standard asks for it),
    and 500, of which `deliberate-500` speaks.

    ## Fix safety
    The fix writes the status that the message speaks of, as a number or by name as before. It is unsafe: clients and
    tests that compare the status notice. There is none where the status is not written in the `raise` itself.

    ## References
    - https://www.rfc-editor.org/rfc/rfc9110#name-client-error-4xx
    - https://www.rfc-editor.org/rfc/rfc6585#section-4
    - https://www.rfc-editor.org/rfc/rfc6750#section-3.1
    """

    code = "FAL106"
    name = "mismatched-error-status"
    fix = "unsafe"
    standards = ("API-8",)
    messages = {
        "mismatch": '"{detail}" says that {what}, which is {expected}, but {name} is raised with the status {status}',
        "replace": "raise {expected} in place of {status}",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for error in project.raised_errors:
            claim = contradicted(error)
            if claim is not None:
                yield self.finding(
                    "mismatch",
                    error.site.location,
                    related=[Related(f"{error.entry.label} leads here", error.entry.location)],
                    fix=self._fix(error, claim.status, project),
                    detail=error.detail,
                    what=claim.what,
                    expected=claim.status,
                    name=error.name,
                    status=error.status,
                )

    def _fix(self, error: RaisedError, expected: int, project: Project) -> Fix | None:
        editing = project.call_to_edit(error.site)
        if editing is None or error.status is None:
            return None
        editor, call = editing
        given = call.passed("status_code", 0)
        if given is None:
            return None
        message = self.messages["replace"].format(expected=expected, status=error.status)
        return editor.fix(
            message, [replace_status(editor, given, error.status, expected, project.settings)], safe=False
        )
