"""Reads configuration files, and those they build on."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi_lint import __version__
from fastapi_lint.config.configuration import Configuration, Layer, configuration_of
from fastapi_lint.config.errors import ConfigurationError, shortened
from fastapi_lint.config.files import TABLE, own_table, parse_toml, shown
from fastapi_lint.config.kinds import Place
from fastapi_lint.config.options import SETTINGS
from fastapi_lint.config.parse import parse_table
from fastapi_lint.config.specifiers import satisfies
from fastapi_lint.rules.registry import Registry


def load_configuration(file: Path | None, registry: Registry, overrides: Sequence[Layer] = ()) -> Configuration:
    """The options in force.

    Args:
        file: the configuration file, if there is one.
        registry: the rules that it may name.
        overrides: what goes before it, the weakest first: the command line.

    Raises:
        ConfigurationError: a file can't be read, is no TOML, has no table of ours, says something unfit, extends
            itself, or is not for this release.
    """
    layers = load_layers(file, registry) if file is not None else []
    return configuration_of([*layers, *overrides])


def load_layers(file: Path, registry: Registry) -> list[Layer]:
    """What a configuration file and those that it extends say, the file itself last.

    Raises:
        ConfigurationError: see :func:`load_configuration`.
    """
    layers: list[Layer] = []
    seen: list[Path] = []
    following: Path | None = file
    while following is not None:
        seen.append(Path(os.path.realpath(following)))
        layer = _load(following, registry)
        layers.insert(0, layer)
        base = layer.values.get("extend")
        following = following.parent / base if base is not None else None
        if following is not None:
            _check_base(following, seen, layer)
    return layers


def _check_base(base: Path, seen: list[Path], layer: Layer) -> None:
    """Complains about a file to build on that is none, or that builds on itself."""
    real = Path(os.path.realpath(base))
    if real in seen:
        circle = " → ".join(shown(path) for path in [*seen[seen.index(real) :], real])
        raise ConfigurationError(f"files that extend each other in a circle: {circle}.", layer.source, "extend")
    if not os.path.isfile(base):
        raise ConfigurationError(f"{shortened(shown(base))} is not a file.", layer.source, "extend")


def _load(file: Path, registry: Registry) -> Layer:
    table = own_table(file)
    if table is None:
        raise ConfigurationError(f"has no table `[tool.{TABLE}]`.", shown(file))
    _check_version(table, shown(file), registry)
    return parse_table(table, shown(file), registry, file)


def inline_layer(text: str, source: str, registry: Registry) -> Layer:
    """What options in a line of TOML say.

    Args:
        text: the TOML.
        source: how messages name where it comes from.
        registry: the rules that it may name.

    Raises:
        ConfigurationError: it is no TOML, or says something unfit.
    """
    table = parse_toml(text, source)
    if "extend" in table:
        raise ConfigurationError("only a file can build on another.", source, "extend")
    _check_version(table, source, registry)
    return parse_table(table, source, registry)


def _check_version(table: dict[str, Any], source: str, registry: Registry) -> None:
    """Before all else: what another release calls its options, this one need not know."""
    key = "required-version"
    if key in table:
        wanted: str = SETTINGS[key].kind.read(table[key], Place(source, key, registry))
        if not satisfies(__version__, wanted):
            raise ConfigurationError(f"{wanted} is wanted, but this is fastapi-lint {__version__}.", source, key)
