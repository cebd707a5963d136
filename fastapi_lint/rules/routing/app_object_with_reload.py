"""FAL129: uvicorn is given an application where it needs its name."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Severity
from fastapi_lint.facts.expressions import Name
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.servers import ServerStart, import_name, server_starts
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

    ## Fix safety
    The fix writes the import string. Nothing that works changes: uvicorn exited. There is a fix only where the name by
    which the module can be imported is certain: it lies in no package, or imports modules of its own package, and the
    call does not run when it is imported.

    ## References
    - https://www.uvicorn.org/settings/#development
    """

    code = "FAL129"
    name = "app-object-with-reload"
    fix = "safe"
    severity = Severity.ERROR
    messages = {
        "object": "uvicorn exits at once: with {option} it needs the import string of the application, such as "
        '"main:app", and not the application itself',
        "write": "replace `{app}` by `{string}`",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for start in server_starts(project):
            option = start.makes_processes
            if option and start.has_object:
                yield self.finding("object", start.site.location, fix=self._fix(start, project), option=option)

    def _fix(self, start: ServerStart, project: Project) -> Fix | None:
        editing = project.call_to_edit(start.site)
        name = import_name(start.site.module)
        if editing is None or name is None or start.at_import:
            return None
        editor, call = editing
        app = next((one.value for one in call.arguments if one.keyword in (None, "app") and not one.star), None)
        if not isinstance(app, Name) or not editor.is_global(app):
            return None
        string = editor.string(f"{name}:{app.id}")
        return editor.fix(self.messages["write"].format(app=app.id, string=string), [editor.replace(app, string)])
