"""FAL364: a request that waits for another service without an end."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Related
from fastapi_lint.facts.expressions import Call
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import CallEvent
from fastapi_lint.model.knowledge.http_clients import BOUNDED, BOUNDED_CLIENTS, ENDLESS, STREAMING
from fastapi_lint.model.project import Project
from fastapi_lint.model.values import External, ExternalResult, Site, is_none, possibilities
from fastapi_lint.rules.api import Rule


class HttpCallWithoutTimeout(Rule):
    """A request waits for another service without an end.

    ## What it does
    Reports calls of `requests` without `timeout`, and calls of `httpx` with `timeout=None`, or by a client that was
    made with it, in whatever runs while a request is served: endpoints, dependencies, middlewares, exception handlers,
    background tasks, and the project functions that they call.

    ## Why is this bad?
    `requests` has no timeout by default. When the other side accepts the connection and then says nothing, the call
    never returns: its thread is gone, and after some forty such calls the thread pool that serves all plain endpoints
    is, so that the application answers nobody.

    ## Bad
    ```python
    import requests
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/rates")
    def read_rates():
        return requests.get("https://rates.example.com/latest").json()
    ```

    ## Good
    ```python
    import requests
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/rates")
    def read_rates():
        return requests.get("https://rates.example.com/latest", timeout=5).json()
    ```

    ## When not to use it
    Where adapters of a session bring a timeout of their own.

    ## Known limitations
    Silent: clients without a timeout whose function hands on a stream, calls that are given `**options`, sessions that
    can't be resolved, and code that no request reaches, such as scripts and start-up. `httpx` waits five seconds by
    default, `aiohttp` five minutes.

    ## Fix safety
    The fix passes a timeout of ten seconds. It is unsafe: calls that take longer raise then, and another time may be
    fitting.

    ## References
    - https://requests.readthedocs.io/en/latest/user/advanced/#timeouts
    - https://www.python-httpx.org/advanced/timeouts/
    """

    code = "FAL364"
    name = "http-call-without-timeout"
    fix = "unsafe"
    standards = ("ASY-1",)
    messages = {
        "missing": "{call} has no timeout: {function}, which serves {entry}, waits as long as the other side likes; "
        "pass timeout=",
        "none": "{call} has timeout=None: {function}, which serves {entry}, waits as long as the other side likes",
        "client": "{call} has no timeout, since its client was made with timeout=None: {function}, which serves "
        "{entry}, waits as long as the other side likes; give one of them a timeout",
        "pass": "pass `timeout=10`",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.reached_functions:
            calls = project.bodies.of(function).calls
            for event in calls:
                client = _endless_client(event, function)
                problem = "client" if client is not None else _problem(event)
                if problem is not None and not (BOUNDED_CLIENTS.issuperset(event.names) and _hands_on(calls)):
                    made = [Related("the client is made here", client.location)] if client is not None else []
                    yield self.finding(
                        problem,
                        event.site.location,
                        related=[*reach.evidence(), *made],
                        fix=self._fix(event, project),
                        flow=True,
                        call=event.names[0].replace("()", ""),
                        function=function.name,
                        entry=reach.entry.label,
                    )

    def _fix(self, event: CallEvent, project: Project) -> Fix | None:
        editor, call = project.editor(event.site.module), event.node
        if editor is None or not isinstance(call, Call):
            return None
        return editor.fix(self.messages["pass"], [editor.set_argument(call, "timeout", "10")], safe=False)


def _problem(event: CallEvent) -> str | None:
    """The id of the message about a call, or None."""
    names, timeout = set(event.names), event.arguments.get("timeout")
    if not names or event.functions:
        return None
    if names <= ENDLESS and timeout is None and event.arguments.complete:
        return "missing"
    return (
        "none" if names <= ENDLESS | BOUNDED | BOUNDED_CLIENTS and is_none(timeout) and _is_certain(timeout) else None
    )


def _endless_client(event: CallEvent, function: FunctionDefinition) -> Site | None:
    """Where the client of a call was made without a timeout, elsewhere than in the function that calls it, so that
    nobody sees it there; None where it has one, or the call."""
    if not BOUNDED.issuperset(event.names) or not STREAMING.isdisjoint(event.names):
        return None
    if event.arguments.get("timeout") is not None or not event.arguments.complete:
        return None
    callee = next(iter(possibilities(event.callee)), None)
    client = callee.receiver if isinstance(callee, External) else None
    if not isinstance(client, ExternalResult) or client.site is None or function.is_around(client.site):
        return None
    timeout = client.arguments.get("timeout")
    return client.site if is_none(timeout) and _is_certain(timeout) else None


def _hands_on(calls: list[CallEvent]) -> bool:
    """Whether a function hands on a stream, which takes as long as it takes."""
    return any(not STREAMING.isdisjoint(event.names) for event in calls)


def _is_certain(value: object) -> bool:
    return not getattr(value, "assumed", False)
