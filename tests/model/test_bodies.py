"""What happens inside functions: calls resolved, their contexts, what callers pass, chains of calls."""

from __future__ import annotations

import pytest
from linking import project_of
from namespaces import describe

from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Body, CallEvent
from fastapi_lint.model.project import Project
from fastapi_lint.model.values import possibilities


def function_of(project: Project, qualname: str) -> FunctionDefinition:
    return next(function for function in project.functions if function.fact.qualname == qualname)


def body_of(sources: dict[str, str] | str, qualname: str = "endpoint") -> Body:
    project = project_of(sources)
    return project.bodies.of(function_of(project, qualname))


def called(event: CallEvent) -> tuple[str, ...]:
    """What an event calls: project functions by qualified name, else external names."""
    return tuple(function.qualified_name for function in event.functions) or event.names


def calls(sources: dict[str, str] | str, qualname: str = "endpoint") -> list[tuple[str, ...]]:
    return [called(event) for event in body_of(sources, qualname).calls]


HEAD = """
from contextlib import contextmanager, asynccontextmanager
from typing import Annotated, Optional, Iterator, AsyncIterator, Generator
from fastapi import Depends, FastAPI, Request
from sqlalchemy.orm import Session
import httpx
app = FastAPI()
class Repository:
    def __init__(self, db: Session): self.db = db
    def find(self, id: int) -> "User": ...
    def all(self) -> list["User"]: ...
    def guess(self): return User()
    async def later(self) -> "User": ...
    @classmethod
    def make(cls) -> "Repository": return cls(None)
    @property
    def owner(self) -> "User": ...
class Special(Repository):
    def find(self, id: int) -> "User": ...
class User:
    name: str
    best: "User"
    def greet(self): ...
def get_repository(db: Session = Depends(Session)) -> Repository: ...
def get_untyped():
    return Repository(None)
def get_yielded():
    repository = Repository(None)
    try:
        yield repository
    finally:
        repository.db.close()
def get_declared() -> Generator[Repository, None, None]:
    yield anything()
async def get_async() -> AsyncIterator[Repository]:
    yield anything()
class Provider:
    def __call__(self) -> Repository: ...
    def method(self) -> Repository: ...
provider = Provider()
Repo = Annotated[Repository, Depends(get_repository)]
"""


@pytest.mark.parametrize(
    "parameters",
    [
        "r: Repository",
        "r: 'Repository'",
        "r: Optional[Repository]",
        "r: Repository | None = None",
        "r: Annotated[Repository, Depends()]",
        "r: Repo",
        "r: Repository = Depends(get_repository)",
        "r = Depends(get_repository)",
        "r = Depends(get_untyped)",
        "r = Depends(get_yielded)",
        "r = Depends(get_declared)",
        "r = Depends(get_async)",
        "r = Depends(provider)",
        "r = Depends(provider.method)",
        "r = Depends(Repository)",
        "*, r: Repository",
        "r: Repository, /",
    ],
)
def test_parameters_say_what_methods_are_called(parameters: str) -> None:
    source = HEAD + f"def endpoint({parameters}):\n    r.find(1)\n"
    assert calls(source) == [("main.Repository.find",)]


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ("r.find(1).greet()", ["main.Repository.find", "main.User.greet"]),
        ("r.guess().greet()", ["main.Repository.guess", "main.User.greet"]),
        ("r.all()[0].greet()", ["main.Repository.all", "main.User.greet"]),
        ("for user in r.all():\n        user.greet()", ["main.Repository.all", "main.User.greet"]),
        ("[user.greet() for user in r.all()]", ["main.Repository.all", "main.User.greet"]),
        ("(await r.later()).greet()", ["main.Repository.later", "main.User.greet"]),
        ("r.owner.greet()", ["main.User.greet"]),
        ("r.owner.best.best.greet()", ["main.User.greet"]),
        ("Repository.make().find(1)", ["main.Repository.make", "main.Repository.find"]),
        ("Repository(None).find(1)", ["main.Repository.__init__", "main.Repository.find"]),
        ("find = r.find\n    find(1)", ["main.Repository.find"]),
        ("if (user := r.find(1)):\n        user.greet()", ["main.Repository.find", "main.User.greet"]),
        ("x = r.owner or r.find(1)\n    x.greet()", ["main.Repository.find", "main.User.greet"]),
        ("x = r.owner and r.find(1)", ["main.Repository.find"]),
        ("r.db.commit()", ["sqlalchemy.orm.Session().commit"]),
        (
            "x = r if r.owner else Special(None)\n    x.find(1)",
            ["main.Repository.__init__", ("main.Repository.find", "main.Special.find")],
        ),
        ("x: Special = unknown()\n    x.find(1)", [(), "main.Special.find"]),
        ("with httpx.Client() as client:\n        client.get('/')", ["httpx.Client", "httpx.Client().get"]),
        ("missing.call()", [()]),
    ],
)
def test_what_is_called(statements: str, expected: list[object]) -> None:
    source = HEAD + f"async def endpoint(r: Repository):\n    {statements}\n"
    assert calls(source) == [names if isinstance(names, tuple) else (names,) for names in expected]


SERVICE = """
    from repositories import Users
    class Base:
        def __init__(self, users: Users):
            self.users = users
            self.built = Users()
    class Service(Base):
        cache: "Cache"
        shared = Users()
        def __init__(self, users: Users, other=None):
            super().__init__(users)
            self._other: Users | None = other
        def run(self):
            self.users.find()
            self.built.find()
            self._other.find()
            self.cache.get()
            self.shared.find()
            self.helper()
            self.static()
            super().helper()
            type(self)
        def helper(self): ...
        @staticmethod
        def static(): ...
    class Cache:
        def get(self): ...
    """


def test_attributes_of_self() -> None:
    sources = {"main.py": SERVICE, "repositories.py": "class Users:\n    def find(self): ..."}
    assert calls(sources, "Service.run") == [
        ("repositories.Users.find",),
        ("repositories.Users.find",),
        ("repositories.Users.find",),
        ("main.Cache.get",),
        ("repositories.Users.find",),
        ("main.Service.helper",),
        ("main.Service.static",),
        ("super",),
        ("object().helper",),
        ("type",),
    ]


def test_context_managers_of_the_project() -> None:
    source = HEAD + (
        "@contextmanager\n"
        "def scope():\n    yield Repository(None)\n"
        "@asynccontextmanager\n"
        "async def ascope() -> AsyncIterator[Repository]:\n    yield anything()\n"
        "class Unit:\n    def __enter__(self): return self\n    def __exit__(self, *args): ...\n"
        "    def add(self): ...\n"
        "async def endpoint():\n"
        "    with scope() as a:\n        a.find(1)\n"
        "    async with ascope() as b:\n        b.find(1)\n"
        "    with Unit() as unit:\n        unit.add()\n"
    )
    assert calls(source) == [
        ("main.scope",),
        ("main.Repository.find",),
        ("main.ascope",),
        ("main.Repository.find",),
        (),  # Unit has no __init__
        ("main.Unit.add",),
    ]


CONTEXTS = """
import os
def f(): ...
async def g(): ...
async def endpoint(items: list, flag: bool):
    f()
    for item in f():
        f()
    while flag:
        f()
    if f():
        f()
    else:
        f()
    try:
        f()
    except ValueError:
        f()
    else:
        f()
    finally:
        f()
    with f():
        f()
    [f() for x in items if f()]
    for item in items:
        if flag:
            try:
                await g()
            finally:
                pass
    match flag:
        case True:
            f()
    lambda: f()
    def inner():
        f()
    return f()
"""


def test_contexts() -> None:
    body = body_of(CONTEXTS)
    assert [[(c.kind, c.branch) for c in event.context] for event in body.calls] == [
        [],
        [],
        [("loop", 0)],
        [("loop", 0)],
        [],
        [("branch", 0)],
        [("branch", 1)],
        [("try", 0)],
        [],
        [("handler", 0)],
        [],
        [],
        [("with", 0)],
        [("comprehension", 0)],
        [("comprehension", 0)],
        [("loop", 0), ("branch", 0), ("try", 0)],
        [("branch", 0)],
        [],
    ]
    assert [function.name for function in body.nested] == ["inner"]
    assert [event.awaited for event in body.calls].count(True) == 1
    assert body.calls[15].awaited and body.calls[15].inside("loop") and not body.calls[15].inside("with")


@pytest.mark.parametrize(
    ("expression", "awaited"),
    [
        ("await g()", [True]),
        ("g()", [False]),
        ("await asyncio.gather(g(), g())", [False, False, True]),
        ("(await g()).x()", [True, False]),
        ("await (g())", [True]),
        ("x = g()\n    await x", [False]),
        ("await f(await g())", [True, True]),
    ],
)
def test_awaited(expression: str, awaited: list[bool]) -> None:
    source = f"import asyncio\nasync def g(): ...\nasync def f(x): ...\nasync def endpoint():\n    {expression}\n"
    assert [event.awaited for event in body_of(source).calls] == awaited


EVENTS = """
from fastapi import HTTPException
class User:
    name: str
class NotFound(HTTPException): ...
def endpoint(user: User, flag: bool):
    user.name = "x"
    if flag:
        raise HTTPException(404)
    try:
        return user.name
    except KeyError as error:
        raise NotFound(404) from error
    except ValueError:
        raise
def generator(user: User):
    yield user
    yield 1
    return 2
def falls(flag):
    if flag:
        return 1
def never(flag):
    if flag:
        return 1
    else:
        raise ValueError
"""


def test_reads_stores_raises_and_returns() -> None:
    body = body_of(EVENTS)
    assert [(event.node.attr, describe(event.value)) for event in body.stores] == [("name", "x")]
    assert [event.node.attr for event in body.reads] == ["name"]
    assert [describe(event.receiver)[""] for event in body.reads] == ["<main.User>"]
    assert [event.value is None for event in body.raises] == [False, False, True]
    assert len(list(body.returns)) == 1


def test_yields_and_ends() -> None:
    body = body_of(EVENTS, "generator")
    assert [describe(event.value) for event in body.yields][1] == 1
    assert [describe(event.value) for event in body.returns] == [2]
    assert body_of(EVENTS, "falls").falls_through
    assert not body_of(EVENTS, "never").falls_through
    assert not body_of(EVENTS, "endpoint").falls_through


PASSED = """
from fastapi import FastAPI, Depends
from sqlalchemy.orm import Session
app = FastAPI()
class Users:
    def find(self): ...
    def using(self, other): other.find()
def helper(users, *, again=None):
    users.find()
    again.find()
def typed(users: int):
    users.find()
def deep(x): deeper(x)
def deeper(y): y.find()
def db_helper(session): session.commit()
def get_session() -> Session: ...
@app.get("/")
def endpoint(users: Users, session=Depends(get_session)):
    helper(users, again=users)
    typed(users)
    deep(users)
    users.using(Users())
    db_helper(session)
def nobody(users): users.find()
"""


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("helper", [("main.Users.find",), ("main.Users.find",)]),
        ("typed", [("int().find",)]),
        ("deeper", [("main.Users.find",)]),
        ("Users.using", [("main.Users.find",)]),
        ("db_helper", [("sqlalchemy.orm.Session().commit",)]),
        ("nobody", [()]),
    ],
)
def test_untyped_parameters_hold_what_callers_pass(function: str, expected: list[tuple[str, ...]]) -> None:
    assert calls(PASSED, function) == expected


def test_one_call_with_its_own_arguments() -> None:
    project = project_of(PASSED)
    caller = project.bodies.of(function_of(project, "endpoint"))
    (event,) = (event for event in caller.calls if called(event) == ("main.helper",))
    body = project.bodies.called(event.functions[0], None, event.arguments)
    assert [called(event) for event in body.calls] == [("main.Users.find",)] * 2


CHAINS = """
from functools import partial
class Service:
    def __init__(self): prepare()
    def run(self): finish()
    def __call__(self): called()
def prepare(): ...
def finish(): loop()
def loop(): finish()
def called(): ...
def direct(): finish()
def unused(): ...
def endpoint(service: Service):
    direct()
    Service().run()
    service()
    partial(called)()
def recursive(): recursive()
"""


def test_reachable_functions_by_their_shortest_chains() -> None:
    project = project_of(CHAINS)
    chains = {
        function.fact.qualname: [called(event)[0] for event in chain]
        for function, chain in project.bodies.reachable(function_of(project, "endpoint"))
    }
    assert chains == {
        "endpoint": [],
        "direct": ["main.direct"],
        "Service.__init__": ["main.Service.__init__"],
        "Service.run": ["main.Service.run"],
        "Service.__call__": ["main.Service.__call__"],
        "called": ["main.called"],
        "finish": ["main.direct", "main.finish"],
        "prepare": ["main.Service.__init__", "main.prepare"],
        "loop": ["main.direct", "main.finish", "main.loop"],
    }


def test_reachable_ends() -> None:
    project = project_of(CHAINS)
    assert [f.name for f, _ in project.bodies.reachable(function_of(project, "recursive"))] == ["recursive"]
    near = [f.name for f, _ in project.bodies.reachable(function_of(project, "endpoint"), max_depth=1)]
    assert "direct" in near and "finish" not in near


def test_bodies_have_no_effects() -> None:
    project = project_of(
        """
        from fastapi import APIRouter, FastAPI
        app, router = FastAPI(), APIRouter()
        registry = []
        def f():
            registry.append(1)
            app.include_router(router)
            app.state.x = 1
            registry.clear()
        """
    )
    before = len(project.apps[0].router.registrations)
    project.bodies.of(function_of(project, "f"))
    assert len(project.apps[0].router.registrations) == before
    assert describe(project.modules[0].scope.names["registry"]) == []


def test_one_call_takes_the_branches_that_its_arguments_choose() -> None:
    project = project_of(
        """
        def work(item, deep=False, *, when=None):
            if deep:
                dig(item)
            if when:
                wait(when)
            return rest(item) if not deep else item

        def shallow(x, when): work(x, when=when)
        def deep(x): work(x, True)
        def unclear(x, flag): work(x, flag)
        """
    )
    work = function_of(project, "work")

    def names(caller: str) -> list[str]:
        (event,) = project.bodies.of(function_of(project, caller)).calls
        body = project.bodies.called(work, None, event.arguments)
        return [call.node.func.id for call in body.calls]

    assert names("shallow") == ["wait", "rest"]
    assert names("deep") == ["dig"]
    assert names("unclear") == ["dig", "rest"]
    assert [call.node.func.id for call in project.bodies.of(work).calls] == ["dig", "wait", "rest"]


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ("items.append(2)", [1, 2]),
        ("items.extend([2, 3])", [1, 2, 3]),
        ("items.insert(0, 2)", [1, 2]),
        ("if x:\n        items.append(2)", [1, 1, 2]),
        ("for _ in x:\n        items.append(2)", [1, 2]),
        ("items.pop()", [1]),
    ],
)
def test_lists_of_a_body_change(change: str, shown: list[str]) -> None:
    (event,) = body_of(f"def endpoint(x):\n    items = [1]\n    {change}\n    use(items)\n").calls[-1:]
    options = possibilities(event.arguments.positional[0])
    items = [item for option in options for item in (*option.items, *possibilities(option.element))]
    assert sorted(map(describe, items)) == shown
    assert not options[0].complete
