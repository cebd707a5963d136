"""Errors that endpoints return where they should be raised: sent as a success, or as a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi_lint.facts import expressions as ex
from fastapi_lint.model.endpoints.answers import Answer, answers_of, content, is_response, own_status, sets_status
from fastapi_lint.model.errors.raised import message_of, number_of
from fastapi_lint.model.interpreter.operations import plain
from fastapi_lint.model.knowledge.answers import ACKNOWLEDGING_CODES
from fastapi_lint.model.knowledge.errors import (
    CLAIMS,
    ERROR_KEYS,
    FAILED_FLAGS,
    FAILED_TEXTS,
    MESSAGE_KEYS,
    REPORT_KEYS,
)
from fastapi_lint.model.texts import written_text
from fastapi_lint.model.types import origin_name, strip
from fastapi_lint.model.values import Collection, Dictionary, Literal, NamedItems, Site, Value

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route


@dataclass(frozen=True, slots=True, eq=False)
class ReturnedError:
    """An error that is returned.

    Attributes:
        kind: "success" when it is sent with the status of a success, "list" when it is a body with a status beside it,
            which FastAPI sends as a list.
        status: the status that is sent, or the one that was meant.
        what: the item that says it is an error: ``"error": …``; "" for a list.
        answer: the return.
    """

    kind: str
    status: int
    what: str
    answer: Answer


def returned_errors(route: Route, project: Project) -> Iterator[ReturnedError]:
    """The errors that a route returns as a success, one for each return; nothing where its status is not known."""
    seen: set[Site] = set()
    for answer in answers_of(route, project, _may_be_error):
        found = _as_list(answer, route) or _as_success(answer, route)
        if found is not None and answer.site not in seen:
            seen.add(answer.site)
            if found.kind == "list" or answer.kind == "response" or not sets_status(route, project):
                yield found


def returned_messages(route: Route, project: Project) -> Iterator[tuple[Answer, int, str]]:
    """The responses with the status of an error that an endpoint makes where it returns them, each with the status and
    the message, as far as that is written there."""
    for answer in answers_of(route, project):
        made = answer.event.node.value if answer.kind == "response" and answer.event is not None else None
        status = own_status(answer.value) if isinstance(made, ex.Call) else None
        if status is None or status < 400:
            continue
        written = made.passed("content", 0)
        message = message_of(written) if written is not None else None
        if message is not None:
            yield answer, status, message


def _may_be_error(value: Value) -> bool:
    """Whether a value is what an endpoint may answer an error with: a response, or a dict that speaks of one."""
    if isinstance(value, Dictionary):
        return any(_text(key) in ERROR_KEYS | FAILED_FLAGS | FAILED_TEXTS.keys() for key, _ in value.items)
    return is_response(value)


def _as_list(answer: Answer, route: Route) -> ReturnedError | None:
    """``return body, 404``: what Flask takes for a body and its status."""
    value = answer.value
    if not isinstance(value, Collection) or isinstance(value, NamedItems) or value.form != "tuple":
        return None
    status = number_of(value.items[1]) if value.complete and len(value.items) == 2 else None
    body = value.items[0] if status is not None else None
    if status is None or not 200 <= status < 600 or not isinstance(body, (Dictionary, Literal)):
        return None
    model = route.response_model
    is_text = isinstance(body, Dictionary) or isinstance(body.value, str)
    if not is_text or (model is not None and origin_name(strip(model)) in _TUPLES):
        return None
    return ReturnedError("list", status, "", answer)


def _as_success(answer: Answer, route: Route) -> ReturnedError | None:
    """``return {"error": "…"}`` with a status from 200 to 299."""
    if answer.event is None or answer.kind not in ("data", "acknowledgement", "response"):
        return None
    if answer.kind == "response":
        status, body = own_status(answer.value), content(answer.value)
        written = answer.event.node.value
        node = written.arguments[0].value if isinstance(written, ex.Call) and written.arguments else None
    else:
        status = (route.status_code or 200) if route.status_code_known else None
        body, node = answer.value, answer.event.node.value
    if status is None or not 200 <= status < 300 or not isinstance(body, Dictionary) or not body.complete:
        return None
    items = node.items if isinstance(node, ex.Mapping) and len(node.items) == len(body.items) else ()
    nodes = [value for _, value in items] or [None] * len(body.items)
    what = _error_in([(_text(key), value, node) for (key, value), node in zip(body.items, nodes)])
    return ReturnedError("success", status, what, answer) if what else None


def _error_in(items: list[tuple[str, Value, ex.Expression | None]]) -> str:
    """The item by which a dict says that it is an error and nothing else, as it is written in messages, or ""."""
    named = [(key, key.lower(), value, node) for key, value, node in items]
    keys = {name for _, name, value, _ in named if name not in ACKNOWLEDGING_CODES or number_of(value) is None}
    if not keys <= ERROR_KEYS | REPORT_KEYS | MESSAGE_KEYS | FAILED_FLAGS | FAILED_TEXTS.keys():
        return ""
    if any(name in REPORT_KEYS and not _is_empty(value) for _, name, value, _ in named):
        return ""
    for key, name, value, node in named:
        if name in ERROR_KEYS and _is_written(value, node):
            return f'"{key}": …'
        if name in FAILED_FLAGS and isinstance(value, Literal) and value.value is False and keys & MESSAGE_KEYS:
            return f'"{key}": False'
        if isinstance(value, Literal) and value.value in FAILED_TEXTS.get(name, ()) and keys & MESSAGE_KEYS:
            return f'"{key}": "{value.value}"'
        if name in MESSAGE_KEYS and keys <= MESSAGE_KEYS and _claims_error(value, node):
            return f'"{key}": …'
    return ""


def _claims_error(value: Value, node: ex.Expression | None) -> bool:
    """Whether a message says plainly that something went wrong: "Item not found"; what it says of a case that may be is
    none: "If the address does not exist, …"."""
    literal = plain(value)
    text = literal.value if literal is not None else written_text(node) if node is not None else None
    if not isinstance(text, str) or text.lower().startswith("if "):
        return False
    return any(claim.pattern.search(text) for claim in CLAIMS)


def _is_written(value: Value, node: ex.Expression | None) -> bool:
    """Whether a value certainly is a text: a constant, an f-string, ``str(error)``."""
    if isinstance(value, Literal) and not value.assumed:
        return isinstance(value.value, str) and value.value != ""
    if isinstance(node, ex.Call) and isinstance(node.func, ex.Name):
        return node.func.id in ("str", "repr")
    return isinstance(node, ex.FormattedString)


def _is_empty(value: Value) -> bool:
    """Whether a value holds nothing for certain."""
    if isinstance(value, (Collection, Dictionary)):
        return value.complete and not value.items
    return isinstance(value, Literal) and not value.value


def _text(key: Value) -> str:
    literal = plain(key)
    return literal.value if literal is not None and isinstance(literal.value, str) else ""


_TUPLES = frozenset({"tuple", "typing.Tuple"})
