"""FAL218: a field by which clients give themselves rights."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.endpoints.privileges import given_privileges
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class PrivilegedInputField(Rule):
    """The body of a request says what an account may do, and is stored as it comes.

    ## What it does
    Reports fields such as `is_admin`, `is_superuser` and `is_verified`, and of accounts `role`, `permissions` and
    `balance`, in the schema that a route takes, where they are seen to reach a mapped class: by
    `User(**schema.model_dump())` and kin, or by `User(role=schema.role)`. Only in applications that authenticate.

    ## Why is this bad?
    Whoever reads the documentation sends `"is_admin": true` along and is an administrator ("mass assignment"). Tests
    do not show it, since they do not send the field.

    ## Bad
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI
    from fastapi.security import OAuth2PasswordBearer
    from pydantic import BaseModel
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    app = FastAPI()
    engine = create_engine("sqlite://")
    scheme = OAuth2PasswordBearer(tokenUrl="token")


    class Base(DeclarativeBase): ...


    class User(Base):
        __tablename__ = "users"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        is_admin: Mapped[bool]


    class UserCreate(BaseModel):
        name: str
        is_admin: bool = False


    @app.post("/token")
    def log_in() -> dict[str, str]:
        return {"access_token": "…", "token_type": "bearer"}


    @app.get("/me")
    def read_me(token: Annotated[str, Depends(scheme)]) -> str:
        return token


    @app.post("/users", status_code=201)
    def register(user: UserCreate) -> None:
        with Session(engine) as session:
            session.add(User(**user.model_dump()))
            session.commit()
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI
    from fastapi.security import OAuth2PasswordBearer
    from pydantic import BaseModel
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    app = FastAPI()
    engine = create_engine("sqlite://")
    scheme = OAuth2PasswordBearer(tokenUrl="token")


    class Base(DeclarativeBase): ...


    class User(Base):
        __tablename__ = "users"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        is_admin: Mapped[bool] = mapped_column(default=False)


    class UserCreate(BaseModel):
        name: str


    @app.post("/token")
    def log_in() -> dict[str, str]:
        return {"access_token": "…", "token_type": "bearer"}


    @app.get("/me")
    def read_me(token: Annotated[str, Depends(scheme)]) -> str:
        return token


    @app.post("/users", status_code=201)
    def register(user: UserCreate) -> None:
        with Session(engine) as session:
            session.add(User(**user.model_dump()))
            session.commit()
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent where anything around the route may decide who uses it: a path, dependency, function or name that speaks of
    administrators, roles, rights or invitations, an answer 403, scopes; where code or a validator looks at the field;
    where the dict of the schema is changed on its way, or another schema is made of it; on owners (`owner_id`).

    ## References
    - https://cheatsheetseries.owasp.org/cheatsheets/Mass_Assignment_Cheat_Sheet.html
    - `tests/proofs/test_proof_mass_assignment.py`
    """

    code = "FAL218"
    name = "privileged-input-field"
    standards = ("SEC-4",)
    messages = {
        "given": "{route} ({place}) stores `{schema}.{field}` in {model} as the client sends it, and nothing is seen "
        "to check who may do so: take it out of the schema, or let only administrators use the route",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        reported = set()
        for route in project.routes_by_endpoint:
            for field, schema, model, stored in given_privileges(route, project):
                if field.site in reported:
                    continue
                reported.add(field.site)
                related = [
                    Related(f"{route.label} takes {schema.name}", route.location),
                    *(Related("which calls this", call.site.location) for call in stored.chain),
                    Related(f"{model.name} gets it here", stored.write.site.location),
                ]
                yield self.finding(
                    "given",
                    field.location,
                    related=related,
                    route=route.label,
                    place=route.location,
                    schema=schema.name,
                    field=field.name,
                    model=model.name,
                )
