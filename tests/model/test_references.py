"""How users name routes."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.routing.references import find_routes, references_like

PROJECT = project_of(
    {
        "shop/main.py": """
            from fastapi import FastAPI
            from shop import items
            app = FastAPI()
            app.include_router(items.router, prefix="/v1")
            app.include_router(items.router, prefix="/v2")
            class Pages:
                @app.get("/pages/{name:path}")
                def show(name: str): ...
            @app.websocket("/live")
            async def live(socket): ...
            app.add_api_route("/outside", print, methods=["POST"])
            """,
        "shop/items.py": """
            from fastapi import APIRouter
            router = APIRouter(prefix="/items")
            @router.get("/")
            def read_items(): ...
            @router.post("/")
            def create_item(): ...
            @router.api_route("/{item_id}", methods=["PUT", "PATCH"])
            def change_item(item_id: int): ...
            """,
    }
)


@pytest.mark.parametrize(
    ("reference", "labels"),
    [
        ("POST /v1/items/", ["POST /v1/items/"]),
        ("post /v1/items", ["POST /v1/items/"]),
        ("/v1/items", ["GET /v1/items/", "POST /v1/items/"]),
        ("v1/items/", ["GET /v1/items/", "POST /v1/items/"]),
        ("PATCH /v1/items/{item_id}", ["PATCH/PUT /v1/items/{item_id}"]),
        ("PATCH/PUT /v2/items/{item_id:int}/", ["PATCH/PUT /v2/items/{item_id}"]),
        ("PUT,POST /v2/items/{item_id}", ["PATCH/PUT /v2/items/{item_id}"]),
        ("/pages/{name}", ["GET /pages/{name:path}"]),
        ("/pages/{name:path}", ["GET /pages/{name:path}"]),
        ("WEBSOCKET /live", ["WEBSOCKET /live"]),
        ("shop.items:create_item", ["POST /v1/items/", "POST /v2/items/"]),
        ("shop.items.create_item", ["POST /v1/items/", "POST /v2/items/"]),
        ("items:create_item", ["POST /v1/items/", "POST /v2/items/"]),
        ("create_item", ["POST /v1/items/", "POST /v2/items/"]),
        ("Pages.show", ["GET /pages/{name:path}"]),
        ("print", ["POST /outside"]),
        ("item", []),
        ("DELETE /v1/items", []),
        ("/v1", []),
        ("/", []),
        ("", []),
    ],
)
def test_references(reference: str, labels: list[str]) -> None:
    assert [route.label for route in find_routes(PROJECT.routes, reference)] == labels


@pytest.mark.parametrize(
    ("reference", "nearest"),
    [
        ("DELETE /v1/items", ["GET /v1/items/", "POST /v1/items/"]),
        ("/v1/item", ["/v1/items/", "/v1/items/{item_id}"]),
        ("creat_item", ["read_items", "create_item", "change_item"]),
        ("shop.item:create_item", ["shop.items:read_items", "shop.items:create_item"]),
        ("POST /v3/items", ["POST /v1/items/", "WEBSOCKET /live"]),
    ],
)
def test_what_could_have_been_meant_is_of_the_same_form(reference: str, nearest: list[str]) -> None:
    known = references_like(PROJECT.routes, reference)
    assert [word for word in nearest if word not in known] == []
    assert len(known) == len(set(known))
    if reference.startswith("DELETE"):
        assert known == nearest
