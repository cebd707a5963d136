"""Exceptions as flow: which exceptions leave a function, through its own handlers and from what it calls.

What is not certain is left out: an exception that some handler on its way may catch, and what passes a decorator of the
project, which may turn it into another.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.model.concurrency.request_path import Steps
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.errors.catches import Catch, caught
from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent, Event, RaiseEvent
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.knowledge.security import HTTP_EXCEPTIONS
from fastapi_lint.model.values import External, ExternalResult, Instance, Value, external_name, possibilities

_MAX_DEPTH = 24
_MAX_ESCAPES = 64
_TRANSPARENT = frozenset({"staticmethod", "classmethod", "property", "abc", "functools", "typing", "contextlib"})
"""Builtin decorators, and packages whose decorators raise what the function raises."""


@dataclass(frozen=True, slots=True, eq=False)
class Escape:
    """An exception that leaves a function.

    Attributes:
        cls: its class.
        event: the ``raise``.
        function: the function that raises it.
        steps: the calls that lead there.
    """

    cls: ClassDefinition | External
    event: RaiseEvent
    function: FunctionDefinition
    steps: Steps = ()


class ExceptionFlow:
    """Which exceptions leave the functions of a project.

    Args:
        bodies: what happens in functions.
        interpreter: says what handlers catch.
    """

    def __init__(self, bodies: Bodies, interpreter: Interpreter) -> None:
        self._bodies, self._interpreter = bodies, interpreter
        self._known: dict[FunctionDefinition, tuple[Escape, ...]] = {}
        self._entered: list[FunctionDefinition] = []

    def leaving(self, function: FunctionDefinition) -> tuple[Escape, ...]:
        """The exceptions that may leave a function, each ``raise`` once."""
        known = self._known.get(function)
        if known is None:
            if function in self._entered or len(self._entered) > _MAX_DEPTH:
                return ()
            self._entered.append(function)
            body = self._bodies.of(function)
            found: dict[object, Escape] = {}
            for event in (*body.raises, *body.calls):
                for escape in self._from(event, function):
                    if self._passes(event, escape.cls, function):
                        found.setdefault((escape.event, escape.cls), escape)
            self._entered.pop()
            known = self._known[function] = tuple(found.values())[:_MAX_ESCAPES]
        return known

    def reaching(self, catch: Catch) -> Iterator[Escape]:
        """The exceptions that come to an ``except`` clause from what its ``try`` does, and are caught by it."""
        for event in (*catch.body.raises, *catch.body.calls):
            if catch.guards(event):
                for escape in self._from(event, catch.function):
                    if self._passes(event, escape.cls, catch.function, catch.statement):
                        if self._catcher(catch.statement, escape.cls, catch.function) is catch.handler:
                            yield escape

    def _from(self, event: Event, function: FunctionDefinition) -> Iterator[Escape]:
        """The exceptions that come out of a ``raise`` or a call."""
        if isinstance(event, RaiseEvent):
            for cls in filter(None, map(raised_class, possibilities(event.value))):
                yield Escape(cls, event, function)
        elif isinstance(event, CallEvent):
            for callee in event.functions:
                if not (callee.fact.yields or any(map(may_translate, callee.decorators))):
                    for escape in self.leaving(callee):
                        yield Escape(escape.cls, escape.event, escape.function, ((event, callee), *escape.steps))

    def _passes(
        self,
        event: Event,
        cls: ClassDefinition | External,
        function: FunctionDefinition,
        outermost: st.Try | None = None,
    ) -> bool:
        """Whether an exception passes all handlers around an event, those up to and without ``outermost``."""
        for context in reversed(event.context):
            if context.node is outermost:
                break
            if context.kind == "with" and any(self._suppresses(item.context, function) for item in context.node.items):
                return False
            if context.kind == "try" and self._catcher(context.node, cls, function) is not None:
                return False
        return True

    def _suppresses(self, manager: ex.Expression, function: FunctionDefinition) -> bool:
        """Whether a context manager is ``contextlib.suppress``."""
        if not isinstance(manager, ex.Call):
            return False
        return external_name(self._interpreter.evaluate(manager.func, function.scope)) == "contextlib.suppress"

    def _catcher(
        self, statement: st.Try, cls: ClassDefinition | External, function: FunctionDefinition
    ) -> st.Handler | None:
        """The handler of a ``try`` that catches an exception, or the first that may; None when it passes."""
        for handler in statement.handlers:
            if any(catches(each, cls) is not False for each in caught(handler, function, self._interpreter)):
                return handler
        return None


def raised_class(value: Value) -> ClassDefinition | External | None:
    """The class of a raised value, None when it is not known."""
    if isinstance(value, Instance):
        return value.cls
    if isinstance(value, ExternalResult):
        return value.callee
    return value if isinstance(value, (ClassDefinition, External)) else None


def catches(caught_class: Value, cls: ClassDefinition | External) -> bool | None:
    """Whether ``except caught_class`` catches an exception of a class; None when that is not known."""
    if isinstance(caught_class, ClassDefinition):
        return isinstance(cls, ClassDefinition) and caught_class in cls.lineage
    name = external_name(caught_class)
    if not name:
        return None
    known, is_all = _ancestors(cls)
    return True if name in known else (False if is_all else None)


def _ancestors(cls: ClassDefinition | External) -> tuple[set[str], bool]:
    """The external names of the classes that a class derives from, and whether these are all."""
    found = {"Exception", "BaseException"}
    is_all = True
    for name in (cls.name,) if isinstance(cls, External) else cls.external_bases:
        builtin = getattr(builtins, name, None)
        if isinstance(builtin, type):
            found |= {each.__name__ for each in builtin.__mro__}
        elif name in HTTP_EXCEPTIONS:
            found |= {name, "starlette.exceptions.HTTPException"}
        else:
            found.add(name)
            is_all = False
    return found, is_all


def may_translate(decorator: Value) -> bool:
    """Whether a decorator may catch what a function raises."""
    name = external_name(decorator)
    return not name or name.split(".")[0] not in _TRANSPARENT
