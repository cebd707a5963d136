"""FAL510: a client that is made for each request."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.endpoints.clients import clients_per_request
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class ClientPerRequest(Rule):
    """A client is made for each request, though one would do for all.

    ## What it does
    Reports HTTP clients (`httpx`, `aiohttp`, `requests.Session`) for one host that the source names, which code on the
    request path makes in a `with` statement, or which a dependency makes and gives; clients of Redis, MongoDB,
    Elasticsearch and AWS that an endpoint or dependency makes by itself; and database engines that a dependency makes.

    ## Why is this bad?
    Such a client holds a pool of open connections. One that lives for a single request opens them anew each time: a
    name lookup, a TCP and a TLS handshake before the first byte, which often takes longer than the request itself. An
    engine for each request also goes past its own limit of connections, until the database refuses more.

    ## Bad
    ```python
    import httpx
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/rates")
    async def read_rates():
        async with httpx.AsyncClient() as client:
            response = await client.get("https://rates.example.com/latest")
        return response.json()
    ```

    ## Good
    ```python
    from contextlib import asynccontextmanager

    import httpx
    from fastapi import FastAPI, Request


    @asynccontextmanager
    async def lifespan(app: FastAPI):
        async with httpx.AsyncClient() as client:
            yield {"client": client}


    app = FastAPI(lifespan=lifespan)


    @app.get("/rates")
    async def read_rates(request: Request):
        response = await request.state.client.get("https://rates.example.com/latest")
        return response.json()
    ```

    ## When not to use it
    Where requests are so rare that connections would not stay open between them.

    ## Known limitations
    Silent: clients that are made of parameters or local variables (credentials of a user, a host of the request), with
    a transport, pool of connections, proxy or certificate of their own, in functions with a cache decorator, under `if
    client is None`, or kept beyond the function; hosts that the source does not name; what more than two calls part
    from the endpoint. Engines and sessions that an endpoint makes are the matter of `session-made-in-endpoint`.

    ## References
    - https://www.python-httpx.org/advanced/clients/
    - https://docs.aiohttp.org/en/stable/client_quickstart.html#make-a-request
    - https://fastapi.tiangolo.com/advanced/events/#lifespan
    """

    code = "FAL510"
    name = "client-per-request"
    severity = Severity.INFO
    standards = ("ASY-5",)
    messages = {
        "http": "{what} is made for each request, so that each opens new connections to {host}: {function} serves "
        "{entry}; make one in the lifespan and share it",
        "service": "{what} is made for each request, with connections of its own: {function} serves {entry}; make one "
        "in the lifespan and share it",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.reached_functions:
            for made in clients_per_request(reach, project.bodies, project.interpreter):
                yield self.finding(
                    "http" if made.host else "service",
                    made.event.site.location,
                    related=reach.evidence(),
                    flow=True,
                    what=made.what,
                    host=made.host,
                    function=function.name,
                    entry=reach.entry.label,
                )
