"""FAL112: a path that says what the method says."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.naming import verb_in
from fastapi_lint.rules.api import Rule


class VerbInPath(Rule):
    """The path of a route names what its method says.

    ## What it does
    Reports a segment that begins with a verb of the route's own method: `GET /getUsers`, `POST /create_user`,
    `DELETE /users/{id}/delete`.

    ## Why is this bad?
    A path names a thing, the method says what is done to it. With the verb in the path there is one URL for reading a
    user and another for changing the same user: clients cannot guess one from the other, caches do not know that they
    belong together, and the document of the API is a list of procedures.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/getUsers")
    def get_users():
        return []
    ```

    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.post("/users/create", status_code=201)
    def create_user(name: str):
        return {"name": name}
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/users")
    def get_users():
        return []


    @app.post("/users", status_code=201)
    def create_user(name: str):
        return {"name": name}


    @app.post("/users/{user_id}/activate")
    def activate_user(user_id: int):
        return {"active": user_id}
    ```

    ## When not to use it
    Where clients that cannot be changed use the paths as they are.

    ## Known limitations
    Silent: what is done to a thing and has no method of its own (`/users/{id}/activate`, `/search`, `/login`), verbs
    that say something else than the method (`GET /users/{id}/edit` is a form), paths that answer both `GET` and a
    method that changes something, as pages with forms do, and applications that call procedures by `POST` alone.

    ## References
    - https://www.rfc-editor.org/rfc/rfc9110#name-method-definitions
    - https://cloud.google.com/apis/design/resources
    """

    code = "FAL112"
    name = "verb-in-path"
    standards = ("API-2",)
    messages = {
        "verb": '{route} says "{verb}" twice, by its method and in "{segment}": name the thing alone',
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.registered_routes:
            found = verb_in(route) if route.include_in_schema else None
            if found is not None:
                segment, verb = found
                yield self.finding("verb", route.location, route=route.label, verb=verb, segment=segment)
