"""When a dependency with yield ends, and when background tasks run: the reason of FAL514."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import BackgroundTasks, Depends, FastAPI
from fastapi.testclient import TestClient


@pytest.mark.parametrize(
    ("scope", "order"),
    [
        ("function", ["opened", "endpoint", "closed", "task"]),
        ("request", ["opened", "endpoint", "task", "closed"]),
        (None, ["opened", "endpoint", "task", "closed"]),
    ],
)
def test_when_a_dependency_ends(scope: str | None, order: list[str]) -> None:
    app = FastAPI()
    seen: list[str] = []

    def session() -> Iterator[None]:
        seen.append("opened")
        yield
        seen.append("closed")

    @app.get("/", dependencies=[Depends(session, scope=scope)])  # type: ignore[arg-type]
    def endpoint(tasks: BackgroundTasks) -> None:
        tasks.add_task(seen.append, "task")
        seen.append("endpoint")

    TestClient(app).get("/")
    assert seen == order
