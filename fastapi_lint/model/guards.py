"""Guards: what the body of a function says about authentication.

A function guards when it reads credentials (a header, a cookie, the session, the user that a middleware left) and
turns requests away (raises or returns 401 or 403, by itself or by a project function that it calls). What bodies do
comes from :mod:`fastapi_lint.model.bodies`; only what these events do not hold is looked for in the facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi_lint.diagnostics import Related
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.model.bodies import Bodies, Body, CallEvent, Context, GiveEvent, RaiseEvent
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.knowledge.security import (
    AUTHENTICATING_CALLS,
    AUTHENTICATION_NAMES,
    CREDENTIAL_NAMES,
    HTTP_EXCEPTIONS,
    REJECTING_CLOSE_CODES,
    REJECTING_EXTERNALS,
    REJECTING_NAMES,
    REJECTING_STATUSES,
    REQUEST_CREDENTIALS,
    SECURITY_SCHEMES,
    STATE_CREDENTIALS,
)
from fastapi_lint.model.values import (
    Arguments,
    ExternalResult,
    Instance,
    Literal,
    Site,
    Value,
    external_name,
    possibilities,
)

MAX_CALLS = 3
"""How many calls deep a body is followed."""

_REQUESTS = frozenset(
    {"starlette.requests.Request()", "starlette.requests.HTTPConnection()", "starlette.websockets.WebSocket()"}
)
_CARRIERS = frozenset(f"{request}.{name}" for request in _REQUESTS for name in ("headers", "cookies", "query_params"))
_STATES = frozenset(f"{request}.state" for request in _REQUESTS)
_RESPONSES = ("starlette.responses.", "fastapi.Response", "fastapi.responses.")
_REDIRECT = "starlette.responses.RedirectResponse()"
_WEBSOCKET_EXCEPTIONS = frozenset({"fastapi.WebSocketException", "starlette.exceptions.WebSocketException"})


@dataclass(frozen=True, slots=True)
class Guard:
    """What a function does about credentials.

    Attributes:
        reads: where it takes credentials from the request, calls followed.
        rejects: where it turns a request away, calls followed.
        admits: where it lets a request without credentials through: a None returned for want of them.
    """

    reads: tuple[Related, ...] = ()
    rejects: tuple[Related, ...] = ()
    admits: tuple[Related, ...] = ()


class Guards:
    """The guards of a project's functions, each analysed once.

    Args:
        bodies: what happens in functions.
    """

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self._guards: dict[FunctionDefinition, Guard] = {}
        self._own: dict[FunctionDefinition, Guard] = {}

    def of(self, function: FunctionDefinition) -> Guard:
        """What a function does about credentials, with the project functions that it calls."""
        if function not in self._guards:
            reads: list[Related] = []
            rejects: list[Related] = []
            for callee, chain in self._bodies.reachable(function, MAX_CALLS):
                own = self._own_guard(callee)
                steps = tuple(_call_step(event) for event in chain)
                if own.reads and not reads:
                    reads += (*steps, *own.reads[:1])
                if own.rejects and not rejects:
                    rejects += (*steps, *own.rejects[:1])
                if reads and rejects:
                    break
            self._guards[function] = Guard(tuple(reads), tuple(rejects), self._own_guard(function).admits)
        return self._guards[function]

    def _own_guard(self, function: FunctionDefinition) -> Guard:
        if function not in self._own:
            body = self._bodies.of(function)
            self._own[function] = Guard(
                tuple(_credential_reads(body)), tuple(self._rejections(body)), tuple(_admissions(body))
            )
        return self._own[function]

    # turning away

    def _rejections(self, body: Body) -> Iterator[Related]:
        for raising in body.raises:
            for value in (*possibilities(raising.value), *self._made_by_call(raising, body)):
                if self.rejects_with(value):
                    yield Related(f"{body.function.name} raises {_name_of(value)}", raising.site.location)
        for giving in body.gives:
            if any(_is_rejecting_response(value) for value in possibilities(giving.value)):
                yield Related(f"{body.function.name} answers with a rejection", giving.site.location)
        for call in body.calls:
            what = _rejecting_call(call)
            if what:
                yield Related(f"{body.function.name} {what}", call.site.location)

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
        if name in _WEBSOCKET_EXCEPTIONS and isinstance(value, ExternalResult):
            return _number(value.arguments.get("code", 0)) in REJECTING_CLOSE_CODES
        return name in REJECTING_EXTERNALS or bool(REJECTING_NAMES.search(name.rpartition(".")[2]))

    def _is_rejecting_class(self, value: Instance | ClassDefinition) -> bool:
        """Whether a project's exception stands for 401 or 403: by its status, else by its name."""
        cls = value.cls if isinstance(value, Instance) else value
        status = self._status_of(cls, value.arguments if isinstance(value, Instance) else None)
        if status is not None:
            return status in REJECTING_STATUSES
        return any(REJECTING_NAMES.search(own.name) for own in cls.project_lineage)

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


def _call_step(event: CallEvent) -> Related:
    names = ", ".join(function.name for function in event.functions)
    return Related(f"calls {names}", event.site.location)


def _number(value: Value | None) -> int | None:
    return value.value if isinstance(value, Literal) and isinstance(value.value, int) else None


def _text(value: Value | None) -> str | None:
    return value.value if isinstance(value, Literal) and isinstance(value.value, str) else None


def _name_of(value: Value) -> str:
    """How an exception is called in a message, with its status where it has one."""
    if isinstance(value, Instance):
        return value.cls.name
    if isinstance(value, ClassDefinition):
        return value.name
    name = external_name(value).removesuffix("()").rpartition(".")[2]
    status = _number(value.arguments.get("status_code", 0)) if isinstance(value, ExternalResult) else None
    return f"{name}({status})" if status is not None else name


def _is_rejecting_response(value: Value) -> bool:
    if not isinstance(value, ExternalResult) or not value.name.startswith(_RESPONSES):
        return False
    if value.name == _REDIRECT:
        return "login" in (_text(value.arguments.get("url", 0)) or "")
    return _number(value.arguments.get("status_code", 1)) in REJECTING_STATUSES


def _rejecting_call(call: CallEvent) -> str:
    """What a call does that turns the request away by itself, or ""."""
    for callee in possibilities(call.callee):
        name = external_name(callee)
        if AUTHENTICATING_CALLS.search(name):
            return f"calls {name.rpartition('.')[2]}"
        if name.endswith("WebSocket().close") and _number(call.arguments.get("code", 0)) in REJECTING_CLOSE_CODES:
            return "closes the websocket"
        if _is_scheme_call(callee):
            return "calls a security scheme"
    word = _called_word(call)
    if not call.functions and word and REJECTING_NAMES.search(word) and word[:1].islower():
        return f"calls {word}"
    return ""


def _is_scheme_call(callee: Value) -> bool:
    """Whether a security scheme that raises by itself is called: the scheme, or ``super().__call__`` of a subclass."""
    name = external_name(callee).removesuffix(".__call__")
    if not name.endswith("()") or name[:-2] not in SECURITY_SCHEMES:
        return False
    if isinstance(callee, ExternalResult):
        raises = callee.arguments.get("auto_error")
        return not (isinstance(raises, Literal) and raises.value is False)
    return True


def _called_word(call: CallEvent) -> str:
    """The last name in the text of what is called."""
    node = call.node
    if not isinstance(node, ex.Call):
        return ""
    if isinstance(node.func, ex.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ex.Name) else ""


# reading credentials


def _credential_reads(body: Body) -> Iterator[Related]:
    name = body.function.name
    for read in body.reads:
        attribute = read.node.attr if isinstance(read.node, ex.Attribute) else ""
        receiver = external_name(read.receiver)
        if receiver in _REQUESTS and attribute in REQUEST_CREDENTIALS:
            yield Related(f"{name} reads request.{attribute}", read.site.location)
        elif receiver in _STATES and STATE_CREDENTIALS.search(attribute):
            yield Related(f"{name} reads request.state.{attribute}", read.site.location)
    for call in body.calls:
        what = _credential_in_call(call)
        if what:
            yield Related(f"{name} reads {what}", call.site.location)
    for subscript in _subscripts(body.function.fact.body.statements):
        if isinstance(subscript.value, ex.Attribute) and subscript.value.attr in ("headers", "cookies", "scope"):
            key = subscript.index.value if isinstance(subscript.index, ex.Constant) else None
            if isinstance(key, str) and (CREDENTIAL_NAMES.search(key) or key in REQUEST_CREDENTIALS):
                site = Site(body.function.module, subscript.start, subscript.end)
                yield Related(f"{name} reads {subscript.value.attr}[{key!r}]", site.location)


def _credential_in_call(call: CallEvent) -> str:
    """The credential that a call takes from the request, or ""."""
    for callee in possibilities(call.callee):
        name = external_name(callee)
        carrier, _, method = name.rpartition(".")
        if carrier in _CARRIERS and method in ("get", "getlist", "pop"):
            key = _text(call.arguments.get("key", 0))
            if key is not None and CREDENTIAL_NAMES.search(key):
                return f"{carrier.rpartition('.')[2]}[{key!r}]"
        if AUTHENTICATING_CALLS.search(name) or _is_scheme_call(callee):
            return "the credentials of a scheme"
        if name in ("getattr", "hasattr") and len(call.arguments.positional) > 1:
            attribute = _text(call.arguments.positional[1])
            if external_name(call.arguments.positional[0]) in _STATES and STATE_CREDENTIALS.search(attribute or ""):
                return f"request.state.{attribute}"
    if call.functions:
        return ""
    word = _called_word(call)
    for name in map(external_name, call.arguments):
        if name in _CARRIERS and not name.endswith("query_params") and word not in ("dict", "str"):
            return name.rpartition(".")[2]
        if name in _REQUESTS and AUTHENTICATION_NAMES.search(word):
            return f"the request in {word}"
    return ""


def _subscripts(node: object) -> Iterator[ex.Subscript]:
    """The subscripts in statements, those of nested functions and classes apart."""
    if isinstance(node, ex.Subscript):
        yield node
    if isinstance(node, tuple) and not isinstance(node, (st.Function, st.Class, ex.Lambda)):
        for part in node:
            if isinstance(part, tuple):
                yield from _subscripts(part)


# letting through


def _admissions(body: Body) -> Iterator[Related]:
    """Where a function gives None for want of credentials: after ``if not token``, or when an exception is swallowed.

    A None for a switch of the settings (``if not settings.auth_enabled``) is no admission of anonymous requests.
    """
    for giving in body.gives:
        node = giving.node
        if not isinstance(node, (st.Return, ex.Yield)) or not _is_none(giving):
            continue
        if giving.context and _tests_absence(giving.context[-1], body.function):
            message = f"{body.function.name} lets requests without credentials through"
            yield Related(message, giving.site.location)


def _is_none(giving: GiveEvent) -> bool:
    return isinstance(giving.value, Literal) and giving.value.value is None


def _tests_absence(context: Context, function: FunctionDefinition) -> bool:
    """Whether a branch is the one in which something is missing, or an exception handler."""
    if context.kind == "handler":
        return True
    if context.kind != "branch" or not isinstance(context.node, st.If):
        return False
    return _absence(context.node.test, function) is (context.branch == 0)


def _absence(test: ex.Expression, function: FunctionDefinition) -> bool | None:
    """True when a test holds for something missing, False when it holds for something there, None when it asks
    otherwise."""
    if isinstance(test, ex.Unary) and test.operator == "not":
        inner = _absence(test.operand, function)
        return None if inner is None else not inner
    if isinstance(test, ex.Comparison) and len(test.operators) == 1:
        operand = test.operands[0]
        if isinstance(operand, ex.Constant) and operand.value is None and _is_local(test.left, function):
            return {"is": True, "==": True, "is not": False, "!=": False}.get(test.operators[0])
        return None
    if isinstance(test, ex.Operation) and test.operator in ("and", "or"):
        left, right = _absence(test.left, function), _absence(test.right, function)
        return left if left == right or test.operator == "or" and left else right if test.operator == "or" else None
    return False if _is_local(test, function) else None


def _is_local(node: ex.Expression, function: FunctionDefinition) -> bool:
    """Whether an expression is about what the function got, not about a module's constants or settings."""
    if isinstance(node, ex.Name):
        return node.id not in function.module.scope.names
    if isinstance(node, ex.Walrus):
        return True
    if isinstance(node, ex.Call):
        return any(_is_local(part, function) for part in _roots(node.func))
    return False


def _roots(node: ex.Expression) -> Iterator[ex.Expression]:
    while isinstance(node, (ex.Attribute, ex.Subscript, ex.Call)):
        node = node.func if isinstance(node, ex.Call) else node.value
    yield node


