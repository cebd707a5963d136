"""One run of the linter: from paths and options to findings."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fastapi_lint.config.async_tests import async_test_folders
from fastapi_lint.config.configuration import Configuration, Layer
from fastapi_lint.config.discovery import ProjectPlace
from fastapi_lint.config.files import shown
from fastapi_lint.config.load import load_configuration
from fastapi_lint.config.selection import enabled_codes, fixable_codes
from fastapi_lint.config.versions import find_versions
from fastapi_lint.engine.checking import Inquiry, check
from fastapi_lint.engine.collector import collector_at_rest
from fastapi_lint.engine.discovery import SUFFIX, Found, discover, group_by_project
from fastapi_lint.engine.errors import UsageError
from fastapi_lint.engine.files import read_files
from fastapi_lint.engine.findings import with_fixes_of
from fastapi_lint.engine.fingerprints import Fingerprints
from fastapi_lint.engine.layout import Layouts
from fastapi_lint.engine.narrowing import Narrowing, narrow
from fastapi_lint.engine.overlay import Overlay
from fastapi_lint.engine.results import ProjectResult, Result
from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.engine.stale import judged_file
from fastapi_lint.model.settings import ModelSettings
from fastapi_lint.rules.engine.stale_setting import StaleSetting
from fastapi_lint.rules.registry import Registry, load
from fastapi_lint.syntax.deep_stack import call_with_deep_stack


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asks for.

    Attributes:
        paths: files and folders; findings are limited to them, knowledge is not.
        config: a configuration file instead of the one that would be found.
        overrides: options that go before the configuration, the weakest first: those of the command line.
        jobs: how many files are analysed at a time; 1: without worker processes; None: as the machine allows.
        cache: whether facts are remembered between runs.
        cache_dir: where, if not in the project.
        noqa: whether flake8's comments count.
        rules: whether rules run at all, or only the model is wanted.
        overlay: a text that stands in for a file; findings are limited to it, and ``paths`` play no part.
        edited: what files shall hold in place of what they do, by absolute path.
        narrowing: what is left out of the report.
    """

    paths: tuple[Path, ...]
    config: Path | None = None
    overrides: tuple[Layer, ...] = ()
    jobs: int | None = None
    cache: bool = True
    cache_dir: Path | None = None
    noqa: bool = True
    rules: bool = True
    overlay: Overlay | None = None
    edited: Mapping[Path, bytes] = field(default_factory=dict)
    narrowing: Narrowing = Narrowing()


def run(request: Request) -> Result:
    """Checks what was asked for.

    Raises:
        UsageError: a path does not exist, there is no Python in any of them, a baseline can't be used, or git has no
            answer.
        ConfigurationError: a configuration can't be used.
    """
    with collector_at_rest():
        return call_with_deep_stack(lambda: _run(request))


def _run(request: Request) -> Result:
    if request.overlay is not None and request.narrowing.since is not None:
        raise UsageError("--since: git knows nothing of what standard input holds.")
    registry = load()
    result = Result()
    pending = deque(_requested(request).items())
    seen: set[Path] = set()
    found_any = False
    while pending:
        place, paths = pending.popleft()
        configuration = load_configuration(place.config_file, registry, request.overrides)
        with result.phases.measure("discover"):
            found = discover(place, paths, configuration, split=request.config is None)
        nested = sorted(folder for folder in found.nested if folder not in seen and _covered(folder, paths))
        seen.update(nested)
        pending.extend(group_by_project(nested, request.config).items())
        if found.excluded:
            result.warnings.append(_about_excluded(found.excluded))
        result.warnings += [f"the folder {shown(path)} can't be read." for path in found.unreadable]
        found_any = found_any or bool(found.wanted or found.excluded)
        if found.wanted:
            result.projects.append(_run_project(request, registry, place, configuration, found, result))
    if not found_any:
        raise UsageError(f"no Python files in {', '.join(shown(path) for path in request.paths)}.")
    if request.rules:
        result.notes += narrow(result.projects, request.narrowing, registry, request.edited)
    return result


def _requested(request: Request) -> dict[ProjectPlace, list[Path]]:
    """What was asked for, by project."""
    if request.overlay is None:
        return group_by_project(existing(request.paths), request.config)
    place, path = request.overlay.place(request.config)
    if path.is_dir():
        raise UsageError(f"{request.overlay.path} is a folder; a text can only stand in for a file.")
    return {place: [path]}


def existing(paths: Iterable[Path]) -> list[Path]:
    """The paths, absolute and with links to folders resolved; each once, without those that another one covers.

    Raises:
        UsageError: one does not exist.
    """
    resolved: dict[Path, None] = {}
    for path in paths:
        try:
            if path.is_dir():
                resolved[path.resolve()] = None
            elif path.is_file() or path.is_symlink():
                resolved[path.absolute().parent.resolve() / path.name] = None
            elif path.exists():
                raise UsageError(f"{path} is neither a file nor a folder.")
            else:
                raise UsageError(f"{path} does not exist.")
        except (OSError, ValueError, RuntimeError) as error:
            raise UsageError(f"{path} can't be looked at: {getattr(error, 'strerror', None) or error}.") from None
    folders = {path for path in resolved if path.is_dir()}
    return [
        path for path in resolved if folders.isdisjoint(path.parents) or (path not in folders and path.suffix != SUFFIX)
    ]


def _about_excluded(paths: list[Path]) -> str:
    if len(paths) == 1:
        return f"{shown(paths[0])} is excluded by the configuration."
    return f"{len(paths)} of the files given are excluded by the configuration, {shown(paths[0])} among them."


def _covered(folder: Path, paths: list[Path]) -> bool:
    """Whether one of the paths is ``folder`` or around it."""
    return any(path == folder or path in folder.parents for path in paths)


def _run_project(
    request: Request,
    registry: Registry,
    place: ProjectPlace,
    configuration: Configuration,
    found: Found,
    result: Result,
) -> ProjectResult:
    overlay = {path: request.overlay.data for path in found.wanted} if request.overlay is not None else {}
    overlay.update(
        (path, request.edited[place.root / path]) for path in found.files if place.root / path in request.edited
    )
    with result.phases.measure("discover"):
        contents = read_files(place.root, found.files, overlay)
    enabled = enabled_codes(configuration.choices, registry) if request.rules else frozenset()
    own_file = judged_file(configuration, place.root) if found.whole and StaleSetting.code in enabled else None
    sources = SourceLines(place.root, overlay)
    nameless = request.overlay is not None and request.overlay.path is None
    inquiry = Inquiry(
        root=place.root,
        found=found,
        contents=contents,
        configuration=configuration,
        settings=_settings(place, configuration, found),
        registry=registry,
        enabled=enabled,
        own_file=own_file,
        sources=sources,
        noqa=request.noqa,
        jobs=request.jobs,
        caching=request.cache and not nameless,
        cache_dir=request.cache_dir,
    )
    checked = check(inquiry, result.phases)
    result.warnings += checked.warnings
    answer, layouts = checked.answer, Layouts(checked.facts, sources)
    diagnostics = with_fixes_of(answer.diagnostics, fixable_codes(configuration, registry))
    return ProjectResult(
        root=place.root,
        configuration=configuration,
        diagnostics=diagnostics,
        silenced=answer.silenced,
        fingerprints=Fingerprints(diagnostics, layouts, sources),
        hidden_places=answer.hidden_places,
        project=checked.project,
        contents=contents,
        sources=sources,
        facts=checked.facts,
        layouts=layouts,
        ran=answer.ran,
        wanted=found.wanted,
        covered=frozenset(place.folders if found.wanted.issuperset(found.files) else ()),
        files=len(found.files),
        lines=answer.lines,
        cached=checked.cached,
        faults=answer.faults,
        tracebacks=checked.tracebacks,
    )


def _settings(place: ProjectPlace, configuration: Configuration, found: Found) -> ModelSettings:
    return ModelSettings(
        source_roots=_source_roots(found) if configuration.src is None else configuration.src,
        apps=configuration.app or (),
        auth_dependencies=configuration.auth_dependencies,
        public_paths=configuration.public_paths,
        policies=configuration.policies,
        versions={**find_versions(place.root, found.manifests), **configuration.versions},
        async_test_folders=async_test_folders(place.root, found.test_configured),
    )


def _source_roots(found: Found) -> tuple[str, ...]:
    """Where Python finds the packages of the project when nobody says so: in the folder of each distribution, or in its
    ``src``."""
    return tuple(root for folder in found.distributions for root in (folder, f"{folder}/src" if folder else "src"))
