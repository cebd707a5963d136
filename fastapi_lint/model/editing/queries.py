"""Edits of queries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from fastapi_lint.diagnostics import Edit, Fix
from fastapi_lint.facts.expressions import Call
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.editing.imports import reference
from fastapi_lint.model.orm.models import OrmRelationship
from fastapi_lint.model.orm.queries import GETTERS, QueryOrigin, statements

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

_NEXT_IN_CHAIN = re.compile(r"[ \t]*(?:#[^\r\n]*)?(\r?\n[ \t]*)\.")
"""What stands behind a call if the next one of its chain is on the next line."""


def load_with_query(project: Project, origin: QueryOrigin, relationship: OrmRelationship, message: str) -> Fix | None:
    """The fix that makes a query load a relationship; None where it can't be written there.

    Args:
        project: the project.
        origin: the query, and what its objects are.
        relationship: what it shall load.
        message: what the fix does.
    """
    sent = statements(origin.query) or []
    calls = sent[0].calls if len(sent) == 1 else ()
    # of several options for one relationship, the last one wins
    last = next((each for each in reversed(calls) if each.callee.name.endswith(".options")), *calls[:1] or [None])
    editing = project.call_to_edit(last.site) if last is not None and last.site is not None else None
    if editing is None:
        return None
    editor, call = editing
    option, path = project.loading.option(origin, relationship), project.loading.path(origin, relationship)
    return editor.fix(message, _with_option(editor, call, option, path), safe=False)


def _with_option(
    editor: Editor, call: Call, option: str, relationships: Sequence[OrmRelationship]
) -> Iterator[Edit | None]:
    """The edits that add a loader option to a query; among them None where it can't be written there.

    Args:
        editor: of the module that makes the query.
        call: the one that takes it, ``….options(…)`` or ``session.get(…)``, or the one with which the query begins:
            ``select(…)`` or ``session.query(…)``.
        option: such as ``selectinload(User.items)``.
        relationships: those that it names.
    """
    names = editor.module.scope.names
    if any(names.get(each.model.name) is not each.model.cls for each in relationships):
        yield None
        return
    begun = [argument for argument in call.arguments if option.startswith(f"{editor.written(argument)}.")]
    if begun:
        longest = max(begun, key=lambda argument: argument.end - argument.start)
        yield editor.insert(longest.end, option[longest.end - longest.start :])
        return
    loader, _, rest = option.partition("(")
    known = reference(editor, f"sqlalchemy.orm.{loader}")
    if known is None:
        yield None
        return
    yield from known.edits
    method = editor.written(call.func).rpartition(".")[2]
    written = f"{known.text}({rest}"
    if method == "options":
        yield editor.add_argument(call, written)
    elif method in GETTERS and call.keyword("options") is None:
        yield editor.set_argument(call, "options", f"[{written}]")
    elif method in ("select", "query"):
        line = _NEXT_IN_CHAIN.match(editor.text, call.end)
        at, separator = (line.start(1), line[1]) if line is not None else (call.end, "")
        yield editor.insert(at, f"{separator}.options({written})")
    else:
        yield None
