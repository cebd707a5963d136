"""FAL356: a cookie of a session or token without its protections."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix
from fastapi_lint.facts.expressions import Constant
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.cookies import POSITIONS, BareCookie, bare_cookies
from fastapi_lint.rules.api import Rule


class InsecureCookie(Rule):
    """A cookie of a session or token is set without its protections.

    ## What it does
    Reports `response.set_cookie` for a session, access or refresh token where `secure` or `httponly` is not given, or
    is `False`.

    ## Why is this bad?
    Starlette leaves both off. Without `secure` the browser sends the cookie over plain HTTP, too, where anybody on the
    way reads it. Without `httponly` each script on the page reads it, so that one injected script takes the session
    along.

    ## Bad
    ```python
    from fastapi import FastAPI, Response

    app = FastAPI()


    @app.post("/login")
    def log_in(response: Response) -> None:
        response.set_cookie("access_token", "token")
    ```

    ## Good
    ```python
    from fastapi import FastAPI, Response

    app = FastAPI()


    @app.post("/login")
    def log_in(response: Response) -> None:
        response.set_cookie("access_token", "token", secure=True, httponly=True, samesite="lax")
    ```

    ## When not to use it
    Where scripts of the page must read the cookie, or for an application that is only served over plain HTTP on a
    machine of its own.

    ## Known limitations
    Cookies are known by their names, as far as these are written in the source. Values from settings are silent, and
    so is `samesite`, which is "lax" by default.

    ## Fix safety
    The fix passes `secure=True` and `httponly=True`. It is unsafe: over plain HTTP a browser no longer sends the cookie
    (but to `localhost`), and scripts of the page no longer read it. There is none where the value that is off has a
    name, or arguments are unpacked.

    ## References
    - https://owasp.org/www-community/controls/SecureCookieAttribute
    - https://owasp.org/www-community/HttpOnly
    - https://www.starlette.io/responses/#set-cookie
    - tests/proofs/test_proof_cookies.py
    """

    code = "FAL356"
    name = "insecure-cookie"
    fix = "unsafe"
    standards = ("SEC-10",)
    messages = {
        "found": "{function} sets the cookie {key} without {lacks}: {why}; pass {wanted}",
        "pass": "pass {wanted}",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for cookie in bare_cookies(project.functions, project.bodies):
            why = {"secure": "it is sent over plain HTTP too", "httponly": "any script on the page can read it"}
            wanted = ", ".join(f"{name}=True" for name in cookie.lacks)
            yield self.finding(
                "found",
                cookie.site.location,
                fix=self._fix(cookie, wanted, project),
                function=cookie.function.name,
                key=cookie.key,
                lacks=" and ".join(cookie.lacks),
                why=", and ".join(why[name] for name in cookie.lacks),
                wanted=wanted,
            )

    def _fix(self, cookie: BareCookie, wanted: str, project: Project) -> Fix | None:
        editing = project.call_to_edit(cookie.site)
        if editing is None:
            return None
        editor, call = editing
        if not all(isinstance(call.passed(name, POSITIONS[name]), (Constant, type(None))) for name in cookie.lacks):
            return None  # what it stands for may be something else elsewhere
        edits = editor.set_arguments(call, dict.fromkeys(cookie.lacks, "True"), POSITIONS)
        return editor.fix(self.messages["pass"].format(wanted=wanted), edits, safe=False)
