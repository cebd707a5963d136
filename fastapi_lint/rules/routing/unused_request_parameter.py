"""FAL146: a request that an endpoint takes and does not use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Severity
from fastapi_lint.facts.search import mentions
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.dependencies.direct_calls import is_called
from fastapi_lint.model.editing.parameters import parameter_at
from fastapi_lint.model.project import Project
from fastapi_lint.model.values import Site
from fastapi_lint.rules.api import Rule


class UnusedRequestParameter(Rule):
    """An endpoint or dependency takes the `Request` and never uses it.

    ## What it does
    Reports a parameter that FastAPI fills with the request, the websocket's connection or the response, and that the
    function does not mention.

    ## Why is this bad?
    It says that the function depends on headers, cookies or the client, so that each caller and each test must make a
    request; and it does not.

    ## Bad
    ```python
    from fastapi import FastAPI, Request

    app = FastAPI()


    @app.get("/books")
    def list_books(request: Request) -> list[str]:
        return []
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/books")
    def list_books() -> list[str]:
        return []
    ```

    ## When not to use it
    Where all endpoints have the same parameters on purpose.

    ## Known limitations
    It mends nothing that is broken, and so is not on by default. Silent: functions with a decorator besides that of the
    route, such as a limiter, which may need the request; functions that call `locals()`; methods, which may override
    others; names that begin with an underscore.

    ## Fix safety
    The fix takes the parameter out; an import that is no longer used stays. FastAPI fills such a parameter by itself
    and tells clients nothing of it. There is none where the project calls the function itself, and where the docstring
    speaks of the parameter.

    ## References
    - https://fastapi.tiangolo.com/advanced/using-request-directly/
    """

    code = "FAL146"
    name = "unused-request-parameter"
    severity = Severity.INFO
    fix = "safe"
    profile = "strict"
    standards = ("STR-3",)
    messages = {
        "unused": "{function} takes `{parameter}` and does not use it: take it out",
        "remove": "take `{parameter}` out",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        registered = {(route.site.module, route.site.start) for route in project.routes}
        reported = set()
        for route in project.routes_by_endpoint:
            for dependant in (route.dependant, *route.dependencies):
                function = dependant.function
                if function is None or function in reported or not _is_plain(function, registered):
                    continue
                reported.add(function)
                for parameter in dependant.injected:
                    unused = parameter.injected in ("request", "response", "http_connection") and not any(
                        mentions(function.fact.body, name) for name in (parameter.name, "locals")
                    )
                    if unused and parameter.site is not None and not parameter.name.startswith("_"):
                        fix = self._fix(function, parameter.site, project)
                        values = {"function": function.name, "parameter": parameter.name}
                        yield self.finding("unused", parameter.site.location, fix=fix, **values)

    def _fix(self, function: FunctionDefinition, site: Site, project: Project) -> Fix | None:
        editor = project.editor(site.module)
        found = parameter_at(editor, site) if editor is not None else None
        if editor is None or found is None or is_called(function, project.modules):
            return None
        name = found[1].name
        if name in re.findall(r"\w+", found[0].docstring or ""):
            return None
        message = self.messages["remove"].format(parameter=name)
        return editor.fix(message, [editor.remove_parameter(*found)])


def _is_plain(function: FunctionDefinition, registered: set[object]) -> bool:
    """Whether nothing but registrations of routes stands above a function, which is no method."""
    decorators = function.fact.decorators
    starts = {start for module, start in registered if module is function.module}  # type: ignore[misc]
    return function.owner is None and all(any(one.start <= start < one.end for start in starts) for one in decorators)
