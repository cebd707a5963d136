"""FAL355: an application that nothing ties to HTTPS."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.security.exposure import may_enforce_https
from fastapi_lint.rules.api import Rule


class MissingHttpsEnforcement(Rule):
    """Nothing in the project sees to it that an application is asked by HTTPS.

    ## What it does
    Reports an application with a login where no middleware redirects to HTTPS, sends `Strict-Transport-Security` or
    reads what a proxy says of the scheme, no call of `uvicorn.run` has certificates or proxy headers, and no `servers`
    or `root_path` say where it is served.

    ## Why is this bad?
    Over HTTP everybody on the way reads passwords and tokens, and can take them. Without proxy headers an application
    behind a proxy takes each request for one by HTTP, and redirects to `http://`.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI
    from fastapi.security import HTTPBearer

    app = FastAPI(dependencies=[Depends(HTTPBearer())])


    @app.get("/books")
    def list_books() -> list[str]:
        return ["Emma"]
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI
    from fastapi.middleware.httpsredirect import HTTPSRedirectMiddleware
    from fastapi.security import HTTPBearer

    app = FastAPI(dependencies=[Depends(HTTPBearer())])
    app.add_middleware(HTTPSRedirectMiddleware)


    @app.get("/books")
    def list_books() -> list[str]:
        return ["Emma"]
    ```

    ## When not to use it
    Where the proxy before the application redirects and sends the header: most projects leave it to their proxy, whose
    configuration is no Python code. That is why the rule is not on by default.

    ## Known limitations
    Options on the command line of a server are not seen, nor files of containers and proxies. Silent: applications
    without a login, and those with a middleware that is not known.

    ## References
    - https://fastapi.tiangolo.com/deployment/https/
    - https://www.starlette.io/middleware/#httpsredirectmiddleware
    - https://www.uvicorn.org/deployment/#running-behind-nginx
    """

    code = "FAL355"
    name = "missing-https-enforcement"
    profile = "strict"
    standards = ("SEC-10",)
    messages = {
        "missing": "nothing in the project ties {app} to HTTPS: no redirect, no Strict-Transport-Security, no proxy "
        "headers and no certificates were found; add HTTPSRedirectMiddleware, or see to it in the proxy",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        if app.routes and not app.mounted and project.authenticates(app) and not may_enforce_https(app, project):
            yield self.finding("missing", app.location, app=app.name)
