"""FAL351: a secret that stands in the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi_lint.diagnostics import Severity
from fastapi_lint.model.security.secrets import find_secrets
from fastapi_lint.rules.api import Findings, Option, Rule

if TYPE_CHECKING:
    from fastapi_lint.model.definitions import Module
    from fastapi_lint.model.project import Project


class HardcodedSecret(Rule):
    """A secret stands in the source.

    ## What it does
    Reports literal texts that are secrets. By their form, wherever they stand: tokens and keys in the formats of AWS,
    GitHub, GitLab, Slack, Stripe, Google, OpenAI and others, private keys, JSON web tokens, URLs with a password. By
    what they are bound to: a variable, attribute, parameter default, settings field, keyword argument or dict entry
    named as a password, secret, key or token, when the value looks like one too: generated characters, a password with
    digits or signs, the password of a default account, a key such as `secret` that anybody guesses, or any key given to
    the functions that sign. Fallbacks of `os.getenv` and its kin count: they are in force where the variable is unset.

    At most the first three characters of a value are shown, those of private keys never; reports mask it in the source
    that they quote.

    ## Why is this bad?
    Who can read the repository, its history, an image or a wheel has the secret, and it cannot be changed without a
    release. A signing key that is known lets anybody make valid tokens for any user.

    ## Bad
    ```python
    from pydantic_settings import BaseSettings


    class Settings(BaseSettings):
        jwt_secret_key: str = "b8f1c3a97d5e4f60a1b2c3d4e5f60718"
    ```

    ```python
    import os

    DATABASE_URL = os.getenv("DATABASE_URL", "postgresql://shop:k4Tz9-uPq2@db.shop.internal/shop")
    ```

    ## Good
    ```python
    from pydantic import SecretStr
    from pydantic_settings import BaseSettings


    class Settings(BaseSettings):
        jwt_secret_key: SecretStr
    ```

    ```python
    import os

    DATABASE_URL = os.environ["DATABASE_URL"]
    ```

    ## When not to use it
    For keys that are made to be published, name them in `ignore-names`.

    ## Known limitations
    Placeholders (`changethis`, `your-secret-here`, `<key>`, `${KEY}`) are silent, though some applications run with
    them. So are default passwords of local databases, a value that equals its own name, lone words under the name of a
    password (`password="letmein"`) unless the name speaks of a default or administrator account, hashes of passwords,
    tests, classes for tests (`TestSettings`), and folders of examples, demos and documentation. A secret put together
    from pieces is seen where all are literals. A text of random characters is not reported without a name that says
    what it is: it may be a checksum or a revision.

    ## References
    - [CWE-798: use of hard-coded credentials](https://cwe.mitre.org/data/definitions/798.html)
    - [FastAPI: settings and environment variables](https://fastapi.tiangolo.com/advanced/settings/)
    """

    code = "FAL351"
    name = "hardcoded-secret"
    severity = Severity.ERROR
    standards = ("SEC-1",)
    options = (
        Option("ignore-names", "list[str]", (), "names of variables, fields, keys and arguments that hold no secret"),
    )
    messages = {
        "named": "`{holder}` holds {what} that stands in the source ({shown}): read it from the environment instead",
        "fallback": "`{holder}` falls back to {what} that stands in the source ({shown}): fail where it is not set",
        "unnamed": "{what} stands in the source ({shown}): read it from the environment instead",
    }

    def check_module(self, module: Module, project: Project) -> Findings:
        """Asks the model for the secrets of the module."""
        if project.is_test(module):  # of all modules: what it finds is kept out of the cache
            return
        ignored = {name.lower() for name in self.option("ignore-names")}  # type: ignore[attr-defined]
        for secret in find_secrets(module, project.settings_lineage):
            if secret.name.lower() in ignored:
                continue
            message = "unnamed" if not secret.name else "fallback" if secret.fallback else "named"
            yield self.finding(
                message,
                secret.site.location,
                redact=True,
                holder=secret.name,
                what=secret.what,
                shown=secret.redacted,
            )
