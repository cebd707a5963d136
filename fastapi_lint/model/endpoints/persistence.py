"""What functions create, update and delete: new objects that reach the database, with the calls that lead there.

A change counts wherever it happens: in the function itself, in a service or repository of another module, in the
generic base class of a repository. So the body of every callee is run as this very call runs it, with the receiver
and the arguments it gets; what it changes is kept by the kinds of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import last_word
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.endpoints.answers import is_response
from fastapi_lint.model.generics import is_type_variable
from fastapi_lint.model.interpreter.bodies import Bodies, Body, CallEvent, Context, Event
from fastapi_lint.model.knowledge.persistence import (
    ADDING_METHODS,
    CONSTRUCTING_METHODS,
    DELETE_STATEMENTS,
    DELETING_METHODS,
    DOCUMENT_CREATING_METHODS,
    DOCUMENT_DELETING_METHODS,
    DOCUMENT_STORES,
    DOCUMENT_UPDATING_METHODS,
    DUPLICATE_ERRORS,
    EXECUTING_METHODS,
    INSERT_STATEMENTS,
    INSERTING_METHODS,
    QUERY_UPDATES,
    RECORD_CREATING_METHODS,
    RECORD_DELETING_METHODS,
    RECORD_SAVING_METHODS,
    RECORD_UPDATING_METHODS,
    REPOSITORIES,
    REPOSITORY_CREATING_METHODS,
    REPOSITORY_DELETING_METHODS,
    REPOSITORY_UPDATING_METHODS,
    SESSIONS,
    SQL_CHANGES,
    SQL_TEXTS,
    UPDATE_STATEMENTS,
    UPSERTING_METHODS,
    WRITING_WORDS,
)
from fastapi_lint.model.orm.queries import QueryOrigin
from fastapi_lint.model.orm.records import is_record
from fastapi_lint.model.values import (
    Arguments,
    Collection,
    External,
    ExternalResult,
    Instance,
    Method,
    Partial,
    PartialText,
    Unknown,
    Value,
    external_name,
    possibilities,
    text_of,
)

MAX_DEPTH = 8
"""Changes behind more calls than this are not looked for."""
_DOCUMENT_METHODS = {
    "create": DOCUMENT_CREATING_METHODS,
    "update": DOCUMENT_UPDATING_METHODS,
    "delete": DOCUMENT_DELETING_METHODS,
}
_REPOSITORY_METHODS = {
    "create": REPOSITORY_CREATING_METHODS,
    "update": REPOSITORY_UPDATING_METHODS,
    "delete": REPOSITORY_DELETING_METHODS,
}
_IN_MEMORY = ("set", "dict", "list", "frozenset", "collections.", "builtins.")
"""What the names of methods of containers begin with."""
_STATEMENTS = (("create", INSERT_STATEMENTS), ("update", UPDATE_STATEMENTS), ("delete", DELETE_STATEMENTS))


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """Something that a function creates, updates or deletes.

    Attributes:
        kind: "create", "update" or "delete".
        model: the class of the object, or None where it is not known.
        event: the call that makes the change.
        chain: the calls that lead to it, from the function outwards.
        certain: whether it happens whenever the function returns.
    """

    kind: str
    model: ClassDefinition | None
    event: CallEvent
    chain: tuple[CallEvent, ...] = ()
    certain: bool = True

    @property
    def calls(self) -> tuple[CallEvent, ...]:
        """The whole way: the calls that lead to the change, and the one that makes it."""
        return (*self.chain, self.event)


class Persistence:
    """What the functions of a project create, update and delete.

    Args:
        bodies: what happens in functions.
        classes: the classes of the project.
    """

    def __init__(self, bodies: Bodies, classes: Iterable[ClassDefinition]) -> None:
        self._bodies = bodies
        self._overriding = _overriding(classes)
        self._changes: dict[FunctionDefinition, tuple[Change, ...]] = {}
        self._called: dict[object, tuple[Change, ...]] = {}
        self._makers: dict[object, bool] = {}
        self._outgoing: dict[tuple[FunctionDefinition, bool], tuple[bool, tuple[FunctionDefinition, ...]]] = {}
        self._may_change: dict[tuple[FunctionDefinition, bool], bool] = {}

    def may_change(self, function: FunctionDefinition, always: bool = False) -> bool:
        """Whether a function, or one that it may call, calls something with the name of what changes things, or
        something that is not known: a quick look before :meth:`changes`.

        Args:
            function: any function.
            always: follow only what certainly happens.
        """
        pending, seen = [function], {function}
        while pending:
            current = pending.pop()
            known = self._may_change.get((current, always))
            writes, callees = self._next(current, always) if known is None else (known, ())
            if writes:
                self._may_change[function, always] = True
                return True
            pending += [callee for callee in callees if callee not in seen]
            seen.update(callees)
        self._may_change.update({(quiet, always): False for quiet in seen})
        return False

    def _next(self, function: FunctionDefinition, always: bool) -> tuple[bool, tuple[FunctionDefinition, ...]]:
        """Whether a body itself may change something, and what it may call: what overrides a method, and what is handed
        on as an argument, too."""
        if (function, always) not in self._outgoing:
            body = self._bodies.of(function)
            calls = [event for event in body.calls if not always or is_certain(event, body)]
            callees = {callee: None for event in calls for callee in (*event.functions, *_handed_on(event))}
            callees.update({other: None for callee in callees for other in self._overriding.get(callee, ())})
            self._outgoing[function, always] = any(map(_may_write, calls)), tuple(callees)
        return self._outgoing[function, always]

    def _call_may_change(self, event: CallEvent, function: FunctionDefinition) -> bool:
        """Whether a function may change something when a call enters it."""
        return any(map(self.may_change, (function, *self._overriding.get(function, ()), *_handed_on(event))))

    def changes(self, function: FunctionDefinition) -> tuple[Change, ...]:
        """What a function creates, updates and deletes with all that it calls, in order."""
        if function not in self._changes:
            self._changes[function] = ()  # a recursive function changes nothing more by its recursion
            self._changes[function] = tuple(self._of_body(self._bodies.of(function), 0))
        return self._changes[function]

    def changes_of_request(self, function: FunctionDefinition, made: Mapping[str, Value]) -> tuple[Change, ...]:
        """As :meth:`changes`, for an endpoint whose parameters ``made`` are new objects that FastAPI makes for it."""
        if not made:
            return self.changes(function)
        receiver = Instance(function.owner) if function.owner is not None else None
        return self._of_call(function, receiver, Arguments(keywords=dict(made), complete=False), 0)

    def _of_body(self, body: Body, depth: int) -> Iterator[Change]:
        for event in body.calls:
            certain = is_certain(event, body)
            for change in self._made_by(event, body, depth):
                yield replace(change, certain=change.certain and certain)
            callees = [callee for callee in map(_callee, possibilities(event.callee)) if callee is not None]
            for function, receiver, arguments in callees if depth < MAX_DEPTH else ():
                if not self._call_may_change(event, function):
                    continue
                receiver = self._initialised(receiver)
                passed = self._marked(_joined(arguments, event.arguments), body, depth)
                for change in self._of_call(function, receiver, passed, depth + 1):
                    sure = change.certain and certain and len(callees) == 1
                    yield replace(change, chain=(event, *change.chain), certain=sure)

    def _of_call(
        self, function: FunctionDefinition, receiver: Value | None, arguments: Arguments, depth: int
    ) -> tuple[Change, ...]:
        key = _key(function, receiver, arguments)
        if key not in self._called:
            self._called[key] = ()
            body = self._bodies.called(function, receiver, arguments)
            self._called[key] = tuple(self._of_body(body, depth))
        return self._called[key]

    # what one call does by itself

    def _made_by(self, event: CallEvent, body: Body, depth: int) -> Iterator[Change]:
        for callee in possibilities(event.callee):
            if isinstance(callee, External):
                owner, _, method = callee.name.rpartition(".")
                if owner.startswith(SESSIONS):
                    yield from self._session_changes(event, callee, method, body, depth)
                if is_record(owner):
                    yield from self._record_changes(event, callee, method, body, depth)
                if owner.startswith(DOCUMENT_STORES):
                    yield from _named(event, method, _DOCUMENT_METHODS)
                if owner.startswith(REPOSITORIES):
                    yield from _named(event, method, _REPOSITORY_METHODS)
                if callee.name in QUERY_UPDATES:
                    yield Change("update", class_of(callee.receiver), event)
                if method in EXECUTING_METHODS:
                    yield from _statement_changes(event)

    def _session_changes(
        self, event: CallEvent, callee: External, method: str, body: Body, depth: int
    ) -> Iterator[Change]:
        if method in ADDING_METHODS:
            yield from self._added(event, next(iter(event.arguments), None), body, depth)
        elif method in INSERTING_METHODS:
            yield Change("create", class_of(event.arguments.get("mapper", 0)), event)
        elif method in DELETING_METHODS:
            target = next(iter(event.arguments), None)
            yield Change("delete", class_of(target if target is not None else callee.receiver), event)
        elif method == "commit":
            yield from _assigned(event, body)

    def _record_changes(
        self, event: CallEvent, callee: External, method: str, body: Body, depth: int
    ) -> Iterator[Change]:
        receiver = callee.receiver
        if isinstance(receiver, ClassDefinition) and method in RECORD_CREATING_METHODS:
            yield Change("create", receiver, event)
        elif isinstance(receiver, Instance) and method in RECORD_SAVING_METHODS:
            yield from self._added(event, receiver, body, depth)
        elif method in RECORD_UPDATING_METHODS:
            yield Change("update", class_of(receiver), event)
        elif method in RECORD_DELETING_METHODS:
            yield Change("delete", class_of(receiver), event)

    def _initialised(self, receiver: Value | None) -> Value | None:
        """The receiver of a call; one that was seen made has the attributes that its ``__init__`` gives it."""
        if not isinstance(receiver, Instance) or receiver.arguments is None or receiver.attributes:
            return receiver
        initializer = receiver.cls.find_method("__init__")
        if initializer is None:
            return receiver
        instance = replace(receiver, attributes={})
        for event in self._bodies.called(initializer, instance, receiver.arguments).stores:
            if event.receiver is instance and isinstance(event.node, ex.Attribute):
                if not isinstance(event.value, Unknown):
                    instance.attributes[event.node.attr] = event.value
        return instance

    def _marked(self, arguments: Arguments, body: Body, depth: int) -> Arguments:
        """Arguments in which objects that project functions made are known to be new by themselves."""

        def marked(value: Value) -> Value:
            if isinstance(value, Instance) and value.arguments is None and self._is_new(value, body, depth):
                return replace(value, arguments=Arguments(complete=False))
            return value

        keywords = {name: marked(value) for name, value in arguments.keywords.items()}
        return Arguments([marked(value) for value in arguments.positional], keywords, arguments.complete)

    def _added(self, event: CallEvent, added: Value | None, body: Body, depth: int) -> Iterator[Change]:
        """The objects that a session is given to store: new ones, and others, which it stores as they are now."""
        items = added.items or [added.element] if isinstance(added, Collection) else [added]
        for item in items:
            verdicts = [(self._is_new(option, body, depth), option) for option in possibilities(item)]
            fresh = [option for new, option in verdicts if new]
            known = [option for _, option in verdicts if isinstance(option, Instance)]
            whole = not isinstance(added, Collection) or bool(added.items)
            if fresh:
                yield Change("create", class_of(fresh[0]), event, certain=whole and len(fresh) == len(verdicts))
            elif known:
                yield Change("update", class_of(known[0]), event, certain=whole and len(known) == len(verdicts))

    def _is_new(self, value: Value, body: Body, depth: int) -> bool:
        """Whether an object is made here rather than loaded."""
        if isinstance(value, Instance) and value.arguments is not None:
            return True
        if isinstance(value, ExternalResult) and _is_class_name(value.callee.name):
            return True
        if isinstance(value, ExternalResult) and value.callee.receiver is not None:
            maker = value.callee.receiver
            if is_type_variable(maker) and value.callee.name == external_name(maker):
                return True
            if value.callee.name.rpartition(".")[2] in CONSTRUCTING_METHODS:
                return isinstance(maker, ClassDefinition) or is_type_variable(maker)
        return depth < MAX_DEPTH and any(
            self._returns_new(event, depth + 1) for event in body.calls if event.result is value and event.functions
        )

    def _returns_new(self, event: CallEvent, depth: int) -> bool:
        """Whether all that a call of a project function returns are objects that it makes."""
        return all(
            callee is not None and self._makes(callee[0], callee[1], _joined(callee[2], event.arguments), depth)
            for callee in map(_callee, possibilities(event.callee))
        )

    def _makes(self, function: FunctionDefinition, receiver: Value | None, arguments: Arguments, depth: int) -> bool:
        key = _key(function, receiver, arguments)
        if key not in self._makers:
            self._makers[key] = False
            body = self._bodies.called(function, receiver, arguments)
            given = [option for event in body.returns for option in possibilities(event.value)]
            new = bool(given) and not body.falls_through and all(self._is_new(value, body, depth) for value in given)
            self._makers[key] = new
        return self._makers[key]


def _is_class_name(name: str) -> bool:
    """Whether a name of something outside the project is that of a class, as classes are named: ``models.User``."""
    word = name.rpartition(".")[2]
    return "()" not in name and word[:1].isupper() and not word.isupper()


def _assigned(commit: CallEvent, body: Body) -> Iterator[Change]:
    """The loaded objects whose attributes a body has set when it commits: a session stores them without being asked."""
    seen: set[ClassDefinition] = set()
    for store in body.stores:
        cls = store.receiver.cls if isinstance(store.receiver, Instance) else None
        if cls is None or cls in seen or not isinstance(store.receiver.origin, QueryOrigin):
            continue
        if store.site.start < commit.site.start:
            seen.add(cls)
            yield Change("update", cls, commit, certain=is_certain(store, body))


def is_certain(event: Event, body: Body) -> bool:
    """Whether an event of a body happens whenever the function returns with success.

    It does not in loops, in handlers, behind an earlier return, or in a branch whose alternative goes on. Returning a
    response counts as failure: it brings a status of its own.
    """
    if any(
        give.site.end <= event.site.start and not give.inside("handler") and not is_response(give.value)
        for give in body.returns
    ):
        return False
    return all(_passes(context) for context in event.context)


def _passes(context: Context) -> bool:
    node = context.node
    if isinstance(node, st.If):
        other = node.orelse if context.branch == 0 else node.body
        return _raises(other)
    if isinstance(node, st.Try):
        return all(_raises(handler.body) for handler in node.handlers if _expects_duplicates(handler))
    return context.kind == "with"


def _raises(statements: Sequence[st.Statement]) -> bool:
    """Whether a block ends by raising."""
    last = statements[-1] if statements else None
    if isinstance(last, st.If):
        return _raises(last.body) and _raises(last.orelse)
    return isinstance(last, st.Raise)


def _expects_duplicates(handler: st.Handler) -> bool:
    """Whether a handler catches what a database raises when the object exists already."""
    caught = handler.type.items if isinstance(handler.type, ex.Sequence) else (handler.type,)
    return any(last_word(node) in DUPLICATE_ERRORS for node in caught)


def _overriding(classes: Iterable[ClassDefinition]) -> dict[FunctionDefinition, list[FunctionDefinition]]:
    """The methods of derived classes that may be called where a method is, by that method."""
    found: dict[FunctionDefinition, list[FunctionDefinition]] = {}
    for cls in classes:
        for name, method in cls.namespace.names.items():
            for base in cls.lineage[1:] if isinstance(method, FunctionDefinition) else ():
                overridden = base.namespace.names.get(name) if isinstance(base, ClassDefinition) else None
                if isinstance(overridden, FunctionDefinition):
                    found.setdefault(overridden, []).append(method)
    return found


def _handed_on(event: CallEvent) -> Iterator[FunctionDefinition]:
    """The project functions among the arguments of a call, which the callee may call."""
    for value in event.arguments:
        for option in possibilities(value):
            callee = _callee(option) if not isinstance(option, Instance) else None
            if callee is not None:
                yield callee[0]


def _may_write(event: CallEvent) -> bool:
    """Whether a call that enters no project function has the name of one that changes things, or is of something that
    is not known."""
    if any(isinstance(option, Unknown) for option in possibilities(event.callee)):
        return True
    func = event.node.func if isinstance(event.node, ex.Call) else None
    if last_word(func) in EXECUTING_METHODS and _text_change(event) is not None:
        return True
    if event.functions or last_word(func) not in WRITING_WORDS:
        return any(name.rpartition(".")[2] in WRITING_WORDS for name in event.names if "." in name)
    return not all(name.startswith(_IN_MEMORY) for name in event.names) or not event.names


def _named(event: CallEvent, method: str, methods: dict[str, frozenset[str]]) -> Iterator[Change]:
    for kind, names in methods.items():
        if method in names:
            yield Change(kind, None, event)


def _statement_changes(event: CallEvent) -> Iterator[Change]:
    """What the statement changes that a call sends."""
    kind = _text_change(event)
    if kind is not None:
        yield Change(kind, None, event)
    for statement in possibilities(next(iter(event.arguments), None)):
        chain = list(_chain(statement))
        if not chain or any(link.callee.name.rpartition(".")[2] in UPSERTING_METHODS for link in chain):
            continue
        for link in chain:
            for kind, statements in _STATEMENTS:
                if f"{link.callee.name}()" in statements:
                    yield Change(kind, class_of(link.arguments.get("table", 0)), event)


def _text_change(event: CallEvent) -> str | None:
    """What a call changes by a statement that is written in SQL; None where it may change nothing."""
    statement = next(iter(event.arguments), None)
    for link in _chain(statement) if isinstance(statement, ExternalResult) else ():
        if link.name in SQL_TEXTS:
            statement = link.arguments.get("text", 0)
    pieces = statement.pieces if isinstance(statement, PartialText) else (text_of(statement),)
    text = "?".join(piece or "" for piece in pieces)
    return next((kind for kind, pattern in SQL_CHANGES if pattern.match(text)), None)


def _chain(value: Value) -> Iterator[ExternalResult]:
    """The calls of a fluent chain, the last one first: of ``insert(User).values(…)`` values, then insert."""
    link: Value | None = value
    while isinstance(link, ExternalResult):
        yield link
        link = link.callee.receiver


def class_of(value: Value | None) -> ClassDefinition | None:
    """The project class that a value is, or is an object of."""
    for option in possibilities(value):
        if isinstance(option, ClassDefinition):
            return option
        if isinstance(option, Instance):
            return option.cls
        if isinstance(option, Collection):
            return class_of(option.items[0] if option.items else option.element)
        for link in _chain(option):
            for named in (link.callee.receiver, next(iter(link.arguments), None)):
                if isinstance(named, ClassDefinition):
                    return named
    return None


def _callee(value: Value) -> tuple[FunctionDefinition, Value | None, Arguments] | None:
    """The project function that calling a value enters (behind the wrappers of its decorators), what it is called on,
    and what a partial passes already."""
    if isinstance(value, FunctionDefinition):
        return value.innermost, None, Arguments()
    if isinstance(value, Method):
        return value.function.innermost, value.receiver, Arguments()
    if isinstance(value, Partial):
        inner = _callee(value.function)
        return (inner[0], inner[1], _joined(inner[2], value.arguments)) if inner is not None else None
    if isinstance(value, Instance):
        method = value.cls.find_method("__call__")
        return (method, value, Arguments()) if method is not None else None
    return None


def _joined(first: Arguments, second: Arguments) -> Arguments:
    return Arguments(
        first.positional + second.positional, {**first.keywords, **second.keywords}, first.complete and second.complete
    )


def _key(function: FunctionDefinition, receiver: Value | None, arguments: Arguments) -> object:
    """What of a call decides what it changes."""
    passed = tuple(map(_shape, arguments.positional))
    named = tuple((name, _shape(value)) for name, value in sorted(arguments.keywords.items()))
    return function, _shape(receiver), passed, named


def _kind(value: Value) -> object:
    return value.cls if isinstance(value, Instance) else external_name(value) or type(value)


def _shape(value: Value | None) -> object:
    if isinstance(value, Instance):
        attributes = tuple((name, _kind(held)) for name, held in sorted(value.attributes.items()))
        return value.cls, value.arguments is not None, value.type_arguments, attributes
    if isinstance(value, (ClassDefinition, FunctionDefinition)):
        return value
    if isinstance(value, Method):
        return value.function, _shape(value.receiver)
    if isinstance(value, Collection):
        return value.form, _shape(value.items[0] if value.items else value.element)
    return external_name(value) or type(value)
