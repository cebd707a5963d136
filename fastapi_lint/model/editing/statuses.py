"""Statuses as a module writes them."""

from __future__ import annotations

from http import HTTPStatus

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts.expressions import Attribute, Constant, Expression
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.editing.imports import imported_as


def status_text(editor: Editor, status: int) -> str:
    """A status by its name where the module imports the names, else the number."""
    known = imported_as(editor, "fastapi.status", "starlette.status")
    if known is not None:
        return f"{known}.{_constant(status)}"
    known = imported_as(editor, "http.HTTPStatus")
    return f"{known}.{HTTPStatus(status).name}" if known is not None else str(status)


def replace_status(editor: Editor, node: Expression, old: int, new: int) -> Edit | None:
    """The edit that writes another status in the style of the one that stands there; None where that is not written
    as a number or by its name."""
    if isinstance(node, Constant) and node.value == old:
        return editor.replace(node, str(new))
    if isinstance(node, Attribute):
        if node.attr == _constant(old):
            return editor.rename(node, _constant(new))
        if node.attr == HTTPStatus(old).name:
            return editor.rename(node, HTTPStatus(new).name)
    return None


def _constant(status: int) -> str:
    """Starlette's name for a status."""
    return f"HTTP_{status}_{HTTPStatus(status).name}"
