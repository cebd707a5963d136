"""FAL517: an async generator that blocks between the parts of a streamed response."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class StreamingBlockingGenerator(Rule):
    """An async generator blocks between the parts of a streamed response.

    ## What it does
    Reports blocking calls, and calls of plain project functions that lead to one, in an async generator whose items a
    response sends: one handed to `StreamingResponse` or `EventSourceResponse`, or an endpoint that is a generator.

    ## Why is this bad?
    An async generator runs on the event loop. Each part that it reads from a file or fetches with a blocking client
    stops all other requests, and a stream does so again and again as long as somebody listens. Starlette iterates a
    plain generator in its thread pool, so that without `async` the same code harms nobody.

    ## Bad
    ```python
    from fastapi import FastAPI
    from fastapi.responses import StreamingResponse

    app = FastAPI()


    async def parts():
        with open("film.mp4", "rb") as film:
            while part := film.read(65536):
                yield part


    @app.get("/film")
    async def watch_film():
        return StreamingResponse(parts(), media_type="video/mp4")
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from fastapi.responses import StreamingResponse

    app = FastAPI()


    def parts():
        with open("film.mp4", "rb") as film:
            while part := film.read(65536):
                yield part


    @app.get("/film")
    async def watch_film():
        return StreamingResponse(parts(), media_type="video/mp4")
    ```

    ## When not to use it
    In a service that never serves two requests at once.

    ## Known limitations
    It knows the calls of `blocking-call-in-async`. Followed are generators that are called where the response is made,
    and variables that are assigned once; those that a generator iterates in turn have findings of the other rules.

    ## References
    - https://fastapi.tiangolo.com/advanced/custom-response/#streamingresponse
    - https://www.starlette.io/responses/#streamingresponse
    - tests/proofs/test_threads.py
    """

    code = "FAL517"
    name = "streaming-blocking-generator"
    standards = ("ASY-1",)
    messages = {
        "direct": "{call} waits for {waits_for} and blocks the event loop at each part that {generator} streams: it is "
        "async and serves {entry}; make it a plain generator, or use {instead}",
        "behind": "{callee}() ends in {call}, which waits for {waits_for} and blocks the event loop while {generator} "
        "streams: it is async and serves {entry}; make it a plain generator, or use {instead}",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for generator, handed in project.streams.items():
            if not generator.is_async or project.is_test(generator.module):
                continue
            reach = project.request_path.reached[generator]
            behind = (project.blocking.behind(event, generator) for event in project.bodies.of(generator).calls)
            for found in (*project.blocking.direct(generator), *filter(None, behind)):
                chain = found.chain
                last = [Related(f"{found.call} blocks here", found.event.site.location)] if chain else []
                yield self.finding(
                    "behind" if chain else "direct",
                    (chain[0][0] if chain else found.event).site.location,
                    related=[*reach.evidence(), handed, *last],
                    callee=chain[0][1].call_name if chain else "",
                    call=found.call,
                    waits_for=found.row.waits_for,
                    instead=found.row.instead,
                    generator=generator.name,
                    entry=reach.entry.label,
                )
