"""Statuses by their names, and where a project writes them."""

from __future__ import annotations

import warnings
from http import HTTPStatus

from linking import project_of
from starlette import status as starlette_status

from fastapi_lint.model.endpoints.status_names import (
    PYTHON,
    STARLETTE,
    StatusNames,
    phrase,
    python_name,
    starlette_name,
    style_of_name,
    written_statuses,
)
from fastapi_lint.model.settings import ModelSettings


def test_all_names_are_those_of_the_installed_libraries() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for status in HTTPStatus:
            own, python = starlette_name(status.value, ModelSettings()), python_name(status.value)
            assert own is not None and python is not None
            assert getattr(starlette_status, own) == HTTPStatus[python] == status.value
            assert style_of_name(own, status.value) == STARLETTE and style_of_name(python, status.value) == PYTHON


def test_what_has_no_name() -> None:
    assert starlette_name(499, ModelSettings()) is None and python_name(499) is None
    assert style_of_name("HTTP_404_NOT_FOUND", 409) is None
    assert phrase(499) == "499" and phrase(404) == "Not Found" and phrase(422) == "Unprocessable Content"


def test_the_release_of_starlette_and_that_of_fastapi_tell_the_name() -> None:
    for versions, name in (
        ({}, "CONTENT"),
        ({"starlette": (0, 48)}, "CONTENT"),
        ({"starlette": (0, 47, 3), "fastapi": (0, 116, 2)}, "ENTITY"),
        ({"fastapi": (0, 116, 1)}, "ENTITY"),
        ({"fastapi": (0, 116, 2)}, "CONTENT"),
    ):
        found = starlette_name(422, ModelSettings(versions=dict(versions)))
        assert found == f"HTTP_422_UNPROCESSABLE_{name}", versions


def test_the_name_that_the_project_writes_comes_first() -> None:
    project = project_of(
        """
        from fastapi import FastAPI, HTTPException, status
        app = FastAPI()
        @app.get("/")
        def endpoint(): raise HTTPException(status.HTTP_422_UNPROCESSABLE_ENTITY)
        """
    )
    names = StatusNames(ModelSettings(), written_statuses(project))
    assert names.of(422, STARLETTE) == "HTTP_422_UNPROCESSABLE_ENTITY"
    assert names.of(413, STARLETTE) == "HTTP_413_CONTENT_TOO_LARGE"
    assert names.of(422, PYTHON) == "UNPROCESSABLE_ENTITY" and names.of(499, PYTHON) is None


def test_where_statuses_are_written() -> None:
    project = project_of(
        """
        from http import HTTPStatus
        from fastapi import FastAPI, HTTPException, status
        from fastapi.responses import JSONResponse, RedirectResponse
        from starlette.status import HTTP_409_CONFLICT as conflict, HTTP_410_GONE

        app = FastAPI()
        class Gone(HTTPException): ...
        class Own(HTTPException):
            def __init__(self, text: str, status_code: int = 400): ...
        def other(code): return code

        @app.post("/a", status_code=201)
        def endpoint(code: int):
            if code == 1: raise HTTPException(404)
            if code == 2: raise HTTPException(status_code=status.HTTP_403_FORBIDDEN)
            if code == 3: raise Gone(HTTP_410_GONE)
            if code == 4: raise Own("x", 418)
            if code == 5: raise HTTPException(code)
            if code == 6: raise HTTPException(conflict)
            if code == 7: return RedirectResponse("/", 303)
            other(500)
            return JSONResponse({}, status_code=HTTPStatus.ACCEPTED)

        @app.get("/b", status_code=status.HTTP_200_OK)
        def second(): return JSONResponse({})
        """
    )
    found = {written.status: (written.style, written.to) for written in written_statuses(project)}
    assert found == {
        201: (None, "POST /a"),
        404: (None, "HTTPException"),
        403: (STARLETTE, "HTTPException"),
        410: (STARLETTE, "Gone"),
        303: (None, "RedirectResponse"),
        202: (PYTHON, "JSONResponse"),
        200: (STARLETTE, "GET /b"),
    }
