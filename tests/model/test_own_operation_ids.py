"""Which operation ids code gives to routes."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.routing.operation_ids import own_operation_id


@pytest.mark.parametrize(
    ("of_app", "of_route", "expected"),
    [
        ("lambda route: route.name", "", "read"),
        ("lambda route: f'{route.tags[0]}-{route.name}'", ", tags=['a']", "a-read"),
        ("lambda route: f'{route.tags[0]}-{route.name}'", ", tags=[unknown]", None),
        ("lambda route: f'{route.tags[0]}-{route.name}'", ", tags=unknown", None),
        ("lambda route: route.path_format + route.name", "", "/books/{id}read"),
        ("lambda route: route.name", ", name='own'", "own"),
        ("lambda route: route.name", ", operation_id='own'", "own"),
        ("lambda route: route.name", ", generate_unique_id_function=lambda route: 'nearer'", "nearer"),
        ("lambda route: unknown(route)", "", None),
        ("either", "", None),
        ("perhaps", "", None),
        ("unknown", "", None),
        ("None", "", None),
    ],
)
def test_own_operation_ids(of_app: str, of_route: str, expected: str | None) -> None:
    project = project_of(
        "from fastapi import FastAPI\nfrom somewhere import unknown\n"
        "def either(route): return 'a' if unknown else 'b'\n"
        "def perhaps(route):\n    if unknown: return 'a'\n"
        f"app = FastAPI(generate_unique_id_function={of_app})\n"
        f"@app.get('/books/{{id}}'{of_route})\ndef read(id: int): ...\n"
    )
    (app,) = project.apps
    assert own_operation_id(app.routes[0], app, project.bodies) == expected
