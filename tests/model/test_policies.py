"""Which routes a policy speaks of, and how they break it."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.routing.policies import breach, is_meant
from fastapi_lint.model.settings import Policy

HEAD = """
import os
from fastapi import Depends, FastAPI, WebSocket
from elsewhere import methods, thing
app = FastAPI()
def admin(): ...
def inner(a=Depends(admin)): ...
def other(): ...
def role(name):
    def check(): ...
    return check
"""


@pytest.mark.parametrize(
    ("decorator", "policy", "meant"),
    [
        ("@app.get('/a/b')", Policy("x"), True),
        ("@app.get('/a/b')", Policy("x", ("/a/**",)), True),
        ("@app.get('/a/b')", Policy("x", ("/b/**", "/a/*")), True),
        ("@app.get('/a/b')", Policy("x", ("/b/**",)), False),
        ("@app.get('/a/')", Policy("x", ("/a",)), True),
        ("@app.get('/{f:path}')", Policy("x", ("/{f}",)), True),
        ("@app.get('/a')", Policy("x", methods=("GET",)), True),
        ("@app.get('/a')", Policy("x", methods=("POST",)), False),
        ("@app.api_route('/a', methods=['GET', 'POST'])", Policy("x", methods=("POST",)), True),
        ("@app.api_route('/a', methods=methods)", Policy("x", methods=("POST",)), True),
        ("@app.websocket('/a')", Policy("x", methods=("WEBSOCKET",)), True),
        ("@app.websocket('/a')", Policy("x", methods=("GET",)), False),
    ],
)
def test_routes_that_a_policy_speaks_of(decorator: str, policy: Policy, meant: bool) -> None:
    (route,) = project_of(f"{HEAD}\n{decorator}\ndef a(): ...").routes
    assert is_meant(route, policy) is meant


@pytest.mark.parametrize(
    ("parameters", "kind"),
    [
        ("", "missing"),
        ("x=Depends(other)", "missing"),
        ("x=Depends(admin)", None),
        ("x=Depends(inner)", None),
        ("x=Depends(thing)", "unknown"),
        ("x=Depends(admin if os.environ.get('A') else other)", "conditional"),
        ("x=Depends(other if os.environ.get('A') else admin)", "conditional"),
        ("x=Depends(inner if os.environ.get('A') else other)", "conditional"),
        ("x=Depends(thing), y=Depends(admin)", None),
    ],
)
def test_breaches(parameters: str, kind: str | None) -> None:
    (route,) = project_of(f"{HEAD}\n@app.get('/a')\ndef a({parameters}): ...").routes
    found = breach(route, Policy("admin"))
    assert (found.kind if found is not None else None) == kind


def test_names_of_a_dependency() -> None:
    (route,) = project_of(f"{HEAD}\n@app.get('/a')\ndef a(x=Depends(role('lead'))): ...").routes
    for name, held in {
        "role": True,
        "main.role": True,
        "check": True,
        "le": False,
        "ole": False,
        "lead": False,
    }.items():
        assert (breach(route, Policy(name)) is None) is held
