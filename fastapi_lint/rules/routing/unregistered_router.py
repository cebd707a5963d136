"""FAL125: a router that no application includes."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class UnregisteredRouter(Rule):
    """A router has routes, and no application includes it.

    ## What it does
    Reports a router that a module makes and registers routes on, where no application of the project includes it,
    directly or through other routers. Of routers that include each other the outermost one is reported.

    ## Why is this bad?
    Nobody serves its routes, though they look alive: they are changed, reviewed and fixed in vain. Or the line that
    includes them was forgotten, and a feature is missing.

    ## Bad
    ```python
    from fastapi import APIRouter, FastAPI

    films = APIRouter(prefix="/films")


    @films.get("")
    def list_films() -> list[str]:
        return []


    app = FastAPI()
    ```

    ## Good
    ```python
    from fastapi import APIRouter, FastAPI

    films = APIRouter(prefix="/films")


    @films.get("")
    def list_films() -> list[str]:
        return []


    app = FastAPI()
    app.include_router(films)
    ```

    ## When not to use it
    In a library whose users include the routers, when it has an application of its own besides.

    ## Known limitations
    Silent: a project without an application; routers that functions make; a router that is handed to code outside the
    project, whose `routes` are read, or named in a function that is never seen to run. Where something is included or
    mounted that is not known (`fastapi-lint routes --unresolved`), that may be any router, and nothing is reported. A
    router that only tests include counts as included.

    ## References
    - https://fastapi.tiangolo.com/tutorial/bigger-applications/#include-the-apirouters-for-users-and-items
    """

    code = "FAL125"
    name = "unregistered-router"
    standards = ("API-10",)
    messages = {
        "unserved": "no application includes this router ({place}), so nobody serves its routes: include or remove it"
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        if not project.apps:
            return
        for router in project.unserved_routers:
            yield self.finding("unserved", router.site.location, place=router.site.location)
