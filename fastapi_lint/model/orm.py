"""Mapped classes of the project: SQLAlchemy 1.4 and 2, SQLModel tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from fastapi_lint.facts.expressions import Call
from fastapi_lint.facts.statements import Evaluate
from fastapi_lint.model.class_bodies import Attribute, annotation_scope, attributes
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Module
from fastapi_lint.model.interpreter import Interpreter
from fastapi_lint.model.knowledge.sqlalchemy import (
    ASSOCIATION_PROXIES,
    EXTERNAL_COLUMNS,
    INDEX,
    MAPPED_CONTAINERS,
    SQLMODEL_BASE,
    SYNONYMS,
    TABLE,
)
from fastapi_lint.model.orm_columns import (
    ForeignKey,
    OrmColumn,
    TableIndex,
    column_calls,
    make_column,
    make_sqlmodel_column,
    mark_primary_keys,
    table_index,
)
from fastapi_lint.model.orm_mapping import MAPPED, Mapping, is_declared_attribute
from fastapi_lint.model.orm_relationships import (
    OrmRelationship,
    class_names,
    declaration,
    relationship_call,
    secondary_name,
)
from fastapi_lint.model.schema_fields import FieldCollector
from fastapi_lint.model.types import split_annotated
from fastapi_lint.model.values import (
    ClassMember,
    Collection,
    Dictionary,
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

__all__ = [
    "ForeignKey",
    "OrmColumn",
    "OrmModel",
    "OrmModels",
    "OrmProxy",
    "OrmRelationship",
    "TableIndex",
    "build_orm_models",
    "secondary_name",
]


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
class _Parts:
    """What the bodies that make up a mapped class declare."""

    columns: dict[str, OrmColumn]
    relationships: dict[str, OrmRelationship]
    proxies: dict[str, OrmProxy]


class OrmModel:
    """A class that SQLAlchemy maps.

    Attributes:
        cls: the class.
        models: all mapped classes of the project.
    """

    def __init__(self, cls: ClassDefinition, models: OrmModels) -> None:
        self.cls = cls
        self.models = models

    @property
    def name(self) -> str:
        """The bare name of the class."""
        return self.cls.name

    @property
    def qualified_name(self) -> str:
        """``package.module.qualname`` of the class."""
        return self.cls.qualified_name

    @property
    def location(self) -> Location:
        """Where the name of the class stands."""
        return self.cls.location

    @property
    def is_sqlmodel(self) -> bool:
        """Whether it is a SQLModel table."""
        return self.cls.derives_from(SQLMODEL_BASE)

    @property
    def is_complete(self) -> bool:
        """Whether all its columns are known: no unknown base, no table read from a database."""
        return self.models.mapping.is_complete(self.cls) and not self._fixed_table_is_unknown

    @property
    def _fixed_table_is_unknown(self) -> bool:
        table = self.cls.namespace.names.get("__table__")
        if table is None:
            return False
        known = isinstance(table, ExternalResult) and table.name == TABLE and table.arguments.complete
        return not known or "autoload_with" in table.arguments.keywords

    @cached_property
    def parent(self) -> OrmModel | None:
        """The mapped class it inherits from, or None."""
        parent = self.models.mapping.parent(self.cls)
        return self.models.of(parent) if parent is not None else None

    @cached_property
    def own_table_name(self) -> str | Unknown | None:
        """The name of the table of its own, without schema; None when it has none, and then shares its parent's or, if
        it has no parent, cannot be mapped."""
        return self.models.mapping.table_name(self.cls)

    @property
    def table_name(self) -> str | Unknown | None:
        """The name of the table it is mapped to, without schema; None when it gets no table, which fails at import."""
        if self.own_table_name is None and self.parent is not None:
            return self.parent.table_name
        return self.own_table_name

    @property
    def inheritance(self) -> str | None:
        """"single" when it shares the table of its parent, "joined" when it has one besides, None without parent."""
        if self.parent is None:
            return None
        return "single" if self.own_table_name is None else "joined"

    @cached_property
    def table_arguments(self) -> Value | None:
        """``__table_args__``, or None."""
        return self.models.mapping.class_argument(self.cls, "__table_args__")

    def table_items(self) -> tuple[list[Value], bool]:
        """The items of ``__table_args__``, and whether they are all."""
        value = self.table_arguments
        if value is None or isinstance(value, Dictionary) or (isinstance(value, Literal) and value.value is None):
            return [], True
        if isinstance(value, Collection):
            return value.items, value.complete
        return [], False

    @property
    def schema(self) -> str | None:
        """The database schema of the table, when ``__table_args__`` names one."""
        candidates = [self.table_arguments, *self.table_items()[0][-1:]]
        for candidate in candidates:
            value = candidate.get("schema") if isinstance(candidate, Dictionary) else None
            if isinstance(value, Literal) and isinstance(value.value, str):
                return value.value
        return None

    @property
    def full_table_name(self) -> str | Unknown | None:
        """The name of the table with its schema, as foreign keys write it."""
        name = self.table_name
        return f"{self.schema}.{name}" if isinstance(name, str) and self.schema else name

    @cached_property
    def indexes(self) -> tuple[TableIndex, ...]:
        """Indexes and constraints of ``__table_args__``, of ``__table__`` and of ``Index(…)`` calls in its module."""
        items = list(self.table_items()[0])
        table = self.cls.namespace.names.get("__table__")
        if isinstance(table, ExternalResult):
            items += table.arguments.positional[2:]
        found = [index for item in items if (index := table_index(item, self.name_of_column_call)) is not None]
        for call in self.models.standalone_indexes(self.cls.module):
            members = [item for item in call.arguments.positional if isinstance(item, ClassMember)]
            if members and all(member.cls is self.cls for member in members):
                index = table_index(call, self.name_of_column_call)
                if index is not None:
                    found.append(index)
        return tuple(found)

    @property
    def indexes_are_known(self) -> bool:
        """Whether :attr:`indexes` are all that the source declares."""
        return self.table_items()[1]

    def is_indexed(self, column: OrmColumn) -> bool | None:
        """Whether the database finds rows by a column without reading the table: a primary key, a unique column, an
        index, or the first column of one of several. None when that is not known."""
        names = {column.name, column.column_name}
        leading = [index.columns[0] for index in self.indexes if index.kind != "foreign key" and index.columns]
        if any(isinstance(first, str) and first in names for first in leading):
            return True
        flags = (column.unique, column.index)
        if any(flags):
            return True
        if column.primary_key:
            keys = [other for other in self.columns if other.primary_key]
            return keys[0] is column
        unknown = None in (*flags, column.primary_key) or not self.indexes_are_known
        return None if unknown or any(isinstance(first, Unknown) for first in leading) else False

    @cached_property
    def _parts(self) -> _Parts:
        return self.models.collect(self)

    @cached_property
    def _columns(self) -> dict[str, OrmColumn]:
        inherited = self.parent._columns if self.parent is not None else {}
        return {**inherited, **self._parts.columns}

    @property
    def columns(self) -> tuple[OrmColumn, ...]:
        """Its columns, those of the class it inherits from first."""
        return tuple(self._columns.values())

    @property
    def own_columns(self) -> tuple[OrmColumn, ...]:
        """The columns that it adds to those of the class it inherits from."""
        return tuple(self._parts.columns.values())

    def column(self, name: str) -> OrmColumn | None:
        """The column of that attribute, else of that name in the table, or None."""
        found = self._columns.get(name)
        return found or next((column for column in self.columns if column.column_name == name), None)

    @cached_property
    def _relationships(self) -> dict[str, OrmRelationship]:
        inherited = self.parent._relationships if self.parent is not None else {}
        return {**inherited, **self.models.backrefs.get(self.cls, {}), **self._parts.relationships}

    @property
    def relationships(self) -> tuple[OrmRelationship, ...]:
        """Its relationships, inherited ones and those that a ``backref`` elsewhere makes too."""
        return tuple(self._relationships.values())

    @property
    def own_relationships(self) -> tuple[OrmRelationship, ...]:
        """The relationships that its own body and its mixins declare."""
        return tuple(self._parts.relationships.values())

    def relationship(self, name: str) -> OrmRelationship | None:
        """The relationship of that attribute, or None."""
        return self._relationships.get(name)

    @property
    def proxies(self) -> tuple[OrmProxy, ...]:
        """Its association proxies and synonyms."""
        inherited = self.parent.proxies if self.parent is not None else ()
        return (*inherited, *self._parts.proxies.values())

    def referenced(self, key: ForeignKey) -> OrmModel | Unknown:
        """The mapped class that a foreign key of its columns refers to."""
        if key.column is not None:
            owner = key.column.cls if isinstance(key.column, ClassMember) else None
            model = self.models.of(owner) if owner is not None else None
            return model or Unknown("a foreign key to a column that is not known")
        if isinstance(key.table, Unknown):
            return key.table
        found = self.models.with_table(key.table, self)
        return found[0] if len(found) == 1 else Unknown(f"{len(found)} mapped classes have the table {key.table!r}")

    def refers_to(self, other: OrmModel) -> bool:
        """Whether a foreign key of its columns or its table refers to the table of another mapped class, or to that of
        a class which that one inherits from."""
        others = {other.cls, *(entry for entry in other.cls.project_lineage)}
        for column in self.columns:
            for key in column.foreign_keys:
                model = self.referenced(key)
                if isinstance(model, OrmModel) and model.cls in others:
                    return True
        tables = {entry.full_table_name for entry in map(self.models.of, others) if entry is not None}
        targets = (target for index in self.indexes for target in index.foreign)
        return any(isinstance(target, str) and target.rpartition(".")[0] in tables for target in targets)

    def is_related_by_table(self, other: OrmModel) -> bool:
        """Whether another mapped class lies in the same table."""
        return other.cls is self.cls or (isinstance(self.table_name, str) and self.table_name == other.table_name)

    def name_of_column_call(self, call: ExternalResult) -> str | None:
        """The attribute of the column that a call in the class body made, or None."""
        return next((column.name for column in self.columns if call in column.calls), None)

    def __repr__(self) -> str:
        return f"<OrmModel {self.qualified_name}>"


class OrmModels:
    """The mapped classes of a project, in order of definition. Made by :func:`build_orm_models`."""

    def __init__(self, classes: Iterable[ClassDefinition], interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.mapping = Mapping(interpreter)
        self._fields = FieldCollector(interpreter, 2)
        self._models: dict[ClassDefinition, OrmModel] = {}
        self._standalone: dict[Module, list[ExternalResult]] = {}
        for cls in classes:
            if self.mapping.role(cls) == MAPPED:
                self._models[cls] = OrmModel(cls, self)

    def __iter__(self) -> Iterator[OrmModel]:
        return iter(self._models.values())

    def __len__(self) -> int:
        return len(self._models)

    def of(self, value: Value | None) -> OrmModel | None:
        """The mapped class that a value is, or an instance of it (``Annotated`` is looked through), or None."""
        if value is None:
            return None
        value = split_annotated(value)[0]
        if isinstance(value, Instance):
            value = value.cls
        return self._models.get(value) if isinstance(value, ClassDefinition) else None

    @cached_property
    def _by_name(self) -> dict[str, list[OrmModel]]:
        found: dict[str, list[OrmModel]] = {}
        for model in self:
            found.setdefault(model.name, []).append(model)
        return found

    @cached_property
    def _by_table(self) -> dict[str, list[OrmModel]]:
        found: dict[str, list[OrmModel]] = {}
        for model in self:
            if isinstance(model.own_table_name, str):
                for name in {model.own_table_name, str(model.full_table_name)}:
                    found.setdefault(name, []).append(model)
        return found

    def named(self, name: str) -> list[OrmModel]:
        """The mapped classes of that bare class name."""
        return self._by_name.get(name, [])

    def with_table(self, name: str, user: OrmModel | None = None) -> list[OrmModel]:
        """The mapped classes with a table of their own of that name, with or without schema.

        Args:
            name: the name of the table.
            user: who asks: only classes under its declarative base count.
        """
        return self._preferred(self._by_table.get(name, []), user)

    def find(self, value: Value, user: OrmModel) -> OrmModel | Unknown | None:
        """The mapped class that the target of a relationship means: a class, or its name as a text ("User",
        "app.models.User"). Unknown when several have it, None for anything else."""
        if not (isinstance(value, Literal) and isinstance(value.value, str)):
            return self.of(value)
        path = value.value.strip()
        bare = path.rpartition(".")[2]
        found = [model for model in self.named(bare) if f".{model.qualified_name}".endswith(f".{path}")]
        found = self._preferred(found or (self.named(bare) if path == bare else []), user)
        if len(found) > 1:
            return Unknown(f"{len(found)} mapped classes are named {path!r}")
        return found[0] if found else None

    def _preferred(self, candidates: list[OrmModel], user: OrmModel | None) -> list[OrmModel]:
        """The candidates under the declarative base of a user; of several those in its module, else in its top-level
        package."""
        if user is None or not candidates:
            return candidates
        registry, module = self.mapping.registry(user.cls), user.cls.module
        package = module.name.partition(".")[0]
        found = [model for model in candidates if self.mapping.registry(model.cls) == registry]
        for kept in (
            [model for model in found if model.cls.module is module],
            [model for model in found if model.cls.module.name.partition(".")[0] == package],
        ):
            if len(kept) == 1:
                return kept
        return found

    @cached_property
    def backrefs(self) -> dict[ClassDefinition, dict[str, OrmRelationship]]:
        """The relationships that ``backref`` makes, by the class that gets them."""
        found: dict[ClassDefinition, dict[str, OrmRelationship]] = {}
        for model in self:
            for relationship in model.own_relationships:
                described = relationship.described_backref()
                target = relationship.target if described is not None else None
                if described is None or not isinstance(target, OrmModel):
                    continue
                name, options, complete = described
                call = ExternalResult(External("sqlalchemy.orm.relationship"), relationship.call.arguments)
                call.arguments = type(call.arguments)([], options, complete)
                made = OrmRelationship(
                    name,
                    target,
                    relationship.call,
                    declaration(call, None, "", ()),
                    relationship.owner,
                    relationship.site,
                    backref_of=relationship,
                )
                found.setdefault(target.cls, {})[name] = made
        return found

    def standalone_indexes(self, module: Module) -> list[ExternalResult]:
        """The ``Index(…)`` calls that are statements of a module, or assigned there."""
        if module not in self._standalone:
            found: list[Value] = [value for value in module.scope.names.values() if external_name(value) == INDEX]
            for statement in module.facts.body:
                if isinstance(statement, Evaluate) and isinstance(statement.value, Call):
                    callee = self.interpreter.evaluate(statement.value.func, module.scope)
                    if f"{external_name(callee)}()" == INDEX:
                        found.append(self.interpreter.evaluate(statement.value, module.scope))
            self._standalone[module] = [value for value in found if isinstance(value, ExternalResult)]
        return self._standalone[module]

    # what a class consists of

    def collect(self, model: OrmModel) -> _Parts:
        """What a mapped class declares itself and by its mixins; not what it inherits from a mapped class."""
        parts = _Parts({}, {}, {})
        cls = model.cls
        parent = self.mapping.parent(cls)
        inherited = set(self.mapping.lineage(parent)) if parent is not None else set()
        table = cls.namespace.names.get("__table__")
        if isinstance(table, ExternalResult) and table.name == TABLE:
            self._collect_table(table, cls, parts)
        if model.is_sqlmodel:
            self._collect_sqlmodel(model, parts)
        for entry in self.mapping.lineage(cls):
            if isinstance(entry, External):
                self._collect_external(entry.name, cls, parts)
            elif entry not in inherited and not (model.is_sqlmodel and entry is not cls):
                self._collect_body(entry, model, parts)
        mark_primary_keys(parts.columns, model.table_items()[0])
        return parts

    @staticmethod
    def _collect_table(table: ExternalResult, cls: ClassDefinition, parts: _Parts) -> None:
        """The columns of ``__table__ = Table(…)``."""
        for item in table.arguments.positional[2:]:
            for call in column_calls(item):
                name = call.arguments.get("name", 0)
                if isinstance(name, Literal) and isinstance(name.value, str):
                    parts.columns[name.value] = make_column(name.value, (call,), None, cls, call.site or cls.site())

    def _collect_sqlmodel(self, model: OrmModel, parts: _Parts) -> None:
        for name, field in self._fields.collect(model.cls, (), None).items():
            parts.columns[name] = make_sqlmodel_column(field)

    @staticmethod
    def _collect_external(base: str, cls: ClassDefinition, parts: _Parts) -> None:
        """The columns that a well-known external mixin brings along."""
        for name, type_, options in EXTERNAL_COLUMNS.get(base, ()):
            words = options.split()
            keys = tuple(
                ForeignKey(word.partition("=")[2], None, "CASCADE") for word in words if word.startswith("foreign_key=")
            )
            default = Unknown("a default outside the project") if "default" in words else None
            flags = ("primary_key" in words, "nullable" in words, "unique" in words, "index" in words)
            column = OrmColumn(
                name, name, None, External(type_), *flags, keys, default, None, (), None, cls.site()
            )
            parts.columns.setdefault(name, column)

    def _collect_body(self, cls: ClassDefinition, model: OrmModel, parts: _Parts) -> None:
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
                    annotation = self.interpreter.annotation(value.fact.returns, value.scope)
                value = self.mapping.declared(value, model.cls)
            elif attribute.annotation is not None:
                annotation = self.interpreter.annotation(attribute.annotation, scope)
            self._collect_attribute(attribute, value, annotation, cls, model, parts)

    def _collect_attribute(
        self,
        attribute: Attribute,
        value: Value | None,
        annotation: Value | None,
        cls: ClassDefinition,
        model: OrmModel,
        parts: _Parts,
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


def build_orm_models(classes: Iterable[ClassDefinition], interpreter: Interpreter) -> OrmModels:
    """The mapped classes among the classes of a project. Their columns and relationships are read at first use.

    Args:
        classes: all classes of the project.
        interpreter: after it has executed the modules.
    """
    return OrmModels(classes, interpreter)


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
