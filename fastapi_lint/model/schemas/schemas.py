"""Pydantic models of the project: fields, configuration, validators, and what is nested in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from fastapi_lint.model.definitions import ClassDefinition, ClassView, FunctionDefinition
from fastapi_lint.model.generics import substitute, substitutions, type_key, type_parameters
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.knowledge.pydantic import (
    DATACLASS_DECORATORS,
    EXTERNAL_FIELDS,
    NOT_SCHEMAS,
    ROOT_BASES,
    SETTINGS_BASES,
    WITHOUT_FIELDS,
)
from fastapi_lint.model.knowledge.types import MODELS
from fastapi_lint.model.orm.mapping import is_table
from fastapi_lint.model.schemas.config import Validator, configuration, validators
from fastapi_lint.model.schemas.fields import FieldCollector, SchemaField, is_rewritten
from fastapi_lint.model.types import bases_are_known, is_dataclass, split_annotated
from fastapi_lint.model.values import (
    Ambiguous,
    Collection,
    ExternalResult,
    Literal,
    Parametrized,
    Site,
    Value,
    external_name,
)

_SCHEMA_BASES = MODELS - SETTINGS_BASES - NOT_SCHEMAS


class Schema(ClassView):
    """A Pydantic model (SQLModel classes without table too) or a dataclass.

    Attributes:
        cls: its class.
        arguments: what its type parameters stand for, when it is a subscripted use such as ``Page[UserRead]``.
        kind: "model", "dataclass" or "settings".
    """

    def __init__(self, cls: ClassDefinition, arguments: tuple[Value, ...], kind: str, schemas: Schemas) -> None:
        super().__init__(cls)
        self.arguments = arguments
        self.kind = kind
        self._schemas = schemas

    @property
    def type(self) -> Value:
        """The type value: the class, or the class subscripted."""
        return Parametrized(self.cls, self.arguments) if self.arguments else self.cls

    @cached_property
    def parameters(self) -> tuple[Value, ...]:
        """The type variables of the class."""
        return type_parameters(self.cls)

    @cached_property
    def by_name(self) -> dict[str, SchemaField]:
        """The fields by their names in Python, in Pydantic's order, inherited ones too."""
        return self._schemas.collector.collect(self.cls, self.arguments, self.config.get("alias_generator"))

    @property
    def fields(self) -> tuple[SchemaField, ...]:
        """The fields in Pydantic's order, inherited ones too."""
        return tuple(self.by_name.values())

    def field(self, name: str) -> SchemaField | None:
        """The field of that name, or None."""
        return self.by_name.get(name)

    @cached_property
    def computed_fields(self) -> tuple[SchemaField, ...]:
        """The properties under ``computed_field``, which are only written, in order."""
        return tuple(
            self._computed_field(validator) for validator in self.validators if validator.kind == "computed_field"
        )

    def _computed_field(self, validator: Validator) -> SchemaField:
        function = validator.function
        type_, metadata = split_annotated(self._schemas.return_type(self, function))
        calls = (validator.decorator,) if isinstance(validator.decorator, ExternalResult) else ()
        start = function.fact.name_start
        site = Site(function.module, start, start + len(function.name))
        alias = calls[0].arguments.keywords.get("alias") if calls else None
        text = alias.value if isinstance(alias, Literal) and isinstance(alias.value, str) else None
        return SchemaField(function.name, type_, metadata, None, None, False, calls, text, function.owner, site)

    @cached_property
    def config(self) -> dict[str, Value]:
        """Its configuration, inherited and with the class keywords, by option name; options of Pydantic 1 are under
        the names of version 2 too where the project uses version 1."""
        return configuration(self.cls, self._schemas.pydantic_major)

    def _flag(self, name: str) -> bool:
        value = self.config.get(name)
        return isinstance(value, Literal) and value.value is True

    @property
    def from_attributes(self) -> bool:
        """Whether it validates objects by their attributes."""
        return self._flag("from_attributes")

    @property
    def extra(self) -> str | None:
        """What happens to fields that are not declared: "allow", "ignore" or "forbid"; None when it is not known."""
        value = self.config.get("extra")
        if value is None:
            return "ignore"
        if isinstance(value, Literal) and isinstance(value.value, str):
            return value.value
        word = external_name(value).rpartition(".")[2]
        return word if word in ("allow", "ignore", "forbid") else None

    @property
    def own_config(self) -> ClassDefinition | None:
        """The nested ``class Config`` of its own body, or None."""
        value = self.cls.namespace.names.get("Config")
        return value if isinstance(value, ClassDefinition) else None

    @cached_property
    def validators(self) -> tuple[Validator, ...]:
        """Its validators, serializers and computed fields, inherited ones first."""
        return tuple(validators(self.cls))

    @property
    def is_root(self) -> bool:
        """Whether it stands for one value rather than an object (``RootModel``, ``__root__``)."""
        return self.cls.derives_from(*ROOT_BASES) or "__root__" in self.by_name

    @property
    def is_complete(self) -> bool:
        """Whether all its fields are known: no unknown base brings some, no decorator or metaclass changes them."""
        if is_rewritten(self.cls) or not bases_are_known(self.cls):
            return False
        return all(base in WITHOUT_FIELDS or base in EXTERNAL_FIELDS for base in self.cls.external_bases)

    def types(self, written: bool = False) -> Iterator[Value]:
        """The types of its fields; with ``written`` those of what it writes: without excluded, with computed fields."""
        for field in self.fields:
            if not (written and field.excluded):
                yield field.type
        if written:
            for field in self.computed_fields:
                yield field.type

    def nested(self, written: bool = False) -> list[Schema]:
        """The other schemas its fields hold, at any depth, each once, nearest first.

        Args:
            written: follow what it writes: skip excluded fields, follow computed ones.
        """
        found: dict[object, Schema] = {}
        own = type_key(self.type)
        pending: list[Schema] = [self]
        while pending:
            schema = pending.pop(0)
            for type_ in schema.types(written):
                for inner in self._schemas.in_type(type_):
                    key = type_key(inner.type)
                    if key != own and key not in found:
                        found[key] = inner
                        pending.append(inner)
        return list(found.values())

    def paths(self, written: bool = False) -> Iterator[tuple[SchemaField, ...]]:
        """Every field at any depth, as the fields that lead to it, outermost first. Each schema is entered once.

        Args:
            written: as for :meth:`nested`.
        """
        seen = {type_key(self.type)}
        pending: list[tuple[tuple[SchemaField, ...], Schema]] = [((), self)]
        while pending:
            path, schema = pending.pop(0)
            for field in (*schema.fields, *(schema.computed_fields if written else ())):
                if written and field.excluded:
                    continue
                yield (*path, field)
                for inner in self._schemas.in_type(field.type):
                    key = type_key(inner.type)
                    if key not in seen:
                        seen.add(key)
                        pending.append(((*path, field), inner))

    def __repr__(self) -> str:
        return f"<Schema {self.qualified_name}>"


class Schemas:
    """The schemas of a project, in order of definition. Made by :func:`build_schemas`.

    Iterating gives Pydantic models and Pydantic dataclasses; :meth:`of` knows plain dataclasses too.

    Attributes:
        settings: the models that the environment fills, which are no schemas of the API.
    """

    def __init__(self, classes: Iterable[ClassDefinition], interpreter: Interpreter) -> None:
        self.pydantic_major = interpreter.settings.pydantic_major
        self.collector = FieldCollector(interpreter, self.pydantic_major)
        self._interpreter = interpreter
        self._schemas: dict[ClassDefinition, Schema] = {}
        self._subscripted: dict[object, Schema] = {}
        self._plain: dict[ClassDefinition, Schema | None] = {}
        self.settings: list[Schema] = []
        for cls in classes:
            if cls.derives_from(*SETTINGS_BASES):
                self.settings.append(Schema(cls, (), "settings", self))
            kind = _kind(cls)
            if kind is not None:
                self._schemas[cls] = Schema(cls, (), kind, self)

    def __iter__(self) -> Iterator[Schema]:
        return iter(self._schemas.values())

    def __len__(self) -> int:
        return len(self._schemas)

    def of(self, type_: Value) -> Schema | None:
        """The schema of a class or of a subscripted generic class (``Annotated`` is looked through), or None."""
        type_ = split_annotated(type_)[0]
        if isinstance(type_, ClassDefinition):
            return self._schemas.get(type_) or self._dataclass(type_)
        if not isinstance(type_, Parametrized) or not isinstance(type_.origin, ClassDefinition):
            return None
        generic = self.of(type_.origin)
        if generic is None or not generic.parameters:
            return generic
        key = type_key(type_)
        if key not in self._subscripted:
            self._subscripted[key] = Schema(type_.origin, type_.arguments, generic.kind, self)
        return self._subscripted[key]

    def named(self, name: str) -> list[Schema]:
        """The schemas of that bare class name."""
        return [schema for schema in self if schema.name == name]

    def in_type(self, type_: Value) -> Iterator[Schema]:
        """The schemas that a type mentions: in containers, unions and generics, but not inside other schemas."""
        for mention in mentions(type_):
            schema = self.of(mention)
            if schema is not None:
                yield schema
            elif isinstance(mention, Parametrized):
                for argument in mention.arguments:
                    yield from self.in_type(argument)

    def response_classes(self, type_: Value) -> list[ClassDefinition]:
        """The project's classes that a response of a type may hold, at any depth, each once, nearest first.

        Schemas are followed through the fields they write. Other classes (mapped classes, enumerations, plain ones) are
        named but not entered.
        """
        found: dict[ClassDefinition, None] = {}
        seen: set[object] = set()
        pending = [type_]
        while pending:
            for mention in mentions(pending.pop(0)):
                key = type_key(mention)
                if key in seen:
                    continue
                seen.add(key)
                found[mention.origin if isinstance(mention, Parametrized) else mention] = None
                schema = self.of(mention)
                if schema is not None:
                    pending.extend(schema.types(written=True))
                elif isinstance(mention, Parametrized):
                    pending.extend(mention.arguments)
        return list(found)

    def return_type(self, schema: Schema, function: FunctionDefinition) -> Value:
        """What a method of a schema is annotated to return; Unknown without annotation."""
        if function.fact.returns is None or function.owner is None:
            return self._interpreter.returned(function)
        declared = self._interpreter.annotation(function.fact.returns, function.scope)
        replaced = substitutions(schema.cls, schema.arguments).get(function.owner, {})
        return substitute(declared, replaced, self._interpreter.parametrized)

    def _dataclass(self, cls: ClassDefinition) -> Schema | None:
        """The schema of a dataclass that is no Pydantic model, or None."""
        if cls not in self._plain:
            self._plain[cls] = Schema(cls, (), "dataclass", self) if is_dataclass(cls) else None
        return self._plain[cls]


def build_schemas(classes: Iterable[ClassDefinition], interpreter: Interpreter) -> Schemas:
    """The schemas among the classes of a project. Their fields are read at first use.

    Args:
        classes: all classes of the project.
        interpreter: after it has executed the modules.
    """
    return Schemas(classes, interpreter)


def _kind(cls: ClassDefinition) -> str | None:
    """Its kind, "model" or "dataclass", for a Pydantic class that is neither settings nor stored; else None."""
    bases = cls.external_bases
    if any(base in SETTINGS_BASES or base in NOT_SCHEMAS for base in bases):
        return None
    if any(base in _SCHEMA_BASES for base in bases):
        return None if is_table(cls) else "model"
    if any(external_name(decorator) in DATACLASS_DECORATORS for decorator in cls.decorators):
        return "dataclass"
    return None


def mentions(type_: Value) -> Iterator[ClassDefinition | Parametrized]:
    """The classes of the project in a type: in containers, unions and ``Annotated``, with their subscripts."""
    type_ = split_annotated(type_)[0]
    if isinstance(type_, ClassDefinition):
        yield type_
    elif isinstance(type_, Parametrized):
        if isinstance(type_.origin, ClassDefinition):
            yield type_
        elif external_name(type_.origin) not in {"typing.Literal", "type", "typing.Type", "typing.ClassVar"}:
            for argument in type_.arguments:
                yield from mentions(argument)
    elif isinstance(type_, Ambiguous):
        for option in type_.options:
            yield from mentions(option)
    elif isinstance(type_, Collection):
        for item in type_.items:
            yield from mentions(item)
    elif isinstance(type_, ExternalResult):
        inner = type_.arguments.get("item_type", 0) or type_.arguments.get("bound")
        if type_.name.startswith("pydantic.con") and inner is not None:
            yield from mentions(inner)
