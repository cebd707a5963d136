"""FAL140: a list route without pagination."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.endpoints.listings import may_grow, unpaginated
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.rules.api import Rule


class UnpaginatedList(Rule):
    """A `GET` route lists all that a query gives.

    ## What it does
    Reports a `GET` route that returns the objects of an SQLAlchemy or SQLModel query as a list, when neither the query
    has a limit nor the route, or a dependency of it, a parameter such as `limit`, `page`, `offset` or `cursor`. Only
    lists that grow are meant: some route adds objects of that class, or none writes anything, so that something else
    must fill the tables.

    ## Why is this bad?
    The list is short while one develops. A year later each request loads the whole table, makes objects and JSON of it
    and sends it all, until the process runs out of memory or time. To add pagination then breaks all clients.

    ## Bad
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI
    from sqlmodel import Field, Session, SQLModel, create_engine, select

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Book(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        title: str


    def get_session():
        with Session(engine) as session:
            yield session


    SessionDependency = Annotated[Session, Depends(get_session)]


    @app.get("/books")
    def list_books(session: SessionDependency):
        return session.exec(select(Book)).all()


    @app.post("/books", status_code=201)
    def add_book(title: str, session: SessionDependency):
        book = Book(title=title)
        session.add(book)
        session.commit()
        return book.title
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI, Query
    from sqlmodel import Field, Session, SQLModel, create_engine, select

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Book(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        title: str


    def get_session():
        with Session(engine) as session:
            yield session


    SessionDependency = Annotated[Session, Depends(get_session)]


    @app.get("/books")
    def list_books(
        session: SessionDependency,
        offset: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=100)] = 100,
    ):
        return session.exec(select(Book).offset(offset).limit(limit)).all()


    @app.post("/books", status_code=201)
    def add_book(title: str, session: SessionDependency):
        book = Book(title=title)
        session.add(book)
        session.commit()
        return book.title
    ```

    ## When not to use it
    Where the number of rows is bounded by something that source code does not show.

    ## Known limitations
    Silent: what belongs to one parent (`/users/{user_id}/roles`); routes with a required query parameter, which chooses
    what is listed; classes of which no route is seen to add objects,
    where some route writes at all; lists of schemas made from the objects one by one;
    queries that can't be resolved; parameters of an unknown place; deprecated routes.

    ## References
    - https://fastapi.tiangolo.com/tutorial/sql-databases/#read-heroes
    - https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/
    """

    code = "FAL140"
    name = "unpaginated-list"
    standards = ("ASY-6",)
    messages = {
        "unpaginated": "{route} ({place}) answers with all {model} objects that its query finds: paginate it, with "
        "an offset and a bounded limit, or a cursor"
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        seen: set[object] = set()
        for route in project.registered_routes:
            if (
                (route.function or route) not in seen
                and not route.deprecated
                and not project.is_test(route.site.module)
            ):
                seen.add(route.function or route)
                yield from self._check(route, project)

    def _check(self, route: Route, project: Project) -> Iterator[Diagnostic]:
        found = unpaginated(route, project)
        if found is None or not may_grow(found.model, project):
            return
        related = [Related("this is what it returns", found.answer.site.location)]
        if found.query is not None:
            related.append(Related("the query is sent here", found.query))
        yield self.finding(
            "unpaginated",
            route.location,
            related=related,
            route=route.label,
            place=route.location,
            model=found.model.name,
        )
