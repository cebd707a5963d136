"""One operation id for several operations: the reason of FAL127."""

from __future__ import annotations

import warnings

import pytest
from fastapi import APIRouter, FastAPI


def ids(app: FastAPI) -> list[str]:
    """The operation ids of the document of an application."""
    return [operation["operationId"] for path in app.openapi()["paths"].values() for operation in path.values()]


def nothing() -> None: ...


def test_one_explicit_id_twice() -> None:
    app = FastAPI()
    app.add_api_route("/a", nothing, operation_id="same")
    app.add_api_route("/b", nothing, operation_id="same")
    with pytest.warns(UserWarning, match="Duplicate Operation ID same"):
        assert ids(app) == ["same", "same"]


def test_a_router_with_an_explicit_id_included_twice() -> None:
    app, router = FastAPI(), APIRouter()
    router.add_api_route("/a", nothing, operation_id="same")
    app.include_router(router, prefix="/v1")
    app.include_router(router, prefix="/v2")
    with pytest.warns(UserWarning, match="Duplicate Operation ID same"):
        ids(app)


def test_all_methods_of_a_route_have_one_id() -> None:
    app = FastAPI()
    app.add_api_route("/a", nothing, methods=["GET", "POST"])
    with pytest.warns(UserWarning, match="Duplicate Operation ID"):
        first, second = ids(app)
    assert first == second


def test_generated_ids_differ_by_path_and_method() -> None:
    app = FastAPI()
    app.add_api_route("/a", nothing)
    app.add_api_route("/a", nothing, methods=["POST"])
    app.add_api_route("/b", nothing)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(set(ids(app))) == 3


def test_a_function_that_makes_the_same_id_of_two_routes() -> None:
    app = FastAPI(generate_unique_id_function=lambda route: route.name)
    app.add_api_route("/a", nothing)
    app.add_api_route("/b", nothing)
    with pytest.warns(UserWarning, match="Duplicate Operation ID nothing"):
        assert ids(app) == ["nothing", "nothing"]


def test_the_summary_is_made_of_the_name() -> None:
    app = FastAPI()

    @app.get("/words", name="All books")
    @app.get("/own")
    def list_books() -> None: ...

    paths = app.openapi()["paths"]
    assert [paths[path]["get"]["summary"] for path in ("/words", "/own")] == ["All Books", "List Books"]
