"""FAL139: a route of which the documentation says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Level, Route
from fastapi_lint.model.values import text_of
from fastapi_lint.rules.api import Rule


class UndocumentedRoute(Rule):
    """A route has no text in the documentation, or no tag.

    ## What it does
    Reports a documented route with neither a `summary`, a `description` nor a docstring, and one without tags, its own
    or those of its routers.

    ## Why is this bad?
    The documentation then shows the name of the function and nothing else, and all such routes stand in one list named
    "default". Generated clients have methods without comments, in one class.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/books")
    def list_books() -> list[str]:
        return []
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/books", tags=["books"])
    def list_books() -> list[str]:
        \"\"\"All books, by title.\"\"\"
        return []
    ```

    ## When not to use it
    For an API that nobody but its own pages uses.

    ## Known limitations
    It is a matter of taste, and so not on by default. Silent: routes that are not in the schema; endpoints outside the
    project; tags that can't be resolved. FastAPI makes the summary of a name of several words (`name="All books"`).

    ## References
    - https://fastapi.tiangolo.com/tutorial/path-operation-configuration/
    - proof: `tests/proofs/test_operation_ids.py`
    """

    code = "FAL139"
    name = "undocumented-route"
    severity = Severity.INFO
    profile = "strict"
    standards = ("STR-5",)
    messages = {
        "nothing": "{route} ({place}) has no docstring, no summary and no tag: say what it does and belongs to",
        "text": "{route} ({place}) has neither docstring nor summary: say what it does",
        "tags": '{route} ({place}) has no tag, so that the documentation lists it under "default": say what it '
        "belongs to",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        seen: set[object] = set()
        for route in project.routes:  # one of an endpoint may be hidden, and the other not
            if route.kind != "api" or route.function is None or not route.include_in_schema:
                continue
            if (route.function, route.methods) in seen or project.is_test(route.site.module):
                continue
            seen.add((route.function, route.methods))
            has_tags = any(map(_may_tag, route.levels))
            has_text = _has_text(route)
            if not (has_tags and has_text):
                found = "nothing" if not (has_tags or has_text) else "tags" if has_text else "text"
                yield self.finding(found, route.location, route=route.label, place=route.location)


def _may_tag(level: Level) -> bool:
    """Whether a place gives a route tags, or may do so among arguments that are not known."""
    given = level.arguments.get("tags") is not None or not level.arguments.complete
    return given and level.kind not in ("app", "mount")


def _has_text(route: Route) -> bool:
    """Whether something says what a route does, or may say so among arguments that are not known."""
    if route.function is not None and route.function.innermost.fact.docstring is not None:
        return True
    if not route.registration.arguments.complete or " " in (text_of(route.argument("name")) or ""):
        return True  # FastAPI takes the name for the summary
    return any(route.argument(name) is not None for name in ("summary", "description"))
