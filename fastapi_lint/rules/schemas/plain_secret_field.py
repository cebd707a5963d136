"""FAL216: secrets in fields that show them."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.editing.masking import Masks
from fastapi_lint.model.project import Project
from fastapi_lint.model.schemas.plain_secrets import plain_secrets
from fastapi_lint.rules.api import Rule


class PlainSecretField(Rule):
    """A field of settings or of a request holds a secret as plain text.

    ## What it does
    Reports fields of the type `str` or `bytes` in settings, and in the bodies of requests, whose names say that they
    hold a password, a token, a key or another secret.

    ## Why is this bad?
    Whoever logs the object, puts it into an error or prints it while looking for another fault shows the secret: its
    `repr` has all fields. `SecretStr` shows `**********` there, and says where the secret itself is used
    (`get_secret_value()`).

    ## Bad
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel
    from pydantic_settings import BaseSettings

    app = FastAPI()


    class Settings(BaseSettings):
        smtp_password: str = ""


    class Login(BaseModel):
        name: str
        password: str


    @app.post("/login")
    def log_in(login: Login) -> None: ...
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel, SecretStr
    from pydantic_settings import BaseSettings

    app = FastAPI()


    class Settings(BaseSettings):
        smtp_password: SecretStr = SecretStr("")


    class Login(BaseModel):
        name: str
        password: SecretStr


    @app.post("/login")
    def log_in(login: Login) -> None: ...
    ```

    ## When not to use it
    Where it is known that no such object is ever shown as a whole.

    ## Known limitations
    It is a matter of taste, and so not on by default. Fields are known by their names. Silent: fields that a response
    has, too, where `SecretStr` would be masked; `Field(repr=False)`; models with a `__repr__` of their own; tests.

    ## Fix safety
    The fix writes the type, and `get_secret_value()` wherever the field is read. It is unsafe: what prints or dumps the
    object in ways that are not seen gets stars. There is none for optional fields and fields with a default, where a
    validator or a dump looks at the model, and where something of that name is read of what is not known.

    ## References
    - https://docs.pydantic.dev/latest/api/types/#pydantic.types.SecretStr
    - proof: `tests/proofs/test_proof_secret_fields.py`
    """

    code = "FAL216"
    name = "plain-secret-field"
    severity = Severity.INFO
    profile = "strict"
    fix = "unsafe"
    standards = ("SEC-8",)
    messages = {
        "plain": "`{owner}.{field}` is a {kind} that is shown wherever the object is: make it {masking}, and read it "
        "by `get_secret_value()`",
        "mask": "make it {masking}, and read its value where it is used",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        secrets = list(plain_secrets(project))
        masks = Masks(project, secrets)
        for secret in secrets:
            route = secret.route
            related = [Related(f"{route.label} takes it", route.location)] if route is not None else []
            yield self.finding(
                "plain",
                secret.field.location,
                related=related,
                fix=masks.fix(secret, self.messages["mask"].format(masking=secret.masking)),
                owner=secret.owner.name,
                field=secret.field.name,
                kind=secret.kind,
                masking=secret.masking,
            )
