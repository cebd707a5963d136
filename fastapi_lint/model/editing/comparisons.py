"""Edits of comparisons."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import around, assigned_once, last_word, walk
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.editing.imports import reference_of_member

_COMPARE = "compare_digest"
_BYTES = frozenset({"encode", "digest"})
"""Methods that give bytes."""
_LOOKUPS = frozenset({"get", "getenv"})
"""Functions that give None where there is no default."""
_WHOLE = (ex.Name, ex.Attribute, ex.Call, ex.Subscript, ex.Constant, ex.FormattedString)
"""What needs no parentheses before a dot."""


def in_constant_time(editor: Editor, node: ex.Comparison, function: FunctionDefinition) -> Iterator[Edit | None]:
    """The edits that compare two texts in a time that tells nothing, both as bytes: ``compare_digest`` takes texts of
    ASCII alone (https://docs.python.org/3/library/hmac.html#hmac.compare_digest).

    Args:
        editor: of the module.
        node: a comparison by ``==`` or ``!=``.
        function: in which it stands.

    Yields:
        Edits, among them None where a side may be None, or where the comparison is part of another operation.
    """
    outer = [each for each in around(function.fact.body, node.start, node.end) if each != node]
    is_part = bool(outer) and isinstance(outer[-1], (ex.Comparison, ex.Operation)) and not _joins(outer[-1])
    if is_part or any(_may_be_none(side, function) for side in (node.left, node.operands[0])):
        yield None
        return
    compare = reference_of_member(editor, "secrets", _COMPARE, f"hmac.{_COMPARE}")
    if compare is None:
        yield None
        return
    yield from compare.edits
    sides = ", ".join(_as_bytes(editor, side) for side in (node.left, node.operands[0]))
    yield editor.replace(node, f"{'not ' if node.operators[0] == '!=' else ''}{compare.text}({sides})")


def _as_bytes(editor: Editor, node: ex.Expression) -> str:
    written = editor.written(node)
    if isinstance(node, ex.Call) and isinstance(node.func, ex.Attribute) and node.func.attr in _BYTES:
        return written
    return f"{written}.encode()" if isinstance(node, _WHOLE) else f"({written}).encode()"


def _joins(node: ex.Comparison | ex.Operation) -> bool:
    return isinstance(node, ex.Operation) and node.operator in ("and", "or")


def _may_be_none(node: ex.Expression, function: FunctionDefinition) -> bool:
    """Whether a side is seen to be None at times: a parameter that says so, or a look-up without a default."""
    if isinstance(node, ex.Call):
        return last_word(node.func) in _LOOKUPS and len(node.arguments) == 1
    if not isinstance(node, ex.Name):
        return False
    for parameter in function.fact.parameters:
        if parameter.name == node.id:
            said = [each for each in (parameter.annotation, parameter.default) if each is not None]
            return any(
                last_word(each) == "Optional" or (isinstance(each, ex.Constant) and each.value is None)
                for each in walk(said)
            )
    assigned = assigned_once(function.fact.body, node.id)
    return assigned is not None and _may_be_none(assigned, function)
