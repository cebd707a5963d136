"""Which routes speak of the same thing, and which schemas show it."""

from __future__ import annotations

import pytest
from linking import project_of, route_of

from fastapi_lint.model.routing.resources import is_single, resource_of, shown_schemas

HEAD = """
from typing import Generic, Optional, TypeVar
from fastapi import FastAPI
from pydantic import BaseModel, Field
app = FastAPI()
other = FastAPI()
T = TypeVar("T")
class Item(BaseModel): name: str
class Part(BaseModel): item: Item
class Items(BaseModel): items: list[Item]
class Page(BaseModel, Generic[T]): found: list[T]
class Silent(BaseModel): items: list[Item] = Field(exclude=True)
class Maybe(BaseModel): items: Optional[list[Item]] = None
"""


@pytest.mark.parametrize(
    ("path", "resource"),
    [
        ("/users", "/users"),
        ("/users/", "/users"),
        ("/users/{id}", "/users"),
        ("/users/{id}/activate", "/users"),
        ("/users/search", "/users"),
        ("/users/{id}/items", "/users/{}/items"),
        ("/users/{id}/items/{item_id:int}", "/users/{}/items"),
        ("/{id}", "/"),
        ("/", "/"),
    ],
)
def test_resources_of_paths(path: str, resource: str) -> None:
    (route,) = project_of(f"{HEAD}\n@app.get({path!r})\ndef run(): ...\n").routes
    assert resource_of(route) == (route.app, resource)


def test_applications_have_resources_of_their_own() -> None:
    project = project_of(f"{HEAD}\n@app.get('/a')\n@other.post('/a')\ndef run(): ...\n")
    first, second = (resource_of(route) for route in project.routes)
    assert first != second and first.path == second.path
    assert project.routes_of(first) == [route_of(project, "GET /a")]


@pytest.mark.parametrize(
    ("routes", "single"),
    [
        (["put /settings"], True),
        (["get /settings", "patch /settings"], True),
        (["post /ports/{n}/wire", "delete /ports/{n}/wire"], True),
        (["post /items"], False),
        (["post /items", "put /items/{id}"], False),
        (["put /items", "get /items/{id}"], False),
        (["get /settings", "post /settings/update"], False),
    ],
)
def test_single_things(routes: list[str], single: bool) -> None:
    lines = "".join(f"@app.{method}({path!r})\n" for method, path in map(str.split, routes))
    project = project_of(f"{HEAD}\n{lines}def run(): ...\n")
    assert is_single(project.routes_of(resource_of(project.routes[0]))) is single


@pytest.mark.parametrize(
    ("annotation", "shown"),
    [
        ("Item", ["Item"]),
        ("list[Item]", ["Item"]),
        ("Optional[Item]", ["Item"]),
        ("Items", ["Items", "Item"]),
        ("Maybe", ["Maybe", "Item"]),
        ("Page[Item]", ["Page", "Item"]),
        ("Part", ["Part"]),
        ("Silent", ["Silent"]),
        ("str", []),
    ],
)
def test_shown_schemas(annotation: str, shown: list[str]) -> None:
    project = project_of(f"{HEAD}\n@app.get('/a')\ndef run() -> {annotation}: ...\n")
    model = project.routes[0].response_model
    assert model is not None
    assert [schema.name for schema in shown_schemas(model, project.schemas)] == shown
