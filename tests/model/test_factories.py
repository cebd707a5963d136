"""Applications that only a function makes which nobody calls at import time."""

from __future__ import annotations

from pathlib import Path

import pytest
from linking import project_of
from route_oracle import assert_like_fastapi

FINISHED_BY_CALLERS = """
from fastapi import APIRouter, FastAPI
router = APIRouter(prefix="/r")
@router.get("/x")
def x(): ...
def base():
    app = FastAPI()
    @app.get("/base")
    def root(): ...
    return app
def whole(debug=False):
    app = base()
    app.include_router(router)
    return app
def small():
    app = base()
    @app.get("/small")
    def only(): ...
    return app
def served():
    whole().state
"""


@pytest.mark.parametrize("factory", ["whole", "small"])
def test_what_calls_a_factory_goes_on_with_its_application(factory: str, tmp_path: Path) -> None:
    project = assert_like_fastapi(FINISHED_BY_CALLERS, tmp_path, f"main:{factory}()")
    assert [app.name for app in project.apps] == ["main:small", "main:whole"]


def test_what_needs_nothing_is_called_first(tmp_path: Path) -> None:
    source = """
        from fastapi import APIRouter, FastAPI
        class Builder:
            def build(self):
                router = APIRouter()
                self.extend(router)
                return router
            def extend(self, router): ...
        class Mounted(Builder):
            def extend(self, router):
                router.mount("/inner", FastAPI())
        def create_app():
            app = FastAPI()
            app.include_router(Mounted().build())
            return app
        """
    project = assert_like_fastapi(source, tmp_path, "main:create_app()")
    assert not project.unresolved


def test_methods_are_called_after_functions(tmp_path: Path) -> None:
    source = """
        from fastapi import APIRouter, FastAPI
        class Base:
            def register(self):
                self.router.mount("/inner", FastAPI())
        class Mixin:
            def register(self):
                super().register()
        class Controller(Mixin, Base):
            def __init__(self):
                self.router = APIRouter()
                self.register()
        def create_app():
            app = FastAPI()
            app.include_router(Controller().router)
            return app
        """
    project = assert_like_fastapi(source, tmp_path, "main:create_app()")
    assert not project.unresolved


@pytest.mark.parametrize("imported", ["import shop.api.web", "import shop.api.web as web", "from shop import api"])
def test_a_factory_reaches_the_class_of_its_application_through_packages(imported: str, tmp_path: Path) -> None:
    written = {"import shop.api.web as web": "web", "from shop import api": "api.web"}.get(imported, "shop.api.web")
    sources = {
        "shop/__init__.py": "",
        "shop/api/__init__.py": "from shop.api import web",
        "shop/api/web.py": "from fastapi import FastAPI\nclass Application(FastAPI): ...",
        "main.py": f"""
            {imported}
            def create_app():
                application = {written}.Application()
                @application.get("/x")
                def x(): ...
                return application
            """,
    }
    assert_like_fastapi(sources, tmp_path, "main:create_app()")


def test_a_builder_passes_the_parts(tmp_path: Path) -> None:
    sources = {
        "main.py": """
            from web import App
            from parts import Users
            class Builder:
                def parts(self):
                    return {"users": Users().get_router()}
                def build(self):
                    return App(**self.parts())
            def build():
                return Builder().build().app
            """,
        "web.py": """
            from fastapi import FastAPI
            class App:
                def __init__(self, users, admin=None):
                    self.app = FastAPI()
                    self.app.include_router(users, prefix="/v1")
            """,
        "parts.py": """
            from fastapi import APIRouter
            class Users:
                def __init__(self):
                    self.router = APIRouter()
                    self._setup()
                def _setup(self):
                    @self.router.get("/users")
                    def users(): ...
                def get_router(self):
                    return self.router
            """,
    }
    assert_like_fastapi(sources, tmp_path, "main:build()")


SEVERAL_CALLERS = """
from fastapi import APIRouter, FastAPI
shared, other = APIRouter(), APIRouter()
@other.get("/other")
def endpoint(): ...
def create():
    shared.include_router(other)
    app = FastAPI()
    app.include_router(shared)
    return app
def serve():
    run(create())
def develop():
    run(create(), reload=True)
def run(app, reload=False): ...
"""


def test_a_factory_with_several_callers_makes_one_application() -> None:
    project = project_of(SEVERAL_CALLERS)
    assert [app.name for app in project.apps] == ["main:create"]
    assert [route.label for route in project.routes] == ["GET /other"]


def test_factories_that_call_each_other_end() -> None:
    source = """
        from fastapi import FastAPI
        def first():
            app = FastAPI()
            @app.get("/")
            def root(): ...
            return app if app.debug else second()
        def second(): return first()
        """
    assert {route.label for route in project_of(source).routes} == {"GET /"}


def test_a_condition_of_the_application_is_none_of_its_routes() -> None:
    source = """
        import os
        from fastapi import FastAPI
        def create():
            app = FastAPI()
            @app.get("/always")
            def always(): ...
            if os.path.exists("/debug"):
                @app.get("/debug")
                def debug(): ...
            return app
        def serve():
            if os.path.exists("/served"):
                app = create()
                app.add_api_route("/served", serve)
        """
    routes = {route.path: route.conditional for route in project_of(source).routes}
    assert routes == {"/always": False, "/debug": True, "/served": False}
