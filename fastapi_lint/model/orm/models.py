"""Mapped classes of the project: SQLAlchemy 1.4 and 2, SQLModel tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from fastapi_lint.facts.expressions import Call
from fastapi_lint.facts.statements import Evaluate
from fastapi_lint.model.definitions import ClassDefinition, ClassView, Module
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.knowledge.sqlalchemy import INDEX, SQLMODEL_BASE, TABLE
from fastapi_lint.model.orm.bodies import BodyCollector, OrmProxy, Parts
from fastapi_lint.model.orm.columns import ForeignKey, OrmColumn, TableIndex, ordered_member, table_index
from fastapi_lint.model.orm.mapping import MAPPED, Mapping
from fastapi_lint.model.orm.relationships import OrmRelationship, declaration
from fastapi_lint.model.types import split_annotated
from fastapi_lint.model.values import (
    Arguments,
    ClassMember,
    Collection,
    Dictionary,
    External,
    ExternalResult,
    Instance,
    Literal,
    Unknown,
    Value,
    external_name,
)

__all__ = [
    "ForeignKey",
    "OrmColumn",
    "OrmModel",
    "OrmModels",
    "OrmProxy",
    "OrmRelationship",
    "TableIndex",
    "build_orm_models",
]


class OrmModel(ClassView):
    """A class that SQLAlchemy maps.

    Attributes:
        cls: the class.
        models: all mapped classes of the project.
    """

    def __init__(self, cls: ClassDefinition, models: OrmModels) -> None:
        super().__init__(cls)
        self.models = models

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
        """The database schema of the table, when ``__table_args__`` or the ``MetaData`` of its base names one."""
        for candidate in (self.table_arguments, *self.table_items()[0][-1:]):
            value = candidate.get("schema") if isinstance(candidate, Dictionary) else None
            if isinstance(value, Literal) and isinstance(value.value, str):
                return value.value
        return self.models.mapping.default_schema(self.cls)

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
            members = [member for item in call.arguments.positional if (member := ordered_member(item)) is not None]
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
    def _parts(self) -> Parts:
        return self.models.bodies.collect(self)

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

    @property
    def column_names(self) -> frozenset[str]:
        """The attributes that are columns."""
        return frozenset(self._columns)

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

    def has_attribute(self, name: str) -> bool:
        """Whether an attribute is one of its columns or relationships."""
        return name in self._columns or name in self._relationships

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

    def target_of(self, key: ForeignKey) -> str | Unknown:
        """The column that a foreign key of its columns refers to, as "table.column"."""
        model = self.referenced(key) if key.column is not None else None
        if isinstance(key.column, ClassMember) and isinstance(model, OrmModel):
            column, table = model.column(key.column.name), model.full_table_name
            if column is not None and isinstance(table, str):
                return f"{table}.{column.column_name}"
        return key.target

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
        self.bodies = BodyCollector(interpreter, self.mapping)
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
                call = ExternalResult(External("sqlalchemy.orm.relationship"), Arguments([], options, complete))
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


def build_orm_models(classes: Iterable[ClassDefinition], interpreter: Interpreter) -> OrmModels:
    """The mapped classes among the classes of a project. Their columns and relationships are read at first use.

    Args:
        classes: all classes of the project.
        interpreter: after it has executed the modules.
    """
    return OrmModels(classes, interpreter)
