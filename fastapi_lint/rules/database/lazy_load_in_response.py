"""FAL403: a relationship that is loaded while the response is made."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.editing.queries import load_with_query
from fastapi_lint.model.orm.new_objects import unloaded_fields
from fastapi_lint.model.orm.responses import lazy_fields
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.rules.api import Rule


class LazyLoadInResponse(Rule):
    """A response model reads a relationship that the query does not load.

    ## What it does
    Reports endpoints that return objects of a query whose response model has a field for a relationship, at any depth,
    when neither an option of the query (`selectinload`, `joinedload`, …) nor the model's own `lazy=` loads it: for
    lists of objects, and for a single object of an `AsyncSession`. The same goes for collections of an object that the
    endpoint has just made and stored by an `AsyncSession`.

    ## Why is this bad?
    FastAPI reads the fields of the response model as attributes of each object. A relationship that is not loaded yet
    costs a statement for each of them: a hundred authors with their books send a hundred and one statements (N+1). An
    `AsyncSession` cannot load at attribute access: `MissingGreenlet` is raised and the client gets a 500.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI
    from pydantic import BaseModel, ConfigDict
    from sqlalchemy import ForeignKey, create_engine, select
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Author(Base):
        __tablename__ = "author"
        id: Mapped[int] = mapped_column(primary_key=True)
        books: Mapped[list["Book"]] = relationship()


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))


    class BookRead(BaseModel):
        model_config = ConfigDict(from_attributes=True)
        id: int


    class AuthorRead(BaseModel):
        model_config = ConfigDict(from_attributes=True)
        id: int
        books: list[BookRead]


    def get_session():
        with Session(engine) as session:
            yield session


    app = FastAPI()


    @app.get("/authors", response_model=list[AuthorRead])
    def read_authors(session: Session = Depends(get_session)):
        return session.scalars(select(Author)).all()
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI
    from pydantic import BaseModel, ConfigDict
    from sqlalchemy import ForeignKey, create_engine, select
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload

    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Author(Base):
        __tablename__ = "author"
        id: Mapped[int] = mapped_column(primary_key=True)
        books: Mapped[list["Book"]] = relationship()


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))


    class BookRead(BaseModel):
        model_config = ConfigDict(from_attributes=True)
        id: int


    class AuthorRead(BaseModel):
        model_config = ConfigDict(from_attributes=True)
        id: int
        books: list[BookRead]


    def get_session():
        with Session(engine) as session:
            yield session


    app = FastAPI()


    @app.get("/authors", response_model=list[AuthorRead])
    def read_authors(session: Session = Depends(get_session)):
        return session.scalars(select(Author).options(selectinload(Author.books))).all()
    ```

    ## When not to use it
    Where a query gives a handful of rows by nature and the extra statements are wanted.

    ## Known limitations
    Silent when it is not known which query the objects come from, or which of several types a field takes; fields with
    an alias; schemas with a validator for the field, or one for the whole model that may change what it is given;
    relationships that the endpoint reads itself or names when it refreshes the object; under a plain session, the one
    parent of objects that are parts of another object themselves, which they often share. Relationships that the
    session happens to hold already are not known. New objects are silent where any function on the way names the
    collection, or refreshes attributes by name, and so are their relationships to one object.

    ## Fix safety
    The fix adds the loader option to the query. It is unsafe: the query asks for more at once, and who else uses its
    result gets it, too. There is none where its `select()`, `query()` or `get()` can't be seen, or the module does not
    know the model by its name.

    ## References
    - https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html
    - https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html#preventing-implicit-io-when-using-asyncsession
    - tests/proofs/test_proof_lazy_responses.py
    """

    code = "FAL403"
    name = "lazy-load-in-response"
    fix = "unsafe"
    standards = ("DB-6",)
    messages = {
        "lazy": "{route}: the field {field} of the response reads {relationship} of each object, but the query at "
        "{query} does not load it, so that each sends a statement of its own; add options({option})",
        "lazy-async": "{route}: the field {field} of the response reads {relationship}, but the query at {query} does "
        "not load it, and an AsyncSession raises MissingGreenlet instead of loading it here; add options({option})",
        "new": "{route}: the field {field} of the response reads {relationship} of the new object that is stored at "
        "{place}, but nothing loads it, and an AsyncSession raises MissingGreenlet instead of loading it here; "
        'await refresh(…, ["{name}"])',
        "add": "add options({option}) to the query",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.routes_by_endpoint:
            yield from self._new_objects(route, project)
            for found in lazy_fields(route, project):
                query, relationship = found.origin.query.site, found.relationship
                if query is None:
                    continue
                option = project.loading.option(found.origin, relationship)
                yield self.finding(
                    "lazy-async" if found.origin.is_async else "lazy",
                    found.give.site.location,
                    related=[
                        Related("the query is here", query.location),
                        Related(f"the response model reads {found.field.name} here", found.field.location),
                        Related("the relationship is declared here", relationship.location),
                    ],
                    fix=load_with_query(
                        project, found.origin, relationship, self.messages["add"].format(option=option)
                    ),
                    severity=Severity.ERROR if found.origin.is_async else None,
                    route=route.label,
                    field=f"{found.schema.name}.{found.field.name}",
                    relationship=f"{relationship.model.name}.{relationship.name}",
                    query=query.location,
                    option=option,
                )

    def _new_objects(self, route: Route, project: Project) -> Iterator[Diagnostic]:
        for found in unloaded_fields(route, project):
            relationship, stored = found.relationship, found.change.event.site
            yield self.finding(
                "new",
                found.give.site.location,
                related=[
                    *(Related("this is called", call.site.location) for call in found.change.chain),
                    Related("the object is stored here", stored.location),
                    Related(f"the response model reads {found.field.name} here", found.field.location),
                    Related("the relationship is declared here", relationship.location),
                ],
                severity=Severity.ERROR,
                route=route.label,
                field=f"{found.schema.name}.{found.field.name}",
                relationship=f"{relationship.model.name}.{relationship.name}",
                place=stored.location,
                name=relationship.name,
            )
