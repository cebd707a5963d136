"""FAL142: a GET that writes."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.endpoints.safe_methods import kept_by_get, written_by_get
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class WriteInGet(Rule):
    """A `GET` creates, updates or deletes what is stored.

    ## What it does
    Reports a `GET` route that creates, updates or deletes stored objects, itself or through what it calls, each time
    that it succeeds; also one that does so under a condition, where its name says that it is there to change something
    (`GET /datasets/clean`).

    ## Why is this bad?
    A `GET` is promised to be safe. Browsers send it ahead of a click, crawlers and link previews follow it, proxies
    repeat or cache it, and a page of another site triggers it with an image. Each time something is written.

    ## Bad
    ```python
    from fastapi import FastAPI
    from sqlalchemy import create_engine, delete
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    engine = create_engine("sqlite://")
    app = FastAPI()


    class Base(DeclarativeBase): ...


    class Book(Base):
        __tablename__ = "books"
        id: Mapped[int] = mapped_column(primary_key=True)


    @app.get("/books/{book_id}/delete")
    def delete_book(book_id: int) -> None:
        with Session(engine) as session:
            session.execute(delete(Book).where(Book.id == book_id))
            session.commit()
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from sqlalchemy import create_engine, delete
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    engine = create_engine("sqlite://")
    app = FastAPI()


    class Base(DeclarativeBase): ...


    class Book(Base):
        __tablename__ = "books"
        id: Mapped[int] = mapped_column(primary_key=True)


    @app.delete("/books/{book_id}", status_code=204)
    def delete_book(book_id: int) -> None:
        with Session(engine) as session:
            session.execute(delete(Book).where(Book.id == book_id))
            session.commit()
    ```

    ## When not to use it
    For links in messages that must work with one click.

    ## Known limitations
    Changes are those that the libraries which are known make (SQLAlchemy, SQLModel, Tortoise, Beanie, PyMongo and kin);
    attributes that are set on a loaded object count where `add`, `save` or a commit follows; and what the endpoint
    itself puts into a container of its module, or takes out, where its name says that it is there for that. Silent:
    records of what people do (logs, views, sessions, tokens); defaults that are created when they are missing; logging
    in, callbacks, confirmations and redirects, which browsers open by a link; what dependencies and middlewares write.

    ## References
    - https://www.rfc-editor.org/rfc/rfc9110#name-safe-methods
    """

    code = "FAL142"
    name = "write-in-get"
    standards = ("API-1",)
    messages = {
        "writes": "{route} ({place}) {changes}: a GET must be safe to repeat and to prefetch; use POST, PUT, PATCH or "
        "DELETE"
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.routes_by_endpoint:
            if not project.is_wanted(route.site.module):
                continue
            if change := written_by_get(route, project):
                what = f"{change.kind}s {change.model.name if change.model is not None else 'stored objects'}"
                related = [
                    *(Related("this is called", call.site.location) for call in change.chain),
                    Related(f"this {change.kind}s it", change.event.site.location),
                ]
            elif kept := kept_by_get(route, project):
                what, related = f"changes {kept[0]}", [Related("this changes it", kept[1].location)]
            else:
                continue
            yield self.finding(
                "writes",
                route.location,
                related=related,
                flow=True,
                route=route.label,
                place=route.location,
                changes=what,
            )
