"""What FastAPI does with exceptions that say success, and with errors that are returned: FAL105, FAL107 and FAL109."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from fastapi import BackgroundTasks, Depends, FastAPI, HTTPException
from fastapi.testclient import TestClient


def test_an_exception_with_a_success_status_rolls_back_and_drops_background_tasks() -> None:
    app = FastAPI()
    done: list[str] = []

    def session() -> Iterator[None]:
        try:
            yield
            done.append("commit")
        except HTTPException:
            done.append("rollback")
            raise

    @app.get("/raised", dependencies=[Depends(session)])
    def raised(tasks: BackgroundTasks) -> None:
        tasks.add_task(done.append, "task")
        raise HTTPException(200, "Accepted")

    @app.get("/returned", dependencies=[Depends(session)])
    def returned(tasks: BackgroundTasks) -> dict[str, str]:
        tasks.add_task(done.append, "task")
        return {"detail": "Accepted"}

    client = TestClient(app)
    answers = [client.get("/raised"), client.get("/returned")]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, {"detail": "Accepted"})] * 2
    assert done[0] == "rollback" and sorted(done[1:]) == ["commit", "task"]


def test_an_http_exception_with_status_500_is_not_logged_and_a_fault_is_seen_by_the_server(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = FastAPI()

    @app.get("/by-hand")
    def by_hand() -> None:
        raise HTTPException(500, "Failed")

    @app.get("/fault")
    def fault() -> None:
        raise RuntimeError("a fault")

    with caplog.at_level(logging.DEBUG):
        assert TestClient(app).get("/by-hand").status_code == 500
    assert [record for record in caplog.records if record.name.startswith(("fastapi", "starlette", "uvicorn"))] == []
    with pytest.raises(RuntimeError, match="a fault"):
        TestClient(app).get("/fault")
    assert TestClient(app, raise_server_exceptions=False).get("/fault").status_code == 500


def test_a_body_with_a_status_beside_it_is_sent_as_a_list() -> None:
    app = FastAPI()

    @app.get("/")
    def endpoint():  # type: ignore[no-untyped-def]
        return {"detail": "No such book"}, 404

    answer = TestClient(app).get("/")
    assert (answer.status_code, answer.json()) == (200, [{"detail": "No such book"}, 404])
