"""FAL106: an error whose message says another status than its code."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Related
from fastapi_lint.model.editing.statuses import replace_status
from fastapi_lint.model.errors.raised import contradicted
from fastapi_lint.model.errors.returned import returned_messages
from fastapi_lint.model.project import Project
from fastapi_lint.model.values import Site
from fastapi_lint.rules.api import Rule


class MismatchedErrorStatus(Rule):
    """The message of an error says something else than its status.

    ## What it does
    Reports an `HTTPException`, an exception of the project that derives from it, or a response that an endpoint
    returns, whose message says plainly

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
    Only English messages, as far as they are written in the source; of responses those that the endpoint makes in its
    `return`. Silent: what the body names and is not found (400
    or 422 may be meant), 404 in place of 403 (it hides what the client may not see), 401 for a user who does not exist
    (the token speaks of nobody), 400 for wrong credentials at the token endpoint of OAuth2 (its standard asks for it),
    and 500, of which `deliberate-500` speaks.

    ## Fix safety
    The fix writes the status that the message speaks of, as a number or by name as before. It is unsafe: clients and
    tests that compare the status notice. There is none where the status is not written in the call itself.

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
        "returned": '"{detail}" says that {what}, which is {expected}, but {route} returns it with the status {status}',
        "replace": "{verb} {expected} in place of {status}",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for error in project.raised_errors:
            claim = contradicted(error.detail, error.status, error.entry.route)
            if claim is not None and error.status is not None:
                yield self.finding(
                    "mismatch",
                    error.site.location,
                    related=[Related(f"{error.entry.label} leads here", error.entry.location)],
                    fix=self._fix("raise", error.site, 0, error.status, claim.status, project),
                    detail=error.detail,
                    what=claim.what,
                    expected=claim.status,
                    name=error.name,
                    status=error.status,
                )
        yield from self._returned(project)

    def _returned(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.routes_by_endpoint:
            for answer, status, detail in returned_messages(route, project):
                claim = contradicted(detail, status, route)
                site = answer.value.site
                if claim is not None and site is not None:
                    yield self.finding(
                        "returned",
                        answer.site.location,
                        related=[Related(f"{route.label} is declared here", route.location)],
                        fix=self._fix("return", site, 1, status, claim.status, project),
                        detail=detail,
                        what=claim.what,
                        expected=claim.status,
                        route=route.label,
                        status=status,
                    )

    def _fix(self, verb: str, site: Site, position: int, status: int, expected: int, project: Project) -> Fix | None:
        """Writes another status, which a call at a place passes for the parameter at a position."""
        editing = project.call_to_edit(site)
        given = editing[1].passed("status_code", position) if editing is not None else None
        if editing is None or given is None:
            return None
        edit = replace_status(editing[0], given, status, expected, project.settings)
        message = self.messages["replace"].format(verb=verb, expected=expected, status=status)
        return editing[0].fix(message, [edit], safe=False)
