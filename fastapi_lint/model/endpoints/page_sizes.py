"""Page sizes: which parameters say how many things a list may have, and whether something bounds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import walk
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.dependencies.markers import read_field_marker
from fastapi_lint.model.dependencies.parameters import RouteParameter
from fastapi_lint.model.interpreter.bodies import Bodies
from fastapi_lint.model.interpreter.operations import plain
from fastapi_lint.model.schemas.schemas import Schemas
from fastapi_lint.model.types import origin_name, strip

PAGE_SIZE = re.compile(
    r"limit|(?:page|batch|chunk)_?size|size|(?:items_?|results_?|rows_?)?per_?page|take", re.IGNORECASE
)
"""Names of parameters that say how many things to give."""
AMBIGUOUS = frozenset({"size", "take"})
"""Those of them that say so only beside a parameter for the page or the offset."""
POSITION = re.compile(
    r"page|page_?(?:number|num|no|index)|offset|skip|start|cursor|after|before|from_?|page_?token|continuation|last_?id",
    re.IGNORECASE,
)
"""Names of parameters that say where a page begins."""
MAX_DEPTH = 6
"""Through how many calls a page size is followed."""


def is_size(name: str) -> bool:
    """Whether the name of a parameter may say how many things to give."""
    return PAGE_SIZE.fullmatch(name) is not None


def is_position(name: str) -> bool:
    """Whether the name of a parameter says where a page begins."""
    return POSITION.fullmatch(name) is not None


def with_fields(parameters: Iterable[RouteParameter], schemas: Schemas) -> Iterator[RouteParameter]:
    """The parameters of a route; in place of a model that is the query, its fields, unless validators look at them."""
    for parameter in parameters:
        schema = schemas.of(parameter.model) if parameter.place == "query" and parameter.model is not None else None
        if schema is None:
            yield parameter
            continue
        for field in schema.fields if not schema.validators else ():
            marker = next(iter(field.calls), None)
            yield RouteParameter(
                field.name,
                "query",
                field.alias if isinstance(field.alias, str) else field.name,
                field.type,
                field.required,
                field.default,
                field.site,
                marker=read_field_marker(marker),
                metadata=(*field.metadata, *field.calls),
            )


def page_size(parameters: Iterable[RouteParameter]) -> Iterator[RouteParameter]:
    """The query parameters among those of a route that say how many things it lists."""
    given = [parameter for parameter in parameters if parameter.place == "query"]
    has_position = any(is_position(parameter.name) for parameter in given)
    for parameter in given:
        if is_size(parameter.name) and (has_position or parameter.name.lower() not in AMBIGUOUS):
            yield parameter


def is_open(parameter: RouteParameter) -> bool:
    """Whether the declaration of a page size leaves it unbounded: an int with a positive default, no ``le`` or ``lt``,
    and nothing in its ``Annotated`` that may validate it."""
    default = plain(parameter.default) if parameter.default is not None else None
    if origin_name(strip(parameter.type)) != "int":
        return False
    if parameter.default is not None and (default is None or not isinstance(default.value, int) or default.value < 1):
        return False
    markers = [read_field_marker(value) for value in parameter.metadata]
    given = [marker for marker in (*markers, parameter.marker) if marker is not None]
    if None in markers or any(not marker.arguments.complete for marker in given):
        return False
    return not any({"le", "lt", "multiple_of"} & marker.arguments.keywords.keys() for marker in given)


def is_bounded_in(functions: Iterable[FunctionDefinition], bodies: Bodies) -> bool:
    """Whether functions, or what they call, hold a page size against an upper bound: ``min(limit, 100)``, ``if
    page_size > MAX``."""
    reached = {found for function in functions for found, _ in bodies.reachable(function, MAX_DEPTH)}
    return any(_bounds(node) for function in reached for node in walk(function.fact.body))


def _bounds(node: object) -> bool:
    if isinstance(node, ex.Call):
        called = node.func.id if isinstance(node.func, ex.Name) else getattr(node.func, "attr", "")
        return called in ("min", "clamp", "clip") and any(_names_size(argument.value) for argument in node.arguments)
    if isinstance(node, ex.Comparison):
        sides = (node.left, *node.operands)
        pairs = zip(sides, node.operators, sides[1:])
        return any(
            operator in ("<", "<=", ">", ">=") and _names_size(one) and not _is_small(other)
            for left, operator, right in pairs
            for one, other in ((left, right), (right, left))
        )
    return False


def _names_size(node: object) -> bool:
    name = node.id if isinstance(node, ex.Name) else getattr(node, "attr", "")
    return is_size(name)


def _is_small(node: object) -> bool:
    """Whether an expression is a number that bounds from below."""
    return isinstance(node, ex.Constant) and isinstance(node.value, (int, float)) and node.value <= 1
