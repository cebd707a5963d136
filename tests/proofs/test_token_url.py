"""What the documentation makes of a token URL: the reason of FAL119."""

from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.security import OAuth2PasswordBearer
from fastapi.testclient import TestClient


def test_the_document_sends_passwords_to_a_path_that_nothing_answers() -> None:
    app = FastAPI()
    scheme = OAuth2PasswordBearer(tokenUrl="/token")
    app.add_api_route("/me", lambda token: token, dependencies=[Depends(scheme)])
    app.add_api_route("/auth/login", lambda: None, methods=["POST"])
    client = TestClient(app)
    schemes = client.get("/openapi.json").json()["components"]["securitySchemes"]
    url = schemes["OAuth2PasswordBearer"]["flows"]["password"]["tokenUrl"]
    assert url == "/token"
    assert client.post(url).status_code == 404
    assert client.post("/auth/login").status_code == 200


def test_nothing_else_tells_of_it() -> None:
    scheme = OAuth2PasswordBearer(tokenUrl="/token")
    app = FastAPI()

    @app.get("/me")
    def me(token: Annotated[str, Depends(scheme)]) -> str:
        return token

    assert TestClient(app).get("/me", headers={"Authorization": "Bearer x"}).json() == "x"
