"""Guards: what the body of a function says about authentication.

A function guards when it reads credentials (a header, a cookie, the session, the user that a middleware left) and
turns requests away, by itself or by a project function that it calls.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fastapi_lint.diagnostics import Related
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import contains
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.errors.catches import CATCH_ALL
from fastapi_lint.model.interpreter.bodies import Bodies, Body, CallEvent
from fastapi_lint.model.knowledge.security import (
    AUTHENTICATING_CALLS,
    AUTHENTICATION_NAMES,
    CREDENTIAL_NAMES,
    HARMLESS_DEPENDENCIES,
    NO_CREDENTIAL_NAMES,
    REQUEST_CREDENTIALS,
    STATE_CREDENTIALS,
)
from fastapi_lint.model.security.admissions import admissions
from fastapi_lint.model.security.rejections import UNAUTHENTICATED, Rejections, called_word, is_scheme_call
from fastapi_lint.model.security.request_reads import REQUESTS, request_reads
from fastapi_lint.model.values import Literal, Unknown, Value, external_name, possibilities

MAX_CALLS = 3
"""How many calls deep a body is followed."""

_STATES = frozenset(f"{request}.state" for request in REQUESTS)
_CARRIERS = frozenset(f"{request}.{name}" for request in REQUESTS for name in ("headers", "cookies"))
_CONVERSIONS = frozenset({"dict", "str", "len", "list", "print"})
_ANSWERS = frozenset({st.Raise, st.Return, ex.Call})


@dataclass(frozen=True, slots=True)
class Guard:
    """What a function does about credentials.

    Attributes:
        reads: where it takes credentials from the request, calls followed.
        rejects: where it turns a request away, calls followed.
        challenges: where it does so by 401, which says that credentials are missing.
        admits: where it lets a request without credentials through: a None returned for want of them.
    """

    reads: tuple[Related, ...] = ()
    rejects: tuple[Related, ...] = ()
    admits: tuple[Related, ...] = ()
    challenges: tuple[Related, ...] = ()


class Guards:
    """The guards of a project's functions, each analysed once.

    Args:
        bodies: what happens in functions.
    """

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self._rejections = Rejections(bodies)
        self._guards: dict[FunctionDefinition, Guard] = {}
        self._own: dict[FunctionDefinition, Guard] = {}

    def of(self, function: FunctionDefinition) -> Guard:
        """What a function does about credentials, with the project functions that it calls."""
        if function not in self._guards:
            reads = self._first(function, lambda guard: guard.reads)
            rejects = self._first(function, lambda guard: guard.rejects, counts=lambda call: not _is_swallowed(call))
            challenges = self._first(function, lambda guard: guard.challenges) if rejects else ()
            self._guards[function] = Guard(reads, rejects, self._own_guard(function).admits, challenges)
        return self._guards[function]

    def _first(
        self,
        function: FunctionDefinition,
        part: Callable[[Guard], tuple[Related, ...]],
        counts: Callable[[CallEvent], bool] = lambda _: True,
    ) -> tuple[Related, ...]:
        """The nearest that a function or one that it calls does, with the calls that lead there."""
        for callee, chain in self._bodies.reachable(function, MAX_CALLS, counts):
            found = part(self._own_guard(callee))
            if found:
                return (*map(_call_step, chain), found[0])
        return ()

    def hands_on(self, function: FunctionDefinition, names: frozenset[str]) -> Related | None:
        """Where a function passes one of its parameters ``names`` to something that nobody can see into, so that what
        becomes of the credentials in it is not known; None where it does not, or lets requests through whatever
        that says."""
        if self._own_guard(function).admits:
            return None
        for call in self._bodies.of(function).calls:
            if isinstance(call.node, ex.Call) and _is_opaque(call) and _mentions(call.node.arguments, names):
                return Related(f"{function.name} leaves it to {called_word(call) or 'a call'}", call.site.location)
        return None

    def _own_guard(self, function: FunctionDefinition) -> Guard:
        """What a function does about credentials without the functions that it calls."""
        if function not in self._own:
            body = self._bodies.of(function)
            rejections = list(self._rejections.in_body(body))
            self._own[function] = Guard(
                tuple(_credential_reads(body)),
                tuple(rejection.step for rejection in rejections),
                tuple(admissions(body)),
                tuple(rejection.step for rejection in rejections if rejection.status == UNAUTHENTICATED),
            )
        return self._own[function]


def _call_step(event: CallEvent) -> Related:
    names = ", ".join(function.name for function in event.functions)
    return Related(f"calls {names}", event.site.location)


def _is_swallowed(call: CallEvent) -> bool:
    """Whether a call stands in a ``try`` that catches whatever it raises and goes on."""
    tries = (context.node for context in call.context if isinstance(context.node, st.Try))
    return any(map(_goes_on, (handler for statement in tries for handler in statement.handlers)))


def _goes_on(handler: st.Handler) -> bool:
    broad = handler.type is None or (isinstance(handler.type, ex.Name) and handler.type.id in CATCH_ALL)
    return broad and not contains(handler.body, _ANSWERS)


def _is_opaque(call: CallEvent) -> bool:
    """Whether a call enters code that is neither the project's nor known to do other things than authentication."""
    for callee in possibilities(call.callee):
        name = external_name(callee)
        if isinstance(callee, Unknown):
            return True
        known = "." not in name or name.partition(".")[0] in sys.stdlib_module_names
        if name and not known and not name.startswith(HARMLESS_DEPENDENCIES):
            return True
    return False


def _mentions(node: object, names: frozenset[str]) -> bool:
    """Whether one of the names occurs in expressions."""
    if isinstance(node, ex.Name):
        return node.id in names
    return isinstance(node, tuple) and any(_mentions(part, names) for part in node if isinstance(part, tuple))


def _credential_reads(body: Body) -> Iterator[Related]:
    """Where a body itself takes credentials from the request."""
    name = body.function.name
    for read in request_reads(body):
        if CREDENTIAL_NAMES.search(read.key) or (
            read.carrier == "cookies" and not NO_CREDENTIAL_NAMES.search(read.key)
        ):
            yield Related(f"{name} reads {read.carrier}[{read.key!r}]", read.site.location)
    for event in body.reads:
        attribute = event.node.attr if isinstance(event.node, ex.Attribute) else ""
        receiver = external_name(event.receiver)
        if receiver in REQUESTS and attribute in REQUEST_CREDENTIALS:
            yield Related(f"{name} reads request.{attribute}", event.site.location)
        elif receiver in _STATES and STATE_CREDENTIALS.search(attribute):
            yield Related(f"{name} reads request.state.{attribute}", event.site.location)
    for call in body.calls:
        what = _credential_in_call(call)
        if what:
            yield Related(f"{name} reads {what}", call.site.location)


def _credential_in_call(call: CallEvent) -> str:
    """The credential that a call takes from the request in another way than by name, or ""."""
    for callee in possibilities(call.callee):
        name = external_name(callee)
        if AUTHENTICATING_CALLS.search(name) or is_scheme_call(callee):
            return "the credentials of a scheme"
        if name in ("getattr", "hasattr") and len(call.arguments.positional) > 1:
            owner, attribute = call.arguments.positional[:2]
            if external_name(owner) in _STATES and STATE_CREDENTIALS.search(_text(attribute)):
                return f"request.state.{_text(attribute)}"
    if call.functions:
        return ""
    word = called_word(call)
    for name in map(external_name, call.arguments):
        if name in _CARRIERS and word not in _CONVERSIONS:
            return name.rpartition(".")[2]
        if name in REQUESTS and AUTHENTICATION_NAMES.search(word):
            return f"the request in {word}"
    return ""


def _text(value: Value) -> str:
    return value.value if isinstance(value, Literal) and isinstance(value.value, str) else ""
