"""FAL406: tables that the application creates by itself, beside migrations."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.orm.migrations import revision_beside
from fastapi_lint.model.orm.set_up import created_tables
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class CreateAllAtStartup(Rule):
    """The application creates its tables though migrations do.

    ## What it does
    Reports `metadata.create_all` in the modules that make applications and in what these run when they start, in
    projects with Alembic revisions.

    ## Why is this bad?
    `create_all` makes missing tables of the models as they are, without a revision: the next revision that creates such
    a table fails, columns that are missing in existing tables stay missing, and the state of the database is no longer
    the one of `alembic_version`.

    ## Bad
    ```python
    # file: app/main.py
    from fastapi import FastAPI
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase

    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    Base.metadata.create_all(engine)
    app = FastAPI()

    # file: migrations/versions/first.py
    revision = "1"
    down_revision = None


    def upgrade(): ...
    ```

    ## Good
    ```python
    # file: app/main.py
    from fastapi import FastAPI
    from sqlalchemy.orm import DeclarativeBase


    class Base(DeclarativeBase):
        pass


    app = FastAPI()

    # file: migrations/versions/first.py
    revision = "1"
    down_revision = None


    def upgrade(): ...
    ```

    ## When not to use it
    Where development databases are made so and the call is guarded by a setting.

    ## Known limitations
    Silent: projects without revisions; scripts, commands and tests; calls under a condition, or for some tables only;
    applications whose mapped classes the environment of the revisions (`env.py`) does not import, as those of other
    services in one repository.

    ## References
    - https://alembic.sqlalchemy.org/en/latest/tutorial.html
    - https://docs.sqlalchemy.org/en/20/core/metadata.html#creating-and-dropping-database-tables
    """

    code = "FAL406"
    name = "create-all-at-startup"
    standards = ("DB-3",)
    messages = {
        "created": "create_all makes tables beside the migrations of this project ({revision}), which then fail or "
        "miss changes: leave the tables to Alembic",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        if not any(map(project.is_migration, project.modules)):
            return
        seen = set()
        for site, starter in created_tables(project):
            revision = revision_beside(project, (site.module, starter)) if site.location not in seen else None
            if revision is not None:
                seen.add(site.location)
                yield self.finding("created", site.location, revision=revision.path)
