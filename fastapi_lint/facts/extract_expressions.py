"""Expressions: from libcst's nodes to facts.

A handler takes the walk and its node, and returns the fact; see :mod:`fastapi_lint.facts.walk` for the cursor.
"""

from __future__ import annotations

from fastapi_lint.facts import expressions as facts
from fastapi_lint.facts.literals import bytes_value, number_value, split_prefix, string_value
from fastapi_lint.facts.walk import Handlers, Node, Walk

_WORD_CONSTANTS = {"True": True, "False": False, "None": None}


def expression(walk: Walk, node: Node) -> facts.Expression:
    """The fact of any expression node."""
    return _HANDLERS[type(node)](walk, node)


def _name(walk: Walk, node: Node) -> facts.Name | facts.Constant:
    cursor = walk.cursor
    if node.lpar:
        cursor += len(node.lpar)
        walk.cursor = cursor + 1 + len(node.rpar)
    else:
        walk.cursor = cursor + 1
    value = node.value
    if value in _WORD_CONSTANTS:
        return facts.Constant(_WORD_CONSTANTS[value], walk.starts[cursor], walk.ends[cursor])
    return facts.Name(value, walk.starts[cursor], walk.ends[cursor])


def _attribute(walk: Walk, node: Node) -> facts.Attribute:
    walk.cursor += len(node.lpar)
    start = walk.starts[walk.cursor]
    value = expression(walk, node.value)
    cursor = walk.cursor + 1
    walk.cursor = cursor + 1 + len(node.rpar)
    return facts.Attribute(value, node.attr.value, start, walk.ends[cursor])


def _call(walk: Walk, node: Node) -> facts.Call:
    walk.cursor += len(node.lpar)
    start = walk.starts[walk.cursor]
    func = expression(walk, node.func)
    closing = walk.closing[walk.cursor]
    walk.cursor += 1
    arguments = tuple([argument(walk, child) for child in node.args])
    walk.cursor = closing + 1 + len(node.rpar)
    return facts.Call(func, arguments, start, walk.ends[closing])


def argument(walk: Walk, node: Node) -> facts.Argument:
    """The argument of a call or class definition, with the comma behind it."""
    start = walk.starts[walk.cursor]
    keyword = node.keyword
    if keyword is not None:
        keyword = keyword.value
        walk.cursor += 2
    elif node.star:
        walk.cursor += 1
    value = expression(walk, node.value)
    end = walk.ends[walk.cursor - 1]
    walk.skip(",")
    return facts.Argument(value, keyword, node.star, start, end)


def _simple_string(walk: Walk, node: Node) -> facts.Constant | facts.Bytes:
    cursor = walk.cursor + len(node.lpar)
    walk.cursor = cursor + 1 + len(node.rpar)
    start, end = walk.starts[cursor], walk.ends[cursor]
    prefix, content = split_prefix(node.value)
    if "b" in prefix:
        return facts.Bytes(bytes_value(content, "r" in prefix), start, end)
    return facts.Constant(string_value(content, "r" in prefix), start, end)


def _formatted_string(walk: Walk, node: Node) -> facts.FormattedString:
    opening = walk.cursor + len(node.lpar)
    closing = walk.closing[opening]
    walk.cursor = opening + 1
    parts: list[facts.Expression] = []
    _formatted_parts(walk, node.parts, "r" in node.start.lower(), parts)
    walk.cursor = closing + 1 + len(node.rpar)
    return facts.FormattedString(tuple(parts), walk.starts[opening], walk.ends[closing])


def _formatted_parts(walk: Walk, nodes: Node, raw: bool, parts: list[facts.Expression]) -> None:
    """Literal text and embedded expressions, in order."""
    for part in nodes:
        if type(part).__name__ == "FormattedStringText":
            start = walk.ends[walk.cursor - 1]
            content = part.value.replace("{{", "{").replace("}}", "}")
            parts.append(facts.Constant(string_value(content, raw), start, start + len(part.value)))
        else:
            _replacement_field(walk, part, parts)


def _replacement_field(walk: Walk, node: Node, parts: list[facts.Expression]) -> None:
    """``{expression}``: the expression, then its format where it has one, then the expressions in the specification."""
    closing = walk.closing[walk.cursor]
    walk.cursor += 1
    parts.append(expression(walk, node.expression))
    if node.format_spec is not None or node.conversion not in (None, "s") or node.equal is not None:
        start, end = walk.starts[walk.cursor], walk.starts[closing]
        parts.append(facts.Format(walk.text[start:end], start, end))
    if node.format_spec is not None:
        walk.cursor += (node.equal is not None) + 2 * (node.conversion is not None) + 1
        for part in node.format_spec:
            if type(part).__name__ == "FormattedStringExpression":
                _replacement_field(walk, part, parts)
    walk.cursor = closing + 1


def _templated_string(walk: Walk, node: Node) -> facts.Opaque:
    opening = walk.cursor + len(node.lpar)
    closing = walk.closing[opening]
    walk.cursor = closing + 1 + len(node.rpar)
    start, end = walk.starts[opening], walk.ends[closing]
    return facts.Opaque(walk.text[start:end], start, end)


def _concatenated_string(walk: Walk, node: Node) -> facts.Expression:
    cursor = walk.cursor = walk.cursor + len(node.lpar)
    start = walk.starts[cursor]
    pieces = []
    right = node
    while type(right).__name__ == "ConcatenatedString":
        pieces.append(expression(walk, right.left))
        right = right.right
    pieces.append(expression(walk, right))
    end = walk.ends[walk.cursor - 1]
    walk.cursor += len(node.rpar)
    kinds = {type(piece) for piece in pieces}
    if kinds == {facts.Constant}:
        return facts.Constant("".join([piece.value for piece in pieces]), start, end)
    if kinds == {facts.Bytes}:
        return facts.Bytes("".join([piece.value for piece in pieces]), start, end)
    if kinds <= {facts.Constant, facts.FormattedString}:
        parts: list[facts.Expression] = []
        for piece in pieces:
            parts.extend(piece.parts if type(piece) is facts.FormattedString else (piece,))
        return facts.FormattedString(tuple(parts), start, end)
    return facts.Opaque(walk.text[start:end], start, end)


def _integer_or_float(walk: Walk, node: Node) -> facts.Constant | facts.Opaque:
    cursor = walk.cursor + len(node.lpar)
    walk.cursor = cursor + 1 + len(node.rpar)
    value = number_value(node.value)
    if value is None:
        return facts.Opaque(node.value, walk.starts[cursor], walk.ends[cursor])
    return facts.Constant(value, walk.starts[cursor], walk.ends[cursor])


def _opaque_token(walk: Walk, node: Node) -> facts.Opaque:
    cursor = walk.cursor + len(node.lpar)
    walk.cursor = cursor + 1 + len(node.rpar)
    return facts.Opaque(walk.texts[cursor], walk.starts[cursor], walk.ends[cursor])


def _subscript(walk: Walk, node: Node) -> facts.Subscript:
    walk.cursor += len(node.lpar)
    start = walk.starts[walk.cursor]
    value = expression(walk, node.value)
    closing = walk.closing[walk.cursor]
    walk.cursor += 1
    indices = []
    for element in node.slice:
        indices.append(_index(walk, element.slice))
        walk.skip(",")
    if len(indices) == 1 and walk.texts[closing - 1] != ",":
        index = indices[0]
    else:
        index = facts.Sequence("tuple", tuple(indices), indices[0].start, walk.ends[closing - 1])
    walk.cursor = closing + 1 + len(node.rpar)
    return facts.Subscript(value, index, start, walk.ends[closing])


def _index(walk: Walk, node: Node) -> facts.Expression:
    if type(node).__name__ == "Index":
        if node.star is None:
            return expression(walk, node.value)
        start = walk.starts[walk.cursor]
        walk.cursor += 1
        value = expression(walk, node.value)
        return facts.Starred(value, start, walk.ends[walk.cursor - 1])
    start = walk.starts[walk.cursor]
    lower = None if node.lower is None else expression(walk, node.lower)
    walk.cursor += 1
    upper = None if node.upper is None else expression(walk, node.upper)
    walk.skip(":")
    step = None if node.step is None else expression(walk, node.step)
    return facts.Slice(lower, upper, step, start, walk.ends[walk.cursor - 1])


def _elements(walk: Walk, nodes: Node) -> tuple[facts.Expression, ...]:
    """The elements of a display, with the commas behind them."""
    items = []
    for node in nodes:
        items.append(expression(walk, node if type(node).__name__ == "StarredElement" else node.value))
        walk.skip(",")
    return tuple(items)


def _tuple(walk: Walk, node: Node) -> facts.Sequence:
    if not node.elements:
        opening = walk.cursor + len(node.lpar) - 1
        walk.cursor = opening + 1 + len(node.rpar)
        inside = walk.starts[opening + 1]
        return facts.Sequence("tuple", (), inside, inside)
    cursor = walk.cursor = walk.cursor + len(node.lpar)
    items = _elements(walk, node.elements)
    end = walk.ends[walk.cursor - 1]
    walk.cursor += len(node.rpar)
    return facts.Sequence("tuple", items, walk.starts[cursor], end)


def _list(walk: Walk, node: Node) -> facts.Sequence:
    return _bracketed(walk, node, "list")


def _set(walk: Walk, node: Node) -> facts.Sequence:
    return _bracketed(walk, node, "set")


def _bracketed(walk: Walk, node: Node, form: str) -> facts.Sequence:
    opening = walk.cursor + len(node.lpar)
    closing = walk.closing[opening]
    walk.cursor = opening + 1
    items = _elements(walk, node.elements)
    walk.cursor = closing + 1 + len(node.rpar)
    return facts.Sequence(form, items, walk.starts[opening], walk.ends[closing])


def _dict(walk: Walk, node: Node) -> facts.Mapping:
    opening = walk.cursor + len(node.lpar)
    closing = walk.closing[opening]
    walk.cursor = opening + 1
    items: list[tuple[facts.Expression | None, facts.Expression]] = []
    for element in node.elements:
        key = None
        if type(element).__name__ == "DictElement":
            key = expression(walk, element.key)
        walk.cursor += 1  # the colon, or the stars
        items.append((key, expression(walk, element.value)))
        walk.skip(",")
    walk.cursor = closing + 1 + len(node.rpar)
    return facts.Mapping(tuple(items), walk.starts[opening], walk.ends[closing])


def _starred(walk: Walk, node: Node) -> facts.Starred:
    cursor = walk.cursor + len(node.lpar)
    walk.cursor = cursor + 1
    value = expression(walk, node.value)
    end = walk.ends[walk.cursor - 1]
    walk.cursor += len(node.rpar)
    return facts.Starred(value, walk.starts[cursor], end)


def _operation(walk: Walk, node: Node) -> facts.Operation:
    walk.cursor += len(node.lpar)
    start = walk.starts[walk.cursor]
    left = expression(walk, node.left)
    operator = walk.texts[walk.cursor]
    walk.cursor += 1
    right = expression(walk, node.right)
    end = walk.ends[walk.cursor - 1]
    walk.cursor += len(node.rpar)
    return facts.Operation(operator, left, right, start, end)


def _unary(walk: Walk, node: Node) -> facts.Unary:
    cursor = walk.cursor + len(node.lpar)
    walk.cursor = cursor + 1
    operand = expression(walk, node.expression)
    end = walk.ends[walk.cursor - 1]
    walk.cursor += len(node.rpar)
    return facts.Unary(walk.texts[cursor], operand, walk.starts[cursor], end)


def _comparison(walk: Walk, node: Node) -> facts.Comparison:
    walk.cursor += len(node.lpar)
    start = walk.starts[walk.cursor]
    left = expression(walk, node.left)
    operators, operands = [], []
    for target in node.comparisons:
        operator = walk.texts[walk.cursor]
        walk.cursor += 1
        if operator == "not" or (operator == "is" and walk.texts[walk.cursor] == "not"):
            operator += " " + walk.texts[walk.cursor]
            walk.cursor += 1
        operators.append(operator)
        operands.append(expression(walk, target.comparator))
    end = walk.ends[walk.cursor - 1]
    walk.cursor += len(node.rpar)
    return facts.Comparison(left, tuple(operators), tuple(operands), start, end)


def _conditional(walk: Walk, node: Node) -> facts.Conditional:
    walk.cursor += len(node.lpar)
    start = walk.starts[walk.cursor]
    body = expression(walk, node.body)
    walk.cursor += 1
    test = expression(walk, node.test)
    walk.cursor += 1
    orelse = expression(walk, node.orelse)
    end = walk.ends[walk.cursor - 1]
    walk.cursor += len(node.rpar)
    return facts.Conditional(test, body, orelse, start, end)


def _lambda(walk: Walk, node: Node) -> facts.Lambda:
    cursor = walk.cursor + len(node.lpar)
    walk.cursor = cursor + 1
    yields = walk.yields
    parameter_facts = parameters(walk, node.params)
    walk.cursor += 1
    body = expression(walk, node.body)
    walk.yields = yields
    end = walk.ends[walk.cursor - 1]
    walk.cursor += len(node.rpar)
    return facts.Lambda(parameter_facts, body, walk.starts[cursor], end)


def parameters(walk: Walk, node: Node) -> tuple[facts.Parameter, ...]:
    """The parameters of a function or lambda, in order, with all commas."""
    found = [_parameter(walk, child, "positional") for child in node.posonly_params]
    if found:
        walk.cursor += 1  # the slash
        walk.skip(",")
    for child in node.params:
        found.append(_parameter(walk, child, "ordinary"))
    kind_of_star = type(node.star_arg).__name__
    if kind_of_star == "Param":
        found.append(_parameter(walk, node.star_arg, "*"))
    elif kind_of_star == "ParamStar":
        walk.cursor += 1
        walk.skip(",")
    for child in node.kwonly_params:
        found.append(_parameter(walk, child, "keyword"))
    if node.star_kwarg is not None:
        found.append(_parameter(walk, node.star_kwarg, "**"))
    return tuple(found)


def _parameter(walk: Walk, node: Node, form: str) -> facts.Parameter:
    start = walk.starts[walk.cursor]
    walk.cursor += 2 if form[0] == "*" else 1
    end = walk.ends[walk.cursor - 1]
    annotation = default = None
    if node.annotation is not None:
        walk.cursor += 1
        annotation = expression(walk, node.annotation.annotation)
    if node.default is not None:
        walk.cursor += 1
        default = expression(walk, node.default)
    walk.skip(",")
    return facts.Parameter(node.name.value, annotation, default, form, start, end)


def _await(walk: Walk, node: Node) -> facts.Await:
    cursor = walk.cursor + len(node.lpar)
    walk.cursor = cursor + 1
    value = expression(walk, node.expression)
    end = walk.ends[walk.cursor - 1]
    walk.cursor += len(node.rpar)
    return facts.Await(value, walk.starts[cursor], end)


def _yield(walk: Walk, node: Node) -> facts.Yield:
    cursor = walk.cursor + len(node.lpar)
    walk.cursor = cursor + 1
    walk.yields = True
    delegates = type(node.value).__name__ == "From"
    value = None
    if delegates:
        walk.cursor += 1
        value = expression(walk, node.value.item)
    elif node.value is not None:
        value = expression(walk, node.value)
    end = walk.ends[walk.cursor - 1]
    walk.cursor += len(node.rpar)
    return facts.Yield(value, delegates, walk.starts[cursor], end)


def _walrus(walk: Walk, node: Node) -> facts.Walrus:
    walk.cursor += len(node.lpar)
    start = walk.starts[walk.cursor]
    target = expression(walk, node.target)
    walk.cursor += 1
    value = expression(walk, node.value)
    end = walk.ends[walk.cursor - 1]
    walk.cursor += len(node.rpar)
    return facts.Walrus(target, value, start, end)


def _generator(walk: Walk, node: Node) -> facts.Comprehension:
    walk.cursor += len(node.lpar)
    start = walk.starts[walk.cursor]
    element = expression(walk, node.elt)
    clauses = _clauses(walk, node.for_in)
    end = walk.ends[walk.cursor - 1]
    walk.cursor += len(node.rpar)
    return facts.Comprehension("generator", element, None, clauses, start, end)


def _list_comprehension(walk: Walk, node: Node) -> facts.Comprehension:
    return _bracketed_comprehension(walk, node, "list")


def _set_comprehension(walk: Walk, node: Node) -> facts.Comprehension:
    return _bracketed_comprehension(walk, node, "set")


def _bracketed_comprehension(walk: Walk, node: Node, form: str) -> facts.Comprehension:
    opening = walk.cursor + len(node.lpar)
    closing = walk.closing[opening]
    walk.cursor = opening + 1
    element = expression(walk, node.elt)
    clauses = _clauses(walk, node.for_in)
    walk.cursor = closing + 1 + len(node.rpar)
    return facts.Comprehension(form, element, None, clauses, walk.starts[opening], walk.ends[closing])


def _dict_comprehension(walk: Walk, node: Node) -> facts.Comprehension:
    opening = walk.cursor + len(node.lpar)
    closing = walk.closing[opening]
    walk.cursor = opening + 1
    key = expression(walk, node.key)
    walk.cursor += 1
    value = expression(walk, node.value)
    clauses = _clauses(walk, node.for_in)
    walk.cursor = closing + 1 + len(node.rpar)
    return facts.Comprehension("dict", key, value, clauses, walk.starts[opening], walk.ends[closing])


def _starred_dict_comprehension(walk: Walk, node: Node) -> facts.Comprehension:
    opening = walk.cursor + len(node.lpar)
    closing = walk.closing[opening]
    walk.cursor = opening + 2
    value = expression(walk, node.value)
    element = facts.Starred(value, walk.starts[opening + 1], walk.ends[walk.cursor - 1])
    clauses = _clauses(walk, node.for_in)
    walk.cursor = closing + 1 + len(node.rpar)
    return facts.Comprehension("dict", element, None, clauses, walk.starts[opening], walk.ends[closing])


def _clauses(walk: Walk, node: Node) -> tuple[facts.Clause, ...]:
    """The clauses of a comprehension; libcst nests each in the one before."""
    clauses = []
    while node is not None:
        start = walk.starts[walk.cursor]
        is_async = node.asynchronous is not None
        walk.cursor += 1 + is_async
        target = expression(walk, node.target)
        walk.cursor += 1
        iterable = expression(walk, node.iter)
        conditions = []
        for condition in node.ifs:
            walk.cursor += 1
            conditions.append(expression(walk, condition.test))
        end = walk.ends[walk.cursor - 1]
        clauses.append(facts.Clause(target, iterable, tuple(conditions), is_async, start, end))
        node = node.inner_for_in
    return tuple(clauses)


_HANDLERS = Handlers(
    {
        "Attribute": _attribute,
        "Await": _await,
        "BinaryOperation": _operation,
        "BooleanOperation": _operation,
        "Call": _call,
        "Comparison": _comparison,
        "ConcatenatedString": _concatenated_string,
        "Dict": _dict,
        "DictComp": _dict_comprehension,
        "Ellipsis": _opaque_token,
        "Float": _integer_or_float,
        "FormattedString": _formatted_string,
        "GeneratorExp": _generator,
        "IfExp": _conditional,
        "Imaginary": _opaque_token,
        "Integer": _integer_or_float,
        "Lambda": _lambda,
        "List": _list,
        "ListComp": _list_comprehension,
        "Name": _name,
        "NamedExpr": _walrus,
        "Set": _set,
        "SetComp": _set_comprehension,
        "SimpleString": _simple_string,
        "StarredDictComp": _starred_dict_comprehension,
        "StarredElement": _starred,
        "Subscript": _subscript,
        "TemplatedString": _templated_string,
        "Tuple": _tuple,
        "UnaryOperation": _unary,
        "Yield": _yield,
    }
)
