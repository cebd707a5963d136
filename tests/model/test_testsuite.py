"""What pytest collects, and what tests do to applications."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.testsuite.collection import (
    conftests,
    has_collection_hooks,
    is_fixture,
    is_marked_async,
    is_test_function,
)
from fastapi_lint.model.testsuite.fixtures import Fixtures
from fastapi_lint.model.testsuite.overrides import leaked_overrides
from fastapi_lint.model.testsuite.real_calls import real_calls
from fastapi_lint.model.testsuite.requests import reaches
from fastapi_lint.model.values import Unknown, external_name

PROJECT = {
    "main.py": """
        from fastapi import FastAPI
        def get_user(): pass
        app = FastAPI()
        async def test_not_collected(): pass
        """,
    "tests/conftest.py": """
        import pytest
        @pytest.fixture
        def client(): pass
        """,
    "tests/api/conftest.py": "",
    "tests/other/conftest.py": "",
    "tests/api/test_users.py": """
        import httpx, pytest
        from main import app, get_user

        @pytest.fixture()
        def test_user(): pass

        async def test_one():
            app.dependency_overrides[get_user] = None
            httpx.get("https://api.github.com/")
            httpx.get("http://localhost/")

        @pytest.mark.asyncio
        async def test_two(): pass

        class TestMore:
            pytestmark = [pytest.mark.slow, pytest.mark.anyio]
            async def test_three(self): pass

        class Other:
            def test_four(self): pass
        """,
}


def test_what_is_collected() -> None:
    project = project_of(PROJECT)
    assert [each.name for each in project.functions if is_test_function(each)] == ["test_one", "test_two", "test_three"]
    assert {each.name for each in project.functions if is_fixture(each)} == {"client", "test_user"}
    assert [each.name for each in project.functions if is_marked_async(each)] == ["test_two", "test_three"]


def test_the_fixtures_around_a_test() -> None:
    project = project_of(PROJECT)
    (module,) = (each for each in project.modules if each.path == "tests/api/test_users.py")
    assert {each.path for each in conftests(module, project.modules)} == {
        "tests/api/test_users.py",
        "tests/api/conftest.py",
        "tests/conftest.py",
    }


def test_hooks_of_a_conftest() -> None:
    assert not has_collection_hooks(project_of(PROJECT).modules)
    hooked = {**PROJECT, "tests/conftest.py": "def pytest_pyfunc_call(pyfuncitem): pass"}
    assert has_collection_hooks(project_of(hooked).modules)


def test_overrides_that_stay() -> None:
    project = project_of(PROJECT)
    found = list(leaked_overrides(project.functions, project.modules, project.interpreter))
    assert [(each.function.name, each.dependency) for each in found] == [("test_one", "get_user")]


def test_calls_of_other_services() -> None:
    project = project_of(PROJECT)
    found = [host for function in project.functions for _, host in real_calls(function, project.bodies)]
    assert found == ["api.github.com"]


@pytest.mark.parametrize(
    ("call", "labels"),
    [
        ('client.get("/api/users")', ["GET /api/users"]),
        ('client.get("/users?page=1")', ["GET /api/users"]),
        ('client.post("http://test/api/users")', ["POST /api/users"]),
        ('client.get(f"{PREFIX}/users")', ["GET /api/users"]),
        ('client.get(f"/api/users/{user.id}")', ["GET /api/users/{user_id}"]),
        ('client.get("/api/users/1/more")', []),
        ('client.put("/api/users")', []),
        ('client.websocket_connect("/ws")', ["WEBSOCKET /ws"]),
        ('app.url_path_for("read_user", user_id=1)', ["GET /api/users/{user_id}"]),
        ('url = "/api/users"', ["GET /api/users", "POST /api/users"]),
        ('print("no path / at all")', []),
    ],
)
def test_which_routes_a_request_reaches(call: str, labels: list[str]) -> None:
    project = project_of(
        {
            "main.py": """
                from fastapi import FastAPI
                app = FastAPI()
                @app.get("/api/users")
                def list_users(): pass
                @app.post("/api/users")
                def add_user(): pass
                @app.get("/api/users/{user_id}")
                def read_user(user_id: int): pass
                @app.websocket("/ws")
                async def talk(websocket): pass
                """,
            "tests/test_it.py": f"def test_it(client):\n    {call}\n",
        }
    )
    sent = project.sent_requests
    assert [route.label for route in project.routes if any(reaches(request, route) for request in sent)] == labels


def test_statuses_that_a_test_mentions() -> None:
    test = "def test_it():\n    assert client.get('/a').status_code in (200, status.HTTP_404_NOT_FOUND)\n"
    (request,) = project_of({"tests/test_it.py": test}).sent_requests
    assert request.statuses == {200, 404}


SHOP = {
    "main.py": """
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/items/{item_id}")
        def read_item(item_id: int): pass
        """,
    "tests/conftest.py": """
        import pytest
        from fastapi.testclient import TestClient
        from main import app
        @pytest.fixture
        def client(): return TestClient(app)
        @pytest.fixture
        def looped(looped): return looped
        """,
    "tests/api/conftest.py": """
        import pytest
        from fastapi.testclient import TestClient
        from main import app
        @pytest.fixture(name="client")
        def base(client): return TestClient(app, base_url="http://test/v1")
        """,
}


@pytest.mark.parametrize(
    ("place", "text", "path"),
    [
        ("tests", "'/items/3'", "/items/3"),
        ("tests", "'items/3?a=/b'", "/items/3"),
        ("tests", "f'/items/{x}'", "/items/{part:path}"),
        ("tests", "'/items/' + x + '/all'", "/items/{part:path}/all"),
        ("tests", "f'{x}{y}/all'", "{part:path}/all"),
        ("tests", "f'/items{x}&a=/b'", "/items{part:path}"),
        ("tests", "'/items/a%20b'", "/items/a b"),
        ("tests", "'http://test'", "/"),
        ("tests", "f'http://{x}/items'", "{part:path}/items"),
        ("tests/api", "'/items/3'", "/v1/items/3"),
        ("tests/api", "'http://test/items/3'", "/items/3"),
    ],
)
def test_paths_that_applications_get(place: str, text: str, path: str) -> None:
    test = f"def test_it(client, x, y):\n    client.get({text})\n"
    (request,) = project_of({**SHOP, f"{place}/test_it.py": test}).app_requests
    assert request.path == path


@pytest.mark.parametrize("text", ["x", "'//host/items'", "x.path", "looped.get('/a')"])
def test_paths_that_nobody_knows(text: str) -> None:
    test = f"def test_it(client, looped, x):\n    client.get({text})\n"
    assert project_of({**SHOP, "tests/test_it.py": test}).app_requests == []


def test_what_fixtures_give() -> None:
    test = "def test_it(client, looped, other): pass\n"
    project = project_of({**SHOP, "tests/test_it.py": test})
    function = next(each for each in project.functions if each.name == "test_it")
    passed = Fixtures(project.modules, project.bodies).passed(function)
    assert external_name(passed["client"]) == "fastapi.testclient.TestClient()"
    assert isinstance(passed["looped"], Unknown) and "other" not in passed


def test_the_route_that_was_meant() -> None:
    tests = "def test_it(client):\n    client.get('/item/3')\n    client.get('/v1/items/3')\n    client.get('/else')\n"
    renumbered, moved, other = project_of({**SHOP, "tests/test_it.py": tests}).app_requests
    assert renumbered.renumbered is not None and moved.renumbered is None
    assert moved.nearest is not None and moved.nearest.path == "/items/{item_id}"
    assert other.nearest is None
