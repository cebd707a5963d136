"""FAL005: what the configuration of a project names, held against the project."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fastapi_lint.config.configuration import Configuration, Layer
from fastapi_lint.config.files import SHARED_FILE, TABLE
from fastapi_lint.config.options import FILES, PROJECT
from fastapi_lint.config.patterns import PathPatterns
from fastapi_lint.config.places import place_in
from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.facts import statements as st
from fastapi_lint.rules.engine.stale_setting import StaleSetting
from fastapi_lint.text.location import Location

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project


class OwnFile(NamedTuple):
    """The configuration file in the folder of a project, and what it says."""

    path: Path
    layer: Layer


class _Stale(NamedTuple):
    """A word that names nothing: the path of its key, the id of the message, and what else that says."""

    key: tuple[str, ...]
    name: str
    message: str
    values: dict[str, Any] = {}


def judged_file(configuration: Configuration, root: Path) -> OwnFile | None:
    """The project's own file; None when it has none in its folder, or the command line says what the project consists
    of, so that the file cannot be judged by what there is.

    A file that it extends may serve other projects, which have what is missing here.
    """
    own = [layer for layer in configuration.layers if layer.file is not None]
    others = (layer for layer in configuration.layers if layer.file is None)
    if any(key in layer.values for layer in others for section in (FILES, PROJECT) for key in section.settings):
        return None
    file = own[-1].file if own else None
    return OwnFile(file, own[-1]) if file is not None and file.parent == root else None


def stale_settings(own: OwnFile, root: Path, project: Project, files: Collection[str]) -> Iterator[Diagnostic]:
    """What the configuration names and the project does not have.

    Args:
        own: the project's own file.
        root: the folder of the project.
        project: the model.
        files: the Python files of the project.
    """
    layer = own.layer
    stale = [*_stale_words(layer, project, files), *_stale_folders(layer, root), *_stale_patterns(layer, files)]
    if not stale:
        return
    text = own.path.read_text(encoding="utf-8-sig")
    above = ("tool", TABLE) if own.path.name == SHARED_FILE else ()
    rule = StaleSetting()
    for key, name, message, values in stale:
        place = Location(own.path.name, *place_in(text, (*above, *key), name))
        yield rule.finding(message, place, key=".".join(key), name=name, **values)


def _stale_words(layer: Layer, project: Project, files: Collection[str]) -> Iterator[_Stale]:
    for name in _words(layer, "app"):
        stale = None if project.has_app(name) else _stale_app(name, project, files)
        if stale is not None:
            yield stale
    # What is not resolved may be just what is named.
    if project.unresolved:
        return
    policies = layer.stated.get("require", ())
    dependencies: dict[tuple[str, ...], list[str]] = {
        ("auth-dependencies",): _words(layer, "auth-dependencies"),
        ("require", "dependency"): [policy["dependency"] for policy in policies],
    }
    patterns: dict[tuple[str, ...], list[str]] = {
        ("public-paths",): _words(layer, "public-paths"),
        ("require", "paths"): [pattern for policy in policies for pattern in policy.get("paths", ())],
    }
    for key, names in dependencies.items():
        yield from (_Stale(key, name, "dependency") for name in names if not project.has_name(name))
    from fastapi_lint.model.security.public import is_public_path  # with the model, which a known answer does without

    for key, names in patterns.items():
        for pattern in names:
            if not any(is_public_path(route.path, (pattern,)) for route in project.routes):
                yield _Stale(key, pattern, "route")


def _stale_app(name: str, project: Project, files: Collection[str]) -> _Stale | None:
    """An application whose module or variable does not exist; None where that is not sure."""
    module_name, _, variable = name.partition(":")
    modules = project.modules_named(module_name)
    if not modules:
        path = module_name.replace(".", "/")
        is_there = any(f"/{file}".endswith((f"/{path}.py", f"/{path}/__init__.py")) for file in files)
        return None if is_there else _Stale(("app",), name, "module", {"module": module_name})
    first = variable.partition(".")[0]
    if any(first in module.scope.names or _has_star_import(module.facts.body) for module in modules):
        return None
    return _Stale(("app",), name, "variable", {"module": module_name, "variable": variable})


def _has_star_import(body: Iterable[Any]) -> bool:
    return any(isinstance(statement, st.ImportFrom) and ("*", None) in statement.names for statement in body)


def _stale_folders(layer: Layer, root: Path) -> Iterator[_Stale]:
    for folder in _words(layer, "src"):
        if not (root / folder).is_dir():
            yield _Stale(("src",), folder, "folder")


def _stale_patterns(layer: Layer, files: Collection[str]) -> Iterator[_Stale]:
    for key in ("per-file-ignores", "extend-per-file-ignores"):
        for pattern in layer.stated.get(key, ()):
            patterns = PathPatterns.of((pattern.removeprefix("!"),))
            if not any(patterns.covers(file) for file in files):
                yield _Stale((key,), pattern, "file")


def _words(layer: Layer, key: str) -> list[str]:
    """What a file says under a key that has strings, or one."""
    said = layer.stated.get(key, [])
    return [said] if isinstance(said, str) else said
