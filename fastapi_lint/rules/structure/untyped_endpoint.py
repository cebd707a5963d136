"""FAL906: parameters of endpoints and dependencies without annotation."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.facts.search import mentions
from fastapi_lint.model.concurrency.request_path import Entry
from fastapi_lint.model.project import Project
from fastapi_lint.model.structure.annotations import mostly_annotated, unannotated
from fastapi_lint.rules.api import Option, Rule


class UntypedEndpoint(Rule):
    """A parameter of an endpoint or dependency has no annotation.

    ## What it does
    Reports parameters of endpoints and of dependencies without annotation, in projects that annotate most of them: at
    least three quarters of these functions.

    ## Why is this bad?
    FastAPI makes validation and documentation of annotations. A parameter from the request without one arrives as it
    was sent, as a string or whatever JSON holds, and the documentation says nothing of it. A dependency without one is
    invisible to type checkers and editors.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/items/{item_id}")
    def read_item(item_id):
        return {"item_id": item_id}


    @app.get("/items")
    def list_items(limit: int = 10):
        return []


    @app.get("/users")
    def list_users(limit: int = 10):
        return []


    @app.get("/orders")
    def list_orders(limit: int = 10):
        return []
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/items/{item_id}")
    def read_item(item_id: int):
        return {"item_id": item_id}
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: `*args` and `**kwargs`, the receiver of methods, dependencies whose value the function does not
    read, projects that mostly do without annotations.

    ## Options
    `returns`: report functions without a return annotation, too.

    ## References
    - https://fastapi.tiangolo.com/python-types/
    - tests/proofs/test_request_parameters.py
    """

    code = "FAL906"
    name = "untyped-endpoint"
    severity = Severity.INFO
    standards = ("STR-4",)
    messages = {
        "request": "{name} of {function} has no annotation, so that FastAPI passes on unchecked what {entry} was sent; "
        "say its type",
        "injected": "{name} of {function} has no annotation, so that no type checker knows what it is: it serves "
        "{entry}; say its type",
        "returns": "{function} says not what it returns: it serves {entry}; add a return annotation",
    }
    options = (Option("returns", "bool", False, "report functions without a return annotation, too"),)

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        entries = [entry for entry in project.request_path.entries if entry.kind in ("endpoint", "dependency")]
        by_place = {entry.function.location: entry for entry in entries}  # a factory makes a function several times
        entries = [entry for entry in by_place.values() if not project.is_test(entry.function.module)]
        if mostly_annotated(entries):
            for entry in entries:
                yield from self._check(entry)

    def _check(self, entry: Entry) -> Iterator[Diagnostic]:
        function, related = entry.function, []
        if entry.kind == "dependency":
            related = [Related(f"{entry.label} is declared here", entry.location)]
        for parameter, is_injected in unannotated(entry):
            if is_injected and not mentions(function.fact.body, parameter.name):
                continue  # it is there for what it does
            yield self.finding(
                "injected" if is_injected else "request",
                function.module.location(parameter.start, parameter.start + len(parameter.name)),
                severity=None if is_injected else Severity.WARNING,
                related=related,
                name=parameter.name,
                function=function.name,
                entry=entry.label,
            )
        if self.option("returns") and function.fact.returns is None and function.name != "__init__":
            yield self.finding("returns", function.location, related=related, function=function.name, entry=entry.label)
