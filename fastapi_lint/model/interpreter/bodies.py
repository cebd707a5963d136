"""Bodies: what happens inside a function, as events with their context.

The interpreter runs the function without effects, its parameters holding instances of their annotated types; a recorder
notes every call, attribute read, return, raise and store with what it resolved to. Rules ask these events.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Scope
from fastapi_lint.model.interpreter.frames import Frame
from fastapi_lint.model.values import (
    Arguments,
    ExternalResult,
    Instance,
    Method,
    Partial,
    Site,
    Unknown,
    Value,
    external_name,
    possibilities,
)

if TYPE_CHECKING:
    from fastapi_lint.model.interpreter.interpreter import Interpreter


class Context(NamedTuple):
    """Something around an event: ``kind`` is "loop", "comprehension", "branch", "try", "handler" or "with";
    ``node`` its fact; ``branch`` the number of the branch taken; ``source`` what a loop goes through, or what a
    ``with`` enters."""

    kind: str
    node: st.Statement | st.Handler | ex.Clause
    branch: int = 0
    source: Value | None = None


@dataclass(slots=True, eq=False)
class Event:
    """Something that happens in a body. ``context`` is what is around it, from the outside in."""

    node: ex.Expression | st.Statement
    context: tuple[Context, ...]
    site: Site

    def inside(self, *kinds: str) -> bool:
        """Whether something of one of these kinds is around it."""
        return any(context.kind in kinds for context in self.context)


@dataclass(slots=True, eq=False)
class CallEvent(Event):
    """A call: what is called, with what, what it gives, and whether it is awaited on the spot.

    ``functions`` are the project functions that are entered: the callee, or the ``__init__`` of a class that is made;
    ``names`` the external names that are called.
    """

    callee: Value
    arguments: Arguments
    result: Value
    awaited: bool
    functions: tuple[FunctionDefinition, ...] = field(init=False)
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        options = possibilities(self.callee)
        functions = (_entered(value) for value in options)
        self.functions = tuple(dict.fromkeys(function for function in functions if function is not None))
        self.names = tuple(name for name in map(external_name, options) if name)

    @property
    def entered(self) -> Iterator[tuple[FunctionDefinition, Value | None]]:
        """The project functions and methods that are called as such, each with what a method is called on."""
        for callee in possibilities(self.callee):
            if isinstance(callee, FunctionDefinition):
                yield callee, None
            elif isinstance(callee, Method):
                yield callee.function, callee.receiver


@dataclass(slots=True, eq=False)
class ReadEvent(Event):
    """An attribute read: of what, and what it is."""

    receiver: Value
    result: Value


@dataclass(slots=True, eq=False)
class StoreEvent(Event):
    """An assignment to an attribute: of what, and which value."""

    receiver: Value
    value: Value


@dataclass(slots=True, eq=False)
class GiveEvent(Event):
    """A return or yield (``node`` says which) and its value."""

    value: Value


@dataclass(slots=True, eq=False)
class RaiseEvent(Event):
    """A raise; ``value`` is None when it re-raises."""

    value: Value | None


@dataclass(slots=True, eq=False)
class Body:
    """The events of a function, each kind in order of evaluation. Nested functions have bodies of their own.

    ``falls_through`` when its end can be reached, so that it may return None without saying so.
    """

    function: FunctionDefinition
    falls_through: bool = False
    calls: list[CallEvent] = field(default_factory=list)
    reads: list[ReadEvent] = field(default_factory=list)
    stores: list[StoreEvent] = field(default_factory=list)
    gives: list[GiveEvent] = field(default_factory=list)
    raises: list[RaiseEvent] = field(default_factory=list)
    nested: list[FunctionDefinition] = field(default_factory=list)

    @property
    def returns(self) -> Iterator[GiveEvent]:
        """The returns alone."""
        return (event for event in self.gives if isinstance(event.node, st.Return))

    @property
    def yields(self) -> Iterator[GiveEvent]:
        """The yields alone."""
        return (event for event in self.gives if isinstance(event.node, ex.Yield))


class Recorder:
    """Notes the events of one body while the interpreter runs it: of all branches, unless it is one call's body
    (``decides``), whose arguments may say which are taken."""

    def __init__(self, body: Body, passed: PassedArguments, decides: bool = False) -> None:
        self.decides = decides
        self._body = body
        self._passed = passed
        self._context: tuple[Context, ...] = ()
        self._awaited: set[tuple[int, int]] = set()

    def enter(
        self, kind: str, node: st.Statement | st.Handler | ex.Clause, branch: int = 0, source: Value | None = None
    ) -> None:
        """What follows is inside ``node``."""
        self._context = (*self._context, Context(kind, node, branch, source))

    def leave(self) -> None:
        """The innermost context ends."""
        self._context = self._context[:-1]

    def awaited(self, node: ex.Await) -> None:
        """An ``await`` is about to be evaluated."""
        self._awaited.add((node.value.start, node.value.end))

    def call(self, node: ex.Call, callee: Value, arguments: Arguments, result: Value, frame: Frame) -> None:
        """A call was evaluated."""
        awaited = (node.start, node.end) in self._awaited
        event = CallEvent(node, self._context, frame.site(node), callee, arguments, result, awaited)
        self._body.calls.append(event)
        for function in event.functions:
            self._passed.observe(function, arguments)

    def read(self, node: ex.Attribute, receiver: Value, result: Value, frame: Frame) -> None:
        """An attribute was read."""
        self._body.reads.append(ReadEvent(node, self._context, frame.site(node), receiver, result))

    def stored(self, node: ex.Attribute, receiver: Value, value: Value, frame: Frame) -> None:
        """An attribute was assigned to."""
        self._body.stores.append(StoreEvent(node, self._context, frame.site(node), receiver, value))

    def gave(self, node: st.Return | ex.Yield, value: Value, frame: Frame) -> None:
        """The function returned or yielded."""
        self._body.gives.append(GiveEvent(node, self._context, frame.site(node), value))

    def raised(self, node: st.Raise, value: Value | None, frame: Frame) -> None:
        """An exception was raised."""
        self._body.raises.append(RaiseEvent(node, self._context, frame.site(node), value))

    def defined(self, function: FunctionDefinition, frame: Frame) -> None:
        """A function was defined inside."""
        self._body.nested.append(function)


class PassedArguments:
    """What callers pass for parameters that no annotation types: the first value that says something."""

    def __init__(self) -> None:
        self._seen: dict[FunctionDefinition, dict[str, Value]] = {}

    def observe(self, function: FunctionDefinition, arguments: Arguments) -> bool:
        """A call of ``function`` was seen; returns whether it says something new."""
        bare = passable(function)
        if all(parameter.annotation is not None for parameter in bare):
            return False
        seen = self._seen.setdefault(function, {})
        known = len(seen)
        for position, parameter in enumerate(bare):
            value = arguments.get(parameter.name, position if parameter.form != "keyword" else None)
            if parameter.annotation is None and parameter.name not in seen:
                if isinstance(value, (Instance, ExternalResult, ClassDefinition)):
                    seen[parameter.name] = value
        return len(seen) > known

    def of(self, function: FunctionDefinition) -> Arguments:
        """The arguments to assume for a function, by name."""
        return Arguments(keywords=dict(self._seen.get(function, {})), complete=False)


class Bodies:
    """The bodies of a project's functions, each analysed when first asked for.

    Args:
        interpreter: who executed the project.
    """

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self._bodies: dict[FunctionDefinition, Body] = {}
        self._passed = interpreter.passed

    def follow(self, functions: Iterable[FunctionDefinition]) -> None:
        """Analyses these functions and all that they call, callers first, so that every body knows what its callers
        pass whoever asks for it first."""
        queue = deque(functions)
        seen = set(queue)
        while queue:
            for event in self.of(queue.popleft()).calls:
                for callee in event.functions:
                    if callee not in seen:
                        seen.add(callee)
                        queue.append(callee)

    def of(self, function: FunctionDefinition) -> Body:
        """The body of a function."""
        body = self._bodies.get(function)
        if body is None:
            body = self._bodies[function] = Body(function)
            receiver: Value | None = None
            if is_bound(function) and function.owner is not None:
                receiver = function.owner if function.has_decorator("classmethod") else Instance(function.owner)
            self._run(body, self._passed.of(function), receiver, Recorder(body, self._passed))
        return body

    def called(
        self, function: FunctionDefinition, receiver: Value | None, arguments: Arguments, *, exactly: bool = False
    ) -> Body:
        """The body of a function as one call of it runs: with this receiver and these arguments. It is not kept.

        Where an argument is not known, or may not have been passed, the annotation of its parameter speaks; ``exactly``
        when it stays unknown instead.
        """
        body = Body(function)
        passed = arguments if exactly else self._by_name(function, arguments)
        recorder = Recorder(body, PassedArguments(), decides=True)
        self._run(body, passed, receiver if is_bound(function) else None, recorder)
        return body

    def _by_name(self, function: FunctionDefinition, arguments: Arguments) -> Arguments:
        """The arguments of a call by the names of the parameters that take them, those that are not known as instances
        of their annotations."""
        passed = dict(arguments.keywords)
        parameters = passable(function)
        positional = (parameter for parameter in parameters if parameter.form != "keyword")
        passed.update({parameter.name: value for parameter, value in zip(positional, arguments.positional)})
        for parameter in parameters:
            if parameter.annotation is not None and isinstance(passed.get(parameter.name), Unknown):
                declared = self._interpreter.annotation(parameter.annotation, function.annotated)
                passed[parameter.name] = self._interpreter.instance_of(declared)
        return Arguments(keywords=passed, complete=arguments.complete)

    def _run(self, body: Body, arguments: Arguments, receiver: Value | None, recorder: Recorder) -> None:
        function = body.function
        frame = Frame(
            Scope(function.module, function.scope),
            effects=False,
            function=function,
            recorder=recorder,
        )
        self._interpreter.bind_parameters(function, arguments, receiver, frame)
        body.falls_through = self._interpreter.run_body(function.fact.body.statements, frame)

    def items(self, value: Value) -> list[Value]:
        """What a loop over a value sees."""
        return self._interpreter.iterate(value)[0]

    def reachable(
        self, function: FunctionDefinition, max_depth: int = 12, counts: Callable[[CallEvent], bool] = lambda _: True
    ) -> Iterator[tuple[FunctionDefinition, tuple[CallEvent, ...]]]:
        """The project functions that a function calls, at any depth, each once by its shortest chain of calls that all
        count; the function itself first, with the empty chain."""
        seen = {function}
        level: list[tuple[FunctionDefinition, tuple[CallEvent, ...]]] = [(function, ())]
        for _ in range(max_depth + 1):
            following: list[tuple[FunctionDefinition, tuple[CallEvent, ...]]] = []
            for current, chain in level:
                yield current, chain
                for event in filter(counts, self.of(current).calls):
                    for callee in event.functions:
                        if callee not in seen:
                            seen.add(callee)
                            following.append((callee, (*chain, event)))
            level = following


def is_bound(function: FunctionDefinition) -> bool:
    """Whether the first parameter of a function is the instance or class it is called on."""
    return function.owner is not None and not function.has_decorator("staticmethod")


def passable(function: FunctionDefinition) -> list[ex.Parameter]:
    """The parameters that a caller passes by position or name."""
    named = [parameter for parameter in function.fact.parameters if parameter.form not in ("*", "**")]
    return named[1:] if is_bound(function) else named


def calls_to(
    callee: FunctionDefinition, functions: Iterable[FunctionDefinition], bodies: Bodies
) -> Iterator[tuple[CallEvent, FunctionDefinition]]:
    """The calls of a function, with the functions among ``functions`` that make them; tests apart."""
    name = callee.innermost.call_name
    for caller in functions:
        if not caller.module.is_test and caller.fact.body.may_hold(name, f".{name}"):
            for event in bodies.of(caller).calls:
                if callee in event.functions:
                    yield event, caller


def _entered(value: Value) -> FunctionDefinition | None:
    if isinstance(value, FunctionDefinition):
        return value
    if isinstance(value, Method):
        return value.function
    if isinstance(value, ClassDefinition):
        return value.find_method("__init__")
    if isinstance(value, Instance):
        return value.cls.find_method("__call__")
    if isinstance(value, Partial):
        return _entered(value.function)
    return None
