"""Lists: what routes answer with as a whole, and what grows."""

from __future__ import annotations

import pytest
from linking import project_of, route_of

from fastapi_lint.model.endpoints.listings import may_grow, unpaginated

HEAD = """
from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, relationship, Mapped
class Base(DeclarativeBase): pass
class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
class Country(Base):
    __tablename__ = "country"
    id: Mapped[int] = mapped_column(primary_key=True)
app = FastAPI()
@app.post("/users")
def add(session: Session = Depends(Session)):
    session.add(User())
@app.get("/countries")
def countries(session: Session = Depends(Session)):
    return session.query(Country).all()
"""


@pytest.mark.parametrize(
    "path, parameters, returned, expected",
    [
        ("/users", "", "session.query(User).all()", True),
        ("/users", "", "session.scalars(select(User)).all()", True),
        ("/users", "q: str = '', ", "session.query(User).filter(User.id == q).all()", True),
        ("/users", "", "session.query(User).limit(3).all()", False),
        ("/users", "", "session.query(User).first()", False),
        ("/users", "", "[]", False),
        ("/users", "limit: int = 3, ", "session.query(User).all()", False),
        ("/users", "lastId: int = 3, ", "session.query(User).all()", False),
        ("/users", "q: str, ", "session.query(User).all()", False),
        ("/users", "q: Unknown = 3, ", "session.query(User).all()", False),
        ("/clubs/{club}/users", "club: int, ", "session.query(User).all()", False),
        ("/users/{user}", "user: int, ", "session.query(User).all()", False),
    ],
)
def test_what_a_route_lists(path: str, parameters: str, returned: str, expected: bool) -> None:
    project = project_of(
        f"{HEAD}\n@app.get('{path}')\ndef f({parameters}session: Session = Depends(Session)):\n    return {returned}\n"
    )
    found = unpaginated(route_of(project, f"GET {path}"), project)
    assert (found is not None and found.model.name == "User") is expected


def test_what_grows() -> None:
    project = project_of(HEAD)
    classes = {cls.name: cls for cls in project.classes}
    assert may_grow(classes["User"], project)
    assert not may_grow(classes["Country"], project)
    silent = project_of(HEAD.replace("app.post", "app.get"))
    assert all(may_grow(cls, silent) for cls in silent.classes)
