"""Relationships of mapped classes: target, direction, loading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from fastapi_lint.facts.expressions import Expression
from fastapi_lint.model.class_bodies import enter
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.knowledge.sqlalchemy import (
    BACKREF,
    COLLECTION_TYPES,
    CONTAINER_STRATEGIES,
    RELATIONSHIP_FACTORIES,
    SQLMODEL_RELATIONSHIP,
)
from fastapi_lint.model.orm.mapping import is_declared_attribute
from fastapi_lint.model.types import classes, origin_name, strip
from fastapi_lint.model.values import (
    ClassMember,
    Collection,
    Dictionary,
    ExternalResult,
    Literal,
    Site,
    Unknown,
    Value,
    possibilities,
)
from fastapi_lint.text.location import Location

if TYPE_CHECKING:
    from fastapi_lint.model.orm.columns import OrmColumn
    from fastapi_lint.model.orm.models import OrmModel

MANY_TO_ONE, ONE_TO_MANY, MANY_TO_MANY = "many-to-one", "one-to-many", "many-to-many"
_OPPOSITES = {MANY_TO_ONE: ONE_TO_MANY, ONE_TO_MANY: MANY_TO_ONE, MANY_TO_MANY: MANY_TO_MANY}
_STRATEGY_NAMES: dict[object, str] = {True: "select", False: "joined", None: "noload"}
_REFERENCE = re.compile(r"([A-Za-z_][\w.]*)\.(\w+)")
_FOREIGN = re.compile(r"\bforeign\(\s*([A-Za-z_][\w.]*\.\w+)\s*\)")


@dataclass(slots=True, frozen=True)
class Declaration:
    """How a relationship is declared.

    Attributes:
        options: its arguments by keyword; ``argument`` is the target, ``secondary`` the table between.
        complete: whether ``options`` are all of them.
        annotation: the type inside ``Mapped[...]`` or of the SQLModel attribute, or None.
        names: the class names that the annotation mentions, for when it cannot be evaluated.
        container: the strategy that ``DynamicMapped`` and kin set, or None.
        default_lazy: the strategy when none is named.
    """

    options: dict[str, Value]
    complete: bool
    annotation: Value | None
    names: tuple[str, ...]
    container: str | None
    default_lazy: str


class OrmRelationship:
    """A relationship between mapped classes.

    Attributes:
        name: the attribute of the class.
        model: the mapped class that has it.
        call: the call that makes it; for a backref that of the other end.
        backref_of: the relationship whose ``backref`` makes this one, or None.
        owner: the class whose body declares it.
        site: where its name stands; for a backref the call of the other end.
    """

    def __init__(
        self,
        name: str,
        model: OrmModel,
        call: ExternalResult,
        declaration: Declaration,
        owner: ClassDefinition,
        site: Site,
        backref_of: OrmRelationship | None = None,
    ) -> None:
        self.name = name
        self.model = model
        self.call = call
        self.backref_of = backref_of
        self.owner = owner
        self.site = site
        self._declaration = declaration

    @property
    def location(self) -> Location:
        """Where its name stands."""
        return self.site.location

    def option(self, name: str) -> Value | None:
        """What the call passes for ``name`` ("cascade", "order_by", "primaryjoin", …), or None."""
        return self._declaration.options.get(name)

    @cached_property
    def target(self) -> OrmModel | Unknown:
        """The mapped class it leads to."""
        if self.backref_of is not None:
            return self.backref_of.model
        given = self.option("argument")
        if isinstance(given, FunctionDefinition):
            given = enter(self.model.models.interpreter, given)
        for option in possibilities(given):
            found = self.model.models.find(option, self.model)
            if found is not None:
                return found
        return self._annotated_target() or Unknown("the target of the relationship is not known")

    def _annotated_target(self) -> OrmModel | Unknown | None:
        annotation = self._declaration.annotation
        if annotation is not None:
            for cls in classes(annotation):
                model = self.model.models.of(cls)
                if model is not None:
                    return model
        for name in reversed(self._declaration.names):
            found = self.model.models.find(Literal(name), self.model)
            if found is not None:
                return found
        return None

    @property
    def secondary(self) -> Value | None:
        """The association table of a many-to-many relationship, as given, or None."""
        given = self.option("secondary") or self.option("link_model")
        return None if isinstance(given, Literal) and given.value is None else given

    @property
    def back_populates(self) -> str | None:
        """The attribute of the target that is its other end, by ``back_populates`` or ``backref``; None for none."""
        if self.backref_of is not None:
            return self.backref_of.name
        value = self.option("back_populates")
        if isinstance(value, Literal) and isinstance(value.value, str):
            return value.value
        described = self.described_backref()
        return described[0] if described else None

    def described_backref(self) -> tuple[str, dict[str, Value], bool] | None:
        """The name, the options and their completeness of the other end that ``backref`` describes, or None."""
        value = self.option("backref")
        if isinstance(value, Literal) and isinstance(value.value, str):
            return value.value, {}, True
        if isinstance(value, ExternalResult) and value.name == BACKREF:
            name = value.arguments.get("name", 0)
            if isinstance(name, Literal) and isinstance(name.value, str):
                return name.value, value.arguments.keywords, value.arguments.complete
        return None

    @property
    def is_lazy_explicit(self) -> bool:
        """Whether a loading strategy is named."""
        return self.option("lazy") is not None or self._declaration.container is not None

    @property
    def lazy(self) -> str | Unknown:
        """The loading strategy: "select", "joined", "selectin", "subquery", "immediate", "raise", "raise_on_sql",
        "noload", "dynamic" or "write_only"."""
        value = self.option("lazy")
        if self._declaration.container is not None:
            return self._declaration.container
        if value is None:
            return self._declaration.default_lazy if self._declaration.complete else Unknown("options not known")
        if isinstance(value, Literal):
            return value.value if isinstance(value.value, str) else _STRATEGY_NAMES.get(value.value, "select")
        return value if isinstance(value, Unknown) else Unknown("a loading strategy that is not a constant")

    @cached_property
    def direction(self) -> str | None:
        """:data:`MANY_TO_ONE`, :data:`ONE_TO_MANY` or :data:`MANY_TO_MANY`, by the foreign keys between the tables;
        None when they do not decide or are not known."""
        if self.backref_of is not None:
            return _OPPOSITES.get(self.backref_of.direction or "")
        if self.secondary is not None:
            return MANY_TO_MANY
        target = self.target
        if isinstance(target, Unknown):
            return None
        if target.is_related_by_table(self.model):
            return self._self_direction()
        chosen = self._chosen_direction(target)
        if chosen is not None:
            return chosen
        outward, inward = self.model.refers_to(target), target.refers_to(self.model)
        if outward == inward:
            return None
        return MANY_TO_ONE if outward else ONE_TO_MANY

    def _self_direction(self) -> str | None:
        """The direction between rows of one table: the remote side is the key for many-to-one."""
        remote = self.option("remote_side")
        if remote is None:
            return None if self.option("primaryjoin") is not None else ONE_TO_MANY
        keys = []
        for model, name in self._columns_named(remote):
            column = model.column(name)
            if column is None:
                return None
            keys.append(bool(column.foreign_keys))
        if not keys:
            return None
        return ONE_TO_MANY if all(keys) else MANY_TO_ONE if not any(keys) else None

    def _chosen_direction(self, target: OrmModel) -> str | None:
        """The direction that ``foreign_keys``, or ``foreign(…)`` in the text of ``primaryjoin``, chooses by whose
        columns they name; None without them."""
        given = self.option("foreign_keys") or self._marked_foreign()
        owners = {model.cls for model, _ in self._columns_named(given)} if given is not None else set()
        if owners and all(cls in self.model.cls.lineage for cls in owners):
            return MANY_TO_ONE
        if owners and all(cls in target.cls.lineage for cls in owners):
            return ONE_TO_MANY
        return None

    def _marked_foreign(self) -> Value | None:
        """The columns that the text of ``primaryjoin`` marks as foreign, or None."""
        join = self.option("primaryjoin")
        marked = _FOREIGN.findall(join.value) if isinstance(join, Literal) and isinstance(join.value, str) else []
        return Literal(", ".join(marked)) if marked else None

    def _columns_named(self, value: Value) -> Iterator[tuple[OrmModel, str]]:
        """The columns that an option names: as text, as class attributes, or as the columns of the class body."""
        if isinstance(value, FunctionDefinition) and not is_declared_attribute(value):
            value = enter(self.model.models.interpreter, value)
        for item in value.items if isinstance(value, Collection) else [value]:
            if is_declared_attribute(item):
                assert isinstance(item, FunctionDefinition)
                yield self.model, item.name
            elif isinstance(item, ClassMember):
                model = self.model.models.of(item.cls)
                if model is not None:
                    yield model, item.name
            elif isinstance(item, Literal) and isinstance(item.value, str):
                for owner, name in _REFERENCE.findall(item.value):
                    model = self.model.models.find(Literal(owner), self.model)
                    if model is not None:
                        yield model, name
            elif isinstance(item, ExternalResult):
                name = self.model.name_of_column_call(item)
                if name is not None:
                    yield self.model, name

    @cached_property
    def uselist(self) -> bool | None:
        """Whether it is a collection; None when that is not known.

        As SQLAlchemy decides it: a scalar annotation wins, then ``uselist=``, then a collection in the annotation or as
        class, then the direction.
        """
        annotation = self._declaration.annotation
        is_query = self._declaration.container is not None or self.lazy in ("dynamic", "write_only")
        is_collection: bool | None = None
        if annotation is not None and not isinstance(annotation, Unknown):
            is_collection = origin_name(strip(annotation)) in COLLECTION_TYPES
            if not is_collection and not is_query:
                return False
        given = self.option("uselist")
        if given is not None:
            return bool(given.value) if isinstance(given, Literal) else None
        if is_collection or is_query or self.option("collection_class") is not None:
            return True
        if self.direction is None:
            return False if self.key_by_name is not None else None
        return self.direction != MANY_TO_ONE

    @property
    def key_by_name(self) -> OrmColumn | None:
        """The foreign key of its own table that is named after it (``owner_id`` for ``owner``), or None: what it uses,
        by all convention, where the tables' names are computed and so do not tell."""
        column = self.model.column(f"{self.name}_id")
        return column if column is not None and column.foreign_keys else None

    def __repr__(self) -> str:
        return f"<Relationship {self.model.name}.{self.name}>"


def relationship_call(value: Value | None) -> ExternalResult | None:
    """The relationship-making call that a value is or may be, or None."""
    for option in possibilities(value):
        if isinstance(option, ExternalResult) and option.name in RELATIONSHIP_FACTORIES:
            return option
    return None


def declaration(call: ExternalResult, annotation: Value | None, container: str, names: tuple[str, ...]) -> Declaration:
    """What a relationship-making call and its annotation say.

    Args:
        call: a call of a relationship factory.
        annotation: the type inside ``Mapped[...]``, or of the SQLModel attribute.
        container: the name around the annotation ("sqlalchemy.orm.DynamicMapped", …), "" for none.
        names: class names mentioned by the annotation.
    """
    options, complete = dict(call.arguments.keywords), call.arguments.complete
    if call.name == SQLMODEL_RELATIONSHIP:
        given = options.get("sa_relationship")
        if isinstance(given, ExternalResult) and given.name in RELATIONSHIP_FACTORIES:
            return declaration(given, annotation, container, names)
        extra = options.pop("sa_relationship_kwargs", None)
        if isinstance(extra, Dictionary):
            texts = ((key.value, value) for key, value in extra.items if isinstance(key, Literal))
            options.update({key: value for key, value in texts if isinstance(key, str)})
            complete = complete and extra.complete
        elif extra is not None and not (isinstance(extra, Literal) and extra.value is None):
            complete = False
    else:
        for position, name in enumerate(("argument", "secondary")):
            if position < len(call.arguments.positional):
                options[name] = call.arguments.positional[position]
    return Declaration(
        options, complete, annotation, names, CONTAINER_STRATEGIES.get(container), RELATIONSHIP_FACTORIES[call.name]
    )


def class_names(expression: Expression | None) -> tuple[str, ...]:
    """The dotted names that an annotation mentions, in texts too, in order."""
    return tuple(_class_names(expression)) if expression is not None else ()


def _class_names(expression: Expression) -> Iterator[str]:
    kind = expression.kind
    if kind == "@constant" and isinstance(expression.value, str):
        yield from re.findall(r"[A-Za-z_][\w.]*", expression.value)
    elif kind == "@name":
        yield expression.id
    elif kind == "@attribute":
        yield expression.attr
    elif kind == "@subscript":
        yield from _class_names(expression.value)
        yield from _class_names(expression.index)
    elif kind == "@sequence":
        for item in expression.items:
            yield from _class_names(item)
    elif kind == "@operation":
        yield from _class_names(expression.left)
        yield from _class_names(expression.right)
