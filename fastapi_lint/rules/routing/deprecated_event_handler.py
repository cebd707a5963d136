"""FAL131: start-up and shutdown handlers, which a lifespan replaces."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.lifecycle import event_handlers, unstarted_mounts
from fastapi_lint.rules.api import Rule


class DeprecatedEventHandler(Rule):
    """A start-up or shutdown handler where a lifespan belongs.

    ## What it does
    Reports

    - `on_event("startup")`, `on_event("shutdown")` and `add_event_handler` on an application or router;
    - the same as an error where the application also has a `lifespan`: the handlers are then never called;
    - a mounted application that has a lifespan or such handlers: nobody runs them.

    ## Why is this bad?
    FastAPI has deprecated event handlers: with a lifespan, what is opened at the start and closed at the end stands in
    one function, and what fails in between is seen there. The two do not mix: FastAPI calls the lifespan of an
    application or its handlers, never both, and says nothing of it. A mounted application gets no start at all.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()
    books = {}


    @app.on_event("startup")
    def load_books():
        books[1] = "Emma"
    ```

    ```python
    from contextlib import asynccontextmanager

    from fastapi import FastAPI

    books = {}


    @asynccontextmanager
    async def lifespan(app: FastAPI):
        yield
        books.clear()


    app = FastAPI(lifespan=lifespan)
    app.add_event_handler("startup", lambda: books.update({1: "Emma"}))
    ```

    ## Good
    ```python
    from contextlib import asynccontextmanager

    from fastapi import FastAPI

    books = {}


    @asynccontextmanager
    async def lifespan(app: FastAPI):
        books[1] = "Emma"
        yield
        books.clear()


    app = FastAPI(lifespan=lifespan)
    ```

    ## When not to use it
    There is no reason to: a lifespan does all that handlers do.

    ## Known limitations
    Silent on releases before FastAPI 0.93, which know no lifespan; on handlers given to the constructor
    (`on_startup=[...]`); on mounts where the application around may start what it mounts: its lifespan can't be
    resolved, or reads `lifespan_context` or the like.

    ## References
    - https://fastapi.tiangolo.com/advanced/events/
    - https://fastapi.tiangolo.com/advanced/sub-applications/
    """

    code = "FAL131"
    name = "deprecated-event-handler"
    messages = {
        "deprecated": "{event} handlers are deprecated: do it in a lifespan",
        "ignored": "this {event} handler is never called, since the application has a lifespan: move it there",
        "mounted": "the application mounted here{path} is never started, so its lifespan or event handlers do not run: "
        "start it in the lifespan of the application around it",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for handler in event_handlers(project):
            if handler.lifespan is not None:
                related = [Related("the application gets its lifespan here", handler.lifespan)]
                yield self.finding(
                    "ignored", handler.location, severity=Severity.ERROR, related=related, event=handler.event
                )
            else:
                yield self.finding("deprecated", handler.location, event=handler.event)
        for mount in unstarted_mounts(project):
            path = f" at {mount.path}" if mount.path else ""
            related = [Related("this is what does not run", mount.start)]
            yield self.finding("mounted", mount.location, severity=Severity.ERROR, related=related, path=path)
