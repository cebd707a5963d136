"""What reaches an endpoint as the client has sent it: reasons of FAL357 and FAL360."""

from __future__ import annotations

from fastapi import FastAPI, UploadFile
from fastapi.responses import RedirectResponse
from fastapi.testclient import TestClient

app = FastAPI()


@app.post("/uploads")
def upload(file: UploadFile) -> str | None:
    return file.filename


@app.get("/folders/{name}")
def read_folder(name: str) -> str:
    return name


@app.get("/files/{name:path}")
def read_file(name: str) -> str:
    return name


@app.get("/login")
def log_in(target: str) -> RedirectResponse:
    return RedirectResponse(target)


client = TestClient(app)


def test_the_file_name_of_an_upload_comes_as_it_was_sent() -> None:
    assert client.post("/uploads", files={"file": ("../../etc/passwd", b"x")}).json() == "../../etc/passwd"


def test_a_part_of_the_path_holds_no_slash_and_the_rest_of_it_does() -> None:
    assert client.get("/folders/a%2Fb").status_code == 404
    assert client.get("/files/a%2F..%2Fb").json() == "a/../b"


def test_a_redirect_leads_to_another_site() -> None:
    answer = client.get("/login", params={"target": "https://evil.example.com"}, follow_redirects=False)
    assert answer.headers["location"] == "https://evil.example.com"
