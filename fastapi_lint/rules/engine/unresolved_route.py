"""FAL006: something of the routing that could not be resolved."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class UnresolvedRoute(Rule):
    """A route, prefix, router or dependency could not be resolved, so that nobody checks it.

    ## What it does
    Reports what `fastapi-lint routes --unresolved` shows: a path, prefix, router or dependency that comes from outside
    the project, from the environment or from code that computes it.

    ## Why is this bad?
    What is not known is not checked: rules are silent about it, and about routes that may depend on it. A team that
    relies on `unauthenticated-route`, say, wants to know of the routes that it never saw.

    ## Bad
    ```python
    import os

    from fastapi import APIRouter, FastAPI

    router = APIRouter(prefix=os.environ["PREFIX"])


    @router.get("/items")
    def list_items() -> list[str]:
        return []


    app = FastAPI()
    app.include_router(router)
    ```

    ## Good
    ```python
    from fastapi import APIRouter, FastAPI

    router = APIRouter(prefix="/shop")


    @router.get("/items")
    def list_items() -> list[str]:
        return []


    app = FastAPI()
    app.include_router(router)
    ```

    ## When not to use it
    Where routers of libraries are included, or paths computed, on purpose.

    ## Known limitations
    Tests are left out. What has the same reason in several places is reported at the first of them.

    ## References
    - https://fastapi.tiangolo.com/tutorial/bigger-applications/
    """

    code = "FAL006"
    name = "unresolved-route"
    profile = "strict"
    messages = {"unresolved": "{what} can't be resolved ({reason}), so nobody checks it: {effect}"}

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for found in project.unresolved:
            related = [Related("and here", location) for location in found.others]
            yield self.finding(
                "unresolved",
                found.location,
                related=related,
                what=f"the {found.what}",
                reason=found.reason,
                effect=found.effect,
            )
