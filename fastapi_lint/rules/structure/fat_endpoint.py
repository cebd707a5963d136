"""FAL904: an endpoint that does too much by itself."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.project import Project
from fastapi_lint.model.structure.complexity import complexity
from fastapi_lint.rules.api import Option, Rule


class FatEndpoint(Rule):
    """An endpoint has too many branches.

    ## What it does
    Reports endpoints whose body has more ways through it than `max-complexity`: one, and one more for each `if`, loop,
    comprehension, condition in one, `except`, `case`, `and` and `or` (McCabe's cyclomatic complexity).

    ## Why is this bad?
    An endpoint should take the request, hand it to a service and answer. Rules of the business that stand in it can be
    tested through HTTP only, and nobody else can use them: the task queue, the command line, the next version of the
    API.

    ## Bad
    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()


    @app.post("/orders")
    def place_order(item: str, number: int, country: str, coupon: str | None = None):
        if number < 1 or number > 100:
            raise HTTPException(422)
        price = 10 if item == "a" or item == "b" else 20
        if country in ("DE", "AT") and number > 10:
            price -= 1
        elif country == "CH":
            price += 5
        if coupon:
            for part in coupon.split("-"):
                if part == "HALF":
                    price /= 2
                elif part == "FREE":
                    price = 0
        return {"price": price}
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    def price_of(item: str, number: int, country: str, coupon: str | None) -> float: ...


    @app.post("/orders")
    def place_order(item: str, number: int, country: str, coupon: str | None = None):
        return {"price": price_of(item, number, country, coupon)}
    ```

    ## When not to use it
    Where endpoints are the only home of the logic by design, as in small services.

    ## Known limitations
    A bound is a matter of taste, so the rule is not on by default. Functions that an endpoint defines inside count.

    ## Options
    `max-complexity`: how many ways through an endpoint are allowed.

    ## References
    - https://en.wikipedia.org/wiki/Cyclomatic_complexity
    """

    code = "FAL904"
    name = "fat-endpoint"
    profile = "strict"
    standards = ("STR-3",)
    messages = {
        "fat": "{function} has a complexity of {number} (at most {most}): it serves {route}; move its rules to a "
        "service",
    }
    options = (Option("max-complexity", "int", 10, "how many ways through an endpoint are allowed"),)

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        most = self.option("max-complexity")
        assert isinstance(most, int)
        for entry in project.request_path.entries:
            function = entry.function
            if entry.kind == "endpoint" and not project.is_test(function.module):
                number = complexity(function.fact.body)
                if number > most:
                    yield self.finding(
                        "fat", function.location, function=function.name, number=number, most=most, route=entry.label
                    )
