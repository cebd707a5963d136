"""Requests that tests send: which routes they reach, and which statuses they expect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import walk
from fastapi_lint.model.definitions import Module
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.texts import HOLE, written_text
from fastapi_lint.model.values import text_of

METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "websocket_connect"})
"""Methods of clients that send a request, or open a connection."""
NAMING_CALLS = frozenset({"url_path_for", "url_for"})
"""Methods that give the path of a route by its name."""
_WEBSOCKET = "WEBSOCKET"


@dataclass(frozen=True, slots=True)
class SentRequest:
    """What a function of the tests may request.

    Attributes:
        method: in upper case, "WEBSOCKET" for a connection; "" where the call does not say it.
        path: as it is written, with HOLE for what is embedded; the name of the route where ``by_name``.
        by_name: whether ``path`` is the name of a route.
        statuses: the status codes that its function mentions.
    """

    method: str
    path: str
    by_name: bool
    statuses: frozenset[int]


def sent_requests(modules: Iterable[Module]) -> list[SentRequest]:
    """All that tests may request: the paths that calls such as ``client.get(…)`` are given, whatever the client is, and
    all other texts that look like paths, since a variable may hold one; the texts of functions that ask for the path of
    a route by its name."""
    found: dict[SentRequest, None] = {}
    for module in modules:
        if module.is_test:
            constants = {name: text for name, value in module.scope.names.items() if (text := text_of(value))}
            for nodes in _functions(module.facts.body):
                found.update(dict.fromkeys(_requests(nodes, constants)))
    return list(found)


def reaches(request: SentRequest, route: Route) -> bool:
    """Whether a request may reach a route. Prefixes that a client adds, or a variable holds, may be anything."""
    if request.by_name:
        return request.path in (route.endpoint_name, _constant_name(route))
    if request.method and request.method not in (route.methods or (_WEBSOCKET,)):
        return False
    wanted, known = _segments(request.path), _segments(route.path)
    if len(wanted) > len(known) and HOLE in wanted[0]:
        wanted = wanted[1:]  # it holds the address of the server alone
    if not wanted or len(wanted) > len(known):
        return wanted == known
    pairs = list(zip(wanted[::-1], known[::-1]))
    named = any(first == second for first, second in pairs) or all("{" in segment for segment in known)
    return named and all(_fits(first, second) for first, second in pairs)


def _constant_name(route: Route) -> str:
    name = route.argument("name")
    value = getattr(name, "value", None)
    return value if isinstance(value, str) else ""


def _fits(wanted: str, known: str) -> bool:
    return wanted == known or HOLE in wanted or "{" in known


def _segments(path: str) -> list[str]:
    bare = path.partition("?")[0].partition("#")[0]
    if "://" in bare:
        bare = bare.partition("://")[2].partition("/")[2]
    return [segment for segment in bare.split("/") if segment]


def _functions(statements: Iterable[st.Statement]) -> Iterator[list[object]]:
    """The facts of each function of a module or its classes, and those of the module itself."""
    rest: list[object] = []
    for statement in statements:
        if isinstance(statement, st.Function):
            yield [*walk(statement.body), *walk(statement.decorators)]
        elif isinstance(statement, st.Class):
            yield from _functions(statement.body)
        else:
            rest += walk([statement])
    yield rest


def _requests(nodes: list[object], constants: Mapping[str, str]) -> Iterator[SentRequest]:
    """The requests of a function whose module knows these constants by name."""
    statuses = frozenset(statuses_in(nodes))
    parts = {id(part) for node in nodes if isinstance(node, ex.FormattedString) for part in node.parts}
    texts = {id(node): text for node in nodes if id(node) not in parts and (text := _path_text(node, constants))}
    told: set[int] = set()
    calls = [node for node in nodes if isinstance(node, ex.Call) and isinstance(node.func, ex.Attribute)]
    for node in calls:
        name, first = node.func.attr, node.arguments[0].value if node.arguments else None  # type: ignore[attr-defined]
        if name in METHODS and id(first) in texts:
            told.add(id(first))
            method = _WEBSOCKET if name == "websocket_connect" else name.upper()
            yield SentRequest(method, texts[id(first)], False, statuses)
    if any(node.func.attr in NAMING_CALLS for node in calls):  # type: ignore[attr-defined]
        names = {node.value for node in nodes if isinstance(node, ex.Constant) and isinstance(node.value, str)}
        yield from (SentRequest("", name, True, statuses) for name in sorted(names))
    for key, text in texts.items():
        if key not in told:
            yield SentRequest("", text, False, statuses)


def _path_text(node: object, constants: Mapping[str, str]) -> str | None:
    """The text of a string that may be a path, or the end of one."""
    if not isinstance(node, (ex.Constant, ex.FormattedString)):
        return None
    text = written_text(node, constants)
    return text if text is not None and "/" in text and not any(map(str.isspace, text)) else None


def statuses_in(nodes: list[object]) -> Iterator[int]:
    """The status codes that facts mention, as numbers or by their names."""
    for node in nodes:
        if isinstance(node, ex.Constant) and isinstance(node.value, int) and 100 <= node.value < 600:
            yield node.value
        elif isinstance(node, ex.Attribute) and node.attr.startswith("HTTP_"):
            digits = node.attr.split("_")[1]
            if digits.isdigit():
                yield int(digits)
