"""Options of the configuration on the command line: made from the same definition as those of files, read by the same
code."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fastapi_lint.config.kinds import Boolean, ListOf, OneOf, TableOf
from fastapi_lint.config.options import FILES, FINDINGS, FIXES, SELECTION, SETTINGS, Section

if TYPE_CHECKING:
    from fastapi_lint.config.configuration import Layer

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def rule_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that say which rules run and what their findings count for."""
    return _with_options(command, SELECTION, FINDINGS)


def fix_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that say which findings are fixed."""
    return _with_options(command, FIXES)


def file_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that say which files are read, that of the configuration among them."""
    return _config(_with_options(command, FILES))


_config = click.option(
    "--config", multiple=True, metavar="FILE|KEY=VALUE",
    help="Use this configuration file; or an option in TOML that goes before what files say.",
)  # fmt: skip


def _with_options(command: Callable[..., Any], *sections: Section) -> Callable[..., Any]:
    keys = [key for section in sections for key, setting in section.settings.items() if setting.on_command_line]
    for key in reversed(keys):
        command = _option(key)(command)
    return command


def _option(key: str) -> Decorator:
    setting = SETTINGS[key]
    kind = setting.kind
    text = setting.summary.replace("`", "")
    if isinstance(kind, Boolean):
        return click.option(f"--{key}/--no-{key}", default=None, help=text)
    if isinstance(kind, OneOf):
        return click.option(f"--{key}", type=click.Choice(kind.names), help=text)
    if isinstance(kind, TableOf):
        return click.option(f"--{key}", multiple=True, metavar="PATTERN:RULE", help=text)
    assert isinstance(kind, ListOf)
    return click.option(f"--{key}", multiple=True, metavar=kind.item.plural.split()[-1].upper(), help=text)


def read_options(config: Sequence[str], settings: Mapping[str, Any]) -> tuple[Path | None, tuple[Layer, ...]]:
    """What the options say: the configuration file, if one is named, and what goes before it, the weakest first.

    Args:
        config: the values of ``--config``.
        settings: the other options by name.

    Raises:
        UsageError, ConfigurationError: a value that an option can't have.
    """
    file, inline = _read_config(config)
    return file, (*inline, *_read_settings(settings))


def _read_settings(settings: Mapping[str, Any]) -> tuple[Layer, ...]:
    given = {name.replace("_", "-"): value for name, value in settings.items() if value not in (None, ())}
    if not given:
        return ()
    from fastapi_lint.config.configuration import Layer
    from fastapi_lint.config.kinds import Place
    from fastapi_lint.rules.registry import load

    stated = {key: _as_in_a_file(key, value) for key, value in given.items()}
    values = {key: SETTINGS[key].kind.read(value, Place(f"--{key}", None, load())) for key, value in stated.items()}
    return (Layer("command line", values, stated),)


def _read_config(given: Sequence[str]) -> tuple[Path | None, tuple[Layer, ...]]:
    files = [text for text in given if os.path.isfile(text)]
    if len(files) > 1:
        raise click.UsageError(f"--config: {files[0]} and {files[1]} are two files; only one can be used.")
    inline = [text for text in given if text not in files]
    for text in inline:
        if "=" not in text:
            raise click.UsageError(f'--config: {text} is not a file, nor an option such as `profile = "strict"`.')
    file = Path(files[0]).absolute() if files else None
    if not inline:
        return file, ()
    from fastapi_lint.config.load import inline_layer
    from fastapi_lint.rules.registry import load

    return file, tuple(inline_layer(text, "--config", load()) for text in inline)


def _as_in_a_file(key: str, value: Any) -> Any:
    """The value of an option as a configuration file would say it."""
    kind = SETTINGS[key].kind
    if isinstance(kind, ListOf):
        return _words(value)
    if isinstance(kind, TableOf):
        return _table(key, _words(value))
    return value


def _words(given: Sequence[str]) -> list[str]:
    return [word.strip() for text in given for word in text.split(",") if word.strip()]


def _table(key: str, pairs: Sequence[str]) -> Mapping[str, list[str]]:
    """A table of lists from ``PATTERN:RULE`` pairs."""
    table: dict[str, list[str]] = {}
    for pair in pairs:
        pattern, colon, rule = pair.rpartition(":")
        if not colon:
            raise click.UsageError(f"--{key}: expected PATTERN:RULE, found `{pair}`.")
        table.setdefault(pattern, []).append(rule)
    return table
