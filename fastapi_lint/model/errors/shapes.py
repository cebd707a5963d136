"""Shapes of errors: the keys of what exception handlers answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import is_name
from fastapi_lint.model.concurrency.request_path import handler_entries
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.endpoints.answers import content, is_made_response
from fastapi_lint.model.endpoints.given import Given, given
from fastapi_lint.model.interpreter.bodies import Bodies
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.values import Dictionary, Site, Value, certain, external_name, possibilities, text_of


@dataclass(frozen=True, slots=True, eq=False)
class ErrorShape:
    """What one exception handler answers.

    Attributes:
        what: the bare name of the exception, or the status.
        keys: the keys of its JSON object.
        function: the handler.
        site: where it answers.
    """

    what: str
    keys: frozenset[str]
    function: FunctionDefinition
    site: Site


def error_shapes(app: App, bodies: Bodies) -> Iterator[ErrorShape]:
    """The shapes of what the exception handlers of an application answer first, as far as they are known."""
    for registration in app.exception_handlers:
        key = registration.arguments.get("exc_class_or_status_code", 0)
        what = next((name for option in possibilities(key) if (name := _name_of(option))), "")
        for entry in handler_entries(registration) if what else ():
            body = bodies.of(entry.function)
            for event in body.returns:
                found = (_keys(each) for each in given(event, body, bodies, is_made_response))
                keys = next((keys for keys in found if keys), None)
                if keys:
                    yield ErrorShape(what, keys, entry.function, event.site)
                    break


def _name_of(key: Value) -> str:
    if isinstance(key, ClassDefinition):
        return key.name
    return external_name(key).rpartition(".")[2]


def _keys(made: Given) -> frozenset[str] | None:
    """The keys of the dict that a returned response is made of on the spot; None where these are not known: a variable
    may be given more of them."""
    sent = content(made.value) if is_made_response(made.value) else None
    if not isinstance(sent, Dictionary) or not sent.complete or not _is_written(made.event.node.value, sent):
        return None
    keys = [text_of(certain(key)) for key, _ in sent.items]
    return None if None in keys else frozenset(key for key in keys if key is not None)


def _is_written(node: ex.Expression | None, sent: Dictionary) -> bool:
    """Whether an argument of a call is a dict display, or a ``dict(a=…)``, of as many items."""
    for argument in node.arguments if isinstance(node, ex.Call) else ():
        value = argument.value
        if isinstance(value, ex.Mapping) and len(value.items) == len(sent.items):
            return True
        if isinstance(value, ex.Call) and is_name(value.func, "dict") and len(value.arguments) == len(sent.items):
            return True
    return False
