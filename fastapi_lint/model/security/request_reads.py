"""What a body takes from the request by name: headers, cookies and query parameters read off a ``Request``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import within
from fastapi_lint.model.interpreter.bodies import Body
from fastapi_lint.model.values import Literal, Site, external_name, possibilities

REQUESTS = frozenset(
    {"starlette.requests.Request()", "starlette.requests.HTTPConnection()", "starlette.websockets.WebSocket()"}
)
"""How values are named that are the request."""

_CARRIERS = {f"{request}.{name}": name for request in REQUESTS for name in ("headers", "cookies", "query_params")}
_READERS = frozenset({"get", "getlist", "pop"})


@dataclass(frozen=True, slots=True)
class RequestRead:
    """One read: from which ``carrier`` ("headers", "cookies" or "query_params"), under which ``key``, and where."""

    carrier: str
    key: str
    site: Site


def request_reads(body: Body) -> Iterator[RequestRead]:
    """The reads in a body by constant keys: those by methods, then those by subscripts."""
    for call in body.calls:
        for name in map(external_name, possibilities(call.callee)):
            carrier, _, method = name.rpartition(".")
            key = call.arguments.get("key", 0)
            if carrier in _CARRIERS and method in _READERS and isinstance(key, Literal) and isinstance(key.value, str):
                yield RequestRead(_CARRIERS[carrier], key.value, call.site)
    carriers = {
        (read.node.start, read.node.end): _CARRIERS[name]
        for read in body.reads
        if (name := external_name(read.result)) in _CARRIERS
    }
    if not carriers:
        return
    subscripts = (node for node in within(body.function.fact.body) if isinstance(node, ex.Subscript))
    for node in subscripts:
        carrier = carriers.get((node.value.start, node.value.end), "")
        if carrier and isinstance(node.index, ex.Constant) and isinstance(node.index.value, str):
            yield RequestRead(carrier, node.index.value, Site(body.function.module, node.start, node.end))


def is_of_request(name: str) -> bool:
    """Whether the name of an external value says that it is the request, or comes from it."""
    return name.startswith(tuple(REQUESTS))
