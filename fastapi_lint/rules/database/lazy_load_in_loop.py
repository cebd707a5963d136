"""FAL402: a relationship that is loaded anew for every item of a loop."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.editing.queries import load_with_query
from fastapi_lint.model.orm.loading import LazyRead
from fastapi_lint.model.orm.responses import lazy_validations
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class LazyLoadInLoop(Rule):
    """A loop reads a relationship that its query does not load.

    ## What it does
    Reports a relationship attribute that is read on the items of a loop or comprehension over a query's result, when
    neither an option of the query (`selectinload`, `joinedload`, `subqueryload`, `contains_eager`, `immediateload`,
    chained and nested ones too) nor the model's own `lazy=` loads it. The query may be in another function or module,
    and the attribute may be read by a function, method or property that the loop hands the item to, or by a Pydantic
    model that `model_validate` or `from_orm` makes of it. What `sorted`, `min`, `max`, `map` and `filter` call for each
    item is such a loop, too.

    ## Why is this bad?
    SQLAlchemy loads such an attribute at first access, with a statement for each item: a list of a hundred users sends
    a hundred and one statements (N+1). Under `AsyncSession` it can't, and raises `MissingGreenlet`.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import ForeignKey, create_engine, select
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Author(Base):
        __tablename__ = "author"
        id: Mapped[int] = mapped_column(primary_key=True)
        books: Mapped[list["Book"]] = relationship(back_populates="author")


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
        author: Mapped[Author] = relationship(back_populates="books")


    def get_session():
        with Session(engine) as session:
            yield session


    app = FastAPI()


    @app.get("/authors")
    def read_authors(session: Session = Depends(get_session)):
        authors = session.scalars(select(Author)).all()
        return [{"id": author.id, "books": len(author.books)} for author in authors]
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import ForeignKey, create_engine, select
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload

    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Author(Base):
        __tablename__ = "author"
        id: Mapped[int] = mapped_column(primary_key=True)
        books: Mapped[list["Book"]] = relationship(back_populates="author")


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
        author: Mapped[Author] = relationship(back_populates="books")


    def get_session():
        with Session(engine) as session:
            yield session


    app = FastAPI()


    @app.get("/authors")
    def read_authors(session: Session = Depends(get_session)):
        authors = session.scalars(select(Author).options(selectinload(Author.books))).all()
        return [{"id": author.id, "books": len(author.books)} for author in authors]
    ```

    ## When not to use it
    Where a query gives a handful of rows by nature and the extra statements are wanted.

    ## Known limitations
    Silent when it is not known which query the items come from: results of functions outside the project, generic
    repositories whose model is a type variable. The rows of a query and a single item are followed into the functions
    that are called with them, one call deep; rows from functions that serve requests only. Relationships that the
    session happens to hold already are not known, but for two cases: the way back to the parent, and rows that a query
    selects by one value of the foreign key. Migrations are left out.

    ## Fix safety
    The fix adds the loader option to the query. It is unsafe: the query asks for more at once, and who else uses its
    result gets it, too. There is none where its `select()`, `query()` or `get()` can't be seen, or the module does not
    know the model by its name.

    ## References
    - https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html
    - https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html#preventing-implicit-io-when-using-asyncsession
    - tests/proofs/test_proof_lazy_responses.py
    """

    code = "FAL402"
    name = "lazy-load-in-loop"
    fix = "unsafe"
    standards = ("DB-6",)
    messages = {
        "lazy": "{relationship} is loaded once per item of this loop: the query at {query} does not load it; "
        "add options({option})",
        "lazy-async": "{relationship} is read on the items of this loop, but the query at {query} does not load it, "
        "and an AsyncSession raises MissingGreenlet instead of loading it here; add options({option})",
        "add": "add options({option}) to the query",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        seen = set()
        for function in project.functions:
            if project.is_test(function.module) or project.is_migration(function.module):
                continue
            if function in project.request_path.reached and not project.is_wanted(function.module):
                continue  # the others tell what they pass to functions, whoever wants to know of these
            for found in self._reads(function, project):
                place = found.event.site.location, found.relationship
                if place not in seen:
                    seen.add(place)
                    yield from self._report(found, project)

    def _reads(self, function: FunctionDefinition, project: Project) -> Iterator[LazyRead]:
        yield from project.loading.lazy_reads(function)
        yield from lazy_validations(function, project)
        if function in project.request_path.reached:
            yield from project.loading.handed_over(function)

    def _report(self, found: LazyRead, project: Project) -> Iterator[Diagnostic]:
        query, relationship = found.origin.query.site, found.relationship
        if query is not None:
            steps = [Related("the query is here", query.location)]
            if found.reader is not None:
                steps.append(found.reader)
            steps.append(Related("the relationship is declared here", relationship.location))
            option = project.loading.option(found.origin, relationship)
            yield self.finding(
                "lazy-async" if found.origin.is_async else "lazy",
                found.event.site.location,
                related=steps,
                fix=load_with_query(project, found.origin, relationship, self.messages["add"].format(option=option)),
                relationship=f"{relationship.model.name}.{relationship.name}",
                query=query.location,
                option=option,
            )
