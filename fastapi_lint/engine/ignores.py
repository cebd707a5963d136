"""Our own comments: ``# fastapi-lint: ignore[FAL101, rule-name] reason`` and ``# fastapi-lint: ignore-file[…] reason``.

Alone on its line, a comment speaks for the statement that follows; above a decorated function, for all of its head.
Beside code it speaks for what stands on its line; on the first or last line of a statement for all of the statement,
on the signature of a function for its decorators too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fastapi_lint.config.errors import did_you_mean
from fastapi_lint.config.selection import codes_of
from fastapi_lint.engine.layout import Layout
from fastapi_lint.engine.suppressions import Item, Malformed, Suppression, Suppressions
from fastapi_lint.facts.module import Comment, ModuleFacts
from fastapi_lint.rules.registry import Registry, UnknownSelectorError
from fastapi_lint.text.location import Stretch, position_at

WORD = "fastapi-lint"
"""What our own comments begin with."""

_PATTERN = re.compile(rf"#\s*{WORD}\s*:\s*(?P<word>[\w-]*)\s*(?P<list>\[(?P<items>[^\]\n]*)\])?(?P<reason>[^#]*)")
_ITEM = re.compile(r"[^\s,]+")
_WORDS = ("ignore", "ignore-file")


class Reader:
    """Reads the comments of one file.

    Args:
        facts: of the file.
        lines: its lines, without their ends.
        registry: the rules that comments may name.
        found: gets what is found.
        require_reason: whether comments must say why.
    """

    def __init__(
        self, facts: ModuleFacts, lines: Sequence[str], registry: Registry, found: Suppressions, require_reason: bool
    ) -> None:
        self._facts, self._registry, self._found = facts, registry, found
        self._require_reason = require_reason
        self._layout = Layout(lines, facts.long_lines)

    def read(self) -> None:
        """Reads all comments."""
        for comment in self._facts.comments:
            for matched in _PATTERN.finditer(comment.text):
                self._add(comment, matched)

    def _add(self, comment: Comment, matched: re.Match[str]) -> None:
        word, items = matched["word"], matched["items"]
        if word not in _WORDS:
            hint = did_you_mean(word, _WORDS) or " Write `ignore[CODE] reason` or `ignore-file[CODE] reason`."
            self._complain(comment, matched, f"`{WORD}: {word}` means nothing.{hint}")
        elif items is None or not items.strip(" ,\t"):
            self._complain(comment, matched, f"`{word}` names no rule: write `{word}[CODE or rule name] reason`")
        else:
            if self._require_reason and not matched["reason"].strip(" \t:-"):
                self._complain(comment, matched, f"`{word}[{items}]` gives no reason: write why after the bracket")
            lines = None if word == "ignore-file" else self._lines(comment)
            start, end = comment.start + matched.start(), comment.start + matched.end()
            entries = [self._item(comment, matched, item) for item in _ITEM.finditer(items)]
            self._found.found.append(Suppression(entries, lines, start, end, whole_places=True))

    def _item(self, comment: Comment, matched: re.Match[str], item: re.Match[str]) -> Item:
        try:
            codes = codes_of(item[0], self._registry)
        except UnknownSelectorError as error:
            self._complain(comment, matched, str(error))
            codes = frozenset()
        start = comment.start + matched.start("items")
        return Item(item[0], codes, start + item.start(), start + item.end())

    def _complain(self, comment: Comment, matched: re.Match[str], message: str) -> None:
        start = comment.start + matched.start()
        self._found.malformed.append(Malformed(message, start, start + len(matched[0].rstrip())))

    def _lines(self, comment: Comment) -> Stretch:
        """The lines that a comment speaks for."""
        line = position_at(self._facts.line_starts, comment.start).line
        first, last = self._layout.statement(line)
        if comment.standalone and first == last:
            following = self._layout.next_statement(line)
            return (line, self._layout.head(following[0])[1]) if following is not None else (line, line)
        if comment.standalone:
            return line, self._layout.next_line(line)
        if line not in (first, last):
            return line, line
        return (first, last) if self._layout.is_decorator(line) else self._layout.head(line)
