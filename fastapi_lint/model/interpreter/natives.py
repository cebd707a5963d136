"""Functions and methods of Python itself that the interpreter carries out on known values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.frames import Frame
from fastapi_lint.model.interpreter.operations import likely, operate, plain, truth
from fastapi_lint.model.interpreter.patterns import call_pattern
from fastapi_lint.model.values import (
    Ambiguous,
    Arguments,
    Collection,
    Dictionary,
    EnumMember,
    External,
    Literal,
    Possible,
    Unknown,
    Value,
    as_setting,
    certain,
    is_unset,
    paired,
    possible,
    union,
)

TEXT_METHODS = frozenset(
    """lower upper title capitalize strip lstrip rstrip replace removeprefix removesuffix split partition rpartition
    startswith endswith format join casefold""".split()
)
MAX_RANGE = 1000
"""Longer ranges are not listed."""


class Iterating(Protocol):
    """Who can say what a loop over a value sees."""

    def iterate(self, value: Value) -> tuple[list[Value], bool]:
        """The items, and whether they are all."""
        ...


def call_builtin(name: str, arguments: Arguments, evaluator: Iterating, frame: Frame) -> Value | None:
    """What a call of a builtin or standard-library function gives; None when it is not one of those known here."""
    handler = _BUILTINS.get(name)
    if handler is None:
        return call_pattern(name, arguments)
    first = arguments.positional[0] if arguments.positional else None
    if name in _OF_ONE_VALUE and isinstance(first, Ambiguous):
        calls = (Arguments([option, *arguments.positional[1:]], arguments.keywords) for option in first.options)
        return union([handler(call, evaluator) for call in calls])
    result = handler(arguments, evaluator)
    if isinstance(result, (Collection, Dictionary)) and result not in arguments:
        result.conditions = frame.conditions
    return result


def _copied(form: str) -> Callable[[Arguments, Iterating], Value]:
    def copy(arguments: Arguments, evaluator: Iterating) -> Value:
        if not arguments.positional:
            return Collection(form, [])
        items, complete = evaluator.iterate(arguments.positional[0])
        return Collection(form, list(items)) if complete else Collection(form, [], False, items[0] if items else None)

    return copy


def _sorted(arguments: Arguments, evaluator: Iterating) -> Value:
    result = _copied("list")(arguments, evaluator)
    if isinstance(result, Collection) and result.complete and "key" not in arguments.keywords:
        result.items = _in_order(result.items)
        if _is_true(arguments.get("reverse")):
            result.items.reverse()
    return result


def _in_order(items: list[Value]) -> list[Value]:
    """Items sorted by their literal values; as they are where these are not known or have no order."""
    values = [plain(item) for item in items]
    if any(value is None or not isinstance(value.value, (str, int, float)) for value in values):
        return list(items)
    try:
        order = sorted(range(len(items)), key=lambda index: values[index].value)  # type: ignore[union-attr]
    except TypeError:
        return list(items)
    return [items[index] for index in order]


def _is_true(value: Value | None) -> bool:
    return isinstance(value, Literal) and bool(value.value)


def _reversed(arguments: Arguments, evaluator: Iterating) -> Value:
    result = _copied("list")(arguments, evaluator)
    if isinstance(result, Collection):
        result.items.reverse()
    return result


def _range(arguments: Arguments, evaluator: Iterating) -> Value:
    numbers = [value.value for value in map(plain, arguments.positional) if value is not None]
    bounds = [number for number in numbers if isinstance(number, int)]
    if 0 < len(bounds) == len(arguments.positional) <= 3 and bounds[2:] != [0]:
        steps = range(*bounds)
        if len(steps) <= MAX_RANGE:
            return Collection("list", [Literal(step) for step in steps])
    return Collection("list", [], False, External("int()"))


def _dict(arguments: Arguments, evaluator: Iterating) -> Value:
    result = Dictionary([], arguments.complete)
    for source in arguments.positional[:1]:
        pairs = _pairs(source)
        for key, value in pairs or ():
            result.put(key, value)
        result.complete = result.complete and pairs is not None and getattr(source, "complete", False)
    for key, value in arguments.keywords.items():
        result.put(Literal(key), value)
    return result


def _pairs(source: Value) -> list[tuple[Value, Value]] | None:
    """The keys and values of a dict, or of a list of pairs; None when it is neither."""
    if isinstance(source, Dictionary):
        return source.items
    if not isinstance(source, Collection):
        return None
    pairs = [tuple(item.items) for item in source.items if isinstance(item, Collection) and len(item.items) == 2]
    return [(pair[0], pair[1]) for pair in pairs] if len(pairs) == len(source.items) else None


def _enumerate(arguments: Arguments, evaluator: Iterating) -> Value:
    if not arguments.positional:
        return Unknown("enumerate of nothing")
    items, complete = evaluator.iterate(arguments.positional[0])
    first = arguments.get("start", 1)
    start = first.value if isinstance(first, Literal) and isinstance(first.value, int) else 0
    known = first is None or isinstance(first, Literal)
    pairs: list[Value] = [
        paired(Literal(index) if known and complete else External("int()"), item)
        for index, item in enumerate(items, start)
    ]
    return Collection("list", pairs) if complete else Collection("list", [], False, pairs[0] if pairs else None)


def _from_keys(arguments: Arguments, evaluator: Iterating) -> Value:
    """``dict.fromkeys(keys, value)``."""
    items, complete = evaluator.iterate(arguments.positional[0]) if arguments.positional else ([], False)
    result = Dictionary([], complete)
    value = arguments.get("value", 1) or Literal(None)
    for item in items if complete else ():
        result.put(certain(item), value, item.conditions if isinstance(item, Possible) else ())
    return result


def _zip(arguments: Arguments, evaluator: Iterating) -> Value:
    columns = [evaluator.iterate(source) for source in arguments.positional]
    rows: list[Value] = [Collection("tuple", list(row)) for row in zip(*(items for items, _ in columns))]
    if all(complete for _, complete in columns):
        return Collection("list", rows)
    return Collection("list", [], False, rows[0] if rows else None)


def _text(arguments: Arguments, evaluator: Iterating) -> Value:
    value = plain(arguments.positional[0]) if arguments.positional else Literal("")
    if value is None or is_unset(value):
        return External("str()")
    return Literal(str(value.value), value.assumed)


def _environment(arguments: Arguments, evaluator: Iterating) -> Value:
    return _setting(arguments.get("default", 1) or Literal(None))


def _read_setting(position: int) -> Callable[[Arguments, Iterating], Value]:
    """A reader of settings that insists on those without a default; where its default stands among the arguments."""
    return lambda arguments, evaluator: _setting(arguments.get("default", position))


def _setting(default: Value | None) -> Value:
    known = isinstance(default, (Literal, EnumMember))
    return as_setting(default) if known else Unknown("an environment variable")


def _second(arguments: Arguments, evaluator: Iterating) -> Value:
    return arguments.positional[1] if len(arguments.positional) > 1 else Unknown("a cast of nothing")


def _length(arguments: Arguments, evaluator: Iterating) -> Value:
    items, complete = evaluator.iterate(arguments.positional[0]) if arguments.positional else ([], False)
    known = complete and not any(isinstance(item, Possible) for item in items)
    return Literal(len(items)) if known else Unknown("the length of a collection that is not known")


def _truth(arguments: Arguments, evaluator: Iterating) -> Value:
    verdict = likely(arguments.positional[0]) if arguments.positional else False
    if verdict is None:
        return Unknown("whether a value is true")
    return Literal(verdict, bool(arguments.positional) and truth(arguments.positional[0]) is None)


def _quantified(decisive: bool) -> Callable[[Arguments, Iterating], Value]:
    """``any`` and ``all``: one item whose truth is ``decisive`` decides."""

    def quantify(arguments: Arguments, evaluator: Iterating) -> Value:
        items, complete = evaluator.iterate(arguments.positional[0]) if arguments.positional else ([], False)
        verdicts = [None if isinstance(item, Possible) else truth(item) for item in items]
        if decisive in verdicts and complete:
            return Literal(decisive)
        return Literal(not decisive) if complete and None not in verdicts else Unknown("what is true of all items")

    return quantify


def _sum(arguments: Arguments, evaluator: Iterating) -> Value:
    items, complete = evaluator.iterate(arguments.positional[0]) if arguments.positional else ([], False)
    if not complete:
        return External("int()")
    result = arguments.get("start", 1) or Literal(0)
    for item in items:
        result = operate("+", result, item)
    return result


def _converted(convert: type) -> Callable[[Arguments, Iterating], Value]:
    def apply(arguments: Arguments, evaluator: Iterating) -> Value:
        value = plain(arguments.positional[0]) if arguments.positional else None
        try:
            if value is not None:
                return Literal(convert(value.value), value.assumed)
        except (TypeError, ValueError, OverflowError):
            pass
        return External(f"{convert.__name__}()")

    return apply


_BUILTINS: dict[str, Callable[[Arguments, Iterating], Value]] = {
    "list": _copied("list"),
    "iter": _copied("generator"),
    "sorted": _sorted,
    "reversed": _reversed,
    "range": _range,
    "tuple": _copied("tuple"),
    "set": _copied("set"),
    "frozenset": _copied("set"),
    "dict": _dict,
    "dict.fromkeys": _from_keys,
    "enumerate": _enumerate,
    "zip": _zip,
    "str": _text,
    "len": _length,
    "bool": _truth,
    "any": _quantified(True),
    "all": _quantified(False),
    "sum": _sum,
    "int": _converted(int),
    "float": _converted(float),
    "os.getenv": _environment,
    "os.environ.get": _environment,
    "starlette.config.Config()": _read_setting(2),
    "decouple.config": _read_setting(1),
    "typing.cast": _second,
}


CHANGES_OF_LISTS = frozenset(["append", "add", "insert", "extend", "update", "remove", "pop", "clear"])
"""Methods that change the list or set that they are called on."""
_OF_ONE_VALUE = frozenset({"str", "len", "bool", "int", "float"})
"""Functions that are asked of each value that their argument may be."""


def call_native(receiver: Value, name: str, arguments: Arguments, frame: Frame) -> Value:
    """What a method of a text, list, dict or function gives; lists and dicts are changed in a frame with effects."""
    if isinstance(receiver, Literal):
        return _call_text(receiver, name, arguments)
    if isinstance(receiver, Collection):
        return _call_collection(receiver, name, arguments, frame)
    if isinstance(receiver, Dictionary):
        return _call_dictionary(receiver, name, arguments, frame)
    if isinstance(receiver, FunctionDefinition) and name == "__call__":
        return Unknown(f"what {receiver.name} returns")
    return Unknown(f"the result of the method {name!r}")


def _call_text(receiver: Literal, name: str, arguments: Arguments) -> Value:
    if not isinstance(receiver.value, str):
        return External(f"{type(receiver.value).__name__}().{name}()")
    if name == "join" and arguments.positional:
        return _join(receiver, arguments.positional[0])
    values = [plain(value) for value in arguments]
    if name not in TEXT_METHODS or not arguments.complete or any(value is None for value in values):
        return External(f"str().{name}()")
    positional = [value.value for value in map(plain, arguments.positional) if value is not None]
    keywords = {key: value.value for key, value in ((k, plain(v)) for k, v in arguments.keywords.items()) if value}
    assumed = receiver.assumed or any(value.assumed for value in values if value is not None)
    try:
        result = getattr(receiver.value, name)(*positional, **keywords)
    except (TypeError, ValueError, LookupError, AttributeError):
        return Unknown(f"a text that {name!r} could not make")
    if isinstance(result, (list, tuple)):
        return Collection("list", [Literal(part, assumed) for part in result])
    return Literal(result, assumed)


def _join(separator: Literal, parts: Value) -> Value:
    if isinstance(parts, Collection) and parts.complete:
        values = [plain(item) for item in parts.items]
        if all(value is not None and isinstance(value.value, str) for value in values):
            text = str(separator.value).join(str(value.value) for value in values if value is not None)
            return Literal(text, any(value.assumed for value in values if value is not None))
    return Unknown("a joined text of parts that are not known")


def _call_collection(receiver: Collection, name: str, arguments: Arguments, frame: Frame) -> Value:
    effects = frame.effects
    if name in CHANGES_OF_LISTS and effects:
        if name in ("append", "add") and arguments.positional:
            receiver.items.append(possible(arguments.positional[0], receiver.conditions, frame.conditions))
        elif name == "insert" and len(arguments.positional) == 2:
            where = arguments.positional[0]
            index = where.value if isinstance(where, Literal) and isinstance(where.value, int) else len(receiver.items)
            receiver.items.insert(index, possible(arguments.positional[1], receiver.conditions, frame.conditions))
        elif name in ("extend", "update") and arguments.positional and isinstance(arguments.positional[0], Collection):
            receiver.extend(arguments.positional[0], frame.conditions)
        elif name == "clear":
            receiver.items.clear()
            receiver.complete, receiver.element = True, None
        elif name == "pop":
            return _popped(receiver, arguments)
        else:
            receiver.complete = False
        return Literal(None)
    if name in ("sort", "reverse") and effects:
        if name == "reverse":
            receiver.items.reverse()
        elif "key" not in arguments.keywords:
            receiver.items = _in_order(receiver.items)
            if _is_true(arguments.get("reverse")):
                receiver.items.reverse()
        return Literal(None)
    if name == "copy":
        return Collection(receiver.form, list(receiver.items), receiver.complete, receiver.element, frame.conditions)
    if name == "pop":
        return _any_item(receiver)
    return Unknown(f"the result of a collection's {name}")


def _popped(receiver: Collection, arguments: Arguments) -> Value:
    index = plain(arguments.positional[0]) if arguments.positional else Literal(-1)
    if receiver.complete and receiver.form == "list" and index is not None and isinstance(index.value, int):
        if -len(receiver.items) <= index.value < len(receiver.items):
            return certain(receiver.items.pop(index.value))
    receiver.complete = False
    return _any_item(receiver)


def _any_item(receiver: Collection) -> Value:
    contents = [*receiver.items[:16], *([receiver.element] if receiver.element else [])]
    return union(contents) if contents else Unknown("an item of a collection")


def _call_dictionary(receiver: Dictionary, name: str, arguments: Arguments, frame: Frame) -> Value:
    effects = frame.effects
    if name in ("items", "values", "keys"):
        if not receiver.complete:
            unknown_key = Unknown("a key of a dict")
            value = receiver.element or Unknown("a value of a dict")
            element: Value = {"items": Collection("tuple", [unknown_key, value]), "values": value}.get(
                name, unknown_key
            )
            return Collection("list", [], False, element)
        if name == "items":
            return Collection("list", [paired(key, value) for key, value in receiver.items])
        return Collection("list", [pair[name == "values"] for pair in receiver.items])
    if name in ("get", "pop", "setdefault") and arguments.positional:
        key = plain(arguments.positional[0])
        found = receiver.get(key.value) if key is not None else None
        if found is not None:
            if name == "pop" and effects:
                receiver.items = [pair for pair in receiver.items if certain(pair[1]) is not found]
            return found
        if name == "setdefault" and effects:
            receiver.put(arguments.positional[0], arguments.get("default", 1) or Literal(None), frame.conditions)
        if receiver.complete and key is not None:
            return arguments.get("default", 1) or Literal(None)
        return receiver.element or Unknown("a value of a dict")
    if name == "update" and effects:
        source = arguments.positional[0] if arguments.positional else Dictionary([])
        pairs = _pairs(source)
        for key, value in pairs or ():
            receiver.put(key, value, frame.conditions)
        receiver.complete = receiver.complete and pairs is not None and getattr(source, "complete", False)
        for keyword, value in arguments.keywords.items():
            receiver.put(Literal(keyword), value, frame.conditions)
        return Literal(None)
    if name == "copy":
        return Dictionary(list(receiver.items), receiver.complete, receiver.element, frame.conditions)
    return Unknown(f"the result of a dict's {name}")
