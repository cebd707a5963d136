"""FAL118: a decorator above the one that registers the route."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.decorators import bypassed_decorators
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.values import Site
from fastapi_lint.rules.api import Rule


class IneffectiveDecorator(Rule):
    """A decorator stands above the one that registers the route.

    ## What it does
    Reports a decorator above `@app.get(...)` and its kin that puts another function in the place of the endpoint: one
    of the project that returns a function of its own, and known ones such as `functools.cache`, `fastapi_cache`'s
    `cache`, `slowapi`'s `limit`, `tenacity`'s `retry` and Starlette's `requires`.

    ## Why is this bad?
    Decorators are applied from the bottom up, and the route keeps the function that it was given. What is above wraps
    it too late and is never called for a request: nothing is cached, limited or repeated, and nobody is turned away.

    ## Bad
    ```python
    from functools import wraps

    from fastapi import FastAPI, HTTPException, Request

    app = FastAPI()


    def require_key(endpoint):
        @wraps(endpoint)
        async def wrapper(request: Request):
            if "x-key" not in request.headers:
                raise HTTPException(status_code=401)
            return await endpoint(request)

        return wrapper


    @require_key
    @app.get("/books")
    async def read_books(request: Request):
        return ["Emma"]
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI, HTTPException, Request

    app = FastAPI()


    def require_key(request: Request) -> None:
        if "x-key" not in request.headers:
            raise HTTPException(status_code=401)


    @app.get("/books", dependencies=[Depends(require_key)])
    async def read_books():
        return ["Emma"]
    ```

    A decorator that must stay stands between the route and the function:

    ```python
    from functools import cache

    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/books")
    @cache
    def read_books():
        return ["Emma"]
    ```

    ## When not to use it
    Where a decorator is meant only for calls of the function from other code.

    ## Known limitations
    Silent: decorators of libraries that are not listed, and those of the project that may return what they were given,
    such as ones that only mark or register it.

    ## Fix safety
    The fix moves the decorators below the one of the route. It is unsafe: they are called then, and what they give
    needs the signature of the endpoint, as `functools.wraps` keeps it.

    ## References
    - https://docs.python.org/3/reference/compound_stmts.html#function-definitions
    - https://fastapi.tiangolo.com/tutorial/dependencies/dependencies-in-path-operation-decorators/
    """

    code = "FAL118"
    name = "ineffective-decorator"
    fix = "unsafe"
    messages = {
        "above": "@{name} stands above the decorator that registers {route}, so it is never called for a request: "
        "move it below, or make it a dependency",
        "move": "move it below the decorator of the route",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.registered_routes:
            bypassed = list(bypassed_decorators(route, project))
            fix = self._fix(route, [decorator.site for decorator in bypassed], project) if bypassed else None
            for decorator in bypassed:
                related = [Related(f"{route.label} is registered here", route.location)]
                yield self.finding(
                    "above", decorator.site.location, related=related, fix=fix, name=decorator.name, route=route.label
                )

    def _fix(self, route: Route, bypassed: list[Site], project: Project) -> Fix | None:
        """All of them move together, so that they keep their order."""
        editor, function = project.editor(route.site.module), route.function
        if editor is None or function is None:
            return None
        own = next(one for one in function.fact.decorators if one.start <= route.site.start < one.end)
        before = [one for one in function.fact.decorators if one.start <= own.start]
        moved = [one for one in before if any(one.start == site.start for site in bypassed)]
        after = [*(one for one in before if one not in moved), *moved]
        edits = [editor.replace(old, editor.written(new)) for old, new in zip(before, after) if old != new]
        return editor.fix(self.messages["move"], edits, safe=False)
