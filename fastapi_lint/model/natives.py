"""Functions and methods of Python itself that the interpreter carries out on known values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.operations import plain
from fastapi_lint.model.patterns import call_pattern
from fastapi_lint.model.values import (
    Arguments,
    Collection,
    Dictionary,
    External,
    Literal,
    Unknown,
    Value,
    union,
)

TEXT_METHODS = frozenset(
    """lower upper title capitalize strip lstrip rstrip replace removeprefix removesuffix split partition rpartition
    startswith endswith format join casefold""".split()
)


class Iterating(Protocol):
    """Who can say what a loop over a value sees."""

    def iterate(self, value: Value) -> tuple[list[Value], bool]:
        """The items, and whether they are all."""
        ...


def call_builtin(name: str, arguments: Arguments, evaluator: Iterating) -> Value | None:
    """What a call of a builtin or standard-library function gives; None when it is not one of those known here."""
    handler = _BUILTINS.get(name)
    return handler(arguments, evaluator) if handler is not None else call_pattern(name, arguments)


def _copied(form: str) -> Callable[[Arguments, Iterating], Value]:
    def copy(arguments: Arguments, evaluator: Iterating) -> Value:
        if not arguments.positional:
            return Collection(form, [])
        items, complete = evaluator.iterate(arguments.positional[0])
        return Collection(form, list(items)) if complete else Collection(form, [], False, items[0] if items else None)

    return copy


def _dict(arguments: Arguments, evaluator: Iterating) -> Value:
    result = Dictionary([], arguments.complete)
    for source in arguments.positional[:1]:
        if isinstance(source, Dictionary):
            result.items += source.items
            result.complete = result.complete and source.complete
        else:
            result.complete = False
    result.items += [(Literal(key), value) for key, value in arguments.keywords.items()]
    return result


def _enumerate(arguments: Arguments, evaluator: Iterating) -> Value:
    if not arguments.positional:
        return Unknown("enumerate of nothing")
    items, complete = evaluator.iterate(arguments.positional[0])
    pairs: list[Value] = [Collection("tuple", [Literal(index), item]) for index, item in enumerate(items)]
    return Collection("list", pairs) if complete else Collection("list", [], False, pairs[0] if pairs else None)


def _zip(arguments: Arguments, evaluator: Iterating) -> Value:
    columns = [evaluator.iterate(source) for source in arguments.positional]
    rows: list[Value] = [Collection("tuple", list(row)) for row in zip(*(items for items, _ in columns))]
    if all(complete for _, complete in columns):
        return Collection("list", rows)
    return Collection("list", [], False, rows[0] if rows else None)


def _text(arguments: Arguments, evaluator: Iterating) -> Value:
    value = plain(arguments.positional[0]) if arguments.positional else Literal("")
    if value is None:
        return External("str()")
    return Literal(str(value.value), value.assumed)


def _environment(arguments: Arguments, evaluator: Iterating) -> Value:
    default = arguments.get("default", 1)
    if isinstance(default, Literal):
        return Literal(default.value, assumed=True)
    return Unknown("an environment variable")


def _second(arguments: Arguments, evaluator: Iterating) -> Value:
    return arguments.positional[1] if len(arguments.positional) > 1 else Unknown("a cast of nothing")


def _length(arguments: Arguments, evaluator: Iterating) -> Value:
    items, complete = evaluator.iterate(arguments.positional[0]) if arguments.positional else ([], False)
    return Literal(len(items)) if complete else Unknown("the length of a collection that is not known")


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
    "sorted": _copied("list"),
    "reversed": _copied("list"),
    "tuple": _copied("tuple"),
    "set": _copied("set"),
    "frozenset": _copied("set"),
    "dict": _dict,
    "enumerate": _enumerate,
    "zip": _zip,
    "str": _text,
    "len": _length,
    "int": _converted(int),
    "float": _converted(float),
    "os.getenv": _environment,
    "os.environ.get": _environment,
    "typing.cast": _second,
}


def call_native(receiver: Value, name: str, arguments: Arguments, effects: bool) -> Value:
    """What a method of a text, list, dict or function gives; lists and dicts are changed where ``effects`` say so."""
    if isinstance(receiver, Literal):
        return _call_text(receiver, name, arguments)
    if isinstance(receiver, Collection):
        return _call_collection(receiver, name, arguments, effects)
    if isinstance(receiver, Dictionary):
        return _call_dictionary(receiver, name, arguments, effects)
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


def _call_collection(receiver: Collection, name: str, arguments: Arguments, effects: bool) -> Value:
    if name in ("append", "add", "insert", "extend", "update", "remove", "pop", "clear") and effects:
        if name in ("append", "add") and arguments.positional:
            receiver.items.append(arguments.positional[0])
        elif name == "insert" and len(arguments.positional) == 2:
            where = arguments.positional[0]
            index = where.value if isinstance(where, Literal) and isinstance(where.value, int) else len(receiver.items)
            receiver.items.insert(index, arguments.positional[1])
        elif name in ("extend", "update") and arguments.positional and isinstance(arguments.positional[0], Collection):
            receiver.items += arguments.positional[0].items
            receiver.complete = receiver.complete and arguments.positional[0].complete
        else:
            receiver.complete = False
        return Literal(None)
    if name == "copy":
        return Collection(receiver.form, list(receiver.items), receiver.complete, receiver.element)
    if name == "pop":
        contents = [*receiver.items[:16], *([receiver.element] if receiver.element else [])]
        return union(contents) if contents else Unknown("an item of a collection")
    return Unknown(f"the result of a collection's {name}")


def _call_dictionary(receiver: Dictionary, name: str, arguments: Arguments, effects: bool) -> Value:
    if name in ("items", "values", "keys"):
        if not receiver.complete:
            unknown_key = Unknown("a key of a dict")
            value = receiver.element or Unknown("a value of a dict")
            element: Value = {"items": Collection("tuple", [unknown_key, value]), "values": value}.get(name, unknown_key)
            return Collection("list", [], False, element)
        if name == "items":
            return Collection("list", [Collection("tuple", [key, value]) for key, value in receiver.items])
        return Collection("list", [pair[name == "values"] for pair in receiver.items])
    if name in ("get", "pop", "setdefault") and arguments.positional:
        key = plain(arguments.positional[0])
        found = receiver.get(key.value) if key is not None else None
        if found is not None:
            return found
        if receiver.complete and key is not None:
            return arguments.get("default", 1) or Literal(None)
        return receiver.element or Unknown("a value of a dict")
    if name == "update" and effects:
        source = arguments.positional[0] if arguments.positional else Dictionary([])
        if isinstance(source, Dictionary):
            receiver.items += source.items
        receiver.complete = receiver.complete and isinstance(source, Dictionary) and source.complete
        receiver.items += [(Literal(key), value) for key, value in arguments.keywords.items()]
        return Literal(None)
    if name == "copy":
        return Dictionary(list(receiver.items), receiver.complete, receiver.element)
    return Unknown(f"the result of a dict's {name}")
