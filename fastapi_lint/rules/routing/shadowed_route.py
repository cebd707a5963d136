"""FAL121: an earlier route answers every request of this one."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Related
from fastapi_lint.model.editing.moves import moved_before
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.precedence import Answer
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.rules.api import Rule


class ShadowedRoute(Rule):
    """An earlier route answers every request that this one is for.

    ## What it does
    Reports a route that no request can reach: routes are asked in the order of their registration, across included
    routers and mounts, and something before it answers each of its methods at every path that it matches. That is an
    earlier route with a wider path (`/users/{user_id}` before `/users/me`), a mount (`/` before all), or the
    documentation of FastAPI itself (`/docs`).

    ## Why is this bad?
    The endpoint never runs. Its requests end elsewhere: `GET /users/me` looks for a user whose id is "me", and answers
    422 or 404. The OpenAPI document shows the route all the same.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/users/{user_id}")
    def read_user(user_id: int) -> dict[str, int]:
        return {"id": user_id}


    @app.get("/users/me")
    def read_current_user() -> dict[str, int]:
        return {"id": 1}
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/users/me")
    def read_current_user() -> dict[str, int]:
        return {"id": 1}


    @app.get("/users/{user_id}")
    def read_user(user_id: int) -> dict[str, int]:
        return {"id": user_id}
    ```

    A convertor in the path leaves to others what it does not match (the type of the parameter does not):

    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/users/{user_id:int}")
    def read_user(user_id: int) -> dict[str, int]:
        return {"id": user_id}


    @app.get("/users/me")
    def read_current_user() -> dict[str, int]:
        return {"id": 1}
    ```

    ## When not to use it
    There is hardly a reason: a route that nothing reaches can go.

    ## Known limitations
    Silent: a route that some requests do reach; what comes earlier only under a condition; convertors of the project's
    own; routes of a class that says itself what it matches; plain Starlette routes. The same path twice is
    duplicate-route (FAL122).

    ## Fix safety
    The fix moves the function in front of the one that answers for it, with its decorators and the comments above it.
    It is unsafe: requests are answered otherwise then. There is none where the two are not functions of one module, or
    where the head of the function may need what stands between them.

    ## References
    - https://fastapi.tiangolo.com/tutorial/path-params/#order-matters
    - https://www.starlette.io/routing/#route-priority
    - `tests/proofs/test_route_order.py` asks such applications.
    """

    code = "FAL121"
    name = "shadowed-route"
    fix = "unsafe"
    standards = ("API-10",)
    messages = {
        "shadowed": "{route} ({place}) is never reached: {earlier} answers all its requests; register it before that",
        "move": "move it in front of {earlier}",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        if app.mounted:
            return
        precedence = project.precedence(app)
        reported = set()
        for route in app.routes:
            if route.location in reported or precedence.duplicated(route):
                continue
            answers = precedence.shadowing(route)
            if answers:
                reported.add(route.location)
                related = [Related("it is answered here", answer.site.location) for answer in answers]
                names = " and ".join(
                    f"{answer.label if isinstance(answer, Route) else answer.what} ({answer.site.location})"
                    for answer in answers
                )
                values = {"route": route.label, "place": route.location, "earlier": names}
                fix = self._fix(route, answers[0], project) if len(answers) == 1 else None
                yield self.finding("shadowed", route.location, related=related, fix=fix, **values)

    def _fix(self, route: Route, answer: Answer, project: Project) -> Fix | None:
        earlier = answer.function if isinstance(answer, Route) else None
        if route.function is None or earlier is None or route.site.module is not earlier.module:
            return None
        editor = project.editor(route.site.module)
        if editor is None:
            return None
        edits = moved_before(editor, route.function.fact, earlier.fact)
        return editor.fix(self.messages["move"].format(earlier=earlier.name), edits, safe=False)
