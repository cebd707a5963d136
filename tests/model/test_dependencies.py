"""Dependency trees, held against what FastAPI builds from the same sources."""

from __future__ import annotations

import gc
import textwrap
import weakref
from pathlib import Path

import pytest
from linking import project_of, route_of
from oracle import describe, describe_real, real_dependant
from running import imported, linked

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.dependencies.dependants import Dependant, DependencyReader, build_dependant, reader_of
from fastapi_lint.model.values import Value

HEAD = """
from dataclasses import dataclass, field
from functools import lru_cache, partial, wraps
from typing import Annotated, NamedTuple, Optional
from fastapi import (
    BackgroundTasks, Body, Cookie, Depends, File, Form, Header, Path, Query, Request, Response, Security, UploadFile,
    WebSocket,
)
from fastapi.requests import HTTPConnection
from fastapi.security import (
    APIKeyHeader, HTTPBasic, HTTPBearer, OAuth2PasswordBearer, OAuth2PasswordRequestForm, SecurityScopes,
)
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
"""

CASES = {
    "functions": """
        def get_settings(): ...
        def get_db(settings=Depends(get_settings)): yield 1
        async def get_user(token: str, db=Depends(get_db)): ...
        def endpoint(item_id: int, user=Depends(get_user), db=Depends(get_db)): ...
        """,
    "annotated": """
        def get_db(): yield 1
        Db = Annotated[str, Depends(get_db)]
        OptionalDb = Annotated[Optional[str], "note", Depends(get_db)]
        def get_user(db: Db, q: Annotated[str, Query(alias="search")] = "x"): ...
        def endpoint(user: Annotated[str, Depends(get_user)], other: OptionalDb, third: "Db"): ...
        """,
    "nested annotated": """
        def first(): ...
        def second(): ...
        Inner = Annotated[str, Depends(first)]
        def endpoint(user: Annotated[Inner, Depends(second)], other: Annotated[Inner, "note"]): ...
        """,
    "default wins over annotated default": """
        def first(): ...
        def endpoint(user: Annotated[str, "note"] = Depends(first)): ...
        """,
    "classes": """
        class Plain: ...
        class Pages:
            def __init__(self, page: int = 1, size: int = Query(10, alias="s")): ...
        class More(Pages):
            limit = 3
        class Other(Pages):
            def __init__(self, *, extra: str, pages: Pages = Depends()): ...
        def endpoint(
            a: Pages = Depends(), b: More = Depends(), c=Depends(Other), d: Annotated[Plain, Depends()] = None,
        ): ...
        """,
    "dataclasses": """
        def get_db(): ...
        @dataclass
        class Base:
            a: int
            b: str = "x"
        @dataclass
        class Filters(Base):
            b: str = Query("y", alias="bee")
            tags: list[str] = field(default_factory=list)
            hidden: int = field(default=3, init=False)
            q: Annotated[str, Query(alias="search")] = ""
            db: str = Depends(get_db)
        def endpoint(filters: Filters = Depends(), base: Annotated[Base, Depends()] = None): ...
        """,
    "dataclasses of Pydantic": """
        from pydantic import dataclasses as pydantic_dataclasses
        @pydantic_dataclasses.dataclass(kw_only=True)
        class Filters:
            a: Annotated[int, Query(alias="aye")] = 1
            b: Annotated[str, Body(alias="b-b")] = "x"
            c: str = Query("y", alias="sea")
            d: Annotated[int, Field(alias="dee")] = 3
            e: Annotated[int, Query(validation_alias="eee")]
            f: Annotated[list[int], Query(default_factory=list)]
        def endpoint(filters: Filters = Depends()): ...
        """,
    "named tuples": """
        class Pages(NamedTuple):
            page: int
            size: int = 10
        def endpoint(pages: Pages = Depends()): ...
        """,
    "models": """
        class Base(BaseModel):
            model_config = ConfigDict(alias_generator=to_camel)
            first_name: str
        class Filters(Base):
            last_name: str = Query("x", alias="surname")
            age: int = Field(3, alias="years-old")
            note: Optional[str] = None
            tags: list[str] = []
            made: Annotated[str, Header()] = "y"
            listed: list[str] = Query(default_factory=list)
        def endpoint(filters: Filters = Depends()): ...
        """,
    "models with a constructor": """
        class Open(BaseModel):
            a: int
            def __init__(self, q: str, **data): ...
        class Closed(BaseModel):
            a: int
            def __init__(self, q: str): ...
        def endpoint(open: Open = Depends(), closed: Closed = Depends()): ...
        """,
    "callable instances": """
        class Checker:
            def __init__(self, role: str): ...
            def __call__(self, request: Request, token: str = Header()): ...
        class Inherited(Checker): ...
        admin = Checker("admin")
        def endpoint(a=Depends(admin), b=Depends(Checker("user")), c=Depends(Inherited("x"))): ...
        """,
    "methods": """
        class Service:
            def check(self, token: str): ...
            @classmethod
            def build(cls, q: int): ...
            @staticmethod
            def plain(self_like: int): ...
        class Special(Service): ...
        service = Service()
        def endpoint(a=Depends(service.check), b=Depends(Special.build), c=Depends(Service.plain)): ...
        """,
    "factories": """
        def get_user(): ...
        def require(role: str):
            def check(request: Request, user=Depends(get_user)): ...
            return check
        def build(source=get_user):
            return Depends(source)
        def endpoint(a=Depends(require("admin")), b: Annotated[str, Depends(require("user"))] = None, c=build()): ...
        """,
    "factories of closures": """
        class Router:
            def __init__(self, dependency):
                self.dependency = dependency
            def make(self):
                def endpoint(a=Depends(self.dependency), q: int = 1): ...
                return endpoint
        def get_user(token: str = Cookie()): ...
        endpoint = Router(get_user).make()
        """,
    "partials": """
        def search(a: int, b: str, c: dict, *, d: float = 1.0): ...
        def endpoint(x=Depends(partial(search, 1, c={"x": 1})), y=Depends(partial(search, d=2.0))): ...
        """,
    "wrapped": """
        def logged(function):
            @wraps(function)
            def wrapper(*args, **kwargs): ...
            return wrapper
        def get_db(): ...
        @logged
        def get_user(token: str, db=Depends(get_db)): ...
        @lru_cache
        def get_settings(): ...
        @logged
        @logged
        def endpoint(item_id: int, user=Depends(get_user), settings=Depends(get_settings)): ...
        """,
    "unwrapped": """
        def logged(function):
            def wrapper(*args, **kwargs): ...
            return wrapper
        @logged
        def endpoint(item_id: int): ...
        """,
    "security": """
        scheme = OAuth2PasswordBearer(tokenUrl="token", scopes={"me": "x"})
        class Own(HTTPBearer):
            async def __call__(self, request: Request): ...
        class Inherited(APIKeyHeader): ...
        def get_user(scopes: SecurityScopes, token: str = Depends(scheme)): ...
        def get_active(user=Security(get_user, scopes=["me"])): ...
        def endpoint(
            a=Security(get_active, scopes=["items", "me"]), b=Security(Own()), c=Depends(Inherited(name="X-Key")),
            d: Annotated[str, Security(HTTPBasic())] = None, e=Depends(partial(scheme)),
        ): ...
        """,
    "password form": """
        def endpoint(form: OAuth2PasswordRequestForm = Depends()): ...
        """,
    "caching and scope": """
        def get_db(): yield 1
        def get_session(): yield 1
        def endpoint(
            a=Depends(get_db, use_cache=False), b=Depends(get_db), c=Depends(get_session, scope="function"),
        ): ...
        """,
    "injected": """
        class OwnRequest(Request): ...
        class OwnTasks(BackgroundTasks): ...
        def get_user(connection: HTTPConnection, request: OwnRequest): ...
        def endpoint(
            request: Request, response: Response, tasks: OwnTasks,
            scopes: SecurityScopes, user=Depends(get_user),
        ): ...
        """,
    "variadic": """
        def get_user(*args, **kwargs): ...
        def endpoint(*args: int, user=Depends(get_user), **kwargs: dict): ...
        """,
    "positional only and keyword only": """
        def get_user(a: int, /, b: int, *, c: int = 1): ...
        def endpoint(item_id: int, /, *, user=Depends(get_user)): ...
        """,
    "path parameters of dependencies": """
        def get_item(item_id: int, q: str = ""): ...
        def get_owner(item=Depends(get_item), item_id: str = "x"): ...
        def endpoint(owner=Depends(get_owner)): ...
        """,
    "subclassed markers": """
        from fastapi import params
        class OwnDepends(params.Depends): ...
        def get_user(token: str): ...
        def endpoint(a=OwnDepends(get_user)): ...
        """,
    "dependency from a forward reference": """
        def endpoint(service: "Service" = Depends(), later: "Annotated[Service, Depends()]" = None): ...
        class Service:
            def __init__(self, q: str = "x"): ...
        """,
    "lambdas": """
        def endpoint(a=Depends(lambda token: token), b=Depends(lambda: 3)): ...
        """,
    "generic classes": """
        from typing import Generic, TypeVar
        T = TypeVar("T")
        class Service(Generic[T]):
            def __init__(self, q: str): ...
        class Users(Service[int]): ...
        def endpoint(a: Users = Depends()): ...
        """,
}


def trees(source: str, folder: Path, path: str = "/{item_id}") -> tuple[dict, dict]:
    """The tree of ``endpoint`` as FastAPI and as the model has it."""
    sources = {"app.py": HEAD + textwrap.dedent(source)}
    interpreter = linked(sources).interpreter
    endpoint = next(module for module in interpreter.linker.modules.values()).scope.names["endpoint"]
    ours = describe(build_dependant(endpoint, path, (), interpreter))
    with imported(sources, folder) as modules:
        theirs = describe_real(real_dependant(modules["app"].endpoint, path))
    return theirs, ours


@pytest.mark.parametrize("case", CASES)
def test_trees_are_those_of_fastapi(case: str, tmp_path: Path) -> None:
    theirs, ours = trees(CASES[case], tmp_path)
    assert ours == theirs


# what FastAPI has no word for


def dependant_of(source: str, name: str = "endpoint", path: str | None = "/") -> Dependant:
    interpreter = linked({"app.py": HEAD + textwrap.dedent(source)}).interpreter
    endpoint = next(module for module in interpreter.linker.modules.values()).scope.names[name]
    return build_dependant(endpoint, path, (), interpreter)


def named(dependants: tuple[Dependant, ...]) -> list[str]:
    return [dependant.qualified_name.rpartition(".")[2] for dependant in dependants]


LEVELS = """
from fastapi import APIRouter, Depends, FastAPI
def on_app(): ...
def on_include(): ...
def on_router(): ...
def on_route(): ...
def below(): ...
def own(b=Depends(below)): ...
router = APIRouter(dependencies=[Depends(on_router)])
@router.get("/items", dependencies=[Depends(on_route), Depends(below)])
def endpoint(user=Depends(own)): ...
app = FastAPI(dependencies=[Depends(on_app)])
app.include_router(router, prefix="/v1", dependencies=[Depends(on_include)])
"""


def test_declared_dependencies_come_first_from_the_outside_in() -> None:
    dependant = route_of(project_of(LEVELS), "GET /v1/items").dependant
    assert [(below.qualified_name, below.level) for below in dependant.dependencies] == [
        ("main.on_app", "app"),
        ("main.on_include", "include"),
        ("main.on_router", "router"),
        ("main.on_route", "route"),
        ("main.below", "route"),
        ("main.own", "parameter"),
    ]
    assert named(dependant.flatten()) == ["on_app", "on_include", "on_router", "on_route", "below", "own"]
    assert [below.location.line for below in dependant.dependencies] == [12, 13, 9, 10, 10, 11]


def test_order_of_declared_dependencies_is_that_of_fastapi(tmp_path: Path) -> None:
    with imported({"levels.py": LEVELS}, tmp_path) as modules:
        from fastapi.routing import iter_route_contexts

        (route,) = (r for r in iter_route_contexts(modules["levels"].app.routes) if r.path == "/v1/items")
        real = [below.call.__name__ for below in route.dependant.dependencies]
    dependant = route_of(project_of(LEVELS), "GET /v1/items").dependant
    assert named(dependant.dependencies) == real


def test_a_walk_tells_chain_and_scopes() -> None:
    dependant = dependant_of(
        """
        def low(): ...
        def middle(x=Security(low, scopes=["c"])): ...
        def endpoint(y=Security(middle, scopes=["a", "b"])): ...
        """
    )
    visits = [(named(visit.chain), visit.scopes) for visit in dependant.walk()]
    assert visits == [(["middle", "low"], ("a", "b", "c")), (["middle"], ("a", "b"))]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("from somewhere import check\ndef endpoint(a=Depends(check)): ...", "it is outside the project"),
        ("def endpoint(a=Depends(missing)): ...", "'missing'"),
        ("def endpoint(a=Depends()): ...", "without a callable"),
        ("def endpoint(a=Depends(**options())): ...", "unknown arguments"),
        ("def endpoint(a=Depends('name')): ...", "not callable"),
        ("class A: ...\ndef endpoint(a=Depends(A())): ...", "cannot be called"),
        ("from x import Base\nclass A(Base): ...\ndef endpoint(a: A = Depends()): ...", "outside the project"),
    ],
)
def test_unknown_dependencies_stay(source: str, reason: str) -> None:
    (below,) = dependant_of(source).unresolved()
    assert reason in (below.dependant.unknown or "")


def test_cycles_end() -> None:
    dependant = dependant_of(
        """
        class First:
            def __init__(self, second: "Second" = Depends()): ...
        class Second:
            def __init__(self, first: First = Depends()): ...
        def endpoint(first: First = Depends()): ...
        """
    )
    assert [visit.dependant.unknown for visit in dependant.walk()] == ["it depends on itself", None, None]


def test_a_choice_keeps_its_alternatives() -> None:
    dependant = dependant_of(
        """
        import os
        def strict(token: str): ...
        def lax(): ...
        def endpoint(user=Depends(strict if os.getenv("STRICT") else lax)): ...
        """
    )
    (user,) = dependant.dependencies
    assert user.qualified_name.endswith("lax")  # the one taken where the environment says nothing
    assert named(user.alternatives) == ["strict"]


def test_a_choice_of_a_callable_or_none() -> None:
    dependant = dependant_of(
        """
        import os
        def strict(token: str): ...
        def endpoint(user=Depends(strict if os.getenv("STRICT") else None)): ...
        """
    )
    (user,) = dependant.dependencies
    assert user.unknown == "None is not callable"
    assert named(user.alternatives) == ["strict"]


def test_a_list_that_only_a_condition_gives() -> None:
    source = """
    import os
    from fastapi import Depends, FastAPI
    def check(): ...
    extra = [Depends(check)] if os.getenv("CHECK") else []
    app = FastAPI(dependencies=extra)
    @app.get("/")
    def endpoint(): ...
    """
    (below,) = route_of(project_of(source), "GET /").dependant.dependencies
    assert below.qualified_name == "main.check"
    assert [other.unknown for other in below.alternatives] == ["there is none under a condition"]


def test_elements_that_are_no_dependencies_are_kept() -> None:
    source = """
    from fastapi import Depends, FastAPI
    from somewhere import extra
    def check(): ...
    app = FastAPI(dependencies=[check, extra, "check"])
    @app.get("/")
    def endpoint(): ...
    """
    dependant = route_of(project_of(source), "GET /").dependant
    assert [below.unknown for below in dependant.dependencies] == 3 * [
        "an element of dependencies=[…] that is no Depends"
    ]


VIEW = """
from fastapi import APIRouter, Depends, FastAPI, Header, Request
from fastapi_utils.cbv import cbv
router = APIRouter()
def get_db(): ...
def get_user(token: str = Header()): ...
class Base:
    user: str = Depends(get_user)
    _cache: dict | None = None
    def __init__(self, request: Request, *args, db=Depends(get_db)): ...
@cbv(router)
class View(Base):
    page: int = 1
    @router.get("/{item_id}")
    def endpoint(self, item_id: int, q: str = ""): ...
app = FastAPI()
app.include_router(router)
"""


def test_views_are_dependencies() -> None:
    dependant = route_of(project_of(VIEW), "GET /{item_id}").dependant
    assert [(p.place, p.name) for p in dependant.parameters] == [("path", "item_id"), ("query", "q")]
    (view,) = dependant.dependencies
    assert (view.qualified_name, view.level, view.name) == ("main.View", "view", "self")
    assert [(p.place, p.name) for p in (*view.injected, *view.parameters)] == [
        ("injected", "request"),
        ("query", "page"),
    ]
    assert named(view.dependencies) == ["get_db", "get_user"]


def test_a_view_that_is_handed_to_the_decorator_by_hand() -> None:
    source = VIEW.replace("@cbv(router)\n", "").replace("app = FastAPI()", "cbv(router)(View)\napp = FastAPI()")
    dependant = route_of(project_of(source), "GET /{item_id}").dependant
    assert [below.level for below in dependant.dependencies] == ["view"]


def test_self_of_a_plain_class_is_a_parameter() -> None:
    source = VIEW.replace("@cbv(router)\n", "")
    dependant = route_of(project_of(source), "GET /{item_id}").dependant
    assert ("query", "self") in [(p.place, p.name) for p in dependant.parameters]
    assert dependant.dependencies == ()


def test_a_view_may_be_told() -> None:
    interpreter = linked({"app.py": VIEW.replace("@cbv(router)\n", "")}).interpreter
    names = next(module for module in interpreter.linker.modules.values()).scope.names
    view: Value = names["View"]
    assert isinstance(view, ClassDefinition)
    endpoint = view.find_method("endpoint")
    assert isinstance(endpoint, FunctionDefinition)
    dependant = DependencyReader(interpreter).build(endpoint, "/{item_id}", view=view)
    assert [below.level for below in dependant.dependencies] == ["view"]


def test_routes_share_what_they_depend_on() -> None:
    interpreter = linked({"app.py": HEAD + textwrap.dedent(CASES["functions"])}).interpreter
    names = next(module for module in interpreter.linker.modules.values()).scope.names
    reader = DependencyReader(interpreter)
    first, second, third = (
        reader.build(names["endpoint"], path) for path in ("/{item_id}", "/{item_id}/x", "/{token}")
    )
    assert first.dependencies[0] is second.dependencies[0]
    assert first.dependencies[0] is not third.dependencies[0]
    assert [p.place for p in third.dependencies[0].parameters] == ["path"]


def test_projects_that_are_done_with_are_forgotten() -> None:
    first, second = (linked({"app.py": HEAD + textwrap.dedent(CASES["functions"])}).interpreter for _ in range(2))
    assert reader_of(first) is reader_of(first)
    known = weakref.ref(first)
    reader_of(second)
    del first
    gc.collect()
    assert known() is None


@pytest.mark.parametrize(
    "source",
    [
        """
        from inspect import signature
        def like(function):
            def wrapper(*args, **kwargs): ...
            wrapper.__signature__ = signature(function)
            return wrapper
        def get_user(): ...
        def original(item_id: int, user=Depends(get_user)): ...
        endpoint = like(original)
        """,
        """
        import inspect
        from makefun import with_signature
        def get_user(): ...
        def make():
            parameters = [inspect.Parameter("user", inspect.Parameter.KEYWORD_ONLY, default=Depends(get_user))]
            parameters += [inspect.Parameter(name="item_id", kind=inspect.Parameter.KEYWORD_ONLY, annotation=int)]
            @with_signature(inspect.Signature(parameters))
            def wrapper(*args, **kwargs): ...
            return wrapper
        endpoint = make()
        """,
        """
        from functools import update_wrapper
        def get_user(): ...
        def original(item_id: int, user=Depends(get_user)): ...
        endpoint = update_wrapper(lambda *args, **kwargs: 1, original)
        """,
    ],
    ids=["assigned", "makefun", "update_wrapper"],
)
def test_stated_signatures(source: str) -> None:
    dependant = dependant_of(source, path="/{item_id}")
    assert [(p.place, p.name) for p in dependant.parameters] == [("path", "item_id")]
    assert named(dependant.dependencies) == ["get_user"]


def test_an_alias_is_the_name_of_a_column() -> None:
    source = """
        from fastapi import Depends, FastAPI, Query
        from sqlalchemy import String
        from sqlalchemy.orm import mapped_column, registry
        Base = registry().generate_base()
        class User(Base):
            name = mapped_column(String, primary_key=True)
            mail = mapped_column("e_mail", String)
        def filter_by(column):
            def value_of(value: str = Query("", alias=getattr(column, "name", "x"))): ...
            return value_of
        app = FastAPI()
        @app.get("/")
        def endpoint(a=Depends(filter_by(User.name)), b=Depends(filter_by(User.mail)), c=Depends(filter_by(1))): ...
        """
    dependant = route_of(project_of(source), "GET /").dependant
    assert [parameter.alias for parameter in dependant.all_parameters()] == ["name", "e_mail", "x"]
