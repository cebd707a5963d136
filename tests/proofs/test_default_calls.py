"""When defaults are made that are calls: the reason of FAL220."""

from __future__ import annotations

from uuid import UUID, uuid4

from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field
from sqlalchemy import Column, Integer, String, create_engine, insert, select
from sqlalchemy.schema import MetaData, Table


def test_all_objects_share_a_called_default() -> None:
    class Order(BaseModel):
        id: UUID = uuid4()
        own: UUID = Field(default_factory=uuid4)

    first, second = Order(), Order()
    assert first.id == second.id
    assert first.own != second.own


def test_all_rows_share_it() -> None:
    table = Table(
        "orders",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("shared", String, default=uuid4().hex),
        Column("own", String, default=lambda: uuid4().hex),
    )
    with create_engine("sqlite://").begin() as connection:
        table.create(connection)
        for _ in range(2):
            connection.execute(insert(table))
        rows = connection.execute(select(table)).all()
    assert len({row.shared for row in rows}) == 1
    assert len({row.own for row in rows}) == 2


def test_all_requests_share_it() -> None:
    app = FastAPI()

    @app.get("/")
    def read(token: str = uuid4().hex) -> str:
        return token

    client = TestClient(app)
    assert client.get("/").json() == client.get("/").json()
