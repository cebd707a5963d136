"""What has changed since a revision of git: committed since the branch left it, staged, unstaged or untracked."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from fastapi_lint.config.files import shown
from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.engine.discovery import SUFFIX
from fastapi_lint.engine.errors import UsageError
from fastapi_lint.engine.layout import Layouts
from fastapi_lint.rules.registry import INTERNAL_ERROR, WITHOUT_FACTS
from fastapi_lint.text.location import Location, Stretch

_SETTINGS = ("-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "diff.relative=false")
_DIFF = (
    *("diff", "--unified=0", "--inter-hunk-context=0", "--find-renames", "--no-prefix", "--text", "--no-color"),
    *("--no-ext-diff", "--no-textconv", "--ignore-submodules"),
)
"""Whatever the user's configuration of git says."""

_SET_BY_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_DIFF_OPTS")
"""Variables that git sets for hooks; relative to another folder than ours, they would mislead it."""

_HASH = re.compile(r"[0-9a-f]{40,64}")
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_ESCAPED = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}


@dataclass(slots=True)
class Changes:
    """The changed lines of a project's files, by path relative to its root.

    Attributes:
        lines: stretches of lines that are new or were changed.
        gaps: the lines behind which others were taken out.
        untracked: files, and with a final slash folders, of which git knows nothing.
    """

    lines: dict[str, list[Stretch]] = field(default_factory=dict)
    gaps: dict[str, list[int]] = field(default_factory=dict)
    untracked: tuple[str, ...] = ()

    def touch(self, diagnostic: Diagnostic, layouts: Layouts) -> bool:
        """Whether something changed where a finding is, or where its evidence is: in the statement there, of a function
        in its whole head. Of a file that could not be analysed, any change counts, and an internal error always does.
        """
        if diagnostic.code in WITHOUT_FACTS:
            path = diagnostic.location.path
            return diagnostic.code == INTERNAL_ERROR or path in self.lines or path in self.gaps or self._is_new(path)
        places = [diagnostic.location, *(related.location for related in diagnostic.related)]
        return any(self._touch(place, layouts) for place in places if place is not None)

    def follow(self, path: str, before: Sequence[str], after: Sequence[str]) -> None:
        """Makes of the changes of a file those of another text that it shall have: lines that differ are changed, too.

        Args:
            path: of the file.
            before: its lines as they are.
            after: its lines as they shall be.
        """
        lines, gaps = self.lines.pop(path, []), self.gaps.pop(path, [])
        moved: list[Stretch] = []
        left: list[int] = []
        for tag, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            by = new_start - start
            if tag != "equal":
                moved += [(new_start + 1, new_end)] if new_start < new_end else []
                left += [new_start] if new_start == new_end else []
                continue
            kept = ((max(first, start + 1), min(last, end)) for first, last in lines)
            moved += [(first + by, last + by) for first, last in kept if first <= last]
            left += [gap + by for gap in gaps if start <= gap <= end]
        if moved:
            self.lines[path] = moved
        if left:
            self.gaps[path] = left

    def _touch(self, place: Location, layouts: Layouts) -> bool:
        if self._is_new(place.path):
            return True
        if place.path not in self.lines and place.path not in self.gaps:
            return False
        first, last = layouts.of(place.path).head(place.line)
        last = max(last, place.end.line)
        return any(first <= end and start <= last for start, end in self.lines.get(place.path, ())) or any(
            first <= before < last for before in self.gaps.get(place.path, ())
        )

    def _is_new(self, path: str) -> bool:
        return any(path == new or (new.endswith("/") and path.startswith(new)) for new in self.untracked)


def changes_since(root: Path, revision: str, others: Iterable[str] = ()) -> Changes:
    """What has changed in the Python files of a project since its branch left a revision.

    Args:
        root: of the project, in a working tree of git.
        revision: as git names them.
        others: further files of the project that matter: Python without being called so, configuration files.

    Raises:
        UsageError: there is no git, no repository, no such revision, or nothing in common with it.
    """
    prefix = os.fsdecode(_git(root, "rev-parse", "--show-prefix")).removesuffix("\n")
    base = _base(root, revision)
    patterns = [f":(top)*{SUFFIX}", *(f":(literal){path}" for path in others)]
    result = Changes()
    for path, (start, count) in _hunks(_git(root, *_DIFF, base, "--", *patterns)):
        if not path.startswith(prefix):
            continue
        if count:
            result.lines.setdefault(path[len(prefix) :], []).append((start, start + count - 1))
        else:
            result.gaps.setdefault(path[len(prefix) :], []).append(start)
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    result.untracked = tuple(os.fsdecode(path) for path in untracked.split(b"\0") if path)
    return result


def _base(root: Path, revision: str) -> str:
    """The commit at which the branch left a revision."""
    unknown = UsageError(f"--since: git knows no revision `{revision}`.")
    if not revision or revision.startswith("-") or "\0" in revision:
        raise unknown
    commit = _hash(root, f"{_hash(root, revision, unknown)}^{{commit}}", unknown)
    apart = UsageError(
        f"--since: HEAD has no commit in common with `{revision}`; a shallow clone may have to fetch more of them."
    )
    return _git(root, "merge-base", "HEAD", commit, otherwise=apart).decode().strip()


def _hash(root: Path, name: str, unknown: UsageError) -> str:
    """The hash of the one object that a name means."""
    answer = _git(root, "rev-parse", "--verify", "--quiet", name, otherwise=unknown).decode().strip()
    if not _HASH.fullmatch(answer):
        raise unknown
    return answer


def _git(root: Path, *arguments: str, otherwise: UsageError | None = None) -> bytes:
    """What git answers.

    Raises:
        UsageError: it can't be run, or fails: then ``otherwise``, if given.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _SET_BY_HOOKS}
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        result = subprocess.run(
            ["git", *_SETTINGS, *arguments],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise UsageError(f"--since: git can't be run: {error.strerror or error}.") from None
    if result.returncode:
        said = result.stderr.decode("utf-8", "replace").strip().partition("\n")[0].removeprefix("fatal: ")
        raise otherwise or UsageError(f"--since: git says of {shown(root)}: {said or 'nothing'}.")
    return result.stdout


def _hunks(patch: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    """The changes in a patch without context: the path of each, the first of the new lines, and how many they are. With
    no new lines, others were taken out behind that one."""
    lines = iter(patch.split(b"\n"))
    path = ""
    for line in lines:
        if line.startswith(b"+++ "):
            path = _unquoted(line[4:])
        elif hunk := _HUNK.match(line):
            removed, start, added = hunk.groups()
            count = int(added) if added is not None else 1
            yield path, (int(start), count)
            left = (int(removed) if removed is not None else 1) + count
            while left and (text := next(lines, None)) is not None:
                left -= not text.startswith(b"\\")  # "\ No newline at end of file" is no line of the file


def _unquoted(name: bytes) -> str:
    """A path as a patch names it: in quotes when it has odd characters, with a tab behind when it has spaces."""
    name = name.removesuffix(b"\t")
    if name.startswith(b'"'):
        name = _ESCAPE.sub(_unescaped, name[1:-1])
    return os.fsdecode(name)


def _unescaped(escape: re.Match[bytes]) -> bytes:
    code = escape[1]
    return bytes([int(code, 8) & 255]) if len(code) == 3 else _ESCAPED.get(code, code)
