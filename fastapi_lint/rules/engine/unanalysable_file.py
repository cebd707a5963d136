"""FAL002: a file that can't be analysed."""

from __future__ import annotations

from fastapi_lint.diagnostics import Severity
from fastapi_lint.rules.api import Rule


class UnanalysableFile(Rule):
    """A file can't be read, decoded or analysed.

    ## What it does
    Reports a Python file that can't be read, is not text in the encoding it declares, is too large, is nested too
    deep, or takes too long. No file is skipped in silence.

    ## Why is this bad?
    What the file defines is missing from the picture of the project, so its routes are not checked.

    ## Bad
    ```python
    # -*- coding: no-such-encoding -*-
    from fastapi import FastAPI

    app = FastAPI()
    ```

    ## Good
    ```python
    # -*- coding: utf-8 -*-
    from fastapi import FastAPI

    app = FastAPI()
    ```

    ## When not to use it
    Exclude generated files (`extend-exclude`), rather than ignoring the rule.

    ## Known limitations
    The limits stand where no hand-written file comes near. They can't be changed.
    """

    code = "FAL002"
    name = "unanalysable-file"
    severity = Severity.ERROR
    messages = {"unanalysable": "this file is not analysed: {problem}"}
