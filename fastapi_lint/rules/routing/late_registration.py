"""FAL126: a route that is added to a router after the router was included."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routers import Registration, RouteRegistration
from fastapi_lint.model.routing.routes import bare_name
from fastapi_lint.rules.api import Rule


class LateRegistration(Rule):
    """A route or router is added to a router after that was included, and is never served.

    ## What it does
    Reports a route, or an `include_router`, on a router that FastAPI has included before, and does not include again,
    where the project uses a release of FastAPI before 0.137.

    ## Why is this bad?
    Until then `include_router` copies the routes that the router has at that moment. What comes later stands in the
    source, and clients get a 404; nothing warns.

    ## Bad
    ```python
    # file: requirements.txt
    fastapi==0.115.0

    # file: main.py
    from fastapi import APIRouter, FastAPI

    app = FastAPI()
    router = APIRouter(prefix="/books")
    app.include_router(router)


    @router.get("")
    def list_books() -> list[str]:
        return []
    ```

    ## Good
    ```python
    # file: requirements.txt
    fastapi==0.115.0

    # file: main.py
    from fastapi import APIRouter, FastAPI

    app = FastAPI()
    router = APIRouter(prefix="/books")


    @router.get("")
    def list_books() -> list[str]:
        return []


    app.include_router(router)
    ```

    ## When not to use it
    There is no reason to turn it off: from FastAPI 0.137 on it is silent by itself.

    ## Known limitations
    Silent where the release of FastAPI is not known. A mount on an included router is not reported.

    ## References
    - https://fastapi.tiangolo.com/release-notes/
    - https://fastapi.tiangolo.com/tutorial/bigger-applications/#include-the-apirouters-for-users-and-items
    """

    code = "FAL126"
    name = "late-registration"
    severity = Severity.ERROR
    standards = ("API-10",)
    messages = {
        "late": "{what} comes after its router was included ({place}), so that nobody serves it: include the router "
        "afterwards"
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for registration, inclusion in project.late_registrations:
            place = inclusion.site.location
            related = [Related("its router is included here", place)]
            yield self.finding(
                "late", registration.site.location, related=related, what=_what(registration), place=place
            )


def _what(registration: Registration) -> str:
    if isinstance(registration, RouteRegistration):
        return f"the route of {bare_name(registration.endpoint)}"
    return "the router included here"
