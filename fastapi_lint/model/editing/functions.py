"""Edits of functions."""

from __future__ import annotations

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts.statements import Function
from fastapi_lint.model.editing.editor import Editor


def decorated(editor: Editor, function: Function, decorator: str) -> Edit | None:
    """The edit that writes a decorator above those of a function; None where the function does not begin its line."""
    start = function.decorators[0].start if function.decorators else function.start
    indentation = editor.indentation(start)
    if start - len(indentation) not in editor.module.facts.line_starts:
        return None
    return editor.insert(start, f"@{decorator}\n{indentation}")
