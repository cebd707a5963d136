"""Admissions: where a dependency lets a request without credentials through."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Related
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Body, Context, GiveEvent
from fastapi_lint.model.values import Literal


def admissions(body: Body) -> Iterator[Related]:
    """Where a function gives None for want of credentials: after ``if not token``, or when an exception is swallowed.

    A None for a switch of the settings (``if not settings.auth_enabled``) is no admission of anonymous requests.
    """
    for giving in body.gives:
        node = giving.node
        if not isinstance(node, (st.Return, ex.Yield)) or not _is_none(giving):
            continue
        if giving.context and _tests_absence(giving.context[-1], body.function):
            message = f"{body.function.name} lets requests without credentials through"
            yield Related(message, giving.site.location)


def _is_none(giving: GiveEvent) -> bool:
    return isinstance(giving.value, Literal) and giving.value.value is None


def _tests_absence(context: Context, function: FunctionDefinition) -> bool:
    """Whether a branch is the one in which something is missing, or an exception handler."""
    if context.kind == "handler":
        return True
    if context.kind != "branch" or not isinstance(context.node, st.If):
        return False
    return _absence(context.node.test, function) is (context.branch == 0)


def _absence(test: ex.Expression, function: FunctionDefinition) -> bool | None:
    """True when a test holds for something missing, False when it holds for something there, None when it asks
    otherwise."""
    if isinstance(test, ex.Unary) and test.operator == "not":
        inner = _absence(test.operand, function)
        return None if inner is None else not inner
    if isinstance(test, ex.Comparison) and len(test.operators) == 1:
        operand = test.operands[0]
        if isinstance(operand, ex.Constant) and operand.value is None and _is_local(test.left, function):
            return {"is": True, "==": True, "is not": False, "!=": False}.get(test.operators[0])
        return None
    if isinstance(test, ex.Operation) and test.operator in ("and", "or"):
        left, right = _absence(test.left, function), _absence(test.right, function)
        return left if left == right or test.operator == "or" and left else right if test.operator == "or" else None
    return False if _is_local(test, function) else None


def _is_local(node: ex.Expression, function: FunctionDefinition) -> bool:
    """Whether an expression is about what the function got, not about a module's constants or settings."""
    if isinstance(node, ex.Name):
        return node.id not in function.module.scope.names
    if isinstance(node, ex.Walrus):
        return True
    if isinstance(node, ex.Call):
        return any(_is_local(part, function) for part in _roots(node.func))
    return False


def _roots(node: ex.Expression) -> Iterator[ex.Expression]:
    while isinstance(node, (ex.Attribute, ex.Subscript, ex.Call)):
        node = node.func if isinstance(node, ex.Call) else node.value
    yield node
