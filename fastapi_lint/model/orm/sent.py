"""Statements that calls send: which kind, by which calls they were built."""

from __future__ import annotations

from typing import NamedTuple

from fastapi_lint.model.interpreter.bodies import CallEvent
from fastapi_lint.model.knowledge.sessions import EXECUTING
from fastapi_lint.model.knowledge.sqlalchemy import QUERY_RESULTS, SYNC_SESSIONS
from fastapi_lint.model.orm.queries import QUERY, call_chain
from fastapi_lint.model.values import ExternalResult, Value, possibilities

_ROOTS = {
    "sqlalchemy.select": "select",
    "sqlalchemy.update": "update",
    "sqlalchemy.delete": "delete",
    **{f"{session}.query": "select" for session in SYNC_SESSIONS},
}


class Sent(NamedTuple):
    """A statement that a call sends.

    Attributes:
        kind: "select", "update" or "delete".
        calls: the calls that built it, from the root on; the one that sends it apart.
        entities: what it selects or changes.
    """

    kind: str
    calls: tuple[ExternalResult, ...]
    entities: tuple[Value, ...]

    def built_by(self, *methods: str) -> ExternalResult | None:
        """The last call of one of these methods that built it, or None."""
        named = (call for call in reversed(self.calls) if call.callee.name.rpartition(".")[2] in methods)
        return next(named, None)


def sent(event: CallEvent) -> list[Sent]:
    """The statements that a call may send, depending on undecided conditions; none where one of them is not known."""
    if len(event.names) != 1 or event.functions:
        return []
    owner, _, method = event.names[0].rpartition(".")
    if owner == QUERY and method in QUERY_RESULTS:
        options = [getattr(callee, "receiver", None) for callee in possibilities(event.callee)]
        kind = method if QUERY_RESULTS[method] == "write" else ""
    elif event.names[0] in EXECUTING:
        options, kind = list(possibilities(event.arguments.get("statement", 0))), ""
    else:
        return []
    found = [_statement(option, kind) for option in options]
    return [each for each in found if each is not None] if None not in found else []


def _statement(value: Value | None, kind: str) -> Sent | None:
    calls = tuple(call_chain(value))[::-1]
    roots = [index for index, call in enumerate(calls) if call.callee.name in _ROOTS]
    if not roots:
        return None
    built = calls[roots[-1] :]
    return Sent(kind or _ROOTS[built[0].callee.name], built, tuple(built[0].arguments.positional))
