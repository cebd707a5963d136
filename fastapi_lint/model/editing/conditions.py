"""Conditions of queries in SQL, where they are written with operators of Python."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts import expressions as ex
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.editing.imports import reference
from fastapi_lint.model.orm.columns import OrmColumn
from fastapi_lint.model.orm.filters import PythonCondition, attribute_of

_METHODS = {"is": "is_", "is not": "is_not", "in": "in_", "not in": "not_in"}
_EQUAL = {"is": "==", "is not": "!="}
_KEYWORDS = (bool, type(None))
"""What SQL has ``IS`` for."""
_PACKAGES = ("sqlalchemy", "sqlalchemy.sql", "sqlalchemy.sql.expression", "sqlmodel")


class _NotCertain(Exception):
    """Something in a condition is not certainly meant for the database."""


def in_sql(editor: Editor, condition: PythonCondition) -> Iterator[Edit | None]:
    """The edits that let the database decide a condition; among them None where part of it may be meant for Python.

    Args:
        editor: of the module.
        condition: which Python decides.
    """
    writer = _Writer(editor, condition)
    whole, given = condition.whole, condition.given
    try:
        is_all = whole == given.value and given.keyword is None and not given.star
        if is_all and isinstance(whole, ex.Operation) and whole.operator == "and":
            lines = "\n" in editor.written(whole) or "\r" in editor.written(whole)
            separator = f",\n{editor.indentation(whole.start)}" if lines else ", "
            edit = editor.replace(given, separator.join(map(writer.write, writer.parts(whole, "and"))))
        else:
            edit = editor.replace(whole, writer.write(whole))
    except _NotCertain:
        yield None
        return
    yield from writer.imports
    yield edit


class _Writer:
    """Writes conditions; ``imports`` are the edits that make the names known which these need."""

    def __init__(self, editor: Editor, condition: PythonCondition) -> None:
        self._editor, self._attributes = editor, condition.attributes
        self.imports: list[Edit | None] = []

    def write(self, node: ex.Expression) -> str:
        """A condition for the database.

        Raises:
            _NotCertain: it may be meant for Python.
        """
        if isinstance(node, ex.Operation) and node.operator in ("and", "or"):
            return f"{self._function(node.operator)}({', '.join(map(self.write, self.parts(node, node.operator)))})"
        if isinstance(node, ex.Unary) and node.operator == "not":
            operand = self.write(node.operand)
            return f"~({operand})" if isinstance(node.operand, ex.Comparison) else f"~{operand}"
        if isinstance(node, ex.Comparison) and node.operators[0] in _METHODS:
            if len(node.operators) > 1 or self._column(node.left) is None:
                raise _NotCertain
            left, operand = self._editor.written(node.left), self._editor.written(node.operands[0])
            is_value = isinstance(node.operands[0], ex.Constant) and not isinstance(node.operands[0].value, _KEYWORDS)
            if is_value and node.operators[0] in _EQUAL:
                return f"{left} {_EQUAL[node.operators[0]]} {operand}"
            return f"{left}.{_METHODS[node.operators[0]]}({operand})"
        attribute = attribute_of(node)
        if attribute is None or (attribute.start, attribute.end) not in self._attributes:
            raise _NotCertain
        column = self._column(node)
        if attribute is node and (column is None or not column.is_boolean):
            raise _NotCertain
        return self._editor.written(node)

    def parts(self, node: ex.Expression, operator: str) -> Iterator[ex.Expression]:
        """What an operator joins, through all of its kind: three parts of ``a or b or c``."""
        if isinstance(node, ex.Operation) and node.operator == operator:
            yield from self.parts(node.left, operator)
            yield from self.parts(node.right, operator)
        else:
            yield node

    def _function(self, operator: str) -> str:
        known = reference(self._editor, *(f"{package}.{operator}_" for package in _PACKAGES))
        if known is None:
            raise _NotCertain
        self.imports += known.edits
        return known.text

    def _column(self, node: ex.Expression) -> OrmColumn | None:
        return self._attributes.get((node.start, node.end)) if isinstance(node, ex.Attribute) else None
