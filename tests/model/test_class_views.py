"""Views that are classes, by decorators that projects write themselves, held against FastAPI."""

from __future__ import annotations

from pathlib import Path

import pytest
from route_oracle import assert_like_fastapi

VIEWS = {
    "marked methods that a base class collects": """
        from dataclasses import asdict, dataclass, field
        from enum import Enum, auto
        from functools import partial
        from inspect import isfunction
        from fastapi import APIRouter, Depends, FastAPI
        class Kind(Enum):
            HTTP = auto()
            SOCKET = auto()
        @dataclass
        class Marks:
            path: str
            methods: list = field(default_factory=lambda: ["GET"])
            status_code: int | None = None
            tags: list | None = None
        @dataclass
        class Mark:
            function: object
            marks: Marks
            kind: Kind = Kind.HTTP
        def get(path, **options):
            def mark(function):
                setattr(function, "_mark", Mark(function, Marks(path, **options)))
                return function
            return mark
        def post(path, **options):
            return get(path, methods=["POST"], **options)
        class Controller:
            marked = []
            def __init_subclass__(cls):
                members = [getattr(cls, name) for name in dir(cls)]
                cls.marked = [own._mark for own in members if isfunction(own) and hasattr(own, "_mark")]
            def __init__(self, **options):
                self.router = APIRouter(**options)
                for mark in self.marked:
                    if mark.kind == Kind.HTTP:
                        self.router.add_api_route(endpoint=partial(mark.function, self), **asdict(mark.marks))
        def get_db(): ...
        class Health(Controller):
            @get("/health", tags=["health"])
            def health(self): ...
        class Users(Health):
            @get("/{user_id}")
            def read(self, user_id: int, db=Depends(get_db)): ...
            @post("/", status_code=201)
            def make(self): ...
            def unmarked(self): ...
        app = FastAPI()
        app.include_router(Users(prefix="/users").router)
        app.include_router(Health().router, dependencies=[Depends(get_db)])
        """,
    "methods that are named like those of HTTP": """
        from fastapi import APIRouter, FastAPI
        class Resources:
            def __init__(self, app):
                self.app = app
            def add(self, resource, *paths):
                router = APIRouter()
                for path in paths:
                    for name in dir(type(resource)):
                        if hasattr(router, name) and not name.startswith("_"):
                            method = getattr(resource, name)
                            status = getattr(method, "status", None)
                            router.api_route(path, methods=[name.upper()], status_code=status)(method)
                self.app.include_router(router)
        class Thing:
            def __init__(self, store): ...
            def get(self, thing_id: int): ...
            def post(self): ...
            def helper(self): ...
            post.status = 201
        app = FastAPI()
        Resources(app).add(Thing({}), "/thing/{thing_id}", "/things/{thing_id}")
        """,
    "routes that move to another router": """
        from inspect import getmembers, isfunction, signature
        from fastapi import APIRouter, Depends, FastAPI
        def guard(): ...
        def view(router):
            def decorate(cls):
                functions = {function for _, function in getmembers(cls, isfunction)}
                moved = APIRouter()
                for route in [route for route in router.routes if route.endpoint in functions]:
                    router.routes.remove(route)
                    route.path = route.path[len(router.prefix):]
                    first, *rest = signature(route.endpoint).parameters.values()
                    others = [own.replace(kind=own.KEYWORD_ONLY) for own in rest]
                    parameters = [first.replace(default=Depends(cls)), *others]
                    route.endpoint.__signature__ = signature(route.endpoint).replace(parameters=parameters)
                    moved.routes.append(route)
                router.include_router(moved)
                return cls
            return decorate
        router = APIRouter(prefix="/r", dependencies=[Depends(guard)])
        @router.get("/plain")
        def plain(): ...
        @view(router)
        class View:
            def __init__(self, db=Depends(guard)): ...
            @router.get("/a/{x}", tags=["a"])
            def a(self, x: int): ...
            @router.post("/b", status_code=202)
            def b(self): ...
        app = FastAPI()
        app.include_router(router)
        """,
}


@pytest.mark.parametrize("case", VIEWS)
def test_class_views_are_those_of_fastapi(case: str, tmp_path: Path) -> None:
    project = assert_like_fastapi(VIEWS[case], tmp_path)
    assert not project.unresolved
    assert not any(route.conditional for route in project.routes)
