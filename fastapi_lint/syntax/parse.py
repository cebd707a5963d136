"""Parsing: text to libcst's tree, whichever version of Python runs."""

from __future__ import annotations

import libcst


class SyntaxFault(Exception):
    """A text that is not Python. ``line`` and ``column`` count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def parse_module(text: str) -> libcst.Module:
    """The tree of a module.

    Raises: SyntaxFault.
    """
    try:
        return libcst.parse_module(text)
    except libcst.ParserSyntaxError as error:
        raise SyntaxFault(error.message, error.raw_line, error.raw_column + 1) from error


def parse_expression(text: str) -> libcst.BaseExpression:
    """The tree of an expression without space around it.

    Raises: SyntaxFault.
    """
    try:
        return libcst.parse_expression(text)
    except libcst.ParserSyntaxError as error:
        raise SyntaxFault(error.message, error.raw_line, error.raw_column + 1) from error
