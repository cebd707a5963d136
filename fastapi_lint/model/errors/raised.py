"""Errors: the HTTP exceptions that endpoints, their dependencies and what these call raise, with status and message.

An HTTP exception is FastAPI's or Starlette's ``HTTPException``, or a class of the project that derives from one. Its
status and message are what reaches the constructor of that, through the project's own constructors.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, Body, CallEvent, RaiseEvent
from fastapi_lint.model.interpreter.operations import plain
from fastapi_lint.model.knowledge.errors import (
    BAD_CREDENTIALS,
    CLAIMS,
    FILLING_WORDS,
    MESSAGE_KEYS,
    NOT_FOUND,
    TOKEN_FORMS,
    Claim,
)
from fastapi_lint.model.knowledge.security import HTTP_EXCEPTIONS
from fastapi_lint.model.passing import by_parameter
from fastapi_lint.model.routing.paths import shape, split_words, stem
from fastapi_lint.model.texts import written_text
from fastapi_lint.model.values import Arguments, ExternalResult, Instance, Site, Value, external_name, possibilities

if TYPE_CHECKING:
    from fastapi_lint.model.concurrency.request_path import Entry
    from fastapi_lint.model.routing.routes import Route

_ENTRIES = frozenset({"endpoint", "dependency"})
"""What may raise an HTTP exception so that FastAPI answers with it."""
_MAX_CONSTRUCTORS = 8


@dataclass(frozen=True, slots=True, eq=False)
class RaisedError:
    """An HTTP exception that is raised while a request is served.

    Attributes:
        name: the bare name of its class.
        status: its status, None when it is not known.
        detail: its message as far as it is written in the source, with HOLE for what is put in; None without any.
        written: the message as it is written where it is passed, None without any.
        arguments: what reaches the constructor of HTTPException.
        site: where it is made.
        event: the ``raise``.
        function: the function that raises it.
        entry: the endpoint or dependency that leads there, the first one found.
    """

    name: str
    status: int | None
    detail: str | None
    written: ex.Expression | None
    arguments: Arguments
    site: Site
    event: RaiseEvent
    function: FunctionDefinition
    entry: Entry


def raised_errors(entries: Iterable[Entry], bodies: Bodies) -> list[RaisedError]:
    """The HTTP exceptions raised behind endpoints and dependencies, by each ``raise``.

    Args:
        entries: through what requests enter the project.
        bodies: what happens in functions.
    """
    return [error for function, entry in _reached(entries, bodies) for error in _errors_of(function, entry, bodies)]


def made_once(errors: Iterable[RaisedError]) -> list[RaisedError]:
    """HTTP exceptions, of each place where one is made and each status the first."""
    found: dict[tuple[object, ...], RaisedError] = {}
    for error in errors:
        found.setdefault((error.site.module, error.site.start, error.status), error)
    return list(found.values())


def _reached(entries: Iterable[Entry], bodies: Bodies) -> Iterator[tuple[FunctionDefinition, Entry]]:
    """The functions behind endpoints and dependencies, each with the entry that is nearest to it."""
    queue = deque((entry.function, entry) for entry in entries if entry.kind in _ENTRIES)
    seen = {function for function, _ in queue}
    while queue:
        function, entry = queue.popleft()
        yield function, entry
        for event in bodies.of(function).calls:
            for callee in event.functions:
                if callee not in seen:
                    seen.add(callee)
                    queue.append((callee, entry))


def _errors_of(function: FunctionDefinition, entry: Entry, bodies: Bodies) -> Iterator[RaisedError]:
    body = bodies.of(function)
    for event in body.raises:
        for value, inside in _raised(event, body, bodies):
            made = _made(value, inside.calls, bodies)
            if made is None:
                continue
            name, arguments, detail = made
            site = value.site if isinstance(value, (Instance, ExternalResult)) and value.site else event.site
            status = number_of(arguments.get("status_code", 0)) if arguments.complete else None
            text = _detail(arguments, detail)
            yield RaisedError(name, status, text, detail, arguments, site, event, function, entry)


def _raised(event: RaiseEvent, body: Body, bodies: Bodies) -> Iterator[tuple[Value, Body]]:
    """What a ``raise`` raises, and the body that makes it: this one, or that of the project function called for it."""
    exception = event.node.exception if isinstance(event.node, st.Raise) else None
    makers = [
        function
        for call in body.calls
        if call.node is exception and not isinstance(call.callee, ClassDefinition)
        for function in call.functions
    ]
    for maker in makers:
        inside = bodies.of(maker)
        yield from ((value, inside) for giving in inside.returns for value in possibilities(giving.value))
    if not makers:
        yield from ((value, body) for value in possibilities(event.value))


def _made(
    value: Value, calls: Iterable[CallEvent], bodies: Bodies
) -> tuple[str, Arguments, ex.Expression | None] | None:
    """How an HTTP exception was made: the name of its class, what reaches HTTPException, and the message as it is
    written, where that is seen; None for all else."""
    if isinstance(value, ClassDefinition):
        value = Instance(value, arguments=Arguments())
    if not isinstance(value, (ExternalResult, Instance)):
        return None
    node = next((event.node for event in calls if value.site is not None and event.site == value.site), None)
    written = list(node.arguments) if isinstance(node, ex.Call) else []
    if isinstance(value, ExternalResult):
        is_made = external_name(value).removesuffix("()") in HTTP_EXCEPTIONS and value.site is not None
        return ("HTTPException", value.arguments, _detail_of(written)) if is_made else None
    if value.arguments is None or not value.cls.derives_from(*HTTP_EXCEPTIONS):
        return None
    passed = _passed_on(value, value.arguments, written, bodies)
    return (value.cls.name, passed[0], _detail_of(passed[1])) if passed is not None else None


def _passed_on(
    exception: Instance, arguments: Arguments, written: list[ex.Argument], bodies: Bodies
) -> tuple[Arguments, list[ex.Argument]] | None:
    """What reaches HTTPException through the constructors of a class, and how that is written; None where nothing is
    seen to."""
    constructor = exception.cls.find_method("__init__")
    for _ in range(_MAX_CONSTRUCTORS):
        if constructor is None:
            return arguments, written
        body = bodies.called(constructor, exception, arguments, exactly=True)
        event = next(filter(_constructs_base, body.calls), None)
        if event is None or not isinstance(event.node, ex.Call):
            return None
        given = by_parameter(constructor, [(argument, argument.value) for argument in written])
        written = [argument._replace(value=_replaced(argument.value, given)) for argument in event.node.arguments]
        arguments = event.arguments
        constructor = event.functions[0] if event.functions else None
    return None


def _replaced(node: ex.Expression, given: dict[str, ex.Expression]) -> ex.Expression:
    return given.get(node.id, node) if isinstance(node, ex.Name) else node


def _constructs_base(event: CallEvent) -> bool:
    """Whether a call is ``super().__init__(…)``."""
    function = event.node.func if isinstance(event.node, ex.Call) else None
    return isinstance(function, ex.Attribute) and function.attr == "__init__" and isinstance(function.value, ex.Call)


def number_of(value: Value | None) -> int | None:
    """The whole number that a value is known to be, or None."""
    literal = plain(value) if value is not None else None
    is_number = literal is not None and isinstance(literal.value, int) and not isinstance(literal.value, bool)
    return literal.value if is_number else None


def _detail(arguments: Arguments, written: ex.Expression | None) -> str | None:
    """The message: a text that is known, else what of it is written where it is passed."""
    given = arguments.get("detail", 1)
    literal = plain(given) if given is not None else None
    if literal is not None:
        return literal.value if isinstance(literal.value, str) else None
    return message_of(written) if written is not None else None


def _detail_of(written: list[ex.Argument]) -> ex.Expression | None:
    positional = [argument.value for argument in written if argument.keyword is None and not argument.star]
    named = next((argument.value for argument in written if argument.keyword == "detail"), None)
    return named or (positional[1] if len(positional) > 1 else None)


def message_of(node: ex.Expression) -> str | None:
    """The text of a message, on its own or in the usual envelopes: ``{"message": …}``, ``[{"msg": …}]``."""
    if isinstance(node, ex.Sequence) and len(node.items) == 1:
        return message_of(node.items[0])
    if isinstance(node, ex.Mapping):
        items = ((written_text(key), value) for key, value in node.items if key is not None)
        return next((written_text(value) for key, value in items if key in MESSAGE_KEYS), None)
    return written_text(node)


def is_failure(error: RaisedError) -> bool | None:
    """Whether the status of an exception is one of errors; None when it is not known, or tells the client where to look
    instead: a redirect with headers that say where, or a bare 304."""
    status = error.status
    if status is None or status >= 400:
        return None if status is None else True
    redirects = 300 <= status < 400 and error.arguments.get("headers", 2) is not None
    unchanged = status == 304 and error.arguments.get("detail", 1) is None
    return None if redirects or unchanged else False


def contradicted(detail: str | None, status: int | None, route: Route | None) -> Claim | None:
    """What the message of an error says plainly, where its status means something else; else None.

    Args:
        detail: the message.
        status: the status, None where it is not known.
        route: the route that answers with it.
    """
    if detail is None or status is None:
        return None
    for claim in CLAIMS:
        found = claim.pattern.search(detail)
        if found is not None and status in claim.contradicting:
            if claim is NOT_FOUND and not _is_named_by_path(detail[: found.start()], route):
                continue
            if claim is BAD_CREDENTIALS and status == 400 and _takes_token_form(route):
                continue
            return claim
    return None


def _is_named_by_path(thing: str, route: Route | None) -> bool:
    """Whether a thing is an item of a collection that the path of a route names: "Item {}" of ``/items/{id}``."""
    words = {stem(word) for word in split_words(thing)} - FILLING_WORDS
    segments = shape(route.path).segments if route is not None else ()
    return any(
        item.is_parameter and words and words == {stem(word) for word in collection.words}
        for collection, item in zip(segments, segments[1:])
    )


def _takes_token_form(route: Route | None) -> bool:
    return route is not None and any(visit.qualified_name in TOKEN_FORMS for visit in route.dependencies)
