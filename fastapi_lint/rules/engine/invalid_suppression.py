"""FAL004: a comment that was meant to silence a finding and does not say how."""

from __future__ import annotations

from fastapi_lint.rules.api import Rule


class InvalidSuppression(Rule):
    """A comment that should silence a finding is malformed.

    ## What it does
    Reports `# noqa` and `# fastapi-lint:` comments with an unknown code or name, without a code, or, where
    `require-reason` is set, without a reason.

    ## Why is this bad?
    It does not do what its author meant: it silences nothing, or everything.

    ## Bad
    ```python
    LIMIT = 10  # fastapi-lint: ignore[FAL999] the limit is public
    ```

    ## Good
    ```python
    LIMIT = 10
    ```

    ## When not to use it
    There is no reason to ignore it.

    ## Known limitations
    In a `# noqa`, only codes that begin with FAL are looked at; the others belong to other tools.
    """

    code = "FAL004"
    name = "invalid-suppression"
    messages = {"invalid": "{problem}"}
