"""What FastAPI and clients do with parameters and bodies: the reasons of FAL117, FAL132, FAL136, FAL137, FAL138, FAL143
and FAL212."""

from __future__ import annotations

from typing import Annotated, Any, Optional

import pytest
from fastapi import Body, Cookie, Depends, FastAPI, File, Form, Header, Path, Query, Request, UploadFile
from fastapi.testclient import TestClient
from pydantic import BaseModel, Json
from starlette.datastructures import UploadFile as StarletteUploadFile


class Picture(BaseModel):
    title: str


FILE = {"file": ("a.txt", b"text")}


def client(method: str, endpoint: Any) -> TestClient:
    """A client of an application with one route."""
    app = FastAPI()
    app.add_api_route("/", endpoint, methods=[method])
    return TestClient(app)


def test_an_unmarked_model_is_the_body_of_a_get() -> None:
    def endpoint(picture: Picture) -> str:
        return picture.title

    asked = client("GET", endpoint)
    assert asked.get("/", params={"title": "x"}).status_code == 422
    assert asked.request("GET", "/", json={"title": "x"}).json() == "x"


@pytest.mark.parametrize("shortcut", ["get", "head", "delete"])
def test_shortcuts_of_clients_take_no_body(shortcut: str) -> None:
    with pytest.raises(TypeError, match="json"):
        getattr(client("GET", lambda: None), shortcut)("/", json={})


def mixed(file: UploadFile, picture: Picture) -> str:
    return picture.title


@pytest.mark.parametrize(
    "parts",
    [
        {"files": FILE, "data": {"picture": '{"title": "x"}'}},
        {"files": {**FILE, "picture": (None, '{"title": "x"}', "application/json")}},
        {"files": FILE, "data": {"title": "x"}},
        {"json": {"picture": {"title": "x"}}},
    ],
)
def test_no_form_holds_a_json_body(parts: dict[str, Any]) -> None:
    assert client("POST", mixed).post("/", **parts).status_code == 422


def test_a_form_holds_plain_values_and_texts_that_are_parsed() -> None:
    def endpoint(file: Any, number: Any, names: Any, picture: Any) -> str:
        return f"{number} {names} {picture.title}"

    data = {"number": "1", "names": ["a", "b"], "picture": '{"title": "x"}'}
    endpoint.__annotations__ = {
        "file": UploadFile,
        "number": Annotated[int, Body()],
        "names": Annotated[list[str], Body()],
        "picture": Annotated[Json[Picture], Form()],
    }
    assert client("POST", endpoint).post("/", files=FILE, data=data).json() == "1 ['a', 'b'] x"


def test_bytes_are_read_before_the_endpoint_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str | None] = []
    original = StarletteUploadFile.read

    async def noted(self: StarletteUploadFile, size: int = -1) -> bytes:
        read.append(self.filename)
        return await original(self, size)

    def spooled(file: UploadFile) -> int:
        return len(read)

    def whole(file: Any) -> int:
        return len(read)

    whole.__annotations__ = {"file": Annotated[bytes, File()]}
    monkeypatch.setattr(StarletteUploadFile, "read", noted)
    assert client("POST", spooled).post("/", files=FILE).json() == 0
    assert client("POST", whole).post("/", files=FILE).json() == 1


@pytest.mark.parametrize(
    "annotation",
    [
        Optional[str],
        Annotated[Optional[str], Query()],
        Annotated[Optional[str], Header()],
        Annotated[Optional[str], Cookie()],
    ],
)
def test_a_type_with_none_is_no_default(annotation: Any) -> None:
    def required(value: Any) -> None: ...

    def optional(value: Any = None) -> None: ...

    required.__annotations__ = optional.__annotations__ = {"value": annotation}
    assert client("GET", required).get("/").json()["detail"][0]["type"] == "missing"
    assert client("GET", optional).get("/").status_code == 200


def test_a_marker_as_default_is_what_a_plain_call_gets() -> None:
    def by_default(q: str = Query("all")) -> Any:
        return q

    def annotated(q: Annotated[str, Query()] = "all") -> Any:
        return q

    assert isinstance(by_default(), type(Query())) and annotated() == "all"


@pytest.mark.parametrize(
    "annotation, default",
    [
        (Annotated[int, Query(1)], None),
        (Annotated[int, Query(default=None)], 1),
        (Annotated[int, Body(1)], 1),
        (Annotated[int, Query()], Query(1)),
        (Annotated[int, Query()], Depends(int)),
        (Annotated[int, Depends(int)], Depends(int)),
    ],
)
def test_conflicting_declarations_are_refused(annotation: Any, default: Any) -> None:
    def endpoint(value: Any = default) -> None: ...

    endpoint.__annotations__ = {"value": annotation}
    with pytest.raises(AssertionError, match="(?i)annotat"):
        client("POST", endpoint)


def test_a_parameter_of_the_path_has_no_default() -> None:
    def endpoint(value: Annotated[int, Path()] = 1) -> None: ...

    endpoint.__annotations__ = {"value": Annotated[int, Path()]}
    with pytest.raises(AssertionError, match="cannot have (?:a )?default"):
        FastAPI().get("/{value}")(endpoint)
    with pytest.raises(AssertionError, match="cannot have (?:a )?default"):
        Path(1)


@pytest.mark.parametrize("annotation", [Annotated[int, Query()], Annotated[int, Header()], Annotated[int, Body()]])
def test_a_parameter_of_the_path_is_marked_as_nothing_else(annotation: Any) -> None:
    def endpoint(value: Any) -> None: ...

    endpoint.__annotations__ = {"value": annotation}
    with pytest.raises(AssertionError, match="path param"):
        FastAPI().get("/{value}")(endpoint)


@pytest.mark.parametrize("sent", [{}, {"title": 1}, {"title": None}])
def test_only_a_schema_answers_422_to_a_body_of_the_wrong_shape(sent: Any) -> None:
    def validated(picture: Picture) -> str:
        return picture.title.upper()

    def by_dict(picture: dict[str, Any]) -> str:
        return picture["title"].upper()

    async def parsed(request: Request) -> str:
        return (await request.json())["title"].upper()

    assert client("POST", validated).post("/", json=sent).status_code == 422
    for endpoint in (by_dict, parsed):
        with pytest.raises((KeyError, AttributeError)):
            client("POST", endpoint).post("/", json=sent)


def test_a_list_or_no_json_reaches_code_that_parses_the_body() -> None:
    async def parsed(request: Request) -> str:
        return (await request.json())["title"].upper()

    for sent in ({"json": []}, {"content": "{"}):
        app = FastAPI()
        app.add_api_route("/", parsed, methods=["POST"])
        assert TestClient(app, raise_server_exceptions=False).post("/", **sent).status_code == 500  # type: ignore[arg-type]


def test_the_document_has_no_fields_for_a_dict_and_no_body_for_a_request() -> None:
    def by_dict(picture: dict[str, Any]) -> None: ...

    async def parsed(request: Request) -> None: ...

    documents = []
    for endpoint in (by_dict, parsed):
        app = FastAPI()
        app.add_api_route("/", endpoint, methods=["POST"])
        documents.append(app.openapi()["paths"]["/"]["post"])
    assert "properties" not in documents[0]["requestBody"]["content"]["application/json"]["schema"]
    assert "requestBody" not in documents[1]
