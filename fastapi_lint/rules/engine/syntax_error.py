"""FAL001: a file that is not Python."""

from __future__ import annotations

from fastapi_lint.diagnostics import Severity
from fastapi_lint.rules.api import Rule


class SyntaxErrorRule(Rule):
    """A file does not parse.

    ## What it does
    Reports a file that is not valid Python of any version up to 3.14, with the place where the parser gave up.

    ## Why is this bad?
    The file can't be imported, and what it defines is missing from the picture of the project: its routes are not
    checked, and its dependencies count as unknown.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI(
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()
    ```

    ## When not to use it
    Exclude files that are templates or deliberately broken (`extend-exclude`), rather than ignoring the rule.

    ## Known limitations
    The place is where the parser noticed the fault; the cause may stand before it.
    """

    code = "FAL001"
    name = "syntax-error"
    severity = Severity.ERROR
    messages = {"syntax": "this file does not parse: {problem}"}
