"""Expressions inside strings: annotations such as ``"list[User] | None"``.

The usual ones are parsed by Python's own parser, so that a run whose facts all come from the cache need not import
libcst. The full extraction does the rest, and both say the same (the tests compare them).
"""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache

from fastapi_lint.facts import expressions as facts
from fastapi_lint.facts.literals import MAX_INTEGER_LENGTH

_MAX_LENGTH = 1_000
_MAX_NESTING = 50
_GROUPING = re.compile(r"(?<![\w\])])\(")


@lru_cache(maxsize=4096)
def parse_expression(text: str) -> facts.Expression | None:
    """The expression that a text holds, with offsets relative to the text.

    Returns: the expression, or None when the text is none or goes beyond the limits of the analysis.
    """
    if _is_plain(text):
        try:
            return _parse_with_python(text)
        except _BeyondError:
            pass
    from fastapi_lint.facts.extract import extract_expression

    return extract_expression(text)


class _BeyondError(Exception):
    """An expression for the full extraction."""


def _is_plain(text: str) -> bool:
    """Whether Python's parser tells the same as the full extraction: its columns are offsets only in ASCII and on one
    line, it forgets grouping parentheses, and deep nesting is for the gate to judge."""
    return (
        len(text) <= _MAX_LENGTH
        and text.isascii()
        and text.isprintable()
        and "#" not in text
        and _GROUPING.search(text) is None
        and sum(map(text.count, "[(|.-")) <= _MAX_NESTING
    )


def _parse_with_python(text: str) -> facts.Expression | None:
    stripped = text.lstrip(" ")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(stripped, mode="eval")
        except SyntaxError as error:
            if "*" in text:  # Python 3.11 allows more stars than 3.10
                raise _BeyondError from error
            return None
    return _Converter(len(text) - len(stripped)).expression(tree.body)


class _Converter:
    """Turns Python's nodes into facts."""

    def __init__(self, indentation: int) -> None:
        self._indentation = indentation

    def expression(self, node: ast.expr) -> facts.Expression:
        """The fact of a node.

        Raises: _BeyondError for kinds of expressions that are rare in annotations.
        """
        start, end = self._span(node)
        if isinstance(node, ast.Name):
            return facts.Name(node.id, start, end)
        if isinstance(node, ast.Constant):
            return self._constant(node.value, start, end)
        if isinstance(node, ast.Attribute):
            return facts.Attribute(self.expression(node.value), node.attr, start, end)
        if isinstance(node, ast.Subscript):
            return facts.Subscript(self.expression(node.value), self.expression(node.slice), start, end)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return facts.Operation("|", self.expression(node.left), self.expression(node.right), start, end)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return facts.Unary("-", self.expression(node.operand), start, end)
        if isinstance(node, ast.List):
            return facts.Sequence("list", self._all(node.elts), start, end)
        if isinstance(node, ast.Tuple) and node.elts:
            return facts.Sequence("tuple", self._all(node.elts), start, end)
        if isinstance(node, ast.Call):
            return facts.Call(self.expression(node.func), self._arguments(node), start, end)
        raise _BeyondError

    def _span(self, node: ast.expr | ast.keyword) -> tuple[int, int]:
        return node.col_offset + self._indentation, (node.end_col_offset or 0) + self._indentation

    def _all(self, nodes: list[ast.expr]) -> tuple[facts.Expression, ...]:
        return tuple([self.expression(node) for node in nodes])

    def _constant(self, value: object, start: int, end: int) -> facts.Expression:
        if value is None or isinstance(value, (str, bool, float)):
            return facts.Constant(value, start, end)
        if isinstance(value, int) and end - start <= MAX_INTEGER_LENGTH:
            return facts.Constant(value, start, end)
        if value is ...:
            return facts.Opaque("...", start, end)
        raise _BeyondError

    def _arguments(self, node: ast.Call) -> tuple[facts.Argument, ...]:
        """The arguments of a call in the order of the text."""
        arguments = []
        for value in node.args:
            arguments.append(facts.Argument(self.expression(value), None, "", *self._span(value)))
        for keyword in node.keywords:
            if keyword.arg is None:
                raise _BeyondError
            arguments.append(facts.Argument(self.expression(keyword.value), keyword.arg, "", *self._span(keyword)))
        return tuple(arguments)
