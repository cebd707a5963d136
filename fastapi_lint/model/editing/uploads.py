"""Edits of uploaded files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts.expressions import Argument, Call, Comparison, Comprehension, Conditional, Lambda, Name, Unary
from fastapi_lint.facts.search import around, is_name, walk
from fastapi_lint.facts.statements import For, Function, If, While
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.editing.expressions import needs_parentheses
from fastapi_lint.model.editing.imports import reference
from fastapi_lint.model.editing.parameters import parameter_at
from fastapi_lint.model.values import Site

_REPEATED = (For, While, Comprehension, Lambda, Function)
"""What may use a file more than once, or later."""


def as_upload_file(editor: Editor, site: Site, *, optional: bool) -> Iterator[Edit | None]:
    """The edits by which a function takes an uploaded file as ``UploadFile`` and not as ``bytes``: it asks for the size
    where it asked for the length, and reads the file where it used the content, which it may do once. Among them is
    None where something else is done with it.

    Args:
        editor: of the module.
        site: of the parameter.
        optional: whether the file may be missing.
    """
    found, upload = parameter_at(editor, site), reference(editor, "fastapi.UploadFile")
    if found is None or found[1].annotation is None or upload is None:
        yield None
        return
    function, parameter = found
    types = [node for node in walk([parameter.annotation]) if is_name(node, "bytes")]
    yield from upload.edits
    yield editor.replace(types[0], upload.text) if len(types) == 1 else None
    uses = [node for node in walk(function.body) if is_name(node, parameter.name)]
    reads = 0
    for use in uses:
        outer = [node for node in around(function.body, use.start, use.end) if node != use]
        if _is_measured(outer):
            yield editor.replace(outer[-2], f"{parameter.name}.size")
        elif not (optional and _is_tested(use, outer)):
            reads += 1
            is_once = reads == 1 and not optional and not any(isinstance(node, _REPEATED) for node in outer)
            yield _read(editor, use, outer[-1], function.is_async) if is_once else None


def _is_measured(outer: Sequence[object]) -> bool:
    """Whether something is the argument of ``len``."""
    call = outer[-2] if len(outer) > 1 and isinstance(outer[-1], Argument) else None
    return isinstance(call, Call) and is_name(call.func, "len") and len(call.arguments) == 1


def _is_tested(use: Name, outer: Sequence[object]) -> bool:
    """Whether it is asked if something is there."""
    parent = outer[-1]
    if isinstance(parent, Comparison):
        return parent.left == use and parent.operators in (("is",), ("is not",))
    if isinstance(parent, Unary):
        return parent.operator == "not"
    return isinstance(parent, (If, Conditional)) and parent.test == use


def _read(editor: Editor, use: Name, parent: object, is_async: bool) -> Edit | None:
    """The edit that reads a file in the place of its content; None where a variable is bound or deleted."""
    if use in (getattr(parent, "target", None), *getattr(parent, "targets", ())):
        return None
    if not is_async:
        return editor.replace(use, f"{use.id}.file.read()")
    text = f"await {use.id}.read()"
    return editor.replace(use, f"({text})" if needs_parentheses(editor, use, parent) else text)
