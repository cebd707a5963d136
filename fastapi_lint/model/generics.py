"""Generic classes: their type parameters, and what stands for these in a subscripted use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.values import (
    Ambiguous,
    Arguments,
    External,
    ExternalResult,
    Literal,
    Parametrized,
    Value,
    external_name,
)

Substitution = Mapping[int, Value]
"""What stands for a type variable, by the identity of the variable."""

TYPE_VARIABLES = frozenset({"typing.TypeVar()", "typing.ParamSpec()", "typing.TypeVarTuple()"})
_LISTING = frozenset({"typing.Generic", "typing.Protocol"})
_MAX_DEPTH = 12
"""Types nested deeper than this count as equal; a generic model that nests its own parameter would never end."""


def is_type_variable(value: Value) -> bool:
    """Whether a value is a type variable."""
    return isinstance(value, ExternalResult) and value.name in TYPE_VARIABLES


def is_generic(cls: ClassDefinition) -> bool:
    """Whether a class has bases that are subscripted, or type parameters of its own."""
    return bool(cls.fact.type_parameters) or any(isinstance(base, Parametrized) for base in cls.bases)


def type_parameters(cls: ClassDefinition) -> tuple[Value, ...]:
    """The type variables of a class in the order in which a subscript fills them.

    ``Generic[...]`` or PEP 695 list them; without either they are the variables of the bases in order of mention.
    """
    if cls.fact.type_parameters:
        return tuple(_declared_parameter(cls, name) for name in cls.fact.type_parameters)
    found: dict[int, Value] = {}
    for base in cls.bases:
        if isinstance(base, Parametrized):
            inside = _variables(base, 0)
            if external_name(base.origin) in _LISTING:
                return tuple(inside.values())
            found.update({key: value for key, value in inside.items() if key not in found})
    return tuple(found.values())


def _declared_parameter(cls: ClassDefinition, name: str) -> Value:
    """The type variable ``class C[name]`` declares, which is put into the scope of the class body at first use."""
    known = cls.namespace.names.get(name) or cls.scope.lookup(name)
    if known is not None and is_type_variable(known):
        return known
    variable = ExternalResult(External("typing.TypeVar"), Arguments([Literal(name)]))
    cls.namespace.names.setdefault(name, variable)
    return variable


def _variables(type_: Value, depth: int) -> dict[int, Value]:
    """The type variables that a type mentions, by identity, in order."""
    if is_type_variable(type_):
        return {id(type_): type_}
    found: dict[int, Value] = {}
    if isinstance(type_, Parametrized) and depth < _MAX_DEPTH:
        for argument in type_.arguments:
            found.update({key: value for key, value in _variables(argument, depth + 1).items() if key not in found})
    return found


def substitutions(cls: ClassDefinition, arguments: Sequence[Value]) -> dict[ClassDefinition, Substitution]:
    """For a class subscripted with ``arguments`` and each of its project bases: what its type variables stand for."""
    result: dict[ClassDefinition, Substitution] = {}
    _collect(cls, arguments, result)
    return result


def _collect(cls: ClassDefinition, arguments: Sequence[Value], result: dict[ClassDefinition, Substitution]) -> None:
    if cls in result:
        return
    own = {id(variable): value for variable, value in zip(type_parameters(cls), arguments)}
    result[cls] = own
    for base in cls.bases:
        if isinstance(base, ClassDefinition):
            _collect(base, (), result)
        elif isinstance(base, Parametrized) and isinstance(base.origin, ClassDefinition):
            _collect(base.origin, [substitute(argument, own) for argument in base.arguments], result)


def substitute(
    type_: Value,
    substitution: Substitution,
    parametrized: Callable[[Value, tuple[Value, ...]], Value] = Parametrized,
) -> Value:
    """A type with its type variables replaced.

    Args:
        type_: the type.
        substitution: what stands for each variable; others stay.
        parametrized: how a subscripted type is made; the interpreter's own flattens unions.
    """
    if not substitution:
        return type_
    if isinstance(type_, Parametrized):
        arguments = tuple(substitute(argument, substitution, parametrized) for argument in type_.arguments)
        if all(new is old for new, old in zip(arguments, type_.arguments)):
            return type_
        return parametrized(type_.origin, arguments)
    return substitution.get(id(type_), type_) if is_type_variable(type_) else type_


def type_key(type_: Value, depth: int = 0) -> object:
    """A hashable key, the same for types that are made alike."""
    if isinstance(type_, Parametrized):
        if depth > _MAX_DEPTH:
            return "deep"
        return (type_key(type_.origin, depth + 1), *(type_key(argument, depth + 1) for argument in type_.arguments))
    if isinstance(type_, External):
        return type_.name
    if isinstance(type_, Literal):
        return (type(type_.value).__name__, type_.value)
    if isinstance(type_, Ambiguous):
        return ("one of", *(type_key(option, depth + 1) for option in type_.options))
    return id(type_)
