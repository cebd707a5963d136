"""FAL130: debugging that is switched on in the source."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix
from fastapi_lint.facts.expressions import Constant
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.servers import server_starts
from fastapi_lint.model.values import Literal, Site, Value
from fastapi_lint.rules.api import Rule


class DebugEnabled(Rule):
    """Debugging is switched on in the source.

    ## What it does
    Reports `FastAPI(debug=True)` and `app.debug = True`, and `uvicorn.run(..., reload=True)` that runs whenever its
    module is imported, outside `if __name__ == "__main__"`.

    ## Why is this bad?
    With `debug=True` an unexpected exception is answered with its traceback: paths, source lines and local names of the
    server, for whoever can cause an error. Handlers for `Exception` are not called. The reloader watches files and
    starts another process, which imports the module again.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI(debug=True)
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic_settings import BaseSettings


    class Settings(BaseSettings):
        debug: bool = False


    app = FastAPI(debug=Settings().debug)
    ```

    ## When not to use it
    In examples and tools that only ever run on the machine of a developer.

    ## Known limitations
    Silent: values from settings and the environment, whatever their default, and what can't be resolved.

    ## Fix safety
    The fix takes the argument out. It is unsafe: answers to unexpected exceptions lose their tracebacks, and the server
    does not start anew when a file changes. There is no fix where a variable says it.

    ## References
    - https://fastapi.tiangolo.com/reference/fastapi/
    - https://www.starlette.io/exceptions/#errors
    - https://cwe.mitre.org/data/definitions/489.html
    """

    code = "FAL130"
    name = "debug-enabled"
    fix = "unsafe"
    standards = ("ERR-3",)
    messages = {
        "debug": "this application is made with debug=True, so that clients get the tracebacks of unexpected "
        "exceptions: take it from a setting that is off by default",
        "reload": "uvicorn is started with reload=True whenever this module is imported: start it under "
        'if __name__ == "__main__", or from the command line',
        "remove": "remove `{keyword}=True`",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        if not app.router.conditions and _is_true(app.router.attributes.get("debug", app.router.argument("debug"))):
            yield self.finding("debug", app.location, fix=self._fix(app.router.site, "debug", project))

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for start in server_starts(project):
            if start.at_import and _is_true(start.arguments.get("reload")):
                yield self.finding("reload", start.site.location, fix=self._fix(start.site, "reload", project))

    def _fix(self, site: Site, keyword: str, project: Project) -> Fix | None:
        editing = project.call_to_edit(site)
        if editing is None:
            return None
        editor, call = editing
        given = call.keyword(keyword)
        if not isinstance(given, Constant) or given.value is not True:
            return None  # what it stands for may be something else elsewhere
        message = self.messages["remove"].format(keyword=keyword)
        return editor.fix(message, [editor.remove_argument(call, keyword)], safe=False)


def _is_true(value: Value | None) -> bool:
    return isinstance(value, Literal) and value.value is True and not value.assumed
