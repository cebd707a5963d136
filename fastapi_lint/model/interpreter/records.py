"""Records: classes whose constructor is generated from annotated attributes (dataclasses, named tuples, attrs)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.knowledge.parameters import ATTRS_DECORATORS
from fastapi_lint.model.knowledge.types import DATACLASS_DECORATORS
from fastapi_lint.model.values import (
    Arguments,
    Collection,
    Dictionary,
    ExternalResult,
    Instance,
    Literal,
    NamedItems,
    Site,
    Unknown,
    Value,
    external_name,
    is_false,
    text_of,
)

RECORD_DECORATORS = DATACLASS_DECORATORS | ATTRS_DECORATORS
FIELD_CALLS = frozenset({"dataclasses.field()", "attrs.field()", "attr.ib()", "attr.field()"})
_AS_DICT = frozenset({"dataclasses.asdict", "attrs.asdict", "attr.asdict"})
NAMED_TUPLE = "collections.namedtuple()"
"""A class that ``namedtuple("Pair", "left right")`` has made."""
TUPLE_BASES = ("typing.NamedTuple", NAMED_TUPLE)


class Calling(Protocol):
    """Who can say what a call gives."""

    def call(self, callee: Value, arguments: Arguments, site: Site) -> Value:
        """The result, without effects."""
        ...


def fill(instance: Instance, arguments: Arguments, caller: Calling) -> None:
    """Sets the attributes of an instance whose class has no ``__init__`` of its own to what its constructor gives them.

    Args:
        instance: the new instance.
        arguments: what the constructor was given.
        caller: for default factories.
    """
    instance.attributes.update(arguments.keywords)
    if not is_record(instance.cls):
        return
    positional = list(arguments.positional)
    for name, default in _fields(instance.cls):
        made = isinstance(default, ExternalResult) and default.name in FIELD_CALLS
        options = default.arguments if made and isinstance(default, ExternalResult) else Arguments()
        passable = not is_false(options.get("init"))
        if positional and passable:
            instance.attributes[name] = positional.pop(0)
        elif name not in instance.attributes and arguments.complete:
            value = _default(options, caller, instance.site) if made else default
            if value is not None:
                instance.attributes[name] = value


def call_record(name: str, arguments: Arguments) -> Value | None:
    """What ``dataclasses.asdict(instance)`` gives; None for other calls, and where not all is known."""
    instance = arguments.get("obj" if name.startswith("dataclasses") else "inst", 0)
    if name not in _AS_DICT or not isinstance(instance, Instance):
        return None
    names = [field for field, _ in _fields(instance.cls)]
    if not is_record(instance.cls) or any(field not in instance.attributes for field in names):
        return None
    return Dictionary([(Literal(field), _as_plain(instance.attributes[field])) for field in names])


def _as_plain(value: Value) -> Value:
    inner = call_record("dataclasses.asdict", Arguments([value]))
    return inner if inner is not None else value


def is_record(cls: ClassDefinition) -> bool:
    """Whether a class is a dataclass or a named tuple."""
    if cls.derives_from(*TUPLE_BASES):
        return True
    decorators = (value for entry in cls.project_lineage for value in entry.decorators)
    return any(external_name(value).removesuffix("()") in RECORD_DECORATORS for value in decorators)


def finisher(cls: ClassDefinition) -> FunctionDefinition | None:
    """The method that a record's generated constructor calls at its end, or None."""
    if not is_record(cls):
        return None
    return cls.find_method("__post_init__") or cls.find_method("__attrs_post_init__")


def _fields(cls: ClassDefinition) -> Iterator[tuple[str, Value | None]]:
    """The attributes in the order of the constructor's parameters, annotated or said by the base, with what the class
    body assigns."""
    names: list[str] = []
    for entry in reversed(list(cls.project_lineage)):
        for base in entry.bases:
            if isinstance(base, ExternalResult) and base.name == NAMED_TUPLE:
                names += _names(base.arguments)
        names += entry.declared
    for name in dict.fromkeys(names):
        yield name, cls.find(name)


def as_tuple(value: Value) -> Value:
    """An instance of a project's named tuple as the tuple that it is; any other value as it is."""
    if isinstance(value, Instance) and value.arguments is not None and value.cls.derives_from(*TUPLE_BASES):
        names = [name for name, _ in _fields(value.cls)]
        if all(name in value.attributes for name in names):
            return NamedItems("tuple", [value.attributes[name] for name in names], names=tuple(names))
    return value


def named_tuple(definition: Arguments, arguments: Arguments) -> Value:
    """What calling a class gives that ``collections.namedtuple`` has made.

    Args:
        definition: what the class was made with.
        arguments: what it is called with.
    """
    names, defaults = _names(definition), definition.get("defaults")
    given = dict(zip(names, arguments.positional)) | arguments.keywords
    if isinstance(defaults, Collection) and defaults.items:
        given = dict(zip(names[-len(defaults.items) :], defaults.items)) | given
    if not names or not arguments.complete or set(given) != set(names):
        return Unknown("a named tuple that is not fully known")
    return NamedItems("tuple", [given[name] for name in names], names=tuple(names))


def _names(definition: Arguments) -> list[str]:
    """The names of the fields that ``namedtuple(name, fields)`` is given, as one text or as several."""
    fields = definition.get("field_names", 1)
    if isinstance(fields, Collection) and fields.complete:
        texts = [text_of(field) for field in fields.items]
        return [text for text in texts if text is not None]
    return (text_of(fields) or "").replace(",", " ").split()


def _default(options: Arguments, caller: Calling, site: Site | None) -> Value | None:
    factory = options.get("default_factory") or options.get("factory")
    if factory is not None and site is not None:
        return caller.call(factory, Arguments(), site)
    return options.get("default")
