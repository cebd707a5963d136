"""FAL302 and FAL303: what a dependency does that the body of an endpoint cannot."""

from __future__ import annotations

import pytest
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.security import HTTPBearer
from fastapi.testclient import TestClient
from pydantic import BaseModel


class Order(BaseModel):
    quantity: int


def check(request: Request) -> str:
    header = request.headers.get("Authorization")
    if header != "Bearer valid":
        raise HTTPException(status_code=401)
    return "ada"


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI()

    @app.post("/by-hand")
    def by_hand(order: Order, request: Request) -> str:
        return check(request)

    @app.post("/by-dependency", dependencies=[Depends(HTTPBearer())])
    def by_dependency(order: Order, user: str = Depends(check)) -> str:
        return user

    return app


@pytest.mark.parametrize(("path", "status"), [("/by-hand", 422), ("/by-dependency", 401)])
def test_strangers_learn_the_schema_of_what_is_checked_by_hand(app: FastAPI, path: str, status: int) -> None:
    assert TestClient(app).post(path, json={"quantity": "many"}).status_code == status


def test_only_a_dependency_shows_in_the_openapi_document(app: FastAPI) -> None:
    paths = app.openapi()["paths"]
    assert "security" not in paths["/by-hand"]["post"]
    assert paths["/by-dependency"]["post"]["security"] == [{"HTTPBearer": []}]


def test_only_a_dependency_can_be_replaced(app: FastAPI) -> None:
    app.dependency_overrides = {check: lambda: "bob"}
    client = TestClient(app, headers={"Authorization": "Bearer other"})
    assert client.post("/by-dependency", json={"quantity": 1}).json() == "bob"
    assert client.post("/by-hand", json={"quantity": 1}).status_code == 401


@pytest.mark.parametrize(("path", "status"), [("/by-hand", 422), ("/by-dependency", 403)])
def test_users_without_the_role_learn_the_schema_of_what_is_checked_by_hand(path: str, status: int) -> None:
    app = FastAPI()

    def role() -> str:
        return "guest"

    def require_admin(role: str = Depends(role)) -> None:
        if role != "admin":
            raise HTTPException(status_code=403)

    @app.post("/by-hand")
    def by_hand(order: Order, role: str = Depends(role)) -> None:
        if role != "admin":
            raise HTTPException(status_code=403)

    @app.post("/by-dependency", dependencies=[Depends(require_admin)])
    def by_dependency(order: Order) -> None: ...

    client = TestClient(app)
    assert client.post(path, json={"quantity": "many"}).status_code == status
    assert client.post(path, json={"quantity": 1}).status_code == 403
