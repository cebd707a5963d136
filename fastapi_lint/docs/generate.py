"""All generated documents of a checkout: made, written, and compared with what is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from fastapi_lint.config.schema import schema_text
from fastapi_lint.docs import rule_texts
from fastapi_lint.docs.configuration_page import SCHEMA_FILE, configuration_page
from fastapi_lint.docs.coverage import coverage_problems, standards_page
from fastapi_lint.docs.rule_page import page_name, rule_page
from fastapi_lint.docs.rule_table import MarkerError, rule_table, with_rule_table
from fastapi_lint.rules import entries
from fastapi_lint.rules.docstrings import DocstringError, rule_doc
from fastapi_lint.rules.registry import Registry

RULES_FOLDER = "docs/rules"
STANDARDS_FILE = "docs/standards.md"
CONFIGURATION_FILE = "docs/configuration.md"
README = "README.md"


class DocumentationError(Exception):
    """Documents that cannot be made; ``problems`` says why."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class Changes:
    """What differs between a checkout and what should be there: paths relative to its root.

    ``texts`` holds the right text of each file that is missing or differs, ``obsolete`` the pages of rules that are
    gone.
    """

    texts: dict[str, str] = field(default_factory=dict)
    obsolete: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.texts or self.obsolete)


def documents(registry: Registry, root: Path) -> dict[str, str]:
    """The right text of every generated document, by path relative to ``root``, the folder of the checkout.

    Raises:
        DocumentationError: a docstring is unsound, a claim of coverage is wrong, or the README has no place for the
            table.
    """
    problems = coverage_problems(registry)
    for rule in registry:
        try:
            rule_doc(rule)
        except DocstringError as error:
            problems.extend(f"{rule.__module__}: {problem}" for problem in error.problems)
    if problems:
        raise DocumentationError(problems)
    made = {f"{RULES_FOLDER}/{page_name(rule)}": rule_page(rule, registry) for rule in registry}
    made[rule_texts.FILE] = rule_texts.made(registry)
    made[entries.FILE] = entries.index_text(registry)
    made[STANDARDS_FILE] = standards_page(registry)
    made[CONFIGURATION_FILE] = configuration_page(registry)
    made[f"docs/{SCHEMA_FILE}"] = schema_text(registry)
    try:
        readme = (root / README).read_text(encoding="utf-8")
        made[README] = with_rule_table(readme, rule_table(registry, pages=RULES_FOLDER))
    except (OSError, MarkerError) as error:
        raise DocumentationError([f"{README}: {error}"]) from None
    return made


def changes(registry: Registry, root: Path) -> Changes:
    """What has to change below ``root`` so that all documents are up to date.

    Raises:
        DocumentationError: see :func:`documents`.
    """
    found = Changes()
    made = documents(registry, root)
    for path, text in made.items():
        file = root / path
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            found.texts[path] = text
    pages = (file.relative_to(root).as_posix() for file in sorted((root / RULES_FOLDER).glob("*.md")))
    found.obsolete.extend(page for page in pages if page not in made)
    return found


def write(found: Changes, root: Path) -> None:
    """Make the changes below ``root``."""
    for path, text in found.texts.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    for path in found.obsolete:
        (root / path).unlink()
