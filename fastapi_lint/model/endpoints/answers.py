"""What an endpoint answers: what its returns give, as FastAPI will send it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fastapi_lint.facts import expressions as ex
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.endpoints.given import given
from fastapi_lint.model.interpreter.bodies import Bodies, GiveEvent, StoreEvent
from fastapi_lint.model.interpreter.operations import plain
from fastapi_lint.model.knowledge.answers import ACKNOWLEDGING_CODES, ACKNOWLEDGING_FLAGS, ACKNOWLEDGING_TEXTS
from fastapi_lint.model.knowledge.persistence import DEFERRING_CALLS, DEFERRING_METHODS
from fastapi_lint.model.knowledge.responses import JSON_RESPONSE_CLASSES, RESPONSE_CLASSES
from fastapi_lint.model.orm.queries import instances
from fastapi_lint.model.schemas.schemas import Schemas
from fastapi_lint.model.types import is_none, origin_name, strip
from fastapi_lint.model.values import (
    Collection,
    Dictionary,
    ExternalResult,
    Instance,
    Literal,
    Site,
    Value,
    external_name,
    possibilities,
)

if TYPE_CHECKING:
    from fastapi_lint.model.orm.models import OrmModel, OrmModels
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

REDIRECT = "starlette.responses.RedirectResponse()"
_GENERIC_TYPES = frozenset({"typing.Any", "dict", "bool", "str", "object"})
_TEXT_KINDS = {"@fstring", "@constant"}


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One thing that an endpoint may return.

    Attributes:
        kind: "nothing" (None), "acknowledgement" (a constant that only says it is done), "data", "response" (a Response
            object, which brings a status of its own) or "unknown".
        value: what is returned.
        site: the endpoint's ``return`` statement, or its name where its end is reached.
        event: the return that makes it, in the endpoint or a function that it calls; None where the end is reached.
    """

    kind: str
    value: Value
    site: Site
    event: GiveEvent | None = None


def answers(
    function: FunctionDefinition, bodies: Bodies, schemas: Schemas, wanted: Callable[[Value], bool] | None = None
) -> list[Answer]:
    """What an endpoint may answer, in order of its returns; one answer of kind "unknown" for a generator.

    Args:
        function: the endpoint.
        bodies: what happens in functions.
        schemas: the project's schemas.
        wanted: what is looked for in the functions of the project that it calls; Response objects when not given.
    """
    start = function.fact.name_start
    name = Site(function.module, start, start + len(function.name))
    if function.fact.yields:
        return [Answer("unknown", Literal(None), name)]
    body = bodies.of(function)
    found = [
        Answer(_kind(value, made, maker, schemas), value, event.site, made)
        for event in body.returns
        for value, made, maker in given(event, body, bodies, wanted or _is_response)
    ]
    return [*found, Answer("nothing", Literal(None), name)] if body.falls_through else found


def answers_of(route: Route, project: Project, wanted: Callable[[Value], bool] | None = None) -> list[Answer]:
    """What a route may answer, as :func:`answers` says it; nothing where its endpoint is not known."""
    if route.function is None or route.kind != "api":
        return []
    return answers(route.function, project.bodies, project.schemas, wanted)


def success_answers(route: Route, project: Project, wanted: Callable[[Value], bool] | None = None) -> list[Answer]:
    """What a route may answer with its declared status: all but Response objects of an error status. ``wanted`` as in
    :func:`answers`.

    Where a response model is declared it has the last word on what is data and what an acknowledgement; behind a
    response class other than JSON, or a dependency that sets the status, nothing is known.
    """
    found = [answer for answer in answers_of(route, project, wanted) if not _is_error(answer.value)]
    if not _answers_json(route):
        return [replace(answer, kind="unknown") if answer.kind != "response" else answer for answer in found]
    model = route.response_model
    if model is None or is_generic(model):
        return found
    is_bare = is_acknowledgement_type(model, project.schemas)
    return [answer if answer.kind == "response" else _as_declared(answer, is_bare, route) for answer in found]


def _as_declared(answer: Answer, is_bare: bool, route: Route) -> Answer:
    tells = answer.event is not None and route.function is not None and _tells_more(answer.event, route.function)
    return replace(answer, kind="acknowledgement" if is_bare and not tells else "data")


def only_redirects(route: Route, project: Project) -> bool:
    """Whether all that a route does with a request is to send it elsewhere."""
    found = answers_of(route, project)
    return bool(found) and all(is_redirect(answer.value) for answer in found)


def is_generic(model: Value) -> bool:
    """Whether a response model leaves the content open: ``Any``, ``dict``, ``bool``, ``str``, and None."""
    return origin_name(strip(model)) in _GENERIC_TYPES or is_none(strip(model))


def _is_error(value: Value) -> bool:
    status = own_status(value) if _is_response(value) else None
    return status is not None and status >= 400


def _answers_json(route: Route) -> bool:
    """Whether what a route returns is sent as JSON, as far as its response classes are declared."""
    given = [value for name in ("default_response_class", "response_class") for _, value in route.arguments(name)]
    return all(external_name(value).removesuffix("()") in JSON_RESPONSE_CLASSES for value in given[-1:])


def sets_status(route: Route, project: Project) -> bool:
    """Whether the endpoint, a dependency or what they call may set the status of the injected response."""
    if route.function is None:
        return False
    entered = [route.function, *(item.function for item in route.dependencies if item.function is not None)]
    reached = {function for entry in entered for function, _ in project.bodies.reachable(entry)}
    return any(True for _ in status_stores(reached, project.bodies))


def defers_work(route: Route, project: Project) -> bool:
    """Whether the endpoint itself hands work to a background task or a queue."""
    events = project.bodies.of(route.function).calls if route.function is not None else ()
    return any(
        set(event.names) & DEFERRING_CALLS
        or (isinstance(event.node, ex.Call) and getattr(event.node.func, "attr", "") in DEFERRING_METHODS)
        for event in events
    )


def is_response(value: Value) -> bool:
    """Whether a value is a Response object, or one of several that all are."""
    return all(_is_response(option) for option in possibilities(value))


def _is_response(value: Value) -> bool:
    if isinstance(value, Instance):
        return value.cls.derives_from(*RESPONSE_CLASSES) or any(
            base.endswith("Response") for base in value.cls.external_bases
        )
    return isinstance(value, ExternalResult) and value.name.endswith("Response()")


def returned_model(answer: Answer, models: OrmModels) -> OrmModel | None:
    """The mapped class of which an endpoint returns an object, several in a list, or one in a dict; None: none."""
    for option in possibilities(answer.value):
        parts = [item for _, item in option.items] if isinstance(option, Dictionary) else [option]
        for found in (instance for part in parts for instance in instances(part)):
            if (model := models.of(found.cls)) is not None:
                return model
    return None


def is_made_response(value: Value) -> bool:
    """Whether a value is an object of a Response class that is known to be one, made on the spot or by a function."""
    if isinstance(value, Instance):
        return value.cls.derives_from(*RESPONSE_CLASSES)
    return isinstance(value, ExternalResult) and value.name.removesuffix("()") in RESPONSE_CLASSES


def is_response_or_dict(value: Value) -> bool:
    """Whether a value is a Response object, or a dict that is written out."""
    return _is_response(value) or (isinstance(value, Dictionary) and value.complete)


def is_redirect(value: Value) -> bool:
    """Whether a value is a redirect."""
    if isinstance(value, Instance):
        return value.cls.derives_from(REDIRECT.removesuffix("()"))
    return external_name(value) == REDIRECT


def own_status(response: Value) -> int | None:
    """The status that a Response object was made with, None when it is not known, or it was not seen made. The default
    is 200."""
    arguments = response.arguments if isinstance(response, (Instance, ExternalResult)) else None
    if arguments is None or not arguments.complete or response.site is None:  # type: ignore[union-attr]
        return None
    given = arguments.get("status_code", 1)
    if given is None:
        return 200 if external_name(response).startswith("starlette.responses.") and not is_redirect(response) else None
    literal = plain(given)
    return literal.value if literal is not None and isinstance(literal.value, int) else None


def content(response: Value) -> Value | None:
    """What a Response object was made to send, None when it was given nothing: a redirect takes an address, and what a
    constructor of the project's own does with its arguments is not known."""
    if is_redirect(response) or (isinstance(response, Instance) and response.cls.find_method("__init__") is not None):
        return None
    arguments = response.arguments if isinstance(response, (Instance, ExternalResult)) else None
    return arguments.get("content", 0) if arguments is not None else None


def status_stores(functions: Iterable[FunctionDefinition], bodies: Bodies) -> Iterator[StoreEvent]:
    """Where functions set the status of the response that FastAPI injects: ``response.status_code = 404``."""
    for function in functions:
        for event in bodies.of(function).stores:
            if isinstance(event.node, ex.Attribute) and event.node.attr == "status_code":
                if any(_is_response(option) for option in possibilities(event.receiver)):
                    yield event


def is_acknowledgement_type(type_: Value, schemas: Schemas) -> bool:
    """Whether a type can only say that something is done: a schema with nothing but a message, a flag, a code."""
    schema = schemas.of(strip(type_))
    if schema is None or not schema.is_complete or not schema.fields:
        return False
    words = {"str": ACKNOWLEDGING_TEXTS, "bool": ACKNOWLEDGING_FLAGS, "int": ACKNOWLEDGING_CODES}
    return all(field.name in words.get(origin_name(strip(field.type)), ()) for field in schema.fields)


def _kind(value: Value, event: GiveEvent, function: FunctionDefinition, schemas: Schemas) -> str:
    expression = event.node.value
    if isinstance(value, Literal) and value.value is None:
        return "nothing"
    if _is_response(value):
        return "response"
    if _is_bare(value, expression, schemas):
        return "data" if _tells_more(event, function) else "acknowledgement"
    return "data" if isinstance(value, (Literal, Dictionary, Instance, Collection, ClassDefinition)) else "unknown"


def _is_bare(value: Value, expression: ex.Expression | None, schemas: Schemas) -> bool:
    """Whether a value only says that something is done."""
    if isinstance(value, Literal):
        return isinstance(value.value, (bool, str))
    if isinstance(value, Dictionary):
        return _is_acknowledging(value, expression)
    if isinstance(value, Instance):
        return is_acknowledgement_type(value.cls, schemas)
    return isinstance(expression, ex.FormattedString)


def _tells_more(event: GiveEvent, function: FunctionDefinition) -> bool:
    """Whether a returned text holds what the client does not know: a count or a result, not what it sent itself.

    Attributes count as names of the thing (``f"{user.name} deleted"``), other variables and calls as results.
    """
    sent = {parameter.name for parameter in function.fact.parameters}
    return any(
        isinstance(part, ex.Call) or (isinstance(part, ex.Name) and part.id not in sent)
        for text in _formatted(event.node.value)
        for part in text.parts
    )


def _formatted(node: object) -> Iterator[ex.FormattedString]:
    """The f-strings in an expression."""
    if isinstance(node, ex.FormattedString):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from _formatted(part)


def _is_acknowledging(value: Dictionary, expression: ex.Expression | None) -> bool:
    """Whether a dict only says that something is done."""
    if not value.complete:
        return False
    written = [item.kind for _, item in expression.items] if isinstance(expression, ex.Mapping) else []
    if len(written) != len(value.items):
        written = [""] * len(value.items)
    texts = [kind in _TEXT_KINDS for kind in written]
    return all(_acknowledges(key, item, text) for (key, item), text in zip(value.items, texts))


def _acknowledges(key: Value, item: Value, is_text: bool) -> bool:
    word = key.value if isinstance(key, Literal) else None
    literal = item.value if isinstance(item, Literal) else None
    if isinstance(literal, bool):
        return word in ACKNOWLEDGING_FLAGS
    if isinstance(literal, int):
        return word in ACKNOWLEDGING_CODES
    if isinstance(literal, str) or is_text:
        return word in ACKNOWLEDGING_TEXTS
    return False
