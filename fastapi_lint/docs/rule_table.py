"""The table of all rules, and its place in the README."""

from __future__ import annotations

from fastapi_lint.docs.rule_page import page_name
from fastapi_lint.rules.docstrings import rule_doc
from fastapi_lint.rules.registry import Registry
from fastapi_lint.text.markdown import table

BEGIN = "<!-- rules:begin -->"
END = "<!-- rules:end -->"


class MarkerError(ValueError):
    """A text without the two markers, each once and in order."""


def rule_table(registry: Registry, *, pages: str) -> str:
    """The table of all rules.

    Args:
        registry: the rules.
        pages: the folder of their pages, relative to the page with the table.
    """
    rows = [
        (
            f"[{rule.code}]({pages}/{page_name(rule)})",
            rule.name,
            rule_doc(rule).summary,
            "on" if rule.profile == "recommended" else "strict",
            "" if rule.fix == "none" else rule.fix,
        )
        for rule in registry
    ]
    return table(("code", "name", "reports", "default", "fix"), rows)


def with_rule_table(text: str, rules: str) -> str:
    """``text`` with ``rules`` between its markers.

    Raises:
        MarkerError: the markers are not there.
    """
    before, begin, rest = text.partition(BEGIN)
    old, end, after = rest.partition(END)
    if not begin or not end or BEGIN in rest or END in after or END in before:
        raise MarkerError(f"it needs the lines {BEGIN} and {END}, each once and in this order")
    return f"{before}{BEGIN}\n{rules}\n{END}{after}"
