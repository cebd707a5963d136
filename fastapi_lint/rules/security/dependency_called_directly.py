"""FAL314: a dependency that code calls by itself."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.dependencies.direct_calls import assigned_markers, by_function, direct_calls, may_leave_markers
from fastapi_lint.model.dependencies.styles import styles_of
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class DependencyCalledDirectly(Rule):
    """A dependency or endpoint is called by hand, so that FastAPI fills nothing in.

    ## What it does
    Reports calls of endpoints, dependencies and functions written like them, on the path of a request, that leave out
    parameters whose default is a marker of FastAPI: `Depends(…)`, `Query(…)`, `Header(…)` and the others; and `user =
    Depends(…)` in a body.

    ## Why is this bad?
    Only FastAPI reads markers. In a call by hand the parameter holds the marker itself: an object that is true, that is
    no user, no session and no number. A check such as `if user:` passes for everybody.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI, Header

    app = FastAPI()


    def current_user(authorization: str = Header()) -> str:
        return authorization.removeprefix("Bearer ")


    @app.get("/me")
    def read_me() -> str:
        return current_user()


    @app.get("/you")
    def read_you() -> str:
        user = Depends(current_user)
        return "you" if user else ""
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI, Header

    app = FastAPI()


    def current_user(authorization: str = Header()) -> str:
        return authorization.removeprefix("Bearer ")


    @app.get("/me")
    def read_me(user: str = Depends(current_user)) -> str:
        return user
    ```

    ## When not to use it
    Where the callee knows what to do with a marker.

    ## Known limitations
    Calls that pass all such parameters are silent, though a dependency would do it for them; so are parameters that are
    declared by `Annotated`, without which the call fails at once, those that the called function never reads, calls
    with `*` or `**` of unknown content, and code that no request reaches.

    ## References
    - https://fastapi.tiangolo.com/tutorial/dependencies/
    - https://fastapi.tiangolo.com/tutorial/query-params-str-validations/#advantages-of-annotated
    - tests/proofs/test_proof_direct_calls.py
    """

    code = "FAL314"
    name = "dependency-called-directly"
    standards = ("AUT-7", "ASY-5")
    messages = {
        "called": "{function} calls {callee} by hand, without {missing}: FastAPI fills nothing in, so that {callee} "
        "gets {marker} in place of a value; pass one, or depend on it",
        "assigned": "{function} assigns Depends(…) in its body, which calls nothing: the variable holds the marker; "
        "make it a parameter",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        functions = [function for function in project.request_path.reached if may_leave_markers(function)]
        styles = by_function(styles_of(functions, project.interpreter))
        for function, reach in project.reached_functions:
            for call in direct_calls(function, styles, project.bodies):
                parameters, callee = ", ".join(call.missing), _called(call.callee)
                yield self.finding(
                    "called",
                    call.event.site.location,
                    related=[
                        *reach.evidence(),
                        Related(f"{callee} is defined here", call.callee.location),
                    ],
                    function=function.name,
                    callee=callee,
                    missing=parameters,
                    marker="the marker" if len(call.missing) == 1 else "the markers",
                )
            for event in assigned_markers(function, project.bodies):
                yield self.finding("assigned", event.site.location, related=reach.evidence(), function=function.name)


def _called(function: FunctionDefinition) -> str:
    """What a caller calls: the class of an object, for its ``__call__``."""
    is_object = function.owner is not None and function.name == "__call__"
    return function.owner.name if is_object else function.call_name
