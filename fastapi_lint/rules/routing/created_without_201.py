"""FAL101: a POST that creates something and answers 200."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Related
from fastapi_lint.model.editing.statuses import status_text
from fastapi_lint.model.endpoints.creation import creation, kept_item
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.rules.api import Rule


class CreatedWithout201(Rule):
    """A `POST` route creates a resource and answers 200.

    ## What it does
    Reports a `POST` route that stores a new object and answers 200, because it declares so or declares nothing. What
    it stores is found in its body and in the services, repositories and generic base classes that it calls: a new
    SQLAlchemy or SQLModel object that reaches `session.add`, an `INSERT` that is executed, `create`, `insert` and
    `save` of Tortoise, Beanie and other object mappers; and, in an endpoint whose name says that it creates, a new item
    of a list or dict of the module.

    ## Why is this bad?
    200 says that the request was done, 201 that something new exists. Clients, generated SDKs and caches that rely on
    the difference (was it made now, or was it there?) are misled, and so are the readers of the OpenAPI document,
    which shows 200 as the answer to expect.

    ## Bad
    ```python
    from fastapi import FastAPI
    from sqlmodel import Field, Session, SQLModel, create_engine

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Book(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        title: str


    @app.post("/books")
    def create_book(book: Book) -> Book:
        with Session(engine) as session:
            new = Book.model_validate(book)
            session.add(new)
            session.commit()
            session.refresh(new)
            return new
    ```

    The new object may be stored anywhere behind the route:

    ```python
    # file: app/main.py
    from fastapi import FastAPI

    from app import service

    app = FastAPI()


    @app.post("/authors")
    def create_author(name: str) -> dict[str, str]:
        return {"name": service.create_author(name).name}

    # file: app/service.py
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Author(Base):
        __tablename__ = "author"
        name: Mapped[str] = mapped_column(primary_key=True)


    def create_author(name: str) -> Author:
        author = Author(name=name)
        with Session(engine, expire_on_commit=False) as session:
            session.add(author)
            session.commit()
        return author
    ```

    ## Good
    ```python
    from fastapi import FastAPI, status
    from sqlmodel import Field, Session, SQLModel, create_engine

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Book(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        title: str


    @app.post("/books", status_code=status.HTTP_201_CREATED)
    def create_book(book: Book) -> Book:
        with Session(engine) as session:
            new = Book.model_validate(book)
            session.add(new)
            session.commit()
            session.refresh(new)
            return new
    ```

    ## When not to use it
    Where clients that cannot be changed test for exactly 200.

    ## Known limitations
    Silent: routes that name an action (`/login`, `/search`, `/items/{id}/activate`); functions that may find the
    object instead of making it (a branch, a loop or an earlier return leads past the creation, a loop that tries
    again is one too); objects stored beside the point, such as a log entry: the new object's class must fit the path,
    the response or the name of the endpoint; routes that set the status themselves or return a `Response`; what
    background tasks create later. Rows of an INSERT that is written in SQL count where the name of the endpoint says
    that it creates. Not seen: sessions that can't be resolved.

    ## Fix safety
    The fix adds `status_code=201`, by its name where the module uses names. It is unsafe: clients and tests that
    compare the status with 200 notice.

    ## References
    - https://www.rfc-editor.org/rfc/rfc9110#name-201-created
    - https://fastapi.tiangolo.com/tutorial/response-status-code/
    """

    code = "FAL101"
    name = "created-without-201"
    fix = "unsafe"
    standards = ("API-6",)
    messages = {
        "created": "{route} ({place}) creates {what} and answers 200: a POST that creates answers 201",
        "add": "declare the status 201",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.registered_routes:
            if project.is_wanted(route.site.module):
                yield from self._check(route, project)

    def _check(self, route: Route, project: Project) -> Iterator[Diagnostic]:
        if route.methods != ("POST",) or not route.status_code_known or route.status_code not in (None, 200):
            return
        change = creation(route, project)
        if change is not None:
            what = change.model.name if change.model is not None else "an object"
            site, chain = change.event.site, change.chain
        elif kept := kept_item(route, project):
            what, site, chain = f"an item of {kept[0]}", kept[1], ()
        else:
            return
        if project.is_test(site.module):
            return
        related = [
            Related(f"{function.innermost.name} is called here", call.site.location)
            for call in chain
            for function in call.functions[:1]
        ]
        yield self.finding(
            "created",
            route.location,
            related=[*related, Related(f"{what} is stored here", site.location)],
            fix=self._fix(route, project),
            route=route.label,
            place=route.location,
            what=what,
        )

    def _fix(self, route: Route, project: Project) -> Fix | None:
        editing = project.registration_to_edit(route)
        if editing is None:
            return None
        editor, call = editing
        edit = editor.set_argument(call, "status_code", status_text(editor, 201, project.settings))
        return editor.fix(self.messages["add"], [edit], safe=False)
