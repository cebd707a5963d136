"""Values of the abstract interpreter: what an expression of the project is known to be.

Resolution is three-valued: a value is known, :class:`Ambiguous` (one of several) or :class:`Unknown` with a reason.
Types are values too: ``Annotated[User, Depends(get_user)]`` is a :class:`Parametrized`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.model.knowledge.results import RESULT_TYPES

if TYPE_CHECKING:
    from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Module
    from fastapi_lint.text.location import Location


MAX_OPTIONS = 64
"""A value may be one of so many; what may be one of more is not known."""
MAX_COLLECTED = 10_000
"""Collections do not grow beyond so many items."""


class Value:
    """Base of all values."""

    __slots__ = ()


class Site(NamedTuple):
    """The place in the project's sources at which a value was made."""

    module: Module
    start: int
    end: int

    @property
    def location(self) -> Location:
        """The place as a location to report."""
        return self.module.location(self.start, self.end)


class Condition(NamedTuple):
    """A choice that source code does not decide, and the way taken: ``branch`` tells the ways of one choice apart,
    ``by_default`` whether this one is taken while the environment leaves settings at their defaults (None: nobody
    knows)."""

    site: Site
    branch: int = 0
    by_default: bool | None = None

    @property
    def otherwise(self) -> Condition:
        """That this way is not taken."""
        return Condition(self.site, ~self.branch, None if self.by_default is None else not self.by_default)


@dataclass(slots=True, eq=False)
class Unknown(Value):
    """A value that cannot be known, and why."""

    reason: str


@dataclass(slots=True, eq=False)
class PartialText(Unknown):
    """A text of which a part is known: its pieces in order, None for each that is not."""

    pieces: tuple[str | None, ...]


@dataclass(slots=True, eq=False)
class Ambiguous(Value):
    """One of several values, depending on a condition that source code does not decide."""

    options: tuple[Value, ...]


@dataclass(slots=True)
class Literal(Value):
    """A string, number, boolean or None. ``assumed`` when the environment may replace it (a setting's default)."""

    value: str | int | float | bool | bytes | None
    assumed: bool = False


@dataclass(slots=True, eq=False)
class Collection(Value):
    """A list, tuple or set. ``complete`` when ``items`` are all of it; ``element`` stands for the items not listed.
    What is added under other conditions than those of its making is Possible."""

    form: str
    items: list[Value]
    complete: bool = True
    element: Value | None = None
    conditions: tuple[Condition, ...] = ()

    def extend(self, other: Collection, conditions: tuple[Condition, ...] = ()) -> None:
        """Adds the items of another collection, unless it grows beyond all measure; ``conditions`` are those under
        which that happens."""
        if len(self.items) + len(other.items) > MAX_COLLECTED:
            self.complete = False
            return
        self.items += [possible(item, self.conditions, conditions) for item in other.items]
        self.complete = self.complete and other.complete
        self.element = self.element or other.element


@dataclass(slots=True, eq=False)
class NamedItems(Collection):
    """A named tuple: each item has a name too."""

    names: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class FilePath(Value):
    """The path of a file or folder of the project, relative to its root, or to the folder ``within``. ``is_text`` when
    it is a string and no ``pathlib.Path``."""

    path: str
    is_text: bool = False
    within: str | None = None

    @property
    def type_name(self) -> str:
        """The name of its class."""
        return "str" if self.is_text else "pathlib.Path"


@dataclass(slots=True, eq=False)
class Dictionary(Value):
    """A dict with its keys and values in order. ``complete`` and ``conditions`` as in Collection."""

    items: list[tuple[Value, Value]]
    complete: bool = True
    element: Value | None = None
    conditions: tuple[Condition, ...] = ()

    def get(self, key: object) -> Value | None:
        """The value under a literal key, the last one winning, or None."""
        index = self._index(key)
        return certain(self.items[index][1]) if index is not None else None

    def put(self, key: Value, value: Value, conditions: tuple[Condition, ...] = ()) -> None:
        """Sets the value under a key: in place of the one that is there, or at the end; ``conditions`` are those under
        which that happens."""
        literal = key
        while isinstance(literal, EnumMember):
            literal = literal.value
        index = self._index(literal.value) if isinstance(literal, Literal) else None
        value = possible(value, self.conditions, conditions)
        if index is None:
            self.items.append((key, value))
        elif isinstance(value, Possible):
            old = certain(self.items[index][1])
            self.items[index] = (
                self.items[index][0],
                union([value.value, old] if value.by_default else [old, value.value]),
            )
        else:
            self.items[index] = (self.items[index][0], value)

    def _index(self, key: object) -> int | None:
        """Where a literal key stands, or a member of an enumeration with that value."""
        for index in range(len(self.items) - 1, -1, -1):
            own = self.items[index][0]
            while isinstance(own, EnumMember):
                own = own.value
            if isinstance(own, Literal) and own.value == key:
                return index
        return None


@dataclass(slots=True, eq=False)
class Possible(Value):
    """An item of a collection that is there under conditions only."""

    value: Value
    conditions: tuple[Condition, ...]

    @property
    def by_default(self) -> bool:
        """Whether all conditions hold while settings are left at their defaults."""
        return all(condition.by_default for condition in self.conditions)


@dataclass(slots=True, eq=False)
class ModuleReference(Value):
    """A module of the project."""

    module: Module


@dataclass(slots=True, eq=False)
class External(Value):
    """Something outside the project, by canonical dotted name. The result of calling ``f`` is named ``f()``, an
    attribute of that ``f().a``; ``receiver`` is the value whose attribute it is, when that was itself a result."""

    name: str
    receiver: Value | None = None


@dataclass(slots=True, eq=False)
class Arguments:
    """The arguments of a call. ``complete`` is False when ``*x`` or ``**x`` of unknown content were passed;
    ``unpacked`` are the latter."""

    positional: list[Value] = field(default_factory=list)
    keywords: dict[str, Value] = field(default_factory=dict)
    complete: bool = True
    unpacked: list[Value] = field(default_factory=list)

    def get(self, keyword: str, position: int | None = None) -> Value | None:
        """The argument passed by ``keyword`` or at ``position``, or None."""
        if keyword in self.keywords:
            return self.keywords[keyword]
        if position is not None and position < len(self.positional):
            return self.positional[position]
        return None

    def __iter__(self) -> Iterator[Value]:
        yield from self.positional
        yield from self.keywords.values()


@dataclass(slots=True, eq=False)
class ExternalResult(Value):
    """What calling something external gave: an instance of an external class, or a function's result."""

    callee: External
    arguments: Arguments
    site: Site | None = None

    @property
    def name(self) -> str:
        """The callee's name with ``()``; the instance it is known to be where a table says so (``Session()`` for what
        a ``sessionmaker()`` makes)."""
        name = self.callee.name + "()"
        return RESULT_TYPES.get(name, name)


@dataclass(slots=True, eq=False)
class Instance(Value):
    """An instance of a project class. ``arguments`` is None when it was not seen made (a parameter's type says it);
    ``origin`` is the query it came from, for a mapped instance (:mod:`fastapi_lint.model.orm.queries`)."""

    cls: ClassDefinition
    attributes: dict[str, Value] = field(default_factory=dict)
    arguments: Arguments | None = None
    site: Site | None = None
    type_arguments: tuple[Value, ...] = ()
    origin: Value | None = None


@dataclass(slots=True, eq=False)
class ClassMember(Value):
    """A declared attribute read from a mapped or validated class itself: ``User.items``. ``value`` is what the class
    body assigns to it, or None when it is only annotated."""

    cls: ClassDefinition
    name: str
    value: Value | None


@dataclass(slots=True, eq=False)
class EnumMember(Value):
    """A member of a project enumeration; ``assumed`` as in Literal."""

    cls: ClassDefinition
    name: str
    value: Value
    assumed: bool = False


@dataclass(slots=True, eq=False)
class Method(Value):
    """A function of the project bound to its receiver (an instance, or the class of a classmethod)."""

    receiver: Value
    function: FunctionDefinition


@dataclass(slots=True, eq=False)
class Native(Value):
    """A method of a value that the interpreter itself implements: ``"x".join``, ``[].append``, ``router.get``."""

    receiver: Value
    name: str


@dataclass(slots=True, eq=False)
class Super(Value):
    """``super()`` in a method of ``owner``."""

    receiver: Value
    owner: ClassDefinition


@dataclass(slots=True, eq=False)
class Deferred(Value):
    """A name of a module that was not bound yet when it was imported (an import cycle, ``TYPE_CHECKING``)."""

    module: Module
    name: str


@dataclass(slots=True, eq=False)
class Partial(Value):
    """``functools.partial(function, …)``."""

    function: Value
    arguments: Arguments


@dataclass(slots=True, eq=False)
class Parametrized(Value):
    """A subscripted type: ``list[User]``, ``Annotated[…]``; ``A | B`` is ``typing.Union[A, B]``."""

    origin: Value
    arguments: tuple[Value, ...]


def union(values: list[Value]) -> Value:
    """One value for several possible ones: the value itself when all are the same, else Ambiguous without repeats."""
    if len(values) == 1:
        return certain(values[0])
    options: dict[object, Value] = {}
    for value in map(certain, values):
        for option in value.options if isinstance(value, Ambiguous) else (value,):
            same = (type(option.value), option.value, option.assumed) if isinstance(option, Literal) else id(option)
            options.setdefault(same, option)
        if len(options) > MAX_OPTIONS:
            kept = [*options.values()][:MAX_OPTIONS]
            return Ambiguous((*kept, Unknown("one of too many values")))
    return next(iter(options.values())) if len(options) == 1 else Ambiguous(tuple(options.values()))


def possibilities(value: Value | None) -> tuple[Value, ...]:
    """The values that ``value`` may be: the options of an Ambiguous, nothing for None."""
    if value is None:
        return ()
    return value.options if isinstance(value, Ambiguous) else (value,)


def possible(value: Value, before: tuple[Condition, ...], now: tuple[Condition, ...]) -> Value:
    """A value that is added under the conditions ``now`` to something that was made under those ``before``: itself, or
    Possible where more are met."""
    more = tuple(condition for condition in now if condition not in before)
    if not more:
        return value
    return Possible(value.value, (*value.conditions, *more)) if isinstance(value, Possible) else Possible(value, more)


def paired(key: Value, item: Value) -> Value:
    """The pair of a key or number and an item; possible where the item is."""
    pair = Collection("tuple", [key, certain(item)])
    return Possible(pair, item.conditions) if isinstance(item, Possible) else pair


def certain(value: Value) -> Value:
    """A value itself, whether it is only possible or not."""
    return value.value if isinstance(value, Possible) else value


def settled(value: Value, conditions: tuple[Condition, ...]) -> Value:
    """A value as it is where conditions hold: what is possible only under these is certain."""
    if isinstance(value, Possible):
        further = tuple(condition for condition in value.conditions if condition not in conditions)
        inner = settled(value.value, conditions)
        return Possible(inner, further) if further else inner
    if isinstance(value, Collection) and any(isinstance(item, Possible) for item in value.items):
        items = [settled(item, conditions) for item in value.items]
        return Collection(value.form, items, value.complete, value.element, value.conditions)
    return value


def external_name(value: Value | None) -> str:
    """The canonical name of an external value or result, "" for anything else."""
    return value.name if isinstance(value, (External, ExternalResult)) else ""


def text_of(value: Value | None) -> str | None:
    """The text that a literal is, None for anything else."""
    return value.value if isinstance(value, Literal) and isinstance(value.value, str) else None


def as_setting(value: Value) -> Value:
    """A value as a setting holds it: the environment may replace a literal or a member of an enumeration."""
    if isinstance(value, Literal):
        return Literal(value.value, assumed=True)
    return EnumMember(value.cls, value.name, value.value, assumed=True) if isinstance(value, EnumMember) else value


def is_unset(value: Value | None) -> bool:
    """Whether a value is a setting that has no default but None: whoever uses it in a text has set it."""
    return isinstance(value, Literal) and value.value is None and value.assumed


def is_none(value: Value | None) -> bool:
    """Whether a value is None for certain."""
    return isinstance(value, Literal) and value.value is None


def is_false(value: Value | None) -> bool:
    """Whether a value is the literal False."""
    return isinstance(value, Literal) and value.value is False


def is_fixed_false(value: Value | None) -> bool:
    """Whether a value is False whatever the environment says."""
    return isinstance(value, Literal) and value.value is False and not value.assumed
