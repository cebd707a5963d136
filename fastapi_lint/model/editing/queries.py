"""Edits of queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts.expressions import Call
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.editing.imports import reference
from fastapi_lint.model.orm.models import OrmRelationship


def loading(editor: Editor, call: Call, option: str, relationships: Sequence[OrmRelationship]) -> Iterator[Edit | None]:
    """The edits that add a loader option to a query; among them None where it can't be written there.

    Args:
        editor: of the module that makes the query.
        call: the one that takes it, ``….options(…)``, or the one with which the query begins: ``select(…)`` or
            ``session.query(…)``.
        option: such as ``selectinload(User.items)``.
        relationships: those that it names.
    """
    loader, _, rest = option.partition("(")
    known = reference(editor, f"sqlalchemy.orm.{loader}")
    names = editor.module.scope.names
    if known is None or any(names.get(each.model.name) is not each.model.cls for each in relationships):
        yield None
        return
    yield from known.edits
    method = editor.written(call.func).rpartition(".")[2]
    written = f"{known.text}({rest}"
    if method == "options":
        yield editor.add_argument(call, written)
    else:
        yield editor.insert(call.end, f".options({written})") if method in ("select", "query") else None
