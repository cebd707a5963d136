"""Tasks: which of them nobody keeps hold of."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import walk
from fastapi_lint.model.interpreter.bodies import Body, CallEvent
from fastapi_lint.model.knowledge.event_loops import TASK_STARTERS


def dropped_tasks(body: Body) -> Iterator[CallEvent]:
    """The calls that start a task and drop it where they stand: as a statement, or assigned to ``_``."""
    started = [event for event in body.calls if event.names and TASK_STARTERS.issuperset(event.names)]
    if not started:
        return
    dropped = {(node.start, node.end) for node in _dropped_values(body)}
    yield from (event for event in started if (event.node.start, event.node.end) in dropped)


def _dropped_values(body: Body) -> Iterator[ex.Expression]:
    """The expressions in a body whose values nobody keeps."""
    for node in walk(body.function.fact.body):
        if isinstance(node, st.Evaluate):
            yield node.value
        elif isinstance(node, st.Assign) and all(
            isinstance(target, ex.Name) and target.id == "_" for target in node.targets
        ):
            yield node.value
