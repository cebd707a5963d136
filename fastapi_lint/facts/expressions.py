"""Expressions of a module, as plain immutable data.

Every class is a named tuple, so that facts are made, compared and written as JSON at C speed. ``start`` and ``end`` are
character offsets into the decoded text of the module; they agree with libcst's ``PositionProvider``: the parentheses
around an expression are not part of it. ``kind`` is the tag by which the codec tells the classes apart; it begins with
``@``, which no identifier can.
"""

from __future__ import annotations

from typing import NamedTuple, Union


class Constant(NamedTuple):
    """A string, number, boolean or None; adjacent string literals are one constant."""

    value: str | int | float | bool | None
    start: int
    end: int
    kind: str = "@constant"


class Bytes(NamedTuple):
    """A bytes literal; ``value`` holds its bytes as latin-1 text."""

    value: str
    start: int
    end: int
    kind: str = "@bytes"


class Opaque(NamedTuple):
    """An expression whose value nobody asks for: ``...``, a complex number, a template string, a slice's hole."""

    text: str
    start: int
    end: int
    kind: str = "@opaque"


class Format(NamedTuple):
    """How an f-string writes the expression before it, where that is not ``str``: ``!r``, ``:03d``, ``=``."""

    text: str
    start: int
    end: int
    kind: str = "@format"


class FormattedString(NamedTuple):
    """An f-string (or a concatenation with one): constants and the embedded expressions in order. A :class:`Format`
    stands behind the expression that it formats."""

    parts: tuple[Expression, ...]
    start: int
    end: int
    kind: str = "@fstring"


class Name(NamedTuple):
    """A bare name."""

    id: str
    start: int
    end: int
    kind: str = "@name"


class Attribute(NamedTuple):
    """``value.attr``."""

    value: Expression
    attr: str
    start: int
    end: int
    kind: str = "@attribute"


class Argument(NamedTuple):
    """One argument of a call or a class definition. ``star`` is "", "*" or "**"."""

    value: Expression
    keyword: str | None
    star: str
    start: int
    end: int
    kind: str = "@argument"


class Call(NamedTuple):
    """``func(arguments)``."""

    func: Expression
    arguments: tuple[Argument, ...]
    start: int
    end: int
    kind: str = "@call"

    def keyword(self, name: str) -> Expression | None:
        """The value of the keyword argument ``name``, or None."""
        for argument in self.arguments:
            if argument.keyword == name:
                return argument.value
        return None

    def passed(self, name: str, position: int) -> Expression | None:
        """What is passed for the parameter ``name`` at ``position``, by keyword or by position, or None: behind
        ``*others`` no position is known."""
        for index, argument in enumerate(self.arguments):
            if argument.star or argument.keyword is not None:
                break
            if index == position:
                return argument.value
        return self.keyword(name)


class Subscript(NamedTuple):
    """``value[index]``; several indices are one tuple."""

    value: Expression
    index: Expression
    start: int
    end: int
    kind: str = "@subscript"


class Slice(NamedTuple):
    """``lower:upper:step`` inside a subscript."""

    lower: Expression | None
    upper: Expression | None
    step: Expression | None
    start: int
    end: int
    kind: str = "@slice"


class Sequence(NamedTuple):
    """A list, tuple or set display. ``form`` is "list", "tuple" or "set"."""

    form: str
    items: tuple[Expression, ...]
    start: int
    end: int
    kind: str = "@sequence"


class Mapping(NamedTuple):
    """A dict display: pairs of key and value; the key of ``**other`` is None."""

    items: tuple[tuple[Expression | None, Expression], ...]
    start: int
    end: int
    kind: str = "@mapping"


class Starred(NamedTuple):
    """``*value`` inside a display, a subscript or an assignment target."""

    value: Expression
    start: int
    end: int
    kind: str = "@starred"


class Operation(NamedTuple):
    """A binary operation; ``operator`` is its source text ("+", "|", "and", "or")."""

    operator: str
    left: Expression
    right: Expression
    start: int
    end: int
    kind: str = "@operation"


class Unary(NamedTuple):
    """A unary operation; ``operator`` is "-", "+", "~" or "not"."""

    operator: str
    operand: Expression
    start: int
    end: int
    kind: str = "@unary"


class Comparison(NamedTuple):
    """``left op1 a op2 b …``; ``operators`` are source texts ("==", "not in", "is not")."""

    left: Expression
    operators: tuple[str, ...]
    operands: tuple[Expression, ...]
    start: int
    end: int
    kind: str = "@comparison"


class Conditional(NamedTuple):
    """``body if test else orelse``."""

    test: Expression
    body: Expression
    orelse: Expression
    start: int
    end: int
    kind: str = "@conditional"


class Lambda(NamedTuple):
    """``lambda parameters: body``."""

    parameters: tuple[Parameter, ...]
    body: Expression
    start: int
    end: int
    kind: str = "@lambda"


class Await(NamedTuple):
    """``await value``."""

    value: Expression
    start: int
    end: int
    kind: str = "@await"


class Yield(NamedTuple):
    """``yield value`` or, with ``delegates``, ``yield from value``."""

    value: Expression | None
    delegates: bool
    start: int
    end: int
    kind: str = "@yield"


class Walrus(NamedTuple):
    """``target := value``."""

    target: Expression
    value: Expression
    start: int
    end: int
    kind: str = "@walrus"


class Clause(NamedTuple):
    """One ``for target in iterable if …`` of a comprehension."""

    target: Expression
    iterable: Expression
    conditions: tuple[Expression, ...]
    is_async: bool
    start: int
    end: int
    kind: str = "@clause"


class Comprehension(NamedTuple):
    """A comprehension. ``form`` is "list", "set", "dict" or "generator"; ``element`` is the key of a dict, ``value``
    its value and None elsewhere."""

    form: str
    element: Expression
    value: Expression | None
    clauses: tuple[Clause, ...]
    start: int
    end: int
    kind: str = "@comprehension"


class Parameter(NamedTuple):
    """A parameter of a function or lambda. ``form`` is "positional" (before ``/``), "ordinary", "keyword" (after
    ``*``), "*" or "**"."""

    name: str
    annotation: Expression | None
    default: Expression | None
    form: str
    start: int
    end: int
    kind: str = "@parameter"


Expression = Union[
    Constant,
    Bytes,
    Opaque,
    Format,
    FormattedString,
    Name,
    Attribute,
    Call,
    Subscript,
    Slice,
    Sequence,
    Mapping,
    Starred,
    Operation,
    Unary,
    Comparison,
    Conditional,
    Lambda,
    Await,
    Yield,
    Walrus,
    Comprehension,
]
"""Any expression."""
