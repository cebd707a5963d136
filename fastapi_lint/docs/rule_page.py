"""The page of a rule, in Markdown."""

from __future__ import annotations

from fastapi_lint.docs.describe import default_toml, facts, options_toml
from fastapi_lint.docs.markdown import GENERATED
from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.docstrings import OPTIONS, REFERENCES, SECTIONS, rule_doc
from fastapi_lint.rules.registry import INTERNAL_ERROR, WITHOUT_FACTS, Registry
from fastapi_lint.text.markdown import table


def page_name(rule: type[Rule]) -> str:
    """The file name of the rule's page."""
    return f"{rule.code}-{rule.name}.md"


def rule_page(rule: type[Rule], registry: Registry) -> str:
    """The text of the rule's page.

    Raises:
        DocstringError: its docstring is unsound.
    """
    doc = rule_doc(rule)
    rows = facts(rule, registry)
    if rule.standards:
        links = ", ".join(f"[{standard}](../standards.md#{standard.lower()})" for standard in rule.standards)
        rows.append(("Standards", links))
    parts = [
        f"# {rule.code} {rule.name}",
        GENERATED.format(source=f"`{rule.__module__.replace('.', '/')}.py`"),
        doc.summary,
        table(("", ""), rows),
    ]
    for heading in SECTIONS:
        text = _options(rule, doc.sections.get(heading)) if heading == OPTIONS else doc.sections.get(heading)
        if heading == REFERENCES:
            parts.append(_silencing(rule))
        if text:
            parts.append(f"## {heading}\n\n{text}")
    return "\n\n".join(parts) + "\n"


def _options(rule: type[Rule], introduction: str | None) -> str | None:
    """The section of options, or None for a rule without."""
    if not rule.options:
        return None
    rows = [
        (f"`{option.name}`", f"`{option.type}`", f"`{default_toml(option)}`", option.help) for option in rule.options
    ]
    parts = [table(("option", "type", "default", "meaning"), rows), f"```toml\n{options_toml(rule)}\n```"]
    return "\n\n".join([introduction, *parts] if introduction else parts)


def _silencing(rule: type[Rule]) -> str:
    """How to silence a finding of the rule."""
    if rule.code == INTERNAL_ERROR:
        how = "Not at all. Exclude the file (`extend-exclude`) or switch off the rule that failed (`extend-ignore`)."
    elif rule.code in WITHOUT_FACTS:
        how = (
            "Exclude the file: `extend-exclude` under `[tool.fastapi-lint]`. A comment in it has no effect, since the "
            "file is not read that far."
        )
    else:
        how = (
            f"On its line: `# noqa: {rule.code}` or `# fastapi-lint: ignore[{rule.name}] why`. "
            f'Everywhere: `extend-ignore = ["{rule.code}"]` under `[tool.fastapi-lint]`.'
        )
    return f"## How to silence it\n\n{how}"
