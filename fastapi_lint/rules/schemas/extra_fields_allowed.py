"""FAL217: a schema that takes any field, stored as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.endpoints.stored_input import entered_bodies, stored_inputs
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.resources import taken_schemas
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.values import text_of
from fastapi_lint.rules.api import Rule

_MAX_NAMES = 4


class ExtraFieldsAllowed(Rule):
    """A schema with `extra="allow"` is stored as a whole.

    ## What it does
    Reports schemas of requests that keep fields which they do not declare, where all fields are given to a mapped
    class that has further columns: by `User(**schema.model_dump())`, `setattr` in a loop and kin.

    ## Why is this bad?
    Clients may set each column of the table by its name, `is_admin`, `owner_id` or `created_at` too, unvalidated; and a
    name that is none of a column may end in a 500.

    ## Bad
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel, ConfigDict
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Base(DeclarativeBase): ...


    class User(Base):
        __tablename__ = "users"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        is_admin: Mapped[bool] = mapped_column(default=False)


    class UserCreate(BaseModel):
        model_config = ConfigDict(extra="allow")
        name: str


    @app.post("/users", status_code=201)
    def create_user(user: UserCreate) -> None:
        with Session(engine) as session:
            session.add(User(**user.model_dump()))
            session.commit()
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel, ConfigDict
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Base(DeclarativeBase): ...


    class User(Base):
        __tablename__ = "users"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        is_admin: Mapped[bool] = mapped_column(default=False)


    class UserCreate(BaseModel):
        model_config = ConfigDict(extra="forbid")
        name: str


    @app.post("/users", status_code=201)
    def create_user(user: UserCreate) -> None:
        with Session(engine) as session:
            session.add(User(**user.model_dump()))
            session.commit()
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: dicts that are changed on their way, or of which fields are chosen; a dict in a filter of a query, or in a
    collection of documents, where any field may be meant.

    ## References
    - https://docs.pydantic.dev/latest/api/config/#pydantic.config.ConfigDict.extra
    - https://cheatsheetseries.owasp.org/cheatsheets/Mass_Assignment_Cheat_Sheet.html
    - `tests/proofs/test_proof_mass_assignment.py`
    """

    code = "FAL217"
    name = "extra-fields-allowed"
    standards = ("SEC-2",)
    messages = {
        "allowed": "{route} ({place}) stores {schema} in {model} with all that a client sends, so clients may set "
        '{columns} too: remove `extra="allow"`, or name the fields that are stored',
    }

    def check_route(self, route: Route, project: Project) -> Iterator[Diagnostic]:
        function = route.function
        if function is None or not len(project.orm_models) or project.is_test(function.module):
            return
        taken = {schema.cls: schema for _, schema in taken_schemas(route, project.schemas)}
        classes = frozenset(cls for cls, schema in taken.items() if text_of(schema.config.get("extra")) == "allow")
        reported = set()
        for stored in stored_inputs(entered_bodies(function, classes, project), classes, project) if classes else ():
            schema, model = taken[stored.cls], stored.model
            further = [column.name for column in model.columns if not schema.by_name.keys() & {column.name}]
            further = [name for name in further if name not in stored.left_out]
            if stored.field is not None or not further or stored.cls in reported:
                continue
            reported.add(stored.cls)
            names = ", ".join(f"`{name}`" for name in further[:_MAX_NAMES])
            related = [
                Related(f"{schema.name} takes any field", stored.cls.location),
                *(Related("which calls this", call.site.location) for call in stored.chain),
            ]
            yield self.finding(
                "allowed",
                stored.write.site.location,
                related=related,
                route=route.label,
                place=route.location,
                schema=schema.name,
                model=model.name,
                columns=names + (", …" if len(further) > _MAX_NAMES else ""),
            )
