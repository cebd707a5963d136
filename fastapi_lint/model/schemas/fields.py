"""The fields of a Pydantic model, as Pydantic itself collects them from class bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastapi_lint.model.class_bodies import Attribute, annotation_scope, attributes, enter
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.generics import Substitution, substitute, substitutions
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.knowledge.pydantic import (
    ALIAS_GENERATORS,
    CLASS_VARIABLES,
    DATACLASS_FIELD_FACTORIES,
    EXTERNAL_FIELDS,
    FIELD_FACTORIES,
    HARMLESS_DECORATORS,
    NO_FIELDS,
    ROOT_BASES,
)
from fastapi_lint.model.types import (
    LITERAL,
    accepts_none,
    arguments_of,
    is_ellipsis,
    split_annotated,
    split_qualifiers,
)
from fastapi_lint.model.values import (
    Collection,
    Dictionary,
    EnumMember,
    External,
    ExternalResult,
    Instance,
    Literal,
    Parametrized,
    Site,
    Unknown,
    Value,
    external_name,
    possibilities,
)
from fastapi_lint.text.location import Location

ALL_FACTORIES = FIELD_FACTORIES | DATACLASS_FIELD_FACTORIES


@dataclass(slots=True, eq=False)
class SchemaField:
    """A field of a model.

    Attributes:
        name: its name in Python.
        type: its type without ``Annotated``; type variables of a subscripted generic model are replaced.
        metadata: what ``Annotated`` holds besides the type.
        default: the value it takes when none is given, None when there is none or a factory makes it.
        default_factory: what makes its default, or None.
        required: whether a value must be given; False where a decorator or metaclass may have changed that.
        calls: the ``Field(...)`` calls that describe it, the one that wins first.
        alias: the name under which it is read and written where ``Field`` or an alias generator says one; Unknown when
            it cannot be told.
        owner: the class whose body declares it; None for a field of an external base class.
        site: where its name stands; the name of the model for a field of an external base class.
        ellipsis: whether ``...`` is assigned to it.
    """

    name: str
    type: Value
    metadata: tuple[Value, ...]
    default: Value | None
    default_factory: Value | None
    required: bool
    calls: tuple[ExternalResult, ...]
    alias: str | Unknown | None
    owner: ClassDefinition | None
    site: Site
    ellipsis: bool = False

    @property
    def location(self) -> Location:
        """Where its name stands."""
        return self.site.location

    def argument(self, name: str) -> Value | None:
        """What a ``Field(...)`` call passes for ``name`` ("description", "max_length", "exclude", …), or None."""
        for call in self.calls:
            if name in call.arguments.keywords:
                return call.arguments.keywords[name]
        return None

    @property
    def excluded(self) -> bool:
        """Whether it is left out of every output (``Field(exclude=True)``)."""
        value = self.argument("exclude")
        return isinstance(value, Literal) and value.value is True

    @property
    def accepts_none(self) -> bool:
        """Whether None is a valid value."""
        return accepts_none(self.type)

    @property
    def says_required(self) -> bool:
        """Whether an ellipsis stands in place of a default."""
        return self.ellipsis or _says_required(None, self.calls)

    @property
    def is_constant(self) -> bool:
        """Whether its type allows one value only, which tells kinds of objects apart (``Literal["card"]``)."""
        given = arguments_of(self.type, LITERAL)
        return given is not None and len(given) == 1

    @property
    def validation_alias(self) -> str | Unknown | None:
        """The name under which it is read, or None for its own name. ``AliasChoices`` and paths are Unknown."""
        return _text(self.argument("validation_alias")) or self.alias

    @property
    def serialization_alias(self) -> str | Unknown | None:
        """The name under which it is written, or None for its own name."""
        return _text(self.argument("serialization_alias")) or self.alias

    def __repr__(self) -> str:
        return f"<Field {self.name}>"


def field_calls(value: Value | None) -> tuple[ExternalResult, ...]:
    """The ``Field(...)`` call that a value is or may be."""
    return tuple(
        option for option in possibilities(value) if isinstance(option, ExternalResult) and option.name in ALL_FACTORIES
    )


class FieldCollector:
    """Collects fields.

    Args:
        types: the interpreter.
        pydantic_major: the major version of Pydantic, whose first made ``Optional`` fields optional and took bare
            assignments for fields.
    """

    def __init__(self, types: Interpreter, pydantic_major: int) -> None:
        self._types = types
        self._v1 = pydantic_major < 2

    def collect(
        self, cls: ClassDefinition, arguments: Sequence[Value], alias_generator: Value | None
    ) -> dict[str, SchemaField]:
        """The fields of a model by name, in Pydantic's order: those of the farthest base first; one that is declared
        anew keeps its place.

        Args:
            cls: the model.
            arguments: what its type parameters stand for.
            alias_generator: the option of its configuration, or None.
        """
        replaced = substitutions(cls, arguments)
        fields: dict[str, SchemaField] = {}
        for entry in reversed(cls.lineage):
            if isinstance(entry, ClassDefinition):
                self._collect_own(entry, replaced.get(entry, {}), fields)
                self._collect_root(entry, replaced.get(entry, {}), fields)
            else:
                for field in self._external(entry.name, cls):
                    fields[field.name] = field
        rewritten = is_rewritten(cls)
        for field in fields.values():
            if rewritten:
                field.required = False
            if field.alias is None and alias_generator is not None:
                field.alias = self._generated_alias(alias_generator, field.name)
        return fields

    def _collect_own(self, cls: ClassDefinition, substitution: Substitution, fields: dict[str, SchemaField]) -> None:
        scope = annotation_scope(cls)
        for attribute in attributes(cls):
            if attribute.name.startswith("_") or attribute.name == "model_config":
                if not (self._v1 and attribute.name == "__root__"):
                    continue
            if external_name(attribute.value) in NO_FIELDS:
                fields.pop(attribute.name, None)
            elif attribute.annotation is not None:
                type_ = substitute(
                    self._types.annotation(attribute.annotation, scope), substitution, self._types.parametrized
                )
                qualifiers, bare = split_qualifiers(split_annotated(type_)[0])
                if qualifiers & CLASS_VARIABLES or ("typing.Final" in qualifiers and attribute.value is not None):
                    continue
                fields[attribute.name] = self._field(attribute, bare if qualifiers else type_, cls)
            elif self._v1 and attribute.value is not None and _may_be_field(attribute):
                known = fields.get(attribute.name)
                inferred = known.type if known is not None else Unknown("a field without annotation")
                fields[attribute.name] = self._field(attribute, inferred, cls)

    def _collect_root(self, cls: ClassDefinition, substitution: Substitution, fields: dict[str, SchemaField]) -> None:
        """The field ``root`` that ``RootModel[X]`` among the bases declares."""
        for base in cls.bases:
            if isinstance(base, Parametrized) and external_name(base.origin) in ROOT_BASES and base.arguments:
                if "root" not in cls.declared:
                    type_ = substitute(base.arguments[0], substitution, self._types.parametrized)
                    fields["root"] = self._field(Attribute("root", None, None, cls.site()), type_, cls)

    def _field(self, attribute: Attribute, annotated: Value, owner: ClassDefinition) -> SchemaField:
        """A field as ``FieldInfo.from_annotated_attribute`` makes it: what is assigned wins over ``Annotated``."""
        type_, metadata = split_annotated(annotated)
        assigned = field_calls(attribute.value)
        in_metadata = tuple(call for value in reversed(metadata) for call in field_calls(value))
        calls = assigned[:1] + in_metadata
        default, factory = _defaults(attribute.value if not assigned else None, calls)
        required = default is None and factory is None
        if self._v1 and required and _optional_in_v1(type_) and not _says_required(attribute.value, calls):
            default, required = Literal(None), False
        if any(not call.arguments.complete for call in calls):
            required = False
        ellipsis = attribute.value is not None and is_ellipsis(attribute.value)
        alias = _alias(calls)
        return SchemaField(
            attribute.name, type_, metadata, default, factory, required, calls, alias, owner, attribute.site, ellipsis
        )

    def _generated_alias(self, generator: Value, name: str) -> str | Unknown | None:
        """What an alias generator makes of a field name."""
        if isinstance(generator, Literal):
            return None
        style = ALIAS_GENERATORS.get(external_name(generator))
        if style is not None:
            return written(style, name)
        if isinstance(generator, FunctionDefinition):
            return _text(enter(self._types, generator, Literal(name)))
        return Unknown("an alias generator that is not known")

    def _external(self, base: str, cls: ClassDefinition) -> Iterator[SchemaField]:
        """The fields that a well-known external base class brings along."""
        for name, text, required in EXTERNAL_FIELDS.get(base, ()):
            type_ = external_type(text, self._types)
            default = None if required else Unknown("the default of a field outside the project")
            yield SchemaField(name, type_, (), default, None, required, (), None, None, cls.site())


def is_rewritten(cls: ClassDefinition) -> bool:
    """Whether a decorator or metaclass of the project may have changed the fields of a model, as those do that make
    every field optional."""
    return any(
        "metaclass" in entry.keywords
        or any(external_name(decorator) not in HARMLESS_DECORATORS for decorator in entry.decorators)
        for entry in cls.project_lineage
    )


def external_type(text: str, types: Interpreter) -> Value:
    """The type that a table writes as a dotted name or a union of such."""
    members: list[Value] = [
        Literal(None) if name == "None" else External(name) for name in (part.strip() for part in text.split("|"))
    ]
    return members[0] if len(members) == 1 else types.parametrized(External("typing.Union"), tuple(members))


def _defaults(value: Value | None, calls: tuple[ExternalResult, ...]) -> tuple[Value | None, Value | None]:
    """The default and the default factory: the value that is assigned, else what the first call with one says."""
    if value is not None:
        return (None, None) if is_ellipsis(value) else (value, None)
    for call in calls:
        default = call.arguments.get("default", 0)
        if default is not None and not is_ellipsis(default):
            return default, None
        factory = call.arguments.keywords.get("default_factory")
        if factory is not None and not (isinstance(factory, Literal) and factory.value is None):
            return None, factory
    return None, None


def _optional_in_v1(type_: Value) -> bool:
    """Whether version 1 of Pydantic gives a field of this type the default None."""
    return accepts_none(type_) or external_name(type_) in {"typing.Any", "object"}


def _says_required(value: Value | None, calls: tuple[ExternalResult, ...]) -> bool:
    """Whether an ellipsis stands in place of a default."""
    given = [value, *(call.arguments.get("default", 0) for call in calls)]
    return any(option is not None and is_ellipsis(option) for option in given)


def _may_be_field(attribute: Attribute) -> bool:
    """Whether version 1 of Pydantic takes a bare assignment for a field: data, not methods, classes or validators."""
    return isinstance(attribute.value, (Literal, Collection, Dictionary, EnumMember, Instance)) or bool(
        field_calls(attribute.value)
    )


def _alias(calls: tuple[ExternalResult, ...]) -> str | Unknown | None:
    for call in calls:
        if "alias" in call.arguments.keywords:
            return _text(call.arguments.keywords["alias"])
    return None


def _text(value: Value | None) -> str | Unknown | None:
    """The text a value is, None for none, Unknown for anything else."""
    if value is None or (isinstance(value, Literal) and value.value is None):
        return None
    if isinstance(value, Literal) and isinstance(value.value, str):
        return value.value
    return value if isinstance(value, Unknown) else Unknown("an alias that is not a constant text")


def written(style: str, name: str) -> str:
    """A field name as an alias generator writes it."""
    if style == "snake":
        for border in (r"([A-Z]+)([A-Z][a-z])", r"([a-z])([A-Z])", r"([0-9])([A-Z])", r"([a-z])([0-9])"):
            name = re.sub(border, r"\1_\2", name)
        return name.replace("-", "_").lower()
    if style == "camel" and re.match(r"[a-z]+[A-Za-z0-9]*$", name) and not re.search(r"\d(?=[a-z])", name):
        return name
    pascal = re.sub(r"([0-9A-Za-z])_(?=[0-9A-Z])", r"\1", name.title())
    return pascal if style == "pascal" else re.sub(r"^_*[A-Z]", lambda match: match[0].lower(), pascal)
