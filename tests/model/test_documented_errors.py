"""What the documentation says of errors, held against FastAPI, and what is raised besides."""

from __future__ import annotations

import textwrap
from typing import Any

from linking import project_of

from fastapi_lint.model.errors.documented import documented_statuses, undocumented_errors

SOURCE = """
    from fastapi import APIRouter, FastAPI, HTTPException

    MORE = {404: {}}
    MORE["5XX"] = {"description": "x"}
    inner = APIRouter(responses={401: {}})
    outer = APIRouter(responses={"402": {}})
    app = FastAPI(responses={418: {}})
    child = FastAPI(responses={451: {}})

    @inner.get("/a", responses=MORE)
    def a() -> None:
        raise HTTPException(403)

    @inner.get("/b")
    @child.get("/c", responses={"default": {"description": "x"}})
    def b() -> None:
        raise HTTPException(401)

    outer.include_router(inner, responses={409: {}}, prefix="/inner")
    app.include_router(outer)
    app.mount("/child", child)
"""


def test_statuses_of_all_levels_are_those_of_fastapi() -> None:
    namespace: dict[str, Any] = {}
    exec(textwrap.dedent(SOURCE), namespace)
    project = project_of(SOURCE)
    found = {route.path: documented_statuses(route) for route in project.routes}
    for app, prefix in ((namespace["app"], ""), (namespace["child"], "/child")):
        for path, item in app.openapi()["paths"].items():
            assert found.pop(prefix + path) == {status.upper() for status in item["get"]["responses"]} - {"200"}
    assert not found


def test_what_is_not_named() -> None:
    found = {route.path: [one.status for one in raised] for route, raised in undocumented_errors(project_of(SOURCE))}
    assert found == {"/inner/a": [403]}


def test_responses_that_are_not_all_known() -> None:
    project = project_of(
        """
        from other import COMMON, status
        from fastapi import FastAPI
        app = FastAPI()
        app.get("/a", responses=COMMON)(lambda: None)
        app.get("/b", responses={**COMMON, 404: {}})(lambda: None)
        app.get("/c", responses={status: {}})(lambda: None)
        app.get("/d", **COMMON)(lambda: None)
        app.get("/e", responses=None)(lambda: None)
        """
    )
    assert [documented_statuses(route) for route in project.routes] == [None, None, None, None, set()]
