"""The request path: which functions run while a request is served, why, and whether on the event loop.

FastAPI awaits coroutine functions on the loop and runs plain functions (endpoints, dependencies, exception handlers,
background tasks) in a thread pool: https://fastapi.tiangolo.com/async/#very-technical-details. A plain function that a
coroutine calls runs on the loop with it. Start-up and shutdown serve no request and are not on the path.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from fastapi_lint.diagnostics import Related
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent
from fastapi_lint.model.knowledge.blocking import CACHING_DECORATORS, INLINE_DECORATORS
from fastapi_lint.model.values import (
    Arguments,
    Instance,
    Method,
    Partial,
    Value,
    external_name,
    possibilities,
)

if TYPE_CHECKING:
    from fastapi_lint.model.routing.apps import App
    from fastapi_lint.model.routing.routers import HandlerRegistration
    from fastapi_lint.model.routing.routes import Route
    from fastapi_lint.text.location import Location

TASK_CALLS = {
    "fastapi.BackgroundTasks().add_task": 0,
    "starlette.background.BackgroundTasks().add_task": 0,
    "starlette.background.BackgroundTask": 0,
}
"""Calls that hand a function over to run after the response, with its position among the arguments."""
MAX_WRAPPERS = 4
"""Through how many plain functions that give back a coroutine it is looked for."""
_MIDDLEWARE_METHODS = ("dispatch", "__call__")


@dataclass(slots=True, frozen=True, eq=False)
class Entry:
    """A function through which a request enters the project.

    Attributes:
        function: the function.
        kind: "endpoint", "dependency", "middleware", "exception handler" or "background task".
        label: how messages name it: ``GET /users`` for an endpoint, ``the dependency get_db of GET /users``.
        location: where it is registered.
        route: the route of an endpoint or dependency.
    """

    function: FunctionDefinition
    kind: str
    label: str
    location: Location
    route: Route | None = None


Steps = tuple[tuple[CallEvent, FunctionDefinition], ...]
"""Calls, each with the function that it enters."""


@dataclass(slots=True, frozen=True, eq=False)
class Reach:
    """How a function is reached: the entry, and the calls that lead from it there, each with what it enters."""

    entry: Entry
    function: FunctionDefinition
    steps: Steps = ()

    def evidence(self, further: Steps = ()) -> list[Related]:
        """The way there, step by step, and the calls that lead further."""
        steps = [Related(f"{self.entry.label} enters the project here", self.entry.location)]
        for call, step in (*self.steps, *further):
            steps.append(Related(f"{step.innermost.call_name} is called here", call.site.location))
        return steps


class RequestPath:
    """The functions that run while a request is served.

    Args:
        apps: the applications.
        routes: their effective routes.
        bodies: what happens in functions.
    """

    def __init__(self, apps: Iterable[App], routes: Iterable[Route], bodies: Bodies) -> None:
        self._bodies = bodies
        self.entries: list[Entry] = _distinct([*_route_entries(routes), *_handler_entries(apps)])
        """Through what requests enter, routes first; each function once."""
        self.on_loop: dict[FunctionDefinition, Reach] = {}
        """The coroutine functions that the event loop runs for requests, by the shortest way to each."""
        self._follow()

    @cached_property
    def reached(self) -> dict[FunctionDefinition, Reach]:
        """All functions that run for requests, wherever they run, by the shortest way to each."""
        found: dict[FunctionDefinition, Reach] = {}
        queue = deque(Reach(entry, entry.function) for entry in self.entries)
        while queue:
            reach = queue.popleft()
            if reach.function in found:
                continue
            found[reach.function] = reach
            for event in self._bodies.of(reach.function).calls:
                queue += [Reach(reach.entry, callee, (*reach.steps, (event, callee))) for callee in event.functions]
        return found

    @cached_property
    def lent(self) -> dict[FunctionDefinition, Reach]:
        """The plain functions to which coroutine functions lend the thread of the event loop, by the shortest way to
        each."""
        found: dict[FunctionDefinition, Reach] = {}
        queue = deque(self.on_loop.values())
        while queue:
            reach = queue.popleft()
            for event in self._bodies.of(reach.function).calls:
                for callee in inline_callees(event):
                    if callee not in found:
                        found[callee] = Reach(reach.entry, callee, (*reach.steps, (event, callee)))
                        queue.append(found[callee])
        return found

    def _follow(self) -> None:
        """Collects the coroutine functions behind the entries; background tasks met on the way are entries too."""
        known = {entry.function for entry in self.entries}
        queue = deque(Reach(entry, entry.function) for entry in self.entries)
        while queue:
            reach = queue.popleft()
            function = reach.function
            if function in self.on_loop:
                continue
            if function.is_async:
                self.on_loop[function] = reach
            for event in self._bodies.of(function).calls:
                for task in _background_tasks(event):
                    if task not in known:
                        known.add(task)
                        label = f"the background task {task.name} of {reach.entry.label}"
                        entry = Entry(task, "background task", label, event.site.location)
                        self.entries.append(entry)
                        queue.append(Reach(entry, task))
                for steps in self._coroutines(event, ()) if function.is_async else ():
                    queue.append(Reach(reach.entry, steps[-1][1], (*reach.steps, *steps)))

    def _coroutines(self, event: CallEvent, before: Steps) -> Iterator[Steps]:
        """The ways from a call in a coroutine function to the coroutine functions that run for it: those that it calls
        and, where it is awaited, those whose coroutine a plain function gives back, as wrappers of decorators do."""
        for callee in event.functions:
            steps = (*before, (event, callee))
            if callee.is_async:
                yield steps
            elif (event.awaited or before) and len(steps) <= MAX_WRAPPERS:
                body = self._bodies.of(callee)
                given = {(give.node.value.start, give.node.value.end) for give in body.returns if give.node.value}
                for call in body.calls:
                    if (call.node.start, call.node.end) in given:
                        yield from self._coroutines(call, steps)


def _distinct(entries: Iterable[Entry]) -> list[Entry]:
    found: dict[FunctionDefinition, Entry] = {}
    for entry in entries:
        found.setdefault(entry.function, entry)
    return list(found.values())


def _route_entries(routes: Iterable[Route]) -> Iterator[Entry]:
    for route in routes:
        for function in route.dependant.functions:
            yield Entry(function, "endpoint", route.label, route.location, route)
        for dependant in route.dependencies:
            for function in dependant.functions:
                label = f"the dependency {function.name} of {route.label}"
                yield Entry(function, "dependency", label, dependant.location or route.location, route)


def _handler_entries(apps: Iterable[App]) -> Iterator[Entry]:
    for app in apps:
        for registration in app.middlewares:
            yield from middleware_entries(registration.handler, registration.arguments, registration.site.location)
        for registration in app.exception_handlers:
            yield from handler_entries(registration)


def middleware_entries(handler: Value, arguments: Arguments, location: Location) -> Iterator[Entry]:
    """The functions of a middleware: itself, the methods of its class, or ``dispatch=`` of a ready-made class."""
    for option in (*possibilities(handler), *possibilities(arguments.get("dispatch"))):
        if isinstance(option, ClassDefinition):
            methods = [method for name in _MIDDLEWARE_METHODS if (method := option.find_method(name)) is not None]
            for method in methods:
                yield Entry(method, "middleware", f"the middleware {option.name}", location)
        elif (function := callable_function(option)) is not None:
            yield Entry(function, "middleware", f"the middleware {function.name}", location)


def handler_entries(registration: HandlerRegistration) -> Iterator[Entry]:
    """The functions of an exception handler that is registered on an application."""
    for option in possibilities(registration.handler):
        function = callable_function(option)
        if function is not None:
            label = f"the exception handler {function.name}"
            yield Entry(function, "exception handler", label, registration.site.location)


def callable_function(value: Value | None) -> FunctionDefinition | None:
    """The project function that runs when a value is called, behind partials, methods and instances, or None."""
    while isinstance(value, Partial):
        value = value.function
    if isinstance(value, Method):
        return value.function
    if isinstance(value, Instance):
        return value.cls.find_method("__call__")
    return value if isinstance(value, FunctionDefinition) else None


def _background_tasks(event: CallEvent) -> Iterator[FunctionDefinition]:
    """The functions that a call hands over to run after the response."""
    for name in event.names:
        position = TASK_CALLS.get(name)
        if position is not None:
            for option in possibilities(event.arguments.get("func", position)):
                function = callable_function(option)
                if function is not None:
                    yield function


def inline_callees(event: CallEvent) -> tuple[FunctionDefinition, ...]:
    """The plain project functions whose bodies a call runs there and then, on the caller's thread.

    Left out: coroutine functions; generators, whose body runs when somebody iterates (but for context managers); cached
    functions, which run once; functions under a decorator that may move them to a thread.
    """
    return tuple(function for function in event.functions if _runs_inline(function, event))


def _runs_inline(function: FunctionDefinition, event: CallEvent) -> bool:
    if function.is_async:
        return False
    names = {external_name(decorator) for decorator in function.decorators} - {""}
    if names & CACHING_DECORATORS or (function.fact.yields and "contextlib.contextmanager" not in names):
        return False
    return not (event.awaited and names - INLINE_DECORATORS)
