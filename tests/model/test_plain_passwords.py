"""Which passwords reach accounts as they were typed."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.security.plain_passwords import plain_passwords

HEAD = """
from fastapi import FastAPI
from pydantic import BaseModel, field_validator
from sqlalchemy import String, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, validates
app = FastAPI()
class Base(DeclarativeBase): ...
class Login(BaseModel):
    password: str
    {validator}
class {name}(Base):
    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    password: Mapped[str]
    {member}
def save(account, typed):
    account.password = typed
@app.post("/login")
def log_in(data: Login, password: str, session: Session):
    account = session.get({name}, 1)
    {body}
{after}
"""


def found(body: str, *, name: str = "User", validator: str = "", member: str = "", after: str = "") -> list[str]:
    text = HEAD.format(body=body, name=name, validator=validator, member=member, after=after)
    return [each.source for each in plain_passwords(project_of(text))]


@pytest.mark.parametrize(
    ("body", "sources"),
    [
        ("account.password = data.password", ["the field password of Login"]),
        ("account.password = str(data.password).strip()", ["the field password of Login"]),
        ("account.password = password", ["the parameter password"]),
        ("typed = password; return account.password == typed", ["the parameter password"]),
        ("save(account, data.password)", ["the field password of Login"]),
        ("User(**data.model_dump())", ["the field password of Login"]),
        ("User(password=hash(data.password))", []),
        ("User(password=anything(data.password))", []),
        ("User(password=f'{data.password}x')", []),
        ("data.password = x(data.password); User(password=data.password)", []),
        ("other = data.model_copy(update={'password': 1}); User(password=other.password)", []),
        ("password = x(password); User(password=password)", []),
        ("User(password=data.password); account.password = x(password)", []),
        ("return account.password == 'disabled'", []),
        ("number = 1; number(password)", []),
        ("return account.password is data.password", []),
    ],
)
def test_what_comes_as_it_was_typed(body: str, sources: list[str]) -> None:
    assert found(body) == sources


PLAIN = "account.password = data.password"


def test_what_keeps_a_password_for_something_else_is_silent() -> None:
    assert found(PLAIN, name="Mailbox") == []
    assert found(PLAIN, member="host: Mapped[str]") == []


def test_what_may_hash_it_is_silent() -> None:
    assert found(PLAIN, validator="check = field_validator('password')(lambda cls, value: x(value))") == []
    validator = "@field_validator('password')\n    def check(cls, value): return x(value)"
    assert found(PLAIN, validator=validator) == []
    assert found(PLAIN, member="@validates('password')\n    def check(self, key, value): return x(value)") == []
    assert found(PLAIN, member="def __init__(self, **values): ...") == []
    assert found(PLAIN, after="event.listen(User, 'before_insert', x)") == []
    assert found(PLAIN, after="@event.listens_for(User.password, 'set', retval=True)\ndef x(*a): ...") == []
