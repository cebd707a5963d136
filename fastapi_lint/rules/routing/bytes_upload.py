"""FAL138: an uploaded file as bytes."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.dependencies.direct_calls import is_called
from fastapi_lint.model.dependencies.parameters import RouteParameter
from fastapi_lint.model.editing.uploads import as_upload_file
from fastapi_lint.model.project import Project
from fastapi_lint.model.types import accepts_none, element, members, origin_name, strip
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

    ## Fix safety
    The fix takes an `UploadFile`, asks for its `size` in place of the length, and reads it where its content is used.
    It is unsafe: a text in place of a file, which `bytes` take, answers 422. There is none where the content is used
    more than once or in a loop, may be missing, or is one of several, and where the project calls the function itself.

    ## References
    - https://fastapi.tiangolo.com/tutorial/request-files/#file-parameters-with-uploadfile
    - proof: `tests/proofs/test_request_parameters.py`
    """

    code = "FAL138"
    name = "bytes-upload"
    fix = "unsafe"
    standards = ("SEC-2",)
    messages = {
        "bytes": "{name} of {route} takes an upload as bytes: all of it is read into memory before anything can look "
        "at its size; take an UploadFile",
        "take": "take an UploadFile",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        seen: set[object] = set()
        for route in project.registered_routes:
            for dependant in (route.dependant, *route.dependencies):
                for parameter in dependant.parameters:
                    site = parameter.site
                    if parameter.place != "file" or site is None or site.location in seen:
                        continue
                    seen.add(site.location)
                    if _holds_bytes(parameter.type) and not project.is_test(site.module):
                        fix = self._fix(parameter, dependant.function, project)
                        yield self.finding("bytes", site.location, fix=fix, name=parameter.name, route=route.label)

    def _fix(self, parameter: RouteParameter, function: FunctionDefinition | None, project: Project) -> Fix | None:
        editor = project.editor(parameter.site.module) if parameter.site is not None else None
        if editor is None or parameter.site is None or function is None or is_called(function, project.modules):
            return None
        if any(_element_name(member) == "bytes" for member in members(strip(parameter.type))):
            return None
        optional = accepts_none(parameter.type)
        return editor.fix(self.messages["take"], as_upload_file(editor, parameter.site, optional=optional), safe=False)


def _holds_bytes(type_: Value) -> bool:
    return any("bytes" in (origin_name(member), _element_name(member)) for member in members(strip(type_)))


def _element_name(type_: Value) -> str:
    held = element(type_)
    return origin_name(strip(held)) if held is not None else ""
