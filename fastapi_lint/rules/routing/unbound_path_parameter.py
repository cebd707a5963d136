"""FAL123: the path and the parameters of a route do not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from fastapi_lint.diagnostics import Diagnostic, Fix, Related, Severity
from fastapi_lint.model.dependencies.parameters import RouteParameter
from fastapi_lint.model.editing.paths import rename_in_path
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.binding import ungiven_parameters, untaken_names
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.rules.api import Rule

_SAME = 0.9
"""How alike two names are of which one is a misspelling of the other."""


class UnboundPathParameter(Rule):
    """A parameter of the path that nothing takes, or one that no path gives.

    ## What it does
    Reports a `{name}` of a route's path, prefixes of routers included, that no parameter of the endpoint or of its
    dependencies takes; and a parameter marked `Path()` that the path does not have.

    ## Why is this bad?
    A name that nothing takes is mostly a misspelling or a forgotten renaming: FastAPI then takes the parameter that was
    meant for a query parameter, and every request without it answers 422. Or the endpoint ignores what the client asks
    for, and `/users/1` and `/users/2` are the same. A parameter marked `Path()` that no path gives answers 422 to every
    request.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/users/{user_id}")
    def read_user(userid: int) -> dict[str, int]:
        return {"id": userid}
    ```

    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI, Path

    app = FastAPI()


    def team(team_id: Annotated[int, Path()]) -> int:
        return team_id


    @app.get("/teams")
    def list_teams(own: Annotated[int, Depends(team)]) -> list[int]:
        return [own]
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI, Path

    app = FastAPI()


    def team(team_id: Annotated[int, Path()]) -> int:
        return team_id


    @app.get("/teams/{team_id}")
    def read_team(own: Annotated[int, Depends(team)]) -> dict[str, int]:
        return {"id": own}
    ```

    ## When not to use it
    Where paths are given by somebody else's client, with parts that this service has no use for. Each such route can
    say so by a comment.

    ## Known limitations
    Silent: routes with dependencies that are not known; routes of which something reads `path_params`, `scope` or `url`
    of the request, or hands the request on; names of a prefix where the application has a middleware of its own, which
    may read them; names in the path of a mount.

    ## Fix safety
    The fix writes the name of the parameter into the path, where one that FastAPI takes for a query parameter has
    almost the same name. It is unsafe: what was asked for in the query is asked for in the path then, and the OpenAPI
    document says so. There is none where another parameter may be meant, and for names of a prefix.

    ## References
    - https://fastapi.tiangolo.com/tutorial/path-params/
    - `tests/proofs/test_path_parameters.py` asks such routes.
    """

    code = "FAL123"
    name = "unbound-path-parameter"
    severity = Severity.ERROR
    fix = "unsafe"
    standards = ("API-10",)
    messages = {
        "untaken": "`{{{name}}}` in {route} ({place}) is taken by no parameter of {endpoint} or its dependencies{hint}",
        "ungiven": "`{name}` of {owner} is marked Path, but {route} ({place}) has no `{{{name}}}`: requests get 422",
        "rename": "call it `{name}` in the path",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.registered_routes:
            shown = {"route": route.label, "place": route.location}
            untaken = untaken_names(route)
            for name in untaken:
                values = {"name": name, "endpoint": route.endpoint_name, "hint": _hint(name, route)}
                fix = self._fix(name, route, project) if len(untaken) == 1 else None
                yield self.finding("untaken", route.location, fix=fix, **shown, **values)
            for dependant, parameter in ungiven_parameters(route):
                owner = dependant.qualified_name.rpartition(".")[2]
                related = [Related("it is declared here", parameter.location)] if parameter.location else []
                values = {"name": parameter.wire_name, "owner": owner}
                yield self.finding("ungiven", route.location, related=related, **shown, **values)

    def _fix(self, name: str, route: Route, project: Project) -> Fix | None:
        required = [one.wire_name for one in _queries(route) if one.required and one.marker is None]
        meant = [other for other in required if other.isidentifier() and _is_same(name, other)]
        editing = project.registration_to_edit(route)
        if editing is None or len(meant) != 1:
            return None
        editor, call = editing
        message = self.messages["rename"].format(name=meant[0])
        return editor.fix(message, [rename_in_path(editor, call, name, meant[0])], safe=False)


def _hint(name: str, route: Route) -> str:
    """The parameter of the endpoint that may have been meant."""
    close = get_close_matches(name, [parameter.wire_name for parameter in _queries(route)], n=1)
    return f": `{close[0]}` is a query parameter" if close else ""


def _queries(route: Route) -> list[RouteParameter]:
    """What the endpoint itself takes from the query."""
    return [parameter for parameter in route.dependant.parameters if parameter.place == "query"]


def _is_same(name: str, other: str) -> bool:
    """Whether one name is the other one, misspelt."""
    return bool(get_close_matches(name.lower().replace("_", ""), [other.lower().replace("_", "")], cutoff=_SAME))
