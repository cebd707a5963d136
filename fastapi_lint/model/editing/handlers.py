"""Edits of ``except`` clauses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts.search import bound_among, is_name, occurrences, walk
from fastapi_lint.facts.statements import Function, Handler, Raise
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.editing.items import tokens_of

_NAMES = ("error", "exc", "e", "err", "ex", "exception")
"""What anything that is caught may be called; the first ones where the module has no habit."""


def caused_by(editor: Editor, statement: Raise, handler: Handler, function: Function) -> Iterator[Edit | None]:
    """The edits by which what is raised in an ``except`` clause says that it was caused by what the clause catches;
    among them None where that can't be named.

    Args:
        editor: of the module.
        statement: what raises, without a cause.
        handler: the clause.
        function: in which it stands.
    """
    name = handler.name or _free_name(editor, handler, function)
    is_known = handler.type is not None and not is_name(statement.exception, name)
    if name is None or not is_known or bound_among(handler.body, name):
        yield None
        return
    if handler.name is None:
        end = _head_end(editor, handler)
        yield editor.insert(end, f" as {name}") if end is not None else None
    yield editor.insert(statement.end, f" from {name}")


def _free_name(editor: Editor, handler: Handler, function: Function) -> str | None:
    """A name for what is caught: the one that the module uses most of those that are free and say nothing of a
    particular error. What clauses around this one may get is not free."""
    used = Counter(node.name for node in walk(editor.module.facts.body) if isinstance(node, Handler))
    around = [
        node
        for node in walk(function.body)
        if isinstance(node, Handler) and node.name is None and node.start < handler.start < node.end
    ]
    taken = {_free_name(editor, outer, function) for outer in around}
    names = sorted(_NAMES, key=lambda name: -used[name])
    return next((name for name in names if name not in taken and _is_free(name, handler, function)), None)


def _is_free(name: str, handler: Handler, function: Function) -> bool:
    """Whether a name has no meaning in a function but that of what other ``except`` clauses catch, none of them around
    or inside this one; behind those it means nothing again."""
    found = occurrences([*function.parameters, *function.body], name)
    others = [node for node in found if isinstance(node, Handler)]
    return all(any(other.start <= node.start < other.end for other in others) for node in found) and not any(
        other.start < handler.end and handler.start < other.end for other in others
    )


def _head_end(editor: Editor, handler: Handler) -> int | None:
    """Where the colon of a clause stands; None where it names several types without parentheses, as Python 3.14 takes
    them."""
    tokens = tokens_of(editor.text[handler.start : handler.body[0].start])
    index = 0
    while tokens.texts[index] not in (":", ","):
        index = tokens.closing.get(index, index) + 1
    return handler.start + tokens.starts[index] if tokens.texts[index] == ":" else None
