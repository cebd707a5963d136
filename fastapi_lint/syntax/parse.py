"""Parsing: text to libcst's tree, in the syntax of Python 3.14 whichever version runs.

A text must have passed the gate before. libcst 1.9 rejects some valid Python: annotated targets in parentheses
(``(x): int``) and starred bases behind keywords (``class A(metaclass=M, *bases)``).
"""

from __future__ import annotations

import ast
import re
import threading
import warnings
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import libcst

from fastapi_lint.syntax.faults import SyntaxFault, Unanalysable
from fastapi_lint.syntax.tokens import Tokens
from fastapi_lint.text.location import position_at

_Tree = TypeVar("_Tree")

_PARSER_ERROR = re.compile(r"parser error: error at (\d+):(\d+): expected (.*)", re.DOTALL)
_TOKENIZER_ERROR = "tokenizer error: "
_TEMPLATE_START = re.compile(r"""[tT][rR](?=['"])""")
_TOKEN_NAMES = {
    "NAME": "a name",
    "NUMBER": "a number",
    "STRING": "a string",
    "NEWLINE": "the end of the line",
    "INDENT": "an indented block",
    "EOF": "the end of the file",
    "ASYNC": "'async'",
    "AWAIT": "'await'",
}
# Python's own parser backtracks without end in wrong code with deep brackets, and does no more than explain here.
_MAX_DEPTH_TO_ASK_PYTHON = 12


def parse_module(text: str, tokens: Tokens, line_starts: tuple[int, ...]) -> libcst.Module:
    """The tree of a module.

    Args: the text; its tokens and line offsets, which place errors.
    Raises: SyntaxFault; Unanalysable for what is valid but unknown to libcst.
    """
    if tokens.broken is not None:
        raise _fault_of_token(text, tokens.broken, line_starts)
    if text.startswith("\ufeff"):  # libcst would silently drop it, and Python does not allow a second one
        raise SyntaxFault("begins with two byte order marks", 1, 1)
    try:
        return _parse(libcst.parse_module, text, tokens)
    except libcst.ParserSyntaxError as error:
        raise _fault_of_parser(error.message, text, tokens, line_starts) from error
    except UnicodeEncodeError as error:
        raise SyntaxFault("holds a lone surrogate", *position_at(line_starts, error.start)) from error


def parse_expression(text: str, tokens: Tokens) -> libcst.BaseExpression:
    """The tree of an expression, which may have space and newlines around it and inside. The tree has one pair of
    parentheses more than the text.

    Raises: SyntaxFault, without a place.
    """
    if not tokens.texts or tokens.broken is not None:
        raise SyntaxFault("no expression")
    try:
        return _parse(lambda source: libcst.parse_expression(f"({source}\n)"), text, tokens)
    except (libcst.ParserSyntaxError, UnicodeEncodeError) as error:
        raise SyntaxFault("no expression") from error


def _parse(parse: Callable[[str], _Tree], text: str, tokens: Tokens) -> _Tree:
    try:
        with without_validation():
            try:
                return parse(text)
            except libcst.ParserSyntaxError:
                # libcst knows the prefix `rt` of raw template strings, but not `tr`.
                renamed = _with_other_template_prefixes(text, tokens)
                if renamed is None:
                    raise
                return parse(renamed)
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a bug in native code raises; no Exception by design
            raise
        raise Unanalysable(f"libcst failed: {error}") from error


_original_post_init = libcst.CSTNode.__post_init__
_unvalidated_lock = threading.Lock()
_unvalidated_users = 0


@contextmanager
def without_validation() -> Iterator[None]:
    """Switch off the checks that each node of libcst makes of itself when it is made.

    They guard against wrong trees made by hand. Those of the parser are right by construction, and the checks take a
    fifth of its time. Around a batch of files it saves some more than around each.
    """
    global _unvalidated_users
    with _unvalidated_lock:
        _unvalidated_users += 1
        if _unvalidated_users == 1:  # assigning to a class throws away what Python has cached of all its subclasses
            libcst.CSTNode.__post_init__ = _no_post_init  # type: ignore[method-assign]
    try:
        yield
    finally:
        with _unvalidated_lock:
            _unvalidated_users -= 1
            if not _unvalidated_users:
                libcst.CSTNode.__post_init__ = _original_post_init  # type: ignore[method-assign]


def _no_post_init(node: libcst.CSTNode) -> None:
    pass


def _with_other_template_prefixes(text: str, tokens: Tokens) -> str | None:
    """The text with ``rt`` for the prefix ``tr``, or None when no string has it."""
    offsets = [start for start, token in zip(tokens.starts, tokens.texts, strict=True) if _TEMPLATE_START.match(token)]
    if not offsets:
        return None
    characters = list(text)
    for offset in offsets:
        characters[offset : offset + 2] = "rt"
    return "".join(characters)


def _fault_of_token(text: str, offset: int, line_starts: tuple[int, ...]) -> SyntaxFault:
    """The fault of a bracket without partner or a string without end."""
    character = text[offset]
    if character in ")]}":
        message = f"'{character}' has no matching bracket"
    elif character in "([{":
        message = f"'{character}' was never closed"
    else:
        message = "a string literal has no end"
    return SyntaxFault(message, *position_at(line_starts, offset))


def _fault_of_parser(
    message: str, text: str, tokens: Tokens, line_starts: tuple[int, ...]
) -> SyntaxFault | Unanalysable:
    """The fault behind an error of libcst."""
    if tokens.depth <= _MAX_DEPTH_TO_ASK_PYTHON:
        error = _error_of_python(text)
        if error is None:
            return Unanalysable("libcst cannot parse this valid syntax", *_place(message, tokens, line_starts))
        if message.startswith(_TOKENIZER_ERROR):  # they come without a place
            return SyntaxFault(message[len(_TOKENIZER_ERROR) :], error.lineno or 1, max(error.offset or 1, 1))
    line, column = _place(message, tokens, line_starts)
    if tokens.unclosed is not None and position_at(line_starts, tokens.unclosed).line < line:
        return _fault_of_token(text, tokens.unclosed, line_starts)
    return SyntaxFault(_reason(message), line, column)


def _error_of_python(text: str) -> SyntaxError | None:
    """What the Python that runs has to say against a text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except SyntaxError as error:
            return error
        except (ValueError, MemoryError, RecursionError) as error:
            return SyntaxError(str(error))
    return None


def _place(message: str, tokens: Tokens, line_starts: tuple[int, ...]) -> tuple[int, int]:
    """Line and column of the token at which the parser gave up."""
    parsed = _PARSER_ERROR.match(message)
    if parsed is None or not tokens.starts:
        return 1, 1
    # libcst names the place of the next token, which may be a line end or an indentation that is no token here.
    next_line = min(int(parsed[1]), len(line_starts))
    next_start = line_starts[next_line - 1] + int(parsed[2])
    index = max(bisect_left(tokens.starts, next_start) - 1, 0)
    if "INDENT" not in parsed[3] and _is_indented_further(index, tokens, line_starts):
        index += 1
    return position_at(line_starts, tokens.starts[index])


def _is_indented_further(index: int, tokens: Tokens, line_starts: tuple[int, ...]) -> bool:
    """Whether the token behind ``index`` begins a line that is indented further than the line of ``index``."""
    if index + 1 == len(tokens.starts) or tokens.texts[index] == ":":
        return False
    this, following = (position_at(line_starts, tokens.starts[at]) for at in (index, index + 1))
    first = bisect_left(tokens.starts, line_starts[this.line - 1])
    indentation = position_at(line_starts, tokens.starts[first]).column
    return following.line > this.line and following.column > indentation


def _reason(message: str) -> str:
    """What to say of an error of the parser: the alternatives it would have accepted, if they are few."""
    parsed = _PARSER_ERROR.match(message)
    if parsed is None:
        return "invalid syntax"
    expected = parsed[3].removeprefix("one of ").split(", ")
    for alternative in expected:
        if " " in alternative:  # not a token but an explanation
            return alternative[0].lower() + alternative[1:]
    words = [_TOKEN_NAMES.get(word, f"'{word}'") for word in expected]
    if len(words) > 4:
        return "invalid syntax"
    return "invalid syntax, expected " + (", ".join(words[:-1]) + " or " if words[1:] else "") + words[-1]
