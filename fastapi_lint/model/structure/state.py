"""State of a process: endpoints that keep what they are sent in variables of a module, or take it out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import walk
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.values import Collection, Dictionary, Site, Value, external_name

ADDING_METHODS = frozenset({"append", "add", "insert", "extend", "update", "appendleft"})
"""Methods by which something is put into a container."""
REMOVING_METHODS = frozenset({"pop", "remove", "discard", "clear", "popitem", "popleft"})
"""Methods by which something is taken out of a container."""
CONTAINERS = frozenset(
    {"dict()", "list()", "set()", *(f"collections.{name}()" for name in ("defaultdict", "OrderedDict", "deque"))}
)
_TASK_METHODS = frozenset({"create_task", "ensure_future", "run_coroutine_threadsafe"})


def is_kept(node: ex.Expression | None, function: FunctionDefinition, interpreter: Interpreter) -> bool:
    """Whether an expression of a function is the name of a container that its module defines or imports."""
    if not isinstance(node, ex.Name) or not _is_container(interpreter.evaluate(node, function.scope)):
        return False
    return node.id not in _local(function, list(walk(function.fact.body)))


def kept_data(function: FunctionDefinition, interpreter: Interpreter) -> Iterator[tuple[str, Site]]:
    """The containers of modules into which a function puts what depends on its parameters, each with the first place;
    tasks, which are kept so that they are not lost, are left out.

    Args:
        function: an endpoint.
        interpreter: who executed the project.
    """
    nodes = list(walk(function.fact.body))
    local = _local(function, nodes)
    yield from _containers(
        function, puts, nodes, interpreter, lambda put: bool(_names(put) & local) and not _is_task(put, nodes)
    )


def removed_data(function: FunctionDefinition, interpreter: Interpreter) -> Iterator[tuple[str, Site]]:
    """The containers of modules from which a function takes something, each with the first place.

    Args:
        function: an endpoint.
        interpreter: who executed the project.
    """
    yield from _containers(function, _removals, list(walk(function.fact.body)), interpreter, lambda keys: True)


def _containers(
    function: FunctionDefinition,
    changes: Callable[[object], Iterator[tuple[ex.Expression, list[ex.Expression]]]],
    nodes: list[object],
    interpreter: Interpreter,
    counts: Callable[[list[ex.Expression]], bool],
) -> Iterator[tuple[str, Site]]:
    """The containers of modules that statements or calls change, each with the first place."""
    local = _local(function, nodes)
    found: dict[str, Site] = {}
    for node in sorted(filter(_may_change, nodes), key=lambda node: node.start):  # type: ignore[attr-defined]
        for container, parts in changes(node):
            root = container.id if isinstance(container, ex.Name) else ""
            if root and root not in local and root not in found and counts(parts):
                if _is_container(interpreter.evaluate(container, function.scope)):
                    found[root] = Site(function.module, node.start, node.end)  # type: ignore[attr-defined]
    yield from found.items()


def _local(function: FunctionDefinition, nodes: list[object]) -> set[str]:
    return {parameter.name for parameter in function.fact.parameters} | set(_bound(nodes))


def _may_change(node: object) -> bool:
    return isinstance(node, (st.Assign, st.Augment, st.Delete, ex.Call))


def puts(node: object) -> Iterator[tuple[ex.Expression, list[ex.Expression]]]:
    """Into what a statement or call puts something, and what; keys included."""
    if isinstance(node, ex.Call):
        if isinstance(node.func, ex.Attribute) and node.func.attr in ADDING_METHODS:
            yield node.func.value, [argument.value for argument in node.arguments]
    elif isinstance(node, (st.Assign, st.Augment)):
        for target in node.targets if isinstance(node, st.Assign) else (node.target,):
            if isinstance(target, ex.Subscript):
                yield target.value, [target.index, node.value]


def _removals(node: object) -> Iterator[tuple[ex.Expression, list[ex.Expression]]]:
    """From what a statement or call takes something, and the keys by which it does."""
    if isinstance(node, ex.Call):
        if isinstance(node.func, ex.Attribute) and node.func.attr in REMOVING_METHODS:
            yield node.func.value, [argument.value for argument in node.arguments]
    elif isinstance(node, st.Delete):
        for target in node.targets:
            if isinstance(target, ex.Subscript):
                yield target.value, [target.index]


def _bound(nodes: list[object]) -> Iterator[str]:
    """The names that assignments, loops and ``with`` bind."""
    for node in nodes:
        targets: tuple[ex.Expression | None, ...] = ()
        if isinstance(node, st.Assign):
            targets = node.targets
        elif isinstance(node, (st.For, st.Annotate)):
            targets = (node.target,)
        elif isinstance(node, st.With):
            targets = tuple(item.target for item in node.items)
        for target in targets:
            for item in target.items if isinstance(target, ex.Sequence) else (target,):
                if isinstance(item, ex.Name):
                    yield item.id


def _names(put: list[ex.Expression]) -> set[str]:
    return {node.id for node in walk(put) if isinstance(node, ex.Name)}


def _is_task(put: list[ex.Expression], nodes: list[object]) -> bool:
    """Whether something that is put is a task: the result of a call that starts one."""
    values = [
        *put,
        *(node.value for node in nodes if isinstance(node, st.Assign) and _names(list(node.targets)) & _names(put)),
    ]
    called = (node.func for node in values if isinstance(node, ex.Call))
    return any(isinstance(func, ex.Attribute) and func.attr in _TASK_METHODS for func in called)


def _is_container(value: Value) -> bool:
    return isinstance(value, (Collection, Dictionary)) or external_name(value) in CONTAINERS
