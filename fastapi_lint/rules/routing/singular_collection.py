"""FAL111: a collection whose name is a singular noun."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.naming import singular_collections
from fastapi_lint.rules.api import Rule


class SingularCollection(Rule):
    """A collection is named in the singular.

    ## What it does
    Reports a path that ends with a singular countable noun (`/user`), where the routes show that it names a collection:
    a `GET` that returns a list or a `POST` that answers 201 at the path itself, and an item below it (`/user/{id}`). A
    collection is reported once.

    ## Why is this bad?
    `/users` is all users and `/users/{id}` one of them: so most APIs are read. `/user` looks like one user, that of the
    client perhaps, and where both forms are mixed, nobody can guess a path.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/user")
    def read_users() -> list[str]:
        return ["Emma"]


    @app.get("/user/{user_id}")
    def read_user(user_id: int) -> str:
        return "Emma"
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/users")
    def read_users() -> list[str]:
        return ["Emma"]


    @app.get("/users/{user_id}")
    def read_user(user_id: int) -> str:
        return "Emma"


    @app.get("/profile")
    def read_own_profile() -> str:
        return "Emma"
    ```

    ## When not to use it
    Where clients that cannot be changed use the paths as they are, or singular names are the rule of the house.

    ## Known limitations
    Only common English nouns are known. Silent: uncountable and foreign words, acronyms, names that may mean one thing
    (`/profile`, `/config`), collections whose list is wrapped in a page and that nothing is posted to.

    ## References
    - https://cloud.google.com/apis/design/resource_names
    """

    code = "FAL111"
    name = "singular-collection"
    standards = ("API-2",)
    messages = {
        "singular": '"{segment}" names a collection in the path of {route}: call it "{plural}"',
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        for found in () if app.mounted else singular_collections(app):
            related = [Related(f"{found.item.label} is one of its items", found.item.location)]
            yield self.finding(
                "singular",
                found.route.location,
                related=related,
                segment=found.segment,
                route=found.route.label,
                plural=found.plural,
            )
