"""What stands before the pages of the documentation: the reason of FAL362."""

from __future__ import annotations

from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer
from fastapi.testclient import TestClient


def client(**options: object) -> TestClient:
    """A client of an application whose routes all ask for a token."""
    app = FastAPI(dependencies=[Depends(HTTPBearer())], **options)  # type: ignore[arg-type]
    app.get("/books")(lambda: [])
    return TestClient(app)


def test_dependencies_of_an_application_do_not_close_its_documentation() -> None:
    open_client = client()
    assert open_client.get("/books").status_code in (401, 403)
    assert {open_client.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")} == {200}
    assert "/books" in open_client.get("/openapi.json").json()["paths"]


def test_without_the_document_there_are_no_pages() -> None:
    closed = client(openapi_url=None)
    assert {closed.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")} == {404}
