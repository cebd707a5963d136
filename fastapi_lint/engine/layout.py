"""How the lines of a file make statements: what the comments, the fingerprints and the changes of a file go by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.text.location import Stretch, stretch_of

_DEFINITION = re.compile(r"(?:async\s+)?(?:def|class)\s+(\w+)")


class Layout:
    """The statements of one file, read from its lines alone.

    Args:
        lines: of the file, without their ends.
        long_lines: the logical lines that span several, in order, as the facts of the file have them.
    """

    def __init__(self, lines: Sequence[str], long_lines: Sequence[Stretch]) -> None:
        self._lines, self._long_lines = lines, long_lines

    def statement(self, line: int) -> Stretch:
        """The logical line that ``line`` is part of; of a compound statement, its head."""
        return stretch_of(line, self._long_lines)

    def next_statement(self, line: int) -> Stretch | None:
        """The first logical line that begins behind ``line``, or None at the end of the file."""
        following = self.next_line(line)
        return self.statement(following) if following != line else None

    def next_line(self, line: int) -> int:
        """The first line with code behind ``line``; ``line`` itself at the end of the file."""
        return next((number for number in range(line + 1, len(self._lines) + 1) if self._is_code(number)), line)

    def is_decorator(self, line: int) -> bool:
        """Whether a line is part of a decorator."""
        return self._code(self.statement(line)[0]).startswith("@")

    def head(self, line: int) -> Stretch:
        """The head of the definition that ``line`` is part of, from its first decorator to its signature; elsewhere the
        statement."""
        first, last = self.statement(line)
        while self._code(first).startswith("@") and (following := self.next_statement(last)) is not None:
            first, last = following
        if self._definition(first) is None:
            return self.statement(line)
        while (before := self._statement_before(first)) is not None and self._code(before[0]).startswith("@"):
            first = before[0]
        return first, last

    def scope(self, line: int) -> str:
        """The dotted names of the functions and classes whose head or body ``line`` is part of, from the outside in; ""
        at the top level."""
        first, last = self.statement(line)
        indentation = self._indentation(first)
        own = self._definition(self.statement(self.head(first)[1])[0])
        names = [own] if own is not None else []
        for around in self._statements_before(first):
            if self._indentation(around) < indentation:
                indentation = self._indentation(around)
                name = self._definition(around)
                if name is not None:
                    names.append(name)
            if not indentation:
                break
        return ".".join(reversed(names))

    def _statements_before(self, line: int) -> Iterator[int]:
        """The first lines of the statements before a line, the nearest first."""
        before = self._statement_before(line)
        while before is not None:
            yield before[0]
            before = self._statement_before(before[0])

    def _statement_before(self, line: int) -> Stretch | None:
        for number in range(line - 1, 0, -1):
            if self._is_code(number):
                return self.statement(number)
        return None

    def _definition(self, line: int) -> str | None:
        """The name that a ``def`` or ``class`` on a line defines."""
        found = _DEFINITION.match(self._code(line))
        return found[1] if found else None

    def _is_code(self, line: int) -> bool:
        text = self._code(line)
        return bool(text) and not text.startswith("#")

    def _code(self, line: int) -> str:
        return self._lines[line - 1].strip() if line <= len(self._lines) else ""

    def _indentation(self, line: int) -> int:
        text = self._lines[line - 1].expandtabs() if line <= len(self._lines) else ""
        return len(text) - len(text.lstrip())


class Layouts:
    """The statements of a project's files, read when somebody asks.

    Args:
        facts: of the files, as far as they could be analysed.
        sources: their lines.
    """

    def __init__(self, facts: Mapping[str, ModuleFacts], sources: SourceLines) -> None:
        self._facts, self._sources = facts, sources
        self._read: dict[str, Layout] = {}

    def of(self, path: str) -> Layout:
        """The statements of a file; of one that could not be analysed, each line is one."""
        if path not in self._read:
            facts = self._facts.get(path)
            self._read[path] = Layout(self._sources.lines(path), facts.long_lines if facts is not None else ())
        return self._read[path]
