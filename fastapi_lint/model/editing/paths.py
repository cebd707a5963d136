"""Edits of paths."""

from __future__ import annotations

import re

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts.expressions import Call, Constant
from fastapi_lint.model.editing.editor import Editor


def rename_in_path(editor: Editor, call: Call, old: str, new: str) -> Edit | None:
    """The edit that renames ``{old}`` in the path with which a call registers a route; None where that is not written
    there as a string with the name in it.

    Args:
        editor: of the module.
        call: the call: ``app.get("/users/{old}")``.
        old: the name.
        new: another one.
    """
    path = call.passed("path", 0)
    if not isinstance(path, Constant):
        return None
    found = list(re.finditer(rf"(?<=\{{){re.escape(old)}(?=[:}}])", editor.written(path)))
    return editor.edit(path.start + found[0].start(), path.start + found[0].end(), new) if len(found) == 1 else None
