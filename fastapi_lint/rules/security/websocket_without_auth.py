"""FAL304: a websocket for anybody, among routes that authenticate."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.security.websockets import guarded_sibling
from fastapi_lint.rules.api import Rule


class WebsocketWithoutAuth(Rule):
    """A websocket takes anybody, while the HTTP routes around it authenticate.

    ## What it does
    Reports websocket routes for which nothing authenticates (no dependency at any depth, no middleware, and nothing in
    the endpoint or in what it calls) when at least half of the HTTP routes of the same module do, or of the application
    where the module has no others.

    ## Why is this bad?
    A websocket is easily forgotten: browsers send no `Authorization` header with it, so that it wants a way of its
    own, and middlewares made by `@app.middleware("http")` are not asked. Pages of any origin may open it, since CORS
    does not apply. A dependency that takes the token as a query parameter or a cookie and raises `WebSocketException`
    turns strangers away before the connection is accepted.

    ## Bad
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI, WebSocket
    from fastapi.security import OAuth2PasswordBearer

    app = FastAPI()
    scheme = OAuth2PasswordBearer(tokenUrl="login")


    @app.get("/orders")
    def list_orders(token: Annotated[str, Depends(scheme)]) -> list[str]:
        return []


    @app.websocket("/orders/{customer_id}/live")
    async def follow_orders(websocket: WebSocket, customer_id: int) -> None:
        await websocket.accept()
        await websocket.send_json([])
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI, Query, WebSocket, WebSocketException
    from fastapi.security import OAuth2PasswordBearer

    app = FastAPI()
    scheme = OAuth2PasswordBearer(tokenUrl="login")


    def socket_user(token: Annotated[str | None, Query()] = None) -> str:
        if token is None:
            raise WebSocketException(code=1008)
        return token


    @app.get("/orders")
    def list_orders(token: Annotated[str, Depends(scheme)]) -> list[str]:
        return []


    @app.websocket("/orders/live")
    async def follow_orders(websocket: WebSocket, user: Annotated[str, Depends(socket_user)]) -> None:
        await websocket.accept()
        await websocket.send_json([])
    ```

    ## When not to use it
    Where a gateway in front of the application authenticates every connection. Single websockets that are public on
    purpose are named by a comment, `# public: why`, beside them, or by `public-paths` in the configuration.

    ## Known limitations
    Silent where anything that runs for the websocket speaks of tokens, tickets, permissions and the like, in its first
    message too, whatever is made of them, and where it is handed to code that is not seen. Whether a websocket is
    accepted before its token is judged is not looked at: some do so on purpose, since only then the client sees why it
    was closed.

    ## References
    - https://fastapi.tiangolo.com/advanced/websockets/#using-depends-and-others
    - tests/proofs/test_proof_websockets.py
    """

    code = "FAL304"
    name = "websocket-without-auth"
    standards = ("SEC-3", "AUT-7")
    messages = {
        "found": "{route} ({place}) takes anybody, while {sibling} authenticates; depend on something that judges a "
        "query parameter, cookie or header and raises WebSocketException(1008)",
    }

    def check_route(self, route: Route, project: Project) -> Iterator[Diagnostic]:
        sibling = guarded_sibling(route, project)
        if sibling is not None:
            example = project.authentication_example(sibling)
            yield self.finding(
                "found",
                route.location,
                related=[example] if example is not None else [],
                route=route.label,
                place=route.location,
                sibling=sibling.label,
            )
