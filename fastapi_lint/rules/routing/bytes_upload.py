"""FAL138: an uploaded file as bytes."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.project import Project
from fastapi_lint.model.types import element, members, origin_name, strip
from fastapi_lint.model.values import Value
from fastapi_lint.rules.api import Rule


class BytesUpload(Rule):
    """An uploaded file is taken as `bytes`.

    ## What it does
    Reports `File()` parameters of the type `bytes`, `bytes | None` or `list[bytes]`, in endpoints and dependencies.

    ## Why is this bad?
    FastAPI reads the whole file into memory before the endpoint runs, however large it is, and before anybody can look
    at its size, name or content type, which `bytes` do not have. A few large uploads at once end the process. An
    `UploadFile` stays in a spooled file on disk and is read in pieces.

    ## Bad
    ```python
    from typing import Annotated

    from fastapi import FastAPI, File

    app = FastAPI()


    @app.post("/files", status_code=201)
    def upload(file: Annotated[bytes, File()]) -> int:
        return len(file)
    ```

    ## Good
    ```python
    from fastapi import FastAPI, HTTPException, UploadFile

    app = FastAPI()


    @app.post("/files", status_code=201)
    def upload(file: UploadFile) -> int:
        if file.size is None or file.size > 1_000_000:
            raise HTTPException(413)
        return file.size
    ```

    ## When not to use it
    Where a proxy in front limits the size of requests to what memory can bear.

    ## Known limitations
    `await file.read()` of an `UploadFile` reads all of it too and is not reported. Silent: `bytes` marked `Form()` or
    `Body()`, which are no files.

    ## References
    - https://fastapi.tiangolo.com/tutorial/request-files/#file-parameters-with-uploadfile
    - proof: `tests/proofs/test_request_parameters.py`
    """

    code = "FAL138"
    name = "bytes-upload"
    standards = ("SEC-2",)
    messages = {
        "bytes": "{name} of {route} takes an upload as bytes: all of it is read into memory before anything can look "
        "at its size; take an UploadFile"
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        seen: set[object] = set()
        for route in project.registered_routes:
            for parameter in route.parameters:
                if parameter.place != "file" or parameter.location is None or parameter.location in seen:
                    continue
                seen.add(parameter.location)
                if _holds_bytes(parameter.type) and parameter.site and not project.is_test(parameter.site.module):
                    yield self.finding("bytes", parameter.location, name=parameter.name, route=route.label)


def _holds_bytes(type_: Value) -> bool:
    return any("bytes" in (origin_name(member), _element_name(member)) for member in members(strip(type_)))


def _element_name(type_: Value) -> str:
    held = element(type_)
    return origin_name(strip(held)) if held is not None else ""
