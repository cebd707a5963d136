"""Which rules serve which standard: the page, and what is wrong with the claims."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi_lint.docs.markdown import GENERATED
from fastapi_lint.docs.rule_page import page_name
from fastapi_lint.docs.standards import CHAPTERS, STANDARDS, Standard
from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.registry import Registry
from fastapi_lint.text.markdown import table

_INTRODUCTION = (
    "What the rules of fastapi-lint hold a project to. A rule names the clauses that it serves; a code without a link "
    "is planned and does not exist yet."
)


def standards_page(registry: Registry) -> str:
    """The page of standards, with the rules that serve each."""
    served = sum(1 for standard in STANDARDS.values() if _serving(standard, registry))
    parts = [
        "# Standards",
        GENERATED.format(source="the rules and `fastapi_lint/docs/standards.py`"),
        _INTRODUCTION,
        f"{served} of {len(STANDARDS)} clauses are served by at least one rule.",
    ]
    for chapter in CHAPTERS:
        rows = [
            (f'<a id="{standard.id.lower()}"></a>{standard.id}', standard.text, _rules_cell(standard, registry))
            for standard in chapter.standards
        ]
        parts.append(f"## {chapter.title}\n\n{table(('id', 'standard', 'rules'), rows)}")
    return "\n\n".join(parts) + "\n"


def coverage_problems(registry: Registry, standards: Mapping[str, Standard] = STANDARDS) -> list[str]:
    """What is wrong with the claims of rules and the plan: unknown clauses, a rule that does not serve what it is
    planned for, a clause that nothing is planned for and that does not say why."""
    problems: list[str] = []
    for rule in registry:
        for standard_id in rule.standards:
            if standard_id not in standards:
                problems.append(f"{rule.code} {rule.name} names the standard {standard_id}, which does not exist")
    for standard in standards.values():
        for code in standard.planned:
            planned = registry.find(code)
            if planned is not None and standard.id not in planned.standards:
                problems.append(f"{planned.code} {planned.name} is planned for {standard.id}, but does not name it")
        if not standard.planned and not standard.note and not _serving(standard, registry):
            problems.append(f"no rule serves {standard.id}, and it does not say why")
    return problems


def _serving(standard: Standard, registry: Registry) -> list[type[Rule]]:
    """The rules that name ``standard``."""
    return [rule for rule in registry if standard.id in rule.standards]


def _rules_cell(standard: Standard, registry: Registry) -> str:
    """Links to the rules that serve ``standard``, the codes of those to come, and its note."""
    links = {rule.code: f"[{rule.code}](rules/{page_name(rule)})" for rule in _serving(standard, registry)}
    codes = sorted({*links, *standard.planned})
    return "; ".join(filter(None, [", ".join(links.get(code, code) for code in codes), standard.note]))
