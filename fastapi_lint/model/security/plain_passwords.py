"""Passwords that are kept, or compared with what is kept, as people type them.

The search begins where a mapped class of accounts, or a container of a module, gets a password or is compared with one,
and goes back from there through assignments, arguments and the calls that a request takes: to a field of a body, a form
or a parameter. Whatever else is on the way (a call of a function, above all) may have hashed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.diagnostics import Related
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import assigned_once, calls_of, compared, is_name, last_word, walk, within
from fastapi_lint.model.concurrency.request_path import Reach
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.endpoints.persistence import class_of
from fastapi_lint.model.endpoints.stored_input import entered_bodies, stored_inputs
from fastapi_lint.model.interpreter.bodies import Body, CallEvent
from fastapi_lint.model.knowledge.passwords import (
    ACCOUNT_WORDS,
    ELSEWHERE_COLUMNS,
    EVENTS,
    FORM_PASSWORDS,
    HASHING_WORDS,
    KEPT_PASSWORD,
    LISTENING,
    SAME_TEXT,
    TEXT_COLUMNS,
    TYPED_PASSWORD,
    WATCHING_DECORATORS,
    WATCHING_METHODS,
    WHOLE_DUMPS,
)
from fastapi_lint.model.knowledge.updates import ENCODER, INSERTED_VALUES, STATEMENT_WRITES
from fastapi_lint.model.orm.models import OrmModel
from fastapi_lint.model.orm.queries import BUILT
from fastapi_lint.model.passing import passed_to
from fastapi_lint.model.routing.paths import split_words
from fastapi_lint.model.routing.resources import taken_schemas
from fastapi_lint.model.schemas.schemas import Schema
from fastapi_lint.model.schemas.usage import input_schemas
from fastapi_lint.model.structure.state import is_kept, puts
from fastapi_lint.model.values import External, Instance, Site, external_name, possibilities

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

_KEYWORD_WRITES = STATEMENT_WRITES | INSERTED_VALUES
_FILTERS = frozenset(f"{query}.filter_by" for query in BUILT)
_COPIES = frozenset({"dict", ENCODER})
_MAX_STEPS = 8


class PlainPassword(NamedTuple):
    """A password that nobody has hashed where it is stored, or compared with what is stored.

    Attributes:
        source: what it is, in words: "the field password of UserCreate".
        column: what keeps it: "User.password".
        is_stored: whether it is stored there, or compared.
        site: where.
        evidence: the way from the request to there.
    """

    source: str
    column: str
    is_stored: bool
    site: Site
    evidence: tuple[Related, ...]


class _Use(NamedTuple):
    """An expression that is stored in a column of an account, or compared with it."""

    column: str
    is_stored: bool
    value: ex.Expression
    site: Site


def plain_passwords(project: Project) -> Iterator[PlainPassword]:
    """The passwords of requests that reach mapped classes as they come; tests apart.

    Args:
        project: any project.
    """
    search = _Search(project)
    if search.accounts:
        yield from search.single()
        yield from search.whole()
    yield from search.in_modules()
    yield from search.whole_in_modules()


class _Search:
    """The search through one project."""

    def __init__(self, project: Project) -> None:
        self._project = project
        kept = {model.cls: columns for model in project.orm_models if (columns := _kept(model))}
        self.accounts = kept if kept and not _listens(project) else {}
        self._columns = sorted({name for names in self.accounts.values() for name in names})

    def single(self) -> Iterator[PlainPassword]:
        """The passwords that are written, or compared, one by one. Who writes something else to the column as well may
        store a hash in the end."""
        for function, reach in self._project.reached_functions:
            if not function.fact.body.may_hold(*self._words):
                continue
            body = self._project.bodies.of(function)
            sources = {use: self._source(use.value, reach, len(reach.steps), 0) for use in self._uses(body)}
            rewritten = self._written_by_callees(body)
            rewritten.update(use.column for use, source in sources.items() if use.is_stored and not source)
            for use, source in sources.items():
                if source and not (use.is_stored and use.column in rewritten):
                    yield PlainPassword(source, use.column, use.is_stored, use.site, tuple(reach.evidence()))

    def whole(self) -> Iterator[PlainPassword]:
        """The passwords that are written with all the fields of a schema, by code that speaks of no passwords."""
        for route in self._project.routes_by_endpoint:
            taken = {schema.cls: schema for _, schema in taken_schemas(route, self._project.schemas)}
            classes = frozenset(cls for cls, schema in taken.items() if any(map(schema.field, self._columns)))
            if route.function is None or not classes:
                continue
            entered = entered_bodies(route.function, classes, self._project)
            if any(_speaks_of_passwords(body.function) for body, _ in entered):
                continue
            for stored in stored_inputs(entered, classes, self._project):
                schema = taken[stored.cls]
                for name in self.accounts.get(stored.model.cls, ()) if stored.field is None else ():
                    if stored.stores(name) and self._is_plain_field(schema, name):
                        evidence = (
                            Related(f"{route.label} takes {schema.name}", route.location),
                            *(Related("which calls this", call.site.location) for call in stored.chain),
                        )
                        source, column = f"the field {name} of {schema.name}", f"{stored.model.name}.{name}"
                        yield PlainPassword(source, column, True, stored.write.site, evidence)

    def in_modules(self) -> Iterator[PlainPassword]:
        """The passwords that are put into a container of a module, or compared with what is there, one by one."""
        for function, reach in self._project.reached_functions:
            if not function.fact.body.may_match(HASHING_WORDS):
                continue
            for use in self._uses_of_containers(function):
                source = self._source(use.value, reach, len(reach.steps), 0)
                if source:
                    yield PlainPassword(source, use.column, use.is_stored, use.site, tuple(reach.evidence()))

    def whole_in_modules(self) -> Iterator[PlainPassword]:
        """The passwords that are put into a container of a module with all the fields of a schema, by an endpoint that
        speaks of no passwords."""
        for route in self._project.routes_by_endpoint:
            function = route.function
            taken = {} if function is None else dict(taken_schemas(route, self._project.schemas))
            fields = {
                parameter.name: (schema, field.name)
                for parameter, schema in taken.items()
                for field in schema.fields
                if self._is_plain_field(schema, field.name)
            }
            if function is None or not fields or function.module.is_test or _speaks_of_passwords(function):
                continue
            names = {event.node.start: event.names for event in self._project.bodies.of(function).calls}
            for container, value, site in self._put(function):
                name = _whole(value, names)
                if name in fields:
                    schema, field = fields[name]
                    evidence = (Related(f"{route.label} takes {schema.name}", route.location),)
                    yield PlainPassword(f"the field {field} of {schema.name}", container, True, site, evidence)

    def _uses_of_containers(self, function: FunctionDefinition) -> Iterator[_Use]:
        for container, value, site in self._put(function):
            if isinstance(value, ex.Mapping):
                for key, held in value.items:
                    if isinstance(key, ex.Constant) and KEPT_PASSWORD.fullmatch(str(key.value)):
                        yield _Use(container, True, held, Site(function.module, held.start, held.end))
            else:
                yield _Use(container, True, value, site)
        for node in within(function.fact.body):
            for kept, other in compared(node):
                container = self._container_of(kept, function) if not isinstance(other, ex.Constant) else ""
                if container:
                    site = Site(function.module, node.start, node.end)  # type: ignore[attr-defined]
                    yield _Use(container, False, other, site)

    def _put(self, function: FunctionDefinition) -> Iterator[tuple[str, ex.Expression, Site]]:
        """What a function puts into containers of modules, keys apart: the container, the value, and where."""
        for node in within(function.fact.body):
            for container, parts in puts(node) if isinstance(node, (st.Assign, ex.Call)) else ():
                if parts and is_kept(container, function, self._project.interpreter):
                    value = parts[-1]
                    yield last_word(container), value, Site(function.module, node.start, node.end)

    def _container_of(self, node: ex.Expression, function: FunctionDefinition) -> str:
        """The container of a module that an expression reads an item of, or something of an item, or ""."""
        while isinstance(node, (ex.Subscript, ex.Attribute, ex.Call)):
            inner = node.func if isinstance(node, ex.Call) else node.value
            if isinstance(node, ex.Call) and last_word(inner) != "get":
                return ""
            if is_kept(inner, function, self._project.interpreter):
                return last_word(inner)
            node = inner
        assigned = assigned_once(function.fact.body, node.id) if isinstance(node, ex.Name) else None
        return self._container_of(assigned, function) if assigned is not None and not is_name(assigned) else ""

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return (*self._columns, *(f".{name}" for name in self._columns))

    # where passwords are stored and compared

    def _uses(self, body: Body) -> Iterator[_Use]:
        for event in body.calls:
            if isinstance(event.node, ex.Call):
                yield from self._in_call(event, event.node)
        attributes = {
            (read.node.start, read.node.end): name
            for read in body.reads
            if (name := self._column_of(class_of(read.receiver), last_word(read.node)))
        }
        stores = {
            (store.node.start, store.node.end): name
            for store in body.stores
            if (name := self._column_of(class_of(store.receiver), last_word(store.node)))
        }
        module = body.function.module
        for node in within(body.function.fact.body):
            if isinstance(node, st.Assign):
                for target in node.targets:
                    name = stores.get((target.start, target.end))
                    if name:
                        yield _Use(name, True, node.value, Site(module, target.start, node.value.end))
            for kept, other in compared(node):
                name = attributes.get((kept.start, kept.end))
                if name:
                    yield _Use(name, False, other, Site(module, node.start, node.end))  # type: ignore[attr-defined]

    def _in_call(self, event: CallEvent, node: ex.Call) -> Iterator[_Use]:
        """What a call gives the columns of an account by keyword, or by a dict; what ``filter_by`` asks of them."""
        classes = (callee for callee in possibilities(event.callee) if isinstance(callee, ClassDefinition))
        made = next((cls for cls in classes if cls in self.accounts), None)
        writes = made is not None or not _KEYWORD_WRITES.isdisjoint(event.names)
        if not writes and _FILTERS.isdisjoint(event.names):
            return
        receiver = event.callee.receiver if isinstance(event.callee, External) else None
        cls = made if made is not None else class_of(receiver)
        for key, value in _named_values(node):
            column = self._column_of(cls, key)
            if column:
                yield _Use(column, writes, value, Site(event.site.module, value.start, value.end))

    def _column_of(self, cls: ClassDefinition | None, name: str) -> str:
        return f"{cls.name}.{name}" if cls is not None and name in self.accounts.get(cls, ()) else ""

    def _written_by_callees(self, body: Body) -> set[str]:
        """The columns of accounts that what a body calls assigns."""
        stores = [
            store
            for event in body.calls
            for callee in event.functions
            for store in self._project.bodies.of(callee).stores
        ]
        return {self._column_of(class_of(store.receiver), last_word(store.node)) for store in stores}

    # where they come from

    def _source(self, node: ex.Expression, reach: Reach, step: int, depth: int) -> str:
        """Which password of a request an expression is, in words, or ""; ``step`` says how many of the calls of the way
        were taken."""
        function = reach.steps[step - 1][1] if step else reach.entry.function
        if depth > _MAX_STEPS:
            return ""
        if isinstance(node, ex.Await):
            return self._source(node.value, reach, step, depth + 1)
        if isinstance(node, ex.Call):
            inner = node.func.value if isinstance(node.func, ex.Attribute) else None
            if inner is not None and last_word(node.func) in SAME_TEXT:
                return self._source(inner, reach, step, depth + 1)
            if is_name(node.func, "str") and len(node.arguments) == 1:
                return self._source(node.arguments[0].value, reach, step, depth + 1)
            return ""
        if isinstance(node, ex.Attribute):
            return self._of_attribute(node, function)
        return self._of_name(node, function, reach, step, depth) if isinstance(node, ex.Name) else ""

    def _of_attribute(self, node: ex.Attribute, function: FunctionDefinition) -> str:
        for read in self._project.bodies.of(function).reads:
            if read.node is node or (read.node.start, read.node.end) == (node.start, node.end):
                if external_name(read.result) in FORM_PASSWORDS:
                    return "the password of the login form"
                if isinstance(read.receiver, Instance):
                    schema = self._project.schemas.of(read.receiver.cls)
                    if schema is not None and self._is_plain_field(schema, node.attr):
                        return f"the field {node.attr} of {schema.name}"
        return ""

    def _of_name(self, node: ex.Name, function: FunctionDefinition, reach: Reach, step: int, depth: int) -> str:
        assigned = assigned_once(function.fact.body, node.id)
        if all(parameter.name != node.id for parameter in function.fact.parameters):
            return self._source(assigned, reach, step, depth + 1) if assigned is not None else ""
        if _is_assigned(function, node.id):
            return ""
        if step:
            event = reach.steps[step - 1][0]
            passed = passed_to(function, event, node.id)
            return self._source(passed, reach, step - 1, depth + 1) if passed is not None else ""
        route = reach.entry.route
        dependants = (route.dependant, *route.dependencies) if route is not None else ()
        for dependant in dependants:
            if function in dependant.functions[:1] and TYPED_PASSWORD.fullmatch(node.id):
                if any(parameter.name == node.id for parameter in dependant.parameters):
                    return f"the parameter {node.id}"
        return ""

    def _is_plain_field(self, schema: Schema, name: str) -> bool:
        """Whether a field holds a password as the client sends it: its schema is read from requests alone, and nothing
        changes the field."""
        field = schema.field(name)
        if field is None or not TYPED_PASSWORD.fullmatch(name) or schema not in self._inputs:
            return False
        if any(name in validator.fields or "*" in validator.fields for validator in schema.validators):
            return False
        return schema.cls not in self._touched and all(not _is_custom(value) for value in field.metadata)

    @cached_property
    def _inputs(self) -> set[Schema]:
        return set(input_schemas(self._project.routes, self._project.schemas))

    @cached_property
    def _touched(self) -> set[ClassDefinition]:
        """The schemas that the project makes itself, copies, or whose passwords it assigns."""
        found: set[ClassDefinition] = set()
        for function in self._project.request_path.reached:
            body = self._project.bodies.of(function)
            for store in body.stores:
                if isinstance(store.receiver, Instance) and TYPED_PASSWORD.fullmatch(last_word(store.node)):
                    found.add(store.receiver.cls)
            for event in body.calls:
                for callee in possibilities(event.callee):
                    receiver = callee.receiver if isinstance(callee, External) else None
                    if isinstance(callee, ClassDefinition):
                        found.add(callee)
                    elif isinstance(receiver, Instance) and event.arguments.get("update") is not None:
                        found.add(receiver.cls)
        return found


def _kept(model: OrmModel) -> tuple[str, ...]:
    """The columns in which a mapped class of accounts keeps passwords, where nothing hashes what is assigned to it."""
    names = {column.name for column in model.columns}
    if ACCOUNT_WORDS.isdisjoint(split_words(model.name)) or not ELSEWHERE_COLUMNS.isdisjoint(names):
        return ()
    if any(_is_watched(cls) for cls in model.cls.project_lineage):
        return ()
    return tuple(
        column.name
        for column in model.columns
        if KEPT_PASSWORD.fullmatch(column.name)
        and all(
            external_name(type_).removesuffix("()") in TEXT_COLUMNS for type_ in (column.type,) if type_ is not None
        )
    )


def _is_watched(cls: ClassDefinition) -> bool:
    """Whether code of a class may change what is assigned to its attributes."""
    members = [value for value in cls.namespace.names.values() if isinstance(value, FunctionDefinition)]
    decorators = (external_name(decorator) for member in members for decorator in member.decorators)
    return any(member.name in WATCHING_METHODS for member in members) or not WATCHING_DECORATORS.isdisjoint(decorators)


def _listens(project: Project) -> bool:
    """Whether a project has SQLAlchemy call it when an object changes."""
    calls = (call for module in project.modules for name in LISTENING for call in calls_of(module.facts, name))
    names = (
        argument.value.value for call in calls for argument in call.arguments if isinstance(argument.value, ex.Constant)
    )
    return not EVENTS.isdisjoint(names)


def _speaks_of_passwords(function: FunctionDefinition) -> bool:
    """Whether code of a function, not its types, names something that has to do with passwords."""
    for node in walk(function.fact.body):
        word = (
            node.value
            if isinstance(node, ex.Constant)
            else node.keyword
            if isinstance(node, ex.Argument)
            else last_word(node)
        )
        if isinstance(word, str) and HASHING_WORDS.search(word):
            return True
    return False


def _whole(node: ex.Expression, called: Mapping[int, tuple[str, ...]]) -> str:
    """The variable of which an expression is all: itself, its dict, or a dict that begins with that; else "".
    ``called`` says by their places what calls are of."""
    if isinstance(node, ex.Mapping):
        return _whole(node.items[0][1], called) if node.items and node.items[0][0] is None else ""
    if isinstance(node, ex.Call):
        if isinstance(node.func, ex.Attribute) and not node.arguments:
            return last_word(node.func.value) if last_word(node.func) in WHOLE_DUMPS else ""
        is_copy = len(node.arguments) == 1 and _COPIES.issuperset(called.get(node.start, ("",)))
        return _whole(node.arguments[0].value, called) if is_copy else ""
    return node.id if isinstance(node, ex.Name) else ""


def _named_values(node: ex.Call) -> Iterator[tuple[str, ex.Expression]]:
    for argument in node.arguments:
        if argument.keyword is not None:
            yield argument.keyword, argument.value
        elif isinstance(argument.value, ex.Mapping):
            for key, value in argument.value.items:
                yield str(key.value) if isinstance(key, ex.Constant) else last_word(key), value


def _is_assigned(function: FunctionDefinition, name: str) -> bool:
    """Whether a function assigns to one of its parameters."""
    for node in walk(function.fact.body):
        targets = [getattr(node, "target", None), *getattr(node, "targets", ())]
        if any(is_name(target, name) for target in targets):
            return True
    return False


def _is_custom(value: object) -> bool:
    """Whether a part of ``Annotated`` is the project's own, and may change the value."""
    return not external_name(value).startswith(("pydantic.", "annotated_types.", "fastapi."))  # type: ignore[arg-type]
