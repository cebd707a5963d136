"""Limits that stand before libcst sees a text.

libcst's parser recurses on the stack of the machine and kills the process when that ends; on some input it takes
quadratic or exponential time. So texts are measured by their tokens first. The limits are far above what people write:
among two million lines of applications, libraries and the standard library the deepest brackets were 15, the deepest
expression 166, the longest run of string literals 2,292, and no file had more than 84 ``elif``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from fastapi_lint.syntax.faults import Unanalysable
from fastapi_lint.syntax.tokens import Tokens
from fastapi_lint.text.location import position_at

MAX_BRACKETS = 100
"""Brackets one inside the other. libcst dies at some 600 to 1,500 with the usual stack of 8 MB."""

MAX_NESTING = 300
"""Operators, attributes, calls, prefixes and brackets one inside the other; the tree and our facts become that deep.
libcst is quadratic in it (a second at 3,000) and dies at some 5,000."""

MAX_STRINGS = 2_900
"""String literals in a row. libcst refuses 3,000."""

MAX_ELIFS = 200
"""``elif`` after ``elif``; each is inside the one before. libcst dies at some 5,000."""

MAX_PATTERN_WORK = 200_000
"""Tokens of a ``case`` pattern, each counted four times more often per bracket around it, since libcst tries the inside
of every bracket again and again; half a second. It does the same, twice per bracket, in ``del``."""

SAFE_BRACKETS = 15
SAFE_NESTING = 60
SAFE_STRINGS = 100
SAFE_ELIFS = 60
"""Up to these measures an ample stack, such as the main thread's, will do; beyond, parsing wants a deep one."""

_MANY_TOKENS = 2 * SAFE_NESTING
"""A logical line of fewer tokens or characters cannot be nested unsafely, but for brackets."""

_SAFE_PATTERN_BRACKETS = 4

_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")
_OPERATORS = frozenset(
    "+ - * / // % @ ** << >> & | ^ ~ < > <= >= == != . := if else and or not in is lambda await yield for from".split()
)
_BEFORE_NO_CALL = "([{,:=+-*/%@&|^~<>!."
_IF = re.compile(r"^([ \t\f]*)(if|elif)\b", re.MULTILINE)


def check(text: str, tokens: Tokens, line_starts: tuple[int, ...], joined: tuple[tuple[int, int], ...]) -> bool:
    """Measure a text.

    Args: the text, its tokens, line offsets and joined lines (see :mod:`fastapi_lint.syntax.tokens`).
    Returns: whether parsing needs a deep stack even where there is an ample one.
    Raises: Unanalysable when the text goes beyond the limits.
    """
    if tokens.depth > MAX_BRACKETS:
        message = f"brackets are nested {tokens.depth} deep, the limit is {MAX_BRACKETS}"
        raise _fault(message, _start_of_deepest(tokens), line_starts)
    needs_deep_stack = tokens.depth > SAFE_BRACKETS
    for first, last in _long_lines(text, tokens, line_starts, joined):
        needs_deep_stack |= _check_line(tokens, first, last, line_starts)
    if text.count("elif") > SAFE_ELIFS:
        elifs = _elifs(text)
        if elifs > MAX_ELIFS:
            message = f"an if has {elifs} branches, the limit is {MAX_ELIFS}"
            raise _fault(message, text.index("elif"), line_starts)
        needs_deep_stack |= elifs > SAFE_ELIFS
    if tokens.depth > _SAFE_PATTERN_BRACKETS and ("case" in text or "del" in text):
        _check_patterns(tokens, line_starts, joined)
    return needs_deep_stack


def _fault(message: str, offset: int, line_starts: tuple[int, ...]) -> Unanalysable:
    return Unanalysable(f"too complex: {message}", *position_at(line_starts, offset))


def _start_of_deepest(tokens: Tokens) -> int:
    """The offset of the outermost bracket around the first one that is too deep."""
    depth, outermost = 0, 0
    for index, text in enumerate(tokens.texts):
        if text in _OPENING:
            if not depth:
                outermost = index
            depth += 1
            if depth > MAX_BRACKETS:
                break
        elif text in _CLOSING:
            depth -= 1
    return tokens.starts[outermost]


def _long_lines(
    text: str, tokens: Tokens, line_starts: tuple[int, ...], joined: tuple[tuple[int, int], ...]
) -> Iterator[tuple[int, int]]:
    """The ranges of tokens of all logical lines that are long enough to be nested unsafely."""
    ends = (*line_starts[1:], len(text))
    ranges = [(line_starts[first - 1], ends[last - 1]) for first, last in joined]
    ranges += [(start, end) for start, end in zip(line_starts, ends, strict=True) if end - start > _MANY_TOKENS]
    for start, end in ranges:
        first, last = bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)
        if last - first > _MANY_TOKENS:
            yield first, last


def _check_line(tokens: Tokens, first: int, last: int, line_starts: tuple[int, ...]) -> bool:
    """Whether a logical line needs a deep stack.

    Raises: Unanalysable when its expressions are too deep, or too many string literals stand in a row.
    """
    texts = tokens.texts[first:last]
    nesting = _nesting(texts)
    if nesting > MAX_NESTING:
        message = f"an expression is nested {nesting} deep, the limit is {MAX_NESTING}"
        raise _fault(message, tokens.starts[first], line_starts)
    strings = _longest_run_of_strings(texts)
    if strings > MAX_STRINGS:
        message = f"{strings} string literals stand in a row, the limit is {MAX_STRINGS}"
        raise _fault(message, tokens.starts[first], line_starts)
    return nesting > SAFE_NESTING or strings > SAFE_STRINGS


class _Level:
    """What was seen inside one bracket: in the element at hand, operators and the deepest bracket; in those before it,
    the greatest sum of both."""

    __slots__ = ("operators", "deepest", "greatest")

    def __init__(self) -> None:
        self.operators = self.deepest = self.greatest = 0

    def finish_element(self) -> int:
        self.greatest = max(self.greatest, self.operators + self.deepest)
        self.operators = self.deepest = 0
        return self.greatest


def _nesting(texts: Sequence[str]) -> int:
    """An upper bound for the depth of the expressions in a logical line: an operator may hold all others that stand in
    the same bracket and element."""
    level = _Level()
    outer: list[_Level] = []
    previous = ""
    for text in texts:
        if text in _OPERATORS:
            level.operators += 1
        elif text == ",":
            level.finish_element()
        elif text in _OPENING:
            if previous[-1:] not in _BEFORE_NO_CALL:
                level.operators += 1  # a call or subscript, or a word like `not`
            outer.append(level)
            level = _Level()
        elif text in _CLOSING and outer:
            inside = level.finish_element() + 1
            level = outer.pop()
            level.deepest = max(level.deepest, inside)
        previous = text
    while outer:
        inside = level.finish_element() + 1
        level = outer.pop()
        level.deepest = max(level.deepest, inside)
    return level.finish_element()


def _longest_run_of_strings(texts: Sequence[str]) -> int:
    longest = run = 0
    for text in texts:
        if text[-1] in "'\"":
            run += 1
            longest = max(longest, run)
        else:
            run = 0
    return longest


def _elifs(text: str) -> int:
    """The longest chain of ``elif`` at one indentation; words in strings of several lines are counted too."""
    longest = 0
    chains: dict[str, int] = {}
    for indentation, word in _IF.findall(text.replace("\r", "\n")):
        chains[indentation] = 0 if word == "if" else chains.get(indentation, 0) + 1
        longest = max(longest, chains[indentation])
    return longest


def _check_patterns(tokens: Tokens, line_starts: tuple[int, ...], joined: tuple[tuple[int, int], ...]) -> None:
    """Refuse ``case`` and ``del`` with brackets in brackets that libcst would not finish with."""
    for index, text in enumerate(tokens.texts):
        if text != "del" and text != "case":
            continue
        line = bisect_right(line_starts, tokens.starts[index])
        if text == "case" and index and tokens.ends[index - 1] > line_starts[line - 1]:
            continue  # a name: the keyword begins a line
        following = bisect_right(joined, (line, len(line_starts) + 1)) - 1
        last_line = max(line, joined[following][1]) if following >= 0 else line
        end = line_starts[last_line] if last_line < len(line_starts) else tokens.ends[-1]
        if _work(tokens, index + 1, end, 4 if text == "case" else 2) > MAX_PATTERN_WORK:
            message = f"the brackets behind {text} are nested too deeply"
            raise _fault(message, tokens.starts[index], line_starts)


def _work(tokens: Tokens, index: int, end: int, factor: int) -> int:
    """The tokens from ``index`` to the offset ``end``, weighted by depth; a pattern ends at a colon or equals sign."""
    work, depth = 0, 0
    while index < len(tokens.texts) and tokens.starts[index] < end and work <= MAX_PATTERN_WORK:
        text = tokens.texts[index]
        if text in _OPENING:
            depth += 1
        elif text in _CLOSING:
            depth -= 1
        elif not depth and text in (":", "="):
            break
        work += factor ** max(depth, 0)
        index += 1
    return work
