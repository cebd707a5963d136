"""FAL145: a route breaks a policy of the project."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.policies import breach
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.rules.api import Rule


class MissingRequiredDependency(Rule):
    """A route lacks a dependency that a policy of the project requires.

    ## What it does
    Checks the policies of the configuration (`[[tool.fastapi-lint.require]]`): each names a dependency that routes must
    have, at any depth, and says by paths and methods which. Without a policy nothing is reported.

    A policy fails closed: a route that has the dependency only under a condition, or whose dependencies are not known,
    is reported, since nothing shows that it has what is required. A path that is one of several counts with each.

    ## Why is this bad?
    "Everything below /admin needs an administrator" is a rule that people keep until somebody adds a router in a hurry.
    A test of each route forgets the new route too; a policy does not.

    ## Bad
    ```python
    # file: fastapi-lint.toml
    [[require]]
    dependency = "require_admin"
    paths = ["/admin/**"]

    # file: main.py
    from fastapi import FastAPI

    app = FastAPI()


    def require_admin() -> None: ...


    @app.get("/admin/users")
    def list_users() -> list[str]:
        return []
    ```

    ## Good
    ```python
    # file: fastapi-lint.toml
    [[require]]
    dependency = "require_admin"
    paths = ["/admin/**"]

    # file: main.py
    from fastapi import APIRouter, Depends, FastAPI

    app = FastAPI()


    def require_admin() -> None: ...


    router = APIRouter(prefix="/admin", dependencies=[Depends(require_admin)])


    @router.get("/users")
    def list_users() -> list[str]:
        return []


    app.include_router(router)
    ```

    ## When not to use it
    A route that is meant to differ wants a narrower policy, or an ignore comment with the reason.

    ## Known limitations
    Websockets are meant by the method `WEBSOCKET`, and by a policy without `methods`. Routes that could not be resolved
    at all are not seen: `fastapi-lint routes --unresolved` lists them. Plain Starlette routes and mounted applications
    that are not FastAPI's have no dependencies, and are not checked.

    ## References
    - https://fastapi.tiangolo.com/tutorial/dependencies/dependencies-in-path-operation-decorators/
    - https://owasp.org/API-Security/editions/2023/en/0xa5-broken-function-level-authorization/
    """

    code = "FAL145"
    name = "missing-required-dependency"
    severity = Severity.ERROR
    standards = ("AUT-7",)
    messages = {
        "missing": "{route} ({place}) must have the dependency `{dependency}` (policy for {policy}): add it",
        "conditional": "{route} ({place}) must have the dependency `{dependency}` (policy for {policy}) and has "
        "it under a condition only: add it for all cases",
        "unknown": "{route} ({place}) must have the dependency `{dependency}` (policy for {policy}), and no one "
        "can see that it has: {reason}",
    }

    def check_route(self, route: Route, project: Project) -> Iterator[Diagnostic]:
        for policy in project.settings.policies:
            found = breach(route, policy)
            if found is None:
                continue
            said = " ".join((*policy.methods, *policy.paths))
            related = [Related(found.reason, found.location)] if found.location is not None else []
            values = {"route": route.label, "place": route.location, "policy": said, "reason": found.reason}
            yield self.finding(found.kind, route.location, related=related, dependency=policy.dependency, **values)
