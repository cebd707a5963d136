"""Finds the rules in the folders of their groups, checks their metadata, and looks them up.

``load()`` gives the linter's own rules. Importing this module imports no rule, and neither does loading where the index
fits; the rule modules need the model's types but neither libcst nor the extractor.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import ModuleType

from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.entries import RuleEntry, entry_of, indexed
from fastapi_lint.rules.metadata import metadata_problems, overridden_hooks


@dataclass(frozen=True, slots=True)
class Group:
    """A folder of rules: ``name`` is the folder's, ``prefix`` begins the codes of its rules."""

    name: str
    prefix: str
    title: str


GROUPS = (
    Group("engine", "FAL0", "Engine"),
    Group("routing", "FAL1", "API design and routing"),
    Group("schemas", "FAL2", "Schemas"),
    Group("security", "FAL3", "Authentication, authorization, hardening"),
    Group("database", "FAL4", "Database"),
    Group("concurrency", "FAL5", "Async and resources"),
    Group("errors", "FAL6", "Errors"),
    Group("logs", "FAL7", "Logging"),
    Group("testsuite", "FAL8", "Tests"),
    Group("structure", "FAL9", "Structure"),
)
"""All groups, in the order of their codes."""

ENGINE_GROUP = GROUPS[0]
"""The group whose findings the engine itself makes, so that its rules need no hook."""

INTERNAL_ERROR = "FAL000"
"""The code of the finding that nobody can switch off."""

WITHOUT_FACTS = frozenset({INTERNAL_ERROR, "FAL001", "FAL002"})
"""The codes of findings about files that could not be analysed, so that no comment in them can be read."""

CODE_PREFIX = "FAL"
"""What every code begins with."""


class RegistryError(Exception):
    """Rules that are not as they should be; ``problems`` names each with its module."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UnknownSelectorError(LookupError):
    """A selector that no rule answers to; ``suggestions`` are known ones that look like it, best first."""

    def __init__(self, selector: str, suggestions: tuple[str, ...]) -> None:
        hint = f"; did you mean {' or '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"no rule, prefix or group is called {selector!r}{hint}")
        self.selector = selector
        self.suggestions = suggestions


class Registry:
    """The rules, in the order of their codes. ``entries`` is what is known of each without loading it."""

    def __init__(self, rules: Iterable[type[Rule] | RuleEntry]) -> None:
        entries = (rule if isinstance(rule, RuleEntry) else entry_of(rule) for rule in rules)
        self.entries: tuple[RuleEntry, ...] = tuple(sorted(entries, key=lambda entry: entry.code))
        self._by_code = {entry.code: entry for entry in self.entries}
        self._by_name = {entry.name: entry for entry in self.entries}

    @cached_property
    def rules(self) -> tuple[type[Rule], ...]:
        """The classes."""
        return tuple(entry.load() for entry in self.entries)

    def __iter__(self) -> Iterator[type[Rule]]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.entries)

    def find_entry(self, key: str) -> RuleEntry | None:
        """The entry of the rule with the code (upper or lower case) or name ``key``, or None."""
        return self._by_code.get(key.upper()) or self._by_name.get(key)

    def find(self, key: str) -> type[Rule] | None:
        """The rule with the code (upper or lower case) or name ``key``, or None."""
        entry = self.find_entry(key)
        return entry.load() if entry is not None else None

    def select_entries(self, selector: str) -> tuple[RuleEntry, ...]:
        """The entries of the rules that ``selector`` means, in order: a code, a name, the beginning of codes ("FAL",
        "FAL1", "FAL10") or the name of a group ("routing").

        Raises:
            UnknownSelectorError: it means none.
        """
        found = self.find_entry(selector)
        if found is not None:
            return (found,)
        prefix = next((group.prefix for group in GROUPS if group.name == selector), selector.upper())
        entries = tuple(entry for entry in self.entries if entry.code.startswith(prefix))
        if not prefix.startswith(CODE_PREFIX) or not entries:
            raise UnknownSelectorError(selector, self._suggestions(selector))
        return entries

    def select(self, selector: str) -> tuple[type[Rule], ...]:
        """The rules that ``selector`` means, see :meth:`select_entries`."""
        return tuple(entry.load() for entry in self.select_entries(selector))

    def group(self, rule: type[Rule]) -> Group:
        """The group of ``rule``."""
        return next(group for group in GROUPS if rule.code.startswith(group.prefix))

    def hooks(self, rule: type[Rule]) -> tuple[str, ...]:
        """The names of the hooks that ``rule`` overrides, in the order in which the engine calls them."""
        return overridden_hooks(rule)

    def _suggestions(self, selector: str) -> tuple[str, ...]:
        from difflib import get_close_matches

        names = [*self._by_name, *(group.name for group in GROUPS)]
        close = get_close_matches(selector.lower(), names, n=2)
        return tuple(close or get_close_matches(selector.upper(), self._by_code, n=2))


@lru_cache(maxsize=1)
def load() -> Registry:
    """The linter's own rules, by the index where it fits.

    Raises:
        RegistryError: see :func:`discover`.
    """
    entries = indexed()
    return discover(importlib.import_module("fastapi_lint.rules")) if entries is None else Registry(entries)


def discover(package: ModuleType) -> Registry:
    """The rules below ``package``, which holds a folder per group and in it a module per rule.

    A module whose name begins with an underscore holds helpers and no rule.

    Raises:
        RegistryError: a module holds no rule or several, metadata are unsound, or codes or names are not unique.
    """
    problems: list[str] = []
    groups = {group.name: group for group in GROUPS}
    found: list[type[Rule]] = []
    for name, is_package in _children(package):
        if not is_package:
            continue
        if name not in groups:
            problems.append(f"{package.__name__}.{name}: not the folder of a group")
            continue
        folder = importlib.import_module(f"{package.__name__}.{name}")
        for module, _ in _children(folder):
            if module.startswith("_"):
                continue
            rules = _rules_of(importlib.import_module(f"{folder.__name__}.{module}"))
            if len(rules) != 1:
                problems.append(f"{folder.__name__}.{module}: holds {len(rules)} rules instead of one")
            for rule in rules:
                problems.extend(
                    f"{folder.__name__}.{module}: {problem}"
                    for problem in metadata_problems(
                        rule,
                        prefix=groups[name].prefix,
                        module=module,
                        needs_hook=groups[name] is not ENGINE_GROUP,
                    )
                )
                found.append(rule)
    if not problems:
        problems.extend(_duplicates(found))
    if problems:
        raise RegistryError(problems)
    return Registry(found)


def _children(package: ModuleType) -> list[tuple[str, bool]]:
    """The modules and packages directly in ``package``, by name."""
    return sorted((info.name, info.ispkg) for info in pkgutil.iter_modules(package.__path__))


def _rules_of(module: ModuleType) -> list[type[Rule]]:
    """The rule classes that ``module`` itself defines; a base class for several rules begins with an underscore."""
    return [
        value
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, Rule)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    ]


def _duplicates(rules: list[type[Rule]]) -> Iterator[str]:
    """Codes and names that several rules share."""
    for attribute in ("code", "name"):
        seen: dict[str, type[Rule]] = {}
        for rule in rules:
            other = seen.setdefault(getattr(rule, attribute), rule)
            if other is not rule:
                yield f"{rule.__module__}: the {attribute} {getattr(rule, attribute)} is that of {other.__module__} too"
