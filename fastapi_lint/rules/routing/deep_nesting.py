"""FAL115: a path of many levels."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.knowledge.paths import METHOD_VERBS
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.paths import shape
from fastapi_lint.rules.api import Option, Rule


class DeepNesting(Rule):
    """A path has more than two levels of sub-resources.

    ## What it does
    Reports a path with more than two sub-resources below each other. This one has three:
    `/shops/{shop_id}/shelves/{shelf_id}/books/{book_id}/pages`. Actions (`/books/{book_id}/activate`) don't count.

    ## Why is this bad?
    A client must know all the parents of a thing to name it, each link repeats them, and the server must check that
    they belong together. What has an id of its own can be asked for by that alone: `/books/{book_id}/pages`.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/shops/{shop_id}/shelves/{shelf_id}/books/{book_id}/pages")
    def list_pages(shop_id: int, shelf_id: int, book_id: int) -> list[str]:
        return []
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/books/{book_id}/pages")
    def list_pages(book_id: int) -> list[str]:
        return []
    ```

    ## When not to use it
    Where ids are unique only within their parent.

    ## Known limitations
    It is a matter of taste, and so not on by default. Prefixes count: an API below `/tenants/{tenant_id}` has one
    level more, for which the option can make room.

    ## Options
    `max-levels` is the number of sub-resources that a path may have, 2 unless it is set.

    ## References
    - https://learn.microsoft.com/en-us/azure/architecture/best-practices/api-design
    """

    code = "FAL115"
    name = "deep-nesting"
    severity = Severity.INFO
    profile = "strict"
    standards = ("API-3",)
    messages = {
        "deep": "{route} ({place}) has {count} levels of sub-resources: give it a path of its own, below the nearest "
        "resource that has an id"
    }
    options = (Option("max-levels", "int", 2, "so many levels of sub-resources a path may have"),)

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        limit = self.option("max-levels")
        assert isinstance(limit, int)
        for route in project.routes_by_endpoint:
            count = _levels(route.path)
            if count > limit:
                yield self.finding("deep", route.location, route=route.label, place=route.location, count=count)


def _levels(path: str) -> int:
    """The names in a path that follow a parameter, actions and verbs apart."""
    segments = shape(path).segments
    return sum(
        before.is_parameter and not segment.parameters and not segment.is_action and segment.text not in METHOD_VERBS
        for before, segment in zip(segments, segments[1:])
    )
