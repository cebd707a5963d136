"""Security schemes and evidence of authentication, held against what running applications answer."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from linking import project_of
from running import imported

from fastapi_lint.facts.extract import extract
from fastapi_lint.model.project import Project, link
from fastapi_lint.model.security.authentication import Authentication, schemes
from fastapi_lint.model.settings import ModelSettings
from fastapi_lint.text.source import Source

HEAD = """
import os
from functools import partial, wraps
from typing import Annotated, Optional
from fastapi import APIRouter, Cookie, Depends, FastAPI, Header, HTTPException, Query, Request, Security, status
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.security import APIKeyHeader, HTTPBasic, HTTPBearer, OAuth2PasswordBearer
from pydantic import BaseModel
app = FastAPI()
class Settings:
    enabled = os.getenv("MISSING") is None
settings = Settings()
"""

REQUIRED: dict[str, tuple[int, str, str]] = {
    "scheme": (
        1,
        "dependency",
        """
        @app.get("/x")
        def endpoint(token=Depends(HTTPBearer())): ...
        """,
    ),
    "scheme two dependencies deep": (
        1,
        "dependency",
        """
        scheme = OAuth2PasswordBearer(tokenUrl="token")
        def get_user(token: Annotated[str, Depends(scheme)]): ...
        def get_admin(user=Depends(get_user)): ...
        @app.get("/x", dependencies=[Depends(get_admin)])
        def endpoint(): ...
        """,
    ),
    "scheme on the router": (
        1,
        "dependency",
        """
        router = APIRouter(dependencies=[Depends(HTTPBasic())])
        @router.get("/x")
        def endpoint(): ...
        app.include_router(router)
        """,
    ),
    "partial scheme": (
        1,
        "dependency",
        """
        @app.get("/x")
        def endpoint(token=Depends(partial(HTTPBearer()))): ...
        """,
    ),
    "lenient scheme whose user rejects": (
        1,
        "dependency",
        """
        def get_user(token=Depends(HTTPBearer(auto_error=False))):
            if token is None:
                raise HTTPException(status.HTTP_401_UNAUTHORIZED)
            return token
        @app.get("/x")
        def endpoint(user=Depends(get_user)): ...
        """,
    ),
    "lenient scheme whose user's user rejects": (
        1,
        "dependency",
        """
        def get_optional(token=Depends(HTTPBearer(auto_error=False))):
            if not token:
                return None
            return token
        def get_user(user=Depends(get_optional)):
            if user is None:
                raise HTTPException(403)
        @app.get("/x")
        def endpoint(user=Depends(get_user)): ...
        """,
    ),
    "own scheme": (
        1,
        "dependency",
        """
        class Own(HTTPBearer):
            def __init__(self, auto_error: bool = False):
                super().__init__(auto_error=auto_error)
            async def __call__(self, request: Request):
                if not request.headers.get("Authorization"):
                    raise HTTPException(status_code=403)
        @app.get("/x")
        def endpoint(token=Depends(Own())): ...
        """,
    ),
    "own scheme that asks its base": (
        1,
        "dependency",
        """
        class Own(HTTPBearer):
            async def __call__(self, request: Request):
                return await super().__call__(request)
        @app.get("/x")
        def endpoint(token=Depends(Own())): ...
        """,
    ),
    "header parameter": (
        2,
        "dependency",
        """
        def verify(x_api_key: str = Header(None)):
            if x_api_key != "k":
                raise HTTPException(status_code=401)
        @app.get("/x", dependencies=[Depends(verify)])
        def endpoint(): ...
        """,
    ),
    "header of the request": (
        2,
        "dependency",
        """
        def check(request: Request):
            value = request.headers.get("Authorization")
            if value is None:
                raise HTTPException(401)
        @app.get("/x")
        def endpoint(_=Depends(check)): ...
        """,
    ),
    "cookie, and a helper that rejects": (
        2,
        "dependency",
        """
        def refuse():
            raise HTTPException(status_code=403, detail="no")
        def load(request):
            if "session_id" not in request.cookies:
                refuse()
            return request.cookies["session_id"]
        def check(request: Request):
            return load(request)
        @app.get("/x")
        def endpoint(_=Depends(check)): ...
        """,
    ),
    "state of the request, own exception": (
        2,
        "dependency",
        """
        class Refused(HTTPException):
            def __init__(self):
                super().__init__(status_code=401)
        def check(request: Request):
            if getattr(request.state, "user", None) is None:
                raise Refused()
        @app.get("/x")
        def endpoint(_=Depends(check)): ...
        """,
    ),
    "exception with a class-level status and a handler": (
        2,
        "dependency",
        """
        class Refused(Exception):
            status_code = 403
        @app.exception_handler(Refused)
        def refused(request, error):
            return JSONResponse({}, status_code=error.status_code)
        def check(token: str = Cookie(None)):
            if token is None:
                raise Refused
        @app.get("/x")
        def endpoint(_=Depends(check)): ...
        """,
    ),
    "exception made by a function": (
        2,
        "dependency",
        """
        def no_entry():
            return HTTPException(status_code=403)
        def check(token: str = Query(None)):
            if not token:
                raise no_entry()
        @app.get("/x")
        def endpoint(_=Depends(check)): ...
        """,
    ),
    "instance and method": (
        2,
        "dependency",
        """
        class Checker:
            def __init__(self, role):
                self.role = role
            def __call__(self, request: Request):
                self.check(request)
            def check(self, request):
                if not request.headers.get("x-auth-token"):
                    raise HTTPException(status_code=403)
        @app.get("/x")
        def endpoint(_=Depends(Checker("admin"))): ...
        """,
    ),
    "factory": (
        2,
        "dependency",
        """
        def needs(role):
            def inner(request: Request):
                if request.headers.get("authorization") != role:
                    raise HTTPException(status_code=403)
            return inner
        @app.get("/x")
        def endpoint(_=Depends(needs("admin"))): ...
        """,
    ),
    "switch of the settings": (
        2,
        "dependency",
        """
        def check(authorization: str = Header(None)):
            if not settings.enabled:
                return None
            if authorization is None:
                raise HTTPException(401)
        @app.get("/x")
        def endpoint(_=Depends(check)): ...
        """,
    ),
    "success that returns nothing": (
        2,
        "dependency",
        """
        def check(authorization: str = Header(None)):
            if authorization == "secret":
                return None
            raise HTTPException(401)
        @app.get("/x")
        def endpoint(_=Depends(check)): ...
        """,
    ),
    "endpoint": (
        2,
        "endpoint",
        """
        @app.get("/x")
        def endpoint(request: Request):
            if not request.headers.get("Authorization"):
                raise HTTPException(401)
        """,
    ),
    "decorator": (
        2,
        "decorator",
        """
        def guarded(function):
            @wraps(function)
            def wrapper(*args, request: Request, **kwargs):
                if not request.headers.get("Authorization"):
                    raise HTTPException(401)
                return function(*args, **kwargs)
            return wrapper
        @app.get("/x")
        @guarded
        def endpoint(request: Request): ...
        """,
    ),
    "middleware": (
        2,
        "middleware",
        """
        from starlette.middleware.base import BaseHTTPMiddleware
        class Gate(BaseHTTPMiddleware):
            async def dispatch(self, request: Request, call_next):
                if "authorization" not in request.headers and not request.headers.get("x-api-key"):
                    return JSONResponse({}, status_code=401)
                return await call_next(request)
        app.add_middleware(Gate)
        @app.get("/x")
        def endpoint(): ...
        """,
    ),
    "middleware function": (
        2,
        "middleware",
        """
        @app.middleware("http")
        async def gate(request: Request, call_next):
            if not request.headers.get("x-api-key"):
                return JSONResponse(status_code=403, content={})
            return await call_next(request)
        @app.get("/x")
        def endpoint(): ...
        """,
    ),
}

OPEN = {
    "nothing": """
        @app.get("/x")
        def endpoint(q: str = ""): ...
        """,
    "lenient scheme": """
        @app.get("/x")
        def endpoint(token=Depends(HTTPBearer(auto_error=False))): ...
        """,
    "lenient scheme, anonymous users": """
        def get_user(token=Depends(OAuth2PasswordBearer(tokenUrl="t", auto_error=False))):
            if token is None:
                return None
            if token != "x":
                raise HTTPException(401)
        @app.get("/x")
        def endpoint(user=Depends(get_user)): ...
        """,
    "own scheme that never rejects": """
        class Own(HTTPBearer):
            async def __call__(self, request: Request):
                return request.headers.get("Authorization")
        @app.get("/x")
        def endpoint(token=Depends(Own())): ...
        """,
    "own scheme that is made lenient": """
        class Own(APIKeyHeader):
            def __init__(self):
                super().__init__(name="x-key", auto_error=False)
        @app.get("/x")
        def endpoint(token=Depends(Own())): ...
        """,
    "own lenient scheme": """
        class Own(APIKeyHeader):
            def __init__(self, name: str, auto_error: bool = False):
                super().__init__(name=name, auto_error=auto_error)
        @app.get("/x")
        def endpoint(token=Depends(Own("x-key"))): ...
        """,
    "swallowed exception": """
        def check(request: Request):
            try:
                value = request.headers["Authorization"]
            except KeyError:
                return None
            if value != "x":
                raise HTTPException(401)
        @app.get("/x")
        def endpoint(user=Depends(check)): ...
        """,
    "another status": """
        def find(token: str = Query(None)):
            if token is None:
                raise HTTPException(404)
        @app.get("/x")
        def endpoint(found=Depends(find)): ...
        """,
    "a rejection that reads nothing": """
        def find(page: int = 1):
            if page > 10:
                raise HTTPException(403)
        @app.get("/x")
        def endpoint(found=Depends(find)): ...
        """,
    "credentials that nobody judges": """
        def log(request: Request):
            print(request.headers.get("Authorization"))
        @app.get("/x")
        def endpoint(_=Depends(log)): ...
        """,
    "the class of a scheme": """
        @app.get("/x")
        def endpoint(token: str = ""): ...
        """,
}


def judged(source: str, **settings: object) -> Authentication:
    facts = extract(Source.from_bytes((HEAD + textwrap.dedent(source)).encode(), "app.py"))
    return only_route(link({"app.py": facts}, ModelSettings(**settings)))  # type: ignore[arg-type]


def only_route(project: Project) -> Authentication:
    (route,) = project.routes
    return project.authentication(route)


GUARDS = {
    "def endpoint(user=Depends(admin)): ...": (("admin", "current_user", "HTTPBearer"),),
    "def endpoint(user=Depends(service)): ...": (("current_user", "HTTPBearer"),),
    "def endpoint(a=Depends(service), b=Depends(scheme)): ...": (("current_user", "HTTPBearer"), ("HTTPBearer",)),
    "def endpoint(a=Depends(require('x'))): ...": (("require", "HTTPBearer"),),
    "@login_required\ndef endpoint(request: Request): ...": (("login_required",),),
    "def endpoint(request: Request):\n    if not request.headers.get('Authorization'): raise HTTPException(401)": (),
    "def endpoint(): ...": (),
}


@pytest.mark.parametrize("endpoint", GUARDS)
def test_guards_are_named_from_the_outside_in(endpoint: str) -> None:
    source = """
        import functools
        scheme = HTTPBearer()
        def current_user(token=Depends(scheme)):
            if not token: raise HTTPException(401)
        def admin(user=Depends(current_user)):
            if not user.admin: raise HTTPException(403)
        def service(user=Depends(current_user)): ...
        def require(scope):
            def check(token=Depends(scheme)):
                if not token: raise HTTPException(401)
            return check
        def login_required(function):
            @functools.wraps(function)
            def wrapper(request: Request):
                if not request.headers.get("Authorization"):
                    raise HTTPException(401)
                return function(request)
            return wrapper
        """
    assert judged(f'{textwrap.dedent(source)}\n@app.get("/x")\n{endpoint}').guards == GUARDS[endpoint]


def test_a_middleware_is_named_by_its_class() -> None:
    source = """
        from starlette.middleware.base import BaseHTTPMiddleware
        class KeyMiddleware(BaseHTTPMiddleware):
            async def dispatch(self, request: Request, call_next):
                if not request.headers.get("Authorization"):
                    return JSONResponse({}, status_code=401)
                return await call_next(request)
        app.add_middleware(KeyMiddleware)
        @app.get("/x")
        def endpoint(): ...
        """
    found = judged("from starlette.responses import JSONResponse\n" + textwrap.dedent(source))
    assert (found.source, found.guards) == ("middleware", (("KeyMiddleware",),))


def answer(source: str, folder: Path) -> int:
    """The status with which the application answers a request without credentials."""
    with imported({"app.py": HEAD + textwrap.dedent(source)}, folder) as modules:
        client = TestClient(modules["app"].app, raise_server_exceptions=False)
        return client.get("/x").status_code


@pytest.mark.parametrize("case", REQUIRED)
def test_required(case: str, tmp_path: Path) -> None:
    grade, source, text = REQUIRED[case]
    found = judged(text)
    assert (found.grade, found.source, found.required) == (grade, source, True)
    assert found.evidence and not found.undecided
    assert all(step.location is not None for step in found.evidence)
    assert answer(text, tmp_path) in (401, 403)


@pytest.mark.parametrize("case", OPEN)
def test_open(case: str, tmp_path: Path) -> None:
    found = judged(OPEN[case])
    assert found.required is False
    assert found.grade is None or found.optional
    assert answer(OPEN[case], tmp_path) not in (401, 403)


@pytest.mark.parametrize(
    "dependency",
    [
        "get_current_user",
        "current_active_superuser",
        "require_admin",
        "RequirePermissions",
        "verify_token",
        "check_api_key",
        "login_required",
        "authenticate",
        "PermissionsDependency",
        "auth",
    ],
)
def test_names_speak_for_themselves(dependency: str) -> None:
    found = judged(
        f"""
        from somewhere import {dependency}
        @app.get("/x")
        def endpoint(_=Depends({dependency})): ...
        """
    )
    assert (found.grade, found.required) == (4, True)


@pytest.mark.parametrize(
    "dependency", ["get_db", "get_user", "get_settings", "validate_item", "check_organisation", "authors", "get_author"]
)
def test_names_that_say_nothing(dependency: str) -> None:
    found = judged(
        f"""
        def {dependency}(): ...
        @app.get("/x")
        def endpoint(_=Depends({dependency})): ...
        """
    )
    assert (found.grade, found.required) == (None, False)


def test_names_of_optional_users() -> None:
    found = judged(
        """
        from somewhere import get_optional_current_user
        @app.get("/x")
        def endpoint(_=Depends(get_optional_current_user)): ...
        """
    )
    assert (found.grade, found.optional) == (4, True)


def test_configured_dependencies() -> None:
    text = """
        def gate(): ...
        class Doors:
            def open(self): ...
        @app.get("/x")
        def endpoint(_=Depends({})): ...
        """
    for dependency, configured in (("gate", "gate"), ("gate", "app.gate"), ("Doors().open", "Doors.open")):
        found = judged(text.format(dependency), auth_dependencies=(configured,))
        assert (found.grade, found.required) == (3, True)
    assert judged(text.format("gate"), auth_dependencies=("ate",)).grade is None


@pytest.mark.parametrize(
    "source",
    [
        """
        from somewhere import check
        @app.get("/x")
        def endpoint(_=Depends(check)): ...
        """,
        """
        from somewhere import check
        @app.get("/x", dependencies=check)
        def endpoint(): ...
        """,
        """
        from starlette.middleware.authentication import AuthenticationMiddleware
        app.add_middleware(AuthenticationMiddleware, backend=None)
        @app.get("/x")
        def endpoint(): ...
        """,
        """
        def lax(): ...
        @app.get("/x")
        def endpoint(_=Depends(HTTPBearer() if os.getenv("A") else lax)): ...
        """,
    ],
    ids=["external", "unknown list", "middleware", "choice"],
)
def test_what_is_not_known_is_undecided(source: str) -> None:
    found = judged(source)
    assert (found.grade, found.required) == (None, None)
    assert found.undecided


@pytest.mark.parametrize(
    "source",
    [
        """
        from somewhere import service
        def get_user(token=Depends(HTTPBearer(auto_error=False))):
            return service.find(token)
        @app.get("/x")
        def endpoint(user=Depends(get_user)): ...
        """,
        """
        from somewhere import service
        @app.get("/x")
        def endpoint(token=Depends(HTTPBearer(auto_error=False))):
            return service.find(token)
        """,
        """
        from somewhere import plugin
        def load(request: Request):
            return plugin.load(request)
        @app.get("/x")
        def endpoint(loaded=Depends(load)): ...
        """,
        """
        from somewhere import service
        def load(x_api_key: str = Header(None)):
            return service.load(key=x_api_key.strip())
        @app.get("/x")
        def endpoint(loaded=Depends(load)): ...
        """,
    ],
    ids=["lenient scheme", "lenient scheme in the endpoint", "request", "credential"],
)
def test_credentials_in_unknown_hands_are_undecided(source: str) -> None:
    found = judged(source)
    assert found.required is None
    assert found.undecided


def test_unknown_hands_whose_verdict_is_swallowed() -> None:
    found = judged(
        """
        from somewhere import service
        def get_user(token=Depends(HTTPBearer(auto_error=False))):
            try:
                return service.find(token)
            except Exception:
                return None
        @app.get("/x")
        def endpoint(user=Depends(get_user)): ...
        """
    )
    assert (found.grade, found.optional, found.required) == (1, True, False)


def test_a_choice_of_two_that_both_authenticate() -> None:
    found = judged(
        """
        @app.get("/x")
        def endpoint(_=Depends(HTTPBearer() if os.getenv("A") else HTTPBasic())): ...
        """
    )
    assert (found.grade, found.required) == (1, True)


@pytest.mark.parametrize(
    "dependency",
    [
        "fastapi_pagination.Params",
        "fastapi_limiter.depends.RateLimiter",
        "sqlalchemy.orm.Session",
        "somewhere.get_session",
        "somewhere.get_db",
    ],
)
def test_external_dependencies_that_do_other_things(dependency: str) -> None:
    module, _, name = dependency.rpartition(".")
    found = judged(
        f"""
        from {module} import {name}
        @app.get("/x")
        def endpoint(_=Depends({name})): ...
        """
    )
    assert found.required is False


@pytest.mark.parametrize(("arguments", "required"), [("active=True", True), ("optional=True", False)])
def test_packages_that_authenticate(arguments: str, required: bool) -> None:
    found = judged(
        f"""
        from fastapi_users import FastAPIUsers
        users = FastAPIUsers(None, [])
        current = users.current_user({arguments})
        @app.get("/x")
        def endpoint(_=Depends(current)): ...
        """
    )
    assert (found.grade, found.required) == (1, required)


def test_a_middleware_for_sessions_decides_nothing() -> None:
    found = judged(
        """
        from starlette.middleware.sessions import SessionMiddleware
        app.add_middleware(SessionMiddleware, secret_key="x")
        @app.get("/x")
        def endpoint(): ...
        """
    )
    assert found.required is False


def test_a_decorator_of_starlette() -> None:
    found = judged(
        """
        from starlette.authentication import requires
        @app.get("/x")
        @requires("authenticated")
        def endpoint(request: Request): ...
        """
    )
    assert (found.grade, found.source) == (2, "decorator")


def test_a_decorator_by_its_name() -> None:
    found = judged(
        """
        from somewhere import login_required
        @app.get("/x")
        @login_required
        def endpoint(): ...
        """
    )
    assert (found.grade, found.source) == (4, "decorator")


def test_websockets() -> None:
    source = """
    from fastapi import Depends, FastAPI, Query, WebSocket, WebSocketException
    app = FastAPI()
    def check(websocket: WebSocket, token: str = Query(None)):
        if token is None:
            raise WebSocketException(code=1008)
    @app.websocket("/x")
    async def endpoint(websocket: WebSocket, _=Depends(check)): ...
    """
    found = only_route(project_of(source))
    assert (found.grade, found.required) == (2, True)


def test_the_better_evidence_wins() -> None:
    found = judged(
        """
        from somewhere import get_current_user
        @app.get("/x")
        def endpoint(a=Depends(get_current_user), b=Depends(HTTPBearer()), c=Depends(HTTPBasic(auto_error=False))): ...
        """
    )
    assert (found.grade, found.optional) == (1, False)


def test_the_evidence_leads_from_the_route_to_the_scheme() -> None:
    found = judged(REQUIRED["scheme two dependencies deep"][2])
    assert [step.message for step in found.evidence] == [
        "depends on get_admin (declared on the route)",
        "depends on get_user (parameter 'user')",
        "depends on OAuth2PasswordBearer (parameter 'token')",
        "OAuth2PasswordBearer is a security scheme",
    ]


def test_schemes() -> None:
    source = """
    from fastapi import Depends, FastAPI
    from fastapi.security import APIKeyHeader, HTTPBearer
    class Own(APIKeyHeader):
        def __init__(self): super().__init__(name="x", auto_error=False)
    class Late(APIKeyHeader):
        def __init__(self, auto_error=False): ...
    def options(): ...
    app = FastAPI()
    @app.get("/x")
    def endpoint(
        a=Depends(HTTPBearer()), b=Depends(HTTPBearer(auto_error=False)), c=Depends(Late()), d=Depends(Own()),
        e=Depends(HTTPBearer(**options())), f=Depends(HTTPBearer), g=Depends(HTTPBearer().__call__),
    ): ...
    """
    (route,) = project_of(source).routes
    found = [(scheme.class_name, scheme.auto_error) for scheme in schemes(route.dependant)]
    assert found == [
        ("HTTPBearer", True),
        ("HTTPBearer", False),
        ("Late", False),
        ("Own", False),
        ("HTTPBearer", None),
    ]
