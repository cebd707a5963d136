"""Limits: how far calls are followed at import time.

A project may compute much before it registers a route, and of what is not decided both branches are taken; so calls are
entered only so deep and for so long.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.frames import Frame
from fastapi_lint.model.routing.registration import Registrar
from fastapi_lint.model.values import Value

MAX_DEPTH = 40
"""Calls deeper than this are not entered."""
MAX_STEPS = 400_000
"""Statements executed in entered calls, all together; a project that computes at import time ends there."""
MAX_CALL_STEPS = 30_000
"""Statements executed for one call from a module's body, for one function that runs at start-up, and for the costly
calls of one function that register nothing. Functions of modules that import FastAPI may take as many again, whatever
other calls took."""
MAX_FRUITLESS_STEPS = 5_000
"""Statements executed for the costly calls of one function that register nothing in modules that do not import
FastAPI."""
COSTLY_STEPS = 1_000
"""A call that executes more statements is costly."""


class Limits:
    """What calls have cost so far, and which are entered.

    Args:
        registrar: knows what was registered.

    Attributes:
        steps: statements executed in entered calls.
        cut_short: functions whose calls were not followed to their end.
    """

    def __init__(self, registrar: Registrar) -> None:
        self.steps = 0
        self.cut_short: dict[FunctionDefinition, None] = {}
        self._registrar = registrar
        self._limit = MAX_STEPS
        self._routing_limit = MAX_CALL_STEPS
        self._fruitless: dict[int, int] = {}
        self._active: dict[tuple[FunctionDefinition, int], int] = {}

    def allow(self, function: FunctionDefinition, receiver: Value | None, frame: Frame) -> bool:
        """Whether a call from a frame may be entered.

        A recursion goes no further where it stands under a condition that is not decided: nothing would end it. What
        took all it may and registered nothing is not tried again.
        """
        if frame.depth >= MAX_DEPTH or self._is_fruitless(function):
            return False
        if self.steps >= self._limit and not self._may_route(function, frame):
            if frame.depth == 0 and not self.cut_short:
                self.cut_short[function] = None
            return False
        around = self._active.get((function, id(receiver)))
        return around is None or len(frame.conditions) <= around

    def _is_fruitless(self, function: FunctionDefinition) -> bool:
        limit = MAX_CALL_STEPS if _knows_fastapi(function) else MAX_FRUITLESS_STEPS
        return self._fruitless.get(id(function.fact), 0) >= limit

    def is_running(self, function: FunctionDefinition, receiver: Value | None) -> bool:
        """Whether a function is being executed for a receiver."""
        return (function, id(receiver)) in self._active

    def _may_route(self, function: FunctionDefinition, frame: Frame) -> bool:
        within = frame.depth == 0 or self.steps < self._routing_limit
        return within and _knows_fastapi(function)

    @contextmanager
    def entering(self, function: FunctionDefinition, receiver: Value | None, frame: Frame) -> Iterator[None]:
        """Around the execution of a function that is called from a frame."""
        call = (function, id(receiver))
        recursive = call in self._active
        self._active.setdefault(call, len(frame.conditions))
        outside, registered, before = (self._limit, self._routing_limit), self._registrar.registered, self.steps
        if not frame.depth:
            self._limit = min(self._limit, self.steps + MAX_CALL_STEPS)
            self._routing_limit = self.steps + 2 * MAX_CALL_STEPS
        yield
        self._limit, self._routing_limit = outside
        if not recursive:
            self._count(function, self.steps - before, self._registrar.registered > registered)
            del self._active[call]

    def _count(self, function: FunctionDefinition, steps: int, fruitful: bool) -> None:
        """A call ended."""
        if steps >= MAX_CALL_STEPS:
            self.cut_short[function] = None
        if steps >= COSTLY_STEPS and not fruitful:
            self._fruitless[id(function.fact)] = self._fruitless.get(id(function.fact), 0) + steps
            if self._fruitless[id(function.fact)] >= MAX_CALL_STEPS:
                self.cut_short[function] = None


def _knows_fastapi(function: FunctionDefinition) -> bool:
    return "fastapi" in function.module.facts.imports
