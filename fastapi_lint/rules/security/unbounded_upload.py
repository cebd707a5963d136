"""FAL359: an upload that is read as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule

_READS = frozenset(
    f"{package}.UploadFile().{method}"
    for package in ("fastapi", "starlette.datastructures")
    for method in ("read", "file.read", "file.readlines")
)


class UnboundedUpload(Rule):
    """An upload is read into memory as a whole, however large it is.

    ## What it does
    Reports `file.read()` of an `UploadFile` without a size, in what serves requests; `file.file.read()` and
    `file.file.readlines()` too.

    ## Why is this bad?
    The client decides how much memory the server needs. A few uploads of some gigabytes at a time end the process.

    ## Bad
    ```python
    from fastapi import FastAPI, UploadFile

    app = FastAPI()


    @app.post("/uploads", status_code=201)
    async def upload(file: UploadFile):
        return {"size": len(await file.read())}
    ```

    ## Good
    ```python
    from fastapi import FastAPI, HTTPException, UploadFile

    app = FastAPI()
    LIMIT = 1_000_000


    @app.post("/uploads", status_code=201)
    async def upload(file: UploadFile):
        content = await file.read(LIMIT + 1)
        if len(content) > LIMIT:
            raise HTTPException(status_code=413, detail="Too large")
        return {"size": len(content)}
    ```

    ## When not to use it
    Where a proxy bounds what is uploaded. It is strict because source code does not show whether one does.

    ## Known limitations
    Silent: functions that look at `file.size`.

    ## References
    - https://fastapi.tiangolo.com/reference/uploadfile/
    """

    code = "FAL359"
    name = "unbounded-upload"
    profile = "strict"
    standards = ("SEC-2",)
    messages = {
        "unbounded": "{function} reads an upload as a whole, however large it is: {entry}; read a bounded number of "
        "bytes, or look at its size first",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.reached_functions:
            if not function.fact.body.may_hold("read", "readlines"):
                continue
            body = project.bodies.of(function)
            if any(read.node.attr == "size" for read in body.reads):  # type: ignore[union-attr]
                continue
            for event in body.calls:
                is_whole = event.arguments.complete and not list(event.arguments)
                if is_whole and any(name in _READS for name in event.names):
                    yield self.finding(
                        "unbounded",
                        event.site.location,
                        related=reach.evidence(),
                        function=function.call_name,
                        entry=reach.entry.label,
                    )
