"""Operations on values that need no project: arithmetic, comparison, truth, formatting, indexing."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Hashable, Iterable
from itertools import product
from operator import ge, gt, le, lt
from typing import Any, NamedTuple, TypeVar

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.interpreter.files import extended, joined
from fastapi_lint.model.interpreter.signatures import inspect_constant
from fastapi_lint.model.knowledge.routers import DEFAULT_PLACEHOLDER
from fastapi_lint.model.routing.routers import Router
from fastapi_lint.model.routing.unresolved import why
from fastapi_lint.model.values import (
    Ambiguous,
    Arguments,
    ClassMember,
    Collection,
    Dictionary,
    EnumMember,
    External,
    ExternalResult,
    FilePath,
    Instance,
    Literal,
    Method,
    ModuleReference,
    Parametrized,
    Partial,
    PartialText,
    Possible,
    Unknown,
    Value,
    certain,
    external_name,
    is_unset,
    possibilities,
    text_of,
    union,
)

T = TypeVar("T")

CONDITION = "sqlalchemy.BinaryExpression"
"""What comparing a column makes: ``User.id == 3`` is a call of it with the operator and the other side."""
PLACEHOLDER = f"{DEFAULT_PLACEHOLDER}()"
"""What FastAPI passes for a response model that nobody gave: it is not None, though as false as that."""
TYPE_CHECKING_NAMES = ("typing.TYPE_CHECKING", "TYPE_CHECKING")
_PATH_OPERATIONS = {"/": "__truediv__", "+": "__add__"}
_ALWAYS_TRUE = (
    FunctionDefinition,
    ClassDefinition,
    Router,
    EnumMember,
    FilePath,
    Method,
    ModuleReference,
    Partial,
    Parametrized,
)
"""Values that are true whatever they hold."""
_ORDERINGS: dict[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
MAX_REPEATED = 1000
"""Repeated lists longer than this are not computed."""
_FORMATTED = "part of an f-string: "
MAX_TEXT = 10_000
"""Texts longer than this are not computed."""
MAX_PIECES = 50
"""Of a text that is joined from more pieces, some of them unknown, nothing is kept."""


def truth(value: Value) -> bool | None:
    """Whether a value is true; None when source code does not decide it."""
    if isinstance(value, Literal):
        return None if value.assumed else bool(value.value)
    if isinstance(value, (Collection, Dictionary)):
        contents = value.items if isinstance(value, Collection) else [item for _, item in value.items]
        if contents and all(isinstance(item, Possible) for item in contents):
            return None
        return bool(contents) if value.complete else None
    if isinstance(value, _ALWAYS_TRUE):
        return True
    if isinstance(value, Instance):
        overrides = value.cls.find_method("__bool__") or value.cls.find_method("__len__")
        return True if overrides is None and not _may_be_missing(value) else None
    if isinstance(value, Ambiguous):
        verdicts = {truth(option) for option in value.options}
        return verdicts.pop() if len(verdicts) == 1 else None
    if isinstance(value, ExternalResult) and value.name == PLACEHOLDER:
        return truth(value.arguments.positional[0]) if value.arguments.positional else False
    return False if external_name(value) in TYPE_CHECKING_NAMES else None


def likely(value: Value) -> bool | None:
    """Whether a value is true while the environment leaves settings at their defaults; None when nobody knows."""
    return bool(value.value) if isinstance(value, Literal) else truth(value)


def default_first(test: Value, then: T, otherwise: T) -> list[T]:
    """What stands for both sides of an undecided test, the side taken by default first."""
    return [otherwise, then] if likely(test) is False else [then, otherwise]


def plain(value: Value) -> Literal | None:
    """The literal behind a value: itself, or the value of a member of a string or number enumeration."""
    if isinstance(value, EnumMember):
        literal = plain(value.value)
        return Literal(literal.value, assumed=True) if literal is not None and value.assumed else literal
    return value if isinstance(value, Literal) else None


class Constant(NamedTuple):
    """A hashable object of Python's that a value is known to be. Two are the same when their objects are."""

    value: Hashable
    assumed: bool

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Constant) and self.value == other.value

    def __hash__(self) -> int:
        return hash(self.value)


def constant(value: Value) -> Constant | None:
    """The constant that a value is: a literal, or a collection of constants; None for all else."""
    if not isinstance(value, Collection):
        word = inspect_constant(value)
        if word is not None:
            return Constant(("inspect", word), False)
        if isinstance(value, (FunctionDefinition, ClassDefinition)):
            return Constant(("definition", id(value)), False)
        literal = plain(value)
        return Constant(literal.value, literal.assumed) if literal is not None else None
    if not value.complete:
        return None
    items = [constant(item) for item in value.items]
    known = [item for item in items if item is not None]
    if len(known) < len(items):
        return None
    make = frozenset if value.form == "set" else tuple
    return Constant((value.form, make(item.value for item in known)), any(item.assumed for item in known))


def distinct(items: list[Value]) -> list[Value]:
    """The items of a set: of equal ones the first, but for one that is only possible."""
    found: dict[object, Value] = {}
    for item in items:
        known = constant(certain(item))
        key = known.value if known is not None else certain(item)
        if key not in found or isinstance(found[key], Possible):
            found[key] = item
    return list(found.values())


def operate(operator: str, left: Value, right: Value) -> Value:
    """``left operator right`` for texts, numbers and collections; Unknown for what it does not know."""
    a, b = plain(left), plain(right)
    if a is not None and b is not None:
        result = _operate_plain(operator, a.value, b.value)
        return Literal(result, a.assumed or b.assumed) if result is not None else Unknown(f"the result of {operator}")
    if operator == "+" and isinstance(left, Collection) and isinstance(right, Collection):
        summed = Collection(left.form, list(left.items), left.complete, left.element)
        summed.extend(right)
        return summed
    if operator == "|" and isinstance(left, Dictionary) and isinstance(right, Dictionary):
        merged = Dictionary(list(left.items), left.complete and right.complete)
        for key, value in right.items:
            merged.put(key, value)
        return merged
    if operator == "*" and isinstance(left, Collection) and b is not None and isinstance(b.value, int):
        if left.complete and len(left.items) * b.value <= MAX_REPEATED:
            return Collection(left.form, left.items * b.value)
    if operator == "%" and a is not None and isinstance(a.value, str) and isinstance(right, Collection):
        values = [plain(item) for item in right.items]
        if all(value is not None for value in values):
            try:
                return Literal(a.value % tuple(value.value for value in values if value is not None), a.assumed)
            except (TypeError, ValueError):
                return Unknown("a text whose format does not fit")
    if isinstance(left, FilePath) and operator in ("/", "+"):
        path = joined(left, [right]) if operator == "/" else extended(left, text_of(right) or "")
        return path if path is not None else External(f"{left.type_name}().{_PATH_OPERATIONS[operator]}()", left)
    if operator == "/" and (external_name(left) or external_name(right)):
        return External((external_name(left) or "pathlib.Path()") + ".__truediv__()")
    reason = why(right if a is not None else left)
    if operator == "+" and any(isinstance(side, PartialText) or text_of(side) for side in (left, right)):
        return _partly_known((left, right), reason)
    return Unknown(reason)


def _operate_plain(operator: str, left: object, right: object) -> str | int | float | None:
    if isinstance(left, str) and isinstance(right, str) and operator == "+":
        return left + right if len(left) + len(right) <= MAX_TEXT else None
    if isinstance(left, str) and operator == "%" and not isinstance(right, bytes):
        try:
            return left % right if len(left) <= MAX_TEXT else None
        except (TypeError, ValueError):
            return None
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        try:
            if operator == "+":
                return left + right
            if operator == "-":
                return left - right
            if operator == "*" and abs(left) < 1e12 and abs(right) < 1e12:
                return left * right
            if operator == "/":
                return left / right
            if operator == "//":
                return left // right
        except (ArithmeticError, ValueError):
            return None
    return None


def compare(operator: str, left: Value, right: Value) -> Value:
    """``left operator right`` where both are literals or identity decides; Unknown otherwise."""
    if isinstance(left, Ambiguous) or isinstance(right, Ambiguous):
        return _agreed([compare(operator, a, b) for a in possibilities(left) for b in possibilities(right)])
    a, b = plain(left), plain(right)
    if a is not None and b is not None:
        # the environment replaces a setting, but not by None
        assumed = (a.assumed and (b.value is not None or a.value is None)) or b.assumed
        if operator in ("==", "is"):
            return Literal(a.value == b.value, assumed)
        if operator in ("!=", "is not"):
            return Literal(a.value != b.value, assumed)
        if operator in _ORDERINGS:
            return _ordered(operator, a, b)
        if operator in ("in", "not in") and isinstance(a.value, str) and isinstance(b.value, str):
            return Literal((a.value in b.value) is (operator == "in"), assumed)
    if operator in ("in", "not in") and _is_complete(right):
        members = [constant(item) for item in _members(right)]
        sought = constant(left)
        if not members:
            return Literal(operator == "not in")
        if sought is not None and None not in members:
            assumed = any(member.assumed for member in (sought, *members) if member is not None)
            return Literal((sought in members) is (operator == "in"), assumed)
    if operator in ("==", "!=") and isinstance(left, Collection) and isinstance(right, Collection):
        one, other = constant(left), constant(right)
        if one is not None and other is not None:
            return Literal((one.value == other.value) is (operator == "=="), one.assumed or other.assumed)
    if operator in ("is", "is not", "==", "!=") and b is not None and b.value is None:
        if _is_something(left):
            return Literal(operator in ("is not", "!="))
    if operator in ("is", "is not", "==", "!="):
        same = _are_same(left, right)
        if same is not None:
            return Literal(same is (operator in ("is", "==")))
    for member, other in ((left, right), (right, left)):
        if isinstance(member, ClassMember):  # a condition of a query
            return ExternalResult(External(CONDITION, member), Arguments([Literal(operator), other]))
    return Unknown("an undecided comparison")


def _is_something(value: Value) -> bool:
    """Whether a value certainly is not None; what calling a class gives is none of its kind either, and a class is told
    by its name."""
    if isinstance(value, ExternalResult):
        return value.callee.name.rpartition(".")[2][:1].isupper() or value.name == PLACEHOLDER
    if isinstance(value, Instance):
        return not _may_be_missing(value)
    return isinstance(value, (Collection, Dictionary)) or truth(value) is True


def _may_be_missing(instance: Instance) -> bool:
    """Whether None may stand in place of an object: a query may find none."""
    return instance.origin is not None


def _agreed(verdicts: list[Value]) -> Value:
    """The verdict on all that two values may be."""
    known = [verdict for verdict in verdicts if isinstance(verdict, Literal)]
    if len(known) < len(verdicts) or any(verdict.value != known[0].value for verdict in known):
        return Unknown("a comparison of what may be one of several")
    return Literal(known[0].value, any(verdict.assumed for verdict in known))


def _are_same(left: Value, right: Value) -> bool | None:
    """Whether two values are the same definition, the same class outside, or the same constant of :mod:`inspect`; None
    where that is not known."""
    if isinstance(left, (ClassDefinition, FunctionDefinition)) and type(left) is type(right):
        return left is right
    if _is_class_outside(left) and _is_class_outside(right):
        names = external_name(left), external_name(right)
        if names[0] == names[1]:
            return True
        return False if names[0].rpartition(".")[2] != names[1].rpartition(".")[2] else None
    words = inspect_constant(left), inspect_constant(right)
    if words == (None, None) or any(isinstance(value, (Unknown, Ambiguous)) for value in (left, right)):
        return None
    return words[0] == words[1]


def _is_class_outside(value: Value) -> bool:
    """Whether a value is a class outside the project, by its name: a builtin one, or written like one."""
    if not isinstance(value, External) or value.receiver is not None:
        return False
    word = value.name.rpartition(".")[2]
    if word == value.name:
        return isinstance(getattr(builtins, word, None), type)
    return word[:1].isupper() and not word.isupper()


def _ordered(operator: str, left: Literal, right: Literal) -> Value:
    """``left < right`` and its kin."""
    a, b = left.value, right.value
    if (isinstance(a, (int, float)) and isinstance(b, (int, float))) or (isinstance(a, str) and isinstance(b, str)):
        return Literal(_ORDERINGS[operator](a, b), left.assumed or right.assumed)
    return Unknown("a comparison of what has no order")


def _is_complete(value: Value) -> bool:
    return isinstance(value, (Collection, Dictionary)) and value.complete


def _members(value: Value) -> list[Value]:
    """What ``in`` looks through: the items of a collection, the keys of a dict."""
    if isinstance(value, Dictionary):
        return [key for key, _ in value.items]
    return value.items if isinstance(value, Collection) else []


def format_parts(parts: list[Value]) -> Value:
    """An f-string of these parts: each combination of what they may be."""
    choices = [possibilities(part) for part in parts]
    results: list[Value] = []
    for combination in product(*choices):
        texts = [plain(value) for value in combination]
        if any(text is None or is_unset(text) for text in texts):
            reason = why(next(value for value, text in zip(combination, texts) if text is None or is_unset(text)))
            reason = reason if reason.startswith(_FORMATTED) else _FORMATTED + reason
            results.append(_partly_known(combination, reason))
        else:
            text = "".join(str(value.value) for value in texts if value is not None)
            results.append(Literal(text, any(value.assumed for value in texts if value is not None)))
        if len(results) == 16:
            break
    return union(results)


def _partly_known(parts: Iterable[Value], reason: str) -> Unknown:
    """What joins texts of which some are not known, for a reason."""
    pieces = tuple(piece for part in parts for piece in _pieces(part))
    return PartialText(reason, pieces) if any(pieces) and len(pieces) <= MAX_PIECES else Unknown(reason)


def _pieces(part: Value) -> tuple[str | None, ...]:
    text = plain(part)
    if text is not None and not is_unset(text):
        return (str(text.value),)
    return part.pieces if isinstance(part, PartialText) else (None,)


def sliced(receiver: Value, bounds: tuple[Value | None, Value | None, Value | None]) -> Value:
    """``receiver[lower:upper:step]``; a bound that was not written is None."""
    numbers: list[int | None] = []
    for bound in bounds:
        number = plain(bound) if bound is not None else Literal(None)
        if number is None or not (number.value is None or isinstance(number.value, int)):
            return _unsliced(receiver)
        numbers.append(number.value)
    if numbers[2] == 0:
        return _unsliced(receiver)
    if isinstance(receiver, Literal) and isinstance(receiver.value, (str, bytes)):
        return Literal(receiver.value[slice(*numbers)], receiver.assumed)
    if isinstance(receiver, Collection) and receiver.complete:
        return Collection(receiver.form, receiver.items[slice(*numbers)])
    return _unsliced(receiver)


def _unsliced(receiver: Value) -> Value:
    """Part of a value, which part is not known."""
    if isinstance(receiver, Collection):
        return Collection(receiver.form, receiver.items, False, receiver.element)
    if external_name(receiver):
        return External(external_name(receiver) + ".__getitem__()", receiver)
    return Unknown("part of a value that is not known")


def subscript(receiver: Value, index: Value) -> Value:
    """``receiver[index]``."""
    if isinstance(receiver, Dictionary) and isinstance(index, (Literal, EnumMember)):
        literal = plain(index)
        found = receiver.get(literal.value) if literal is not None else None
        if found is not None:
            return found
    if isinstance(receiver, (Collection, Dictionary)):
        if isinstance(receiver, Collection) and isinstance(index, Literal) and isinstance(index.value, int):
            if receiver.complete and -len(receiver.items) <= index.value < len(receiver.items):
                return certain(receiver.items[index.value])
        if receiver.element is not None:
            return receiver.element
        contents = receiver.items if isinstance(receiver, Collection) else [value for _, value in receiver.items]
        return union(contents[:16]) if contents else Unknown("an item that is not known")
    if isinstance(receiver, Literal) and isinstance(receiver.value, str):
        if (
            isinstance(index, Literal)
            and isinstance(index.value, int)
            and -len(receiver.value) <= index.value < len(receiver.value)
        ):
            return Literal(receiver.value[index.value], receiver.assumed)
    if external_name(receiver):
        return External(external_name(receiver) + ".__getitem__()", receiver)
    return Unknown("an item of an unknown value")
