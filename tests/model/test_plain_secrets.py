"""Which settings the model knows, and which fields hold plain secrets."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.schemas.plain_secrets import plain_secrets

SOURCE = """
from fastapi import FastAPI
from pydantic import BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings
app = FastAPI()
class Inner(BaseModel):
    password: str
class Settings(BaseSettings):
    {}
class Body(BaseModel):
    token: str
@app.post("/")
def endpoint(body: Body) -> {}: ...
"""


@pytest.mark.parametrize(
    ("field", "answer", "found"),
    [
        ("secret: str", "None", ["Settings.secret", "Body.token"]),
        ("inner: Inner", "None", ["Inner.password", "Body.token"]),
        ("secret: SecretStr", "None", ["Body.token"]),
        ("secret: str = Field(repr=False)", "None", ["Body.token"]),
        ("secret: str | None = None", "list[Body]", ["Settings.secret"]),
        ("secret: bytes", "Body", ["Settings.secret"]),
        ("secret: int", "Body", []),
    ],
)
def test_plain_secrets(field: str, answer: str, found: list[str]) -> None:
    project = project_of(SOURCE.format(field, answer))
    assert [f"{secret.owner.name}.{secret.field.name}" for secret in plain_secrets(project)] == found
    assert [schema.name for schema in project.schemas.settings] == ["Settings"]
    assert "Settings" not in {schema.name for schema in project.schemas}
