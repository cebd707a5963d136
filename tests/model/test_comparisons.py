"""Which comparisons tell of secrets by their time."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.security.comparisons import secret_comparisons

HEAD = """
import hmac, os
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    key: str
    api_key: str
    token_url: str = ""
settings = Settings()
TOKEN = os.environ["TOKEN"]
FIXED_TOKEN = "x"
def function(given, request, config: Settings):
    """


def secrets(body: str) -> list[str]:
    project = project_of(HEAD + body.replace("\n", "\n    ") + "\n")
    function = next(function for function in project.functions if function.name == "function")
    return [found.secret for found in secret_comparisons(function, project.bodies)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("return given == settings.api_key", ["settings.api_key"]),
        ("return settings.api_key != given", ["settings.api_key"]),
        ("return given.encode() == config.api_key.encode()", ["config.api_key"]),
        ("return given == f'Bearer {TOKEN}'", ["TOKEN"]),
        ("return given['token'] == 'Bearer ' + TOKEN", ["TOKEN"]),
        ("return given == os.environ['TOKEN']", ["TOKEN"]),
        ("return given == os.getenv('TOKEN')", ["TOKEN"]),
        ("return given == hmac.new(b'', b'', 'sha1').hexdigest()", ["an HMAC"]),
        ("return given == hmac.digest(b'', b'', 'sha1')", ["an HMAC"]),
        ("x = settings.api_key\nreturn given == x", ["settings.api_key"]),
        ("x = request.headers.get('x')\nreturn x == TOKEN", ["TOKEN"]),
        ("_, x = given.split()\nreturn x == TOKEN", ["TOKEN"]),
        ("return given == TOKEN or given == settings.api_key", ["TOKEN", "settings.api_key"]),
        ("return given in (TOKEN, '')", ["TOKEN"]),
        ("return given not in [settings.key, settings.api_key]", ["settings.api_key"]),
        ("return TOKEN in (given, '')", ["TOKEN"]),
        ("return given in {TOKEN, ''}", []),
        ("return given in TOKEN", []),
        ("return given == settings.key", []),
        ("return given == settings.token_url", []),
        ("return given == FIXED_TOKEN", []),
        ("return given == os.getenv('TOKEN_URL')", []),
        ("return TOKEN == ''", []),
        ("return TOKEN == settings.api_key", []),
        ("return TOKEN == config.api_key", []),
        ("return given is TOKEN", []),
        ("return given == other.token", []),
        ("TOKEN = 'x'\nreturn given == TOKEN", []),
        ("x = TOKEN\nx = ''\nreturn given == x", []),
        ("x = make()\nreturn x == TOKEN", []),
        ("def inner(given):\n    return given == TOKEN\nreturn inner", []),
    ],
)
def test_comparisons(body: str, found: list[str]) -> None:
    assert secrets(body) == found
