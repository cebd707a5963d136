"""FAL129: uvicorn is given an application where it needs its name."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.servers import server_starts
from fastapi_lint.rules.api import Rule


class AppObjectWithReload(Rule):
    """`uvicorn.run` is given an application together with `reload` or `workers`.

    ## What it does
    Reports `uvicorn.run(app, reload=True)` and `uvicorn.run(app, workers=4)` where `app` is an application and not the
    string by which it can be imported.

    ## Why is this bad?
    Reloading and several workers mean new processes, and each must import the application by itself. Given an object,
    uvicorn writes a warning and exits with an error: nothing is served.

    ## Bad
    ```python
    import uvicorn
    from fastapi import FastAPI

    app = FastAPI()

    if __name__ == "__main__":
        uvicorn.run(app, reload=True)
    ```

    ## Good
    ```python
    # file: main.py
    import uvicorn
    from fastapi import FastAPI

    app = FastAPI()

    if __name__ == "__main__":
        uvicorn.run("main:app", reload=True)
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: values of `reload` and `workers` that can't be resolved or that come from settings, and calls outside
    functions in modules that do not import uvicorn at their top.

    ## References
    - https://www.uvicorn.org/settings/#development
    """

    code = "FAL129"
    name = "app-object-with-reload"
    severity = Severity.ERROR
    messages = {
        "object": "uvicorn exits at once: with {option} it needs the import string of the application, such as "
        '"main:app", and not the application itself',
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for start in server_starts(project):
            option = start.makes_processes
            if option and start.has_object:
                yield self.finding("object", start.site.location, option=option)
