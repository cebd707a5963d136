"""FAL509: a mail that is sent before the response."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.knowledge.deliveries import DELIVERIES
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class SlowWorkBeforeResponse(Rule):
    """A mail or message is sent before the response.

    ## What it does
    Reports calls that send mails, text messages, push and chat messages while a request is served, outside background
    tasks.

    ## Why is this bad?
    The client waits for somebody else's mail server, which may take seconds, and when that fails so does the request,
    though all that mattered is done. A registration that is answered with 500 because the greeting could not be sent is
    tried again, and refused as a duplicate.

    ## Bad
    ```python
    from email.message import EmailMessage

    import aiosmtplib
    from fastapi import FastAPI

    app = FastAPI()


    @app.post("/users")
    async def register(address: str):
        message = EmailMessage()
        message["To"] = address
        await aiosmtplib.send(message, hostname="localhost")
        return {"address": address}
    ```

    ## Good
    ```python
    from email.message import EmailMessage

    import aiosmtplib
    from fastapi import BackgroundTasks, FastAPI

    app = FastAPI()


    async def greet(address: str):
        message = EmailMessage()
        message["To"] = address
        await aiosmtplib.send(message, hostname="localhost")


    @app.post("/users")
    async def register(address: str, tasks: BackgroundTasks):
        tasks.add_task(greet, address)
        return {"address": address}
    ```

    ## When not to use it
    Where the response must say whether the message was sent.

    ## Known limitations
    It knows the calls of its table. Whether the response depends on the delivery can't be seen, so the rule is not on
    by default. A function that both an endpoint and a background task call counts for the endpoint.

    ## References
    - https://fastapi.tiangolo.com/tutorial/background-tasks/
    """

    code = "FAL509"
    name = "slow-work-before-response"
    severity = Severity.INFO
    profile = "strict"
    standards = ("ASY-8",)
    messages = {
        "before": "{entry} sends {what} before it answers ({call} in {function}); hand it to BackgroundTasks",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.reached_functions:
            if reach.entry.kind not in ("endpoint", "dependency"):
                continue
            for event in project.bodies.of(function).calls:
                if event.names and not event.functions and DELIVERIES.keys() >= set(event.names):
                    yield self.finding(
                        "before",
                        event.site.location,
                        related=reach.evidence(),
                        flow=True,
                        entry=reach.entry.label,
                        what=DELIVERIES[event.names[0]],
                        call=event.names[0].replace("()", ""),
                        function=function.name,
                    )
