"""Edits of log calls."""

from __future__ import annotations

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts.expressions import Attribute, Call
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.endpoints.logs import LogCall


def with_traceback(editor: Editor, call: Call, logged: LogCall) -> Edit | None:
    """The edit that makes a log call in an ``except`` clause show the traceback; None where that is not certain.

    Args:
        editor: of the module.
        call: the call.
        logged: what it logs.
    """
    if not isinstance(call.func, Attribute) or call.func.attr != logged.level or call.keyword("exc_info") is not None:
        return None
    if logged.level == "error":
        return editor.rename(call.func, "exception")
    return editor.set_argument(call, "exc_info", "True") if logged.package != "loguru" else None
