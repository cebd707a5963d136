"""FAL123: the path and the parameters of a route do not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.binding import ungiven_parameters, untaken_names
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.rules.api import Rule


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

    ## References
    - https://fastapi.tiangolo.com/tutorial/path-params/
    - `tests/proofs/test_path_parameters.py` asks such routes.
    """

    code = "FAL123"
    name = "unbound-path-parameter"
    severity = Severity.ERROR
    standards = ("API-10",)
    messages = {
        "untaken": "`{{{name}}}` in {route} ({place}) is taken by no parameter of {endpoint} or its dependencies{hint}",
        "ungiven": "`{name}` of {owner} is marked Path, but {route} ({place}) has no `{{{name}}}`: requests get 422",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.registered_routes:
            shown = {"route": route.label, "place": route.location}
            for name in untaken_names(route):
                values = {"name": name, "endpoint": route.endpoint_name, "hint": _hint(name, route)}
                yield self.finding("untaken", route.location, **shown, **values)
            for dependant, parameter in ungiven_parameters(route):
                owner = dependant.qualified_name.rpartition(".")[2]
                related = [Related("it is declared here", parameter.location)] if parameter.location else []
                values = {"name": parameter.wire_name, "owner": owner}
                yield self.finding("ungiven", route.location, related=related, **shown, **values)


def _hint(name: str, route: Route) -> str:
    """The parameter of the endpoint that may have been meant."""
    queries = [parameter.wire_name for parameter in route.dependant.parameters if parameter.place == "query"]
    close = get_close_matches(name, queries, n=1)
    return f": `{close[0]}` is a query parameter" if close else ""
