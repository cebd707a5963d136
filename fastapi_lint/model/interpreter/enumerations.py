"""Enumerations: the values that ``enum.auto()`` stands for."""

from __future__ import annotations

from collections.abc import Callable

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.values import Arguments, Collection, Literal, Unknown, Value, external_name

AUTOMATIC = "enum.auto()"


def fill_automatic(cls: ClassDefinition, call: Callable[[FunctionDefinition, Arguments], Value]) -> None:
    """Gives the members of an enumeration the values that Python gives them where the class says ``auto()``.

    Source: https://docs.python.org/3/library/enum.html#enum.auto

    Args:
        cls: the enumeration, its body executed.
        call: calls ``_generate_next_value_``, where the class has its own.
    """
    names = cls.namespace.names
    generate = cls.find_method("_generate_next_value_")
    values: list[Value] = []
    for name, value in names.items():
        if name.startswith("_") or isinstance(value, FunctionDefinition):
            continue
        if external_name(value) == AUTOMATIC:
            if generate is not None:
                given = [Literal(name), Literal(1), Literal(len(values)), Collection("list", list(values))]
                value = call(generate, Arguments(given))
            else:
                value = _following(name, values, cls)
            names[name] = value
        values.append(value)


def _following(name: str, values: list[Value], cls: ClassDefinition) -> Value:
    """The value of a member behind those that have these values."""
    if cls.derives_from("enum.StrEnum"):
        return Literal(name.lower())
    numbers = [value.value for value in values if isinstance(value, Literal) and isinstance(value.value, int)]
    if len(numbers) < len(values):
        return Unknown("an automatic value behind others that are no numbers")
    if cls.derives_from("enum.Flag", "enum.IntFlag"):
        return Literal(1 << max(numbers, default=0).bit_length())
    return Literal(max(numbers, default=0) + 1)
