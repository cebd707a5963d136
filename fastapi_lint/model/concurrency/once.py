"""What happens once: code that fills a global, an attribute or a cache when it is first asked for, or out of date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import dotted
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Event


def happens_once(event: Event, function: FunctionDefinition) -> bool:
    """Whether an event of a function's body happens at its first call only, and not at each: under
    ``if cache is None: cache = …``, ``if key not in cache: cache[key] = …``, ``if stamp != seen: seen = stamp``, or
    behind ``if cache is not None: return cache`` or ``try: return cache[key]``.

    The cache must outlive the call: a name declared ``global``, an attribute, or an item of something not local.
    """
    kept = frozenset(_global_names(function.fact.body))
    for context in event.context:
        if context.kind == "branch" and isinstance(context.node, st.If) and context.branch == 0:
            if set(_missing(context.node.test)) & _filled(context.node.body, kept):
                return True
    local = {parameter.name for parameter in function.fact.parameters} | set(_local_names(function.fact.body))
    filled = _filled(function.fact.body, kept)
    outlasting = {name for name in filled if name.partition(".")[0] not in local - kept}
    return any(set(_answering(statement)) & outlasting for statement in _before(function.fact.body, event))


def _before(statements: Iterable[st.Statement], event: Event) -> Iterator[st.Statement]:
    """The statements that ran when an event happens, in the blocks around it."""
    for statement in statements:
        if statement.end <= event.site.start:
            yield statement
        elif isinstance(statement, (st.With, st.Try)) and statement.start <= event.site.start:
            yield from _before(statement.body, event)


def _answering(statement: st.Statement) -> Iterator[str]:
    """What a statement returns, or answers by, where it is there."""
    last = statement.body[-1] if isinstance(statement, (st.If, st.Try)) and statement.body else None
    if isinstance(last, st.Return):
        if isinstance(statement, st.If):
            yield from _present(statement.test)
        elif isinstance(last.value, ex.Subscript):
            yield dotted(last.value.value)


def _local_names(statements: Iterable[st.Statement]) -> Iterator[str]:
    """The names that statements assign."""
    for statement in statements:
        if isinstance(statement, st.Assign):
            yield from (target.id for target in statement.targets if isinstance(target, ex.Name))
        elif isinstance(statement, (st.With, st.If, st.Try, st.For)):
            yield from _local_names(statement.body)


def _global_names(statements: Iterable[st.Statement]) -> Iterator[str]:
    for statement in statements:
        if isinstance(statement, st.Outer):
            yield from statement.names
        elif isinstance(statement, (st.With, st.If, st.Try)):
            yield from _global_names(statement.body)


def _missing(test: ex.Expression) -> Iterator[str]:
    """What a condition says to be missing or out of date: ``x is None``, ``not x``, ``key not in x``, ``stamp != x``,
    ``now - x > limit``, joined by ``and`` or ``or``."""
    if isinstance(test, ex.Operation) and test.operator in ("and", "or"):
        yield from _missing(test.left)
        yield from _missing(test.right)
    elif isinstance(test, ex.Unary) and test.operator == "not":
        yield dotted(test.operand)
    elif isinstance(test, ex.Comparison) and test.operators in (("is",), ("==",)):
        if isinstance(test.operands[0], ex.Constant) and test.operands[0].value is None:
            yield dotted(test.left)
    elif isinstance(test, ex.Comparison) and test.operators == ("not in",):
        yield dotted(test.operands[0])
    elif isinstance(test, ex.Comparison) and test.operators[0] in ("!=", "<", ">", "<=", ">="):
        for side in (test.left, test.operands[0]):
            for part in (side.left, side.right) if isinstance(side, ex.Operation) else (side,):
                yield dotted(part)


def _present(test: ex.Expression) -> Iterator[str]:
    """What a condition says to be there: ``x is not None``, ``x``."""
    if isinstance(test, ex.Comparison) and test.operators == ("is not",):
        yield dotted(test.left)
    elif isinstance(test, (ex.Name, ex.Attribute)):
        yield dotted(test)


def _filled(statements: Iterable[st.Statement], kept: frozenset[str]) -> set[str]:
    """What statements assign that outlives the call."""
    filled: set[str] = set()
    for statement in statements:
        targets: tuple[ex.Expression, ...] = ()
        if isinstance(statement, st.Assign):
            targets = statement.targets
        elif isinstance(statement, st.Annotate):
            targets = (statement.target,)
        elif isinstance(statement, (st.With, st.If, st.Try, st.For)):
            filled |= _filled(statement.body, kept)
        flat = (item for target in targets for item in (target.items if isinstance(target, ex.Sequence) else (target,)))
        for target in flat:
            if isinstance(target, ex.Subscript):
                filled.add(dotted(target.value))
            elif isinstance(target, ex.Attribute) or (isinstance(target, ex.Name) and target.id in kept):
                filled.add(dotted(target))
    return filled - {""}
