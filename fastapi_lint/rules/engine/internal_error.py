"""FAL000: the linter itself failed."""

from __future__ import annotations

from fastapi_lint.diagnostics import Severity
from fastapi_lint.rules.api import Rule


class InternalError(Rule):
    """The linter failed on a file or in a rule.

    ## What it does
    Reports a file whose analysis failed, or a rule that failed, by name. Everything else is checked as usual, and the
    command ends with exit code 2. It can't be switched off or silenced by a comment.

    ## Why is this bad?
    It is a fault of fastapi-lint, not of your code. What the failed part would have found is missing from the report,
    and a green result would be a lie.

    ## Bad
    No code of yours is at fault. Please report the message together with the code it names.

    ```python
    # FAL000: rule `unauthenticated-route` failed on POST /items: KeyError: 'items'
    ```

    ## Good
    ```python
    # Until it is mended, exclude the file: extend-exclude = ["app/odd.py"]
    ```

    ## When not to use it
    Never: it is always on.

    ## Known limitations
    When a rule fails on many objects, only the first is named.
    """

    code = "FAL000"
    name = "internal-error"
    severity = Severity.ERROR
    messages = {
        "file": "{problem}; please report this",
        "rule": "rule `{rule}` failed on {object}: {error}{more}; please report this",
        "link": "the project model can't be built, so no rule ran: {error}; please report this",
    }
