"""Match patterns: what a ``case`` binds and what it compares with."""

from __future__ import annotations

from fastapi_lint.facts.expressions import Expression
from fastapi_lint.facts.extract_expressions import expression
from fastapi_lint.facts.walk import Handlers, Node, Walk


def pattern(walk: Walk, node: Node, captures: list[str], values: list[Expression]) -> None:
    """Visit a pattern.

    Args: the walk; the node; where to add the names the pattern binds; where to add the expressions it compares with
    (literals, dotted names, classes, the keys of mappings).
    """
    _HANDLERS[type(node)](walk, node, captures, values)


def _value(walk: Walk, node: Node, captures: list[str], values: list[Expression]) -> None:
    values.append(expression(walk, node.value))


def _as(walk: Walk, node: Node, captures: list[str], values: list[Expression]) -> None:
    walk.cursor += len(node.lpar)
    if node.pattern is not None:
        pattern(walk, node.pattern, captures, values)
        walk.cursor += 1
    _capture(walk, node.name, captures)
    walk.cursor += len(node.rpar)


def _capture(walk: Walk, name: Node, captures: list[str]) -> None:
    """A name, or the underscore, which binds nothing."""
    walk.cursor += 1
    if name is not None:
        captures.append(name.value)


def _or(walk: Walk, node: Node, captures: list[str], values: list[Expression]) -> None:
    walk.cursor += len(node.lpar)
    names: list[str] = []
    for element in node.patterns:
        pattern(walk, element.pattern, names, values)
        walk.skip("|")
    captures.extend(dict.fromkeys(names))  # every alternative binds the same names
    walk.cursor += len(node.rpar)


def _list(walk: Walk, node: Node, captures: list[str], values: list[Expression]) -> None:
    walk.cursor += len(node.lpar)
    bracketed = node.lbracket is not None
    walk.cursor += bracketed
    _elements(walk, node.patterns, captures, values)
    walk.cursor += bracketed + len(node.rpar)


def _tuple(walk: Walk, node: Node, captures: list[str], values: list[Expression]) -> None:
    walk.cursor += len(node.lpar)
    _elements(walk, node.patterns, captures, values)
    walk.cursor += len(node.rpar)


def _elements(walk: Walk, nodes: Node, captures: list[str], values: list[Expression]) -> None:
    for node in nodes:
        if type(node).__name__ == "MatchStar":
            walk.cursor += 1
            _capture(walk, node.name, captures)
        else:
            pattern(walk, node.value, captures, values)
        walk.skip(",")


def _mapping(walk: Walk, node: Node, captures: list[str], values: list[Expression]) -> None:
    opening = walk.cursor + len(node.lpar)
    walk.cursor = opening + 1
    for element in node.elements:
        values.append(expression(walk, element.key))
        walk.cursor += 1
        pattern(walk, element.pattern, captures, values)
        walk.skip(",")
    if node.rest is not None:
        captures.append(node.rest.value)
    walk.cursor = walk.closing[opening] + 1 + len(node.rpar)


def _class(walk: Walk, node: Node, captures: list[str], values: list[Expression]) -> None:
    walk.cursor += len(node.lpar)
    values.append(expression(walk, node.cls))
    closing = walk.closing[walk.cursor]
    walk.cursor += 1
    _elements(walk, node.patterns, captures, values)
    for element in node.kwds:
        walk.cursor += 2
        pattern(walk, element.pattern, captures, values)
        walk.skip(",")
    walk.cursor = closing + 1 + len(node.rpar)


_HANDLERS = Handlers(
    {
        "MatchAs": _as,
        "MatchClass": _class,
        "MatchList": _list,
        "MatchMapping": _mapping,
        "MatchOr": _or,
        "MatchSingleton": _value,
        "MatchTuple": _tuple,
        "MatchValue": _value,
    }
)
