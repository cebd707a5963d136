"""Edits of ``except`` clauses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts.search import binds, bound_among, is_name, mentions, walk
from fastapi_lint.facts.statements import Function, Handler, Raise
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.editing.items import tokens_of

_NAMES = ("error", "exc")
"""How what is caught is called where the module has no habit."""


def caused_by(editor: Editor, statement: Raise, handler: Handler, function: Function) -> Iterator[Edit | None]:
    """The edits by which what is raised in an ``except`` clause says that it was caused by what the clause catches;
    among them None where that can't be named.

    Args:
        editor: of the module.
        statement: what raises, without a cause.
        handler: the clause.
        function: in which it stands.
    """
    name = handler.name or _free_name(editor, function)
    is_known = handler.type is not None and not is_name(statement.exception, name)
    if name is None or not is_known or bound_among(handler.body, name):
        yield None
        return
    if handler.name is None:
        end = _head_end(editor, handler)
        yield editor.insert(end, f" as {name}") if end is not None else None
    yield editor.insert(statement.end, f" from {name}")


def _free_name(editor: Editor, function: Function) -> str | None:
    """A name for what is caught that has no meaning in a function: the one that the module uses most, if it can be."""
    used = Counter(node.name for node in walk(editor.module.facts.body) if isinstance(node, Handler) and node.name)
    names = [*(name for name, _ in used.most_common()), *_NAMES]
    return next((name for name in names if not binds(function, name) and not mentions(function.body, name)), None)


def _head_end(editor: Editor, handler: Handler) -> int | None:
    """Where the colon of a clause stands; None where it names several types without parentheses, as Python 3.14 takes
    them."""
    tokens = tokens_of(editor.text[handler.start : handler.body[0].start])
    index = 0
    while tokens.texts[index] not in (":", ","):
        index = tokens.closing.get(index, index) + 1
    return handler.start + tokens.starts[index] if tokens.texts[index] == ":" else None
