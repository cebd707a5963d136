"""FAL147: dependencies that need each other."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.dependencies.cycles import cycles
from fastapi_lint.model.dependencies.dependants import short_name
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class DependencyCycle(Rule):
    """Dependencies need each other, so that none of them can be solved first.

    ## What it does
    Reports dependencies of a route that need each other, directly or through others, or a dependency that needs
    itself. Each cycle is reported once.

    ## Why is this bad?
    FastAPI builds the tree of dependencies when the route is registered, and goes round until Python stops it: the
    application does not start, and the `RecursionError` names neither of the functions.

    ## Bad
    ```python
    from __future__ import annotations

    from typing import Annotated

    from fastapi import Depends, FastAPI

    app = FastAPI()


    def read_account(user: Annotated[str, Depends(read_user)]) -> str:
        return f"account of {user}"


    def read_user(account: Annotated[str, Depends(read_account)]) -> str:
        return f"user of {account}"


    @app.get("/me")
    def show_me(user: Annotated[str, Depends(read_user)]) -> str:
        return user
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI, Header

    app = FastAPI()


    def read_user(x_user: Annotated[str, Header()]) -> str:
        return x_user


    def read_account(user: Annotated[str, Depends(read_user)]) -> str:
        return f"account of {user}"


    @app.get("/me")
    def show_me(account: Annotated[str, Depends(read_account)]) -> str:
        return account
    ```

    ## When not to use it
    There is no reason to turn it off.

    ## Known limitations
    Only dependencies of routes that the project registers. Silent where a condition chooses one of the dependencies.

    ## References
    - https://fastapi.tiangolo.com/tutorial/dependencies/sub-dependencies/
    - `tests/proofs/test_dependency_cycles.py`
    """

    code = "FAL147"
    name = "dependency-cycle"
    severity = Severity.ERROR
    standards = ("API-10",)
    messages = {
        "cycle": "{chain}: FastAPI goes round until Python stops it, and the application does not start; "
        "take one of these out"
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route, cycle in cycles(project.routes):
            names = [short_name(dependant.call) for dependant in (cycle[-1], *cycle)]
            chain = f"{names[0]} needs {', which needs '.join(names[1:])}"
            related = [
                Related(f"{short_name(dependant.call)} is needed here", dependant.location)
                for dependant in cycle[1:]
                if dependant.location is not None
            ]
            related.append(Related(f"{route.label} needs them", route.location))
            yield self.finding("cycle", cycle[0].location or route.location, related=related, chain=chain)
