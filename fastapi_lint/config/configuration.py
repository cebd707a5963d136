"""The options in force for one project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Choice:
    """What one source (the file, or the command line) says about which rules run. None: it says nothing."""

    profile: str | None = None
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] | None = None
    extend_ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a configuration file says, checked; the defaults where it is silent.

    Attributes:
        file: the file it was read from, if any.
        choice: which rules run.
        per_file_ignores: pairs of a path pattern and the selectors that are off there.
        exclude: path patterns that replace the default ones; None: the default ones stand.
        extend_exclude: path patterns besides.
        src: folders on the import path.
        app: the applications to analyse.
        auth_dependencies: dependencies that authenticate.
        public_paths: routes that are public on purpose.
        versions: releases of libraries by distribution name.
        rules: options of rules by rule name.
        require_reason: whether an ignore comment must say why.
    """

    file: Path | None = None
    choice: Choice = Choice()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    src: tuple[str, ...] = ()
    app: tuple[str, ...] = ()
    auth_dependencies: tuple[str, ...] = ()
    public_paths: tuple[str, ...] = ()
    versions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    rules: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    require_reason: bool = False
