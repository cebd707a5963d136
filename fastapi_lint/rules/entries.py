"""What the registry knows of a rule before it loads it, and the index that keeps it.

To import all rules, and the parts of the model that they ask, takes longer than to find that nothing has changed since
the last run. So what configuration and selection need of each rule stands in an index beside this module, made with
the documents. It counts for as long as the modules of the rules are those that it was made of.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from fastapi_lint.rules.api import Option, Rule

FILE = "fastapi_lint/rules/index.json"
"""The generated file, relative to the checkout."""

_INDEX = Path(__file__).with_name("index.json")
_PACKAGE = "fastapi_lint.rules"


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule that may not be loaded yet.

    Attributes:
        code, name, profile, options: of the rule.
        load: gives the class.
    """

    code: str
    name: str
    profile: str
    options: tuple[Option, ...]
    load: Callable[[], type[Rule]]


def entry_of(rule: type[Rule]) -> RuleEntry:
    """The entry of a rule that is loaded."""
    return RuleEntry(rule.code, rule.name, rule.profile, rule.options, lambda: rule)


def index_text(rules: Iterable[type[Rule]]) -> str:
    """The content of the index for these rules: a line for each."""
    lines = [json.dumps(_row(rule), ensure_ascii=False) for rule in rules]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def indexed() -> list[RuleEntry] | None:
    """The entries of all rules; None when the index does not fit the modules that are there."""
    try:
        rows = json.loads(_INDEX.read_text(encoding="utf-8"))
        digests = {module: digest for module, digest, *_ in rows}
        if digests != _digests():
            return None
        return [_entry(*row) for row in rows]
    except (OSError, ValueError, TypeError):
        return None


def _row(rule: type[Rule]) -> list[Any]:
    file = sys.modules[rule.__module__].__file__
    assert file is not None
    options = [[option.name, option.type, option.default, option.help] for option in rule.options]
    module = rule.__module__.removeprefix(f"{_PACKAGE}.")
    return [module, _digest(Path(file)), rule.__name__, rule.code, rule.name, rule.profile, options]


def _entry(
    module: str, _: str, class_name: str, code: str, name: str, profile: str, options: list[list[Any]]
) -> RuleEntry:
    def load() -> type[Rule]:
        rule: type[Rule] = getattr(importlib.import_module(f"{_PACKAGE}.{module}"), class_name)
        return rule

    return RuleEntry(code, name, profile, tuple(map(_option, options)), load)


def _option(row: list[Any]) -> Option:
    name, type_, default, help_ = row
    return Option(name, type_, tuple(default) if isinstance(default, list) else default, help_)


def _digests() -> dict[str, str]:
    """The digests of the modules in the folders of rules, by their names below the package."""
    return {
        f"{file.parent.name}.{file.stem}": _digest(file)
        for file in _INDEX.parent.glob("*/*.py")
        if not file.stem.startswith("_")
    }


def _digest(file: Path) -> str:
    return blake2b(file.read_bytes(), digest_size=8).hexdigest()
