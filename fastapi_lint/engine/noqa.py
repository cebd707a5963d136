"""flake8's comments: ``# noqa``, ``# noqa: FAL101,E501``, ``# flake8: noqa`` and ``# flake8: noqa: FAL101``.

They mean here what they mean to flake8, which looks for them in the text of lines and takes the first it finds. Lines
that a string or a backslash joins are one line to it; those inside brackets are not. It compares codes by case, and a
code stands for all that begin with it. (Verified with flake8 7.0 to 7.5.)

In one thing we differ: to flake8, ``# flake8: noqa: FAL101`` skips the whole file. Here it silences what it names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fastapi_lint.config.selection import complaint
from fastapi_lint.engine.suppressions import Item, Malformed, Suppression, Suppressions
from fastapi_lint.facts.module import Comment, ModuleFacts
from fastapi_lint.rules.registry import CODE_PREFIX, Registry
from fastapi_lint.text.location import Stretch, position_at, stretch_of

_CODES = r"(?::\s?(?P<codes>(?:[A-Z]+[0-9]+(?:[,\s]+)?)+))?"
LINE = re.compile(rf"# noqa{_CODES}", re.IGNORECASE)
"""What flake8 looks for in a line, by its own expression; ``codes`` is what it names, None for everything."""

_FILE = re.compile(rf"\s*# flake8[:=]\s*noqa{_CODES}", re.IGNORECASE)
_CODE = re.compile(r"[^,\s]+")
_OWN_CODE = re.compile(rf"{CODE_PREFIX}\d+", re.IGNORECASE)
_SIMILAR = re.compile(r"#\s*noqa[\s:]*(?P<word>[\w-]*)", re.IGNORECASE)


def codes_in(matched: re.Match[str]) -> list[re.Match[str]]:
    """The codes that a match of :data:`LINE` names."""
    return list(_CODE.finditer(matched.string, *matched.span("codes"))) if matched["codes"] is not None else []


class Reader:
    """Reads the comments of one file.

    Args:
        facts: of the file.
        lines: its lines, without their ends.
        registry: the rules that comments may name.
        found: gets what is found.
    """

    def __init__(self, facts: ModuleFacts, lines: Sequence[str], registry: Registry, found: Suppressions) -> None:
        self._facts, self._lines, self._registry, self._found = facts, lines, registry, found
        self._comments = {position_at(facts.line_starts, comment.start).line: comment for comment in facts.comments}

    def read(self) -> None:
        """Reads all comments, and what flake8 takes for them."""
        speaking = [number for number, line in enumerate(self._lines, 1) if "noqa" in line.lower()]
        for number in speaking:
            if matched := _FILE.match(self._lines[number - 1]):
                self._add(matched, number, None)
        for stretch in dict.fromkeys(stretch_of(number, self._facts.continued_lines) for number in speaking):
            matched = LINE.search("\n".join(self._lines[stretch[0] - 1 : stretch[1]]))
            if matched:
                self._add(matched, stretch[0], stretch)
            comment = self._comments.get(stretch[1])
            if comment is not None:
                self._look_for_dead_ones(comment, matched, stretch[0])

    def _add(self, matched: re.Match[str], first: int, lines: Stretch | None) -> None:
        """Adds what was found in the text that begins with the line ``first``, and speaks for ``lines``."""
        start = self._offset(matched, matched.start() + matched[0].index("#"), first)
        end = self._offset(matched, matched.end(), first)
        comment = self._comments.get(position_at(self._facts.line_starts, start).line)
        is_comment = comment is not None and comment.start <= start
        items = []
        for code in codes_in(matched):
            meant = frozenset(entry.code for entry in self._registry.entries if entry.code.startswith(code[0]))
            at = self._offset(matched, code.start(), first)
            items.append(Item(code[0], meant, at, at + len(code[0])))
        self._found.found.append(Suppression(items, lines, start, end, is_comment=is_comment))
        for item in items:
            if is_comment and not item.codes and _OWN_CODE.fullmatch(item.text):
                unknown = complaint(item.text, self._registry)
                problem = unknown or f"flake8 compares codes by case: write `{item.text.upper()}` for `{item.text}`"
                self._complain(problem, start, start + len(matched[0].strip()))

    def _look_for_dead_ones(self, comment: Comment, matched: re.Match[str] | None, first: int) -> None:
        """Complains of what looks like a noqa with one of our rules, and means nothing to flake8."""
        alive = self._offset(matched, matched.start(), first) if matched else None
        for similar in _SIMILAR.finditer(comment.text):
            code = self._code(similar["word"])
            if code is None or comment.start + similar.start() == alive:
                continue
            advice = f"name {code} in the first `# noqa` of the line" if matched else f"write `# noqa: {code}`"
            start, end = comment.start + similar.start(), comment.start + similar.end()
            self._complain(f"`{similar[0]}` silences nothing: {advice}", start, end)

    def _complain(self, problem: str, start: int, end: int) -> None:
        self._found.malformed.append(Malformed(problem, start, end))

    def _code(self, word: str) -> str | None:
        """The code that one should write for a word that names one of our rules or looks like a code of ours."""
        rule = self._registry.find_entry(word)
        if rule is not None:
            return rule.code
        return word.upper() if _OWN_CODE.fullmatch(word) else None

    def _offset(self, matched: re.Match[str], position: int, first: int) -> int:
        """The offset in the file of a position in a text that begins with the line ``first``."""
        before = matched.string[:position]
        line = first + before.count("\n")
        return self._facts.line_starts[line - 1] + len(before) - (before.rfind("\n") + 1)
