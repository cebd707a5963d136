"""FAL416: a mapped class outside the modules of models."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.knowledge.layers import MODEL_MODULES
from fastapi_lint.model.orm.models import OrmModel
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class ModelOutsideModels(Rule):
    """A mapped class stands outside the modules of models.

    ## What it does
    Reports mapped classes in modules of which neither the name nor a folder says that it holds models (`models`,
    `entities`, `tables`, `orm`), in projects most of whose mapped classes stand in such modules.

    ## Why is this bad?
    Alembic finds the tables of the models that it imports: a class elsewhere is easily left out of a revision. Who
    looks for the tables of a project looks into its models.

    ## Bad
    ```python
    # file: app/models.py
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


    class Base(DeclarativeBase):
        pass


    class Author(Base):
        __tablename__ = "author"
        id: Mapped[int] = mapped_column(primary_key=True)


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)

    # file: app/main.py
    from fastapi import FastAPI
    from sqlalchemy.orm import Mapped, mapped_column

    from app.models import Base

    app = FastAPI()


    class Order(Base):
        __tablename__ = "order"
        id: Mapped[int] = mapped_column(primary_key=True)
    ```

    ## Good
    ```python
    # file: app/models.py
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


    class Base(DeclarativeBase):
        pass


    class Author(Base):
        __tablename__ = "author"
        id: Mapped[int] = mapped_column(primary_key=True)


    class Order(Base):
        __tablename__ = "order"
        id: Mapped[int] = mapped_column(primary_key=True)

    # file: app/main.py
    from fastapi import FastAPI

    app = FastAPI()
    ```

    ## When not to use it
    In small applications of few modules. The rule is part of the strict profile.

    ## Known limitations
    Modules are known by their names.

    ## References
    - https://fastapi.tiangolo.com/tutorial/bigger-applications/
    """

    code = "FAL416"
    name = "model-outside-models"
    profile = "strict"
    standards = ("DB-2",)
    messages = {
        "outside": "{model} is mapped here, though {inside} of the {all} mapped classes of this project stand in "
        "modules of models: move it there",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        models = [model for model in project.orm_models if not _is_apart(model, project)]
        outside = [model for model in models if not MODEL_MODULES.intersection(_parts(model.cls.module.path))]
        inside = len(models) - len(outside)
        if inside > len(outside):
            for model in outside:
                yield self.finding("outside", model.location, model=model.name, inside=inside, all=len(models))


def _is_apart(model: OrmModel, project: Project) -> bool:
    return project.is_test(model.cls.module) or project.is_migration(model.cls.module)


def _parts(path: str) -> set[str]:
    """The words of a path's folders and of its module."""
    return {word for part in path.removesuffix(".py").split("/") for word in (part, *part.split("_"))}
