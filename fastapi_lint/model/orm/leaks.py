"""Sessions and connections that a function makes, hands out and does not close."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import walk
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, Body, CallEvent, GiveEvent
from fastapi_lint.model.knowledge.sessions import MAKERS
from fastapi_lint.model.values import possibilities


class Leak(NamedTuple):
    """Something that is handed out and stays open.

    Attributes:
        event: the call that makes it.
        thing: what it is: "session" or "connection".
        kind: "returned", or "unclosed" when it is yielded.
    """

    event: CallEvent
    thing: str
    kind: str


def leaks(function: FunctionDefinition, bodies: Bodies) -> Iterator[Leak]:
    """The sessions and connections that a function makes and returns, or yields where nothing closes them when an
    exception comes back."""
    body = bodies.of(function)
    for event in body.calls:
        thing = MAKERS.get(event.names[0]) if len(event.names) == 1 else None
        if thing not in ("session", "connection") or _is_managed(event, body):
            continue
        for give in body.gives:
            if any(value is event.result for value in possibilities(give.value)) and not _is_closed(event, give, body):
                yield Leak(event, thing, "returned" if isinstance(give.node, st.Return) else "unclosed")
                break


def _is_managed(event: CallEvent, body: Body) -> bool:
    """Whether something made stands in the head of a ``with``, or is handed over to a call that may close it."""
    heads = [item.context for node in walk(body.function.fact.body) if isinstance(node, st.With) for item in node.items]
    calls = [other.node for other in body.calls if other is not event and isinstance(other.node, ex.Call)]
    arguments = [argument.value for call in calls for argument in call.arguments]
    return any(holder.start <= event.node.start and event.node.end <= holder.end for holder in (*heads, *arguments))


def _is_closed(event: CallEvent, give: GiveEvent, body: Body) -> bool:
    """Whether a ``with`` or a ``finally`` around a return or yield may close what was made."""
    for context in give.context:
        if context.kind == "with" and any(value is event.result for value in possibilities(context.source)):
            return True
        if isinstance(context.node, st.Try) and context.node.final:
            first, last = context.node.final[0].start, context.node.final[-1].end
            if any(_is_given(call, event) for call in body.calls if first <= call.node.start and call.node.end <= last):
                return True
    return False


def _is_given(call: CallEvent, event: CallEvent) -> bool:
    """Whether a call is a method of what was made, or gets it as an argument."""
    receivers = (getattr(callee, "receiver", None) for callee in possibilities(call.callee))
    given = (value for argument in call.arguments for value in possibilities(argument))
    return any(value is event.result for value in (*receivers, *given))
