"""What the bodies that make up a mapped class declare: its own, those of its mixins and abstract bases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi_lint.model.class_bodies import Attribute, annotation_scope, attributes
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.knowledge.sqlalchemy import (
    ASSOCIATION_PROXIES,
    EXTERNAL_COLUMNS,
    MAPPED_CONTAINERS,
    SYNONYMS,
    TABLE,
)
from fastapi_lint.model.orm.columns import (
    ForeignKey,
    OrmColumn,
    column_calls,
    make_column,
    make_sqlmodel_column,
    mark_primary_keys,
)
from fastapi_lint.model.orm.mapping import Mapping, is_declared_attribute
from fastapi_lint.model.orm.relationships import OrmRelationship, class_names, declaration, relationship_call
from fastapi_lint.model.schemas.fields import FieldCollector
from fastapi_lint.model.types import split_annotated
from fastapi_lint.model.values import (
    External,
    ExternalResult,
    Literal,
    Parametrized,
    Site,
    Unknown,
    Value,
    external_name,
    possibilities,
)

if TYPE_CHECKING:
    from fastapi_lint.model.orm.models import OrmModel


@dataclass(slots=True, frozen=True)
class OrmProxy:
    """An attribute that reads another one: ``association_proxy("user", "name")``, or a synonym.

    Attributes:
        name: the attribute.
        through: the relationship it reads through, None for a synonym.
        target: the attribute it reads.
        site: where its name stands.
    """

    name: str
    through: str | None
    target: str | None
    site: Site


@dataclass(slots=True)
class Parts:
    """What the bodies that make up a mapped class declare."""

    columns: dict[str, OrmColumn]
    relationships: dict[str, OrmRelationship]
    proxies: dict[str, OrmProxy]


class BodyCollector:
    """Collects what the bodies of mapped classes declare.

    Args:
        interpreter: reads annotations.
        mapping: knows which classes are mixins.
    """

    def __init__(self, interpreter: Interpreter, mapping: Mapping) -> None:
        self._interpreter = interpreter
        self._mapping = mapping
        self._fields = FieldCollector(interpreter, 2)

    def collect(self, model: OrmModel) -> Parts:
        """What a mapped class declares itself and by its mixins; not what it inherits from a mapped class."""
        parts = Parts({}, {}, {})
        cls = model.cls
        parent = self._mapping.parent(cls)
        inherited = set(self._mapping.lineage(parent)) if parent is not None else set()
        table = cls.namespace.names.get("__table__")
        if isinstance(table, ExternalResult) and table.name == TABLE:
            self._collect_table(table, cls, parts)
        if model.is_sqlmodel:
            self._collect_sqlmodel(model, parts)
        for entry in self._mapping.lineage(cls):
            if isinstance(entry, External):
                self._collect_external(entry.name, cls, parts)
            elif entry not in inherited and not (model.is_sqlmodel and entry is not cls):
                self._collect_body(entry, model, parts)
        mark_primary_keys(parts.columns, model.table_items()[0])
        return parts

    @staticmethod
    def _collect_table(table: ExternalResult, cls: ClassDefinition, parts: Parts) -> None:
        """The columns of ``__table__ = Table(…)``."""
        for item in table.arguments.positional[2:]:
            for call in column_calls(item):
                name = call.arguments.get("name", 0)
                if isinstance(name, Literal) and isinstance(name.value, str):
                    parts.columns[name.value] = make_column(name.value, (call,), None, cls, call.site or cls.site())

    def _collect_sqlmodel(self, model: OrmModel, parts: Parts) -> None:
        for name, field in self._fields.collect(model.cls, (), None).items():
            parts.columns[name] = make_sqlmodel_column(field)

    @staticmethod
    def _collect_external(base: str, cls: ClassDefinition, parts: Parts) -> None:
        """The columns that a well-known external mixin brings along."""
        for name, type_, options in EXTERNAL_COLUMNS.get(base, ()):
            words = options.split()
            keys = tuple(
                ForeignKey(word.partition("=")[2], None, "CASCADE") for word in words if word.startswith("foreign_key=")
            )
            default = Unknown("a default outside the project") if "default" in words else None
            flags = ("primary_key" in words, "nullable" in words, "unique" in words, "index" in words)
            column = OrmColumn(name, name, None, External(type_), *flags, keys, default, None, (), None, cls.site())
            parts.columns.setdefault(name, column)

    def _collect_body(self, cls: ClassDefinition, model: OrmModel, parts: Parts) -> None:
        """The mapped attributes of one class body; what a nearer class declares stays."""
        known = {*parts.relationships, *parts.proxies} | (set() if model.is_sqlmodel else parts.columns.keys())
        scope = annotation_scope(cls)
        for attribute in attributes(cls):
            if attribute.name in known or attribute.name.startswith("__"):
                continue
            value = attribute.value
            annotation = None
            if is_declared_attribute(value):
                assert isinstance(value, FunctionDefinition)
                if value.fact.returns is not None:
                    annotation = self._interpreter.annotation(value.fact.returns, value.scope)
                value = self._mapping.declared(value, model.cls)
            elif attribute.annotation is not None:
                annotation = self._interpreter.annotation(attribute.annotation, scope)
            self._collect_attribute(attribute, value, annotation, cls, model, parts)

    def _collect_attribute(
        self,
        attribute: Attribute,
        value: Value | None,
        annotation: Value | None,
        cls: ClassDefinition,
        model: OrmModel,
        parts: Parts,
    ) -> None:
        container, inner = _mapped(annotation)
        call = relationship_call(value)
        if call is not None:
            shown = inner if container or not model.is_sqlmodel else annotation
            made = declaration(call, shown, container, class_names(attribute.annotation))
            parts.relationships[attribute.name] = OrmRelationship(
                attribute.name, model, call, made, cls, attribute.site
            )
            return
        if (proxy := _proxy(attribute.name, value, attribute.site)) is not None:
            parts.proxies[attribute.name] = proxy
            return
        if model.is_sqlmodel:
            return
        calls = column_calls(value)
        if value is None and container:
            calls = ()
        elif not calls:
            return
        bare, metadata = split_annotated(inner) if inner is not None else (None, ())
        in_metadata = tuple(call for item in metadata for call in column_calls(item))
        parts.columns[attribute.name] = make_column(
            attribute.name,
            (*calls, *in_metadata),
            bare if container else None,
            cls,
            attribute.site,
            wrapped=bool(calls) and calls[0] not in possibilities(value),
        )


def _mapped(annotation: Value | None) -> tuple[str, Value | None]:
    """The name of the container ("sqlalchemy.orm.Mapped") around an annotation and what it holds; "" for no such."""
    for option in possibilities(annotation):
        if isinstance(option, Parametrized) and external_name(option.origin) in MAPPED_CONTAINERS:
            return external_name(option.origin), option.arguments[0] if option.arguments else None
    return "", None


def _proxy(name: str, value: Value | None, site: Site) -> OrmProxy | None:
    """The proxy or synonym that a value makes, or None."""
    if not isinstance(value, ExternalResult) or value.name not in ASSOCIATION_PROXIES | SYNONYMS:
        return None
    texts = [item.value for item in value.arguments.positional if isinstance(item, Literal)]
    names = [text for text in texts if isinstance(text, str)]
    if value.name in SYNONYMS:
        return OrmProxy(name, None, names[0] if names else None, site)
    return OrmProxy(name, names[0] if names else None, names[1] if len(names) > 1 else None, site)
