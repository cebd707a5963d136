"""Awaits in a row that do not need each other."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import walk
from fastapi_lint.model.interpreter.bodies import Body, CallEvent

READING_REQUESTS = frozenset(
    f"{client}.{method}"
    for client in ("httpx.AsyncClient()", "aiohttp.ClientSession()")
    for method in ("get", "head", "options")
)
"""Requests that change nothing, so that their order does not matter."""
_LEAVING = "raise_for_status"


def independent_requests(body: Body) -> Iterator[tuple[CallEvent, CallEvent]]:
    """The pairs of reading HTTP requests in a body that are awaited in the same block one after the other, where the
    second uses nothing that came to be since the first, and nothing between decides whether it is sent. Of a row of
    such requests the first pair."""
    awaited = [event for event in body.calls if event.awaited]
    nodes: list[object] = []
    reported = False
    for first, second in zip(awaited, awaited[1:]):
        if not (_reads(first) and _reads(second)) or first.context != second.context:
            reported = False
        elif not reported:
            nodes = nodes or list(walk(body.function.fact.body))
            between = [node for node in nodes if first.site.start <= _end(node) <= second.site.start]
            if not any(map(_decides, between)) and not _made(between) & _used(second):
                reported = True
                yield first, second


def _reads(event: CallEvent) -> bool:
    return bool(event.names) and READING_REQUESTS.issuperset(event.names)


def _end(node: object) -> int:
    return getattr(node, "end", -1)


def _decides(node: object) -> bool:
    """Whether a fact may end the function, or the round of a loop."""
    if isinstance(node, ex.Call):
        return isinstance(node.func, ex.Attribute) and node.func.attr == _LEAVING
    return isinstance(node, (st.Return, st.Raise, st.Jump, st.Assert))


def _made(nodes: list[object]) -> set[str]:
    """The names that statements assign."""
    targets = [target for node in nodes if isinstance(node, st.Assign) for target in node.targets]
    return {node.id for node in walk(targets) if isinstance(node, ex.Name)}


def _used(event: CallEvent) -> set[str]:
    return {node.id for node in walk([event.node]) if isinstance(node, ex.Name)}
