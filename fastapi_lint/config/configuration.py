"""The options in force for one project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi_lint.config.options import SETTINGS, VERSION_KEYS, initial_values
from fastapi_lint.diagnostics import Severity
from fastapi_lint.model.settings import Policy


@dataclass(frozen=True, slots=True)
class Choice:
    """What one source (a file, or the command line) says about which rules run. None: it says nothing."""

    profile: str | None = None
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """What one source says, checked.

    Attributes:
        source: how messages and listings call it: the name of the file, or "command line".
        values: what it says by key, as it is read.
        stated: the same as it stands in the file.
        file: the file, if it is one.
    """

    source: str
    values: Mapping[str, Any]
    stated: Mapping[str, Any] = field(default_factory=dict)
    file: Path | None = None

    @property
    def choice(self) -> Choice:
        """What it says about which rules run."""
        keys = ("profile", "select", "extend-select", "ignore", "extend-ignore")
        return Choice(**{key.replace("-", "_"): self.values[key] for key in keys if key in self.values})


@dataclass(frozen=True, slots=True)
class Configuration:
    """What all sources together say.

    Attributes:
        layers: what each source says, the weakest first.
        per_file_ignores: pairs of a path pattern and the selectors that are off there.
        rules: options of rules by rule name.
        severities: severities by code, where they are not the rule's own.
        fail_on: the lowest severity that fails a check, or "never".
        baseline: the path of the findings that are not reported, relative to the root; None: there is none.
        require_reason: whether an ignore comment must say why.
        fixable: selectors of the rules whose fixes may be used.
        unfixable: selectors of those among them whose fixes may not.
        exclude: path patterns of what is left out.
        respect_gitignore: whether what git ignores is left out.
        force_exclude: whether that counts for what is given on the command line, too.
        src: folders on the import path; None: they are looked for.
        app: the applications to analyse; None: all.
        auth_dependencies: dependencies that authenticate.
        public_paths: routes that are public on purpose.
        policies: what routes must meet.
        versions: releases of libraries by distribution name.
    """

    layers: tuple[Layer, ...]
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...]
    rules: Mapping[str, Mapping[str, object]]
    severities: Mapping[str, Severity]
    fail_on: str
    baseline: str | None
    require_reason: bool
    fixable: tuple[str, ...]
    unfixable: tuple[str, ...]
    exclude: tuple[str, ...]
    respect_gitignore: bool
    force_exclude: bool
    src: tuple[str, ...] | None
    app: tuple[str, ...] | None
    auth_dependencies: tuple[str, ...]
    public_paths: tuple[str, ...]
    policies: tuple[Policy, ...]
    versions: Mapping[str, tuple[int, ...]]

    @property
    def choices(self) -> list[Choice]:
        """What each source says about which rules run, the weakest first."""
        return [layer.choice for layer in self.layers]


def configuration_of(layers: Iterable[Layer] = ()) -> Configuration:
    """What the layers together say, the weakest first; the defaults where all are silent."""
    layers = tuple(layers)
    values = initial_values()
    for layer in layers:
        for key, value in layer.values.items():
            values[key] = value if values[key] is None else SETTINGS[key].merge(values[key], value)
    return Configuration(
        layers=layers,
        per_file_ignores=values["per-file-ignores"] + values["extend-per-file-ignores"],
        rules=values["rules"],
        severities=values["severity"],
        fail_on=values["fail-on"],
        baseline=values["baseline"],
        require_reason=values["require-reason"],
        fixable=values["fixable"],
        unfixable=values["unfixable"],
        exclude=values["exclude"] + values["extend-exclude"],
        respect_gitignore=values["respect-gitignore"],
        force_exclude=values["force-exclude"],
        src=values["src"],
        app=values["app"],
        auth_dependencies=values["auth-dependencies"],
        public_paths=values["public-paths"],
        policies=values["require"],
        versions={name: values[key] for key, name in VERSION_KEYS.items() if values[key] is not None},
    )
