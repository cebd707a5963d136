"""Sample rules for the tests of the documentation."""

from __future__ import annotations

from fastapi_lint.diagnostics import Severity
from fastapi_lint.rules.api import Option, Rule
from fastapi_lint.rules.registry import Registry


class SampleRule(Rule):
    """A POST that creates a | resource answers 200.

    ## What it does
    Reports it.

    ## Why is this bad?
    Clients cannot tell.

    ## Bad
    ```python
    @app.post("/items")
    def create(): ...
    ```

    ## Good
    ```python
    @app.post("/items", status_code=201)
    def create(): ...
    ```

    ## When not to use it
    Never.

    ## Known limitations
    None.

    ## Fix safety
    Clients may rely on 200.

    ## Options
    Two of them.

    ## References
    - RFC 9110
    """

    code = "FAL101"
    name = "created-without-201"
    severity = Severity.ERROR
    fix = "unsafe"
    standards = ("API-6",)
    messages = {"found": "found"}
    options = (
        Option("always", "bool", False, "Report all."),
        Option("paths", "list[str]", ("/a", "/b"), "Where."),
    )


class PlainRule(SampleRule):
    """Another fault.

    ## What it does
    Reports it.

    ## Why is this bad?
    It is.

    ## Bad
    ```python
    x = 1
    ```

    ## Good
    ```python
    x = 2
    ```

    ## When not to use it
    Never.

    ## Known limitations
    None.
    """

    code = "FAL102"
    name = "plain-fault"
    fix = "none"
    profile = "strict"
    standards = ("API-7",)
    options = ()


REGISTRY = Registry([SampleRule, PlainRule])
