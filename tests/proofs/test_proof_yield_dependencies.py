"""What becomes of the error of an endpoint whose dependency swallows it: the reason of FAL613."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import Depends, FastAPI, HTTPException
from fastapi.testclient import TestClient


def swallowing() -> Iterator[None]:
    try:
        yield
    except Exception:
        pass


def raising_again() -> Iterator[None]:
    try:
        yield
    except Exception:
        raise


@pytest.mark.parametrize(("dependency", "status"), [(swallowing, 500), (raising_again, 404)])
def test_a_swallowed_404_answers_500(dependency: object, status: int) -> None:
    app = FastAPI()

    @app.get("/items")
    def read_items(value: None = Depends(dependency)) -> None:  # type: ignore[arg-type]
        raise HTTPException(404)

    assert TestClient(app, raise_server_exceptions=False).get("/items").status_code == status
