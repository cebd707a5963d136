"""FAL514: a background task that gets what is closed before it runs."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.endpoints.background import closed_before_task
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class SessionInBackgroundTask(Rule):
    """A background task gets a session that is closed before the task runs.

    ## What it does
    Reports `tasks.add_task(work, session)` where `session` comes from a dependency with `yield` that cleans up after
    it, and where FastAPI does that before background tasks run: in releases from 0.106 to 0.117, and in all since 0.121
    for `Depends(..., scope="function")`.

    ## Why is this bad?
    The task works with a session that has been closed and a connection that was given back, perhaps to another request.
    A closed SQLAlchemy session quietly takes a new connection, which then nobody closes; other resources fail.

    ## Bad
    ```python
    from typing import Annotated

    from fastapi import BackgroundTasks, Depends, FastAPI
    from sqlalchemy.orm import Session, sessionmaker

    app = FastAPI()
    make_session = sessionmaker()


    def get_session():
        with make_session() as session:
            yield session


    def count(session: Session): ...


    @app.post("/visits")
    def add_visit(tasks: BackgroundTasks, session: Annotated[Session, Depends(get_session, scope="function")]):
        tasks.add_task(count, session)
        return {}
    ```

    ## Good
    ```python
    from fastapi import BackgroundTasks, FastAPI
    from sqlalchemy.orm import sessionmaker

    app = FastAPI()
    make_session = sessionmaker()


    def count():
        with make_session() as session: ...


    @app.post("/visits")
    def add_visit(tasks: BackgroundTasks):
        tasks.add_task(count)
        return {}
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    The release of FastAPI is that of the lock file or the requirement, the newest where none is known. Silent: tasks
    that helpers of the endpoint add; objects that hold the session in turn, such as a repository.

    ## References
    - https://fastapi.tiangolo.com/advanced/advanced-dependencies/#dependencies-with-yield-and-background-tasks
    - tests/proofs/test_background_tasks.py
    """

    code = "FAL514"
    name = "session-in-background-task"
    standards = ("ASY-8",)
    messages = {
        "closed": "{dependency} closes {name} before this background task of {route} runs; let the task open its own",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        release = project.version("fastapi")
        for route in project.routes_by_endpoint:
            for event, dependant in closed_before_task(route, project.bodies, release):
                location = dependant.location or route.location
                yield self.finding(
                    "closed",
                    event.site.location,
                    related=[Related(f"{dependant.name} comes from here, and is closed after the endpoint", location)],
                    dependency=dependant.function.name if dependant.function is not None else "its dependency",
                    name=dependant.name,
                    route=route.label,
                )
