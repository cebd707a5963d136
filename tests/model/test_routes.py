"""Effective routes, held against those that FastAPI serves from the same sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts
from linking import project_of
from route_oracle import assert_like_fastapi
from running import imported
from starlette.routing import WebSocketRoute

HEAD = "from fastapi import APIRouter, Depends, FastAPI, Security\n"

CASES: dict[str, dict[str, str]] = {
    "one module": {
        "main.py": """
            from fastapi import FastAPI, status
            app = FastAPI()
            @app.get("/")
            def root(): ...
            @app.post("/items", status_code=201, tags=["items"], deprecated=True, operation_id="make")
            async def make(): ...
            @app.delete("/items/{item_id}", status_code=status.HTTP_204_NO_CONTENT, include_in_schema=False)
            def remove(item_id: int): ...
            @app.put(path="/items/{item_id:int}")
            def replace(item_id: int): ...
            @app.patch("/p")
            @app.options("/o")
            @app.head("/h")
            @app.trace("/t")
            def several(): ...
            """,
    },
    "prefixes from everywhere": {
        "main.py": """
            from fastapi import FastAPI
            import shop.constants as const
            from shop.config import settings
            from shop.names import Tag, Version
            from shop import routers
            from shop.routers import users, items as item_routes
            app = FastAPI(title=settings.title)
            app.include_router(users.router, prefix=const.API, tags=[Tag.users])
            app.include_router(item_routes.router, prefix=f"{settings.prefix}/{Version.v1.value}", tags=["x"])
            app.include_router(routers.users.other, prefix="/" + "/".join(["a", Version.v2.value]))
            """,
        "shop/__init__.py": "",
        "shop/constants.py": "ROOT = '/root'\nAPI = ROOT + '/api'",
        "shop/config.py": """
            from pydantic_settings import BaseSettings
            class Settings(BaseSettings):
                title: str = "Shop"
                prefix: str = "/settings"
            settings = Settings()
            """,
        "shop/names.py": """
            from enum import Enum
            class Tag(str, Enum):
                users = "users"
                items = "items"
            class Version(Enum):
                v1 = "v1"
                v2 = "v2"
            """,
        "shop/routers/__init__.py": "from . import users",
        "shop/routers/users.py": """
            from fastapi import APIRouter
            PATH = "/me"
            router = APIRouter(prefix="/users")
            other = APIRouter()
            @router.get("")
            def all_users(): ...
            @router.get(PATH)
            def me(): ...
            @other.get(PATH + "/other")
            def other_me(): ...
            """,
        "shop/routers/items.py": """
            from fastapi import APIRouter
            from shop.names import Tag
            router = APIRouter(prefix=f"/{Tag.items.value}", tags=[Tag.items, "own"])
            @router.get("/", tags=["read"])
            def all_items(): ...
            """,
    },
    "prefixes from fields of settings": {
        "main.py": """
            from fastapi import APIRouter, FastAPI
            from pydantic import BaseModel, Field
            from pydantic_settings import BaseSettings
            def made(): return "/made"
            class Run(BaseModel):
                root: str = "/root"
                other: str = Field("/other", description="another")
            class Settings(BaseSettings):
                prefix: str = Field("/api")
                version: str = Field(default="/v1")
                made: str = Field(default_factory=made)
                run: Run = Field(default_factory=Run)
                own: Run = Run(root="/own")
                given: str = "/x"
            settings, named = Settings(given="/given"), Settings(**{"given": "/named"})
            app = FastAPI()
            router = APIRouter(prefix=settings.run.root)
            for path in (settings.prefix, settings.version, settings.made, settings.run.other, settings.own.root,
                         settings.own.other, settings.given, named.given):
                @router.get(path)
                def endpoint(): ...
            app.include_router(router)
            """,
    },
    "static and class methods of routers": {
        "main.py": """
            from fastapi import APIRouter, FastAPI
            class Base(APIRouter):
                @staticmethod
                def both(path):
                    yield path
                    yield path + "/"
                @classmethod
                def named(cls, name):
                    return cls(prefix="/" + name)
                @property
                def root(self):
                    return "/root"
            class Router(Base):
                def get(self, path, **options):
                    def register(function):
                        for one in self.both(path):
                            self.add_api_route(one, function, **options)
                        return function
                    return register
                @staticmethod
                def both(path):
                    for one in Base.both(path):
                        yield one + "x"
                @classmethod
                def named(cls, name):
                    return super().named(name + "s")
                @property
                def root(self):
                    return super().root + "s"
            router = Router.named("item").named("user")
            @router.get(router.root)
            def endpoint(): ...
            app = FastAPI()
            app.include_router(router)
            """,
    },
    "wraps by keyword": {
        "main.py": """
            from functools import wraps
            from fastapi import Depends, FastAPI
            def need(): ...
            def decorate(function):
                @wraps(wrapped=function)
                async def wrapper(*args, **kwargs): ...
                return wrapper
            app = FastAPI()
            @app.get("/wrapped")
            @decorate
            def endpoint(x=Depends(need)): ...
            """,
    },
    "nested inclusions": {
        "main.py": HEAD
        + """
def a(): ...
def b(x=Depends(a)): ...
def c(): ...
def d(): ...
inner = APIRouter(prefix="/inner", tags=["inner"], dependencies=[Depends(c)])
middle = APIRouter(prefix="/middle", tags=["middle"], deprecated=True)
outer = APIRouter(include_in_schema=False)
app = FastAPI(dependencies=[Depends(a)])
@inner.get("/deep", dependencies=[Depends(d)])
def deep(x=Depends(b)): ...
@middle.get("/mid")
def mid(): ...
middle.include_router(inner, prefix="/via", tags=["via"], dependencies=[Depends(d)])
@middle.get("/end")
def end(): ...
outer.include_router(middle)
app.include_router(outer, prefix="/v1", tags=["v1", "inner"])
app.include_router(middle, prefix="/v2", dependencies=[Depends(b)], include_in_schema=False)
app.include_router(inner, deprecated=True)
""",
    },
    "loops over routers": {
        "main.py": HEAD
        + """
import importlib
from api import users, items
from api import ROUTERS
from api.all import everything
app = FastAPI()
for router in [users.router, items.router]:
    app.include_router(router, prefix="/list")
for router, prefix, tags in ((users.router, "/u", ["u"]), (items.router, "/i", ["i"])):
    app.include_router(router, prefix=prefix, tags=tags)
for module in (users, items):
    app.include_router(module.router, prefix=f"/{module.__name__.split('.')[-1]}")
for name, router in ROUTERS.items():
    app.include_router(router, prefix=f"/dict/{name}")
for name in ["users", "items"]:
    module = importlib.import_module(f"api.{name}")
    app.include_router(getattr(module, "router"), prefix="/dynamic")
for config in everything:
    app.include_router(**config)
for index, router in enumerate(sorted(ROUTERS), start=1):
    app.include_router(ROUTERS[router], prefix=f"/{index}")
[app.include_router(module.router, prefix="/comp") for module in (users, items)]
""",
        "api/__init__.py": """
            from api import users, items
            ROUTERS = {"users": users.router}
            ROUTERS["items"] = items.router
            """,
        "api/users.py": "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/users')\ndef read(): ...",
        "api/items.py": "from fastapi import APIRouter\nrouter = APIRouter()\n@router.post('/items')\ndef make(): ...",
        "api/all.py": """
            from . import users, items
            everything = [
                {"router": users.router, "prefix": "/all", "tags": ["all"]},
                dict(router=items.router, prefix="/all"),
            ]
            """,
    },
    "modules that may have a router": {
        "main.py": HEAD
        + """
import inspect
import api.users, api.nothing
app = FastAPI()
for module in [api.users, api.nothing]:
    if hasattr(module, "router"):
        app.include_router(module.router, prefix="/has")
    found = getattr(module, "router", None)
    if found is not None:
        app.include_router(found, prefix="/get")
    for name, value in vars(module).items():
        if isinstance(value, APIRouter):
            app.include_router(value, prefix="/vars")
    for name, value in inspect.getmembers(module):
        if isinstance(value, APIRouter) and not isinstance(value, FastAPI):
            app.include_router(value, prefix="/members")
""",
        "api/__init__.py": "",
        "api/users.py": "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/users')\ndef read(): ...",
        "api/nothing.py": """
            import logging
            from datetime import datetime
            from enum import Enum, auto
            from functools import partial
            from fastapi.security import HTTPBearer
            class Bearer(HTTPBearer): ...
            class Area(str, Enum):
                north = "north"
            area = Area.north
            value, scheme, log, alias, part = 1, Bearer(), logging.getLogger(), dict[str, int], partial(print)
            from fastapi import APIRouter as _Router
            add, other = (_unused := _Router()).add_api_route, HTTPBearer()
            del _unused, _Router
            """,
    },
    "subclasses": {
        "main.py": """
            from base import Api, Prefixed, Router, Tagged
            app = Api("shop")
            users = Router("users")
            items = Tagged(tags=["more"])
            @users.get("/")
            def all_users(): ...
            @users.post("/")
            def make_user(): ...
            @items.get("/items")
            def all_items(): ...
            app.include_router(users)
            app.add(items)
            sub = Prefixed()
            sub.include_router(users)
            sub.router.include_router(users)
            sub.router.prefix = "/prefixed"
            sub.get("/late")(all_users)
            app.mount("/sub", sub)
            """,
        "base.py": HEAD
        + """
def guard(): ...
class Api(FastAPI):
    def __init__(self, name, **options):
        super().__init__(title=name, dependencies=[Depends(guard)], **options)
        self.add_api_route("/health", self.health, methods=["GET"], include_in_schema=False)
    def health(self): ...
    def add(self, router):
        self.include_router(router, prefix="/added")
class Router(APIRouter):
    def __init__(self, name, *args, **kwargs):
        kwargs.setdefault("tags", [name])
        super().__init__(*args, prefix=f"/{name}", **kwargs)
class Prefixed(FastAPI):
    def include_router(self, router, **options):
        super().include_router(router, prefix="/outer", **options)
class Tagged(APIRouter):
    def __init__(self, *, tags=None, **kwargs):
        super().__init__(tags=["base", *(tags or [])], **kwargs)
    def get(self, path, **kwargs):
        return super().get("/overridden" + path, deprecated=True, **kwargs)
""",
    },
    "routers as attributes": {
        "main.py": HEAD
        + """
class UserApi:
    router = APIRouter(prefix="/users")
    @router.get("/")
    def listed(): ...
    @staticmethod
    @router.get("/static")
    def fixed(): ...
class Controller:
    def __init__(self, service):
        self.service = service
        self.router = APIRouter(prefix="/c")
        self.router.add_api_route("/one", self.one, methods=["GET"])
        self.router.add_api_route("/two", self.two, methods=["POST", "PUT"], status_code=202)
        self._more()
    def _more(self):
        @self.router.get("/three")
        def three(): ...
    def one(self, q: int = 1): ...
    def two(self): ...
class Base:
    prefix = "/base"
    def build(self):
        router = APIRouter(prefix=self.prefix)
        for path, method in self.paths().items():
            router.add_api_route(path, method)
        return router
class Child(Base):
    prefix = "/child"
    def paths(self): return {"/x": self.x, "/y": self.y}
    def x(self): ...
    def y(self): ...
app = FastAPI()
app.include_router(UserApi.router)
app.include_router(Controller("s").router)
app.include_router(Child().build())
""",
    },
    "functions that fill": {
        "main.py": HEAD
        + """
from setup import setup_routes, register
from functools import partial
app = FastAPI()
setup_routes(app)
register(app, prefix="/a")
partial(register, app)(prefix="/b", extra=False)
def endpoint(): ...
app.get("/called")(endpoint)
get = app.get
@get("/aliased")
def aliased(): ...
add = partial(app.add_api_route, methods=["PUT"])
add("/partial", endpoint)
""",
        "setup.py": """
            from fastapi import APIRouter, FastAPI
            def setup_routes(app: FastAPI) -> None:
                @app.get("/inner")
                def inner(): ...
                _more(router := APIRouter(prefix="/more"))
                app.include_router(router)
            def _more(router):
                @router.get("/x")
                async def x(): ...
            def register(app, *, prefix, extra=True):
                router = APIRouter()
                if extra:
                    @router.get("/extra")
                    def extra_endpoint(): ...
                @router.get("/plain")
                def plain(): ...
                app.include_router(router, prefix=prefix)
            """,
    },
    "generated routers": {
        "main.py": HEAD
        + """
from pydantic import BaseModel
class User(BaseModel):
    name: str
class Item(BaseModel):
    title: str
class Other(BaseModel):
    word: str
def get_user(): ...
def crud(model, prefix, readonly=False, guard=None):
    router = APIRouter(prefix=prefix, tags=[model.__name__.lower()])
    dependencies = [Depends(guard)] if guard else []
    @router.get("/", response_model=list[model])
    def read_all(): ...
    if not readonly:
        @router.post("/", status_code=201, dependencies=dependencies)
        def make(body: model): ...
    return router
class Crud:
    def __init__(self, model):
        self.model = model
        self.name = model.__name__
    def routes(self):
        router = APIRouter()
        self._add(router, "get", self._getter())
        self._add(router, "delete", self._deleter())
        return router
    def _add(self, router, method, endpoint):
        operation = f"{method}_{self.name}"
        router.add_api_route(f"/{self.name}/{{id}}", endpoint, methods=[method.upper()], operation_id=operation)
    def _getter(self):
        def get_one(id: int): ...
        return get_one
    def _deleter(self):
        async def delete_one(id: int, user=Depends(get_user)): ...
        return delete_one
app = FastAPI()
app.include_router(crud(User, "/users", guard=get_user))
app.include_router(crud(Item, "/items", readonly=True))
for model in (User, Other):
    app.include_router(Crud(model).routes())
def require(role):
    def check(): ...
    return check
for role in ("admin", "user"):
    @app.get(f"/{role}", dependencies=[Depends(require(role))])
    def by_role(user=Depends(require(role))): ...
def dep_a(): ...
def dep_b(): ...
for name, dependency in {"a": dep_a, "b": dep_b}.items():
    @app.get(f"/dep/{name}")
    def by_dependency(value=Depends(dependency)): ...
""",
    },
    "api routes": {
        "main.py": HEAD
        + """
from http import HTTPStatus
app = FastAPI()
def endpoint(): ...
class Callable:
    def __call__(self, q: str): ...
METHODS = ["get", "post"]
@app.api_route("/several", methods=["PUT", "delete", "GET"])
def several(): ...
@app.api_route("/default")
def default(): ...
@app.api_route("/constants", methods=METHODS)
def constants(): ...
@app.api_route("/set", methods={"GET"})
def as_set(): ...
app.add_api_route("/added", endpoint)
app.add_api_route("/added", endpoint=endpoint, methods=("POST",), status_code=HTTPStatus.ACCEPTED)
app.router.add_api_route("/through", endpoint, tags=["router"])
@app.router.get("/router")
def through_router(): ...
@app.websocket("/ws")
async def ws(websocket): ...
app.add_api_websocket_route("/ws2", ws)
""",
    },
    "websockets": {
        "main.py": HEAD
        + """
from fastapi import WebSocket
def token(): ...
router = APIRouter(prefix="/r", dependencies=[Depends(token)])
@router.websocket("/ws/{room}")
async def chat(websocket: WebSocket, room: str, q=Depends(token)): ...
@router.get("/ws/{room}")
def page(room: str): ...
app = FastAPI()
app.include_router(router, prefix="/p")
""",
    },
    "mounts": {
        "main.py": HEAD
        + """
from fastapi.staticfiles import StaticFiles
from sub import sub, factory
def guard(): ...
app = FastAPI(dependencies=[Depends(guard)])
@app.get("/first")
def first(): ...
app.mount("/sub", sub)
app.mount(path="/made", app=factory(), name="made")
app.mount("/static", StaticFiles(directory=".", check_dir=False))
@app.get("/last")
def last(): ...
""",
        "sub.py": HEAD
        + """
def own(): ...
sub = FastAPI(dependencies=[Depends(own)])
subsub = FastAPI()
@subsub.get("/deep")
def deep(): ...
router = APIRouter(prefix="/r")
@router.get("/x")
def x(): ...
sub.include_router(router)
sub.mount("/deeper", subsub)
def factory():
    made = FastAPI()
    @made.get("/inside")
    def inside(): ...
    return made
""",
    },
    "wrapped endpoints": {
        "main.py": HEAD
        + """
from functools import update_wrapper, wraps, lru_cache, partial
def get_db(): ...
def updated(function):
    def wrapper(*args, **kwargs): return function(*args, **kwargs)
    return update_wrapper(wrapper, function)
def logged(function):
    @wraps(function)
    async def wrapper(*args, **kwargs):
        return await function(*args, **kwargs)
    return wrapper
def limited(count):
    def decorate(function):
        @wraps(function)
        def wrapper(*args, **kwargs): return function(*args, **kwargs)
        return wrapper
    return decorate
def plain(function):
    def wrapper(q: int): ...
    return wrapper
def marked(function):
    function.marked = True
    return function
class Traced:
    def __init__(self, function):
        update_wrapper(self, function)
    def __call__(self, *args, **kwargs): ...
class Bare:
    def __init__(self, function):
        self.function = function
    def __call__(self, q: int = 1): ...
app = FastAPI()
@app.get("/traced")
@Traced
async def traced(item: int, db=Depends(get_db)): ...
@app.get("/bare")
@Bare
async def bare(item: int, db=Depends(traced)): ...
app.add_api_route("/partial", partial(Traced(get_db)))
app.add_api_route("/logged-bare", logged(bare))
@app.get("/twice")
@plain
@Bare
async def twice(item: int): ...
@app.get("/thrice")
@Traced
@Bare
@logged
async def thrice(item: int): ...
@app.get("/a")
@logged
async def a(item: int, db=Depends(get_db)): ...
@app.get("/b")
@limited(3)
@logged
async def b(db=Depends(get_db)): ...
@logged
@app.get("/c")
async def c(db=Depends(get_db)): ...
@app.get("/d")
@plain
def d(db=Depends(get_db)): ...
@app.get("/e")
@app.post("/e2", tags=["x"])
@marked
def e(db=Depends(get_db)): ...
app.add_api_route("/f", logged(e))
app.add_api_route("/h", updated(e))
@app.get("/i")
@updated
def i(db=Depends(get_db)): ...
app.add_api_route("/g", partial(e))
""",
    },
    "decorators that register": {
        "main.py": HEAD
        + """
app = FastAPI()
router = APIRouter()
def endpoint_at(path, **options):
    def decorate(function):
        router.add_api_route(path, function, **options)
        return function
    return decorate
@endpoint_at("/x", methods=["POST"], tags=["t"])
def x(): ...
@endpoint_at("/y")
@endpoint_at("/z")
def y(): ...
registry = []
def collect(path):
    def decorate(function):
        registry.append((path, function))
        return function
    return decorate
@collect("/one")
def one(): ...
@collect("/two")
def two(): ...
for path, function in registry:
    router.get(path)(function)
app.include_router(router)
""",
    },
    "late registration": {
        "main.py": HEAD
        + """
router, inner = APIRouter(prefix="/r"), APIRouter(prefix="/i")
app = FastAPI()
@router.get("/before")
def before(): ...
app.include_router(router)
@router.get("/after")
def after(): ...
router.include_router(inner)
@inner.get("/latest")
def latest(): ...
""",
    },
    "route objects": {
        "main.py": HEAD
        + """
from fastapi.routing import APIRoute, APIWebSocketRoute
from starlette.routing import Mount
def a(): ...
def b(): ...
async def ws(websocket): ...
sub = FastAPI()
@sub.get("/s")
def s(): ...
routes = [APIRoute("/a", a), APIRoute("/b", endpoint=b, methods=["POST"], tags=["b"], status_code=201)]
app = FastAPI(routes=[*routes, Mount("/sub", app=sub), APIWebSocketRoute("/ws", ws)])
def d(): ...
router = APIRouter(prefix="/own", tags=["own"], dependencies=[Depends(d)], routes=routes)
app.include_router(router, prefix="/q")
""",
    },
    "what surrounds routes": {
        "main.py": HEAD
        + """
from fastapi.middleware.cors import CORSMiddleware
from starlette.middleware import Middleware
class Timing:
    def __init__(self, app): self.app = app
class Audit(Timing): ...
class Missing(Exception): ...
class Broken(Exception): ...
def on_missing(request, error): ...
def on_broken(request, error): ...
class Api(FastAPI):
    def __init__(self, **options):
        super().__init__(exception_handlers={Missing: on_missing, 404: on_missing}, **options)
app = Api(middleware=[Middleware(Timing), Middleware(CORSMiddleware, allow_origins=["*"])])
app.add_middleware(Audit)
app.add_exception_handler(Broken, on_broken)
@app.exception_handler(404)
def on_404(request, error): ...
@app.middleware("http")
async def add_header(request, call_next): ...
""",
    },
    "a dependency twice": {
        "main.py": HEAD
        + """
from functools import lru_cache
def guard(): ...
@lru_cache
def require(role):
    def check(): ...
    return check
app = FastAPI(dependencies=[Depends(guard), Depends(require("user"))])
@app.get("/x", dependencies=[Depends(guard)] + [Depends(guard)])
def x(user=Depends(require("user")), admin=Depends(require("admin"))): ...
""",
    },
    "names of a class body": {
        "main.py": HEAD
        + """
from typing import Annotated
def get_user(): ...
class Api:
    router = APIRouter()
    noun = "user"
    Filter = dict
    @router.get("/x")
    def x(body: Filter, user=Security(get_user, scopes=[f"{noun}:read"])): ...
    @router.get("/y")
    def y(user: Annotated[object, Security(get_user, scopes=[f"{noun}:write"])]): ...
    noun = "other"
app = FastAPI()
app.include_router(Api.router)
for guard in (get_user, x := lambda: None):
    class View:
        @app.get("/looped")
        def looped(user=Depends(guard)): ...
""",
    },
    "defaults that a loop around the call changes": {
        "main.py": HEAD
        + """
def get_user(): ...
def get_admin(): ...
app = FastAPI()
for path, guard in {"/user": get_user, "/admin": get_admin}.items():
    router = APIRouter()
    def fill(target):
        @target.get(path)
        def read(user=Depends(guard)): ...
    fill(router)
    app.include_router(router)
""",
    },
    "routers that code changes": {
        "main.py": HEAD
        + """
def guard(): ...
def other(): ...
COMMON, SHARED = ["common"], [Depends(guard)]
router = APIRouter(tags=COMMON, dependencies=[Depends(guard)])
@router.get("/first")
def first(): ...
router.tags.append("later")
router.dependencies.append(Depends(other))
@router.get("/second")
def second(): ...
router.tags, router.deprecated = ["new"], True
@router.get("/third")
def third(): ...
inner, plain = APIRouter(tags=COMMON), APIRouter()
@inner.get("/inner")
def read_inner(): ...
router.include_router(inner)
router.tags.clear()
plain.tags.append("own")
plain.dependencies += [Depends(other)]
plain.include_router(inner, prefix="/again", tags=[*router.tags, *plain.tags])
app = FastAPI(dependencies=[Depends(guard)])
app.router.dependencies.append(Depends(other))
app.include_router(router)
app.include_router(plain)
app.router.deprecated = True
app.get("/last", tags=COMMON, dependencies=SHARED)(first)
COMMON.append("too late")
SHARED.append(Depends(other))
""",
    },
    "the same router twice": {
        "main.py": HEAD
        + """
router = APIRouter(tags=["own"])
@router.get("/x")
def x(): ...
v1, v2 = APIRouter(prefix="/v1"), APIRouter(prefix="/v2")
v1.include_router(router, tags=["one"])
v2.include_router(router, tags=["two"])
v2.include_router(router, prefix="/again")
app = FastAPI()
app.include_router(v1)
app.include_router(v2)
other = FastAPI()
other.include_router(v1)
""",
    },
    "arguments from dicts": {
        "main.py": HEAD
        + """
def guard(): ...
COMMON = {"tags": ["common"], "dependencies": [Depends(guard)]}
COMMON["deprecated"] = True
router = APIRouter(**COMMON, prefix="/x")
@router.get("/a", **{"status_code": 202, "include_in_schema": False})
def a(): ...
app = FastAPI()
arguments = ["/p"]
app.include_router(router, **dict(prefix=arguments[0]))
class Options:
    read = {"path": "/o", "tags": ["options"]}
@app.get(**Options.read)
def o(): ...
PROTECTED = [Depends(guard)]
@app.get("/p", dependencies=PROTECTED + [Depends(a)])
def p(): ...
""",
    },
    "configuration objects": {
        "main.py": """
            from dataclasses import dataclass, field
            from typing import NamedTuple
            from fastapi import APIRouter, FastAPI
            import api
            @dataclass
            class Entry:
                router: APIRouter
                prefix: str = "/default"
                tags: list = field(default_factory=list)
            class Pair(NamedTuple):
                router: APIRouter
                prefix: str
            app = FastAPI()
            for entry in [Entry(api.router), Entry(api.router, "/second", tags=["t"])]:
                app.include_router(entry.router, prefix=entry.prefix, tags=entry.tags)
            for pair in (Pair(api.router, "/pair"),):
                app.include_router(pair.router, prefix=pair.prefix)
            def routers():
                yield api.router, "/g1"
                yield api.router, "/g2"
            for router, prefix in routers():
                app.include_router(router, prefix=prefix)
            """,
        "api.py": "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/x')\ndef x(): ...",
    },
    "import cycles": {
        "main.py": "from web.app import app",
        "web/__init__.py": "",
        "web/app.py": """
            from fastapi import FastAPI
            app = FastAPI()
            from web import views
            app.include_router(views.router)
            """,
        "web/views.py": """
            from fastapi import APIRouter
            from web.app import app
            router = APIRouter(prefix="/views")
            @router.get("/x")
            def x(): ...
            @app.get("/direct")
            def direct(): ...
            """,
    },
    "dependencies of classes": {
        "main.py": HEAD
        + """
from typing import Annotated
from fastapi.security import OAuth2PasswordBearer, HTTPBearer
scheme = OAuth2PasswordBearer(tokenUrl="token")
class Pages:
    def __init__(self, page: int = 1): ...
def get_user(token: Annotated[str, Depends(scheme)], pages: Pages = Depends()): ...
User = Annotated[str, Depends(get_user)]
class Guard:
    def __init__(self, role): self.role = role
    def __call__(self, user: User): ...
admin = Guard("admin")
router = APIRouter(dependencies=[Security(HTTPBearer()), Depends(admin)])
@router.get("/x")
def x(user: User, pages: Annotated[Pages, Depends()]): ...
app = FastAPI()
app.include_router(router)
""",
    },
}


@pytest.mark.parametrize("case", CASES)
def test_routes_are_those_of_fastapi(case: str, tmp_path: Path) -> None:
    project = assert_like_fastapi(CASES[case], tmp_path)
    assert not project.unresolved
    assert not any(route.conditional for route in project.routes)


FACTORY = """
from fastapi import APIRouter, FastAPI
def create_app(debug: bool = False, prefix="/api") -> FastAPI:
    application = FastAPI()
    router = APIRouter()
    _register(application, router)
    application.include_router(router, prefix=prefix)
    if debug:
        application.add_api_route("/debug", _register)
    return application
def _register(application, router):
    @router.get("/x")
    def x(): ...
    @application.get("/root")
    def root(): ...
"""


@pytest.mark.parametrize(
    ("call", "app"),
    [
        ("app = create_app()", "main:app"),
        ("app = create_app(debug=True, prefix='/other')", "main:app"),
        ("from functools import partial\napp = partial(create_app, prefix='/p')()", "main:app"),
    ],
)
def test_factories_that_are_called(call: str, app: str, tmp_path: Path) -> None:
    assert_like_fastapi(FACTORY + call, tmp_path, app)


def test_a_factory_that_nobody_calls() -> None:
    project = project_of(FACTORY)
    assert [app.name for app in project.apps] == ["main:create_app"]
    assert [(route.path, route.conditional) for route in project.routes] == [
        ("/root", False),
        ("/api/x", False),
        ("/debug", True),
    ]


def test_a_factory_of_a_class_that_nobody_calls(tmp_path: Path) -> None:
    source = """
        from fastapi import FastAPI
        class Server:
            prefix = "/s"
            def __init__(self):
                self.app = FastAPI()
                self.setup()
            def setup(self):
                self.app.add_api_route(self.prefix + "/x", self.x)
            def x(self): ...
        def build():
            return Server().app
        """
    project = assert_like_fastapi(source, tmp_path, "main:build()")
    assert [route.label for route in project.routes] == ["GET /s/x"]


def test_factories_in_several_modules(tmp_path: Path) -> None:
    sources = {
        "main.py": "from web import create\napp = create()",
        "web/__init__.py": """
            from fastapi import FastAPI
            def create():
                app = FastAPI()
                from web.views import bind
                bind(app)
                from . import late
                app.include_router(late.router)
                return app
            """,
        "web/views.py": "def bind(app):\n    @app.get('/bound')\n    def bound(): ...",
        "web/late.py": "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/late')\ndef late(): ...",
    }
    assert_like_fastapi(sources, tmp_path)


LIFESPAN = """
from contextlib import asynccontextmanager
from fastapi import APIRouter, FastAPI
router = APIRouter(prefix="/r")
def endpoint(): ...
@asynccontextmanager
async def lifespan(app: FastAPI):
    setup(app)
    app.include_router(router)
    yield
    endpoint()
def setup(application):
    application.add_api_route("/setup", endpoint)
app = FastAPI(lifespan=lifespan)
@app.get("/first")
def first(): ...
@router.get("/x")
def x(): ...
"""


def test_routes_of_a_lifespan(tmp_path: Path) -> None:
    assert_like_fastapi(LIFESPAN, tmp_path, start=True)


def test_an_application_with_a_lifespan_ignores_startup_handlers(tmp_path: Path) -> None:
    handler = "@app.on_event('startup')\ndef start():\n    app.add_api_route('/started', endpoint)\n"
    assert_like_fastapi(LIFESPAN + handler, tmp_path, start=True)


def test_routes_of_a_startup_handler_under_a_condition() -> None:
    project = project_of(
        """
        import os
        from fastapi import FastAPI
        app = FastAPI()
        def endpoint(): ...
        if os.environ.get("X"):
            @app.on_event("startup")
            def start():
                app.add_api_route("/started", endpoint)
        """
    )
    assert [(route.path, route.conditional) for route in project.routes] == [("/started", True)]


def test_routes_of_a_startup_handler(tmp_path: Path) -> None:
    source = """
        from fastapi import FastAPI
        app = FastAPI()
        def endpoint(): ...
        @app.on_event("startup")
        async def start():
            app.add_api_route("/started", endpoint)
        """
    assert_like_fastapi(source, tmp_path, start=True)


def test_a_startup_handler_hands_on_what_stands_before_the_application(tmp_path: Path) -> None:
    source = """
        from fastapi import FastAPI
        class Proxy:
            def __init__(self, inner): self._inner = inner
            def __getattr__(self, name): return getattr(self._inner, name)
        app = FastAPI()
        proxy = Proxy(app)
        def endpoint(): ...
        def fill(target):
            target.add_api_route("/started", endpoint)
        @app.on_event("startup")
        def start():
            fill(proxy)
        """
    assert_like_fastapi(source, tmp_path, start=True)


def test_a_startup_handler_includes_with_a_method_of_the_application(tmp_path: Path) -> None:
    source = """
        from fastapi import APIRouter, FastAPI
        def path_for(noun):
            return f"/v1/{noun}"
        class Application(FastAPI):
            def include_router(self, router, **kwargs):
                super().include_router(router, prefix=path_for("users"), **kwargs)
        app, router = Application(), APIRouter()
        @router.get("/x")
        def endpoint(): ...
        @app.on_event("startup")
        def start():
            app.include_router(router)
        """
    assert_like_fastapi(source, tmp_path, start=True)


LATE = """
from fastapi import APIRouter, FastAPI
app, outer, inner = FastAPI(), APIRouter(prefix="/o"), APIRouter(prefix="/i")
@inner.get("/early")
def early(): ...
outer.include_router(inner)
@inner.get("/between")
def between(): ...
app.include_router(outer)
@inner.get("/late")
def late(): ...
@outer.get("/late")
def later(): ...
@app.get("/own")
def own(): ...
"""


@pytest.mark.parametrize(
    ("version", "paths"),
    [
        ((0, 165), ["/o/i/early", "/o/i/between", "/o/i/late", "/o/late", "/own"]),
        ((0, 137), ["/o/i/early", "/o/i/between", "/o/i/late", "/o/late", "/own"]),
        ((0, 136), ["/o/i/early", "/own"]),
        ((0, 136, 3), ["/o/i/early", "/own"]),
    ],
)
def test_late_registration_goes_by_the_release(version: tuple[int, ...], paths: list[str]) -> None:
    assert [route.path for route in project_of(LATE, fastapi=version).routes] == paths


def test_late_registration_of_the_installed_release(tmp_path: Path) -> None:
    assert_like_fastapi(LATE, tmp_path)


def test_two_values_of_a_prefix_are_two_routes() -> None:
    project = project_of(
        """
        import os
        from fastapi import APIRouter, FastAPI
        router = APIRouter(prefix="/a" if os.getcwd() else "/b")
        @router.get("/x")
        def x(): ...
        app = FastAPI()
        app.include_router(router)
        """
    )
    assert [route.path for route in project.routes] == ["/a/x", "/b/x"]


def test_routers_that_include_each_other_end() -> None:
    project = project_of(
        """
        from fastapi import APIRouter, FastAPI
        a, b, app = APIRouter(prefix="/a"), APIRouter(prefix="/b"), FastAPI()
        @b.get("/x")
        def x(): ...
        a.include_router(b)
        b.include_router(a)
        app.include_router(a)
        """
    )
    assert [route.path for route in project.routes] == ["/a/b/x"]


def test_applications_of_tests_are_kept_apart() -> None:
    project = project_of(
        {
            "main.py": "from fastapi import FastAPI\napp = FastAPI()",
            "tests/test_main.py": """
                from fastapi import FastAPI
                def make():
                    app = FastAPI()
                    @app.get("/t")
                    def t(): ...
                    return app
                app = make()
                """,
        }
    )
    assert [app.name for app in project.apps] == ["main:app"]
    assert not project.routes
    (app,) = project.test_apps
    assert (app.name, [route.path for route in app.routes]) == ("tests.test_main:app", ["/t"])


def test_a_router_class_is_handed_all_arguments_of_a_route(tmp_path: Path) -> None:
    source = """
    from typing import Any, get_type_hints
    from fastapi import APIRouter, FastAPI, Response
    class Recording(APIRouter):
        def add_api_route(self, path: str, endpoint: Any, **kwargs: Any) -> None:
            if kwargs.get("response_model") is None:
                kwargs["response_model"] = get_type_hints(endpoint).get("return")
            if kwargs["status_code"] is None:
                kwargs["status_code"] = 203
            kwargs["tags"] = [*(kwargs["tags"] or []), "recorded"]
            super().add_api_route(path, endpoint, **kwargs)
    router = Recording(prefix="/r")
    @router.get("/response")
    def response() -> Response: ...
    @router.post("/told", status_code=201, tags=["told"])
    def told() -> int: ...
    app = FastAPI()
    app.include_router(router)
    """
    project = assert_like_fastapi(source, tmp_path)
    response, told = project.routes
    assert response.response_model is None
    assert told.response_model is not None


def test_attributes_that_a_method_makes(tmp_path: Path) -> None:
    assert_like_fastapi(
        {
            "main.py": """
                from fastapi import FastAPI
                from codes import codes
                import names
                app = FastAPI()
                @app.post(names.path, status_code=codes.HTTP_201_CREATED)
                def make(): ...
                """,
            "codes.py": """
                from fastapi import status
                class Codes:
                    def __getattr__(self, name: str) -> int:
                        renamed = {"HTTP_200": "HTTP_200_OK"}
                        if name in renamed:
                            return getattr(status, renamed[name])
                        return getattr(status, name)
                codes = Codes()
                """,
            "names.py": """
                def __getattr__(name):
                    return "/path"
                """,
        },
        tmp_path,
    )


def test_aliases_of_types_make_what_they_call() -> None:
    project = project_of(
        HEAD
        + """
from typing import Annotated
def get_user(): ...
def same(function): return function
type CurrentUser = Annotated[object, Depends(same(get_user))]
app = FastAPI()
@app.get("/x")
def x(user: CurrentUser): ...
"""
    )
    assert [below.qualified_name for below in project.routes[0].dependencies] == ["main.get_user"]


def test_an_application_has_the_name_that_it_was_given_first() -> None:
    project = project_of("from fastapi import FastAPI\napp = FastAPI()\nother = app")
    assert [app.name for app in project.apps] == ["main:app"]


def test_applications_of_one_name_are_told_apart() -> None:
    app = "from fastapi import FastAPI\napp = FastAPI()"
    helper = "from fastapi import FastAPI\ndef make(): return FastAPI()\ndef both(): return [make(), make()]\nboth()"
    project = project_of({"first-service/app/main.py": app, "second-service/app/main.py": app, "helper.py": helper})
    names = [known.name for known in project.apps]
    assert names == ["app.main:app", "helper:make", "helper:make#2", "second-service.app.main:app"]


def test_routers_that_libraries_build() -> None:
    """What a running application with strawberry-graphql shows: one path, two methods and a websocket."""
    project = project_of(
        """
        from fastapi import Depends, FastAPI
        from strawberry.fastapi import GraphQLRouter
        def get_user(): ...
        async def get_context(user=Depends(get_user)): ...
        app = FastAPI()
        app.include_router(GraphQLRouter(schema, context_getter=get_context, tags=["graph"]), prefix="/graphql")
        app.include_router(GraphQLRouter(schema, "/more", prefix="/and"))
        """
    )
    first, *_ = project.routes
    assert [route.label for route in project.routes] == [
        "GET /graphql",
        "POST /graphql",
        "WEBSOCKET /graphql",
        "GET /and/more",
        "POST /and/more",
        "WEBSOCKET /and/more",
    ]
    assert [below.qualified_name for below in first.dependencies] == ["main.get_user", "main.get_context"]
    assert first.tags == ("graph",)
    assert first.function is None
    assert not project.unresolved


def test_routers_of_fastapi_users() -> None:
    """What a running application with fastapi-users 15 shows."""
    project = project_of(
        """
        import uuid
        from fastapi import Depends, FastAPI
        from fastapi_users import FastAPIUsers
        def get_db(): ...
        def get_manager(db=Depends(get_db)): ...
        class Users(FastAPIUsers): ...
        users = FastAPIUsers[User, uuid.UUID](get_manager, [backend])
        app = FastAPI()
        app.include_router(users.get_auth_router(backend), prefix="/auth", tags=["auth"])
        app.include_router(users.get_users_router(UserRead, UserUpdate), prefix="/users")
        app.include_router(Users(get_manager, [backend]).get_register_router(UserRead, UserCreate))
        """
    )
    routes = {route.label: route for route in project.routes}
    assert list(routes) == [
        "POST /auth/login",
        "POST /auth/logout",
        "GET /users/me",
        "PATCH /users/me",
        "GET /users/{id}",
        "PATCH /users/{id}",
        "DELETE /users/{id}",
        "POST /register",
    ]
    authenticated = {label for label, route in routes.items() if project.authentication(route).required}
    assert authenticated == routes.keys() - {"POST /auth/login", "POST /register"}
    login = routes["POST /auth/login"]
    assert [below.qualified_name for below in login.dependencies] == ["main.get_db", "main.get_manager"]
    assert (login.tags, routes["DELETE /users/{id}"].status_code) == (("auth",), 204)


def test_names_from_everything_that_packages_export(tmp_path: Path) -> None:
    assert_like_fastapi(
        {
            "main.py": """
                from fastapi import *
                from fastapi.security import *
                from typing import *
                from shared import *
                app = FastAPI(dependencies=[Depends(common)])
                @app.get("/x", status_code=status.HTTP_201_CREATED)
                def x(token: Annotated[str, Security(HTTPBearer())], names: List[str] = Query()): ...
                """,
            "shared.py": """
                from fastapi import *
                def common(request: Request): ...
                """,
        },
        tmp_path,
    )


def test_websockets_of_starlette(tmp_path: Path) -> None:
    source = """
    from fastapi import APIRouter, Depends, FastAPI
    from starlette.routing import WebSocketRoute
    def guard(): ...
    router = APIRouter(prefix="/own", dependencies=[Depends(guard)])
    @router.websocket_route("/decorated")
    async def decorated(socket): ...
    router.add_websocket_route("/added", decorated)
    app = FastAPI(routes=[WebSocketRoute("/given", decorated)])
    app.include_router(router, prefix="/included")
    """
    project = project_of(source)
    assert [route.label for route in project.routes] == [
        "WEBSOCKET /given",
        "WEBSOCKET /included/decorated",
        "WEBSOCKET /included/added",
    ]
    assert all(not route.dependencies and not route.parameters for route in project.routes)
    with imported({"main.py": source}, tmp_path, entry="main") as modules:
        contexts = iter_route_contexts(modules["main"].app.routes)
        theirs = [context.path for context in contexts if isinstance(context.original_route, WebSocketRoute)]
    assert [route.path for route in project.routes] == theirs


def test_callables_behind_wrappers(tmp_path: Path) -> None:
    assert_like_fastapi(
        """
        import inspect
        from functools import lru_cache, partial, wraps
        from fastapi import Depends, FastAPI
        def wrapping(function):
            if inspect.isasyncgenfunction(function):
                @wraps(function)
                async def generator(*args, **kwargs):
                    async for item in function(*args, **kwargs):
                        yield item
                return generator
            @wraps(function)
            def wrapper(*args, **kwargs):
                return function(*args, **kwargs)
            return wrapper
        class Caller:
            @wrapping
            def __call__(self, a: int = 0): ...
            @wrapping
            def method(self, b: int = 0): ...
            @classmethod
            @wrapping
            def of_class(cls, c: int = 0): ...
            @staticmethod
            @wrapping
            def plain(d: int = 0): ...
        @wrapping
        async def yielding(e: int = 0):
            yield e
        @lru_cache
        def cached(f: int = 0): ...
        app = FastAPI()
        @app.get("/{b}/{c}")
        @wrapping
        def endpoint(
            a=Depends(Caller()), b=Depends(Caller().method), c=Depends(Caller.of_class), d=Depends(Caller.plain),
            e=Depends(yielding), f=Depends(cached), g=Depends(partial(partial(cached), f=1)),
        ): ...
        for route in app.routes:
            if hasattr(route, "operation_id"):
                route.operation_id = route.name
        """,
        tmp_path,
    )


def test_methods_of_routers_by_name(tmp_path: Path) -> None:
    source = """
        from fastapi import FastAPI
        app = FastAPI()
        def endpoint(): ...
        for path, method in (("/a", "get"), ("/b", "post")):
            getattr(app, method)(path)(endpoint)
        """
    assert_like_fastapi(source, tmp_path)
    unknown = source.replace('"post"', "open('methods').read()")
    assert [(item.what, item.reason) for item in project_of(unknown).unresolved] == [
        ("method of a router", "its name is computed")
    ]


def test_streams_have_no_response_model(tmp_path: Path) -> None:
    source = """
    import collections.abc
    import typing
    from fastapi import FastAPI
    app = FastAPI()
    @app.get("/a")
    async def a() -> typing.AsyncIterable[int]:
        yield 1
    @app.get("/b")
    def b() -> typing.Iterator[int]:
        yield 1
    @app.get("/c")
    def c() -> collections.abc.Generator[int, None, None]:
        yield 1
    @app.get("/d")
    def d() -> typing.Iterable[int]: ...
    """
    project = assert_like_fastapi(source, tmp_path)
    assert [route.response_model is None for route in project.routes] == [True, True, True, False]


def test_a_class_below_a_dataclass_of_pydantic(tmp_path: Path) -> None:
    source = """
    from fastapi import Depends, FastAPI
    from pydantic.dataclasses import dataclass
    @dataclass
    class Pages:
        size: int = 1
    class Further(Pages):
        def __init__(self, start: str): ...
    class Last(Further): ...
    app = FastAPI()
    @app.get("/")
    def endpoint(pages: Last = Depends()): ...
    """
    (route,) = assert_like_fastapi(source, tmp_path).routes
    assert [parameter.name for parameter in route.parameters] == ["size"]
