"""Rejections: where code turns a request away for want of credentials or rights.

That is an exception or response of status 401 or 403, a websocket closed with a policy code, a redirect to the login, a
security scheme or library method that raises by itself, and an exception or helper whose name says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fastapi_lint.diagnostics import Related
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, Body, CallEvent, RaiseEvent
from fastapi_lint.model.knowledge.security import (
    AUTHENTICATING_CALLS,
    HTTP_EXCEPTIONS,
    REJECTING_CLOSE_CODES,
    REJECTING_EXTERNALS,
    REJECTING_NAMES,
    REJECTING_STATUSES,
    SECURITY_SCHEMES,
    WEBSOCKET_EXCEPTIONS,
)
from fastapi_lint.model.values import (
    Arguments,
    ExternalResult,
    Instance,
    Literal,
    Value,
    external_name,
    possibilities,
    text_of,
)

_RESPONSES = "starlette.responses."
_REDIRECT = "starlette.responses.RedirectResponse()"


UNAUTHENTICATED = 401


class Rejection(NamedTuple):
    """One rejection: how it is done, and its status, None where that is not known."""

    step: Related
    status: int | None = None


class Rejections:
    """Finds rejections in bodies.

    Args:
        bodies: what happens in functions.
    """

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies

    def in_body(self, body: Body) -> Iterator[Rejection]:
        """Where a body itself turns the request away, in no particular order."""
        for raising in body.raises:
            for value in (*possibilities(raising.value), *self._made_by_call(raising, body)):
                if self.rejects_with(value):
                    step = Related(f"{body.function.name} raises {_name_of(value)}", raising.site.location)
                    yield Rejection(step, self._status(value))
        for giving in body.gives:
            for value in possibilities(giving.value):
                if isinstance(value, ExternalResult) and _is_rejecting_response(value):
                    step = Related(f"{body.function.name} answers with a rejection", giving.site.location)
                    yield Rejection(step, _number(value.arguments.get("status_code", 1)))
        for call in body.calls:
            what = _rejecting_call(call)
            if what:
                yield Rejection(Related(f"{body.function.name} {what}", call.site.location))

    def _made_by_call(self, raising: RaiseEvent, body: Body) -> Iterator[Value]:
        """What the project function returns that makes the exception: ``raise forbidden()``."""
        exception = raising.node.exception if isinstance(raising.node, st.Raise) else None
        if not isinstance(exception, ex.Call):
            return
        for call in body.calls:
            if call.node is exception:
                for function in call.functions:
                    if function.name != "__init__":
                        for giving in self._bodies.of(function).returns:
                            yield from possibilities(giving.value)

    def rejects_with(self, value: Value) -> bool:
        """Whether raising a value turns the request away with 401 or 403, or a websocket with a policy code."""
        if isinstance(value, (Instance, ClassDefinition)):
            return self._is_rejecting_class(value)
        name = external_name(value).removesuffix("()")
        if name in HTTP_EXCEPTIONS and isinstance(value, ExternalResult):
            return _number(value.arguments.get("status_code", 0)) in REJECTING_STATUSES
        if name in WEBSOCKET_EXCEPTIONS and isinstance(value, ExternalResult):
            return _number(value.arguments.get("code", 0)) in REJECTING_CLOSE_CODES
        return name in REJECTING_EXTERNALS or bool(REJECTING_NAMES.search(name.rpartition(".")[2]))

    def _is_rejecting_class(self, value: Instance | ClassDefinition) -> bool:
        """Whether a project's exception stands for 401 or 403: by its status, else by its name."""
        status = self._status(value)
        if status is not None:
            return status in REJECTING_STATUSES
        cls = value.cls if isinstance(value, Instance) else value
        return any(REJECTING_NAMES.search(own.name) for own in cls.project_lineage)

    def _status(self, value: Value) -> int | None:
        """The status that raising a value answers with, None where that is not known."""
        if isinstance(value, Instance):
            return self._status_of(value.cls, value.arguments)
        if isinstance(value, ClassDefinition):
            return self._status_of(value, None)
        return _number(value.arguments.get("status_code", 0)) if isinstance(value, ExternalResult) else None

    def _status_of(self, cls: ClassDefinition, arguments: Arguments | None) -> int | None:
        """The status of an exception class: passed when it was made, set in the class body, or passed to HTTPException
        by its ``__init__``."""
        constructor = cls.find_method("__init__")
        for passed in map(_number, arguments or ()):
            if passed is not None and 400 <= passed < 600:
                return passed
        for name in ("status_code", "http_status", "code", "status"):
            declared = _number(cls.find(name))
            if declared is not None:
                return declared
        if constructor is None:
            return None
        for call in self._bodies.of(constructor).calls:
            if any(name.endswith(".__init__") for name in call.names):
                passed = _number(call.arguments.get("status_code", 0))
                if passed is not None:
                    return passed
        for parameter in constructor.fact.parameters:
            if parameter.name == "status_code" and isinstance(parameter.default, ex.Constant):
                return parameter.default.value if isinstance(parameter.default.value, int) else None
        return None


def _number(value: Value | None) -> int | None:
    return value.value if isinstance(value, Literal) and isinstance(value.value, int) else None


def _name_of(value: Value) -> str:
    """How an exception is called in a message, with its status where it has one."""
    if isinstance(value, Instance):
        return value.cls.name
    if isinstance(value, ClassDefinition):
        return value.name
    name = external_name(value).removesuffix("()").rpartition(".")[2]
    status = _number(value.arguments.get("status_code", 0)) if isinstance(value, ExternalResult) else None
    return f"{name}({status})" if status is not None else name


def _is_rejecting_response(value: ExternalResult) -> bool:
    if not value.name.startswith(_RESPONSES):
        return False
    if value.name == _REDIRECT:
        return "login" in (text_of(value.arguments.get("url", 0)) or "")
    return _number(value.arguments.get("status_code", 1)) in REJECTING_STATUSES


def _rejecting_call(call: CallEvent) -> str:
    """What a call does that turns the request away by itself, or ""."""
    for callee in possibilities(call.callee):
        name = external_name(callee)
        if AUTHENTICATING_CALLS.search(name):
            return f"calls {name.rpartition('.')[2]}"
        if name.endswith("WebSocket().close") and _number(call.arguments.get("code", 0)) in REJECTING_CLOSE_CODES:
            return "closes the websocket"
        if is_scheme_call(callee):
            return "calls a security scheme"
    word = called_word(call)
    if not call.functions and word and REJECTING_NAMES.search(word) and word[:1].islower():
        return f"calls {word}"
    return ""


def is_scheme_call(callee: Value) -> bool:
    """Whether a security scheme that raises by itself is called: the scheme, or ``super().__call__`` of a subclass."""
    if isinstance(callee, Instance):
        return callee.cls.derives_from(*SECURITY_SCHEMES) and callee.cls.find_method("__call__") is None
    name = external_name(callee).removesuffix(".__call__")
    if not name.endswith("()") or name[:-2] not in SECURITY_SCHEMES:
        return False
    if isinstance(callee, ExternalResult):
        raises = callee.arguments.get("auto_error")
        return not (isinstance(raises, Literal) and raises.value is False)
    return True


def called_word(call: CallEvent) -> str:
    """The last name in the text of what is called."""
    node = call.node
    if not isinstance(node, ex.Call):
        return ""
    if isinstance(node.func, ex.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ex.Name) else ""
