"""FAL004: a comment that was meant to silence a finding and does not say how."""

from __future__ import annotations

from fastapi_lint.rules.api import Rule


class InvalidSuppression(Rule):
    """A comment that should silence a finding is malformed.

    ## What it does
    Reports `# fastapi-lint:` comments with an unknown code or name, without a code, or, where `require-reason` is set,
    without a reason; and `# noqa` comments that name rules of fastapi-lint and silence nothing in flake8: with unknown
    codes, codes in small letters, no space or another before the word, or behind another `# noqa` on the same line.

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
    In a `# noqa`, only codes that begin with FAL and names of rules are looked at; the rest belongs to other tools. One
    without codes that flake8 knows, such as `# noqa: unauthenticated-route`, silences everything on its line, this rule
    too.
    """

    code = "FAL004"
    name = "invalid-suppression"
    messages = {"invalid": "{problem}"}
