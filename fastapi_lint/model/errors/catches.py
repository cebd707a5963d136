"""Exceptions that are caught: the ``except`` clauses of functions, what they catch and what happens in them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import contains, is_name, mentions, within
from fastapi_lint.model.concurrency.blocking import BlockingChains, blockage
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, Body, CallEvent, Event, GiveEvent, RaiseEvent
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.knowledge.services import ASKING_FUNCTIONS, CLEANUPS, SERVICE_PACKAGES
from fastapi_lint.model.values import Collection, External, Value, external_name, possibilities
from fastapi_lint.text.location import Location

CATCH_ALL = frozenset({"Exception", "BaseException"})
"""The classes that every error of a request derives from."""
_RAISE = frozenset({st.Raise})
_LOOKS = ("isinstance", "hasattr", "getattr", "type", "issubclass")
_MAX_SEEN = 60
"""So many functions are looked into for one clause."""
_COMPOUND = (st.If, st.For, st.While, st.With, st.Try, st.Match, st.Handler, st.Case)
_BLOCKS = ("body", "handlers", "cases", "orelse", "final")
"""The parts of statements that hold further ones."""
_WAITING = frozenset({ex.Await})


@dataclass(frozen=True, slots=True, eq=False)
class Catch:
    """An ``except`` clause.

    Attributes:
        handler: the clause.
        statement: the ``try`` that it belongs to.
        body: the body of the function that it stands in.
        classes: what it catches; those that are not known among them.
    """

    handler: st.Handler
    statement: st.Try
    body: Body
    classes: tuple[Value, ...]

    @property
    def function(self) -> FunctionDefinition:
        """The function that it stands in."""
        return self.body.function

    @property
    def is_broad(self) -> bool:
        """Whether it catches every error."""
        return any(external_name(each) in CATCH_ALL for each in self.classes)

    def is_of(self, package: str) -> bool:
        """Whether all that it catches are external classes whose names begin so."""
        return all(external_name(each).startswith(package) for each in self.classes)

    @property
    def what(self) -> str:
        """How messages name it: ``except Exception``, ``except``."""
        if self.handler.type is None:
            return "except"
        names = [external_name(each).rpartition(".")[2] or getattr(each, "name", "") for each in self.classes]
        return f"except {', '.join(filter(None, names))}"

    @property
    def location(self) -> Location:
        """Where its first word stands."""
        return self.function.module.location(self.handler.start, self.handler.start + len("except"))

    @property
    def raises_itself(self) -> bool:
        """Whether a ``raise`` stands in it."""
        return contains(self.handler.body, _RAISE)

    @property
    def raises_again(self) -> bool:
        """Whether what it catches is raised again, or looked at before it is."""
        name = self.handler.name
        return any(
            (isinstance(node, st.Raise) and (node.exception is None or is_name(node.exception, name)))
            or (isinstance(node, ex.Call) and is_name(node.func, *_LOOKS) and mentions(node.arguments, name or ""))
            for node in within(self.handler.body)
        )

    def holds(self, event: Event) -> bool:
        """Whether something happens in it."""
        return any(context.node is self.handler for context in event.context)

    def guards(self, event: Event) -> bool:
        """Whether something happens in the ``try`` itself."""
        return any(context.node is self.statement for context in event.context)

    @property
    def guarded_calls(self) -> Iterator[CallEvent]:
        """The calls whose errors it may catch."""
        return filter(self.guards, self.body.calls)

    @property
    def calls(self) -> Iterator[CallEvent]:
        """The calls in it."""
        return filter(self.holds, self.body.calls)

    @property
    def raises(self) -> Iterator[RaiseEvent]:
        """What is raised in it."""
        return filter(self.holds, self.body.raises)

    @property
    def returns(self) -> Iterator[GiveEvent]:
        """What is returned in it."""
        return filter(self.holds, self.body.returns)


def catches_in(function: FunctionDefinition, bodies: Bodies, interpreter: Interpreter) -> Iterator[Catch]:
    """The ``except`` clauses of a function, in order.

    Args:
        function: the function.
        bodies: what happens in functions.
        interpreter: says what the clauses catch.
    """
    if not function.fact.body.may_hold("@handler"):
        return
    for statement in _tries(function.fact.body):
        for handler in statement.handlers:
            yield Catch(handler, statement, bodies.of(function), caught(handler, function, interpreter))


def _tries(statements: Iterable[st.Statement | st.Handler | st.Case]) -> Iterator[st.Try]:
    """The ``try`` statements among statements and in them, in order, those of nested functions and classes apart."""
    for statement in statements:
        if isinstance(statement, st.Try):
            yield statement
        if isinstance(statement, _COMPOUND):
            for name in _BLOCKS:
                yield from _tries(getattr(statement, name, ()))


def waits(catch: Catch, bodies: Bodies, blocking: BlockingChains) -> bool:
    """Whether an ``except`` clause stands around something that waits for a database, a service or a file: an
    ``await``, or a blocking call at any depth."""
    if contains(catch.statement.body, _WAITING) or asks_service(catch, bodies):
        return True
    return any(
        blockage(event) is not None or blocking.behind(event, catch.function) is not None
        for event in catch.guarded_calls
    )


def asks_service(catch: Catch, bodies: Bodies) -> bool:
    """Whether an ``except`` clause stands around something that asks a database or another service, in the ``try`` or
    in what it calls; to close or to cancel something is not to ask."""
    pending = deque(catch.guarded_calls)
    seen: set[FunctionDefinition] = set()
    while pending:
        event = pending.popleft()
        if any(map(_asks, event.names)):
            return True
        for function in event.functions:
            if function not in seen and len(seen) < _MAX_SEEN:
                seen.add(function)
                pending.extend(bodies.of(function).calls)
    return False


def _asks(name: str) -> bool:
    """Whether a name is that of a call of an object of a package that speaks to services, and is not to end it; or of a
    function that asks one without."""
    owner, _, method = name.rpartition(".")
    if name in ASKING_FUNCTIONS:
        return True
    return owner.partition(".")[0] in SERVICE_PACKAGES and "()" in name and not CLEANUPS.search(method)


def caught(handler: st.Handler, function: FunctionDefinition, interpreter: Interpreter) -> tuple[Value, ...]:
    """The classes that a handler in a function catches, those that are not known among them."""
    if handler.type is None:
        return (External("BaseException"),)
    value = interpreter.evaluate(handler.type, function.scope)
    return tuple(value.items) if isinstance(value, Collection) else possibilities(value)
