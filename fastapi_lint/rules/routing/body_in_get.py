"""FAL136: a GET, HEAD or DELETE that takes a body."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.facts.search import mentions
from fastapi_lint.model.dependencies.parameters import RouteParameter
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.rules.api import Rule

BODILESS_METHODS = frozenset({"GET", "HEAD", "DELETE"})


class BodyInGet(Rule):
    """A `GET`, `HEAD` or `DELETE` route takes a request body.

    ## What it does
    Reports a route with none but these methods that has a parameter in the body: a model, a list or dict without
    `Query()`, `Body()`, `Form()`, `File()`; in the endpoint or in a dependency.

    ## Why is this bad?
    HTTP gives the content of such a request no meaning. Browsers refuse to send it with `GET`, the shortcuts of many
    clients (`httpx.get`, `httpx.delete`) have no argument for it, proxies and gateways may drop it or turn the request
    away, caches do not look at it, and Swagger UI offers no field for it. The route works in a test and fails behind
    somebody's load balancer.

    Often the body is there by accident: FastAPI takes an unmarked model or list for the body.

    ## Bad
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class Filter(BaseModel):
        author: str | None = None
        year: int | None = None


    @app.get("/books")
    def list_books(filter: Filter) -> list[str]:
        return [f"by {filter.author}"]


    @app.delete("/books")
    def delete_books(ids: list[int]) -> int:
        return len(ids)
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import FastAPI, Query
    from pydantic import BaseModel

    app = FastAPI()


    class Filter(BaseModel):
        author: str | None = None
        year: int | None = None


    @app.get("/books")
    def list_books(filter: Annotated[Filter, Query()]) -> list[str]:
        return [f"by {filter.author}"]


    @app.post("/books/delete")
    def delete_books(ids: list[int]) -> int:
        return len(ids)
    ```

    ## When not to use it
    Where an interface that cannot be changed has such bodies, as that of Elasticsearch has.

    ## Known limitations
    Silent: parameters whose place depends on a type that can't be resolved; bodies that are read from the request by
    hand; routes that serve other methods too; optional bodies that the endpoint never reads.

    ## References
    - https://www.rfc-editor.org/rfc/rfc9110#name-get
    - https://www.rfc-editor.org/rfc/rfc9110#name-delete
    - https://fastapi.tiangolo.com/tutorial/body/
    - proof: `tests/proofs/test_request_parameters.py`
    """

    code = "FAL136"
    name = "body-in-get"
    standards = ("API-1",)
    messages = {
        "read": "{route} ({place}) takes a body ({names}): clients and proxies may drop the body of a {method}; "
        "use query parameters, or a POST",
        "delete": "{route} ({place}) takes a body ({names}): clients and proxies may drop the body of a DELETE; name "
        "what is deleted in path or query, or use a POST",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.routes_by_endpoint:
            yield from self._check(route)

    def _check(self, route: Route) -> Iterator[Diagnostic]:
        methods = set(route.methods or ())
        if not methods or not methods <= BODILESS_METHODS or not route.methods_known:
            return
        found = [parameter for parameter in route.parameters if parameter.in_body]
        if any(_is_asked_for(parameter, route) for parameter in found):
            yield self.finding(
                "delete" if methods == {"DELETE"} else "read",
                found[0].location or route.location,
                related=[Related(f"{route.label} is registered here", route.location)],
                route=route.label,
                place=route.location,
                names=", ".join(parameter.name for parameter in found),
                method="/".join(sorted(methods)),
            )


def _is_asked_for(parameter: RouteParameter, route: Route) -> bool:
    """Whether a parameter must be sent or may be read: an optional one of the endpoint that its body never mentions
    only documents a model."""
    if parameter.required is not False or route.function is None or parameter not in route.dependant.parameters:
        return True
    return mentions(route.function.fact.body.statements, parameter.name)
