"""What of the routing is not known: it is said, and nothing is dropped in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from linking import project_of
from route_oracle import assert_like_fastapi

HEAD = """\
import os
from fastapi import APIRouter, Depends, FastAPI
from elsewhere import plugins, thing
app = FastAPI()
"""
OUTSIDE = "elsewhere.thing is outside the project"

CASES = {
    # paths and prefixes
    "@app.get(thing)\ndef a(): ...": [f"path of a: {OUTSIDE}; the route is not listed"],
    "@app.get(f'/a/{thing}')\ndef a(): ...": [f"path of a: part of an f-string: {OUTSIDE}; the route is not listed"],
    "@app.get('/a' + os.environ['A'])\ndef a(): ...": ["path of a: an environment variable; the route is not listed"],
    "@app.get(thing if os.getpid() else '/a')\ndef a(): ...": [f"path of a: {OUTSIDE}; only the others are listed"],
    "def a(): ...\napp.add_api_route(endpoint=a)": ["path of a: it is not given; the route is not listed"],
    "p = {'a': '/1', 'b': '/2', 'c': '/3', 'd': '/4', 'e': '/5'}[os.getcwd()]\n@app.get(p)\ndef a(): ...": [
        "path of a: it is one of 5 texts; the first 4 are listed"
    ],
    "router = APIRouter(prefix=thing)\n@router.get('/a')\ndef a(): ...\napp.include_router(router)": [
        f"prefix of the router: {OUTSIDE}; the routes below it are not listed"
    ],
    "app.include_router(APIRouter(), prefix=missing)": [
        "prefix of include_router: the name 'missing' is not defined where it is used; "
        "the routes below it are not listed"
    ],
    # routers
    "app.include_router(thing)": [f"included router: {OUTSIDE}; its routes are not listed"],
    "for router in plugins():\n    app.include_router(router.api)": [
        "included router: elsewhere.plugins(…)[…].api is outside the project; its routes are not listed"
    ],
    "for router in [APIRouter(), *plugins()]:\n    app.include_router(router)": [
        "included router: an item of a list that is not fully known; its routes are not listed"
    ],
    "router = APIRouter()\n@router.get('/a')\ndef a(): ...\n@router.get('/b')\ndef b(): ...\nthing.serve(router)": [
        "router: no application is seen to include it; its 2 routes are not listed"
    ],
    "app.include_router(thing)\nrouter = APIRouter()\n@router.get('/a')\ndef a(): ...": [
        f"included router: {OUTSIDE}; its routes are not listed",
        "router: no application is seen to include it; its route is not listed",
    ],
    "@thing.get('/a')\ndef a(): ...": [
        "router of a: elsewhere.thing.get(…) is outside the project; the route is not listed"
    ],
    "@missing.websocket('/a')\ndef a(): ...": [
        "router of a: the name 'missing' is not defined where it is used; the route is not listed"
    ],
    "plugins.setup(app)": [
        "function that takes the application: elsewhere.plugins.setup is outside the project; "
        "routes that it adds are not listed"
    ],
    "def add(app, n):\n    app.get('/a')(add) if n == 0 else add(app, n - 1)\nadd(app, 100)": [
        "call of add: calls are followed only so far; routes that it adds are not listed"
    ],
    # mounted applications and route objects
    "app.mount('/a', thing)": [f"mounted application: {OUTSIDE}; its routes are not listed"],
    "app.mount(thing, FastAPI())": [f"path of a mount: {OUTSIDE}; the routes below it are not listed"],
    "class Wrapper:\n    def __init__(self, app): self.app = app\napp.mount('/a', Wrapper(FastAPI()))": [
        "mounted application: it is an instance of Wrapper; its routes are not listed"
    ],
    "from starlette.middleware.gzip import GZipMiddleware\napp.mount('/a', GZipMiddleware(FastAPI()))": [
        "mounted application: starlette.middleware.gzip.GZipMiddleware(…) is outside the project; "
        "its routes are not listed"
    ],
    "app.host('a.example', FastAPI())": ["host: routes by host are not followed; its routes are not listed"],
    "app.router.routes.extend(thing)": [f"list of routes: {OUTSIDE}; routes in it may be missing"],
    "app.routes.append(thing)": [f"route object: {OUTSIDE}; its route may be missing"],
    "app.routes.pop()": ["routes of a router: code changes them by routes.pop(); some may be listed that are gone"],
    "app.router.routes = thing": ["routes of a router: code replaces them; some may be listed that are gone"],
    "other = FastAPI(routes=[*thing])": ["list of routes: part of it is not known; routes in it may be missing"],
    # of routes that are listed
    "app.add_api_route('/a', thing)": [
        "endpoint elsewhere.thing: it is outside the project; what it takes and does is not known"
    ],
    "@app.api_route('/a', methods=['GET', thing])\ndef a(): ...": [
        "methods of a: part of it is not known; it may answer to more than is listed"
    ],
    "@app.api_route('/a', methods=thing)\ndef a(): ...": [
        f"methods of a: {OUTSIDE}; it may answer to more than is listed"
    ],
    "router = APIRouter()\n@router.get('/a', **thing)\ndef a(): ...\napp.include_router(router, **thing)": [
        "arguments of a: some are passed by * or **; options and dependencies may be missing",
        "arguments of include_router: some are passed by * or **; options and dependencies may be missing",
    ],
    "@app.get('/a', status_code=missing)\ndef a(): ...\n@app.get('/b', status_code=missing)\ndef b(): ...": [
        "status_code: the name 'missing' is not defined where it is used; it is left out (also 2)"
    ],
    "@app.get('/a', dependencies=[*thing])\ndef a(): ...": [
        "dependencies of the route: part of it is not known; what it takes and does is not known"
    ],
    "@app.get('/a', dependencies=thing)\ndef a(): ...": [
        f"dependencies of the route: {OUTSIDE}; what it takes and does is not known"
    ],
    "def d(): ...\n@app.get('/a', dependencies=[Depends(d)] if os.getpid() else thing)\ndef a(): ...": [
        f"dependencies of the route: {OUTSIDE}; what it takes and does is not known"
    ],
    "def d(): ...\nx = Depends(d) if os.getpid() else thing\n@app.get('/a')\ndef a(x=x): ...": [
        f"dependency of the parameter x: {OUTSIDE}; what it takes and does is not known"
    ],
    "def c(x=Depends(thing)): ...\ndef d(): ...\n@app.get('/a')\ndef a(x=Depends(d if os.getpid() else c)): ...": [
        "dependency elsewhere.thing: it is outside the project; what it takes and does is not known"
    ],
    "@app.get('/a')\ndef a(x=Depends(thing), y=Depends(plugins)): ...\n@app.get('/b')\ndef b(x=Depends(thing)): ...": [
        "dependency elsewhere.thing: it is outside the project; what it takes and does is not known (also 2)",
        "dependency elsewhere.plugins: it is outside the project; what it takes and does is not known",
    ],
}


@pytest.mark.parametrize("source", CASES)
def test_what_is_not_known_is_said(source: str) -> None:
    said = []
    for found in project_of(HEAD + source).unresolved:
        others = f" (also {1 + len(found.others)})" if found.others else ""
        said.append(f"{found.what}: {found.reason}; {found.effect}{others}")
    assert said == CASES[source]


SILENT = {
    "static files": "from fastapi.staticfiles import StaticFiles\nclass Own(StaticFiles): ...\n"
    "app.mount('/a', StaticFiles(directory='.'))\napp.mount('/b', Own(directory='.'))",
    "applications of other kinds": "from a2wsgi import WSGIMiddleware\nasync def asgi(scope, receive, send): ...\n"
    "app.mount('/a', WSGIMiddleware(thing))\napp.mount('/b', asgi)",
    "plain routes": "from starlette.routing import Route\ndef a(request): ...\napp.routes.append(Route('/a', a))",
    "servers and tracing": "import uvicorn\nfrom prometheus_fastapi_instrumentator import Instrumentator\n"
    "Instrumentator().instrument(app)\nuvicorn.run(app)\nprint(app)",
    "tracing under a condition": "import logfire\n(logfire if os.getpid() else None).instrument_fastapi(app)",
    "webhooks": "@app.webhooks.post('/a')\ndef a(): ...",
    "callbacks": "back = APIRouter()\n@back.get('/a')\ndef a(): ...\n"
    "@app.get('/b', callbacks=back.routes)\ndef b(): ...",
    "a router that nothing includes": "router = APIRouter()\n@router.get('/a')\ndef a(): ...",
    "other decorators": "from unittest import mock\n@mock.patch('/a')\ndef a(): ...\n"
    "@plugins.get('name')\ndef b(): ...",
    "a dependency under a condition": "def d(): ...\nx = [Depends(d)] if os.getpid() else []\n"
    "y = Depends(d) if os.getpid() else None\n@app.get('/a', dependencies=x)\ndef a(y=y): ...",
}


@pytest.mark.parametrize("case", SILENT)
def test_what_adds_no_routes_is_not_mentioned(case: str) -> None:
    assert project_of(HEAD + SILENT[case]).unresolved == []


def test_routers_under_other_names_in_modules_without_fastapi_are_none() -> None:
    assert project_of("from flask import Flask\napp = Flask('x')\n@app.get('/a')\ndef a(): ...").unresolved == []


def test_tests_are_left_out() -> None:
    source = "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/a')\ndef a(): ..."
    assert project_of({"tests/test_a.py": source, "main.py": "x = 1"}).unresolved == []


def test_things_are_said_once_and_by_place() -> None:
    source = HEAD + "@app.get(thing)\ndef a(): ...\nrouter = APIRouter()\n"
    source += "@router.get('/b')\ndef b(x=Depends(thing)): ...\n@router.get(thing)\ndef c(): ...\n"
    source += "app.include_router(router, prefix='/1')\napp.include_router(router, prefix='/2')\n"
    found = [(item.location.line, item.what) for item in project_of(source).unresolved]
    assert found == [(5, "path of a"), (9, "dependency elsewhere.thing"), (10, "path of c")]


BY_HAND = """
from http import HTTPMethod
from fastapi import FastAPI
from fastapi.routing import APIRoute
class Own(APIRoute): ...
class App(FastAPI):
    def __init__(self, routes): super().__init__(routes=routes)
def a(): ...
def b(): ...
def c(): ...
def d(): ...
app = App([Own("/a", a)])
app.router.routes.append(APIRoute("/b", b, methods=[HTTPMethod.PUT, "get"]))
app.router.routes.extend([APIRoute("/c", c), Own("/d", d, methods=None)])
"""


def test_route_objects_and_methods_are_those_of_fastapi(tmp_path: Path) -> None:
    assert assert_like_fastapi(BY_HAND, tmp_path).unresolved == []


def test_loops_over_lists_with_an_unknown_end_meet_every_known_item() -> None:
    source = HEAD + "routers = [APIRouter(prefix=f'/{n}') for n in range(12)]\nfor router in [*routers, *plugins()]:\n"
    source += "    router.add_api_route('/a', print)\n    app.include_router(router)\n"
    routes = project_of(source).routes
    assert [route.path for route in routes] == [f"/{number}/a" for number in range(12)]
    assert all(route.conditional for route in routes)
