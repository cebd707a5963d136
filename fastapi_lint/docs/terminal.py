"""A rule on the terminal: what ``fastapi-lint rule CODE`` prints."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.docs.describe import default_toml, facts, options_toml
from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.docstrings import OPTIONS, SECTIONS, rule_doc
from fastapi_lint.rules.registry import Registry
from fastapi_lint.text.ansi import BOLD, FAINT, styled


def rule_text(rule: type[Rule], registry: Registry, *, color: bool = False) -> str:
    """The documentation of ``rule`` as plain text, with code indented, ending in a newline.

    Args:
        rule: the rule.
        registry: the rules it belongs to.
        color: whether to mark headings and code by ANSI sequences.

    Raises:
        DocstringError: its docstring is unsound.
    """
    doc = rule_doc(rule)
    lines = [styled(f"{rule.code} {rule.name}", BOLD, color), doc.summary, ""]
    rows = [*facts(rule, registry), *([("Standards", ", ".join(rule.standards))] if rule.standards else [])]
    lines += [f"{label + ':':<15}{value.replace('`', '')}" for label, value in rows]
    for heading in SECTIONS:
        text = doc.sections.get(heading, "")
        if heading == OPTIONS and rule.options:
            text = "\n\n".join(filter(None, [text, _options(rule)]))
        if text:
            lines += ["", styled(heading, BOLD, color), *section_lines(text, color=color)]
    return "\n".join(lines) + "\n"


def _options(rule: type[Rule]) -> str:
    """The options as a list, and the table that sets them."""
    items = "\n".join(
        f"- {option.name} ({option.type}, default {default_toml(option)}): {option.help}" for option in rule.options
    )
    return f"{items}\n\n```toml\n{options_toml(rule)}\n```"


def section_lines(text: str, *, color: bool = False) -> Iterator[str]:
    """The lines of a section: code without its fence, further in than prose."""
    fence = ""
    for line in text.split("\n"):
        ticks = line[: len(line) - len(line.lstrip("`"))]
        if not fence and len(ticks) >= 3:
            fence = ticks
        elif fence and line.strip() == fence:
            fence = ""
        elif fence:
            yield styled(f"      {line}", FAINT, color) if line else ""
        else:
            yield f"  {line}" if line else ""
