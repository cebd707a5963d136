"""Routes that are public on purpose or by nature, and routes that only look something up."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.project import Project
from fastapi_lint.model.security.nature import looks_up, public_nature
from fastapi_lint.model.security.public import is_public_path, public_mark

HEAD = """
import jwt
from fastapi import FastAPI, Request
from pydantic import BaseModel
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()

class Base(DeclarativeBase): pass
class Visit(Base):
    __tablename__ = 'visit'
    id: Mapped[int] = mapped_column(primary_key=True)
class NewUser(BaseModel):
    name: str
    password: str
class Proof(BaseModel):
    code: str
class EmailConfirmation(BaseModel):
    code: str
class Mailer:
    def send_verification_code(self, to): ...
def verify_signature(body): ...
"""


def project_with(path: str, name: str, parameters: str = "", body: str = "...", method: str = "post") -> Project:
    """A project whose last route is this one."""
    return project_of(f"{HEAD}\n@app.{method}({path!r})\ndef {name}({parameters}):\n    {body}\n")


def nature(path: str, name: str, parameters: str = "", body: str = "...") -> str | None:
    """What makes a POST route public by nature."""
    project = project_with(path, name, parameters, body)
    return public_nature(project.routes[-1], project)


@pytest.mark.parametrize(
    ("marked", "reason"),
    [
        ("# public: guests\n@app.post('/a')\ndef a(): ...", "guests"),
        ("@app.post('/a')  # public: guests\ndef a(): ...", "guests"),
        ("@app.post(\n    '/a',  # public: guests\n)\ndef a(): ...", "guests"),
        ("@app.post('/a')\ndef a(): ...  # public: guests", "guests"),
        ("#public:guests and more\n@app.post('/a')\ndef a(): ...", "guests and more"),
        ("# public:\n@app.post('/a')\ndef a(): ...", None),
        ("# publication: never\n@app.post('/a')\ndef a(): ...", None),
        ("# public: guests\n\n@app.post('/a')\ndef a(): ...", None),
        ("x = 1  # public: guests\n@app.post('/a')\ndef a(): ...", None),
        ("@app.post('/a')\ndef a():\n    # public: guests\n    ...", None),
        ("s = '# public: guests'\n@app.post('/a')\ndef a(): ...", None),
        ("# public: guests\n# without account\n@app.post('/a')\ndef a(): ...", "guests"),
        ("# about it\n#public: guests\n@app.post('/a')\ndef a(): ...", "guests"),
        ("# public: guests\nx = 1\n# public\n@app.post('/a')\ndef a(): ...", None),
        ("@app.post('/a')  # type: ignore # public: guests  # noqa\ndef a(): ...", "guests"),
        ("@app.post('/a')\n@limited  # public: guests\ndef a(): ...", "guests"),
        ("@limited\n# public: guests\n@app.post('/a')\ndef a(): ...", "guests"),
        ("@app.post('/a')\n# public: guests\nasync def a(): ...", "guests"),
        ("@app.post('/a')\ndef a(\n    x: int,\n):  # public: guests\n    ...", "guests"),
        ("def a(): ...\napp.add_api_route('/a', a)  # public: guests", "guests"),
        ("def a(): ...\n# public: guests\napp.add_api_route('/a', a)", "guests"),
        ("def a(): ...\napp.add_api_route(\n    '/a',\n    a,  # public: guests\n)", "guests"),
        ("# public: guests\ndef a(): ...\napp.add_api_route('/a', a)", "guests"),
        ("def a(): ...\napp.post('/a')(a)  # public: guests", "guests"),
        ("def a(): ...\nfor path in ['/a']:\n    app.add_api_route(path, a)  # public: guests", "guests"),
        ("app.add_api_route('/a', lambda: 1)  # public: guests", "guests"),
        ("def a(): ...\napp.routes.append(APIRoute('/a', a))  # public: guests", "guests"),
        ("class A:\n    # public: guests\n    def __call__(self): ...\napp.add_api_route('/a', A())", "guests"),
        ("app = FastAPI()  # public: all of it\n@app.post('/a')\ndef a(): ...", None),
    ],
)
def test_marks(marked: str, reason: str | None) -> None:
    head = "from fastapi import FastAPI\nfrom fastapi.routing import APIRoute\nfrom x import limited\napp = FastAPI()"
    (route,) = project_of(f"{head}\n{marked}\n").routes
    assert public_mark(route) == reason


ROUTERS = """
from fastapi import APIRouter, FastAPI
inner = APIRouter(){0}
@inner.post('/a')
def a(): ...
outer = APIRouter(
    prefix='/outer',{1}
)
{2}
outer.include_router(inner)
app, sub = FastAPI(), FastAPI()
app.include_router(outer){3}
@sub.post('/a')
def b(): ...
app.mount('/sub', sub){4}
"""


@pytest.mark.parametrize(
    ("place", "marked"), [(0, {"/outer/a"}), (1, {"/outer/a"}), (2, {"/outer/a"}), (3, {"/outer/a"}), (4, {"/sub/a"})]
)
def test_marks_of_what_is_around_a_route(place: int, marked: set[str]) -> None:
    comments = ["  # public: all of it" if place == number else "" for number in range(5)]
    routes = project_of(ROUTERS.format(*comments)).routes
    assert {route.path for route in routes} >= {"/outer/a", "/sub/a"}
    assert {route.path for route in routes if public_mark(route)} == marked


def test_a_mark_beside_one_of_several_registrations_is_not_for_the_others() -> None:
    text = """
from fastapi import FastAPI
app = FastAPI()
@app.post('/a'){0}
{1}
@app.post(
    '/b',{2}
)
{3}
def a(): ...{4}
app.add_api_route('/c', a){5}
"""
    expected = [{"/a"}, {"/b"}, {"/b"}, {"/a", "/b", "/c"}, {"/a", "/b", "/c"}, {"/c"}]
    for place, marked in enumerate(expected):
        comments = ["  # public: it" if place == number else "" for number in range(6)]
        routes = project_of(text.format(*comments)).routes
        assert {route.path for route in routes if public_mark(route)} == marked


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("/hooks/a", "/hooks/a", True),
        ("/hooks/a", "/hooks/*", True),
        ("/hooks/a/b", "/hooks/*", False),
        ("/hooks/a/b", "/hooks/**", True),
        ("/hooks", "/hooks/**", False),
        ("/hooks/a.b", "/hooks/a?b", False),
        ("/hooks/aXb", "/hooks/a.b", False),
        ("/v1/hooks/a", "/*/hooks/*", True),
        ("/v1/x/hooks", "**/hooks", True),
        ("/v1/hooks", "/v1/**/hooks", True),
        ("/v1/a/b/hooks", "/v1/**/hooks", True),
        ("/v1hooks", "/v1/**/hooks", False),
        ("/items/{id}", "/items/{id}", True),
        ("/hooks/ab", "/hooks/a", False),
    ],
)
def test_patterns_of_paths(path: str, pattern: str, fits: bool) -> None:
    assert is_public_path(path, (pattern,)) is fits
    assert is_public_path(path, ("/nowhere", pattern)) is fits


def test_no_pattern_fits_nothing() -> None:
    assert not is_public_path("/a", ())


@pytest.mark.parametrize(
    ("path", "name", "reason"),
    [
        ("/login", "run", "login"),
        ("/session", "log_in_user", "log in"),
        ("/auth/token", "run", "token"),
        ("/auth/resetPassword", "run", "reset password"),
        ("/password-recovery/{email}", "run", "password recovery"),
        ("/register", "run", "register"),
        ("/people", "register_new_user", "register"),
        ("/healthz", "run", "healthz"),
        ("/contact", "run", "contact"),
        ("/contact/{id}", "run", None),
        ("/auth/refresh", "run", "auth refresh"),
        ("/cache/refresh", "run", None),
        ("/callback/{provider}", "run", "callback"),
        ("/login/history/entries", "run", None),
        ("/admins/register", "register_as_super_admin", None),
        ("/replicas/register", "register_replica", None),
        ("/items", "create_item", None),
    ],
)
def test_nature_by_name(path: str, name: str, reason: str | None) -> None:
    assert nature(path, name) == reason


@pytest.mark.parametrize(
    ("path", "parameters", "body", "reason"),
    [
        ("/users", "user: NewUser", "...", "sign up"),
        ("/users", "user: list[NewUser]", "...", "sign up"),
        ("/users", "name: str", "...", None),
        ("/items", "item: NewUser", "...", None),
        ("/users/{id}", "id: int, user: NewUser", "...", None),
        ("/users/{id}/verify", "id: int, proof: Proof", "...", "one-time code"),
        ("/verify", "token: str", "...", "one-time code"),
        ("/mail", "proof: EmailConfirmation", "...", "one-time code"),
        ("/coupons", "proof: Proof", "...", None),
        ("/verify", "name: str", "...", None),
        ("/begin", "mailer: Mailer", "mailer.send_verification_code('a')", "one-time code"),
        ("/begin", "mailer: Mailer", "mailer.send('a')", None),
        ("/claims", "claim: str", "jwt.decode(claim, 'key', algorithms=['HS256'])", "signature"),
        ("/claims", "claim: str", "verify_signature(claim)", "signature"),
        ("/claims", "claim: str", "print(claim)", None),
    ],
)
def test_nature_by_what_it_takes_and_does(path: str, parameters: str, body: str, reason: str | None) -> None:
    assert nature(path, "run", parameters, body) == reason


def test_who_registers_elsewhere_does_not_sign_up() -> None:
    project = project_of(
        f"{HEAD}\n@app.post('/signup')\ndef sign(): ...\n@app.post('/users')\ndef create_user(user: NewUser): ...\n"
    )
    assert public_nature(project.routes[-1], project) is None


@pytest.mark.parametrize(
    ("path", "name", "body", "expected"),
    [
        ("/items/search", "run", "...", True),
        ("/items", "find_items", "...", True),
        ("/items", "api_list_items", "...", True),
        ("/conversion", "run", "...", True),
        ("/items", "create_item", "...", False),
        ("/items", "get_or_create_item", "...", False),
        ("/visits/check-in", "run", "...", False),
        ("/items/{id}/read", "read_item", "...", False),
        ("/visits/check", "check_visit", "session.add(Visit())", False),
    ],
)
def test_lookups(path: str, name: str, body: str, expected: bool) -> None:
    project = project_with(path, name, "session: Session", body)
    assert looks_up(project.routes[-1], project) is expected


def test_only_posts_look_up() -> None:
    project = project_with("/items/search", "run", method="delete")
    assert not looks_up(project.routes[-1], project)
