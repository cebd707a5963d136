"""Which classes SQLAlchemy maps, under which base, and to which table."""

from __future__ import annotations

from fastapi_lint.model.class_bodies import enter
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.knowledge.sqlalchemy import (
    BASE_DECORATORS,
    DECLARATIVE_BASES,
    DECLARATIVE_METACLASSES,
    DECLARED_ATTRIBUTES,
    EXTERNAL_COLUMNS,
    EXTERNAL_TABLES,
    GENERATED_BASES,
    INERT_BASES,
    MAPPING_DECORATORS,
    METADATA,
    READY_BASES,
    REFLECTING_BASES,
    SQLMODEL_BASE,
    TABLE,
)
from fastapi_lint.model.types import bases_are_known
from fastapi_lint.model.values import (
    Collection,
    External,
    ExternalResult,
    Literal,
    Parametrized,
    Unknown,
    Value,
    external_name,
    possibilities,
)

BASE = "base"
"""A declarative base: not mapped, its subclasses are."""
ABSTRACT = "abstract"
"""Says ``__abstract__ = True``: not mapped, its subclasses are."""
MAPPED = "mapped"
"""Mapped to a table, its own or that of the class it inherits from."""


def says_table(cls: ClassDefinition) -> bool:
    """Whether a SQLModel class itself says that it is a table."""
    value = cls.keywords.get("table")
    if value is None:
        config = cls.namespace.names.get("model_config")
        value = config.arguments.get("table") if isinstance(config, ExternalResult) else None
    return isinstance(value, Literal) and value.value is True


def is_table(cls: ClassDefinition) -> bool:
    """Whether a SQLModel class is mapped: it says ``table=True`` and no base of it does.

    (SQLModel 0.0.50 maps only the first: a class that derives from a table is a table for Pydantic's part and has no
    mapper.)
    """
    if not says_table(cls) or not cls.derives_from(SQLMODEL_BASE):
        return False
    return not any(says_table(entry) for entry in cls.project_lineage if entry is not cls)


def is_declared_attribute(value: Value | None) -> bool:
    """Whether a class attribute is a method under ``declared_attr``."""
    return isinstance(value, FunctionDefinition) and any(
        external_name(decorator).removesuffix("()") in DECLARED_ATTRIBUTES for decorator in value.decorators
    )


class Mapping:
    """Answers what declarative mapping makes of classes.

    Args:
        interpreter: evaluates the methods under ``declared_attr``.
    """

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self._roles: dict[ClassDefinition, str | None] = {}

    def role(self, cls: ClassDefinition) -> str | None:
        """:data:`BASE`, :data:`ABSTRACT`, :data:`MAPPED`, or None for mixins and everything else."""
        if cls not in self._roles:
            self._roles[cls] = None  # a class among its own bases
            self._roles[cls] = self._find_role(cls)
        return self._roles[cls]

    def _find_role(self, cls: ClassDefinition) -> str | None:
        decorators = [external_name(decorator) for decorator in cls.decorators]
        if any(name in BASE_DECORATORS for name in decorators):
            return BASE
        if external_name(cls.keywords.get("metaclass")) in DECLARATIVE_METACLASSES:
            return BASE
        if any(name in MAPPING_DECORATORS for name in decorators):
            return MAPPED
        inherited = False
        for base in cls.bases:
            for option in possibilities(base.origin if isinstance(base, Parametrized) else base):
                name = external_name(option)
                if name in DECLARATIVE_BASES:
                    return BASE
                if name in GENERATED_BASES or name in READY_BASES:
                    inherited = True
                elif isinstance(option, ClassDefinition) and self.role(option) is not None:
                    inherited = True
        if cls.derives_from(SQLMODEL_BASE):
            return MAPPED if is_table(cls) else None
        if not inherited:
            return None
        return ABSTRACT if self._is_abstract(cls) else MAPPED

    @staticmethod
    def _is_abstract(cls: ClassDefinition) -> bool:
        value = cls.namespace.names.get("__abstract__")
        return isinstance(value, Literal) and value.value is True

    def lineage(self, cls: ClassDefinition) -> tuple[ClassDefinition | External, ...]:
        """The class and its bases, nearest first, with the classes that ``declarative_base(cls=…)`` names."""
        order = list(cls.lineage)
        for entry in cls.lineage:
            if isinstance(entry, ClassDefinition):
                for base in entry.bases:
                    for own in _classes_of_generated(base):
                        order += [added for added in own.lineage if added not in order]
        return tuple(order)

    def parent(self, cls: ClassDefinition) -> ClassDefinition | None:
        """The mapped class that a mapped class inherits from, or None."""
        for entry in cls.lineage[1:]:
            if isinstance(entry, ClassDefinition) and self.role(entry) == MAPPED:
                return entry
        return None

    def registry(self, cls: ClassDefinition) -> object:
        """What keeps the names that classes of one base know each other by: equal for classes of the same base."""
        for decorator in cls.decorators:
            if external_name(decorator) in MAPPING_DECORATORS:
                callee = decorator.callee if isinstance(decorator, ExternalResult) else decorator
                return getattr(callee, "receiver", None) or "registry"
        for entry in reversed(list(cls.project_lineage)):
            if self.role(entry) == BASE:
                return entry
            for base in entry.bases:
                if external_name(base) in GENERATED_BASES:
                    return base
        return next((name for name in cls.external_bases if name in READY_BASES), SQLMODEL_BASE)

    def is_complete(self, cls: ClassDefinition) -> bool:
        """Whether all its columns stand in the source: no unknown base brings some, none are read from a database."""
        known = INERT_BASES | EXTERNAL_COLUMNS.keys() | GENERATED_BASES - REFLECTING_BASES
        if not bases_are_known(cls):
            return False
        return all(isinstance(entry, ClassDefinition) or entry.name in known for entry in self.lineage(cls))

    def table_name(self, cls: ClassDefinition) -> str | Unknown | None:
        """The name of the table a mapped class gets of its own, without schema; None when it gets none.

        As declarative mapping does, a plain ``__tablename__`` of a mapped base is not inherited, one under
        ``declared_attr`` is.
        """
        table = cls.namespace.names.get("__table__")
        if table is not None:
            return table_name_of(table)
        for entry in self.lineage(cls):
            if isinstance(entry, External):
                if entry.name == SQLMODEL_BASE:
                    return cls.name.lower()
                if entry.name in EXTERNAL_TABLES:
                    return EXTERNAL_TABLES[entry.name]
                if entry.name not in INERT_BASES | GENERATED_BASES | EXTERNAL_COLUMNS.keys():
                    return Unknown(f"the base {entry.name} may name the table")
                continue
            value = entry.namespace.names.get("__tablename__")
            is_declared = is_declared_attribute(value)
            if value is not None and (is_declared or entry is cls or self.role(entry) != MAPPED):
                name = self._computed(value, cls) if isinstance(value, FunctionDefinition) else value
                if isinstance(name, Literal) and not name.value:
                    continue
                return _text(name, "__tablename__")
        return None

    def default_schema(self, cls: ClassDefinition) -> str | None:
        """The database schema that the ``MetaData`` of its base names, or None."""
        for entry in self.lineage(cls):
            if isinstance(entry, ClassDefinition):
                given = [entry.namespace.names.get("metadata")]
                given += [base.arguments.get("metadata") for base in entry.bases if isinstance(base, ExternalResult)]
                for value in given:
                    if isinstance(value, ExternalResult) and value.name == METADATA:
                        schema = value.arguments.get("schema", 1)
                        return schema.value if isinstance(schema, Literal) and isinstance(schema.value, str) else None
        return None

    def _computed(self, function: FunctionDefinition, cls: ClassDefinition) -> Value:
        return enter(self._interpreter, function, cls)

    def declared(self, function: FunctionDefinition, cls: ClassDefinition) -> Value:
        """What a method under ``declared_attr`` gives for a class."""
        return self._computed(function, cls)

    def class_argument(self, cls: ClassDefinition, name: str) -> Value | None:
        """``__table_args__`` or ``__mapper_args__`` of a mapped class: its own, else those of an unmapped base."""
        for entry in self.lineage(cls):
            if isinstance(entry, ClassDefinition):
                value = entry.namespace.names.get(name)
                is_declared = is_declared_attribute(value)
                if value is not None and (is_declared or entry is cls or self.role(entry) != MAPPED):
                    return self._computed(value, cls) if isinstance(value, FunctionDefinition) else value
        return None


def _classes_of_generated(base: Value) -> list[ClassDefinition]:
    """The project classes that a call such as ``declarative_base(cls=Base)`` derives its result from."""
    if not isinstance(base, ExternalResult) or base.name not in GENERATED_BASES:
        return []
    given = base.arguments.get("cls")
    items = given.items if isinstance(given, Collection) else [given]
    return [item for item in items if isinstance(item, ClassDefinition)]


def table_name_of(table: Value) -> str | Unknown:
    """The name that a ``Table(…)`` call gives."""
    if isinstance(table, ExternalResult) and table.name == TABLE:
        return _text(table.arguments.get("name", 0), "the name of a Table")
    return table if isinstance(table, Unknown) else Unknown("a __table__ that is not made by Table()")


def _text(value: Value | None, what: str) -> str | Unknown:
    if isinstance(value, Literal) and isinstance(value.value, str):
        return value.value
    return value if isinstance(value, Unknown) else Unknown(f"{what} is not a constant")
