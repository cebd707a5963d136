"""FAL219: a field that the server sets, in the schema of a request."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.endpoints.server_made import server_made_fields
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class ServerFieldInInput(Rule):
    """The body of a request has a field that the table fills by itself.

    ## What it does
    Reports a field `id`, `created_at`, `updated_at` or the like in the schema that a `POST` route takes, where the
    route creates an object whose table counts that id, or notes that time, by itself.

    ## Why is this bad?
    Clients may choose an id that is taken, or one that the table will count up to later, and may say that things were
    created at any time. Those who only read the documentation think that they must.

    ## Bad
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Base(DeclarativeBase): ...


    class Book(Base):
        __tablename__ = "books"
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]


    class BookCreate(BaseModel):
        id: int
        title: str


    @app.post("/books", status_code=201)
    def create_book(book: BookCreate) -> None:
        with Session(engine) as session:
            session.add(Book(**book.model_dump()))
            session.commit()
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Base(DeclarativeBase): ...


    class Book(Base):
        __tablename__ = "books"
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]


    class BookCreate(BaseModel):
        title: str


    @app.post("/books", status_code=201)
    def create_book(book: BookCreate) -> None:
        with Session(engine) as session:
            session.add(Book(**book.model_dump()))
            session.commit()
    ```

    ## When not to use it
    For imports from another system, which bring ids and times along.

    ## Known limitations
    Silent: UUIDs and natural keys, which clients may make; times without a default; routes that are not seen to create
    a mapped object; schemas that are the response as well (FAL201) and mapped classes (FAL203).

    ## References
    - https://fastapi.tiangolo.com/tutorial/sql-databases/#create-multiple-models
    """

    code = "FAL219"
    name = "server-field-in-input"
    standards = ("SCH-1",)
    messages = {
        "taken": "{route} ({place}) lets clients send `{schema}.{field}`, which {model} fills by itself: take it out "
        "of the schema",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        reported = set()
        for route in project.routes_by_endpoint:
            for field, schema, model, column in server_made_fields(route, project):
                if field.site in reported:
                    continue
                reported.add(field.site)
                related = [
                    Related(f"{route.label} takes {schema.name}", route.location),
                    Related(f"{model.name} fills it by itself", column.location),
                ]
                yield self.finding(
                    "taken",
                    field.location,
                    related=related,
                    route=route.label,
                    place=route.location,
                    schema=schema.name,
                    field=field.name,
                    model=model.name,
                )
