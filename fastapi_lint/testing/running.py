"""Runs the linter over cases: by the engine in this process, one case or many at a time, and by flake8."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from fastapi_lint.config.configuration import Layer
from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.engine.fixing import run_and_fix
from fastapi_lint.engine.run import Request, run
from fastapi_lint.testing.cases import is_python

Found = tuple[str, int, int, str, str]
"""A finding as every front end shows it: path, line, column, code, message."""

_FLAKE8 = (
    *(sys.executable, "-m", "flake8", "--isolated", "--jobs=1", "--select=FAL", "--require-plugins=fastapi-lint"),
    "--format=%(path)s\t%(row)d\t%(col)d\t%(code)s\t%(text)s",
)
_FLAKE8_LINE = re.compile(r"(?P<path>[^\t]*)\t(?P<line>\d+)\t(?P<column>\d+)\t(?P<code>[A-Z]+\d+)\t(?P<text>.*)")


class RunError(Exception):
    """The linter did not run as it must; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a run: the findings in order, how many files there were, and how many of them the cache knew."""

    found: tuple[Diagnostic, ...]
    files: int
    cached: int


@contextmanager
def project_of(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A new folder with ``files`` in it, by relative path, for as long as the context lasts."""
    with tempfile.TemporaryDirectory(prefix="fastapi-lint-") as folder:
        root = Path(folder).resolve()
        _write(root, files)
        yield root


class Linter:
    """The linter as the checks of cases use it. A test of the checks themselves may put another in its place."""

    def check(self, files: Mapping[str, bytes]) -> Checked:
        """The findings in a project of ``files``, without cache and worker processes."""
        with project_of(files) as root:
            return check_folder(root)

    def check_again(self, files: Mapping[str, bytes]) -> tuple[Checked, Checked, Checked]:
        """The findings in a project of ``files``: while its cache is written, then from the facts in it, then as it was
        answered before."""
        with project_of(files) as root, project_of({}) as cache:
            cold = check_folder(root, cache=cache)
            for answers in cache.glob("*.answers.cache"):
                answers.unlink()
            return cold, check_folder(root, cache=cache), check_folder(root, cache=cache)

    def check_one_by_one(self, files: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
        """The findings in a project of ``files``, from a check of each Python file alone, with a cache, as an editor
        asks."""
        with project_of(files) as root, project_of({}) as cache:
            checked = [check_folder(root, path, cache=cache) for path in files if is_python(path)]
        return tuple(sorted((one for each in checked for one in each.found), key=lambda one: one.sort_key))

    def check_together(
        self, projects: Sequence[Mapping[str, bytes]], codes: frozenset[str], jobs: int
    ) -> list[tuple[Diagnostic, ...]]:
        """The findings in the Python files of many projects as folders of a single one, by project.

        Args:
            projects: the files of each.
            codes: of the rules that run.
            jobs: how many files are analysed at a time.
        """
        files = {path: data for path, data in _in_folders(projects).items() if is_python(path)}
        found: list[list[Diagnostic]] = [[] for _ in projects]
        selection = Layer("the check", {"select": tuple(sorted(codes))})
        with project_of(files) as root:
            for diagnostic in check_folder(root, jobs=jobs, overrides=(selection,)).found:
                number, path = _split(diagnostic.location.path)
                if number is not None:
                    found[number].append(_at(path, diagnostic))
        return [tuple(of_project) for of_project in found]

    def check_by_flake8(self, projects: Sequence[Mapping[str, bytes]]) -> list[list[Found]]:
        """The findings of the flake8 plugin in many projects, each by its own configuration, from one run of flake8.

        Returns:
            For each project its findings, in order.

        Raises:
            RunError: flake8 is not installed, does not know the plugin, or failed.
        """
        # flake8 dies of a null byte on Pythons whose parser raises ValueError for it.
        files = {path: data for path, data in _in_folders(projects).items() if not is_python(path) or b"\0" not in data}
        with project_of(files) as root:
            result = subprocess.run(
                [*_FLAKE8, "."], cwd=root, capture_output=True, text=True, encoding="utf-8", check=False
            )
        if result.returncode not in (0, 1) or result.stderr:
            raise RunError(f"flake8 ended with {result.returncode}: {result.stderr or result.stdout}")
        found: list[list[Found]] = [[] for _ in projects]
        for line in result.stdout.splitlines():
            match = _FLAKE8_LINE.fullmatch(line)
            if match is None:
                raise RunError(f"flake8 wrote what is no finding: {result.stdout}")
            number, path = _split(match["path"].replace("\\", "/").removeprefix("./"))
            if number is not None:
                found[number].append((path, int(match["line"]), int(match["column"]), match["code"], match["text"]))
        return [sorted(of_project) for of_project in found]


def check_folder(
    root: Path, path: str = "", *, jobs: int = 1, cache: Path | None = None, overrides: tuple[Layer, ...] = ()
) -> Checked:
    """The findings of the engine in the project at ``root``.

    Args:
        root: the project's folder, with links resolved.
        path: the file in it to which the findings are limited.
        jobs: how many files are analysed at a time.
        cache: the folder of the cache; None: there is none.
        overrides: options that go before the project's configuration.
    """
    result = run(Request((root / path,), overrides=overrides, jobs=jobs, cache=cache is not None, cache_dir=cache))
    found = [
        _at((project.root.relative_to(root) / diagnostic.location.path).as_posix(), diagnostic)
        for project in result.projects
        for diagnostic in project.diagnostics
    ]
    return Checked(
        tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key)),
        sum(project.files for project in result.projects),
        sum(project.cached for project in result.projects),
    )


def fix_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a project after all fixes of its findings, unsafe ones too."""
    with project_of(files) as root:
        run_and_fix(Request((root,), jobs=1, cache=False), unsafe=True)
        return {path: (root / path).read_bytes() for path in files}


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _in_folders(projects: Sequence[Mapping[str, bytes]]) -> dict[str, bytes]:
    """The files of all projects, each project in a folder of its own."""
    return {f"case_{number}/{path}": data for number, files in enumerate(projects) for path, data in files.items()}


def _split(path: str) -> tuple[int | None, str]:
    """The number of the project whose folder a path is in, and the path within; None: in none."""
    match = re.fullmatch(r"case_(\d+)/(.*)", path)
    return (int(match[1]), match[2]) if match else (None, path)


def _at(path: str, diagnostic: Diagnostic) -> Diagnostic:
    """The diagnostic with another path."""
    return replace(diagnostic, location=replace(diagnostic.location, path=path))
