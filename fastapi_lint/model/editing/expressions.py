"""Edits of expressions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fastapi_lint.diagnostics import Edit, Fix
from fastapi_lint.facts.expressions import Attribute, Call, Comprehension, Lambda, Subscript
from fastapi_lint.facts.search import around
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.editing.editor import Editor, Spanned
from fastapi_lint.model.values import Site

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project


def await_call(project: Project, site: Site, function: FunctionDefinition, message: str) -> Fix | None:
    """The fix that awaits a call; None where it can't be.

    Args:
        project: the project.
        site: of the call.
        function: in which it stands.
        message: what the fix does.
    """
    editing = project.call_to_edit(site)
    if editing is None:
        return None
    editor, call = editing
    return editor.fix(message, _awaited(editor, call, function), safe=False)


def _awaited(editor: Editor, call: Call, function: FunctionDefinition) -> Iterator[Edit | None]:
    """The edits that await a call; among them None where it can't be: in a plain function, in a lambda or a generator
    expression.

    Args:
        editor: of the module.
        call: the call.
        function: in which it stands.
    """
    outer = [node for node in around(function.fact.body, call.start, call.end) if node != call]
    if not function.is_async or any(isinstance(node, Lambda) or _is_generator(node) for node in outer):
        yield None
        return
    if needs_parentheses(editor, call, outer[-1]):
        yield editor.insert(call.start, "(await ")
        yield editor.insert(call.end, ")")
    else:
        yield editor.insert(call.start, "await ")


def needs_parentheses(editor: Editor, node: Spanned, parent: object) -> bool:
    """Whether ``await …`` must be in parentheses in the place of an expression: something of it is read, or it is
    called, and it has none yet."""
    if isinstance(parent, (Attribute, Subscript)):
        return parent.value == node and not _has_parentheses(editor, node)
    return isinstance(parent, Call) and parent.func == node and not _has_parentheses(editor, node)


def _is_generator(node: object) -> bool:
    return isinstance(node, Comprehension) and node.form == "generator"


def _has_parentheses(editor: Editor, node: Spanned) -> bool:
    before, behind = editor.text[: node.start].rstrip(), editor.text[node.end :].lstrip()
    return before.endswith("(") and behind.startswith(")")
