"""Statements: from libcst's nodes to facts.

A handler takes the walk, its node and the list to which it appends what it found; ``pass`` appends nothing, an import
of several names several facts. See :mod:`fastapi_lint.facts.walk` for the cursor.
"""

from __future__ import annotations

from inspect import cleandoc

from fastapi_lint.facts import statements as facts
from fastapi_lint.facts.expressions import Argument, Constant, Expression, Sequence
from fastapi_lint.facts.extract_expressions import argument, expression, parameters
from fastapi_lint.facts.extract_patterns import pattern
from fastapi_lint.facts.walk import Handlers, Node, Walk

Found = list[facts.Statement]


def statements(walk: Walk, nodes: Node) -> tuple[facts.Statement, ...]:
    """The facts of a sequence of statements."""
    found: Found = []
    for node in nodes:
        _HANDLERS[type(node)](walk, node, found)
    return tuple(found)


def docstring(nodes: Node, found: tuple[facts.Statement, ...]) -> str | None:
    """The cleaned docstring of a module or a suite, given its nodes and their facts."""
    if not found or type(found[0]) is not facts.Evaluate:
        return None
    first = nodes[0]
    if type(first).__name__ == "SimpleStatementLine":
        first = first.body[0]
    value = found[0].value
    if type(first).__name__ == "Expr" and type(value) is Constant and isinstance(value.value, str):
        return cleandoc(value.value)
    return None


def _line(walk: Walk, node: Node, found: Found) -> None:
    for small in node.body:
        _HANDLERS[type(small)](walk, small, found)


def _suite(walk: Walk, node: Node) -> tuple[facts.Statement, ...]:
    """The colon and what it introduces, indented or on the same line."""
    walk.cursor += 1
    return statements(walk, node.body)


def _function(walk: Walk, node: Node, found: Found) -> None:
    decorators = _decorators(walk, node.decorators)
    start = walk.starts[walk.cursor]
    is_async = node.asynchronous is not None
    walk.cursor += 1 + is_async
    name_start = walk.starts[walk.cursor]
    walk.cursor += 1
    if node.type_parameters is not None:
        walk.cursor = walk.closing[walk.cursor] + 1
    closing = walk.closing[walk.cursor]
    walk.cursor += 1
    parameter_facts = parameters(walk, node.params)
    walk.cursor = closing + 1
    returns = None
    if node.returns is not None:
        walk.cursor += 1
        returns = expression(walk, node.returns.annotation)

    name = node.name.value
    qualname = walk.scope + name
    outer = walk.scope, walk.yields
    walk.scope, walk.yields = qualname + ".<locals>.", False
    body = _suite(walk, node.body)
    yields = walk.yields
    walk.scope, walk.yields = outer
    found.append(
        facts.Function(
            name,
            qualname,
            parameter_facts,
            returns,
            decorators,
            facts.Block(body),
            is_async,
            yields,
            docstring(node.body.body, body),
            name_start,
            start,
            walk.ends[walk.cursor - 1],
        )
    )


def _class(walk: Walk, node: Node, found: Found) -> None:
    decorators = _decorators(walk, node.decorators)
    start = walk.starts[walk.cursor]
    name_start = walk.starts[walk.cursor + 1]
    walk.cursor += 2
    type_parameters = _type_parameters(walk, node.type_parameters)
    bases: tuple[Argument, ...] = ()
    if walk.texts[walk.cursor] == "(":
        closing = walk.closing[walk.cursor]
        walk.cursor += 1
        bases = tuple([argument(walk, child) for child in (*node.bases, *node.keywords)])
        walk.cursor = closing + 1
    name = node.name.value
    qualname = walk.scope + name
    scope = walk.scope
    walk.scope = qualname + "."
    body = _suite(walk, node.body)
    walk.scope = scope
    found.append(
        facts.Class(
            name,
            qualname,
            bases,
            decorators,
            body,
            type_parameters,
            docstring(node.body.body, body),
            name_start,
            start,
            walk.ends[walk.cursor - 1],
        )
    )


def _decorators(walk: Walk, nodes: Node) -> tuple[facts.Decorator, ...]:
    found = []
    for node in nodes:
        start = walk.starts[walk.cursor]
        walk.cursor += 1
        value = expression(walk, node.decorator)
        found.append(facts.Decorator(value, start, walk.ends[walk.cursor - 1]))
    return tuple(found)


def _type_parameters(walk: Walk, node: Node) -> tuple[str, ...]:
    """The names of PEP 695's type parameters."""
    if node is None:
        return ()
    walk.cursor = walk.closing[walk.cursor] + 1
    return tuple([child.param.name.value for child in node.params])


def _import(walk: Walk, node: Node, found: Found) -> None:
    walk.cursor += 2 if walk.texts[walk.cursor] == "lazy" else 1
    for name in node.names:
        start = walk.starts[walk.cursor]
        module = _dotted_name(walk, name.name)
        alias = _alias(walk, name)
        end = walk.ends[walk.cursor - 1]
        walk.skip(",")
        walk.imports.add(module.partition(".")[0])
        found.append(facts.Import(module, alias, start, end))


def _import_from(walk: Walk, node: Node, found: Found) -> None:
    start = walk.starts[walk.cursor]
    walk.cursor += 2 if walk.texts[walk.cursor] == "lazy" else 1
    while walk.texts[walk.cursor] in (".", "..."):
        walk.cursor += 1
    module = "" if node.module is None else _dotted_name(walk, node.module)
    walk.cursor += 1
    names: list[tuple[str, str | None]] = []
    if type(node.names).__name__ == "ImportStar":
        walk.cursor += 1
        names.append(("*", None))
    else:
        closing = walk.closing.get(walk.cursor)
        if closing is not None:
            walk.cursor += 1
        for name in node.names:
            imported = _dotted_name(walk, name.name)
            names.append((imported, _alias(walk, name)))
            walk.skip(",")
        if closing is not None:
            walk.cursor = closing + 1
    if not node.relative:
        walk.imports.add(module.partition(".")[0])
    found.append(facts.ImportFrom(module, len(node.relative), tuple(names), start, walk.ends[walk.cursor - 1]))


def _dotted_name(walk: Walk, node: Node) -> str:
    words = []
    while type(node).__name__ == "Attribute":
        words.append(node.attr.value)
        node = node.value
    words.append(node.value)
    walk.cursor += 2 * len(words) - 1
    return ".".join(reversed(words))


def _alias(walk: Walk, node: Node) -> str | None:
    if node.asname is None:
        return None
    walk.cursor += 2
    return node.asname.name.value


def _assign(walk: Walk, node: Node, found: Found) -> None:
    start = walk.starts[walk.cursor]
    targets = []
    for target in node.targets:
        targets.append(expression(walk, target.target))
        walk.cursor += 1
    value = expression(walk, node.value)
    found.append(facts.Assign(tuple(targets), value, start, walk.ends[walk.cursor - 1]))


def _annotate(walk: Walk, node: Node, found: Found) -> None:
    start = walk.starts[walk.cursor]
    target = expression(walk, node.target)
    walk.cursor += 1
    annotation = expression(walk, node.annotation.annotation)
    value = None
    if node.value is not None:
        walk.cursor += 1
        value = expression(walk, node.value)
    found.append(facts.Annotate(target, annotation, value, start, walk.ends[walk.cursor - 1]))


def _augment(walk: Walk, node: Node, found: Found) -> None:
    start = walk.starts[walk.cursor]
    target = expression(walk, node.target)
    operator = walk.texts[walk.cursor][:-1]
    walk.cursor += 1
    value = expression(walk, node.value)
    found.append(facts.Augment(target, operator, value, start, walk.ends[walk.cursor - 1]))


def _type_alias(walk: Walk, node: Node, found: Found) -> None:
    start = walk.starts[walk.cursor]
    walk.cursor += 2
    type_parameters = _type_parameters(walk, node.type_parameters)
    walk.cursor += 1
    value = expression(walk, node.value)
    found.append(facts.TypeAlias(node.name.value, type_parameters, value, start, walk.ends[walk.cursor - 1]))


def _evaluate(walk: Walk, node: Node, found: Found) -> None:
    start = walk.starts[walk.cursor]
    value = expression(walk, node.value)
    found.append(facts.Evaluate(value, start, walk.ends[walk.cursor - 1]))


def _return(walk: Walk, node: Node, found: Found) -> None:
    start = walk.starts[walk.cursor]
    walk.cursor += 1
    value = None if node.value is None else expression(walk, node.value)
    found.append(facts.Return(value, start, walk.ends[walk.cursor - 1]))


def _raise(walk: Walk, node: Node, found: Found) -> None:
    start = walk.starts[walk.cursor]
    walk.cursor += 1
    exception = cause = None
    if node.exc is not None:
        exception = expression(walk, node.exc)
    if node.cause is not None:
        walk.cursor += 1
        cause = expression(walk, node.cause.item)
    found.append(facts.Raise(exception, cause, start, walk.ends[walk.cursor - 1]))


def _assert(walk: Walk, node: Node, found: Found) -> None:
    start = walk.starts[walk.cursor]
    walk.cursor += 1
    test = expression(walk, node.test)
    message = None
    if node.msg is not None:
        walk.cursor += 1
        message = expression(walk, node.msg)
    found.append(facts.Assert(test, message, start, walk.ends[walk.cursor - 1]))


def _delete(walk: Walk, node: Node, found: Found) -> None:
    start = walk.starts[walk.cursor]
    walk.cursor += 1
    target = expression(walk, node.target)
    targets = target.items if type(target) is Sequence and target.form == "tuple" else (target,)
    found.append(facts.Delete(targets, start, walk.ends[walk.cursor - 1]))


def _jump(walk: Walk, node: Node, found: Found) -> None:
    cursor = walk.cursor
    walk.cursor = cursor + 1
    found.append(facts.Jump(walk.texts[cursor], walk.starts[cursor], walk.ends[cursor]))


def _pass(walk: Walk, node: Node, found: Found) -> None:
    walk.cursor += 1


def _outer(walk: Walk, node: Node, found: Found) -> None:
    cursor = walk.cursor
    names = tuple([name.name.value for name in node.names])
    walk.cursor = cursor + 2 * len(names)
    found.append(facts.Outer(walk.texts[cursor], names, walk.starts[cursor], walk.ends[walk.cursor - 1]))


def _if(walk: Walk, node: Node, found: Found) -> None:
    start = walk.starts[walk.cursor]
    walk.cursor += 1
    test = expression(walk, node.test)
    body = _suite(walk, node.body)
    orelse: tuple[facts.Statement, ...] = ()
    if type(node.orelse).__name__ == "If":
        orelse = statements(walk, (node.orelse,))
    else:
        orelse = _else(walk, node.orelse)
    found.append(facts.If(test, body, orelse, start, walk.ends[walk.cursor - 1]))


def _else(walk: Walk, node: Node) -> tuple[facts.Statement, ...]:
    """The body of an ``else`` or ``finally``, if there is one."""
    if node is None:
        return ()
    walk.cursor += 1
    return _suite(walk, node.body)


def _for(walk: Walk, node: Node, found: Found) -> None:
    start = walk.starts[walk.cursor]
    is_async = node.asynchronous is not None
    walk.cursor += 1 + is_async
    target = expression(walk, node.target)
    walk.cursor += 1
    iterable = expression(walk, node.iter)
    body = _suite(walk, node.body)
    orelse = _else(walk, node.orelse)
    found.append(facts.For(target, iterable, body, orelse, is_async, start, walk.ends[walk.cursor - 1]))


def _while(walk: Walk, node: Node, found: Found) -> None:
    start = walk.starts[walk.cursor]
    walk.cursor += 1
    test = expression(walk, node.test)
    body = _suite(walk, node.body)
    orelse = _else(walk, node.orelse)
    found.append(facts.While(test, body, orelse, start, walk.ends[walk.cursor - 1]))


def _try(walk: Walk, node: Node, found: Found) -> None:
    start = walk.starts[walk.cursor]
    walk.cursor += 1
    body = _suite(walk, node.body)
    is_group = type(node).__name__ == "TryStar"
    handlers = tuple([_handler(walk, handler, is_group) for handler in node.handlers])
    orelse = _else(walk, node.orelse)
    final = _else(walk, node.finalbody)
    found.append(facts.Try(body, handlers, orelse, final, is_group, start, walk.ends[walk.cursor - 1]))


def _handler(walk: Walk, node: Node, is_group: bool) -> facts.Handler:
    start = walk.starts[walk.cursor]
    walk.cursor += 1 + is_group
    kind = None if node.type is None else expression(walk, node.type)
    name = _alias_of(walk, node)
    body = _suite(walk, node.body)
    return facts.Handler(kind, name, body, start, walk.ends[walk.cursor - 1])


def _alias_of(walk: Walk, node: Node) -> str | None:
    if node.name is None:
        return None
    walk.cursor += 2
    return node.name.name.value


def _with(walk: Walk, node: Node, found: Found) -> None:
    start = walk.starts[walk.cursor]
    is_async = node.asynchronous is not None
    walk.cursor += 1 + is_async
    closing = walk.closing[walk.cursor] if type(node.lpar).__name__ == "LeftParen" else None
    if closing is not None:
        walk.cursor += 1
    items = tuple([_with_item(walk, item) for item in node.items])
    if closing is not None:
        walk.cursor = closing + 1
    body = _suite(walk, node.body)
    found.append(facts.With(items, body, is_async, start, walk.ends[walk.cursor - 1]))


def _with_item(walk: Walk, node: Node) -> facts.WithItem:
    start = walk.starts[walk.cursor]
    context = expression(walk, node.item)
    target: Expression | None = None
    if node.asname is not None:
        walk.cursor += 1
        target = expression(walk, node.asname.name)
    end = walk.ends[walk.cursor - 1]
    walk.skip(",")
    return facts.WithItem(context, target, start, end)


def _match(walk: Walk, node: Node, found: Found) -> None:
    start = walk.starts[walk.cursor]
    walk.cursor += 1
    subject = expression(walk, node.subject)
    walk.cursor += 1
    cases = tuple([_case(walk, case) for case in node.cases])
    found.append(facts.Match(subject, cases, start, walk.ends[walk.cursor - 1]))


def _case(walk: Walk, node: Node) -> facts.Case:
    start = walk.starts[walk.cursor]
    walk.cursor += 1
    captures: list[str] = []
    values: list[Expression] = []
    pattern(walk, node.pattern, captures, values)
    irrefutable = node.guard is None and type(node.pattern).__name__ == "MatchAs" and node.pattern.pattern is None
    guard = None
    if node.guard is not None:
        walk.cursor += 1
        guard = expression(walk, node.guard)
    body = _suite(walk, node.body)
    return facts.Case(tuple(captures), tuple(values), guard, irrefutable, body, start, walk.ends[walk.cursor - 1])


_HANDLERS = Handlers(
    {
        "AnnAssign": _annotate,
        "Assert": _assert,
        "Assign": _assign,
        "AugAssign": _augment,
        "Break": _jump,
        "ClassDef": _class,
        "Continue": _jump,
        "Del": _delete,
        "Expr": _evaluate,
        "For": _for,
        "FunctionDef": _function,
        "Global": _outer,
        "If": _if,
        "Import": _import,
        "ImportFrom": _import_from,
        "LazyImport": _import,
        "LazyImportFrom": _import_from,
        "Match": _match,
        "Nonlocal": _outer,
        "Pass": _pass,
        "Raise": _raise,
        "Return": _return,
        "SimpleStatementLine": _line,
        "Try": _try,
        "TryStar": _try,
        "TypeAlias": _type_alias,
        "While": _while,
        "With": _with,
    }
)
