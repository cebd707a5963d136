"""Columns and table constraints of mapped classes, read from the calls that make them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.knowledge.sqlalchemy import (
    COLUMN_FACTORIES,
    COLUMN_WRAPPERS,
    FOREIGN_KEY,
    FOREIGN_KEY_CONSTRAINT,
    INDEX,
    MAPPED_COLUMN,
    ORDERING_METHODS,
    ORDERINGS,
    PRIMARY_KEY_CONSTRAINT,
    SCHEMA_ITEMS,
    SQLMODEL_FIELD,
    UNIQUE_CONSTRAINT,
)
from fastapi_lint.model.schemas.fields import SchemaField
from fastapi_lint.model.types import accepts_none
from fastapi_lint.model.values import (
    Arguments,
    ClassMember,
    Collection,
    Dictionary,
    ExternalResult,
    Literal,
    Site,
    Unknown,
    Value,
    external_name,
    possibilities,
    text_of,
)
from fastapi_lint.text.location import Location


@dataclass(slots=True, eq=False)
class ForeignKey:
    """A reference from a column to a column of another table.

    Attributes:
        target: "table.column" or "schema.table.column" as written; Unknown when it cannot be told.
        column: the column value that was passed instead of a text, or None.
        ondelete: what the database does when the referenced row goes ("CASCADE"), None for nothing.
    """

    target: str | Unknown
    column: Value | None
    ondelete: str | None

    @property
    def table(self) -> str | Unknown:
        """The table it refers to, with schema if written."""
        return self.target.rpartition(".")[0] if isinstance(self.target, str) else self.target


_BOOLEANS = frozenset({"bool", "sqlalchemy.Boolean", "sqlalchemy.Boolean()", "sqlalchemy.BOOLEAN"})


@dataclass(slots=True, eq=False)
class OrmColumn:
    """A column of a mapped class. Flags are None where source code does not decide them.

    Attributes:
        name: the attribute of the class.
        column_name: its name in the table.
        type: the SQL type as passed, or None when it follows from the annotation.
        python_type: the type in ``Mapped[...]`` or of the SQLModel field, or None.
        primary_key, nullable: as SQLAlchemy decides them.
        unique, index: as the column says; ``__table_args__`` may add more.
        foreign_keys: what the column says it refers to; ``__table_args__`` may add more.
        default: the default, a factory too, that Python fills in; None for none.
        server_default: the default that the database fills in; None for none.
        calls: the calls that make it, the one that wins first.
        owner: the class whose body declares it; None for a column of an external base class.
        site: where its name stands.
    """

    name: str
    column_name: str
    type: Value | None
    python_type: Value | None
    primary_key: bool | None
    nullable: bool | None
    unique: bool | None
    index: bool | None
    foreign_keys: tuple[ForeignKey, ...]
    default: Value | None
    server_default: Value | None
    calls: tuple[ExternalResult, ...]
    owner: ClassDefinition | None
    site: Site

    @property
    def location(self) -> Location:
        """Where its name stands."""
        return self.site.location

    @property
    def is_boolean(self) -> bool:
        """Whether it holds yes or no."""
        types = [value for value in (self.type, self.python_type) if value is not None]
        return any(external_name(value) in _BOOLEANS for value in types)

    def argument(self, name: str) -> Value | None:
        """What the calls that make it pass for ``name`` ("onupdate", "comment", …), or None."""
        return next((c.arguments.keywords[name] for c in self.calls if name in c.arguments.keywords), None)

    def __repr__(self) -> str:
        return f"<Column {self.name}>"


@dataclass(slots=True, eq=False)
class TableIndex:
    """An index or constraint over columns of a table.

    Attributes:
        kind: "index", "unique", "primary key" or "foreign key".
        columns: attribute or column names in order; None for an expression, Unknown for what cannot be told.
        unique: whether an index is unique; True for unique constraints and primary keys.
        foreign: for a foreign key, what each column refers to.
        site: where the call stands, or None.
    """

    kind: str
    columns: tuple[str | Unknown | None, ...]
    unique: bool
    foreign: tuple[str | Unknown | None, ...]
    site: Site | None


def column_calls(value: Value | None) -> tuple[ExternalResult, ...]:
    """The column-making call that a value is, may be or wraps (``deferred(Column(…))``); () for anything else."""
    for option in possibilities(value):
        if isinstance(option, ExternalResult):
            if option.name in COLUMN_FACTORIES:
                return (option,)
            if option.name in COLUMN_WRAPPERS and option.arguments.positional:
                return column_calls(option.arguments.positional[0])
    return ()


def make_column(
    name: str,
    calls: Sequence[ExternalResult],
    python_type: Value | None,
    owner: ClassDefinition | None,
    site: Site,
    wrapped: bool = False,
) -> OrmColumn:
    """The column that ``Column`` or ``mapped_column`` calls make.

    Args:
        name: the attribute.
        calls: the calls, the one that wins first (a ``mapped_column`` in ``Annotated`` comes second).
        python_type: the type in ``Mapped[...]``, or None.
        owner: the class whose body declares it.
        site: where its name stands.
        wrapped: whether the call stands inside another (``deferred(…)``), which does not look at the annotation.
    """
    complete = all(call.arguments.complete for call in calls)
    primary_key = _flag(calls, "primary_key", False, complete)
    return OrmColumn(
        name,
        _column_name(calls, name),
        _type(calls),
        python_type,
        primary_key,
        _nullable(calls, None if wrapped else python_type, primary_key, complete),
        _flag(calls, "unique", False, complete),
        _flag(calls, "index", False, complete),
        tuple(_foreign_keys([item for call in calls for item in call.arguments.positional])),
        _option(calls, "default") or _option(calls, "insert_default") or _option(calls, "default_factory"),
        _option(calls, "server_default"),
        tuple(calls),
        owner,
        site,
    )


def make_sqlmodel_column(field: SchemaField) -> OrmColumn:
    """The column that SQLModel makes of a field of a table (``get_column_from_field``)."""
    given = column_calls(field.argument("sa_column"))
    if given:
        made = make_column(field.name, given, field.type, field.owner, field.site)
        made.calls = (*given, *field.calls)
        return made
    extra = field.argument("sa_column_kwargs")
    options = _options_of(extra)
    calls = tuple(call for call in field.calls if call.name == SQLMODEL_FIELD)
    complete = all(call.arguments.complete for call in calls)
    overriding = ExternalResult(field.calls[0].callee, Arguments([], options)) if options and field.calls else None
    layers = (overriding, *calls) if overriding is not None else calls
    primary_key = _flag(layers, "primary_key", False, complete)
    nullable = _flag(layers, "nullable", accepts_none(field.type) and primary_key is False, complete)
    target = field.argument("foreign_key")
    foreign_keys = [] if target is None else [ForeignKey(_text(target), None, text_of(field.argument("ondelete")))]
    arguments = field.argument("sa_column_args")
    if isinstance(arguments, Collection):
        foreign_keys += _foreign_keys(arguments.items)
    default = options.get("default") or field.default_factory or field.default
    return OrmColumn(
        field.name,
        _column_name([overriding] if overriding is not None else [], field.name),
        field.argument("sa_type"),
        field.type,
        primary_key,
        nullable,
        _flag(layers, "unique", False, complete),
        _flag(layers, "index", False, complete),
        tuple(foreign_keys),
        None if isinstance(default, Literal) and default.value is None else default,
        options.get("server_default"),
        field.calls,
        field.owner,
        field.site,
    )


def _options_of(value: Value | None) -> dict[str, Value]:
    if not isinstance(value, Dictionary):
        return {}
    return {key.value: item for key, item in value.items if isinstance(key, Literal) and isinstance(key.value, str)}


def _option(calls: Sequence[ExternalResult], name: str) -> Value | None:
    """What the first call that names an option passes for it; None counts as not passed."""
    for call in calls:
        value = call.arguments.keywords.get(name)
        if value is not None and not (isinstance(value, Literal) and value.value is None):
            return value
    return None


def _flag(calls: Sequence[ExternalResult], name: str, default: bool, complete: bool) -> bool | None:
    """A boolean option; None where what is passed is no constant, or may be among arguments that are not known."""
    value = _option(calls, name)
    if value is None:
        return default if complete else None
    return bool(value.value) if isinstance(value, Literal) else None


def _nullable(
    calls: Sequence[ExternalResult], python_type: Value | None, primary_key: bool | None, complete: bool
) -> bool | None:
    """Whether NULL is allowed: what is said, else what ``Mapped[...]`` says, else all but primary keys."""
    if _option(calls, "nullable") is not None or not complete:
        return _flag(calls, "nullable", True, complete)
    annotated = python_type is not None and (not calls or calls[0].name == MAPPED_COLUMN)
    if annotated and not isinstance(python_type, Unknown):
        return accepts_none(python_type)
    return None if annotated or primary_key is None else not primary_key


def _column_name(calls: Sequence[ExternalResult], name: str) -> str:
    for call in calls:
        given = call.arguments.get("name", 0)
        if isinstance(given, Literal) and isinstance(given.value, str):
            return given.value
    return name


def _type(calls: Sequence[ExternalResult]) -> Value | None:
    """The SQL type passed: by keyword, or the first positional argument that is neither name nor constraint."""
    for call in calls:
        if "type_" in call.arguments.keywords:
            return call.arguments.keywords["type_"]
        for item in call.arguments.positional[:2]:
            is_text = isinstance(item, Literal)
            if not is_text and not (isinstance(item, ExternalResult) and item.name in SCHEMA_ITEMS):
                return item
    return None


def _foreign_keys(items: Sequence[Value]) -> Iterator[ForeignKey]:
    """The foreign keys among the positional arguments of a column."""
    for item in items:
        if isinstance(item, ExternalResult) and item.name == FOREIGN_KEY:
            target = item.arguments.get("column", 0)
            is_text = target is None or isinstance(target, (Literal, Unknown))
            text = _text(target) if is_text else Unknown("a foreign key to a column object")
            yield ForeignKey(text, None if is_text else target, text_of(item.arguments.keywords.get("ondelete")))


def _text(value: Value | None) -> str | Unknown:
    if isinstance(value, Literal) and isinstance(value.value, str):
        return value.value
    return value if isinstance(value, Unknown) else Unknown("a foreign key that is not a constant text")


def mark_primary_keys(columns: Mapping[str, OrmColumn], table_items: Sequence[Value]) -> None:
    """Marks the columns that a ``PrimaryKeyConstraint`` among the items of ``__table_args__`` names."""
    for item in table_items:
        if not isinstance(item, ExternalResult) or item.name != PRIMARY_KEY_CONSTRAINT:
            continue
        named = {given.value for given in item.arguments.positional if isinstance(given, Literal)}
        for column in columns.values():
            passed = any(given in column.calls for given in item.arguments.positional)
            if passed or column.name in named or column.column_name in named:
                column.primary_key = True
                if _option(column.calls, "nullable") is None:
                    column.nullable = False


# Constraints of the table

_KINDS = {
    INDEX: ("index", 1),
    UNIQUE_CONSTRAINT: ("unique", 0),
    PRIMARY_KEY_CONSTRAINT: ("primary key", 0),
}


def table_index(value: Value, name_of_call: Callable[[ExternalResult], str | None]) -> TableIndex | None:
    """The index or constraint that a call in ``__table_args__`` makes, or None for anything else.

    Args:
        value: an item of ``__table_args__``.
        name_of_call: the attribute of the column that a call in the class body made.
    """
    if not isinstance(value, ExternalResult):
        return None
    positional, keywords = value.arguments.positional, value.arguments.keywords
    if value.name == FOREIGN_KEY_CONSTRAINT:
        columns, targets = value.arguments.get("columns", 0), value.arguments.get("refcolumns", 1)
        return TableIndex(
            "foreign key", _names_in(columns, name_of_call), False, _names_in(targets, name_of_call), value.site
        )
    if value.name not in _KINDS:
        return None
    kind, first = _KINDS[value.name]
    unique = keywords.get("unique")
    is_unique = kind != "index" or (isinstance(unique, Literal) and unique.value is True)
    names = tuple(_name_in(item, name_of_call) for item in positional[first:])
    return TableIndex(kind, names, is_unique, (), value.site)


def _names_in(
    value: Value | None, name_of_call: Callable[[ExternalResult], str | None]
) -> tuple[str | Unknown | None, ...]:
    if isinstance(value, Collection) and value.complete:
        return tuple(_name_in(item, name_of_call) for item in value.items)
    return (Unknown("columns that are not listed"),)


def ordered_member(value: Value) -> ClassMember | None:
    """The class attribute that an item of an index is, behind a sort order (``User.name.desc()``), or None."""
    while isinstance(value, ExternalResult):
        if value.name in ORDERINGS and value.arguments.positional:
            value = value.arguments.positional[0]
        elif value.callee.receiver is not None and value.callee.name.rpartition(".")[2] in ORDERING_METHODS:
            value = value.callee.receiver
        else:
            return None
    return value if isinstance(value, ClassMember) else None


def _name_in(value: Value, name_of_call: Callable[[ExternalResult], str | None]) -> str | Unknown | None:
    """The name of a column in a constraint, given as text, as class attribute or as the column itself; None for an
    expression over columns. A sort order (``column.desc()``, ``desc("column")``) does not matter."""
    if isinstance(value, Literal) and isinstance(value.value, str):
        return value.value
    if isinstance(value, ClassMember):
        return value.name
    if isinstance(value, ExternalResult):
        if value.name in ORDERINGS and value.arguments.positional:
            return _name_in(value.arguments.positional[0], name_of_call)
        receiver = value.callee.receiver
        if receiver is not None and value.callee.name.rpartition(".")[2] in ORDERING_METHODS:
            return _name_in(receiver, name_of_call)
        return name_of_call(value)
    return value if isinstance(value, Unknown) else Unknown("a column that is not known")
