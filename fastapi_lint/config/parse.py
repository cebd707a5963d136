"""From a TOML table to a :class:`Configuration`: every key checked, every complaint naming file and key."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from fastapi_lint.config.configuration import Choice, Configuration
from fastapi_lint.config.errors import ConfigurationError, did_you_mean
from fastapi_lint.config.selection import complaint
from fastapi_lint.rules.registry import Registry

PROFILES = ("recommended", "strict")
VERSION_KEYS = {"fastapi-version": "fastapi", "pydantic-version": "pydantic", "sqlalchemy-version": "sqlalchemy"}


class _Table:
    """The table being read: hands out checked values and knows how to complain."""

    def __init__(self, values: Mapping[str, Any], source: str, registry: Registry) -> None:
        self.values, self.source, self.registry = values, source, registry

    def fail(self, key: str, message: str) -> ConfigurationError:
        return ConfigurationError(message, self.source, key)

    def strings(self, key: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(key, f"expected a list of strings, found {describe(value)}.")
        return tuple(value)

    def selectors(self, key: str, value: Any) -> tuple[str, ...]:
        found = self.strings(key, value)
        for selector in found:
            if problem := complaint(selector, self.registry):
                raise self.fail(key, problem)
        return found

    def patterns(self, key: str, value: Any) -> tuple[str, ...]:
        found = self.strings(key, value)
        for pattern in found:
            self.pattern(key, pattern)
        return found

    def pattern(self, key: str, pattern: str) -> str:
        from fastapi_lint.config.patterns import BadPattern, PathPatterns

        try:
            PathPatterns((pattern,))
        except BadPattern as error:
            raise self.fail(key, str(error)) from None
        return pattern

    def profile(self, key: str, value: Any) -> str:
        if value not in PROFILES:
            raise self.fail(key, f'expected "recommended" or "strict", found {describe(value)}.')
        return str(value)

    def string_or_strings(self, key: str, value: Any) -> tuple[str, ...]:
        return (value,) if isinstance(value, str) else self.strings(key, value)

    def apps(self, key: str, value: Any) -> tuple[str, ...]:
        found = self.string_or_strings(key, value)
        for app in found:
            if not re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*", app):
                raise self.fail(key, f'expected "module:variable" or "module:factory", found "{app}".')
        return found

    def folders(self, key: str, value: Any) -> tuple[str, ...]:
        found = []
        for folder in self.string_or_strings(key, value):
            if folder.startswith(("/", "~")) or ".." in Path(folder).parts or re.match(r"[A-Za-z]:", folder):
                raise self.fail(key, f'"{folder}" must be a folder inside the project, relative to its root.')
            plain = Path(folder).as_posix()
            found.append("" if plain == "." else plain)
        return tuple(found)

    def boolean(self, key: str, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self.fail(key, f"expected true or false, found {describe(value)}.")
        return value

    def version(self, key: str, value: Any) -> tuple[int, ...]:
        if not isinstance(value, str) or not re.fullmatch(r"\d+(\.\d+)*", value):
            raise self.fail(key, f'expected a release such as "0.115.0", found {describe(value)}.')
        return tuple(int(part) for part in value.split("."))

    def per_file_ignores(self, key: str, value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if not isinstance(value, dict):
            raise self.fail(key, f"expected a table of path patterns, found {describe(value)}.")
        return tuple(
            (self.pattern(key, pattern), self.selectors(f"{key}.{pattern}", selectors))
            for pattern, selectors in value.items()
        )

    def rules(self, key: str, value: Any) -> dict[str, dict[str, object]]:
        if not isinstance(value, dict):
            raise self.fail(key, f"expected a table of rule names, found {describe(value)}.")
        found: dict[str, dict[str, object]] = {}
        for name, options in value.items():
            here = f"{key}.{name}"
            rule = self.registry.find(name)
            if rule is None or rule.name != name:
                names = [known.name for known in self.registry]
                hint = f" Write the name: `{rule.name}`." if rule else did_you_mean(name, names)
                raise self.fail(here, f"no rule has this name.{hint}")
            if not isinstance(options, dict):
                raise self.fail(here, f"expected a table of options, found {describe(options)}.")
            kinds = {option.name: option.type for option in rule.options}
            for option, given in options.items():
                if option not in kinds:
                    hint = did_you_mean(option, kinds) or _listing(kinds)
                    raise self.fail(f"{here}.{option}", f"the rule has no such option.{hint}")
                found.setdefault(name, {})[option] = self.option(f"{here}.{option}", given, kinds[option])
        return found

    def option(self, key: str, value: Any, kind: str) -> object:
        if kind == "bool":
            return self.boolean(key, value)
        if kind == "list[str]":
            return self.strings(key, value)
        expected: type = {"int": int, "str": str}[kind]
        if not isinstance(value, expected) or isinstance(value, bool):
            word = {"int": "a whole number", "str": "a string"}[kind]
            raise self.fail(key, f"expected {word}, found {describe(value)}.")
        return value


_CHOICE: dict[str, Callable[[_Table, str, Any], Any]] = {
    "profile": _Table.profile,
    "select": _Table.selectors,
    "extend-select": _Table.selectors,
    "ignore": _Table.selectors,
    "extend-ignore": _Table.selectors,
}
_OPTIONS: dict[str, Callable[[_Table, str, Any], Any]] = {
    "per-file-ignores": _Table.per_file_ignores,
    "exclude": _Table.patterns,
    "extend-exclude": _Table.patterns,
    "src": _Table.folders,
    "app": _Table.apps,
    "auth-dependencies": _Table.strings,
    "public-paths": _Table.strings,
    "rules": _Table.rules,
    "require-reason": _Table.boolean,
}
KEYS = (*_CHOICE, *_OPTIONS, *VERSION_KEYS)
"""All keys that a configuration may have."""


def parse_table(table: Mapping[str, Any], file: Path, source: str, registry: Registry) -> Configuration:
    """Checks a table and makes a configuration of it.

    Args:
        table: the parsed TOML.
        file: the file it comes from.
        source: how messages name that file.
        registry: the rules that selectors and options may name.

    Raises:
        ConfigurationError: an unknown key or an unfit value.
    """
    reader = _Table(table, source, registry)
    choice: dict[str, Any] = {}
    options: dict[str, Any] = {}
    versions: dict[str, tuple[int, ...]] = {}
    for key, value in table.items():
        if key in _CHOICE:
            choice[key.replace("-", "_")] = _CHOICE[key](reader, key, value)
        elif key in _OPTIONS:
            options[key.replace("-", "_")] = _OPTIONS[key](reader, key, value)
        elif key in VERSION_KEYS:
            versions[VERSION_KEYS[key]] = reader.version(key, value)
        else:
            raise reader.fail(key, f"unknown option.{_hint_for(key)}")
    return Configuration(file=file, choice=Choice(**choice), versions=versions, **options)


def describe(value: object) -> str:
    """A value of a TOML file as a message shows it: ``the number 3``, ``a table``."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        return f'the string "{value}"'
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        wrong = next((item for item in value if not isinstance(item, str)), None)
        return "a list" if wrong is None else f"a list with {describe(wrong)}"
    return f"the {type(value).__name__} {value}"


def _hint_for(key: str) -> str:
    if key == "tool":
        return " In this file the options stand at the top level, without `[tool.fastapi-lint]`."
    return did_you_mean(key.replace("_", "-"), KEYS) or _listing(KEYS)


def _listing(known: Any) -> str:
    return f" Known: {', '.join(f'`{name}`' for name in sorted(known))}." if known else " It has none."
