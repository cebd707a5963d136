"""Narrowing: what names can be in a branch, since its condition holds there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fastapi_lint.facts import expressions as ex
from fastapi_lint.model.interpreter.operations import likely
from fastapi_lint.model.values import Literal, Unknown, Value, possibilities, union


def narrowed(
    test: ex.Expression, verdict: bool, names: Mapping[str, Value], by_default: bool | None
) -> dict[str, Value]:
    """The names that are known better where a condition came out as ``verdict``.

    Args:
        test: the condition: a name, ``name is None``, what ``not``, ``and`` and ``or`` make of such; any that only asks
            for one setting.
        verdict: how it came out.
        names: what they are before.
        by_default: how it comes out while settings are left at their defaults, None when nobody knows.
    """
    if by_default is (not verdict):
        asked = {name for name in _names(test) if name in names}
        alone = asked.pop() if len(asked) == 1 else ""
        value = names.get(alone)
        if isinstance(value, Literal) and value.assumed:
            return {alone: Unknown(f"what the setting {alone!r} is when it is not left at its default")}
    return _narrowed(test, verdict, names)


def _narrowed(test: ex.Expression, verdict: bool, names: Mapping[str, Value]) -> dict[str, Value]:
    if isinstance(test, ex.Unary) and test.operator == "not":
        return _narrowed(test.operand, not verdict, names)
    if isinstance(test, ex.Operation) and test.operator == ("and" if verdict else "or"):
        left = _narrowed(test.left, verdict, names)
        return left | _narrowed(test.right, verdict, {**names, **left})
    if isinstance(test, ex.Comparison):
        return _compared(test, verdict, names)
    tested = test.target if isinstance(test, ex.Walrus) else test
    if not isinstance(tested, ex.Name) or tested.id not in names:
        return {}
    options = possibilities(names[tested.id])
    return _kept(tested.id, names, [option for option in options if likely(option) in (verdict, None)])


def _compared(test: ex.Comparison, verdict: bool, names: Mapping[str, Value]) -> dict[str, Value]:
    """The name of ``name is None`` or ``name is not None``."""
    tested = test.left.target if isinstance(test.left, ex.Walrus) else test.left
    if test.operators not in (("is",), ("is not",)) or not isinstance(tested, ex.Name) or tested.id not in names:
        return {}
    other = test.operands[0]
    if not isinstance(other, ex.Constant) or other.value is not None:
        return {}
    is_none = verdict is (test.operators == ("is",))
    options = possibilities(names[tested.id])
    return _kept(tested.id, names, [option for option in options if _is_none(option) in (is_none, None)])


def _kept(name: str, names: Mapping[str, Value], options: list[Value]) -> dict[str, Value]:
    if len(options) == len(possibilities(names[name])):
        return {}
    return {name: union(options) if options else Unknown(f"what {name!r} is under a condition")}


def _is_none(value: Value) -> bool | None:
    if isinstance(value, Literal):
        return value.value is None
    return False if likely(value) else None


def _names(node: object) -> Iterator[str]:
    """The names that an expression mentions."""
    if isinstance(node, ex.Name):
        yield node.id
    elif isinstance(node, tuple):
        for part in node:
            yield from _names(part)
