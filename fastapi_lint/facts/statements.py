"""Statements of a module, as plain immutable data: the same conventions as :mod:`fastapi_lint.facts.expressions`.

``pass`` leaves no trace. The body of a function is a :class:`Block`, which a warm run decodes only when somebody asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, Union

from fastapi_lint.facts.expressions import Argument, Expression, Parameter

_MANY = 32
"""So many words are looked up rather than searched for."""


class Block:
    """The statements of a function's body; decoded at first use when they come from the cache."""

    __slots__ = ("_load", "_statements", "_words")

    def __init__(
        self,
        statements: tuple[Statement, ...] | None,
        load: Callable[[], tuple[Statement, ...]] | None = None,
        words: str = "",
    ):
        """Statements, or what decodes them and the words that are in them, each between spaces."""
        self._statements = statements
        self._load = load
        self._words = words

    def may_hold(self, *words: str) -> bool:
        """Whether one of these may be in it, in the functions in it too: names, also those behind the alias of an
        import, kinds of facts, attributes (".name"). This costs much less than to decode it. Always true where its
        words are not known."""
        if not self._words:
            return True
        if len(words) > _MANY:
            return not set(words).isdisjoint(self._words.split()) or not all(map(str.isascii, words))
        for word in words:
            if f" {word} " in self._words or not word.isascii():  # which is escaped
                return True
        return False

    def may_match(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern for (parts of) names may find one in it, in the functions in it too. Always true where its
        words are not known."""
        return not self._words or pattern.search(self._words) is not None

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements in order."""
        if self._statements is None:
            assert self._load is not None
            self._statements = self._load()
        return self._statements

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.statements)

    def __len__(self) -> int:
        return len(self.statements)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Block) and self.statements == other.statements

    def __hash__(self) -> int:
        return hash(self.statements)

    def __repr__(self) -> str:
        return f"Block({self.statements!r})"


class Decorator(NamedTuple):
    """``@expression`` above a function or class; ``start`` is the ``@``."""

    expression: Expression
    start: int
    end: int
    kind: str = "@decorator"


class Function(NamedTuple):
    """``def`` or ``async def``. ``start`` is ``async`` or ``def`` (decorators come before it), ``end`` that of the
    body; ``qualname`` is Python's, with ``<locals>``; ``name_start`` is the offset of the name; ``yields`` whether the
    body itself (nested functions and lambdas apart) holds a ``yield``."""

    name: str
    qualname: str
    parameters: tuple[Parameter, ...]
    returns: Expression | None
    decorators: tuple[Decorator, ...]
    body: Block
    is_async: bool
    yields: bool
    docstring: str | None
    name_start: int
    start: int
    end: int
    kind: str = "@function"


class Class(NamedTuple):
    """``class``. ``bases`` are its arguments, keywords too; ``type_parameters`` the names of PEP 695."""

    name: str
    qualname: str
    bases: tuple[Argument, ...]
    decorators: tuple[Decorator, ...]
    body: tuple[Statement, ...]
    type_parameters: tuple[str, ...]
    docstring: str | None
    name_start: int
    start: int
    end: int
    kind: str = "@class"


class Import(NamedTuple):
    """One ``import module [as alias]``; several names of one statement are several facts."""

    module: str
    alias: str | None
    start: int
    end: int
    kind: str = "@import"


class ImportFrom(NamedTuple):
    """``from module import names``: pairs of name and alias; ``*`` is the pair ("*", None). ``level`` counts the
    dots."""

    module: str
    level: int
    names: tuple[tuple[str, str | None], ...]
    start: int
    end: int
    kind: str = "@from"


class Assign(NamedTuple):
    """``targets[0] = targets[1] = value``."""

    targets: tuple[Expression, ...]
    value: Expression
    start: int
    end: int
    kind: str = "@assign"


class Annotate(NamedTuple):
    """``target: annotation [= value]``."""

    target: Expression
    annotation: Expression
    value: Expression | None
    start: int
    end: int
    kind: str = "@annotate"


class Augment(NamedTuple):
    """``target operator= value``; ``operator`` without the equals sign."""

    target: Expression
    operator: str
    value: Expression
    start: int
    end: int
    kind: str = "@augment"


class TypeAlias(NamedTuple):
    """``type name[parameters] = value``."""

    name: str
    type_parameters: tuple[str, ...]
    value: Expression
    start: int
    end: int
    kind: str = "@typealias"


class Evaluate(NamedTuple):
    """An expression as a statement."""

    value: Expression
    start: int
    end: int
    kind: str = "@evaluate"


class Return(NamedTuple):
    """``return [value]``."""

    value: Expression | None
    start: int
    end: int
    kind: str = "@return"


class Raise(NamedTuple):
    """``raise [exception [from cause]]``."""

    exception: Expression | None
    cause: Expression | None
    start: int
    end: int
    kind: str = "@raise"


class Assert(NamedTuple):
    """``assert test[, message]``."""

    test: Expression
    message: Expression | None
    start: int
    end: int
    kind: str = "@assert"


class Delete(NamedTuple):
    """``del targets``."""

    targets: tuple[Expression, ...]
    start: int
    end: int
    kind: str = "@delete"


class Jump(NamedTuple):
    """``break`` or ``continue``."""

    word: str
    start: int
    end: int
    kind: str = "@jump"


class Outer(NamedTuple):
    """``global names`` or ``nonlocal names``."""

    word: str
    names: tuple[str, ...]
    start: int
    end: int
    kind: str = "@outer"


class If(NamedTuple):
    """``if``; an ``elif`` is an If in ``orelse``."""

    test: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]
    start: int
    end: int
    kind: str = "@if"


class For(NamedTuple):
    """``for target in iterable`` or ``async for``."""

    target: Expression
    iterable: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]
    is_async: bool
    start: int
    end: int
    kind: str = "@for"


class While(NamedTuple):
    """``while test``."""

    test: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]
    start: int
    end: int
    kind: str = "@while"


class Handler(NamedTuple):
    """``except type as name``; ``type`` is None for a bare except, a tuple for several, parenthesised or not."""

    type: Expression | None
    name: str | None
    body: tuple[Statement, ...]
    start: int
    end: int
    kind: str = "@handler"


class Try(NamedTuple):
    """``try``; ``is_group`` for ``except*``."""

    body: tuple[Statement, ...]
    handlers: tuple[Handler, ...]
    orelse: tuple[Statement, ...]
    final: tuple[Statement, ...]
    is_group: bool
    start: int
    end: int
    kind: str = "@try"


class WithItem(NamedTuple):
    """``context [as target]``."""

    context: Expression
    target: Expression | None
    start: int
    end: int
    kind: str = "@withitem"


class With(NamedTuple):
    """``with`` or ``async with``."""

    items: tuple[WithItem, ...]
    body: tuple[Statement, ...]
    is_async: bool
    start: int
    end: int
    kind: str = "@with"


class Case(NamedTuple):
    """One ``case``. ``captures`` are the names its pattern binds; ``values`` the expressions it compares with
    (literals, dotted names, classes); ``irrefutable`` for ``case _`` and ``case name`` without guard."""

    captures: tuple[str, ...]
    values: tuple[Expression, ...]
    guard: Expression | None
    irrefutable: bool
    body: tuple[Statement, ...]
    start: int
    end: int
    kind: str = "@case"


class Match(NamedTuple):
    """``match subject``."""

    subject: Expression
    cases: tuple[Case, ...]
    start: int
    end: int
    kind: str = "@match"


Statement = Union[
    Function,
    Class,
    Import,
    ImportFrom,
    Assign,
    Annotate,
    Augment,
    TypeAlias,
    Evaluate,
    Return,
    Raise,
    Assert,
    Delete,
    Jump,
    Outer,
    If,
    For,
    While,
    Try,
    With,
    Match,
]
"""Any statement."""
