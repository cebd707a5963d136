"""Names of the path and parameters that do not fit together: the reason of FAL123."""

from typing import Annotated

from fastapi import Depends, FastAPI, Path
from fastapi.testclient import TestClient


def test_a_misspelt_name_becomes_a_query_parameter() -> None:
    app = FastAPI()

    @app.get("/users/{user_id}")
    def read(userid: int) -> int:
        return userid

    answer = TestClient(app).get("/users/1")
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", "userid"]


def test_a_path_parameter_that_no_path_gives_is_always_missing() -> None:
    app = FastAPI()

    def team(team_id: Annotated[int, Path()]) -> int:
        return team_id

    @app.get("/teams")
    def read(own: Annotated[int, Depends(team)]) -> int:
        return own

    @app.get("/teams/{team_id}")
    def good(own: Annotated[int, Depends(team)]) -> int:
        return own

    answer = TestClient(app).get("/teams?team_id=1")
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["path", "team_id"]
    assert TestClient(app).get("/teams/1").json() == 1


def test_the_path_of_a_mount_gives_it_where_it_is_marked() -> None:
    app, inner = FastAPI(), FastAPI()

    @inner.get("/marked")
    def marked(team_id: Annotated[int, Path()]) -> int:
        return team_id

    app.mount("/teams/{team_id}", inner)
    assert TestClient(app).get("/teams/7/marked").json() == 7
