"""What can be wrong with a text, short of a finding. Lines and columns count from 1."""

from __future__ import annotations


class _Fault(Exception):
    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


class SyntaxFault(_Fault):
    """The text is not Python."""


class Unanalysable(_Fault):
    """The text may well be Python, but is nested too deeply, or in some other way more than the analysis takes on."""
