"""What a test that requests a wrong path tells: the reason of FAL144."""

import asyncio

import pytest
from fastapi import APIRouter, Depends, FastAPI, HTTPException
from fastapi.testclient import TestClient
from httpx import ASGITransport, AsyncClient


def refuse() -> None:
    raise HTTPException(401)


def application() -> FastAPI:
    router = APIRouter(prefix="/api/users", dependencies=[Depends(refuse)])
    router.add_api_route("/me", lambda: "me")
    app = FastAPI()
    app.include_router(router)
    return app


def test_a_wrong_path_is_refused_too() -> None:
    client = TestClient(application())
    assert client.get("/users/me").status_code != 200  # what such a test says, though nothing was checked
    assert client.get("/users/me").json() == {"detail": "Not Found"}
    assert client.get("/api/users/me").status_code == 401


@pytest.mark.parametrize("path", ["/me", "me"])
def test_the_path_of_the_base_comes_first(path: str) -> None:
    based = TestClient(application(), base_url="http://test/api/users")
    assert based.get(path).status_code == 401
    assert based.get("http://test/me").status_code == 404


def test_a_coroutine_client_does_so_too() -> None:
    async def ask() -> int:
        transport = ASGITransport(app=application())
        async with AsyncClient(transport=transport, base_url="http://test/api") as client:
            return (await client.get("/users/me")).status_code

    assert asyncio.run(ask()) == 401


def test_a_slash_at_the_end_redirects() -> None:
    assert TestClient(application()).get("/api/users/me/").status_code == 401


def test_a_root_path_may_be_part_of_it() -> None:
    assert TestClient(application(), root_path="/v1").get("/v1/api/users/me").status_code == 401
