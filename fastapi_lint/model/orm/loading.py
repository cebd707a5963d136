"""Loading: which relationships a query loads, and which are read item by item.

Source: https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html (loader options, chained and nested,
wildcards; the last option for a path wins; an option wins over the model's ``lazy=``). Observed on SQLAlchemy 2.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from fastapi_lint.diagnostics import Related
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import around, contains
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, Body, Event, ReadEvent
from fastapi_lint.model.interpreter.operations import CONDITION
from fastapi_lint.model.knowledge.sqlalchemy import (
    LAZY_STRATEGIES,
    LOADER_OPTIONS,
    RELATIONSHIP_FACTORIES,
)
from fastapi_lint.model.orm.models import OrmModel, OrmModels, OrmRelationship
from fastapi_lint.model.orm.queries import GETTERS, QueryOrigin, Statement, as_item, statements
from fastapi_lint.model.values import (
    Arguments,
    ClassMember,
    Collection,
    External,
    ExternalResult,
    Instance,
    Literal,
    Value,
    is_none,
    possibilities,
)

WILDCARD = "*"
_LOADERS = {name.rpartition(".")[2]: strategy for name, strategy in LOADER_OPTIONS.items()}
_COLUMN_OPTIONS = frozenset(
    ["load_only", "defer", "undefer", "undefer_group", "with_expression", "selectin_polymorphic"]
)
"""Methods of loader options that speak of columns or subclasses: the relationships stay as they are."""
_OTHER_OPTIONS = frozenset(f"sqlalchemy.orm.{name}" for name in (*_COLUMN_OPTIONS, "with_loader_criteria"))

_LOOPS = frozenset({st.For, ex.Comprehension, ex.Lambda})

CALLED_FOR_ITEMS: dict[str, tuple[tuple[str, int | None], tuple[str, int]]] = {
    **{name: (("key", None), ("iterable", 0)) for name in ("sorted", "min", "max")},
    **{name: (("function", 0), ("iterable", 1)) for name in ("map", "filter")},
    "itertools.groupby": (("key", 1), ("iterable", 0)),
}
"""Functions that call what they are given for each item of something: where the one and the other stand among their
arguments. Source: https://docs.python.org/3/library/functions.html, .../itertools.html"""


class UnknownOption(Exception):
    """A loader option that cannot be read."""


@dataclass(slots=True, frozen=True, eq=False)
class LazyRead:
    """A relationship that is read on every item of a loop though its query does not load it.

    Attributes:
        event: the read, or what leads to it: the call of a function that reads it, or the read of such a property.
        relationship: what is read.
        origin: where the item comes from.
        reader: what reads it and where, when that is not the event.
    """

    event: Event
    relationship: OrmRelationship
    origin: QueryOrigin
    reader: Related | None = None


class Loading:
    """What queries load.

    Args:
        models: the mapped classes.
        bodies: what happens in functions.
        functions: the functions of the project.
    """

    def __init__(self, models: OrmModels, bodies: Bodies, functions: Sequence[FunctionDefinition]) -> None:
        self._models = models
        self._bodies = bodies
        self._functions = functions
        self._names = {id(each.call): each.name for model in models for each in model.own_relationships}

    def is_lazy(self, origin: QueryOrigin, relationship: OrmRelationship) -> bool | None:
        """Whether reading a relationship of something that came from a query sends a statement of its own; None when
        the query's options or the model's strategy are not known."""
        found = statements(origin.query)
        if found is None:
            return None
        verdicts = {self._strategy(statement, (*origin.path, relationship.name)) for statement in found}
        if UnknownOption in verdicts or len(verdicts) > 1:
            return None
        strategy = verdicts.pop()
        if strategy is None:
            strategy = relationship.lazy
        return strategy in LAZY_STRATEGIES if isinstance(strategy, str) else None

    def is_shared(self, origin: QueryOrigin, relationship: OrmRelationship) -> bool:
        """Whether all rows of a query lead to the same related object, because the query asks for one value of the
        foreign key or of a unique column of the target: it is loaded once and then found in the session, and so is
        what is read from it."""
        found = statements(origin.query) or []
        steps = self.path(origin, relationship)
        if not found or any(step.uselist is not False for step in steps[:-1]):
            return False
        first = steps[0]
        target = first.target
        if not isinstance(target, OrmModel):
            return False
        own = {first.name, *_keys(first)}
        return all(any(_pins(name, member, own, target) for name, member in equalities(each.calls)) for each in found)

    def _strategy(self, statement: Statement, path: tuple[str, ...]) -> object:
        """The strategy that the options of a statement name for a path of relationships, None when they name none, or
        the class UnknownOption."""
        chosen: str | None = None
        try:
            for call in statement.calls:
                for loaded, strategy in self._options(_given_options(call), ()):
                    if loaded in (path, (*path[:-1], WILDCARD)) and strategy != "default":
                        chosen = strategy
        except UnknownOption:
            return UnknownOption
        return chosen

    def _options(self, arguments: Arguments, prefix: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
        """The paths and strategies that the arguments of ``options(…)`` name, below a path."""
        if not arguments.complete:
            raise UnknownOption
        for option in arguments.positional:
            yield from self._option(option, prefix)[1]

    def _option(
        self, option: Value | None, prefix: tuple[str, ...]
    ) -> tuple[tuple[str, ...], list[tuple[tuple[str, ...], str]]]:
        """The path at which a loader option ends, and the paths and strategies that it names on the way."""
        if not isinstance(option, ExternalResult):
            raise UnknownOption
        name = option.callee.name
        if name in _OTHER_OPTIONS or name == "sqlalchemy.orm.Load":
            return prefix, []
        path, named = prefix, []
        if name not in LOADER_OPTIONS:
            path, named = self._option(option.callee.receiver, prefix)
        method = name.rpartition(".")[2]
        if method == "options":
            return path, [*named, *self._options(option.arguments, path)]
        if method in _COLUMN_OPTIONS:
            return path, named
        if method not in _LOADERS:
            raise UnknownOption
        for attribute in option.arguments.positional:
            path = (*path, *self._attribute(attribute))
        return path, [*named, (path, _LOADERS[method])]

    def _attribute(self, value: Value | None) -> tuple[str, ...]:
        """The relationships that an argument of a loader option names: ``User.items``, with ``of_type(…)`` or
        ``and_(…)`` behind it, or a text as versions before 2 take it."""
        if isinstance(value, ClassMember):
            return (value.name,)
        if isinstance(value, Literal) and isinstance(value.value, str):
            return tuple(value.value.split("."))
        if isinstance(value, ExternalResult):
            if value.name in RELATIONSHIP_FACTORIES and id(value) in self._names:
                return (self._names[id(value)],)
            return self._attribute(value.callee.receiver)
        if isinstance(value, External):
            if isinstance(value.receiver, (ClassMember, ExternalResult, External)):
                return self._attribute(value.receiver)
            if self._models.of(value.receiver) is not None:
                return (value.name.rpartition(".")[2],)
        raise UnknownOption

    def option(self, origin: QueryOrigin, relationship: OrmRelationship) -> str:
        """The loader option by which a query would load a relationship: ``selectinload(User.items)`` for collections,
        ``joinedload(Item.owner)`` for single objects, chained along the path to it."""
        return ".".join(map(_loader, self.path(origin, relationship)))

    def path(self, origin: QueryOrigin, relationship: OrmRelationship) -> list[OrmRelationship]:
        """The relationships that lead from a query's entity to a relationship, itself included; it alone where the path
        to it is not known."""
        found = statements(origin.query) or []
        for start in (self._models.of(entity) for statement in found for entity in statement.entities):
            steps: list[OrmRelationship] = []
            for name in origin.path:
                step = start.relationship(name) if start is not None else None
                start = step.target if step is not None and isinstance(step.target, OrmModel) else None
                steps += [step] if step is not None else []
            if len(steps) == len(origin.path) and start is not None:
                return [*steps, relationship]
        return [relationship]

    def lazy_reads(self, function: FunctionDefinition) -> list[LazyRead]:
        """The relationships that the loops and comprehensions of a function read item by item, each once a loop:
        directly, or through a project function or property that is given the item."""
        if not self._may_read(function):
            return []
        found: dict[tuple[int, OrmRelationship], LazyRead] = {}
        body = self._bodies.of(function)
        for each in (*self._direct(body), *self._behind(body), *self._by_functions(body)):
            found.setdefault((id(each.origin.loop), each.relationship), each)
        return list(found.values())

    def _may_read(self, function: FunctionDefinition) -> bool:
        """Whether a function may read a relationship in a loop: a quick look that spares most their analysis."""
        body = function.fact.body
        return bool(self._names) and body.may_hold(*self._telling_words) and contains(body, _LOOPS)

    @cached_property
    def _telling_words(self) -> set[str]:
        """The words by which a lazily loaded relationship is read: the attribute, and the names of functions and
        properties that mention it."""
        declared = [each for model in self._models for each in model.own_relationships]
        attributes = {f".{each.name}" for each in declared if each.lazy in LAZY_STRATEGIES}
        own = [function for function in self._functions if not function.module.is_test]
        readers = [function for function in own if attributes and function.fact.body.may_hold(*attributes)]
        bare = {function.name for function in readers if function.owner is None}
        imports = (statement for module in {each.module: None for each in own} for statement in module.facts.body)
        aliases = {
            alias
            for statement in imports
            if isinstance(statement, st.ImportFrom)
            for name, alias in statement.names
            if alias and name in bare
        }
        return attributes | {f".{function.name}" for function in readers} | bare | aliases

    def _direct(self, body: Body) -> Iterator[LazyRead]:
        for read in body.reads:
            for origin, relationship in self._item_relationship(read, body.function):
                loops = [context.node for context in read.context]
                if origin.loop in loops and not _leaves(body, read, origin):
                    yield LazyRead(read, relationship, origin)

    def _behind(self, body: Body) -> Iterator[LazyRead]:
        for event, function, receiver, arguments in self._entered(body):
            loops = [context.node for context in event.context]
            for read in self._bodies.called(function, receiver, arguments).reads:
                for origin, relationship in self._item_relationship(read, function):
                    if origin.loop in loops and not _leaves(body, event, origin):
                        reader = Related(f"{function.name} reads it here", read.site.location)
                        yield LazyRead(event, relationship, origin, reader)

    def _by_functions(self, body: Body) -> Iterator[LazyRead]:
        """What functions read that Python calls for each item: the key of ``sorted``, what ``map`` is given."""
        for event in body.calls:
            places = CALLED_FOR_ITEMS.get(event.names[0]) if len(event.names) == 1 else None
            if places is None or not isinstance(event.node, ex.Call):
                continue
            called, source = (event.arguments.get(*place) for place in places)
            items = self._bodies.items(source) if isinstance(called, FunctionDefinition) and source is not None else []
            for item in (as_item(item, event.node) for item in items if isinstance(item, Instance)):
                for read in self._bodies.called(called, None, Arguments([item])).reads:
                    for origin, relationship in self._item_relationship(read, called):
                        if origin.loop is event.node:
                            reader = Related("it is read here", read.site.location)
                            yield LazyRead(event, relationship, origin, reader)

    def handed_over(self, function: FunctionDefinition) -> Iterator[LazyRead]:
        """The relationships that loops read in the project functions to which a function hands the items of a query."""
        for event in self._bodies.of(function).calls:
            if not any(_is_result(value) for value in event.arguments):
                continue
            for called, receiver in event.entered:
                if contains(called.fact.body, _LOOPS):
                    yield from self._direct(self._bodies.called(called, receiver, event.arguments))

    def _entered(self, body: Body) -> Iterator[tuple[Event, FunctionDefinition, Value | None, Arguments]]:
        """The functions that are called with an item of a loop, and the properties that are read of one."""
        for event in body.calls:
            for function, receiver in event.entered:
                if any(_item_origin(value) is not None for value in (receiver, *event.arguments)):
                    yield event, function, receiver, event.arguments
        for read in body.reads:
            if isinstance(read.receiver, Instance) and _item_origin(read.receiver) is not None:
                attribute = read.node.attr if isinstance(read.node, ex.Attribute) else ""
                function = read.receiver.cls.find_method(attribute)
                if function is not None and function.is_property:
                    yield read, function, read.receiver, Arguments()

    def _item_relationship(
        self, read: ReadEvent, function: FunctionDefinition
    ) -> list[tuple[QueryOrigin, OrmRelationship]]:
        """The lazily loaded relationship that a read in a function is, on the item of a loop: at most one; nothing
        unless all that the receiver may be agree."""
        found: list[tuple[QueryOrigin, OrmRelationship]] = []
        for option in possibilities(read.receiver):
            if isinstance(option, Literal) and option.value is None:
                continue
            origin = _item_origin(option)
            model = self._models.of(option)
            relationship = model.relationship(read.node.attr) if model and isinstance(read.node, ex.Attribute) else None
            if origin is None or relationship is None or _assigned(option, read) or comes_back(origin, relationship):
                return []
            if not self.is_lazy(origin, relationship) or self.is_shared(origin, relationship):
                return []
            if _replaces_key(read.node, relationship, function):
                return []
            found.append((origin, relationship))
        return found[:1]


def equalities(calls: Iterable[ExternalResult]) -> Iterator[tuple[str, ClassMember | None]]:
    """The attributes that the calls which built a statement compare with one value: name, and class attribute where one
    is written."""
    for call in calls:
        method = call.callee.name.rpartition(".")[2]
        if method == "filter_by":
            yield from ((name, None) for name in call.arguments.keywords)
        elif method in ("filter", "where"):
            for condition in call.arguments.positional:
                if isinstance(condition, ExternalResult) and condition.callee.name == CONDITION:
                    operator, member = condition.arguments.positional[0], condition.callee.receiver
                    if isinstance(operator, Literal) and operator.value == "==" and isinstance(member, ClassMember):
                        yield member.name, member


def _keys(relationship: OrmRelationship) -> set[str]:
    """The columns of a model that hold the key of what a relationship leads to."""
    model = relationship.model
    named = {relationship.key_by_name.name} if relationship.key_by_name is not None else set()
    keyed = (c for c in model.columns if any(model.referenced(key) is relationship.target for key in c.foreign_keys))
    return named | {column.name for column in keyed}


def _replaces_key(
    node: ex.Expression | st.Statement, relationship: OrmRelationship, function: FunctionDefinition
) -> bool:
    """Whether a read stands for the key where there is none, as in ``item.owner_id or item.owner.id``: what came from
    the database has it."""
    keys = _keys(relationship)
    return any(
        isinstance(outer, ex.Operation)
        and outer.operator == "or"
        and isinstance(outer.left, ex.Attribute)
        and outer.left.attr in keys
        for outer in around(function.fact.body, node.start, node.end)
    )


def _pins(name: str, member: ClassMember | None, own: set[str], target: OrmModel) -> bool:
    """Whether one value of an attribute leaves one related object."""
    if member is not None and member.cls is target.cls:
        column = target.column(name)
        return column is not None and bool(column.primary_key or column.unique)
    return name in own


def _loader(relationship: OrmRelationship) -> str:
    loader = "joinedload" if relationship.uselist is False else "selectinload"
    return f"{loader}({relationship.model.name}.{relationship.name})"


def _is_result(value: Value) -> bool:
    """Whether a value holds several mapped instances that a query gave."""
    item = value.element if isinstance(value, Collection) else None
    return isinstance(item, Instance) and isinstance(item.origin, QueryOrigin) and item.origin.several


def _item_origin(value: Value | None) -> QueryOrigin | None:
    """Where a value comes from, when it is a mapped instance and the item of a loop."""
    origin = value.origin if isinstance(value, Instance) else None
    return origin if isinstance(origin, QueryOrigin) and origin.loop is not None else None


def _assigned(value: Value, read: ReadEvent) -> bool:
    """Whether the attribute was assigned before, so that the read gives what was put there."""
    return isinstance(value, Instance) and isinstance(read.node, ex.Attribute) and read.node.attr in value.attributes


def comes_back(origin: QueryOrigin, relationship: OrmRelationship) -> bool:
    """Whether a relationship leads back to the object whose collection its owner was read from: the session has it."""
    return bool(origin.path) and relationship.back_populates == origin.path[-1] and relationship.uselist is False


def _given_options(call: ExternalResult) -> Arguments:
    """The loader options that a call adds to a query: ``….options(…)``, or ``session.get(…, options=[…])``."""
    method = call.callee.name.rpartition(".")[2]
    if method == "options":
        return call.arguments
    given = call.arguments.get("options") if method in GETTERS else None
    if given is None or is_none(given):
        return Arguments()
    return Arguments(given.items, {}, given.complete) if isinstance(given, Collection) else Arguments([], {}, False)


def _leaves(body: Body, event: Event, origin: QueryOrigin) -> bool:
    """Whether an event stands in a ``return`` of the loop's body, so that it happens once at most."""
    return isinstance(origin.loop, st.For) and any(
        give.node.start <= event.site.start < give.node.end
        and any(context.node is origin.loop for context in give.context)
        for give in body.returns
    )
