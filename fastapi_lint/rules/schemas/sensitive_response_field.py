"""FAL214: a response shows what nobody should get back."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.schemas.sensitive import shown_sensitive
from fastapi_lint.rules.api import Rule


class SensitiveResponseField(Rule):
    """A response shows a password, a password hash, a private key, a client secret or card data.

    ## What it does
    Reports a field of a response model, at any depth, whose name says that it holds a password, the hash of one, a
    private key, the secret of an OAuth client, or the number or check code of a card.

    ## Why is this bad?
    Whoever may read the object reads the secret, and so does what stands between: logs, caches, the browser's tools.
    A hash is there to be guessed at leisure. Mostly the schema was made for the database, or for the request.

    ## Bad
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class User(BaseModel):
        name: str
        hashed_password: str


    @app.get("/users/{name}")
    def read_user(name: str) -> User:
        return User(name=name, hashed_password="$2b$…")
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class UserPublic(BaseModel):
        name: str


    class User(UserPublic):
        hashed_password: str


    @app.get("/users/{name}", response_model=UserPublic)
    def read_user(name: str) -> User:
        return User(name=name, hashed_password="$2b$…")
    ```

    ## When not to use it
    In a service that is there to hand out credentials.

    ## Known limitations
    Only fields of text, by their names. Silent: `Field(exclude=True)`, `response_model_exclude` and
    `response_model_include`; `SecretStr`, which is masked; fields and schemas with serializers of their own; routes
    whose path speaks of logging in, tokens, keys or passwords, and those other than `GET` whose path speaks of
    credentials or secrets; private keys and client secrets in the answer to a `POST`, which shows them once; fields
    that the request brings in the same schema (FAL201 speaks of these). API keys and tokens are not reported.

    ## References
    - https://fastapi.tiangolo.com/tutorial/response-model/#return-the-same-input-data
    - https://cwe.mitre.org/data/definitions/200.html
    """

    code = "FAL214"
    name = "sensitive-response-field"
    severity = Severity.ERROR
    standards = ("AUT-6", "SEC-8")
    messages = {
        "shown": "{route} ({place}) answers with `{field}`, which is {kind}: take it out of the response model",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        reported = set()
        for route in project.routes_by_endpoint:
            for kind, path in shown_sensitive(route, project.schemas):
                if path[-1].site not in reported:
                    reported.add(path[-1].site)
                    related = [Related(f"`{field.name}` leads to it", field.location) for field in path[:-1]]
                    related.append(Related(f"{route.label} answers with it", route.location))
                    yield self.finding(
                        "shown",
                        path[-1].location,
                        related=related,
                        route=route.label,
                        place=route.location,
                        field=".".join(field.name for field in path),
                        kind=kind,
                    )
