"""Claims: what the payload of a token is seen to hold, as it is written."""

from __future__ import annotations

from typing import NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import assigned_once, is_name, walk
from fastapi_lint.model.definitions import FunctionDefinition


class Claims(NamedTuple):
    """The claims of a token: the names and values of those that are seen, whether these are all, and the variables that
    hold further ones."""

    items: dict[str, ex.Expression]
    complete: bool
    given: frozenset[str] = frozenset()


_UNSEEN = Claims({}, False)


def claims_of(written: ex.Expression | None, function: FunctionDefinition) -> Claims:
    """The claims of a token as they are written: in a dict, or in a variable that holds one and is given more.

    Args:
        written: the payload; None where it is not seen.
        function: whose body it stands in.
    """
    if not isinstance(written, ex.Name):
        return _items(written)
    found = _items(assigned_once(function.fact.body, written.id))
    items, given = dict(found.items), found.given | {written.id}
    known, complete = 2, found.complete  # the mentions in the assignment and in the call that signs
    for node in walk(function.fact.body):
        if isinstance(node, st.Assign) and len(node.targets) == 1 and _is_item_of(node.targets[0], written.id):
            further = _items(ex.Mapping(((node.targets[0].index, node.value),), 0, 0))  # type: ignore[union-attr]
        elif isinstance(node, ex.Call) and _updates(node, written.id):
            further = _items(node.arguments[0].value) if len(node.arguments) == 1 else _UNSEEN
        else:
            continue
        known, complete = known + 1, complete and further.complete
        items, given = items | further.items, given | further.given
    mentioned = sum(is_name(node, written.id) for node in walk(function.fact.body))
    ordered = dict(sorted(items.items(), key=lambda item: item[1].start))
    return Claims(ordered, complete and mentioned == known, given)


def _items(node: ex.Expression | None) -> Claims:
    """The items of a dict display, of ``dict(a=…)``, or of a copy of a variable: with its name."""
    if isinstance(node, ex.Call):
        if isinstance(node.func, ex.Attribute) and node.func.attr == "copy" and isinstance(node.func.value, ex.Name):
            return Claims({}, False, frozenset({node.func.value.id}))
        if not is_name(node.func, "dict"):
            return _UNSEEN
        named = {argument.keyword: argument.value for argument in node.arguments if argument.keyword is not None}
        others = [argument.value for argument in node.arguments if argument.keyword is None]
        return Claims(named, not others, frozenset(other.id for other in others if isinstance(other, ex.Name)))
    if not isinstance(node, ex.Mapping):
        return _UNSEEN
    found: dict[str, ex.Expression] = {}
    given: set[str] = set()
    for key, value in node.items:
        if isinstance(key, ex.Constant) and isinstance(key.value, str):
            found[key.value] = value
        elif key is None and isinstance(value, ex.Name):
            given.add(value.id)
    return Claims(found, len(found) == len(node.items), frozenset(given))


def _is_item_of(node: ex.Expression, name: str) -> bool:
    return isinstance(node, ex.Subscript) and is_name(node.value, name)


def _updates(node: ex.Call, name: str) -> bool:
    method = node.func
    return isinstance(method, ex.Attribute) and method.attr == "update" and is_name(method.value, name)
