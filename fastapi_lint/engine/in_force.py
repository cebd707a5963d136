"""What is in force for a path: the options with their sources, and the rules that run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fastapi_lint.config.bounds import shown_release
from fastapi_lint.config.configuration import Configuration, Layer
from fastapi_lint.config.discovery import ProjectPlace, find_project
from fastapi_lint.config.files import shown
from fastapi_lint.config.load import load_configuration
from fastapi_lint.config.options import VERSION_KEYS
from fastapi_lint.config.per_file import PerFileIgnores
from fastapi_lint.config.selection import enabled_codes
from fastapi_lint.config.statements import Statement, statements
from fastapi_lint.config.versions import stated_versions
from fastapi_lint.diagnostics import Severity
from fastapi_lint.engine.discovery import discover
from fastapi_lint.engine.exclusion import Exclusion
from fastapi_lint.engine.run import existing
from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.registry import Registry, load


@dataclass(frozen=True, slots=True)
class InForce:
    """What is in force for a path.

    Attributes:
        root: of its project.
        path: relative to the root, "." for the root itself.
        left_out: whether it is left out of the project.
        configuration: the options.
        statements: their values and who says so; releases of libraries also as other files of the project say.
        rules: those that run, with the severity of what they find.
        total: how many rules there are.
    """

    root: Path
    path: str
    left_out: bool
    configuration: Configuration
    statements: tuple[Statement, ...]
    rules: tuple[tuple[type[Rule], Severity], ...]
    total: int


def in_force(path: Path, config: Path | None = None, overrides: Sequence[Layer] = ()) -> InForce:
    """What is in force for a file or folder.

    Args:
        path: the file or folder.
        config: the configuration file the user insists on.
        overrides: options that go before it, the weakest first.

    Raises:
        UsageError: the path does not exist.
        ConfigurationError: the configuration can't be used.
    """
    registry = load()
    (absolute,) = existing([path])
    place = find_project(absolute, config)
    configuration = load_configuration(place.config_file, registry, overrides)
    relative = absolute.relative_to(place.root).as_posix()
    is_folder = absolute.is_dir()
    left_out = relative != "." and Exclusion(place.root, configuration).covers(relative, is_folder)
    off = frozenset() if is_folder else PerFileIgnores(configuration, registry).codes(relative)
    return InForce(
        root=place.root,
        path=relative,
        left_out=left_out,
        configuration=configuration,
        statements=tuple(_statements(place, configuration)),
        rules=_running(configuration, registry, off),
        total=len(registry),
    )


def _statements(place: ProjectPlace, configuration: Configuration) -> Iterator[Statement]:
    versions = stated_versions(place.root, discover(place, (), configuration).manifests)
    for statement in statements(configuration):
        stated = versions.get(VERSION_KEYS.get(statement.key, ""))
        if statement.value is None and stated is not None:
            release, file = stated
            yield Statement(statement.key, shown_release(release), shown(file), file)
        else:
            yield statement


def _running(
    configuration: Configuration, registry: Registry, off: frozenset[str]
) -> tuple[tuple[type[Rule], Severity], ...]:
    codes = enabled_codes(configuration.choices, registry) - off
    return tuple(
        (rule, configuration.severities.get(rule.code, rule.severity)) for rule in registry if rule.code in codes
    )
