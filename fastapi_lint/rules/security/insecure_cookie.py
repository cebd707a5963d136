"""FAL356: a cookie of a session or token without its protections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fastapi_lint.diagnostics import Diagnostic, Fix
from fastapi_lint.facts.expressions import Constant
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.security.cookies import HTTPS_ONLY, POSITIONS, bare_cookies, bare_sessions
from fastapi_lint.model.values import Site
from fastapi_lint.rules.api import Rule


class InsecureCookie(Rule):
    """A cookie of a session or token is set without its protections.

    ## What it does
    Reports `response.set_cookie` for a session, access or refresh token where `secure` or `httponly` is not given, or
    is `False`, and a `SessionMiddleware` that is added without `https_only`.

    ## Why is this bad?
    Starlette leaves them off. Without `secure` the browser sends the cookie over plain HTTP, too, where anybody on the
    way reads it. Without `httponly` each script on the page reads it, so that one injected script takes the session
    along. `SessionMiddleware` sets `httponly` by itself, but `secure` only for `https_only=True`; the session in its
    cookie is signed, and readable by all.

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
    so are `samesite`, which is "lax" by default, and middlewares that are added under a condition which does
    not hold by default.

    ## Fix safety
    The fix passes `secure=True` and `httponly=True`, or `https_only=True`. It is unsafe: over plain HTTP a browser no
    longer sends the cookie (but to `localhost`), and scripts of the page no longer read it. There is none where the
    value that is off has a name, or arguments are unpacked.

    ## References
    - https://owasp.org/www-community/controls/SecureCookieAttribute
    - https://owasp.org/www-community/HttpOnly
    - https://www.starlette.io/responses/#set-cookie
    - https://www.starlette.io/middleware/#sessionmiddleware
    - tests/proofs/test_proof_cookies.py
    """

    code = "FAL356"
    name = "insecure-cookie"
    fix = "unsafe"
    standards = ("SEC-10",)
    messages = {
        "found": "{function} sets the cookie {key} without {lacks}: {why}; pass {wanted}",
        "session": "{app} keeps sessions in a cookie without secure: it is sent over plain HTTP too; pass {wanted}",
        "pass": "pass {wanted}",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for cookie in bare_cookies(project.functions, project.bodies):
            why = {"secure": "it is sent over plain HTTP too", "httponly": "any script on the page can read it"}
            yield self.finding(
                "found",
                cookie.site.location,
                fix=self._fix(cookie.site, {name: POSITIONS[name] for name in cookie.lacks}, project),
                function=cookie.function.name,
                key=cookie.key,
                lacks=" and ".join(cookie.lacks),
                why=", and ".join(why[name] for name in cookie.lacks),
                wanted=_wanted(cookie.lacks),
            )

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        lacking = dict([HTTPS_ONLY])
        for middleware in bare_sessions(app):
            fix = self._fix(middleware.site, lacking, project)
            yield self.finding("session", middleware.site.location, fix=fix, app=app.name, wanted=_wanted(lacking))

    def _fix(self, site: Site, lacking: Mapping[str, int], project: Project) -> Fix | None:
        """Passes arguments, given with their positions."""
        editing = project.call_to_edit(site)
        if editing is None:
            return None
        editor, call = editing
        if not all(isinstance(call.passed(*each), (Constant, type(None))) for each in lacking.items()):
            return None  # what it stands for may be something else elsewhere
        edits = editor.set_arguments(call, dict.fromkeys(lacking, "True"), lacking)
        return editor.fix(self.messages["pass"].format(wanted=_wanted(lacking)), edits, safe=False)


def _wanted(names: Iterable[str]) -> str:
    return ", ".join(f"{name}=True" for name in names)
