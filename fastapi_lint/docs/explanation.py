"""What follows the evidence of a finding: why it matters, what would make it go away, and how to silence it."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.docs.terminal import section_lines
from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.docstrings import GOOD, WHEN_NOT, WHY, rule_doc
from fastapi_lint.rules.registry import WITHOUT_FACTS
from fastapi_lint.text.location import Location


def advice(rule: type[Rule], place: Location, shown: str) -> Iterator[str]:
    """The lines about a finding of a rule.

    Args:
        rule: the rule.
        place: where the finding is.
        shown: the path of its file as the user would write it.
    """
    sections = rule_doc(rule).sections
    yield from _section("Why it matters", sections.get(WHY, ""))
    yield from _section("What makes it go away: code such as this", sections.get(GOOD, ""))
    yield from _section("When it may stay", sections.get(WHEN_NOT, ""))
    yield from _section("How to silence it", "\n".join(_silencing(rule, place, shown)))


def _silencing(rule: type[Rule], place: Location, shown: str) -> Iterator[str]:
    if rule.code in WITHOUT_FACTS:
        yield "No comment can: the file could not be analysed. Leave it out with `extend-exclude`."
        return
    yield f"- here, on line {place.start.line} of {shown}: `# fastapi-lint: ignore[{rule.name}] the reason`"
    yield f'- in this file: `"{place.path}" = ["{rule.code}"]` below `[tool.fastapi-lint.per-file-ignores]`'
    yield f'- everywhere: `ignore = ["{rule.name}"]` in `[tool.fastapi-lint]`'


def _section(heading: str, text: str) -> Iterator[str]:
    if text:
        yield ""
        yield heading
        yield from section_lines(text)
