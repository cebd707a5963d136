"""What bodies read from the request by name."""

from __future__ import annotations

import pytest
from running import linked

from fastapi_lint.model.security.request_reads import request_reads


def reads(body: str, parameter: str = "request: Request") -> list[tuple[str, str]]:
    source = f"from fastapi import Request, WebSocket\ndef endpoint({parameter}):\n    {body}\n"
    interpreter = linked({"app.py": source}).interpreter
    (function,) = interpreter.functions
    return [(read.carrier, read.key) for read in request_reads(interpreter.bodies.of(function))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return request.headers['Authorization']", [("headers", "Authorization")]),
        ("return request.headers.get('Authorization', '')", [("headers", "Authorization")]),
        ("return request.cookies.get(key='sid')", [("cookies", "sid")]),
        ("return request.query_params.getlist('page')", [("query_params", "page")]),
        ("headers = request.headers; return headers.get('A')", [("headers", "A")]),
        ("return request.headers['A'].split()[1]", [("headers", "A")]),
        ("return request.headers[name]", []),
        ("return request.state['A']", []),
        ("def inner():\n        return request.headers['A']", []),
    ],
)
def test_reads(body: str, expected: list[tuple[str, str]]) -> None:
    assert reads(body) == expected


def test_websockets_are_requests_too() -> None:
    assert reads("return ws.cookies['sid']", "ws: WebSocket") == [("cookies", "sid")]


def test_headers_of_something_else() -> None:
    assert reads("return response.headers['A']", "response") == []
