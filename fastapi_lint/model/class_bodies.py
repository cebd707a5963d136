"""What stands in a class body: attributes with their annotations and values, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi_lint.facts.expressions import Expression, Name
from fastapi_lint.facts.statements import Annotate, Assign, Function
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Scope
from fastapi_lint.model.generics import is_type_variable
from fastapi_lint.model.interpreter.frames import Frame
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.values import Ambiguous, Arguments, External, ExternalResult, Parametrized, Site, Value


@dataclass(slots=True, frozen=True)
class Attribute:
    """An attribute that a class body, or an assignment to the class, gives a value or an annotation.

    Attributes:
        annotation: the expression of its annotation, or None.
        value: what it was bound to last, or None when it is only annotated.
        site: where its name stands.
    """

    name: str
    annotation: Expression | None
    value: Value | None
    site: Site


def attributes(cls: ClassDefinition) -> Iterator[Attribute]:
    """The attributes of a class's own body in order, then those that other code assigned to the class."""
    values, seen = cls.namespace.names, set()
    for statement in cls.fact.body:
        if isinstance(statement, Function):
            places = [(statement.name, statement.name_start, statement.name_start + len(statement.name))]
        elif isinstance(statement, Annotate) and isinstance(statement.target, Name):
            places = [(statement.target.id, statement.target.start, statement.target.end)]
        elif isinstance(statement, Assign):
            targets = [target for target in statement.targets if isinstance(target, Name)]
            places = [(target.id, target.start, target.end) for target in targets]
        else:
            continue
        for name, start, end in places:
            if name not in seen:
                seen.add(name)
                declared = cls.declared.get(name)
                annotation = declared.annotation if declared is not None else None
                yield Attribute(name, annotation, values.get(name), Site(cls.module, start, end))
    for name, value in values.items():
        if name not in seen:
            site = value.site if isinstance(value, ExternalResult) else None
            yield Attribute(name, None, value, site or cls.site())


def annotation_scope(cls: ClassDefinition) -> Scope:
    """The scope in which annotations of a class body mean what Python takes them for.

    That is the body itself without the names of methods and data: they are bound after the annotations around them are
    read, so that ``def list(self)`` or ``date: date | None = None`` do not hide the types.
    """
    types = {
        name: value
        for name, value in cls.namespace.names.items()
        if name not in cls.declared
        and (isinstance(value, (ClassDefinition, Parametrized, External, Ambiguous)) or is_type_variable(value))
    }
    return Scope(cls.module, cls.scope, types) if types else cls.scope


def enter(interpreter: Interpreter, function: FunctionDefinition, *arguments: Value) -> Value:
    """What a small function of the project returns for these arguments, its body executed."""
    site = Site(function.module, function.fact.name_start, function.fact.name_start + len(function.name))
    return interpreter.make_call(function, Arguments(list(arguments)), site, Frame(function.scope, effects=True))
