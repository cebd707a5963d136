"""FAL107: an exception that says success."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.errors.raised import is_failure
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class SuccessStatusInException(Rule):
    """An `HTTPException` is raised with a status that is no error.

    ## What it does
    Reports an `HTTPException`, or an exception of the project that derives from it, with a status below 400 that an
    endpoint, a dependency or what they call raises.

    ## Why is this bad?
    An exception undoes what was done: dependencies with `yield` see it and roll back, and background tasks that were
    added are never run. The client is told of a success all the same, with the body `{"detail": ...}` instead of the
    response model. It cannot tell what failed, and what was promised has not happened.

    ## Bad
    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    votes = set()


    @app.post("/votes/{name}")
    def vote(name: str):
        if name in votes:
            raise HTTPException(status_code=200, detail="You have already voted")
        votes.add(name)
    ```

    ## Good
    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    votes = set()


    @app.post("/votes/{name}")
    def vote(name: str):
        if name in votes:
            raise HTTPException(status_code=409, detail="You have already voted")
        votes.add(name)
    ```

    What is no failure is returned:

    ```python
    from fastapi import FastAPI, Response

    app = FastAPI()
    votes = set()


    @app.put("/votes/{name}")
    def vote(name: str):
        if name in votes:
            return Response(status_code=204)
        votes.add(name)
        return Response(status_code=201)
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: redirects that carry headers (`HTTPException(307, headers={"Location": "/login"})` is how a dependency
    sends a client elsewhere), a 304 without a message (it answers a conditional request), and statuses that can't be
    resolved.

    ## References
    - https://fastapi.tiangolo.com/tutorial/handling-errors/
    - https://fastapi.tiangolo.com/tutorial/dependencies/dependencies-with-yield/
    """

    code = "FAL107"
    name = "success-status-in-exception"
    standards = ("API-8",)
    messages = {
        "success": "{name} is raised with the status {status}, which is no error: return a response, or say what "
        "failed with a status from 400 on",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for error in project.raised_errors:
            if is_failure(error) is False:
                related = [Related(f"{error.entry.label} leads here", error.entry.location)]
                yield self.finding(
                    "success", error.site.location, related=related, name=error.name, status=error.status
                )
