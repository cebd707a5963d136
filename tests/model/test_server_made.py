"""Fields of requests that a table fills by itself."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.endpoints.server_made import server_made_fields

SOURCE = """
import uuid
from datetime import datetime
from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import Column, Integer, String, func
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
app = FastAPI()
class Base(DeclarativeBase): pass
class User(Base):
    __tablename__ = "users"
    {column}
class UserCreate(BaseModel):
    {field}
@app.{method}("/users")
def create_user(user: UserCreate, session: Session = Depends(Session)):
    {body}
"""
KEY, TIME = "id: Mapped[int] = mapped_column(primary_key=True)", "created_at: Mapped[datetime] = mapped_column({})"
ADD = "session.add(User(**user.model_dump()))"


@pytest.mark.parametrize(
    ("column", "field", "method", "body", "found"),
    [
        (KEY, "id: int", "post", ADD, True),
        (KEY, "id: int", "put", ADD, False),
        (KEY, "id: int", "post", "return session.get(User, user.id)", False),
        (KEY, "identifier: int", "post", ADD, False),
        ("id = Column(Integer, primary_key=True)", "id: int", "post", ADD, True),
        ("id = Column(String, primary_key=True)", "id: str", "post", ADD, False),
        ("id: Mapped[uuid.UUID] = mapped_column(primary_key=True)", "id: uuid.UUID", "post", ADD, False),
        (TIME.format("server_default=func.now()"), "created_at: datetime", "post", ADD, True),
        (TIME.format("default=datetime.now"), "created_at: datetime", "post", ADD, True),
        (TIME.format("onupdate=func.now()"), "created_at: datetime", "post", ADD, True),
        (TIME.format(""), "created_at: datetime", "post", ADD, False),
    ],
)
def test_server_made_fields(column: str, field: str, method: str, body: str, found: bool) -> None:
    project = project_of(SOURCE.format(column=column, field=field, method=method, body=body))
    (route,) = project.routes
    assert [made.field.name for made in server_made_fields(route, project)] == ([field.split(":")[0]] if found else [])
