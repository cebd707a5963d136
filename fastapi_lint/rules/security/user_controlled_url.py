"""FAL358: what a client sends, as the host of a request."""

from __future__ import annotations

from fastapi_lint.diagnostics import Severity
from fastapi_lint.rules.security._flows import _FlowRule


class UserControlledUrl(_FlowRule):
    """What a client sends says where the server sends a request.

    ## What it does
    Reports a request of `httpx`, `requests`, `aiohttp` or `urllib` whose URL begins with a parameter, a field of a body
    or a header, or whose host holds it.

    ## Why is this bad?
    The server stands where the client does not: beside databases, administration pages and the metadata service of the
    cloud, which hands out keys to whoever asks from there.

    ## Bad
    ```python
    import httpx
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/preview")
    async def preview(url: str):
        async with httpx.AsyncClient() as client:
            return (await client.get(url)).text
    ```

    ## Good
    ```python
    import httpx
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    HOSTS = {"books.example.com", "images.example.com"}


    @app.get("/preview")
    async def preview(url: str):
        if httpx.URL(url).host not in HOSTS:
            raise HTTPException(status_code=400, detail="Unknown host")
        async with httpx.AsyncClient() as client:
            return (await client.get(url)).text
    ```

    ## When not to use it
    Where requests leave through a proxy that keeps them out of the own network.

    ## Known limitations
    What comes to the call through objects (but for what their constructors keep), dicts of a module, generators, or
    functions that can't be resolved, is missed. Silent: what was compared with something, handed to a function whose
    name speaks of a check, or is of another type than a text (`int`, `UUID`, an `Enum`, `Literal`, a `pattern`); what
    stands behind the host of a URL.

    ## References
    - https://owasp.org/www-community/attacks/Server_Side_Request_Forgery
    - https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html
    """

    code = "FAL358"
    name = "user-controlled-url"
    severity = Severity.ERROR
    kind = "url"
    standards = ("SEC-2",)
    messages = {
        "found": "{source} says where {call} sends a request, so that the client reaches what only the server can; "
        "compare the host with those that are meant",
    }
