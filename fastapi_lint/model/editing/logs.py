"""Edits of log calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts.expressions import Attribute, Call, Constant, Expression, FormattedString, Name
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.editing.imports import Reference, reference, reference_of_new
from fastapi_lint.model.endpoints.logs import LogCall, Logger, logger_of

_PLACEHOLDERS = {"logging": "%s", "loguru": "{}"}
_SPECIAL = frozenset("\"'\\%{}")
"""What means more than itself in a string or in a message with placeholders."""


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


def logged(editor: Editor, call: Call, level: str, usual: Logger | None) -> Iterator[Edit | None]:
    """The edits that log what a call of ``print`` prints; among them None where that can't be written.

    Args:
        editor: of the module.
        call: the call.
        level: of the message.
        usual: the logger that most modules of the project have, where that is certain.
    """
    own = logger_of(editor.module)
    logger = own or usual
    known = _known(editor, call, own) if own is not None else _new(editor, usual) if usual is not None else None
    message = _message(editor, call, logger.package) if logger is not None else None
    if known is None or message is None:
        yield None
        return
    yield from known.edits
    yield editor.replace(call.func, f"{known.text}.{level}")
    first, last = call.arguments[0], call.arguments[-1]
    if message != editor.text[first.start : last.end]:
        yield editor.edit(first.start, last.end, message)


def _known(editor: Editor, call: Call, logger: Logger) -> Reference | None:
    is_known = editor.is_global(Name(logger.name, call.start, call.end))
    return Reference(logger.name) if is_known else None


def _new(editor: Editor, logger: Logger) -> Reference | None:
    """A logger that the module gets, as most others have it."""
    if not logger.is_own:
        return None
    if logger.package == "loguru":
        return reference(editor, "loguru.logger")
    return reference_of_new(editor, logger.name, "logging", "getLogger", "(__name__)")


def _message(editor: Editor, call: Call, package: str) -> str | None:
    """What a log call is passed that says what ``print`` would; None where that is not certain."""
    values = [argument.value for argument in call.arguments if argument.keyword is None and not argument.star]
    if not values or any(argument.star or argument.keyword not in (None, "flush") for argument in call.arguments):
        return None
    if len(values) == 1 and _is_text(values[0]):
        return editor.written(values[0])
    placeholder = _PLACEHOLDERS.get(package)
    if placeholder is None or any(isinstance(value, FormattedString) for value in values):
        return None
    return _with_placeholders(editor, values, placeholder)


def _with_placeholders(editor: Editor, values: Sequence[Expression], placeholder: str) -> str | None:
    words: list[str] = []
    passed: list[str] = []
    for value in values:
        if isinstance(value, Constant) and isinstance(value.value, str):
            if not value.value.isprintable() or not _SPECIAL.isdisjoint(value.value):
                return None
            words.append(value.value)
        else:
            words.append(placeholder)
            passed.append(editor.written(value))
    return ", ".join([editor.string(" ".join(words)), *passed])


def _is_text(value: Expression) -> bool:
    return isinstance(value, FormattedString) or (isinstance(value, Constant) and isinstance(value.value, str))
