"""Background tasks: what endpoints hand to them that is closed before they run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import contains
from fastapi_lint.model.concurrency.request_path import TASK_CALLS
from fastapi_lint.model.dependencies.dependants import Dependant
from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent
from fastapi_lint.model.knowledge.releases import Release
from fastapi_lint.model.routing.routes import Route

CLOSED_BEFORE_TASKS: tuple[Release, Release] = ((0, 106), (0, 118))
"""From the first release to before the second, what stands after the ``yield`` of a dependency runs before the response
is sent and before background tasks; else after both, unless the scope of the dependency is "function"
(https://fastapi.tiangolo.com/advanced/advanced-dependencies/#dependencies-with-yield-and-background-tasks; observed on
0.105.0, 0.106.0, 0.117.1, 0.118.0, 0.121.0 and 0.165.0)."""

_YIELD = frozenset({ex.Yield})


def closed_before_task(route: Route, bodies: Bodies, release: Release) -> Iterator[tuple[CallEvent, Dependant]]:
    """The calls in an endpoint that hand a background task what a dependency with ``yield`` closes before the task
    runs; with that dependency.

    Args:
        route: the route.
        bodies: what happens in functions.
        release: of FastAPI.
    """
    closing = {
        dependant.name: dependant
        for dependant in route.dependant.dependencies
        if dependant.name is not None and _closes_before_tasks(dependant, release)
    }
    if not closing or route.function is None:
        return
    for event in bodies.of(route.function).calls:
        if event.names and TASK_CALLS.keys() >= set(event.names) and isinstance(event.node, ex.Call):
            handed = (_root(argument.value) for argument in event.node.arguments)
            found = next((closing[name] for name in handed if name in closing), None)
            if found is not None:
                yield event, found


def _closes_before_tasks(dependant: Dependant, release: Release) -> bool:
    first, last = CLOSED_BEFORE_TASKS
    early = dependant.scope == "function" or (first <= release < last)
    function = dependant.function
    return early and function is not None and function.fact.yields and _cleans_up(function.fact.body)


def _cleans_up(statements: Iterable[st.Statement]) -> bool:
    """Whether something happens after the ``yield`` among statements."""
    yielded = False
    for statement in statements:
        if yielded:
            return True
        if contains([statement], _YIELD):
            if isinstance(statement, st.With) or (isinstance(statement, st.Try) and statement.final):
                return True
            if isinstance(statement, (st.Try, st.If)) and _cleans_up(statement.body):
                return True
            yielded = True
    return False


def _root(node: ex.Expression) -> str:
    """The name before the dots, "" where there is none."""
    while isinstance(node, ex.Attribute):
        node = node.value
    return node.id if isinstance(node, ex.Name) else ""
