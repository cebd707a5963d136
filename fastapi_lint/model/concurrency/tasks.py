"""Tasks: which of them nobody keeps hold of."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import occurrences, walk
from fastapi_lint.model.interpreter.bodies import Body, CallEvent
from fastapi_lint.model.knowledge.event_loops import TASK_STARTERS


def dropped_tasks(body: Body) -> Iterator[CallEvent]:
    """The calls that start a task and drop it: as a statement, or assigned to ``_``, or to a variable that nothing
    reads, in a function that waits for nothing more: until it ends, its variables hold what they have."""
    started = [event for event in body.calls if event.names and TASK_STARTERS.issuperset(event.names)]
    if not started:
        return
    statements = {
        (node.value.start, node.value.end): node
        for node in walk(body.function.fact.body)
        if isinstance(node, (st.Evaluate, st.Assign, st.Annotate)) and node.value is not None
    }
    for event in started:
        statement = statements.get((event.node.start, event.node.end))
        if statement is not None and _drops(statement, body):
            yield event


def _drops(statement: st.Evaluate | st.Assign | st.Annotate, body: Body) -> bool:
    """Whether nobody keeps the value of a statement."""
    if isinstance(statement, st.Evaluate):
        return True
    targets = statement.targets if isinstance(statement, st.Assign) else (statement.target,)
    names = {target.id for target in targets if isinstance(target, ex.Name)}
    return len(names) == len(targets) and (names == {"_"} or _are_unread(names, statement, body))


def _are_unread(names: set[str], assigned: st.Assign | st.Annotate, body: Body) -> bool:
    """Whether variables are mentioned once only, and nothing is waited for after they were assigned."""
    fact = body.function.fact
    if any(len(occurrences(fact.body, name)) > 1 for name in names):
        return False
    nodes = list(walk(fact.body))
    if any(isinstance(node, st.Outer) and not names.isdisjoint(node.names) for node in nodes):
        return False
    around = [node for node in nodes if isinstance(node, (st.For, st.While)) and node.start < assigned.start < node.end]
    begin = min((loop.start for loop in around), default=assigned.end)
    return not any(_waits(node) and node.start >= begin and node is not assigned.value for node in nodes)


def _waits(node: object) -> bool:
    return isinstance(node, (ex.Await, ex.Yield)) or (isinstance(node, (st.For, st.With)) and node.is_async)
