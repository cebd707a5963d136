"""FAL003: a comment that silences nothing."""

from __future__ import annotations

from fastapi_lint.rules.api import Rule


class UnusedSuppression(Rule):
    """A comment silences nothing.

    ## What it does
    Reports a code or rule name in a `# noqa: FAL…` or `# fastapi-lint: ignore[…]` comment that no finding answers to.
    Only codes of fastapi-lint count, and only when all rules the entry names were run.

    ## Why is this bad?
    The fault it spoke of is gone, or the comment never reached it. If the fault comes back, nobody will be told.

    ## Bad
    ```python
    LIMIT = 10  # noqa: FAL351
    ```

    ## Good
    ```python
    LIMIT = 10
    ```

    ## When not to use it
    Where one code base is checked with differing configurations, a comment may be of use in only one of them.

    ## Known limitations
    A blanket `# noqa` is not reported: it may serve another tool. Nor is an entry that silences this rule as well, such
    as `ignore[ALL]`.

    ## Fix safety
    Only a comment changes.
    """

    code = "FAL003"
    name = "unused-suppression"
    fix = "safe"
    messages = {"unused": "nothing here is silenced by {items}: remove it", "remove": "Remove {items}"}
