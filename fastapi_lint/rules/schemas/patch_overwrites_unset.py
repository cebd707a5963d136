"""FAL205: a PATCH that writes fields which the client did not send."""

from __future__ import annotations

from fastapi_lint.diagnostics import Fix, Related
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.endpoints.updates import CopiedField, copied_fields, whole_writes
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.resources import taken_schemas
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.values import Site
from fastapi_lint.rules.api import Findings, Rule


class PatchOverwritesUnset(Rule):
    """A `PATCH` overwrites fields that the client did not send.

    ## What it does
    Reports a `PATCH` route that turns its body into a dict with all fields (`model_dump()`, `dict()`) and writes that
    to an object or into an UPDATE, itself or in a function that it calls, when the schema has fields which a client
    may leave out. So is one that copies such fields one by one to a stored object, without asking whether they were
    sent.

    ## Why is this bad?
    `PATCH` changes what is sent. A field that was not sent takes its default in the dict, and that default replaces
    what is stored: who renames an item deletes its description.

    ## Bad
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel
    from sqlalchemy import create_engine, update
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        note: Mapped[str | None]


    class BookUpdate(BaseModel):
        title: str | None = None
        note: str | None = None


    @app.patch("/books/{book_id}")
    def update_book(book_id: int, changes: BookUpdate) -> BookUpdate:
        with Session(engine) as session:
            session.execute(update(Book).where(Book.id == book_id).values(**changes.model_dump()))
            session.commit()
        return changes
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel
    from sqlalchemy import create_engine, update
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        note: Mapped[str | None]


    class BookUpdate(BaseModel):
        title: str | None = None
        note: str | None = None


    @app.patch("/books/{book_id}")
    def update_book(book_id: int, changes: BookUpdate) -> BookUpdate:
        with Session(engine) as session:
            sent = changes.model_dump(exclude_unset=True)
            session.execute(update(Book).where(Book.id == book_id).values(**sent))
            session.commit()
        return changes
    ```

    ## When not to use it
    Where clients always send all fields; such a route is a `PUT`.

    ## Known limitations
    Silent where the dict is filtered before it is written, where values are tested on the way, and with
    `exclude_none=True`, with which a client cannot empty a field, but loses none. Fields that are copied one by one are
    followed to objects of mapped classes.

    ## Fix safety
    The fix adds `exclude_unset=True`. It is unsafe: what a client leaves out keeps its value, and is no longer set to
    the default.

    ## References
    - https://fastapi.tiangolo.com/tutorial/body-updates/#partial-updates-with-patch
    - `tests/proofs/test_unset_fields.py` shows what is lost.
    """

    code = "FAL205"
    name = "patch-overwrites-unset"
    fix = "unsafe"
    standards = ("SCH-6",)
    messages = {
        "overwrites": "{route} ({place}) writes all fields of {schema}: {fields} that a client leaves out "
        "{fate}; dump it with exclude_unset=True",
        "copies": "{route} ({place}) copies {fields} of {schema}, set or not: what a client leaves out is overwritten "
        "by its default; copy what model_dump(exclude_unset=True) holds",
        "add": "add `exclude_unset=True`",
    }

    def check_route(self, route: Route, project: Project) -> Findings:
        function = route.function
        if function is None or project.is_test(function.module) or route.methods != ("PATCH",):
            return
        taken = {schema.cls: schema for _, schema in taken_schemas(route, project.schemas)}
        optional = {cls: [f.name for f in schema.fields if not f.required] for cls, schema in taken.items()}
        classes = frozenset(cls for cls, names in optional.items() if names)
        seen: set[object] = set()
        for found in whole_writes(function, classes, project.bodies) if classes else ():
            if found.site in seen:
                continue
            seen.add(found.site)
            names = optional[found.cls]
            calls = [Related("which calls this", call.site.location) for call in found.chain]
            yield self.finding(
                "overwrites",
                found.site.location,
                related=[
                    Related(f"{route.label} is handled here", function.location),
                    *calls,
                    Related("all fields are written here", found.write.site.location),
                ],
                fix=self._fix(found.site, project) if found.dump is not None else None,
                route=route.label,
                place=route.location,
                schema=found.cls.name,
                fields=_listed(names),
                fate="is overwritten by its default" if len(names) == 1 else "are overwritten by their defaults",
            )

        yield from self._copied(route, function, {cls: optional[cls] for cls in classes}, project)

    def _copied(
        self, route: Route, function: FunctionDefinition, optional: dict[ClassDefinition, list[str]], project: Project
    ) -> Findings:
        """One finding for all fields of a schema that are copied one by one."""
        copied: dict[ClassDefinition, list[CopiedField]] = {}
        for found in copied_fields(function, optional, project.bodies, project.orm_models) if optional else ():
            copied.setdefault(found.cls, []).append(found)
        for cls, (first, *others) in copied.items():
            names = list(dict.fromkeys(found.name for found in (first, *others)))
            yield self.finding(
                "copies",
                first.site.location,
                related=[
                    Related(f"{route.label} is handled here", function.location),
                    *(Related("which calls this", call.site.location) for call in first.chain),
                    *(Related(f"{found.name} is copied here", found.site.location) for found in others),
                ],
                route=route.label,
                place=route.location,
                schema=cls.name,
                fields=_listed(names),
            )

    def _fix(self, site: Site, project: Project) -> Fix | None:
        editing = project.call_to_edit(site)
        if editing is None:
            return None
        editor, call = editing
        return editor.fix(self.messages["add"], [editor.set_argument(call, "exclude_unset", "True")], safe=False)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:4]) + (", …" if len(names) > 4 else "")
