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
    """The items of a dict display, of ``dict(a=…)``, of dicts that are put together, or of a variable or a copy of it:
    with its name."""
    if isinstance(node, ex.Name):
        return Claims({}, False, frozenset({node.id}))
    if isinstance(node, ex.Operation) and node.operator in ("|", "or"):
        return _merged([_items(node.left), _items(node.right)], complete=node.operator == "|")
    if isinstance(node, ex.Call):
        if isinstance(node.func, ex.Attribute) and node.func.attr == "copy":
            return _items(node.func.value)
        if not is_name(node.func, "dict"):
            return _UNSEEN
        return _merged(
            [
                _items(argument.value) if argument.keyword is None else Claims({argument.keyword: argument.value}, True)
                for argument in node.arguments
            ]
        )
    if isinstance(node, ex.Mapping):
        return _merged([_item(key, value) for key, value in node.items])
    return _UNSEEN


def _item(key: ex.Expression | None, value: ex.Expression) -> Claims:
    """What one item of a dict display adds."""
    if key is None:
        return _items(value)
    return Claims({key.value: value}, True) if isinstance(key, ex.Constant) and isinstance(key.value, str) else _UNSEEN


def _merged(parts: list[Claims], complete: bool = True) -> Claims:
    """Claims put together, later ones over earlier ones."""
    items = {name: value for part in parts for name, value in part.items.items()}
    given = frozenset(name for part in parts for name in part.given)
    return Claims(items, complete and all(part.complete for part in parts), given)


def _is_item_of(node: ex.Expression, name: str) -> bool:
    return isinstance(node, ex.Subscript) and is_name(node.value, name)


def _updates(node: ex.Call, name: str) -> bool:
    method = node.func
    return isinstance(method, ex.Attribute) and method.attr == "update" and is_name(method.value, name)
