"""FAL516: settings that are read anew for each request."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.concurrency.once import happens_once
from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.interpreter.bodies import CallEvent
from fastapi_lint.model.knowledge.blocking import CACHING_DECORATORS
from fastapi_lint.model.knowledge.pydantic import SETTINGS_BASES
from fastapi_lint.model.project import Project
from fastapi_lint.model.values import external_name
from fastapi_lint.rules.api import Rule


class UncachedSettings(Rule):
    """Settings are read anew for each request.

    ## What it does
    Reports calls on the request path that make an instance of the project's settings (`BaseSettings`), where nothing
    keeps it: no cache around the function, no global that is filled once.

    ## Why is this bad?
    Each instance reads the environment and the `.env` file and validates all fields again: a file is opened for every
    request, on the event loop where the dependency is a coroutine, and a change of the file shows itself halfway.

    ## Bad
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI
    from pydantic_settings import BaseSettings

    app = FastAPI()


    class Settings(BaseSettings):
        name: str = "shop"


    def get_settings():
        return Settings()


    @app.get("/name")
    def read_name(settings: Annotated[Settings, Depends(get_settings)]):
        return settings.name
    ```

    ## Good
    ```python
    from functools import lru_cache
    from typing import Annotated

    from fastapi import Depends, FastAPI
    from pydantic_settings import BaseSettings

    app = FastAPI()


    class Settings(BaseSettings):
        name: str = "shop"


    @lru_cache
    def get_settings():
        return Settings()


    @app.get("/name")
    def read_name(settings: Annotated[Settings, Depends(get_settings)]):
        return settings.name
    ```

    ## When not to use it
    Where settings must follow changes of their sources.

    ## Known limitations
    It sees caches that surround the very function that makes the settings, not those further up, which is why it is not
    on by default. Instances with arguments are silent: they are made for a purpose.

    ## References
    - https://fastapi.tiangolo.com/advanced/settings/#creating-the-settings-only-once-with-lru-cache
    """

    code = "FAL516"
    name = "uncached-settings"
    profile = "strict"
    standards = ("ASY-4",)
    messages = {
        "uncached": "{function} reads {settings} anew for each request: it serves {entry}; decorate it with "
        "functools.lru_cache",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.reached_functions:
            if CACHING_DECORATORS & {external_name(decorator) for decorator in function.decorators}:
                continue
            for event in project.bodies.of(function).calls:
                settings = _settings_of(event)
                if settings is not None and not happens_once(event, function):
                    yield self.finding(
                        "uncached",
                        event.site.location,
                        related=reach.evidence(),
                        flow=True,
                        function=function.name,
                        settings=settings.name,
                        entry=reach.entry.label,
                    )


def _settings_of(event: CallEvent) -> ClassDefinition | None:
    """The class of settings that a call makes an instance of without arguments, or None."""
    made, arguments = event.callee, event.arguments
    if not isinstance(made, ClassDefinition) or arguments.positional or arguments.keywords or not arguments.complete:
        return None
    return made if made.derives_from(*SETTINGS_BASES) else None
