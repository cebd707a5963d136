"""FAL301: a route that changes something and that anybody may call."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Related
from fastapi_lint.model.endpoints.answers import only_redirects
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.security.nature import looks_up, public_nature
from fastapi_lint.model.security.public import is_public_path, public_mark
from fastapi_lint.rules.api import Findings, Option, Rule

_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_READING = frozenset({"GET", "HEAD"})


class UnauthenticatedRoute(Rule):
    """A writing route of an application with authentication has none.

    ## What it does
    Reports a POST, PUT, PATCH or DELETE route when nothing that FastAPI calls for it authenticates: no dependency of
    the application, of an `include_router`, of the router, of the decorator, of a class-based view or of its
    parameters, at any depth, and no middleware. It speaks only in applications in which other routes authenticate, by
    more than a check in their own body.

    ## Why is this bad?
    A route that was forgotten looks like any other: it works, the tests pass, and anybody can write. Dependencies are
    spread over modules, so nobody sees it when reading one of them.

    ## Bad
    ```python
    # file: app/main.py
    from fastapi import Depends, FastAPI
    from app.routers import items, orders
    from app.security import current_user

    app = FastAPI()
    app.include_router(items.router, dependencies=[Depends(current_user)])
    app.include_router(orders.router)
    # file: app/security.py
    from fastapi import Depends
    from fastapi.security import OAuth2PasswordBearer

    scheme = OAuth2PasswordBearer(tokenUrl="login")


    def current_user(token: str = Depends(scheme)) -> str:
        return token
    # file: app/routers/items.py
    from fastapi import APIRouter

    router = APIRouter(prefix="/items")


    @router.post("", status_code=201)
    def create_item(name: str) -> str:
        return name
    # file: app/routers/orders.py
    from fastapi import APIRouter

    router = APIRouter(prefix="/orders")


    @router.post("", status_code=201)
    def create_order(item_id: int) -> int:
        return item_id
    ```

    ## Good
    ```python
    # file: app/main.py
    from fastapi import Depends, FastAPI
    from app.routers import orders
    from app.security import current_user

    app = FastAPI()
    app.include_router(orders.router, dependencies=[Depends(current_user)])
    # file: app/security.py
    from fastapi import Depends
    from fastapi.security import OAuth2PasswordBearer

    scheme = OAuth2PasswordBearer(tokenUrl="login")


    def current_user(token: str = Depends(scheme)) -> str:
        return token
    # file: app/routers/orders.py
    from fastapi import APIRouter

    router = APIRouter(prefix="/orders")


    @router.post("", status_code=201)
    def create_order(item_id: int) -> int:
        return item_id


    # public: guests may rate an order without an account
    @router.post("/rating", status_code=201)
    def rate(order_id: int, stars: int) -> int:
        return stars
    ```

    ## When not to use it
    Where a gateway in front of the application authenticates every request.

    ## Known limitations
    Dependencies and middlewares that cannot be resolved may authenticate, so routes under them are not reported, nor
    are those that a container gives something (dishka), nor endpoints that authenticate by hand
    (`manual-authentication`). Routes that are public by nature are told by their names and code: login, registration
    (`POST /users` with a password too, where nothing else registers), what takes name and password by
    `OAuth2PasswordRequestForm`, password reset, one-time codes, health, OAuth callbacks, what checks a signature, and
    what its path or docstring calls public. So are POST routes that only look something up, such as a search.

    ## Options
    Routes that are public on purpose are named by a comment, `# public: why`, beside them or beside the
    `include_router` call that brings them in, or by `public-paths` in the configuration; dependencies that authenticate
    by `auth-dependencies`.

    ## References
    - https://fastapi.tiangolo.com/tutorial/security/
    - https://fastapi.tiangolo.com/tutorial/bigger-applications/
    """

    code = "FAL301"
    name = "unauthenticated-route"
    standards = ("SEC-3",)
    messages = {
        "open": "{route} ({place}) has no auth dependency; {levels} none",
        "conditional": "{route} ({place}), registered under a condition, has no auth dependency; {levels} none",
    }
    options = (
        Option(
            "public-by-nature", "bool", True, "Pass over routes that are public by nature, such as login and health."
        ),
        Option(
            "reads", "bool", False, "Report reading routes too: GET, HEAD, and POST routes that only look something up."
        ),
    )

    def check_route(self, route: Route, project: Project) -> Findings:
        methods = _WRITING | (_READING if self.option("reads") else frozenset())
        function = route.function
        if function is None or not methods & set(route.methods or ()) or project.is_test(function.module):
            return
        authentication = project.authentication(route)
        if authentication.required is not False or authentication.grade is not None:
            return
        if (
            not project.authenticates(route.app)
            or public_mark(route)
            or is_public_path(route.path, project.settings.public_paths)
            or project.manual_authentication(route) is not None
        ):
            return
        if self.option("public-by-nature") and public_nature(route, project):
            return
        if only_redirects(route, project) or (not self.option("reads") and looks_up(route, project)):
            return
        example = project.authentication_example(route)
        yield self.finding(
            "conditional" if route.conditional else "open",
            route.location,
            related=[*_evidence(route), *([example] if example is not None else [])],
            route=route.label,
            place=route.location,
            levels=_levels(route),
        )


def _evidence(route: Route) -> Iterator[Related]:
    """What the route itself depends on, and one step for its router, each inclusion and the application, from inside
    out."""
    located = [dependency for dependency in route.dependant.dependencies if dependency.location is not None]
    if located:
        names = list(dict.fromkeys(dependency.qualified_name.rpartition(".")[2] for dependency in located))
        verb = "does not authenticate" if len(names) == 1 else "do not authenticate"
        yield Related(f"it depends on {_enumeration(names)}, which {verb}", located[0].location)
    words = {"router": "its router", "include": "this include_router", "app": "the application"}
    levels = list(reversed(route.levels))
    own_router = next((level for level in levels if level.kind == "router"), None)
    for level in levels:
        given = level.arguments.get("dependencies") is not None
        if level.kind in words and (level.kind != "router" or given or level is own_router):
            says = "has dependencies, none of which authenticates" if given else "declares no dependencies"
            yield Related(f"{words[level.kind]} {says}", level.site.location)


def _levels(route: Route) -> str:
    """What stands around a route and adds nothing, from the inside out, as a message says it."""
    names = {"router": "its router", "include": "include_router", "app": "the application"}
    kinds = [level.kind for level in reversed(route.levels)]
    around = list(dict.fromkeys(names[kind] for kind in kinds if kind in names))
    return f"{_enumeration(around)} {'adds' if len(around) == 1 else 'add'}"


def _enumeration(names: list[str]) -> str:
    """Names as a sentence lists them: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
