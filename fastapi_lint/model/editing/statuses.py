"""Statuses as a module writes them."""

from __future__ import annotations

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts.expressions import Attribute, Constant, Expression, Name
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.editing.imports import Reference, imported_as, reference
from fastapi_lint.model.endpoints.status_names import PYTHON, STARLETTE, StatusNames, style_of_name
from fastapi_lint.model.settings import ModelSettings

_STARLETTE = ("fastapi.status", "starlette.status")
_PYTHON = "http.HTTPStatus"


def status_text(editor: Editor, status: int, settings: ModelSettings) -> str:
    """A status by its name where the module imports the names, else the number."""
    known = _imported(editor, status, StatusNames(settings))
    return str(status) if known is None else known


def named_status(editor: Editor, node: Expression, status: int, style: str, names: StatusNames) -> Reference | None:
    """A status by its name in the place of a number, as the module writes others, else in a style, with the import;
    None where the name has another meaning at that place.

    Args:
        editor: of the module.
        node: the number.
        status: what it is.
        style: ``STARLETTE`` or ``PYTHON``.
        names: those of the project.
    """
    known = _imported(editor, status, names)
    if known is not None:
        owner = Name(known.partition(".")[0], node.start, node.end)
        return Reference(known) if editor.is_global(owner) else None
    name = names.of(status, style)
    owned = reference(editor, _PYTHON if style == PYTHON else _STARLETTE[0])
    return owned._replace(text=f"{owned.text}.{name}") if owned is not None and name is not None else None


def replace_status(editor: Editor, node: Expression, old: int, new: int, settings: ModelSettings) -> Edit | None:
    """The edit that writes another status in the style of the one that stands there; None where that is not written
    as a number or by its name."""
    if isinstance(node, Constant) and node.value == old:
        return editor.replace(node, str(new))
    if isinstance(node, Attribute):
        style = style_of_name(node.attr, old)
        name = StatusNames(settings).of(new, style) if style is not None else None
        return editor.rename(node, name) if name is not None else None
    return None


def _imported(editor: Editor, status: int, names: StatusNames) -> str | None:
    """A status by its name where the module imports the names of Starlette or of Python."""
    for style, owners in ((STARLETTE, _STARLETTE), (PYTHON, (_PYTHON,))):
        known, name = imported_as(editor, *owners), names.of(status, style)
        if known is not None and name is not None:
            return f"{known}.{name}"
    return None
