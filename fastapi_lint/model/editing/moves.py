"""Functions that are moved to another place of their module."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts.expressions import Name
from fastapi_lint.facts.search import bound_by_import, walk
from fastapi_lint.facts.statements import Annotate, Assign, Class, Evaluate, Function, Import, ImportFrom, Statement
from fastapi_lint.model.editing.editor import Editor


def moved_before(editor: Editor, function: Function, other: Function) -> list[Edit]:
    """The edits that move a function of the module's top level in front of an earlier one, with its decorators, the
    comments above it and the blank lines; none where its head may need what stands between them."""
    body = editor.module.facts.body
    if function not in body or other not in body or body.index(function) <= body.index(other):
        return []
    head = [*function.decorators, *function.parameters, *([function.returns] if function.returns is not None else [])]
    needed = {node.id for node in walk(head) if isinstance(node, Name)}
    for statement in body[body.index(other) : body.index(function)]:
        bound = _bound_by(statement)
        if bound is None or not needed.isdisjoint(bound):
            return []
    lines = _Lines(editor)
    first, last = lines.first_of(function), lines.of(function.end - 1)
    gap = first
    while gap > 0 and not lines.text(gap - 1).strip():
        gap -= 1
    moved = lines.between(first, last + 1)
    if not moved.endswith(("\n", "\r")):
        return []  # the end of the file has no line end
    to = lines.start(lines.first_of(other))
    path = editor.module.path
    return [
        Edit(path, to, to, moved + lines.between(gap, first)),
        Edit(path, lines.start(gap), lines.start(last + 1), ""),
    ]


class _Lines:
    """The lines of a module, counted from 0."""

    def __init__(self, editor: Editor) -> None:
        self._text, self._starts = editor.text, editor.module.facts.line_starts

    def of(self, offset: int) -> int:
        """The line that a character is in."""
        return bisect_right(self._starts, offset) - 1

    def start(self, line: int) -> int:
        """Where a line begins; the end of the text behind the last one."""
        return self._starts[line] if line < len(self._starts) else len(self._text)

    def between(self, first: int, behind: int) -> str:
        """Lines with their ends."""
        return self._text[self.start(first) : self.start(behind)]

    def text(self, line: int) -> str:
        """One line."""
        return self.between(line, line + 1)

    def first_of(self, function: Function) -> int:
        """The line with which a function begins: its first decorator, or a comment right above it."""
        line = self.of(function.decorators[0].start if function.decorators else function.start)
        while line > 0 and self.text(line - 1).startswith("#"):
            line -= 1
        return line


def _bound_by(statement: Statement) -> Collection[str] | None:
    """The names that a statement of a module may bind; None where that is not plain."""
    if isinstance(statement, (Function, Class)):
        return [statement.name]
    if isinstance(statement, (Import, ImportFrom)):
        return bound_by_import(statement)
    if isinstance(statement, (Assign, Annotate)):
        targets = statement.targets if isinstance(statement, Assign) else (statement.target,)
        return [node.id for node in walk(targets) if isinstance(node, Name)]
    return [] if isinstance(statement, Evaluate) else None
