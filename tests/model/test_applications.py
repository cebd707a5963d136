"""What surrounds applications: middlewares, event handlers, decorators of endpoints, the start of a server."""

from __future__ import annotations

import pytest
from linking import project_of, route_of

from fastapi_lint.model.endpoints.middlewares import cors_bypasses
from fastapi_lint.model.endpoints.statuses import misfit
from fastapi_lint.model.routing.decorators import bypassed_decorators
from fastapi_lint.model.routing.lifecycle import event_handlers, unstarted_mounts
from fastapi_lint.model.routing.servers import server_starts

HEAD = """
import uvicorn
from contextlib import asynccontextmanager
from functools import cache
from fastapi import FastAPI, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import RedirectResponse
from slowapi.middleware import SlowAPIMiddleware
from somewhere import unheard

app = FastAPI()
@asynccontextmanager
async def lifespan(app): yield
def wrapping(function):
    def wrapper(): return function()
    return wrapper
def marking(function): return function
async def turning_away(request, call_next): return Response(status_code=401)
async def passing(request, call_next): return await call_next(request)
"""


@pytest.mark.parametrize(
    "method, options, returned, expected",
    [
        ("get", "status_code=201", "1", "read"),
        ("get", "status_code=200", "1", None),
        ("get", "", "1", None),
        ("get", "status_code=unheard", "1", None),
        ("post", "status_code=201", "1", None),
        ("put", "status_code=201", "1", None),
        ("patch", "status_code=201", "1", "changed"),
        ("delete", "status_code=201", "1", "changed"),
        ("get", "status_code=302", "{'a': 1}", "redirect"),
        ("get", "status_code=302", "RedirectResponse('/')", None),
        ("get", "status_code=302", "unheard()", None),
        ("get", "status_code=307, response_class=RedirectResponse", "'/'", None),
    ],
)
def test_statuses_that_do_not_fit(method: str, options: str, returned: str, expected: str | None) -> None:
    project = project_of(f"{HEAD}\n@app.{method}('/x', {options})\ndef endpoint(): return {returned}\n")
    assert misfit(route_of(project, f"{method.upper()} /x"), project) == expected


def test_a_put_beside_a_post_replaces() -> None:
    routes = "\n@app.{}('/x', status_code=201)\ndef {}(): return 1\n"
    project = project_of(HEAD + routes.format("post", "a") + routes.format("put", "b"))
    assert misfit(route_of(project, "PUT /x"), project) == "changed"


@pytest.mark.parametrize(
    "added, expected",
    [
        ("app.add_middleware(CORSMiddleware); app.middleware('http')(turning_away)", ["turning_away"]),
        ("app.middleware('http')(turning_away); app.add_middleware(CORSMiddleware)", []),
        ("app.add_middleware(CORSMiddleware); app.middleware('http')(passing)", []),
        ("app.add_middleware(CORSMiddleware); app.add_middleware(SlowAPIMiddleware)", ["SlowAPIMiddleware"]),
        ("app.add_middleware(CORSMiddleware); app.add_middleware(unheard)", []),
        ("app.middleware('http')(turning_away)", []),
    ],
)
def test_what_answers_before_the_cors_middleware(added: str, expected: list[str]) -> None:
    project = project_of(f"{HEAD}\n{added}\n")
    assert [bypass.name for app in project.apps for bypass in cors_bypasses(app, project.bodies)] == expected


@pytest.mark.parametrize(
    "code, expected",
    [
        ("app.on_event('startup')(lifespan)", [("startup", False)]),
        ("app.add_event_handler('shutdown', lifespan)", [("shutdown", False)]),
        ("app = FastAPI(lifespan=lifespan); app.on_event('startup')(lifespan)", [("startup", True)]),
        ("app = FastAPI(lifespan=None); app.on_event('startup')(lifespan)", [("startup", False)]),
        ("app.on_event(unheard)(lifespan)", []),
    ],
)
def test_event_handlers_and_what_takes_their_place(code: str, expected: list[tuple[str, bool]]) -> None:
    project = project_of(f"{HEAD}\n{code}\n")
    assert [(handler.event, handler.lifespan is not None) for handler in event_handlers(project)] == expected


def test_releases_without_lifespans_have_no_deprecated_handlers() -> None:
    project = project_of(f"{HEAD}\napp.on_event('startup')(lifespan)\n", fastapi=(0, 92))
    assert list(event_handlers(project)) == []


@pytest.mark.parametrize(
    "around, expected",
    [
        ("FastAPI()", ["/sub"]),
        ("FastAPI(lifespan=lifespan)", ["/sub"]),
        ("FastAPI(lifespan=unheard)", []),
        ("FastAPI(**unheard)", []),
        ("FastAPI(lifespan=starting)", []),
    ],
)
def test_mounted_applications_that_nobody_starts(around: str, expected: list[str]) -> None:
    code = f"""
sub = FastAPI(lifespan=lifespan)
@asynccontextmanager
async def starting(app):
    async with sub.router.lifespan_context(app):
        yield
outer = {around}
outer.mount('/sub', sub)
"""
    assert [mount.path for mount in unstarted_mounts(project_of(HEAD + code))] == expected


@pytest.mark.parametrize(
    "decorators, expected",
    [
        ("@wrapping\n@app.get('/x')", ["wrapping"]),
        ("@app.get('/x')\n@wrapping", []),
        ("@marking\n@app.get('/x')", []),
        ("@unheard\n@app.get('/x')", []),
        ("@cache\n@marking\n@app.get('/x')\n@cache", ["cache"]),
    ],
)
def test_decorators_above_that_of_the_route(decorators: str, expected: list[str]) -> None:
    project = project_of(f"{HEAD}\n{decorators}\ndef endpoint(): return 1\n")
    assert [found.name for found in bypassed_decorators(route_of(project, "GET /x"), project)] == expected


@pytest.mark.parametrize(
    "code, expected",
    [
        ("uvicorn.run(app, reload=True)", [(True, "reload=True", True)]),
        ("if __name__ == '__main__': uvicorn.run(app, workers=2)", [(True, "workers=2", False)]),
        ("if '__main__' == __name__: uvicorn.run('main:app')", [(False, "", False)]),
        ("def main(): uvicorn.run(app=FastAPI(), workers=1)", [(True, "", False)]),
        ("def main(): uvicorn.run(unheard, reload=unheard)", [(False, "", False)]),
        ("def main(): unheard.run(app)", []),
    ],
)
def test_starts_of_a_server(code: str, expected: list[tuple[bool, str, bool]]) -> None:
    found = server_starts(project_of(f"{HEAD}\n{code}\n"))
    assert [(start.has_object, start.makes_processes, start.at_import) for start in found] == expected
