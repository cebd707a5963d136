"""What queries give: mapped instances that remember the query they came from.

``session.query(User).all()`` is a list of User instances, ``session.execute(select(User)).scalars().first()`` is one,
and a relationship read on either leads to instances of its target. The interpreter asks here whenever it calls, reads
or iterates something of SQLAlchemy or SQLModel. ``await`` leaves a value as it is, so coroutine methods need no rows
here.

Source: https://docs.sqlalchemy.org/en/20/orm/queryguide/select.html and .../query.html; SQLModel's ``exec`` gives
scalars where one entity is selected, else rows (sqlmodel/orm/session.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeGuard

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.knowledge.sqlalchemy import (
    ASYNC_SESSIONS,
    CLASS_ARGUMENTS,
    EXPLICIT_STRATEGIES,
    QUERY_RESULTS,
    RESULT_METHODS,
    SYNC_SESSIONS,
)
from fastapi_lint.model.values import (
    Ambiguous,
    Arguments,
    Collection,
    External,
    ExternalResult,
    Instance,
    Site,
    Unknown,
    Value,
    possibilities,
    union,
)

if TYPE_CHECKING:
    from fastapi_lint.model.orm.models import OrmModels

QUERY = "sqlalchemy.orm.Query()"
ROW_RESULTS = frozenset({"sqlalchemy.Result()", "sqlalchemy.ext.asyncio.AsyncResult()"})
SCALAR_RESULTS = frozenset({"sqlalchemy.ScalarResult()", "sqlalchemy.ext.asyncio.AsyncScalarResult()"})
RESHAPING = frozenset(
    [
        "add_column",
        "add_columns",
        "add_entity",
        "with_entities",
        "with_only_columns",
        "from_self",
        "from_statement",
        "select_entity_from",
        "columns",
        "mappings",
    ]
)
"""Methods after which a query or result no longer gives what its root names."""
BUILT = frozenset({QUERY, "sqlalchemy.Select()", "sqlalchemy.Update()", "sqlalchemy.Delete()"})
"""What is built by a chain of calls."""
_QUERIES = ROW_RESULTS | SCALAR_RESULTS | {QUERY, "sqlalchemy.Select()"}
_SESSIONS = frozenset((*SYNC_SESSIONS, *ASYNC_SESSIONS))
_EXECUTING = frozenset(["execute", "exec", "scalars", "scalar", "stream", "stream_scalars"])
GETTERS = ("get", "get_one")
"""Methods of sessions that load one object by its key."""
MAX_DEPTH = 3
"""Collections in collections are looked into so far."""


@dataclass(slots=True, frozen=True, eq=False)
class QueryOrigin(Value):
    """Where a mapped instance comes from.

    Attributes:
        query: the call that sent the statement or gave the rows; its receivers lead back to the statement.
        several: whether the query, or a collection read since, gives several such objects.
        path: the names of the relationships that were read since, from the query's own entity on.
        loop: the loop or comprehension clause whose item it is, or the call that goes through the items, or None.
    """

    query: ExternalResult
    several: bool
    path: tuple[str, ...] = ()
    loop: st.For | ex.Clause | ex.Call | None = None

    @property
    def is_async(self) -> bool:
        """Whether the query's session is an AsyncSession, which does not load at access but raises."""
        found = statements(self.query)
        return bool(found) and all(statement.session in ASYNC_SESSIONS for statement in found)


@dataclass(slots=True, frozen=True, eq=False)
class Statement:
    """A statement that a query sends: what it selects, and the calls that built it, from the root on. ``session`` is
    the name of the session that executes it."""

    entities: tuple[Value, ...]
    calls: tuple[ExternalResult, ...]
    session: str


def statements(query: ExternalResult) -> list[Statement] | None:
    """The statements that a query may send, depending on undecided conditions; None where one of them is not known."""
    chain = list(call_chain(query))
    for index, call in enumerate(chain):
        owner, _, method = call.callee.name.rpartition(".")
        if owner not in _SESSIONS:
            continue
        if any(_method(later) in RESHAPING for later in chain[:index]):
            return None
        if method == "query":
            return [Statement(tuple(call.arguments.positional), tuple(chain[index::-1]), owner)]
        if method in GETTERS:
            return [Statement(tuple(call.arguments.positional[:1]), (call,), owner)]
        if method in _EXECUTING:
            selects = [_select(option, owner) for option in possibilities(call.arguments.get("statement", 0))]
            known = [select for select in selects if select is not None]
            return known if known and len(known) == len(selects) else None
        return None
    return None


def call_chain(value: Value | None) -> Iterator[ExternalResult]:
    """A result, the result whose method gave it, and so on back to the root."""
    while isinstance(value, ExternalResult):
        yield value
        value = value.callee.receiver


def _method(call: ExternalResult) -> str:
    return call.callee.name.rpartition(".")[2]


def _select(value: Value, session: str) -> Statement | None:
    chain = list(call_chain(value))
    if not chain or chain[-1].callee.name != "sqlalchemy.select" or any(_method(call) in RESHAPING for call in chain):
        return None
    return Statement(tuple(chain[-1].arguments.positional), tuple(chain[::-1]), session)


class QueryResults:
    """Types what queries give.

    Attributes:
        models: the mapped classes; None until the project's modules were executed. Relationships are known only then.
    """

    def __init__(self) -> None:
        self.models: OrmModels | None = None

    def called(self, callee: External | ExternalResult, arguments: Arguments, site: Site) -> Value | None:
        """What calling something external gives, when that is a mapped instance, several, or a session of a class that
        its factory was given; None for everything else."""
        class_argument = CLASS_ARGUMENTS.get(callee.name)
        if class_argument is not None and isinstance(callee, ExternalResult):
            return _made(callee.arguments.get(class_argument), arguments, site)
        if not isinstance(callee, External):
            return None
        owner, _, method = callee.name.rpartition(".")
        if owner in _SESSIONS and method in ("get", "get_one", "scalar"):
            return self._gives(ExternalResult(callee, arguments, site), "one")
        table = QUERY_RESULTS if owner == QUERY else RESULT_METHODS
        if owner != QUERY and owner not in ROW_RESULTS and owner not in SCALAR_RESULTS:
            return None
        kind = table.get(method)
        if kind not in ("list", "one", "scalar") or (owner == QUERY and kind == "scalar"):
            return None
        return self._gives(ExternalResult(callee, arguments, site), kind)

    def iterated(self, value: Value) -> Value | None:
        """What a loop over a query or result sees, or None when it is neither or what it selects is not known."""
        if isinstance(value, ExternalResult) and (value.name == QUERY or value.name in ROW_RESULTS | SCALAR_RESULTS):
            given = self._gives(value, "list")
            return given.element if isinstance(given, Collection) else None
        return None

    def related(self, instance: Instance, name: str) -> Value | None:
        """What a relationship of an instance gives: instances of its target that remember where the parent came from;
        None when the attribute is no relationship, or one that gives a query or a mapping."""
        model = self.models.of(instance.cls) if self.models is not None else None
        relationship = model.relationship(name) if model is not None else None
        if relationship is None or relationship.option("collection_class") is not None:
            return None
        target = relationship.target
        if isinstance(target, Unknown) or relationship.uselist is None or relationship.lazy in EXPLICIT_STRATEGIES:
            return None
        origin = instance.origin
        if isinstance(origin, QueryOrigin):
            path = (*origin.path, name)
            if not relationship.uselist:
                return Instance(target.cls, origin=replace(origin, path=path))
            origin = QueryOrigin(origin.query, True, path)
        found = Instance(target.cls, origin=origin)
        return Collection("list", [], complete=False, element=found) if relationship.uselist else found

    def may_be_queried(self, value: Value) -> bool:
        """Whether a value is what a query gives, a query or a statement, as far as a type tells: an instance of a
        mapped class, or a collection of such, among others."""
        if any(map(is_query, possibilities(value))):
            return True
        return self.models is not None and any(self.models.of(found) is not None for found in instances(value))

    def _gives(self, query: ExternalResult, kind: str) -> Value | None:
        """The instances or rows that a query gives, several of them for the kind "list"."""
        found = statements(query)
        if found is None:
            return None
        entities = found[0].entities
        if any(other.entities != entities for other in found[1:]):
            return None
        origin = QueryOrigin(query, several=kind == "list")
        items = [_instance(entity, origin) for entity in entities]
        if not items or all(isinstance(item, Unknown) for item in items):
            return None
        row = items[0] if kind == "scalar" or _gives_scalars(query, items) else Collection("tuple", items)
        return Collection("list", [], complete=False, element=row) if kind == "list" else row


def _gives_scalars(query: ExternalResult, items: list[Value]) -> bool:
    """Whether each item of a result is the first thing selected rather than a row of all of them."""
    calls = list(call_chain(query))
    if any(_method(call) in ("scalars", "stream_scalars", "get", "get_one", "scalar") for call in calls):
        return True
    return len(items) == 1 and any(_method(call) in ("query", "exec") for call in calls)


def _instance(entity: Value, origin: QueryOrigin) -> Value:
    return Instance(entity, origin=origin) if isinstance(entity, ClassDefinition) else Unknown("a selected expression")


def _made(cls: Value | None, arguments: Arguments, site: Site) -> Value | None:
    """An instance of the class that a session factory was given."""
    if isinstance(cls, External):
        return ExternalResult(cls, arguments, site)
    return Instance(cls) if isinstance(cls, ClassDefinition) else None


def instances(value: Value | None, depth: int = 0) -> Iterator[Instance]:
    """The instances that a value is or holds."""
    for option in possibilities(value):
        if isinstance(option, Instance):
            yield option
        elif isinstance(option, Collection) and depth < MAX_DEPTH:
            for item in (*option.items[:8], option.element):
                yield from instances(item, depth + 1)


def has_origin(value: Value) -> bool:
    """Whether a value is or holds an instance that came from a query, or is a query or statement that selects
    something known."""
    if any(found.origin is not None for found in instances(value)):
        return True
    queries = (option for option in possibilities(value) if is_query(option))
    return any(statements(query) is not None or _select(query, "") is not None for query in queries)


def is_query(value: Value) -> TypeGuard[ExternalResult]:
    """Whether a value is a query, its result or a SELECT statement."""
    return isinstance(value, ExternalResult) and value.name in _QUERIES


def latest(values: list[Value]) -> list[Value]:
    """Values that a name may have after a choice, without the statements that others of them extend by filters, orders
    and the like. ``if name: query = query.filter(…)`` leaves one query, not two: what it gives and loads is the same,
    and ten such choices would leave a thousand."""
    options = [option for value in values for option in possibilities(value)]
    extended: set[int] = set()
    for option in options:
        if isinstance(option, ExternalResult) and option.name in BUILT:
            chain = list(call_chain(option))
            for call, former in zip(chain, chain[1:]):
                if _method(call) in RESHAPING or _method(call) == "options":
                    break
                extended.add(id(former))
    return [option for option in options if id(option) not in extended]


def as_item(value: Value, loop: st.For | ex.Clause | ex.Call) -> Value:
    """A value as the item of a loop: what came from a query remembers which loop it is an item of."""
    if isinstance(value, Instance) and isinstance(value.origin, QueryOrigin) and value.origin.several:
        return replace(value, origin=replace(value.origin, loop=loop))
    if isinstance(value, Ambiguous):
        return union([as_item(option, loop) for option in value.options])
    if isinstance(value, Collection) and value.form == "tuple":
        return replace(value, items=[as_item(item, loop) for item in value.items])
    return value
