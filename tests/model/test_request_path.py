"""Which functions are on the request path, and which calls block there."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.concurrency.blocking import look_up
from fastapi_lint.model.knowledge.blocking import CALLS, CLIENTS, METHODS
from fastapi_lint.model.knowledge.results import RESULT_TYPES
from fastapi_lint.model.project import Project

APP = {
    "main.py": """
        from fastapi import BackgroundTasks, Depends, FastAPI
        from starlette.middleware import Middleware
        from work import Audit, helper, later, plain_later

        async def lifespan(app):
            yield

        async def verify():
            await helper()

        app = FastAPI(lifespan=lifespan, middleware=[Middleware(Audit)])

        @app.exception_handler(KeyError)
        async def on_key_error(request, error):
            return None

        @app.get("/a", dependencies=[Depends(verify)])
        async def read_a(tasks: BackgroundTasks):
            tasks.add_task(later, 1)
            tasks.add_task(plain_later)

        @app.get("/b")
        def read_b():
            return None
        """,
    "work.py": """
        class Audit:
            async def __call__(self, scope, receive, send):
                pass

        async def helper():
            pass

        async def later(number):
            pass

        def plain_later():
            pass

        async def unused():
            pass
        """,
}


def test_entries_say_how_a_request_enters() -> None:
    path = project_of(APP).request_path
    assert [(entry.kind, entry.label) for entry in path.entries] == [
        ("endpoint", "GET /a"),
        ("dependency", "the dependency verify of GET /a"),
        ("endpoint", "GET /b"),
        ("middleware", "the middleware Audit"),
        ("exception handler", "the exception handler on_key_error"),
        ("background task", "the background task later of GET /a"),
        ("background task", "the background task plain_later of GET /a"),
    ]


def test_coroutines_behind_entries_run_on_the_loop() -> None:
    path = project_of(APP).request_path
    names = {function.name for function in path.on_loop}
    assert names == {"read_a", "verify", "helper", "later", "on_key_error", "__call__"}
    (helper,) = (reach for function, reach in path.on_loop.items() if function.name == "helper")
    assert [function.name for _, function in helper.steps] == ["helper"]
    assert helper.entry.label == "the dependency verify of GET /a"


def test_coroutines_behind_wrappers_run_on_the_loop() -> None:
    project = project_of(
        """
        from functools import wraps
        from fastapi import FastAPI

        def checked(function):
            @wraps(function)
            def wrapper(*args, **kwargs):
                return function(*args, **kwargs)
            return wrapper

        @checked
        async def once():
            pass

        @checked
        @checked
        async def twice():
            pass

        @checked
        async def kept():
            pass

        def starts():
            kept()

        app = FastAPI()

        @app.get("/")
        async def read():
            await once()
            await twice()
            starts()
        """
    )
    ways = {
        function.name: [step.name for _, step in reach.steps]
        for function, reach in project.request_path.on_loop.items()
    }
    assert ways == {"read": [], "once": ["wrapper", "once"], "twice": ["wrapper", "wrapper", "twice"]}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("time.sleep", "time.sleep"),
        ("requests.Session().get", "requests.Session.get"),
        ("pathlib.Path().__truediv__().read_text", "pathlib.Path.read_text"),
        ("pathlib.Path().exists", None),
        ("redis.Redis().get", "redis.Redis.get"),
        ("redis.Redis().pipeline", None),
        ("emails.message.Message().send", "emails.message.Message.send"),
        ("redis.Redis().get().decode", None),
        ("redis.asyncio.Redis().get", None),
        ("pymongo.MongoClient().shop.items.find_one", "pymongo.MongoClient.shop.items.find_one"),
        ("stripe.checkout.Session.create", "stripe.checkout.Session.create"),
        ("httpx.AsyncClient().get", None),
        ("sqlalchemy.orm.Session().commit", None),
    ],
)
def test_look_up(name: str, shown: str | None) -> None:
    found = look_up(name)
    assert (found[0] if found is not None else None) == shown


def test_tables_use_canonical_names() -> None:
    for name in (*CALLS, *METHODS, *CLIENTS):
        parts = name.split(".")
        owners = {".".join(parts[: count + 1]) for count in range(len(parts))}
        assert not owners & RESULT_TYPES.keys(), f"{name} is never looked up: a result in it has another name"


def chain_of(project: Project, caller: str) -> list[str] | None:
    function = next(function for function in project.functions if function.name == caller)
    for event in project.bodies.of(function).calls:
        found = project.blocking.behind(event, function)
        if found is not None:
            return [*(step.name for _, step in found.chain), found.call]
    return None


@pytest.mark.parametrize(
    ("body", "chain"),
    [
        ("return one()", ["one", "two", "time.sleep"]),
        ("return cached()", None),
        ("return lines()", None),
        ("with opened(): pass", ["opened", "time.sleep"]),
        ("return await offloaded()", None),
        ("return remembered()", None),
        ("return known()", None),
        ("return recursive(3)", ["recursive", "time.sleep"]),
    ],
)
def test_chains_to_blocking_calls(body: str, chain: list[str] | None) -> None:
    project = project_of(
        f"""
        import functools, time
        from contextlib import contextmanager
        from asgiref.sync import sync_to_async

        def one():
            return two()

        def two():
            time.sleep(1)

        @functools.cache
        def cached():
            return two()

        def lines():
            yield two()

        @contextmanager
        def opened():
            time.sleep(1)
            yield

        @sync_to_async
        def offloaded():
            time.sleep(1)

        cache = None

        def remembered():
            global cache
            if cache is None:
                cache = two()
            return cache

        table = {{}}

        def known(key=1):
            if key not in table:
                table[key] = two()
            return table[key]

        def recursive(depth):
            if depth:
                return recursive(depth - 1)
            time.sleep(1)

        async def caller():
            {body}
        """
    )
    assert chain_of(project, "caller") == chain
