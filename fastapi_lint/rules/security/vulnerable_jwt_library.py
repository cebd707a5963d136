"""FAL321: a library for tokens that takes forged ones."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.knowledge.token_libraries import FLAWS
from fastapi_lint.model.project import Project
from fastapi_lint.model.structure.imports import imports_of
from fastapi_lint.rules.api import Rule


class VulnerableJwtLibrary(Rule):
    """The project holds a library for JSON web tokens at a release with a known flaw in checking signatures.

    ## What it does
    Reports the first import of python-jose before 3.4, PyJWT before 2.4, Authlib before 1.3.1 (`authlib.jose`),
    python-jwt before 3.3.4 and jwcrypto before 1.4, where a lock file or the requirements of the project hold it there:
    `uv.lock`, `poetry.lock`, `pdm.lock`, `pylock.toml`, `Pipfile.lock`, `pyproject.toml`, `requirements*.txt` and kin.

    ## Why is this bad?
    The signature is all that tells a token of yours from one that somebody wrote. Most of these flaws let a public key
    pass as the secret of HMAC: who knows it, as everybody may, signs tokens for any user, where the call of `decode`
    leaves the algorithm open or names both kinds.

    ## Bad
    ```python
    # file: requirements.txt
    python-jose[cryptography]==3.3.0
    # file: tokens.py
    import os

    from jose import jwt


    def read_token(token: str) -> dict[str, str]:
        return jwt.decode(token, os.environ["KEY"], algorithms=["HS256"])
    ```

    ## Good
    ```python
    # file: requirements.txt
    python-jose[cryptography]==3.5.0
    # file: tokens.py
    import os

    from jose import jwt


    def read_token(token: str) -> dict[str, str]:
        return jwt.decode(token, os.environ["KEY"], algorithms=["HS256"])
    ```

    ## When not to use it
    Where another tool reports vulnerable releases of all that is installed.

    ## Known limitations
    Only flaws in checking signatures count, not those that cost time or memory. Silent where nothing says which release
    is installed: a requirement without an upper bound gets the newest. Where several requirements stand for several
    environments, the newest release among them counts. What only tests import is left alone.

    ## References
    - https://nvd.nist.gov/vuln/detail/CVE-2024-33663
    - https://github.com/jpadilla/pyjwt/security/advisories/GHSA-ffqj-6fqr-9h24
    - https://osv.dev/vulnerability/GHSA-5357-c2jx-v7qh
    - https://github.com/davedoesdev/python-jwt/security/advisories/GHSA-5p8v-58qm-c7fp
    - https://www.rfc-editor.org/rfc/rfc8725#section-2.1
    """

    code = "FAL321"
    name = "vulnerable-jwt-library"
    standards = ("AUT-2",)
    messages = {
        "found": "the project holds {library} below {fixed}, which has {identifier}: {flaw}; require "
        "{library}>={fixed}",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for flaw in FLAWS:
            release = project.settings.versions.get(flaw.distribution)
            own = any(module.name == flaw.package for module in project.modules)
            if release is None or release >= flaw.fixed or own:
                continue
            importing = (module for module in project.modules if not module.is_test)
            first = next(((module, node) for module in importing for node in imports_of(module, flaw.package)), None)
            if first is not None:
                module, node = first
                yield self.finding(
                    "found",
                    module.location(node.start, node.end),
                    library=flaw.distribution,
                    fixed=".".join(map(str, flaw.fixed)),
                    identifier=flaw.identifier,
                    flaw=flaw.what,
                )
