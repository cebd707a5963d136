"""Items between brackets: the arguments of a call, the names of an import, the members of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.text.edits import TextEdit

if TYPE_CHECKING:
    from fastapi_lint.syntax.tokens import Tokens

Span = tuple[int, int]

_BLANK = " \t\f"
_REST_OF_LINE = re.compile(r"[ \t\f]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)")


class Items(NamedTuple):
    """Items that commas part.

    Attributes:
        text: of the module.
        spans: of the items, with all that belongs to each: a keyword, its own parentheses.
        start: behind the opening bracket.
        end: where the closing bracket stands.
    """

    text: str
    spans: Sequence[Span]
    start: int
    end: int

    def removal(self, index: int) -> TextEdit:
        """The edit that takes an item out, with the comma that it needs no more and with what is said of it on its
        line."""
        start, end = self.spans[index]
        if index + 1 < len(self.spans):
            return TextEdit(start, self.spans[index + 1][0], "")
        comma = self._comma_behind(index)
        behind = end if comma is None else comma
        if self._indentation(start) is not None:
            behind = self._line_end(behind)
        if len(self.spans) == 1:
            return TextEdit(start, behind, "") if comma is None else TextEdit(self.start, self.end, "")
        if comma is None:
            return TextEdit(self.spans[index - 1][1], behind, "")
        before = self._comma_behind(index - 1)
        assert before is not None
        line_end = self._line_end(before)
        return TextEdit(line_end if line_end < start else before, behind, "")

    def insertion(self, index: int, *texts: str) -> TextEdit:
        """The edit that puts items in front of the one at ``index``, or behind the last one."""
        if not self.spans:
            return TextEdit(self.start, self.start, ", ".join(texts))
        if index < len(self.spans):
            start = self.spans[index][0]
            indentation = self._indentation(start)
            separator = ", " if indentation is None else f",\n{indentation}"
            return TextEdit(start, start, separator.join([*texts, ""]))
        start, end = self.spans[-1]
        indentation, comma = self._indentation(start), self._comma_behind(len(self.spans) - 1)
        if indentation is None:
            return TextEdit(end, end, ", ".join(["", *texts]))
        if comma is None:
            behind = self._line_end(end)
            return TextEdit(
                end, behind, f",{self.text[end:behind]}" + ",".join(f"\n{indentation}{text}" for text in texts)
            )
        at = self._line_end(comma)
        return TextEdit(at, at, "".join(f"\n{indentation}{text}," for text in texts))

    def _line_end(self, offset: int) -> int:
        """Where the line of a character ends if nothing but a comment follows; else the character."""
        rest = _REST_OF_LINE.match(self.text, offset)
        return rest.end() if rest is not None else offset

    def _indentation(self, start: int) -> str | None:
        """What stands before an item that begins a line; None for one that does not."""
        line = max(self.text.rfind("\n", 0, start), self.text.rfind("\r", 0, start)) + 1
        before = self.text[line:start]
        return before if not before.strip(_BLANK) and line > self.start else None

    def _comma_behind(self, index: int) -> int | None:
        """Behind the comma that follows an item, or None."""
        end = self.spans[index + 1][0] if index + 1 < len(self.spans) else self.end
        start = self.spans[index][1]
        tokens = tokens_of(self.text[start:end])
        return start + tokens.ends[0] if tokens.texts[:1] == [","] else None


def items_of(text: str, start: int, end: int) -> Items:
    """The items between two brackets.

    Args:
        text: of the module.
        start: behind the opening bracket.
        end: where the closing bracket stands.
    """
    return Items(text, item_spans(text, start, end), start, end)


def item_spans(module_text: str, start: int, end: int) -> list[Span]:
    """The spans of what commas part in a stretch of a text; those between the parameters of a lambda part nothing."""
    tokens = tokens_of(module_text[start:end])
    spans: list[Span] = []
    index, first, lambdas = 0, 0, 0
    while index < len(tokens.texts):
        text = tokens.texts[index]
        if text == "lambda":
            lambdas += 1
        elif text == ":" and lambdas:
            lambdas -= 1
        elif text == "," and not lambdas:
            spans.append((start + tokens.starts[first], start + tokens.ends[index - 1]))
            first = index + 1
        index = tokens.closing.get(index, index) + 1
    if first < len(tokens.texts):
        spans.append((start + tokens.starts[first], start + tokens.ends[-1]))
    return spans


def tokens_of(text: str) -> Tokens:
    """The tokens of a stretch of a module that begins and ends between tokens."""
    from fastapi_lint.syntax.tokens import tokenise  # a run that makes no fix does without

    return tokenise(text)


def has_comment(text: str) -> bool:
    """Whether a comment is in a stretch of a module that begins and ends between tokens."""
    from fastapi_lint.syntax.tokens import comment_spans

    return "#" in text and next(comment_spans(text, tokens_of(text)), None) is not None
