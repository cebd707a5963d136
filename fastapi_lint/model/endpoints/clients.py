"""Clients that are made for each request, though one would do for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import assigned_once, walk
from fastapi_lint.model.concurrency.once import happens_once
from fastapi_lint.model.concurrency.request_path import Reach
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, Body, CallEvent
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.knowledge.blocking import CACHING_DECORATORS
from fastapi_lint.model.knowledge.clients import (
    ENGINES,
    HTTP_CLIENTS,
    PRIVATE_OPTIONS,
    REQUEST_METHODS,
    SERVICE_CLIENTS,
)
from fastapi_lint.model.values import External, Value, external_name, possibilities, text_of

MAX_CALLS = 2
"""Behind more calls than this, nobody knows how often a request comes there."""


@dataclass(frozen=True, slots=True, eq=False)
class MadeClient:
    """A client that is made anew for each request.

    Attributes:
        event: the call that makes it.
        what: how messages call it: ``a Redis client``.
        host: the host to which an HTTP client speaks, "" for others.
    """

    event: CallEvent
    what: str
    host: str = ""


def clients_per_request(reach: Reach, bodies: Bodies, interpreter: Interpreter) -> Iterator[MadeClient]:
    """The clients that a function on the request path makes for each request, always the same ones: HTTP clients for
    one host that live in a ``with`` statement or that a dependency gives; clients of services that an endpoint or
    dependency makes by itself, and database engines that a dependency makes. What is made of parameters or kept for
    later is left out.
    """
    function = reach.function
    names = {external_name(decorator) for decorator in function.decorators}
    if len(reach.steps) > MAX_CALLS or names & CACHING_DECORATORS or not function.fact.body.may_hold(*_BARE_NAMES):
        return
    body = bodies.of(function)
    for event in body.calls:
        made = _made(event, reach, body, interpreter)
        if made is not None and not _is_private(event, function) and not happens_once(event, function):
            yield made


def _made(event: CallEvent, reach: Reach, body: Body, interpreter: Interpreter) -> MadeClient | None:
    name = event.names[0] if len(event.names) == 1 else ""
    if name in HTTP_CLIENTS:
        is_given = reach.entry.kind == "dependency" and reach.function is reach.entry.function and _gives(body, event)
        lives = is_given or event.node in _entered(body.function)
        host = _host(event, body, interpreter) if lives else ""
        return MadeClient(event, f"an HTTP client ({name})", host) if host else None
    known = SERVICE_CLIENTS | ENGINES if reach.entry.kind == "dependency" else SERVICE_CLIENTS
    is_entry = reach.function is reach.entry.function and reach.entry.kind in ("endpoint", "dependency")
    if name in known and is_entry and not _is_kept(event.node, body.function):
        return MadeClient(event, known[name])
    return None


def _gives(body: Body, event: CallEvent) -> bool:
    """Whether a body returns or yields what a call makes, and keeps it nowhere else."""
    given = (value for give in body.gives for value in possibilities(give.value))
    return any(value is event.result for value in given) and not _is_kept(event.node, body.function)


def _entered(function: FunctionDefinition) -> set[ex.Expression]:
    """What the ``with`` statements of a function enter."""
    return {item.context for node in walk(function.fact.body) if isinstance(node, st.With) for item in node.items}


def _is_private(event: CallEvent, function: FunctionDefinition) -> bool:
    """Whether a client is made of what only this call knows, or in a way that serves a special purpose."""
    if not event.arguments.complete or PRIVATE_OPTIONS & event.arguments.keywords.keys():
        return True
    own = {parameter.name for parameter in function.fact.parameters}
    own |= {
        target.id
        for node in walk(function.fact.body)
        if isinstance(node, st.Assign)
        for target in node.targets
        if isinstance(target, ex.Name)
    }
    arguments = event.node.arguments if isinstance(event.node, ex.Call) else ()
    return any(isinstance(node, ex.Name) and node.id in own for node in walk(arguments))


def _is_kept(node: object, function: FunctionDefinition) -> bool:
    """Whether what a call makes outlives the request: it is assigned to more than a local name."""
    for statement in walk(function.fact.body):
        if isinstance(statement, st.Outer):
            return True
        if isinstance(statement, st.Assign) and not all(isinstance(each, ex.Name) for each in statement.targets):
            if node in list(walk([statement.value])):
                return True
    return False


def _host(event: CallEvent, body: Body, interpreter: Interpreter) -> str:
    """The one host to which an HTTP client speaks, as far as the source says it; else ""."""
    base = event.arguments.get("base_url")
    if base is not None:
        return _host_of(base)
    made = external_name(event.result)
    for request in body.calls:
        owner, _, method = request.names[0].rpartition(".") if request.names else ("", "", "")
        if method in REQUEST_METHODS and owner.partition(".__")[0] == made:
            position = REQUEST_METHODS[method]
            host = _host_of(request.arguments.get("url", position))
            return host or _host_written(_argument(request.node, position), body.function, interpreter)
    return ""


def _host_of(value: Value | None) -> str:
    """The host of a URL; that of the first of several possible ones."""
    texts = [text for option in possibilities(value) if (text := text_of(option)) is not None]
    return urlsplit(texts[0]).netloc if texts and "://" in texts[0] else ""


def _argument(call: object, position: int) -> ex.Expression | None:
    arguments = call.arguments if isinstance(call, ex.Call) else ()
    named = (argument.value for argument in arguments if argument.keyword == "url")
    plain = [argument.value for argument in arguments if argument.keyword is None]
    return next(named, plain[position] if position < len(plain) else None)


def _host_written(node: ex.Expression | None, function: FunctionDefinition, interpreter: Interpreter) -> str:
    """The host of a URL of which the source shows the beginning."""
    if isinstance(node, ex.Name):
        node = assigned_once(function.fact.body, node.id)
    text = ""
    for part in _parts(node):
        value = part.value if isinstance(part, ex.Constant) else text_of(_global_value(part, function, interpreter))
        if not isinstance(value, str):
            break
        text += value
    scheme, _, rest = text.partition("://")
    return rest.partition("/")[0] if scheme and "/" in rest else ""


def _parts(node: ex.Expression | None) -> Iterator[ex.Expression]:
    """What a text is joined from, from the left."""
    if isinstance(node, ex.FormattedString):
        yield from (part for part in node.parts if not isinstance(part, ex.Format))
    elif isinstance(node, ex.Operation) and node.operator == "+":
        yield from _parts(node.left)
        yield from _parts(node.right)
    elif node is not None:
        yield node


def _global_value(node: ex.Expression, function: FunctionDefinition, interpreter: Interpreter) -> Value | None:
    """What an expression is that no parameter of the function hides."""
    own = {parameter.name for parameter in function.fact.parameters}
    if any(isinstance(each, ex.Name) and each.id in own for each in walk([node])):
        return None
    value = interpreter.evaluate(node, function.scope)
    return None if isinstance(value, External) else value


_BARE_NAMES = tuple({name.rpartition(".")[2] for name in (*HTTP_CLIENTS, *SERVICE_CLIENTS, *ENGINES)})
