"""Logged secrets: passwords, tokens, headers and bodies of requests, and settings, that are put into the logs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import assigned_once, is_name
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.endpoints.logs import log_call
from fastapi_lint.model.interpreter.bodies import Bodies, Body, CallEvent
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.knowledge.logs import DUMPS, LEVELS
from fastapi_lint.model.knowledge.pydantic import SECRET_TYPES, SETTINGS_BASES
from fastapi_lint.model.knowledge.tokens import AUTHORIZATION_HEADER
from fastapi_lint.model.schemas.schemas import Schemas
from fastapi_lint.model.security.request_reads import REQUESTS, is_of_request
from fastapi_lint.model.security.secrets import head_of
from fastapi_lint.model.types import origin_name, strip, without_none
from fastapi_lint.model.values import ExternalResult, Instance, Value, external_name, possibilities

_HEADERS = frozenset(f"{request}.{name}" for request in REQUESTS for name in ("headers", "cookies"))
_PRINT = "print"
"""What it writes lands in the logs of most servers."""
_TEXTS = frozenset({"str", "bytes", "typing.Any"})


@dataclass(frozen=True, slots=True, eq=False)
class LoggedSecret:
    """Something secret that is logged: ``what`` it is, in words, the call, and the expression."""

    what: str
    call: CallEvent
    node: ex.Expression


def logged_secrets(
    function: FunctionDefinition, bodies: Bodies, schemas: Schemas, interpreter: Interpreter
) -> Iterator[LoggedSecret]:
    """What a function logs that nobody should read in logs.

    Args:
        function: the function.
        bodies: what happens in functions.
        schemas: the project's schemas.
        interpreter: says what the types of parameters are.
    """
    if not function.fact.body.may_hold(*LEVELS, _PRINT):
        return
    body = bodies.of(function)
    calls = [event for event in body.calls if event.names == (_PRINT,) or log_call(event) is not None]
    values = _Values(body, schemas, interpreter) if calls else None
    for event in calls if values is not None else ():
        for argument in event.node.arguments if isinstance(event.node, ex.Call) else ():
            for node in _shown(argument.value):
                what = values.secret_of(node)
                if what and not _is_empty(node, event):
                    yield LoggedSecret(what, event, node)


def _is_empty(node: ex.Expression, event: CallEvent) -> bool:
    """Whether a variable holds nothing where a call stands: under ``if not token``."""
    for context in event.context:
        test = context.node.test if isinstance(context.node, st.If) else None
        is_negated = isinstance(test, ex.Unary) and test.operator == "not"
        tested = test.operand if is_negated else test
        if isinstance(tested, ex.Name) and is_name(node, tested.id) and context.branch == (0 if is_negated else 1):
            return True
    return False


def _shown(node: ex.Expression) -> Iterator[ex.Expression]:
    """The expressions whose whole values are in the text of an expression."""
    if isinstance(node, ex.FormattedString):
        for part in node.parts:
            yield from _shown(part)
    elif isinstance(node, ex.Operation):
        yield from _shown(node.left)
        yield from _shown(node.right)
    elif isinstance(node, (ex.Sequence, ex.Mapping)):
        for item in node.items:
            yield from _shown(item[1] if isinstance(node, ex.Mapping) else item)
    elif isinstance(node, ex.Call):
        function, passed = node.func, [argument.value for argument in node.arguments]
        if isinstance(function, ex.Name) and function.id in ("str", "repr", "dict"):
            for each in passed:
                yield from _shown(each)
        elif isinstance(function, ex.Attribute) and function.attr == "format":
            for each in passed:
                yield from _shown(each)
        elif isinstance(function, ex.Attribute) and function.attr in DUMPS and not passed:
            yield function.value
        else:
            yield node
    elif isinstance(node, (ex.Name, ex.Attribute, ex.Subscript, ex.Await)):
        yield node


class _Values:
    """What expressions of a body are.

    Args:
        body: the body.
        schemas: the project's schemas.
        interpreter: says what the types of parameters are.
    """

    def __init__(self, body: Body, schemas: Schemas, interpreter: Interpreter) -> None:
        self._body, self._schemas, self._interpreter = body, schemas, interpreter
        self._reads = {(event.node.start, event.node.end): event.result for event in body.reads}
        self._calls = {(event.node.start, event.node.end): event for event in body.calls}
        self._takes_request = any(is_of_request(name) for event in body.calls for name in event.names)

    def secret_of(self, node: ex.Expression) -> str:
        """What of an expression is secret, in words, or ""."""
        if isinstance(node, ex.Await):
            return self.secret_of(node.value)
        if isinstance(node, ex.Call):
            return self._of_call(node)
        if isinstance(node, ex.Subscript):
            is_header = external_name(self._read(node.value)) in _HEADERS
            return "the authorization header" if is_header and _is_authorization(node.index) else ""
        if isinstance(node, ex.Name):
            type_ = self._type_of(node.id)
            return self._assigned(node.id) or self._of_type(type_) or self._by_name(node.id, type_)
        if isinstance(node, ex.Attribute):
            value = self._read(node)
            if external_name(value) in _HEADERS:
                return f"all {node.attr} of the request"
            return self._of_value(value) or self._by_name(node.attr, None, value)
        return ""

    def _assigned(self, name: str) -> str:
        """What a variable that is assigned once holds of the request, or ""."""
        if not self._takes_request:
            return ""
        assigned = assigned_once(self._body.function.fact.body, name)
        inner = assigned.value if isinstance(assigned, ex.Await) else assigned
        return self._of_call(inner) if isinstance(inner, ex.Call) else ""

    def _of_call(self, node: ex.Call) -> str:
        event = self._calls.get((node.start, node.end))
        for name in event.names if event is not None else ():
            owner, _, method = name.rpartition(".")
            if owner in REQUESTS and method in ("body", "json", "form"):
                return "the body of the request"
            if owner in _HEADERS and method == "get" and node.arguments and _is_authorization(node.arguments[0].value):
                return "the authorization header"
        return self._of_value(event.result) if event is not None else ""

    def _read(self, node: ex.Expression) -> Value | None:
        return self._reads.get((node.start, node.end))

    def _type_of(self, name: str) -> Value | None:
        """The annotated type of a parameter, or None."""
        function = self._body.function
        annotation = next((each.annotation for each in function.fact.parameters if each.name == name), None)
        return self._interpreter.evaluate(annotation, function.annotated) if annotation is not None else None

    def _of_type(self, type_: Value | None) -> str:
        bare = without_none(strip(type_)) if type_ is not None else None
        return self._of_class(bare) if isinstance(bare, ClassDefinition) else ""

    def _of_value(self, value: Value | None) -> str:
        return next(
            (
                what
                for each in possibilities(value)
                if isinstance(each, Instance) and (what := self._of_class(each.cls))
            ),
            "",
        )

    def _of_class(self, cls: ClassDefinition) -> str:
        """What of an object of a class is secret where it is shown as a whole."""
        if cls.derives_from(*SETTINGS_BASES):
            return f"all settings ({cls.name})"
        schema = self._schemas.of(cls)
        if schema is None or cls.find_method("__repr__") is not None or cls.find_method("__str__") is not None:
            return ""
        fields = [field for field in schema.fields if head_of(field.name) == "password" and not field.excluded]
        shown = [field for field in fields if origin_name(without_none(strip(field.type))) in _TEXTS]
        return f"the {shown[0].name} of {cls.name}" if shown else ""

    def _by_name(self, name: str, type_: Value | None, value: Value | None = None) -> str:
        head = head_of(name)
        if not head:
            return ""
        if type_ is not None and origin_name(without_none(strip(type_))) not in _TEXTS:
            return ""
        hidden = (ExternalResult, Instance)
        if isinstance(value, hidden) and external_name(value).removesuffix("()") in SECRET_TYPES:
            return ""
        return f"{name}, a {head}"


def _is_authorization(node: ex.Expression) -> bool:
    return (
        isinstance(node, ex.Constant)
        and isinstance(node.value, str)
        and AUTHORIZATION_HEADER.fullmatch(node.value) is not None
    )
