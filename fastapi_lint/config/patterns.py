"""Path patterns in the syntax of ``.gitignore``, matched as git matches them (https://git-scm.com/docs/gitignore).

What stands here is how git reads a pattern: ``dir.c`` (lines, negation, folders, names and paths) and ``wildmatch.c``
(wildcards). It is held against recorded answers of git itself. A general library would be three times the price of all
that a start of the command needs, and its matching, pattern by pattern, more than the search for the files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property

_SPECIAL = re.compile(r"[*?\[\\]")
_CLASS = re.compile(r"\[:([^\]]*):\]")
_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r" \t-\r",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
"""The character classes of POSIX as ranges of a regular expression."""


class BadPattern(ValueError):
    """A pattern that can never match anything; the message says why."""


class PathPattern:
    """One pattern.

    Attributes:
        negated: whether it takes back what patterns before it said.
        only_folders: whether it speaks of folders only.
        by_name: whether it is held against the last part of a path, whatever is before it.
        glob: what names or paths are held against.
        is_plain: whether they must be equal to it, since there are no wildcards in it.
        regex: the same as a regular expression.

    Raises:
        BadPattern: nothing can ever match it.
    """

    def __init__(self, text: str) -> None:
        glob = _without_final_spaces(text)
        if not glob:
            raise BadPattern("it is empty")
        if glob.startswith("#"):
            raise BadPattern("it is a comment; write \\# for a name that begins with #")
        self.negated = glob.startswith("!")
        glob = glob[self.negated :]
        self.only_folders = glob.endswith("/")
        glob = glob[: len(glob) - self.only_folders]
        self.by_name = "/" not in glob
        self.glob = glob.removeprefix("/")
        if not self.glob or "//" in self.glob or self.glob.endswith("/"):
            raise BadPattern("it names no file")
        self.is_plain = not _SPECIAL.search(self.glob)
        self.regex = re.escape(self.glob) if self.is_plain else _translated(self.glob)

    @cached_property
    def _fits(self) -> Callable[[str], object]:
        return re.compile(self.regex, re.S).fullmatch

    def fits(self, path: str, name: str, is_folder: bool) -> bool:
        """Whether it speaks of a file or folder: its path, and the last part of that."""
        return (is_folder or not self.only_folders) and bool(self._fits(name if self.by_name else path))


class PathPatterns:
    """The patterns of one list or one ``.gitignore`` file, of which the last one that fits decides."""

    def __init__(self, patterns: Iterable[PathPattern]) -> None:
        self._patterns = tuple(patterns)
        # Of most files nothing is said. That is found out first, without going from pattern to pattern.
        names: set[str] = set()
        paths: set[str] = set()
        endings: list[str] = []
        wild: list[PathPattern] = []
        for pattern in self._patterns:
            if pattern.is_plain:
                (names if pattern.by_name else paths).add(pattern.glob)
            elif pattern.by_name and pattern.glob[0] == "*" and not _SPECIAL.search(pattern.glob, 1):
                endings.append(pattern.glob[1:])
            else:
                wild.append(pattern)
        self._names, self._paths, self._endings = frozenset(names), frozenset(paths), tuple(endings)
        self._fits_name = _any_of(pattern.regex for pattern in wild if pattern.by_name)
        self._fits_path = _any_of(pattern.regex for pattern in wild if not pattern.by_name)

    @classmethod
    def of(cls, patterns: Iterable[str]) -> PathPatterns:
        """The patterns of a configuration.

        Raises:
            BadPattern: nothing can ever match one of them.
        """
        return cls(map(PathPattern, patterns))

    @classmethod
    def of_text(cls, text: str) -> PathPatterns:
        """The patterns in the text of a ``.gitignore`` file; what git would pass over is passed over."""
        found = []
        for line in text.removeprefix("\ufeff").split("\n"):
            try:
                found.append(PathPattern(line.removesuffix("\r")))
            except BadPattern:
                continue
        return cls(found)

    def verdict(self, path: str, is_folder: bool) -> bool | None:
        """Whether a file or folder is meant: False where a negated pattern says no, None where nothing is said.

        Args:
            path: relative to where the patterns stand, with forward slashes.
            is_folder: whether it is one.
        """
        name = path.rpartition("/")[2]
        if not (
            name in self._names
            or path in self._paths
            or name.endswith(self._endings)
            or self._fits_name(name)
            or self._fits_path(path)
        ):
            return None
        for pattern in reversed(self._patterns):
            if pattern.fits(path, name, is_folder):
                return not pattern.negated
        return None

    def covers(self, path: str) -> bool:
        """Whether a file, or a folder around it, is meant; nothing inside a folder that is can be taken back."""
        parts = path.split("/")
        folders = ("/".join(parts[:count]) for count in range(1, len(parts)))
        return any(self.verdict(folder, True) for folder in folders) or bool(self.verdict(path, False))


def _any_of(regexes: Iterable[str]) -> Callable[[str], object]:
    """What says whether a text fits one of some regular expressions."""
    joined = "|".join(f"(?:{regex})" for regex in regexes)
    return re.compile(joined, re.S).fullmatch if joined else lambda text: None


def _without_final_spaces(text: str) -> str:
    """A line without the spaces at its end, but for one behind a backslash."""
    stripped = text.rstrip(" ")
    backslashes = len(stripped) - len(stripped.rstrip("\\"))
    return stripped + " " if backslashes % 2 and len(stripped) < len(text) else stripped


def _translated(glob: str) -> str:
    """A regular expression for the names or paths that fit."""
    parts: list[str] = []
    at = 0
    while at < len(glob):
        sign = glob[at]
        if sign == "*":
            end = at + len(glob[at:]) - len(glob[at:].lstrip("*"))
            whole = end - at > 1 and glob[at - 1 : at] in ("", "/") and glob[end : end + 1] in ("", "/")
            if whole and end < len(glob):
                parts.append("(?:.*/)?")
                end += 1
            else:
                parts.append(".*" if whole else "[^/]*")
            at = end
        elif sign == "?":
            parts.append("[^/]")
            at += 1
        elif sign == "[":
            part, at = _bracket(glob, at)
            parts.append(part)
        else:
            at += sign == "\\"
            if at == len(glob):
                raise BadPattern("there is nothing behind its last backslash")
            parts.append(re.escape(glob[at]))
            at += 1
    return "".join(parts)


def _bracket(glob: str, start: int) -> tuple[str, int]:
    """A regular expression for the bracket that begins at ``start``, and where it ends."""
    at = start + 1
    negated = glob[at : at + 1] in ("!", "^")
    at += negated
    first = at
    items: list[str] = []
    before = ""
    while at == first or glob[at : at + 1] != "]":
        named = _CLASS.match(glob, at)
        if named:
            if named[1] not in _CLASSES:
                raise BadPattern(f"there is no class of characters [:{named[1]}:]")
            items.append(_CLASSES[named[1]])
            before, at = "", named.end()
        elif before and glob[at : at + 1] == "-" and glob[at + 1 : at + 2] not in ("", "]"):
            last, at = _sign(glob, at + 1)
            if before <= last:
                items.append(f"{re.escape(before)}-{re.escape(last)}")
            before = ""
        else:
            before, at = _sign(glob, at)
            items.append(re.escape(before))
    return f"(?!/)[{'^' * negated}{''.join(items)}]", at + 1


def _sign(glob: str, at: int) -> tuple[str, int]:
    """The character at a place of a bracket, or the one behind a backslash, and the place after it."""
    at += glob[at : at + 1] == "\\"
    if at >= len(glob):
        raise BadPattern("one of its brackets has no end")
    return glob[at], at + 1
