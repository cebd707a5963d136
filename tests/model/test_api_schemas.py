"""Which schemas are the API, and which of their fields are sensitive."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.schemas.sensitive import sensitive_kind, shown_sensitive
from fastapi_lint.model.schemas.usage import input_schemas, response_schemas

HEAD = """
from fastapi import FastAPI
from pydantic import BaseModel, Field, SecretStr
app = FastAPI()
class Inner(BaseModel):
    password: str
class Hidden(BaseModel):
    inner: Inner = Field(exclude=True)
class Outer(BaseModel):
    inner: Inner
class Key(BaseModel):
    private_key: str
"""


@pytest.mark.parametrize(
    ("route", "taken", "shown"),
    [
        ("@app.post('/')\ndef a(x: Outer): ...", {"Outer", "Inner"}, set()),
        ("@app.get('/')\ndef a() -> list[Outer]: ...", set(), {"Outer", "Inner"}),
        ("@app.get('/')\ndef a() -> Hidden: ...", set(), {"Hidden"}),
        ("@app.post('/')\ndef a(x: Hidden): ...", {"Hidden", "Inner"}, set()),
        ("@app.post('/')\ndef a(x: int): ...", set(), set()),
    ],
)
def test_the_schemas_of_requests_and_responses(route: str, taken: set[str], shown: set[str]) -> None:
    project = project_of(f"{HEAD}\n{route}")
    assert {schema.name for schema in input_schemas(project.routes, project.schemas)} == taken
    assert {schema.name for schema in response_schemas(project.routes, project.schemas)} == shown


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("password: str", "a password"),
        ("password: str | None = None", "a password"),
        ("passwordHash: str", "a password hash"),
        ("hashed_password: bytes", "a password hash"),
        ("ssh_private_key: str", "a private key"),
        ("client_secret: str", "a client secret"),
        ("oauth_client_secret: str", "a client secret"),
        ("has_client_secret: str", None),
        ("card_number: str", "card data"),
        ("password: bool", None),
        ("password: SecretStr", None),
        ("password_policy: str", None),
        ("public_key: str", None),
        ("card: str", None),
        ("key: str", None),
    ],
)
def test_sensitive_fields(field: str, kind: str | None) -> None:
    (schema,) = project_of(f"{HEAD}\nclass Own(BaseModel):\n    {field}").schemas.named("Own")
    assert sensitive_kind(schema.fields[0]) == kind


@pytest.mark.parametrize(
    ("route", "paths"),
    [
        ("@app.get('/users')\ndef a() -> Outer: ...", ["inner.password"]),
        ("@app.get('/users', response_model_exclude={'inner'})\ndef a() -> Outer: ...", []),
        ("@app.get('/users')\ndef a() -> Hidden: ...", []),
        ("@app.get('/reset-password')\ndef a() -> Inner: ...", []),
        ("@app.get('/credentials')\ndef a() -> Inner: ...", ["password"]),
        ("@app.patch('/credentials')\ndef a() -> Inner: ...", []),
        ("@app.get('/servers')\ndef a() -> Key: ...", ["private_key"]),
        ("@app.post('/servers')\ndef a() -> Key: ...", []),
        ("@app.put('/users')\ndef a(x: Inner) -> Outer: ...", []),
    ],
)
def test_what_responses_show(route: str, paths: list[str]) -> None:
    project = project_of(f"{HEAD}\n{route}")
    found = shown_sensitive(project.routes[0], project.schemas)
    assert [".".join(field.name for field in shown.path) for shown in found] == paths
