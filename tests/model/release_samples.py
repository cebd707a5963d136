"""Small applications whose routes are not the same on every release of FastAPI, or could be suspected of that.

They are built by the model and, in :mod:`release_probe`, by whichever release of FastAPI is at hand; on Python 3.9 or
newer.
"""

from __future__ import annotations

HEAD = """
import functools
from collections.abc import AsyncIterable, AsyncIterator, Generator, Iterable, Iterator
from contextlib import asynccontextmanager
from typing import Any, Optional
from fastapi import (
    APIRouter, BackgroundTasks, Body, Cookie, Depends, FastAPI, File, Form, Header, Path, Query, Request, Response,
    Security, UploadFile, WebSocket,
)
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.routing import APIRoute, APIWebSocketRoute
from fastapi.security import HTTPBearer, OAuth2PasswordBearer, OAuth2PasswordRequestForm, SecurityScopes
from pydantic import BaseModel
from starlette.routing import Mount
from typing_extensions import Annotated
class Item(BaseModel):
    name: str
def d1(): ...
def d2(q: int = 1): ...
def d3(x=Depends(d1)): ...
def d4(): yield
app = FastAPI()
"""

ROUTES = {
    # what a router gives its routes
    "levels": """
app = FastAPI(dependencies=[Depends(d1)])
inner = APIRouter(prefix="/i", tags=["inner"], dependencies=[Depends(d2)])
@inner.get("/a", tags=["own"], dependencies=[Depends(d4)])
def a(x=Depends(d3)): ...
outer = APIRouter(prefix="/o", tags=["outer"], deprecated=True)
outer.include_router(inner, prefix="/via", tags=["via"], dependencies=[Depends(d3)])
app.include_router(outer, include_in_schema=False)
@app.get("/b", operation_id="b-id", status_code=202)
def b(): ...
""",
    "flags": """
app = FastAPI(deprecated=True, include_in_schema=False)
router = APIRouter(include_in_schema=True)
@router.get("/a", deprecated=False, include_in_schema=True)
def a(): ...
app.include_router(router)
@app.post("/b", deprecated=False)
def b(): ...
""",
    "included twice": """
router = APIRouter()
@router.get("/a")
def a(): ...
app.include_router(router)
app.include_router(router, prefix="/v2")
""",
    "methods": """
def f(): ...
app.add_api_route("/a", f, methods=["get", "POST"])
app.add_api_route("/b", f, methods={"PUT"})
app.add_api_route("/c", f)
app.router.add_api_route("/d", f)
app.trace("/e")(f)
app.head("/f")(f)
""",
    "route objects": """
def f(): ...
router = APIRouter(prefix="/r", dependencies=[Depends(d1)], routes=[APIRoute("/a", f)])
app = FastAPI(routes=[APIRoute("/c", f)], dependencies=[Depends(d2)])
app.include_router(router, prefix="/p", dependencies=[Depends(d4)])
""",
    "empty path": """
router = APIRouter()
@router.get("")
def a(): ...
app.include_router(router)
""",
    "empty path below a prefix": """
router, other = APIRouter(), APIRouter(prefix="/o")
@router.get("")
def a(): ...
@other.get("")
def b(): ...
app.include_router(router, prefix="/x")
app.include_router(other)
""",
    "prefix without a slash": """
router = APIRouter(prefix="x")
@router.get("/a")
def a(): ...
app.include_router(router)
""",
    # when inclusion looks
    "late registration": """
outer, inner = APIRouter(prefix="/o"), APIRouter(prefix="/i")
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
""",
    "late inclusion": """
outer, inner = APIRouter(), APIRouter()
@inner.get("/a")
def a(): ...
app.include_router(outer)
outer.include_router(inner)
""",
    "a list of routes read": """
router = APIRouter()
@router.get("/a")
def a(): ...
app.include_router(router)
@app.get("/b")
def b(): ...
for route in app.routes:
    if isinstance(route, APIRoute):
        route.operation_id = route.name
""",
    # mounts
    "mounts": """
sub = FastAPI(dependencies=[Depends(d1)])
@sub.get("/s")
def s(): ...
app.mount("/m", sub)
router = APIRouter(prefix="/r")
@router.get("/x")
def x(): ...
app.mount("/n", router)
""",
    "mounts of an included router": """
sub = FastAPI()
@sub.get("/s")
def s(): ...
router = APIRouter(prefix="/r", routes=[Mount("/n", app=sub)])
router.mount("/m", sub)
@router.get("/x")
def x(): ...
app.include_router(router, prefix="/p")
""",
    "an application included": """
other = FastAPI(dependencies=[Depends(d1)])
@other.get("/a")
def a(): ...
app.include_router(other.router, prefix="/p")
""",
    # websockets
    "websockets": """
app = FastAPI(dependencies=[Depends(d1)])
router = APIRouter(dependencies=[Depends(d2)])
@router.websocket("/w/{key}")
async def w(ws: WebSocket, key: int, token: str, x=Depends(d4)): ...
app.include_router(router, prefix="/p", dependencies=[Depends(d3)])
""",
    "websockets with dependencies of their own": """
@app.websocket("/w", dependencies=[Depends(d1)])
async def w(ws: WebSocket): ...
app.add_api_websocket_route("/v", w, dependencies=[Depends(d2)])
""",
    # what an endpoint answers
    "return annotations": """
@app.get("/model")
def model() -> Item: ...
@app.get("/list")
def several() -> list[Item]: ...
@app.get("/string")
def string() -> "Item": ...
@app.get("/none")
def none() -> None: ...
@app.get("/any")
def any_() -> Any: ...
@app.get("/overridden", response_model=dict)
def overridden() -> Item: ...
@app.get("/off", response_model=None)
def off() -> Item: ...
""",
    "return annotations of wrappers": """
def decorated(function):
    @functools.wraps(function)
    def inner(*args, **kwargs) -> Item: ...
    return inner
@app.get("/a")
@decorated
def a(x: int) -> list[Item]: ...
""",
    "responses returned": """
@app.get("/plain")
def plain() -> Response: ...
@app.get("/json")
def json() -> JSONResponse: ...
""",
    "iterables of generators": """
@app.get("/a")
def a() -> Iterable[Item]:
    yield Item(name="x")
""",
    "iterables of others": """
@app.get("/a")
def a() -> Iterable[Item]: ...
""",
    "iterators of generators": """
@app.get("/a")
def a() -> Iterator[Item]:
    yield Item(name="x")
@app.get("/b")
async def b() -> AsyncIterator[Item]:
    yield Item(name="x")
@app.get("/c", response_class=StreamingResponse)
async def c() -> AsyncIterable[Item]:
    yield Item(name="x")
""",
    "iterators of others": """
@app.get("/a")
async def a() -> AsyncIterator[Item]: ...
""",
    "other annotations of generators": """
@app.get("/a")
def a() -> list[Item]:
    yield Item(name="x")
@app.get("/b")
def b() -> Item:
    yield Item(name="x")
""",
    "generators without annotations": """
@app.get("/a")
def a():
    yield Item(name="x")
""",
    "no content": """
@app.delete("/a", status_code=204)
def a() -> None: ...
""",
    "no content as a string": """
@app.delete("/a", status_code=204)
def a() -> "None": ...
""",
    "a model with no content": """
@app.delete("/a", status_code=204, response_model=Item)
def a(): ...
""",
    "a model with reset content": """
@app.post("/a", status_code=205, response_model=Item)
def a(): ...
""",
    "a model with processing": """
@app.post("/a", status_code=102, response_model=Item)
def a(): ...
""",
    "a model with an unassigned status": """
@app.post("/a", status_code=199, response_model=Item)
def a(): ...
""",
    # parameters
    "places": """
@app.post("/{p}/{rest:path}")
def a(p: int, rest: str, q: str, body: Item, d: dict, many: list[int], o: Optional[int] = None, *, r: Request): ...
@app.get("/b")
def b(h_x: str = Header(...), h_y: str = Header(None, convert_underscores=False), c: str = Cookie("c", alias="C")): ...
@app.post("/c")
def c(f: int = Form(...), u: UploadFile = File(...), tasks: BackgroundTasks = None, response: Response = None): ...
""",
    "markers without a default": """
@app.post("/{p}")
def a(p: int = Path(), q: int = Query(), h: int = Header(), c: int = Cookie(), b: int = Body()): ...
""",
    "uploads without a marker": """
@app.post("/a")
def a(one: UploadFile, maybe: Optional[UploadFile] = None): ...
@app.post("/b")
def b(many: list[UploadFile]): ...
""",
    "markers in Annotated": """
@app.post("/{p}")
def a(
    p: Annotated[int, "plain"],
    q: Annotated[int, Query(alias="Q")],
    h: Annotated[int, Header()] = 3,
    b: Annotated[int, Body()] = 4,
): ...
""",
    "dependencies in Annotated": """
def dependency(z: int) -> int: ...
Alias = Annotated[str, Security(HTTPBearer())]
@app.get("/a")
def a(d: Annotated[int, Depends(dependency)], e: Alias): ...
""",
    "several markers": """
@app.get("/a")
def a(d: Annotated[int, Query(alias="X"), Header(alias="Y")]): ...
""",
    "form models": """
@app.post("/a")
def a(form: Item = Form(...)): ...
FORM = "/a", b"name=x"
""",
    "query models": """
@app.get("/a")
def a(query: Annotated[Item, Query()], header: Annotated[Item, Header()], cookie: Annotated[Item, Cookie()]): ...
""",
    "optional query models": """
@app.get("/a")
def a(query: Annotated[Optional[Item], Query()] = None): ...
""",
    # dependencies
    "callables": """
class Callable:
    def __init__(self, own: int = 1): ...
    def __call__(self, called: int): ...
    def method(self, given: int): ...
def plain(x: int, y: int = 2): ...
def decorated(function):
    @functools.wraps(function)
    def inner(*args, **kwargs): ...
    return inner
@app.get("/a", dependencies=[Depends(decorated(plain))])
def a(
    b: Callable = Depends(),
    c=Depends(Callable()),
    d=Depends(Callable().method),
    e=Depends(functools.partial(plain, y=1)),
    f=Depends(functools.partial(plain, 1)),
    g=Depends(functools.partial(Callable(), called=1)),
): ...
""",
    "a model as a dependency": """
class Filters(BaseModel):
    q: str = "x"
    r: Optional[int]
    s: list[int] = []
@app.get("/a")
def a(filters: Filters = Depends()): ...
""",
    "schemes": """
bearer = HTTPBearer()
oauth = OAuth2PasswordBearer(tokenUrl="token")
def user(scopes: SecurityScopes, token=Depends(oauth)): ...
@app.get("/a", dependencies=[Depends(bearer)])
def a(x=Security(user, scopes=["a", "b"])): ...
@app.post("/b")
def b(form: OAuth2PasswordRequestForm = Depends()): ...
@app.get("/c")
def c(x=Depends(functools.partial(bearer))): ...
""",
    "caching": """
def f(): ...
def g(x=Depends(f, use_cache=False)): ...
@app.get("/a", dependencies=[Depends(f, use_cache=False)])
def a(d=Depends(g), e=Depends(f)): ...
""",
    "scopes of dependencies": """
@app.get("/a", dependencies=[Depends(d4, scope="request")])
def a(d=Depends(d4, scope="function")): ...
""",
}

LIFESPAN = """
def made(path):
    def make(*_):
        app.add_api_route(path, d1)
    return make
def lifespan(path):
    @asynccontextmanager
    async def running(_):
        app.add_api_route(path, d1)
        yield
    return running
"""

STARTUPS = {
    "handlers": """
app.on_event("startup")(made("/decorated"))
app.router.add_event_handler("startup", made("/added"))
""",
    "lifespan": 'app = FastAPI(lifespan=lifespan("/lifespan"))',
    "lifespan and handlers": """
app = FastAPI(lifespan=lifespan("/lifespan"), on_startup=[made("/given")])
app.on_event("startup")(made("/decorated"))
""",
    "handlers given": """
app = FastAPI(on_startup=[made("/app")])
router = APIRouter(on_startup=[made("/router")])
app.include_router(router)
""",
    "handlers of a router": """
router = APIRouter()
router.on_event("startup")(made("/decorated"))
app.include_router(router)
""",
    "handlers of a router beside a lifespan": """
app = FastAPI(lifespan=lifespan("/lifespan"))
router = APIRouter()
router.on_event("startup")(made("/decorated"))
app.include_router(router)
""",
    "lifespan of a router": """
outer, inner = APIRouter(lifespan=lifespan("/outer")), APIRouter(lifespan=lifespan("/inner"))
outer.include_router(inner)
app.include_router(outer)
app.on_event("startup")(made("/decorated"))
""",
    "lifespan of a mounted application": """
sub = FastAPI(lifespan=lifespan("/sub"))
app.mount("/m", sub)
""",
}

SAMPLES = {
    **{name: HEAD + text for name, text in ROUTES.items()},
    **{f"startup: {name}": HEAD + LIFESPAN + text + "\nSTART = True\n" for name, text in STARTUPS.items()},
}
"""The text of a module ``main`` by name. Where it has a ``FORM`` (path and body), that form is sent; with a ``START``
the application is started, and only the paths of its routes are told."""
