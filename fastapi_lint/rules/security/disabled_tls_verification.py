"""FAL363: a connection whose certificate nobody checks."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.tls import unchecked_connections
from fastapi_lint.rules.api import Rule


class DisabledTlsVerification(Rule):
    """A connection is made without a check of the certificate.

    ## What it does
    Reports `verify=False` of `requests` and `httpx` (calls, clients, transports, sessions), `ssl=False` and
    `verify_ssl=False` of `aiohttp`, `ssl._create_unverified_context`, and contexts with `ssl.CERT_NONE`.

    ## Why is this bad?
    The connection is encrypted, but to whom is anybody's guess: who stands between reads and changes what is sent, the
    credentials among it.

    ## Bad
    ```python
    import httpx


    async def read_rates() -> dict[str, float]:
        async with httpx.AsyncClient(verify=False) as client:
            return (await client.get("https://rates.example.com")).json()
    ```

    ## Good
    ```python
    import ssl

    import httpx


    async def read_rates() -> dict[str, float]:
        context = ssl.create_default_context(cafile="company.pem")
        async with httpx.AsyncClient(verify=context) as client:
            return (await client.get("https://rates.example.com")).json()
    ```

    ## When not to use it
    For tools that look at certificates themselves.

    ## Known limitations
    Silent: what a condition or a setting decides, since somebody has asked for it then; variables of a module whose
    names say so (`insecure_client`), since something chooses them; hosts of the machine itself; tests.

    ## References
    - https://cwe.mitre.org/data/definitions/295.html
    - https://www.python-httpx.org/advanced/ssl/
    """

    code = "FAL363"
    name = "disabled-tls-verification"
    standards = ("SEC-10",)
    messages = {
        "found": "{who} checks no certificate, by {what}: anybody on the way can read and change what is sent; "
        "name the authority that signed it instead",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for found in unchecked_connections(project):
            yield self.finding("found", found.site.location, who=found.who, what=found.what)
