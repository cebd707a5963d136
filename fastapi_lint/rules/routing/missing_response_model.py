"""FAL134: ORM objects that are answered without a response model."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.endpoints.answers import Answer, returned_model, success_answers
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.values import possibilities
from fastapi_lint.rules.api import Rule


class MissingResponseModel(Rule):
    """A route returns ORM objects and has no response model.

    ## What it does
    Reports a route without `response_model` and without a return annotation that FastAPI could use, when what it
    returns is an object of a mapped SQLAlchemy or SQLModel class, a list of such, or a dict that holds one.

    ## Why is this bad?
    FastAPI sends whatever attributes the object has loaded at that moment: every column, the password hash too, and
    after a commit, which expires them, none at all. The OpenAPI document says nothing of the answer.

    ## Bad
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine, select
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class User(Base):
        __tablename__ = "user"
        id: Mapped[int] = mapped_column(primary_key=True)
        password_hash: Mapped[str]


    def get_session():
        with Session(engine) as session:
            yield session


    @app.get("/users/{user_id}")
    def read_user(user_id: int, session: Annotated[Session, Depends(get_session)]):
        return session.scalars(select(User).where(User.id == user_id)).one()
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI
    from pydantic import BaseModel
    from sqlalchemy import create_engine, select
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class User(Base):
        __tablename__ = "user"
        id: Mapped[int] = mapped_column(primary_key=True)
        password_hash: Mapped[str]


    class UserRead(BaseModel):
        id: int


    def get_session():
        with Session(engine) as session:
            yield session


    @app.get("/users/{user_id}", response_model=UserRead)
    def read_user(user_id: int, session: Annotated[Session, Depends(get_session)]):
        return session.scalars(select(User).where(User.id == user_id)).one()
    ```

    ## When not to use it
    In an internal tool whose only client is developed with its tables.

    ## Known limitations
    Silent: an explicit `response_model=None`, response classes other than JSON, objects that can't be traced to a
    mapped class, and routes that return dicts of single columns. What is annotated with the mapped class itself is
    reported by `orm-model-in-api`.

    ## References
    - https://fastapi.tiangolo.com/tutorial/response-model/
    - proof: `tests/proofs/test_response_models.py`
    """

    code = "FAL134"
    name = "missing-response-model"
    standards = ("API-10",)
    messages = {
        "missing": "{route} ({place}) returns {model} objects of the database without a response model: whatever "
        "columns are loaded are sent; declare a schema as response_model"
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.routes_by_endpoint:
            yield from self._check(route, project)

    def _check(self, route: Route, project: Project) -> Iterator[Diagnostic]:
        if route.states_response_model or route.response_model is not None:
            return
        if route.function is None or route.function.fact.returns is not None or route.status_code == 204:
            return
        for answer in success_answers(route, project):
            model = returned_model(answer, project.orm_models) if answer.kind == "data" else None
            if model is not None and not _is_coroutine(answer, route.function, project):
                yield self.finding(
                    "missing",
                    route.location,
                    related=[
                        Related("this is what it returns", answer.site.location),
                        Related(f"{model.name} is mapped here", model.location),
                    ],
                    route=route.label,
                    place=route.location,
                    model=model.name,
                )
                return


def _is_coroutine(answer: Answer, function: FunctionDefinition, project: Project) -> bool:
    """Whether what an endpoint returns is a call of a coroutine function that nobody awaits."""
    return any(
        any(option is answer.value for option in possibilities(event.result))
        for event in project.bodies.of(function).calls
        if not event.awaited and any(callee.is_async for callee in event.functions)
    )
