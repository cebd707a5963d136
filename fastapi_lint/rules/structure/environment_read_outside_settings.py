"""FAL903: the environment is read while a request is served, though the project has settings."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.structure.environment import environment_reads, settings_classes
from fastapi_lint.rules.api import Rule


class EnvironmentReadOutsideSettings(Rule):
    """The environment is read while a request is served, past the settings.

    ## What it does
    Reports `os.getenv("X")`, `os.environ.get("X")` and `os.environ["X"]` in code that runs for requests, in a project
    that has settings (a `BaseSettings` of five fields or more), outside the package that holds them.

    ## Why is this bad?
    A variable that is missing or misspelt shows itself only when a request comes there, and no one finds it in the list
    of what can be set. Settings are read and checked once, when the application starts, with types and defaults.

    ## Bad
    ```python
    # file: app/config.py
    from pydantic_settings import BaseSettings


    class Settings(BaseSettings):
        database_url: str = "sqlite://"
        redis_url: str = "redis://"
        log_level: str = "INFO"
        mail_host: str = "localhost"
        mail_port: int = 25


    settings = Settings()

    # file: app/api/main.py
    import os

    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/limits")
    def read_limits():
        return {"limit": int(os.getenv("ORDER_LIMIT", "10"))}
    ```

    ## Good
    ```python
    # file: app/config.py
    from pydantic_settings import BaseSettings


    class Settings(BaseSettings):
        database_url: str = "sqlite://"
        redis_url: str = "redis://"
        log_level: str = "INFO"
        mail_host: str = "localhost"
        order_limit: int = 10


    settings = Settings()

    # file: app/api/main.py
    from fastapi import FastAPI

    from app.config import settings

    app = FastAPI()


    @app.get("/limits")
    def read_limits():
        return {"limit": settings.order_limit}
    ```

    ## When not to use it
    Where a variable may change while the application runs.

    ## Known limitations
    Silent: variables whose name the source does not say; those of the system, the platform and libraries (`PATH`,
    `AWS_…`, `OTEL_…`); reads at import and at start-up; what more than five calls part from the endpoint; packages of a
    repository that have no settings of their own.

    ## References
    - https://fastapi.tiangolo.com/advanced/settings/
    """

    code = "FAL903"
    name = "environment-read-outside-settings"
    severity = Severity.INFO
    standards = ("STR-2",)
    messages = {
        "read": "{function} reads {variable} from the environment while it serves {entry}; make it a field of "
        "{settings}",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        settings = settings_classes(project.classes)
        if not settings:
            return
        reads = environment_reads(project.request_path.reached, project.bodies, settings, project.settings.source_roots)
        seen = set()
        for reach, variable, site in reads:
            if site.location not in seen:  # a factory makes a function several times
                seen.add(site.location)
                yield self.finding(
                    "read",
                    site.location,
                    related=[*reach.evidence(), Related("the settings", settings[0].location)],
                    function=reach.function.name,
                    variable=variable,
                    entry=reach.entry.label,
                    settings=settings[0].name,
                )
