"""Tokens: where every significant token of a module stands.

libcst's nodes carry no positions, and its ``PositionProvider`` costs twice its parse. A text is tokenised here once, at
the speed of one regular expression, and the extraction, which visits the tree in the order of the text, keeps a cursor
into these arrays. Newlines, indentation, comments, backslash continuations and semicolons are no tokens.

The text need not be valid Python: what no token matches becomes a token of one character, since libcst judges the
syntax. Nothing here recurses, and all of it takes time in proportion to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, chain
from typing import NamedTuple

_NEWLINE = r"(?:\r\n|\r|\n)"
_GAP = rf"[ \t\f\r\n;]*(?:(?:\#[^\r\n]*|\\{_NEWLINE})[ \t\f\r\n;]*)*"
# Outside strings and comments a character beyond ASCII can only belong to a name; \w would miss combining marks.
_WORD = r"[A-Za-z_\x80-\U0010FFFF][^\x00-/:-@\[-^`{-\x7f]*"
# A word directly before a quote is either the prefix of a string or a keyword: `return"x"`.
_WORD_AWAY_FROM_QUOTE = rf"{_WORD}(?![^\x00-!#-&(-/:-@\[-^`{{-\x7f])"
_FORMATTED_START = r"""(?:(?:[fFtT][rR]?|[rR][fFtT])(?:'''|\"\"\"|'|"))"""
_STRING_WITH_END = (
    r"(?:[rRuU]|[bB][rR]?|[rR][bB])?(?:"
    r"'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''"
    r'|"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""'
    r"|'(?!'')[^'\\\r\n]*(?:\\(?:\r\n|.)[^'\\\r\n]*)*'"
    r'|"(?!"")[^"\\\r\n]*(?:\\(?:\r\n|.)[^"\\\r\n]*)*"'
    r")"
)
# A string without an end swallows the rest: a syntax error anyhow, and to go on behind each quote is quadratic.
_STRING = rf"""{_STRING_WITH_END}|(?:[rRuU]|[bB][rR]?|[rR][bB])?['"].*"""
_DIGITS = r"[0-9]+(?:_[0-9]+)*"
_NUMBER = (
    r"0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+"
    rf"|(?:{_DIGITS}(?:\.(?:{_DIGITS})?)?|\.{_DIGITS})(?:[eE][+-]?{_DIGITS})?[jJ]?"
)
_OPERATOR = r"\.\.\.|->|\*\*=?|//=?|<<=?|>>=?|[-+*/%@&|^=!<>:]=|."
_TOKEN = rf"{_WORD_AWAY_FROM_QUOTE}|[()\[\]{{}},]|(?!{_FORMATTED_START})(?:{_STRING}|{_NUMBER}|{_WORD}|{_OPERATOR})"

# Formatted strings need modes, so the first one ends `findall` by swallowing the rest of the text outside the groups.
_UNTIL_FORMATTED = re.compile(rf"({_GAP})(?:({_TOKEN})|{_FORMATTED_START}.*|\Z)", re.DOTALL)
_ONE_TOKEN = re.compile(rf"({_GAP})({_FORMATTED_START}|{_TOKEN})", re.DOTALL)
_FORMATTED = re.compile(_FORMATTED_START)
_WHOLE_STRING = re.compile(_STRING_WITH_END, re.DOTALL)

_PARTNERS = {"(": ")", "[": "]", "{": "}"}
_BRACKETS = frozenset("()[]{}")
_LINE_END = re.compile(_NEWLINE)
_COMMENT = re.compile(r"\#[^\r\n]*")
_LINE_JOINT = re.compile(rf"'''|\"\"\"|\\{_NEWLINE}")


class Tokens(NamedTuple):
    """The significant tokens of a text.

    ``texts``, ``starts`` and ``ends`` run in parallel. ``closing`` leads from the index of an opening bracket to that
    of its partner, and from the start of a formatted string (prefix and quote are one token) to its end quote. The
    literal text inside formatted strings is no token; ``literals`` holds its spans. ``depth`` is the deepest nesting of
    brackets, those of formatted strings counted.

    ``broken`` is the offset of a string without end or a closing bracket without partner, behind which nothing is to be
    trusted; ``unclosed`` that of the first opening bracket without partner. Usually both are None.
    """

    texts: list[str]
    starts: list[int]
    ends: list[int]
    closing: dict[int, int]
    literals: list[tuple[int, int]]
    depth: int
    broken: int | None
    unclosed: int | None


def tokenise(text: str) -> Tokens:
    """The tokens of ``text``. Never fails."""
    pieces: list[str] = []  # gap, token, gap, token, …: together they are the text
    formatted = _FormattedStrings([], [])
    position, length = 0, len(text)
    broken = None
    while position < length:
        found = list(chain.from_iterable(_UNTIL_FORMATTED.findall(text, position)))
        pieces += found
        position += sum(map(len, found))
        if position == length:
            break
        del pieces[-3:]  # the empty token that stands for the formatted string, and the empty pair at the text's end
        end = _scan_formatted(text, position, pieces, formatted)
        if end is None:
            broken = position
            pieces.append(text[position:])
            break
        position = end
    offsets = list(accumulate(map(len, pieces)))
    texts, starts, ends = pieces[1::2], offsets[0::2], offsets[1::2]
    while texts and not texts[-1]:  # the gap behind the last token
        texts.pop()
    del starts[len(texts) :], ends[len(texts) :]
    if broken is None and texts and _is_endless(texts[-1]) and (len(texts) - 1) not in dict(formatted.spans).values():
        broken = starts[-1]
    closing, depth, unopened, unclosed = _pair_brackets(texts)
    closing.update(formatted.spans)
    if unopened is not None and broken is None:
        broken = starts[unopened]
    return Tokens(
        texts,
        starts,
        ends,
        closing,
        formatted.literals,
        depth,
        broken,
        None if unclosed is None else starts[unclosed],
    )


def _is_endless(token: str) -> bool:
    """Whether the last token of a text is a string without end."""
    literal = token.lstrip("rRbBuU")
    return literal[:1] in ("'", '"') and not _WHOLE_STRING.fullmatch(token)


def _pair_brackets(texts: list[str]) -> tuple[dict[int, int], int, int | None, int | None]:
    """Pair the brackets.

    Returns: the partners; their deepest nesting; the index of the first closing bracket without partner, at which
    pairing ends; the index of the first opening one.
    """
    closing: dict[int, int] = {}
    open_brackets: list[int] = []
    deepest = 0
    unopened = None
    brackets = _BRACKETS
    for index in [index for index, text in enumerate(texts) if text in brackets]:
        text = texts[index]
        if text in _PARTNERS:
            open_brackets.append(index)
            if len(open_brackets) > deepest:
                deepest = len(open_brackets)
        elif open_brackets and _PARTNERS[texts[open_brackets[-1]]] == text:
            closing[open_brackets.pop()] = index
        else:
            unopened = index
            break
    return closing, deepest, unopened, open_brackets[0] if open_brackets else None


@cache
def _literal_patterns(quote: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns of the literal text in a formatted string: plain, raw, and the same two for a format specification,
    where doubled braces and ``\\N{…}`` have no meaning."""
    if len(quote) == 3:
        characters = rf"[^{quote[0]}\\{{}}]+|{quote[0]}(?!{quote[1:]})"
    else:
        characters = rf"[^{quote}\\{{}}\r\n]+"
    escapes = r"\\(?:\r\n|[^{}])|\\(?=[{}])"
    doubled = r"\{\{|\}\}"
    return (
        re.compile(rf"(?:{characters}|\\N\{{[A-Za-z0-9 -]*\}}|{escapes}|{doubled})*", re.DOTALL),
        re.compile(rf"(?:{characters}|{escapes}|{doubled})*", re.DOTALL),
        re.compile(rf"(?:{characters}|{escapes})*", re.DOTALL),
        re.compile(rf"(?:{characters}|{escapes})*", re.DOTALL),
    )


class _FormattedStrings(NamedTuple):
    """What was learnt about the formatted strings of a text: indices of start and end tokens; spans of literal text."""

    spans: list[tuple[int, int]]
    literals: list[tuple[int, int]]


class _OpenString:
    """A formatted string whose end is not yet seen. ``fields`` are its open replacement fields, one inside the other
    by format specifications."""

    __slots__ = ("index", "quote", "text_pattern", "specification_pattern", "fields")

    def __init__(self, start: str, index: int) -> None:
        prefix = start.rstrip("'\"")
        raw = "r" in prefix.lower()
        self.index = index
        self.quote = start[len(prefix) :]
        patterns = _literal_patterns(self.quote)
        self.text_pattern = patterns[raw]
        self.specification_pattern = patterns[2 + raw]
        self.fields: list[_OpenField] = []


class _OpenField:
    """A replacement field whose end is not yet seen; ``depth`` counts the brackets open inside it."""

    __slots__ = ("depth", "in_specification")

    def __init__(self) -> None:
        self.depth = 0
        self.in_specification = False


def _scan_formatted(text: str, position: int, pieces: list[str], found: _FormattedStrings) -> int | None:
    """Append the tokens of the formatted string that begins at ``position``, with the gaps between them.

    Args: the text; the offset of the prefix; the pieces, whose last one is the gap before; where to note the findings.
    Returns: the offset behind the end quote, or None when the string has no end (then nothing was appended).
    """
    before = len(pieces), len(found.spans), len(found.literals)
    start = _FORMATTED.match(text, position)
    assert start is not None
    pieces.append(start[0])
    position = start.end()
    strings = [_OpenString(start[0], len(pieces) // 2 - 1)]
    while strings:
        string = strings[-1]
        field = string.fields[-1] if string.fields else None
        if field is None or field.in_specification:
            pattern = string.text_pattern if field is None else string.specification_pattern
            literal = pattern.match(text, position)
            assert literal is not None
            pieces.append(literal[0])
            if literal[0]:
                found.literals.append(literal.span())
            position = literal.end()
            if text.startswith("{", position):
                pieces.append("{")
                position += 1
                string.fields.append(_OpenField())
            elif field is not None and text.startswith("}", position):
                pieces.append("}")
                position += 1
                string.fields.pop()
            elif field is None and text.startswith(string.quote, position):
                pieces.append(string.quote)
                position += len(string.quote)
                found.spans.append((string.index, len(pieces) // 2 - 1))
                strings.pop()
            else:
                break
            continue
        match = _ONE_TOKEN.match(text, position)
        if match is None:
            break
        gap, token = match.groups()
        if not field.depth and token[0] == ":":
            token = ":"  # `:=` begins a specification too
            field.in_specification = True
        elif token in _PARTNERS:
            field.depth += 1
        elif field.depth and token in _BRACKETS:
            field.depth -= 1
        elif token == "}":
            string.fields.pop()
        pieces.append(gap)
        pieces.append(token)
        position += len(gap) + len(token)
        if token[-1] in "'\"" and _FORMATTED.fullmatch(token):
            strings.append(_OpenString(token, len(pieces) // 2 - 1))
    if not strings:
        return position
    del pieces[before[0] :], found.spans[before[1] :], found.literals[before[2] :]
    return None


def line_offsets(text: str) -> tuple[int, ...]:
    """The offsets at which lines begin; only ``\\n``, ``\\r\\n`` and ``\\r`` end a line."""
    if "\r" in text:
        return (0, *[match.end() for match in _LINE_END.finditer(text)])
    return tuple(accumulate([len(line) + 1 for line in text.split("\n")[:-1]], initial=0))


def comment_spans(text: str, tokens: Tokens) -> Iterator[tuple[int, int]]:
    """The spans of all comments, in order."""
    starts, ends, literals = tokens.starts, tokens.ends, tokens.literals
    position = text.find("#")
    while position >= 0:
        token = bisect_right(starts, position) - 1
        literal = bisect_right(literals, (position, len(text))) - 1
        if token >= 0 and ends[token] > position:
            end = ends[token]
        elif literal >= 0 and literals[literal][1] > position:
            end = literals[literal][1]
        else:
            comment = _COMMENT.match(text, position)
            assert comment is not None
            end = comment.end()
            yield position, end
        position = text.find("#", end)


def continued_lines(text: str, tokens: Tokens, line_starts: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """First and last line numbers of each stretch of lines that formatted strings, strings of several lines and
    backslashes join, in order. Brackets join nothing here."""
    starts, ends = tokens.starts, tokens.ends
    stretches: list[tuple[int, int]] = []
    for opening, closing in tokens.closing.items():
        if tokens.texts[opening] not in _PARTNERS:
            stretches.append((bisect_right(line_starts, starts[opening]), bisect_right(line_starts, starts[closing])))
    position = 0
    while joint := _LINE_JOINT.search(text, position):
        position = joint.end()
        token = bisect_right(starts, joint.start()) - 1
        if token >= 0 and ends[token] > joint.start():
            position = max(position, ends[token])
            first, last = bisect_right(line_starts, starts[token]), bisect_right(line_starts, ends[token])
        elif joint[0][0] == "\\":
            first = bisect_right(line_starts, joint.start())
            last = first + 1
            if "#" in text[max(line_starts[first - 1], ends[token] if token >= 0 else 0) : joint.start()]:
                continue  # the end of a comment
        else:
            continue
        stretches.append((first, last))
    return _merged(stretches)


def joined_lines(
    tokens: Tokens, line_starts: tuple[int, ...], continued: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, int], ...]:
    """First and last line numbers of each logical line that spans several lines, in order.

    Args: the tokens; the line offsets; the stretches of :func:`continued_lines`, to which brackets add theirs.
    """
    return _merged([*_bracketed_stretches(tokens, line_starts), *continued])


def _merged(stretches: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Stretches of several lines, those that share a line as one."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        if first == last:
            continue
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)


def _bracketed_stretches(tokens: Tokens, line_starts: tuple[int, ...]) -> list[tuple[int, int]]:
    """First and last line numbers of the outermost bracket pairs and formatted strings that span several lines."""
    starts = tokens.starts
    stretches: list[tuple[int, int]] = []
    inside_until = -1
    line, line_count = 0, len(line_starts)
    for opening, closing in sorted(tokens.closing.items()):
        if opening < inside_until:
            continue
        inside_until = closing
        start = starts[opening]
        while line < line_count and line_starts[line] <= start:
            line += 1
        if line < line_count and line_starts[line] <= starts[closing]:
            stretches.append((line, bisect_right(line_starts, starts[closing])))
    return stretches
