"""Comments that silence findings, and what is wrong with them.

Two forms: flake8's ``# noqa`` and ``# noqa: FAL101``, which silence the logical line they stand on, with
``# flake8: noqa`` for a file; and our own ``# fastapi-lint: ignore[FAL101, rule-name] reason``, which silences its
logical line, or, standing alone, the next one, with ``# fastapi-lint: ignore-file[...]`` for a file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from fastapi_lint.config.errors import did_you_mean
from fastapi_lint.config.selection import codes_of
from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.facts.module import Comment, ModuleFacts
from fastapi_lint.rules.registry import CODE_PREFIX, Registry, UnknownSelectorError
from fastapi_lint.text.location import position_at

# flake8's own expression, so that the two front ends agree on what a comment means.
_NOQA = re.compile(r"# noqa(?P<list>:\s?(?P<items>(?:[A-Z]+[0-9]+(?:[,\s]+)?)+))?", re.I)
_NOQA_WORD = re.compile(r"# noqa:\s?(?P<word>[A-Z][\w-]*)", re.I)
_NOQA_FILE = re.compile(r"\s*# flake8[:=]\s*noqa(?P<list>:\s?(?P<items>(?:[A-Z]+[0-9]+(?:[,\s]+)?)+))?\s*$", re.I)
_OURS = re.compile(r"#\s*fastapi-lint\s*:\s*(?P<word>[\w-]*)\s*(?P<list>\[(?P<items>[^\]\n]*)\])?(?P<reason>[^#]*)")
_ITEM = re.compile(r"[^\s,]+")
_WORDS = ("ignore", "ignore-file")


@dataclass(slots=True)
class Item:
    """One entry of a suppression: what it says, the codes it means, its offsets, and whether it silenced anything."""

    text: str
    codes: frozenset[str]
    start: int
    end: int
    used: bool = False


@dataclass(slots=True)
class Suppression:
    """A comment that silences.

    Attributes:
        items: what it names; empty: everything (``# noqa``).
        lines: the first and last line it speaks for; None: the whole file.
        start: the offset at which it begins; ``end`` where it ends.
    """

    items: list[Item]
    lines: tuple[int, int] | None
    start: int
    end: int

    def silences(self, code: str, line: int) -> bool:
        """Whether it silences a finding, remembering that it did."""
        if self.lines is not None and not self.lines[0] <= line <= self.lines[1]:
            return False
        hit = not self.items
        for item in self.items:
            if code in item.codes:
                item.used = hit = True
        return hit


@dataclass(frozen=True, slots=True)
class Malformed:
    """A comment that was meant to silence and doesn't, or not as it should: what is wrong, and where."""

    message: str
    start: int
    end: int


@dataclass(slots=True)
class Suppressions:
    """All suppressions of a file."""

    comments: list[Suppression] = field(default_factory=list)
    malformed: list[Malformed] = field(default_factory=list)

    def silence(self, code: str, line: int) -> bool:
        """Whether a finding is silenced; every comment that would have done it counts as used."""
        hit = False
        for comment in self.comments:
            hit |= comment.silences(code, line)
        return hit

    def unused(self, ran: frozenset[str]) -> Iterator[tuple[Suppression, list[Item]]]:
        """Suppressions with the items that silenced nothing, although all rules they name ran."""
        for comment in self.comments:
            idle = [item for item in comment.items if not item.used and item.codes and item.codes <= ran]
            if idle:
                yield comment, idle


def read_suppressions(
    facts: ModuleFacts, lines: Sequence[str], registry: Registry, *, noqa: bool, require_reason: bool
) -> Suppressions:
    """The suppressions in the comments of a file.

    Args:
        facts: of the file.
        lines: its source lines.
        registry: the rules that comments may name.
        noqa: whether flake8's comments count.
        require_reason: whether our own comments must say why.
    """
    return _Reader(facts, lines, registry, noqa, require_reason).read()


def speaks(facts: ModuleFacts) -> bool:
    """Whether a file has comments that may silence something."""
    return any("noqa" in comment.text.lower() or "fastapi-lint" in comment.text for comment in facts.comments)


class _Reader:
    def __init__(
        self, facts: ModuleFacts, lines: Sequence[str], registry: Registry, noqa: bool, require_reason: bool
    ) -> None:
        self._facts, self._lines, self._registry = facts, lines, registry
        self._noqa, self._require_reason = noqa, require_reason
        self._firsts = [first for first, _ in facts.long_lines]
        self._found = Suppressions()

    def read(self) -> Suppressions:
        for comment in self._facts.comments:
            if self._noqa and (matched := _NOQA_FILE.match(comment.text)) and comment.standalone:
                self._add(comment, matched, None)
            elif self._noqa and (matched := _NOQA.search(comment.text)):
                self._add_noqa(comment, matched)
            for matched in _OURS.finditer(comment.text):
                self._add_ours(comment, matched)
        return self._found

    def _add_noqa(self, comment: Comment, matched: re.Match[str]) -> None:
        line = position_at(self._facts.line_starts, comment.start).line
        if matched["list"] is None and (named := _NOQA_WORD.search(comment.text)) is not None:
            rule = self._registry.find(named["word"])
            if rule is not None or named["word"].upper() == CODE_PREFIX:
                code = rule.code if rule is not None else f"{CODE_PREFIX}101"
                problem = f"`noqa` takes codes such as {code}; with `{named['word']}` it silences everything"
                self._complain(comment, named, problem)
        self._add(comment, matched, self._logical_line(line))

    def _add_ours(self, comment: Comment, matched: re.Match[str]) -> None:
        word, items = matched["word"], matched["items"]
        if word not in _WORDS:
            hint = did_you_mean(word, _WORDS) or " Write `ignore[CODE] reason` or `ignore-file[CODE] reason`."
            self._complain(comment, matched, f"`fastapi-lint: {word}` means nothing.{hint}")
        elif items is None or not items.strip(" ,\t"):
            self._complain(comment, matched, f"`{word}` names no rule: write `{word}[CODE or rule name] reason`")
        else:
            if self._require_reason and not matched["reason"].strip(" \t:-"):
                self._complain(comment, matched, f"`{word}[{items}]` gives no reason: write why after the bracket")
            self._add(comment, matched, None if word == "ignore-file" else self._target(comment))

    def _add(self, comment: Comment, matched: re.Match[str], lines: tuple[int, int] | None) -> None:
        items = []
        if matched["items"] is not None:
            offset = matched.start("items")
            for item in _ITEM.finditer(matched["items"]):
                codes = self._codes(comment, matched, item[0])
                at = comment.start + offset
                items.append(Item(item[0], codes, at + item.start(), at + item.end()))
        start, end = comment.start + matched.start(), comment.start + matched.end()
        self._found.comments.append(Suppression(items, lines, start, end))

    def _codes(self, comment: Comment, matched: re.Match[str], text: str) -> frozenset[str]:
        """What an item means; the codes of other tools in a ``noqa`` are none of our business."""
        ours = matched.re is _OURS
        if not ours and not text.upper().startswith(CODE_PREFIX):
            # A shorter prefix than ours ("F") silences our codes in flake8, so it does here.
            return frozenset(rule.code for rule in self._registry if rule.code.startswith(text.upper()))
        try:
            return codes_of(text, self._registry)
        except UnknownSelectorError as error:
            self._complain(comment, matched, str(error))
            return frozenset()

    def _complain(self, comment: Comment, matched: re.Match[str], message: str) -> None:
        start, end = comment.start + matched.start(), comment.start + len(matched[0].rstrip()) + matched.start()
        self._found.malformed.append(Malformed(message, start, end))

    def _logical_line(self, line: int) -> tuple[int, int]:
        """The lines of the logical line that ``line`` is part of."""
        index = bisect_right(self._firsts, line) - 1
        if index >= 0 and line <= self._facts.long_lines[index][1]:
            return self._facts.long_lines[index]
        return line, line

    def _target(self, comment: Comment) -> tuple[int, int]:
        """The lines that one of our comments speaks for: its own, or the next with code when it stands alone."""
        line = position_at(self._facts.line_starts, comment.start).line
        own = self._logical_line(line)
        if not comment.standalone or own != (line, line):
            return own
        for number in range(line + 1, len(self._lines) + 1):
            text = self._lines[number - 1].strip()
            if text and not text.startswith("#"):
                return self._logical_line(number)
        return own


def keep(diagnostics: Iterable[Diagnostic], suppressions: Suppressions) -> list[Diagnostic]:
    """The diagnostics of a file that no comment silences."""
    return [found for found in diagnostics if not suppressions.silence(found.code, found.location.line)]
