"""Searching facts without interpreting them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeGuard

from fastapi_lint.facts.expressions import Attribute, Call, Comparison, Expression, Lambda, Name, Parameter
from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.facts.statements import Annotate, Assign, Block, Class, Function, Handler, Import, ImportFrom


def contains(nodes: Iterable[object], kinds: frozenset[type[Any]]) -> bool:
    """Whether facts of some kinds are among ``nodes`` or in them, the bodies of nested functions apart.

    Args:
        nodes: statements or expressions.
        kinds: classes of facts.
    """
    if isinstance(nodes, Block) and not nodes.may_hold(*(kind._field_defaults["kind"] for kind in kinds)):
        return False
    pending: list[object] = list(nodes)
    while pending:
        node = pending.pop()
        if type(node) in kinds:
            return True
        pending += [part for part in node if isinstance(part, tuple)]  # type: ignore[attr-defined]
    return False


def walk(nodes: Iterable[object]) -> Iterator[object]:
    """Statements and expressions and all that is in them, nested functions included; in no order."""
    pending: list[object] = list(nodes)
    while pending:
        node = pending.pop()
        yield node
        pending += [part for part in node if isinstance(part, (tuple, Block))]  # type: ignore[attr-defined]


def within(nodes: Iterable[object]) -> Iterator[object]:
    """As :func:`walk`, in order, without what is in nested functions, lambdas and classes."""
    pending: list[object] = list(nodes)[::-1]
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, (Function, Lambda, Class)):
            pending += [part for part in reversed(node) if isinstance(part, tuple)]  # type: ignore[call-overload]


def is_name(node: object, *names: str | None) -> TypeGuard[Name]:
    """Whether an expression is one of these bare names."""
    return isinstance(node, Name) and node.id in names


def compared(node: object) -> tuple[tuple[Expression, Expression], ...]:
    """The two sides of a comparison by ``==`` or ``!=``, either first; nothing for all else."""
    if isinstance(node, Comparison) and node.operators in (("==",), ("!=",)):
        return (node.left, node.operands[0]), (node.operands[0], node.left)
    return ()


def mentions(nodes: Iterable[object], name: str) -> bool:
    """Whether a bare name occurs among statements or expressions or in them, nested functions included."""
    return any(is_name(node, name) for node in walk(nodes))


def method_calls(nodes: Iterable[object] | ModuleFacts, name: str) -> Iterator[Call]:
    """The calls of a method of that name in a module, or among statements or expressions or in them, nested functions
    included."""
    return (call for call in _calls(nodes, f".{name}") if isinstance(call.func, Attribute) and call.func.attr == name)


def calls_of(nodes: Iterable[object] | ModuleFacts, name: str) -> Iterator[Call]:
    """The calls of a function or method of that name in a module, or among statements or expressions or in them, nested
    functions included."""
    return (call for call in _calls(nodes, name, f".{name}") if last_word(call.func) == name)


def _calls(nodes: Iterable[object] | ModuleFacts, *words: str) -> Iterator[Call]:
    """The calls in a module, or among statements or expressions or in them, but for bodies that hold none of some
    words."""
    if isinstance(nodes, ModuleFacts):
        nodes = nodes.body if nodes.may_name(*(word.lstrip(".") for word in words)) else ()
    pending: list[object] = list(nodes)
    while pending:
        node = pending.pop()
        if isinstance(node, Call):
            yield node
        if not isinstance(node, Block) or node.may_hold(*words):
            pending += [part for part in node if isinstance(part, (tuple, Block))]  # type: ignore[attr-defined]


def around(nodes: Iterable[object], start: int, end: int) -> Iterator[Any]:
    """The statements and expressions whose stretch holds another one, from the outside in; those of that very stretch,
    too."""
    pending: list[object] = list(nodes)
    while pending:
        node = pending.pop()
        first, last = getattr(node, "start", None), getattr(node, "end", end)
        decorators = getattr(node, "decorators", ())  # they stand before the start of what they decorate
        if not isinstance(node, Parameter):  # whose stretch is that of its name
            if first is not None and ((decorators[0].start if decorators else first) > start or last < end):
                continue
            if first is not None:
                yield node
        pending += [part for part in node if isinstance(part, (tuple, Block))]  # type: ignore[attr-defined]


def call_at(nodes: Iterable[object], start: int, end: int) -> Call | None:
    """The call of that very stretch, or None."""
    found = around(nodes, start, end)
    return next((node for node in found if isinstance(node, Call) and (node.start, node.end) == (start, end)), None)


def assigned_once(nodes: Iterable[object], name: str) -> Expression | None:
    """What a bare name is assigned among statements or in them, with an annotation or without, where that is once; else
    None."""
    found = [
        node.value
        for node in walk(nodes)
        if (isinstance(node, Assign) and any(is_name(target, name) for target in node.targets))
        or (isinstance(node, Annotate) and node.value is not None and is_name(node.target, name))
    ]
    return found[0] if len(found) == 1 else None


def binds(function: Function, name: str) -> bool:
    """Whether a name may be a function's own: that of a parameter, or of something that its body binds."""
    return any(parameter.name == name for parameter in function.parameters) or bound_among(function.body, name)


def bound_among(nodes: Iterable[object], name: str) -> bool:
    """Whether statements, or what is in them, may bind a name: by a definition, an import, an ``except`` clause, an
    assignment or the like."""
    for node in walk(nodes):
        if isinstance(node, (Function, Class)) and node.name == name:
            return True
        if isinstance(node, (Import, ImportFrom)) and name in bound_by_import(node):
            return True
        if isinstance(node, Handler) and node.name == name:
            return True
        targets = [getattr(node, "target", None), *getattr(node, "targets", ())]
        if mentions([target for target in targets if target is not None], name):
            return True
    return False


def occurrences(nodes: Iterable[object], name: str) -> list[Any]:
    """The statements and expressions, themselves or in others, that read a bare name or bind it."""
    return [
        node
        for node in walk(nodes)
        if is_name(node, name)
        or (isinstance(node, (Parameter, Function, Class, Handler)) and node.name == name)
        or (isinstance(node, (Import, ImportFrom)) and name in bound_by_import(node))
    ]


def bound_by_import(node: Import | ImportFrom) -> list[str]:
    """The names that an import binds."""
    if isinstance(node, Import):
        return [node.alias or node.module.partition(".")[0]]
    return [alias or name for name, alias in node.names]


def dotted(node: object) -> str:
    """``a.b.c`` as text, or a bare name; "" for all else."""
    if isinstance(node, Attribute):
        owner = dotted(node.value)
        return f"{owner}.{node.attr}" if owner else ""
    return node.id if isinstance(node, Name) else ""


def last_word(node: object) -> str:
    """``c`` of ``a.b.c``, or a bare name; "" for all else."""
    return node.attr if isinstance(node, Attribute) else node.id if isinstance(node, Name) else ""
