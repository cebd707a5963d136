"""FAL316: a dependency that every route of a router repeats."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.dependencies.repeated import repeated_dependencies
from fastapi_lint.model.editing.dependencies import moved_to_router
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class RepeatedRouteDependency(Rule):
    """Every route of a router repeats a dependency whose value none uses.

    ## What it does
    Reports a router of three or more routes each of which declares the same dependency, in `dependencies` of its
    decorator or as a parameter that the endpoint never mentions.

    ## Why is this bad?
    The next route is written without it: what stands at each route is forgotten at one, and that one is open where the
    dependency checks a login. On the router it holds for all, those to come too.

    ## Bad
    ```python
    from fastapi import APIRouter, Depends, FastAPI, HTTPException


    def check_key(key: str) -> None:
        if key != "key":
            raise HTTPException(status_code=401)


    router = APIRouter(prefix="/books")


    @router.get("", dependencies=[Depends(check_key)])
    def list_books() -> list[str]:
        return []


    @router.get("/{book_id}", dependencies=[Depends(check_key)])
    def read_book(book_id: int) -> str:
        return "Emma"


    @router.delete("/{book_id}", dependencies=[Depends(check_key)])
    def delete_book(book_id: int) -> None: ...


    app = FastAPI()
    app.include_router(router)
    ```

    ## Good
    ```python
    from fastapi import APIRouter, Depends, FastAPI, HTTPException


    def check_key(key: str) -> None:
        if key != "key":
            raise HTTPException(status_code=401)


    router = APIRouter(prefix="/books", dependencies=[Depends(check_key)])


    @router.get("")
    def list_books() -> list[str]:
        return []


    @router.get("/{book_id}")
    def read_book(book_id: int) -> str:
        return "Emma"


    @router.delete("/{book_id}")
    def delete_book(book_id: int) -> None: ...


    app = FastAPI()
    app.include_router(router)
    ```

    ## When not to use it
    Where a route without the dependency is to come. It is a matter of taste, and so not on by default.

    ## Known limitations
    Silent: applications, since what they depend on holds for all that they include; routers that include others;
    routers with routes that are not known; dependencies with different scopes, and those of a condition.

    ## Fix safety
    The fix takes the dependency out of the decorators and gives it to the router. It is unsafe: the dependency runs
    before others of the route then, and where a router is filled in other places, too, these get it. There is none
    where an endpoint has it as a parameter, and where what it is made of is not imported or defined above the router.

    ## References
    - https://fastapi.tiangolo.com/tutorial/bigger-applications/#another-module-with-apirouter
    - https://fastapi.tiangolo.com/tutorial/dependencies/dependencies-in-path-operation-decorators/
    """

    code = "FAL316"
    name = "repeated-route-dependency"
    severity = Severity.INFO
    profile = "strict"
    fix = "unsafe"
    standards = ("AUT-5",)
    messages = {
        "repeated": "all {count} routes of this router depend on {name} and none uses its value: give it to the "
        "router, so that the next route has it too",
        "move": "move {name} to the router",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for found in repeated_dependencies(project):
            name = found.dependant.qualified_name.rpartition(".")[2]
            yield self.finding(
                "repeated",
                found.router.site.location,
                related=[
                    Related(f"{route.label} depends on it", dependant.location)
                    for route, dependant in found.declared
                    if dependant.location is not None
                ],
                fix=moved_to_router(project, found, self.messages["move"].format(name=name)),
                count=found.count,
                name=name,
            )
