"""Edits that move dependencies."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from fastapi_lint.diagnostics import Edit, Fix
from fastapi_lint.facts.expressions import Call, Expression, Name, Sequence
from fastapi_lint.facts.search import bound_among, walk
from fastapi_lint.model.dependencies.dependants import Dependant
from fastapi_lint.model.dependencies.repeated import Repeated
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.routing.routes import Route

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

_KEYWORD = "dependencies"


def moved_to_router(project: Project, repeated: Repeated, message: str) -> Fix | None:
    """The fix that takes a dependency out of the decorators of all routes of a router and gives it to the router; None
    where some route has it as a parameter, or in another module, or the router can't name it.

    Args:
        project: the project.
        repeated: the dependency.
        message: what the fix does.
    """
    editing = project.call_to_edit(repeated.router.site)
    if editing is None:
        return None
    editor, made = editing
    places = [_place(editor, route, dependant) for route, dependant in repeated.declared]
    known = [place for place in places if place is not None]
    if len(known) < len(places) or not _is_known_at(editor, known[0][2], made):
        return None
    text = editor.written(known[0][2])
    removals = [editor.remove_item(call, _KEYWORD, index) for call, index, _ in known]
    return editor.fix(message, [_added(editor, made, text), *removals], safe=False)


def _place(editor: Editor, route: Route, dependant: Dependant) -> tuple[Call, int, Expression] | None:
    """The decorator of a route that lists a dependency, at which index, and how it is written there."""
    call = editor.call(route.site)
    given = call.keyword(_KEYWORD) if call is not None else None
    if call is None or dependant.level != "route" or dependant.site is None or not isinstance(given, Sequence):
        return None
    for index, item in enumerate(given.items):
        if (item.start, item.end) == (dependant.site.start, dependant.site.end):
            return call, index, item
    return None


def _is_known_at(editor: Editor, written: Expression, made: Call) -> bool:
    """Whether all names of an expression have a meaning where a router is made, at the top level of its module."""
    body = editor.module.facts.body
    above = [statement for statement in body if statement.end <= made.start]
    names = {node.id for node in walk([written]) if isinstance(node, Name)}
    return all(hasattr(builtins, name) or bound_among(above, name) for name in names)


def _added(editor: Editor, made: Call, text: str) -> Edit | None:
    given = made.keyword(_KEYWORD)
    if given is None:
        return editor.set_argument(made, _KEYWORD, f"[{text}]")
    return editor.add_items(given, text) if isinstance(given, Sequence) else None
