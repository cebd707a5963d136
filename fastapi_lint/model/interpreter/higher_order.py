"""Functions of Python itself that call what they are given: ``map``, ``filter``, ``sorted`` with a key and kin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from fastapi_lint.model.interpreter.frames import Frame
from fastapi_lint.model.interpreter.operations import constant, truth
from fastapi_lint.model.values import (
    Arguments,
    Collection,
    Literal,
    Possible,
    Site,
    Unknown,
    Value,
    certain,
    union,
)


class Calling(Protocol):
    """Who can say what a loop over a value sees, and make calls."""

    def iterate(self, value: Value) -> tuple[list[Value], bool]:
        """The items, and whether they are all."""
        ...

    def make_call(self, callee: Value, arguments: Arguments, site: Site, frame: Frame) -> Value:
        """What calling ``callee`` returns; with effects in a frame that has them."""
        ...


def call_higher_order(name: str, arguments: Arguments, caller: Calling, site: Site, frame: Frame) -> Value | None:
    """What a call of such a function gives; None when it is not one of those known here."""
    handler = _HANDLERS.get(name)
    return handler(arguments, caller, site, frame) if handler is not None and arguments.positional else None


def _mapped(arguments: Arguments, caller: Calling, site: Site, frame: Frame) -> Value:
    """``map(function, items, …)``, as if somebody asked it for everything."""
    function, *sources = arguments.positional
    columns = [caller.iterate(source) for source in sources]
    rows = [Arguments([certain(item) for item in row]) for row in zip(*(items for items, _ in columns))]
    results = [caller.make_call(function, row, site, frame) for row in rows]
    if all(complete for _, complete in columns):
        return Collection("generator", results, conditions=frame.conditions)
    return Collection("generator", [], False, results[0] if results else None)


def _filtered(arguments: Arguments, caller: Calling, site: Site, frame: Frame) -> Value:
    """``filter(function, items)``; ``None`` asks whether the items are true."""
    if len(arguments.positional) < 2:
        return Unknown("a filter of nothing")
    function, source = arguments.positional[:2]
    items, complete = caller.iterate(source)
    kept = Collection("generator", [], complete, conditions=frame.conditions)
    for item in items:
        asked = isinstance(function, Literal)
        test = certain(item) if asked else caller.make_call(function, Arguments([certain(item)]), site, frame)
        verdict = truth(test)
        if verdict is None or not complete:
            kept.complete, kept.element = False, kept.element or certain(item)
        elif verdict:
            kept.items.append(item)
    return kept


def _sorted(arguments: Arguments, caller: Calling, site: Site, frame: Frame) -> Value | None:
    """``sorted(items, key=function)``; None without a key."""
    ordered = _by_key(arguments, caller, site, frame)
    if ordered is None:
        return None
    return Collection("list", ordered, conditions=frame.conditions)


def _extreme(last: bool) -> Callable[[Arguments, Calling, Site, Frame], Value | None]:
    """``min`` and ``max``, of which the latter takes the last in order."""

    def find(arguments: Arguments, caller: Calling, site: Site, frame: Frame) -> Value | None:
        if len(arguments.positional) > 1:
            arguments = Arguments([Collection("tuple", arguments.positional)], arguments.keywords, arguments.complete)
        arguments.keywords.setdefault("key", Literal(None))
        ordered = _by_key(arguments, caller, site, frame)
        return None if not ordered else ordered[-1 if last else 0]

    return find


def _by_key(arguments: Arguments, caller: Calling, site: Site, frame: Frame) -> list[Value] | None:
    """Items in the order that a key gives them; None where it is not known."""
    function = arguments.keywords.get("key")
    items, complete = caller.iterate(arguments.positional[0])
    if function is None or not complete or any(isinstance(item, Possible) for item in items):
        return None
    by_itself = isinstance(function, Literal)
    keys = [item if by_itself else caller.make_call(function, Arguments([item]), site, frame) for item in items]
    known = [constant(key) for key in keys]
    if None in known:
        return None
    reverse = arguments.keywords.get("reverse")
    try:
        order = sorted(
            range(len(items)),
            key=lambda index: known[index].value,  # type: ignore[union-attr]
            reverse=isinstance(reverse, Literal) and bool(reverse.value),
        )
    except TypeError:
        return None
    return [items[index] for index in order]


def _reduced(arguments: Arguments, caller: Calling, site: Site, frame: Frame) -> Value:
    """``functools.reduce(function, items, initial)``."""
    function, source, *initial = (*arguments.positional, Unknown("nothing"))[:3]
    items, complete = caller.iterate(source)
    if len(arguments.positional) > 2:
        items = [*initial, *items]
    if not complete or not items or any(isinstance(item, Possible) for item in items):
        return Unknown("a reduction of what is not known")
    result = items[0]
    for item in items[1:]:
        result = caller.make_call(function, Arguments([result, item]), site, frame)
    return result


def _next(arguments: Arguments, caller: Calling, site: Site, frame: Frame) -> Value:
    """``next(iterator, default)``: the first item, which in a frame with effects is taken out."""
    iterator = arguments.positional[0]
    items, complete = caller.iterate(iterator)
    first = next((index for index, item in enumerate(items) if not isinstance(item, Possible)), len(items) - 1)
    if frame.effects and isinstance(iterator, Collection) and complete:
        del iterator.items[: first + 1]
    found = [certain(item) for item in items[: first + 1]]
    if not items or isinstance(items[first], Possible):
        found.append(arguments.get("default", 1) or Unknown("the next item of an iterator without any"))
    return union(found)


_HANDLERS: dict[str, Callable[[Arguments, Calling, Site, Frame], Value | None]] = {
    "map": _mapped,
    "filter": _filtered,
    "sorted": _sorted,
    "min": _extreme(last=False),
    "max": _extreme(last=True),
    "functools.reduce": _reduced,
    "next": _next,
}
