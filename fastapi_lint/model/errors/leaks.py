"""Leaks: where the text of an error that nobody foresaw, or a traceback, is sent to the client."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import mentions, within
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.endpoints.answers import is_made_response
from fastapi_lint.model.endpoints.logs import asks_for_debugging, while_debugging
from fastapi_lint.model.errors.catches import CATCH_ALL, Catch
from fastapi_lint.model.errors.raised import RaisedError
from fastapi_lint.model.interpreter.bodies import Body, Event
from fastapi_lint.model.knowledge.errors import TEXT_CALLS, TEXT_METHODS
from fastapi_lint.model.knowledge.logs import TRACEBACK_TEXTS
from fastapi_lint.model.values import Dictionary, Value, external_name, possibilities

_DATABASE = "sqlalchemy.exc."
_Sent = tuple[Event, "ex.Expression | None", "int | None"]


@dataclass(frozen=True, slots=True, eq=False)
class Leak:
    """Where the text of an error is put into what the client gets.

    Attributes:
        node: the expression that gives the text.
        event: the raise or return that sends it.
        status: the status of a raised HTTP exception, None where it is not known.
        is_traceback: whether it is a traceback.
    """

    node: ex.Expression
    event: Event
    status: int | None
    is_traceback: bool


def leaks_in(catch: Catch, errors: Iterable[RaisedError], *, answers: bool) -> Iterator[Leak]:
    """The leaks of an ``except`` clause that catches errors whose text is not meant for clients: all errors, or those
    of SQLAlchemy, whose text holds the statement and its parameters.

    Args:
        catch: the clause.
        errors: the HTTP exceptions that its function raises.
        answers: whether what the function returns is sent to the client.
    """
    if not all(is_internal(each) for each in catch.classes):
        return
    sent: list[_Sent] = [(error.event, error.written, error.status) for error in errors if catch.holds(error.event)]
    if answers:
        sent += [(event, event.node.value, None) for event in catch.returns if _is_answer(event.value)]
    names = {catch.handler.name} - {None}
    yield from _leaks(sent, names, catch.handler.body, catch.body)


def leaks_of_handler(function: FunctionDefinition, body: Body) -> Iterator[Leak]:
    """The leaks of an exception handler of an application that gets errors of all kinds: its second parameter."""
    names = {parameter.name for parameter in function.fact.parameters[1:2]}
    sent = [(event, event.node.value, None) for event in body.returns if _is_answer(event.value)]
    yield from _leaks(sent, names, function.fact.body, body)


def is_internal(value: Value) -> bool:
    """Whether an exception class is one whose text is not meant for clients."""
    name = external_name(value)
    return name in CATCH_ALL or name.startswith(_DATABASE)


def _is_answer(value: Value) -> bool:
    return any(isinstance(option, Dictionary) or is_made_response(option) for option in possibilities(value))


def _leaks(
    sent: Iterable[_Sent],
    names: set[str],
    statements: Iterable[st.Statement],
    body: Body,
) -> Iterator[Leak]:
    tracebacks = {event.node.start for event in body.calls if not TRACEBACK_TEXTS.isdisjoint(event.names)}
    makers = {event.node.start for event in body.calls if _makes_answer(event.result)}
    texts = _Texts(names, tracebacks, makers)
    texts.learn(statements)
    for event, node, status in sent:
        if node is None or _is_chosen(event, names) or while_debugging(event):
            continue
        found = texts.shown(node)
        if found is not None:
            yield Leak(found, event, status, isinstance(found, ex.Call) and found.start in tracebacks)


def _makes_answer(value: Value) -> bool:
    return any(is_made_response(option) for option in possibilities(value))


def _is_chosen(event: Event, names: set[str]) -> bool:
    """Whether an event happens only after a look at the error itself."""
    tests = [context.node.test for context in event.context if isinstance(context.node, st.If)]
    return any(mentions([test], name) for test in tests for name in names)


class _Texts:
    """Which expressions give the text of an error.

    Args:
        names: the variables that hold the error.
        tracebacks: where calls start that give the text of a traceback.
        makers: where calls start that make what is sent.
    """

    def __init__(self, names: set[str], tracebacks: set[int], makers: set[int]) -> None:
        self._names = set(names)
        self._tracebacks, self._makers = tracebacks, makers

    def learn(self, statements: Iterable[st.Statement]) -> None:
        """Variables that are set to such a text hold it as well, but for those that do so while debugging only."""
        debugging: list[tuple[int, int]] = []
        for node in within(statements):
            if isinstance(node, st.If) and asks_for_debugging(node):
                debugging.append((node.start, node.end))
            if isinstance(node, st.Assign) and not any(start <= node.start < end for start, end in debugging):
                if self.shown(node.value) is not None:
                    self._names |= {target.id for target in node.targets if isinstance(target, ex.Name)}

    def shown(self, node: ex.Expression) -> ex.Expression | None:
        """The part of an expression that gives the text of the error, or None."""
        if isinstance(node, ex.Name):
            return node if node.id in self._names else None
        if isinstance(node, ex.Attribute):
            return node if node.attr == "args" and self.shown(node.value) is not None else None
        if isinstance(node, ex.Call):
            return self._of_call(node)
        return self._first(_parts(node))

    def _of_call(self, node: ex.Call) -> ex.Expression | None:
        if node.start in self._tracebacks:
            return node
        passed = [argument.value for argument in node.arguments]
        if isinstance(node.func, ex.Name) and node.func.id in TEXT_CALLS:
            return node if self._first(passed) is not None else None
        if isinstance(node.func, ex.Attribute) and node.func.attr in TEXT_METHODS:
            return self._first([node.func.value, *passed])
        return self._first(passed) if node.start in self._makers else None

    def _first(self, nodes: Iterable[ex.Expression]) -> ex.Expression | None:
        return next((found for node in nodes if (found := self.shown(node)) is not None), None)


def _parts(node: ex.Expression) -> Iterable[ex.Expression]:
    """The parts of an expression whose texts are in its own."""
    if isinstance(node, ex.FormattedString):
        return node.parts
    if isinstance(node, ex.Sequence):
        return node.items
    if isinstance(node, ex.Mapping):
        return [value for _, value in node.items]
    if isinstance(node, ex.Operation):
        return (node.left, node.right)
    return (node.value,) if isinstance(node, (ex.Subscript, ex.Starred)) else ()
