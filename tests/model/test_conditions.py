"""What depends on conditions that source code does not decide: it is marked, and what holds by default is known."""

from __future__ import annotations

from textwrap import dedent

import pytest
from linking import project_of
from route_oracle import assert_like_fastapi

from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.values import Instance, Possible

SETTINGS = """
from fastapi import APIRouter, Depends, FastAPI
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    token: str | None = None
    docs: bool = True
    level: int = 3
    stage: str = "local"
settings = Settings()
def check(): ...
def always(): ...
"""
APP = """
app = FastAPI(dependencies=extra)
@app.get("/")
def endpoint(): ...
"""


def route_of(source: str, path: str = "/") -> Route:
    return next(route for route in project_of(SETTINGS + dedent(source)).routes if route.path == path)


@pytest.mark.parametrize(
    ("source", "by_default"),
    [
        ("extra = []\nif settings.token:\n    extra.append(Depends(check))", False),
        ("extra = []\nif settings.token is not None:\n    extra.append(Depends(check))", False),
        ("extra = []\nif not settings.token:\n    extra.append(Depends(check))", True),
        ("extra = []\nif settings.docs and settings.level > 2:\n    extra += [Depends(check)]", True),
        ("extra = []\nif settings.stage in ('staging', 'production'):\n    extra.extend([Depends(check)])", False),
        ("extra = [Depends(check)] if settings.token else []", False),
        ("extra = [Depends(check)] if settings.docs else None", True),
        ("if settings.docs:\n    extra = [Depends(check)]\nelse:\n    extra = []", True),
        ("extra = []\ntry:\n    import thing\nexcept ImportError:\n    extra.append(Depends(check))", False),
        ("extra = [dependency for dependency in [Depends(check)] if settings.token]", False),
    ],
)
def test_dependencies_under_a_condition(source: str, by_default: bool) -> None:
    route = route_of(source + APP)
    (dependency,) = route.dependant.dependencies
    assert dependency.qualified_name == "main.check"
    assert [other.unknown for other in dependency.alternatives] == ["there is none under a condition"]
    assert dependency.by_default is by_default
    assert [below.qualified_name for below in route.dependant.as_by_default().dependencies] == by_default * [
        "main.check"
    ]


def test_what_all_choices_have_is_certain() -> None:
    source = "extra = [Depends(always), Depends(check)] if settings.token else [Depends(always)]"
    always, check = route_of(source + APP).dependant.dependencies
    assert (always.qualified_name, always.alternatives, always.by_default) == ("main.always", (), True)
    assert (check.qualified_name, len(check.alternatives), check.by_default) == ("main.check", 1, False)


def test_a_dependency_is_certain_under_the_condition_of_its_route() -> None:
    source = """
    app = FastAPI()
    router = APIRouter()
    @router.get("/")
    def endpoint(): ...
    extra = [Depends(always)]
    if settings.token:
        extra.append(Depends(check))
        app.include_router(router, prefix="/guarded", dependencies=extra)
    else:
        app.include_router(router, prefix="/open", dependencies=extra)
    """
    guarded, open_ = route_of(source, "/guarded/"), route_of(source, "/open/")
    assert guarded.conditional and open_.conditional
    assert [below.qualified_name for below in guarded.dependant.dependencies] == ["main.always", "main.check"]
    assert all(not below.alternatives for below in guarded.dependant.dependencies)
    assert [below.qualified_name for below in open_.dependant.dependencies] == ["main.always"]


def test_what_is_added_under_the_condition_of_its_route_is_certain() -> None:
    source = """
    class Router(APIRouter):
        def __init__(self, *names, **options):
            options.setdefault("tags", ["own"])
            super().__init__(**options)
    app = FastAPI()
    tags = ["outer"]
    options = {"tags": tags}
    if settings.token:
        router = Router()
        tags.append("inner")
        options["deprecated"] = True
        @router.get("/")
        def endpoint(): ...
        app.include_router(router, prefix="/x", **options)
    """
    route = route_of(source, "/x/")
    assert (route.conditional, route.tags, route.deprecated) == (True, ("outer", "inner", "own"), True)


def test_functions_of_one_of_several_values() -> None:
    source = """
    prefix = str("/token" if settings.token else f"/{settings.stage}").upper()
    app = FastAPI()
    router = APIRouter(prefix=prefix)
    @router.get("/x")
    def endpoint(): ...
    app.include_router(router)
    """
    assert route_of(source, "/LOCAL/x").conditional


@pytest.mark.parametrize("members", ["vars(users).items()", "inspect.getmembers(users)"])
def test_names_that_a_module_has_under_a_condition(members: str) -> None:
    users = """
    from os import environ
    from fastapi import APIRouter
    here = APIRouter()
    @here.get("/x")
    def endpoint(): ...
    if environ.get("AGAIN"):
        again = here
    """
    main = f"""
    import inspect
    from fastapi import APIRouter, FastAPI
    import users
    app = FastAPI()
    for name, value in {members}:
        if isinstance(value, APIRouter):
            app.include_router(value, prefix="/" + name)
    """
    project = project_of({"users.py": users, "main.py": main})
    routes = sorted((route.path, route.conditional) for route in project.routes)
    assert routes == [("/again/x", True), ("/here/x", False)]


def test_a_setting_with_a_default_is_never_none() -> None:
    source = """
    app = FastAPI()
    if settings.stage is not None:
        @app.get("/certain")
        def certain(): ...
    if settings.token is not None:
        @app.get("/possible")
        def possible(): ...
    """
    assert not route_of(source, "/certain").conditional
    assert route_of(source, "/possible").conditional


def test_keywords_under_a_condition() -> None:
    source = """
    options = {}
    if settings.token:
        options["dependencies"] = [Depends(check)]
    app = FastAPI(**options)
    @app.get("/")
    def endpoint(): ...
    """
    (dependency,) = route_of(source).dependant.dependencies
    assert (dependency.qualified_name, dependency.by_default) == ("main.check", False)
    assert dependency.alternatives


def test_routers_under_a_condition_are_conditional() -> None:
    source = """
    first, second, third = APIRouter(prefix="/first"), APIRouter(prefix="/second"), APIRouter(prefix="/third")
    for router in (first, second, third):
        router.add_api_route("/", check)
    routers = [first]
    if settings.docs:
        routers.append(second)
    app = FastAPI()
    for number, router in enumerate(routers):
        app.include_router(router, prefix=f"/{number}")
    app.include_router(third if settings.token else first)
    """
    routes = {route.path: route.conditional for route in project_of(SETTINGS + dedent(source)).routes}
    assert routes == {"/0/first/": False, "/1/second/": True, "/first/": True, "/third/": True}


def test_a_prefix_that_fastapi_refuses_is_none_of_several(tmp_path: object) -> None:
    source = """
    import os
    from fastapi import APIRouter, FastAPI
    app, mounted = FastAPI(), FastAPI()
    router = APIRouter(prefix="plain" if os.path.exists("/nowhere") else "/r")
    app.include_router(router, prefix="/a/" if os.path.exists("/nowhere") else "")
    app.mount("m" if os.path.exists("/nowhere") else "/m", mounted)
    @router.get("/x")
    def x(): ...
    @mounted.get("/y")
    def y(): ...
    """
    assert_like_fastapi(source, tmp_path)  # type: ignore[arg-type]


def test_a_cache_that_is_empty_at_first_decides(tmp_path: object) -> None:
    source = """
    from fastapi import FastAPI
    CACHE = {}
    def create_app(name: str = "x") -> FastAPI:
        if name in CACHE:
            return CACHE[name]
        app = FastAPI()
        @app.get("/")
        def root(): ...
        CACHE[name] = app
        return app
    app = create_app()
    """
    project = assert_like_fastapi(source, tmp_path)  # type: ignore[arg-type]
    assert not any(route.conditional for route in project.routes)


def test_overridden_dependencies() -> None:
    source = """
    def other(): ...
    app = FastAPI()
    app.dependency_overrides[check] = other
    if settings.docs:
        app.dependency_overrides.update({always: other})
    """
    (app,) = project_of(SETTINGS + dedent(source)).apps
    (check, other), (always, perhaps) = app.dependency_overrides
    assert [check.name, other.name, always.name] == ["check", "other", "always"]
    assert isinstance(perhaps, Possible)
    assert perhaps.value is other
    assert perhaps.by_default


def test_what_only_type_checkers_see_does_not_happen() -> None:
    project = project_of(
        """
        from typing import TYPE_CHECKING
        from fastapi import FastAPI
        app = FastAPI()
        if TYPE_CHECKING:
            class Item:
                pass

            @app.get("/checked")
            def checked(): ...
        else:
            @app.get("/served")
            def served(): ...

        @app.get("/items")
        def items(item: "Item"):
            if TYPE_CHECKING:
                checked()
            item.name
        """
    )
    assert [route.label for route in project.routes] == ["GET /served", "GET /items"]
    body = project.bodies.of(next(function for function in project.functions if function.name == "items"))
    assert [event.functions for event in body.calls] == []
    assert [event.receiver.cls.name for event in body.reads if isinstance(event.receiver, Instance)] == ["Item"]
