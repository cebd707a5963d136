"""Carriers: another expression for the same value, by way of variables, containers, classes and calls."""

from __future__ import annotations

from generated.choices import Choices
from generated.source import Scope


def carried(choices: Choices, scope: Scope, value: str, percent: int = 20) -> str:
    """An expression that has the value of ``value``; what it needs is written to the scope before."""
    if scope.is_class or not choices.chance("carried", percent):
        return value
    carry = choices.pick("way", _CARRIERS)
    return carried(choices.within("again"), scope, carry(choices, scope, value))


def _variable(choices: Choices, scope: Scope, value: str) -> str:
    name = scope.fresh("value")
    scope.write(
        choices.pick("form", ["{} = {}", "{0}, _ = {1}, None", "{0} = _again = {1}", "[{}] = [{}]"]).format(name, value)
    )
    return name


def _item(choices: Choices, scope: Scope, value: str) -> str:
    name = scope.fresh("held")
    container, read = choices.pick(
        "container",
        [
            ("[{}]", "[0]"),
            ("(None, {})", "[1]"),
            ('{{"key": {}}}', '["key"]'),
            ('{{"key": {}}}', '.get("key")'),
            ("dict(key={})", '["key"]'),
            ("[None, {}]", "[-1]"),
            ("[None, {}]", "[1:][0]"),
            ('{{**{{"key": {}}}}}', '["key"]'),
            ("[item for item in [{}]]", "[0]"),
            ('{{key: item for key, item in [("key", {})]}}', '["key"]'),
        ],
    )
    scope.write(f"{name} = {container.format(value)}")
    return f"{name}{read}"


def _added_item(choices: Choices, scope: Scope, value: str) -> str:
    name = scope.fresh("held")
    new, add, read = choices.pick(
        "container",
        [
            ("[]", "{}.append({})", "[0]"),
            ("{{}}", '{}["key"] = {}', '["key"]'),
            ("{{}}", '{}.update({{"key": {}}})', '["key"]'),
            ("{{}}", "{}.update(key={})", '.get("key", None)'),
            ("[]", "{}.extend([{}])", "[-1]"),
            ("[]", "{} += [{}]", "[0]"),
            ("{{}}", '{}.setdefault("key", {})', '["key"]'),
        ],
    )
    scope.write(f"{name} = {new.format()}", add.format(name, value))
    return f"{name}{read}"


def _taken(choices: Choices, scope: Scope, value: str) -> str:
    """What is taken out of a container, once."""
    name, held = scope.fresh("value"), scope.fresh("held")
    container, take = choices.pick(
        "container",
        [("[{}]", "pop()"), ("[None, {}]", "pop(1)"), ('{{"key": {}}}', 'pop("key")'), ("[{}]", "copy()[0]")],
    )
    scope.write(f"{held} = {container.format(value)}", f"{name} = {held}.{take}")
    return name


def _attribute(choices: Choices, scope: Scope, value: str) -> str:
    name = scope.fresh("Holder")
    form = choices.pick("form", ["class", "instance", "inherited", "set", "setattr", "getattr"])
    if form == "instance":
        scope.write(f"class {name}:", "    def __init__(self, item):", "        self.item = item")
        return f"{name}({value}).item"
    if form in ("set", "setattr"):
        scope.write(f"class {name}:", "    pass")
        scope.write(f"{name}.item = {value}" if form == "set" else f'setattr({name}, "item", {value})')
        return f"{name}.item"
    held = scope.fresh("value")  # a class body inside a function would not see all that the expression may need
    scope.write(f"{held} = {value}", f"class {name}:", f"    item = {held}")
    if form == "inherited":
        scope.write(f"class {name}Own({name}):", "    pass")
        return f"{name}Own.item"
    return f'getattr({name}, "item")' if form == "getattr" else f"{name}.item"


def _record(choices: Choices, scope: Scope, value: str) -> str:
    name = scope.fresh("Entry")
    form = choices.pick("form", ["dataclass", "named tuple", "namespace", "frozen"])
    if form == "namespace":
        return f"{scope.get('types.SimpleNamespace')}(item={value}).item"
    if form == "named tuple":
        scope.write(f"class {name}({scope.get('typing.NamedTuple')}):")
    else:
        arguments = "(frozen=True)" if form == "frozen" else ""
        scope.write(f"@{scope.get('dataclasses.dataclass')}{arguments}", f"class {name}:")
    scope.write("    item: object", "    other: int = 0")
    return choices.pick("call", [f"{name}({value}).item", f"{name}(item={value}, other=1).item"])


def _given(choices: Choices, scope: Scope, value: str) -> str:
    """What a function returns that closes over the value."""
    name, held = scope.fresh("give"), scope.fresh("value")
    scope.write(f"{held} = {value}")
    form = choices.pick("form", ["def", "lambda", "cached", "default", "nested", "generator"])
    if form == "lambda":
        scope.write(f"{name} = lambda: {held}")
    elif form == "default":
        scope.write(f"def {name}(item={held}):", "    return item")
    elif form == "nested":
        scope.write(f"def {name}():", "    def inner():", f"        return {held}", "    return inner()")
    elif form == "generator":
        scope.write(f"def {name}():", f"    yield {held}")
        return f"next({name}())"
    else:
        if form == "cached":
            scope.write(f"@{scope.get('functools.lru_cache')}")
        scope.write(f"def {name}():", f"    return {held}")
    return f"{name}()"


def _passed(choices: Choices, scope: Scope, value: str) -> str:
    """What a function returns that gets the value."""
    name = scope.fresh("same")
    signature, result, call = choices.pick(
        "form",
        [
            ("item", "item", "{}({})"),
            ("item", "item", "{}(item={})"),
            ("item=None", "item", "{}({})"),
            ("*items", "items[0]", "{}({})"),
            ("**items", 'items["item"]', "{}(item={})"),
            ("first, *, item", "item", "{}(None, item={})"),
            ("item, /", "item", "{}({})"),
            ("item, other=None", "other or item", "{}({})"),
            ("item", "item", "{}(*[{}])"),
            ("item", "item", '{}(**{{"item": {}}})'),
        ],
    )
    scope.write(f"def {name}({signature}):", f"    return {result}")
    return call.format(name, value)


def _method(choices: Choices, scope: Scope, value: str) -> str:
    name = scope.fresh("Service")
    header, call = choices.pick(
        "form",
        [
            (["def give(self, item):"], "{}().give({})"),
            (["@classmethod", "def give(cls, item):"], "{}.give({})"),
            (["@staticmethod", "def give(item):"], "{}.give({})"),
            (["def __call__(self, item):"], "{}()({})"),
        ],
    )
    scope.write(f"class {name}:", *(f"    {line}" for line in header), "        return item")
    return call.format(name, value)


def _property(choices: Choices, scope: Scope, value: str) -> str:
    name = scope.fresh("Service")
    decorator = scope.get("functools.cached_property") if choices.chance("cached", 40) else "property"
    scope.write(f"class {name}:", "    def __init__(self, item):", "        self._item = item")
    scope.write(f"    @{decorator}", "    def item(self):", "        return self._item")
    return f"{name}({value}).item"


def _choice(choices: Choices, scope: Scope, value: str) -> str:
    """A choice that is decided."""
    form = choices.pick("form", ["({} if True else None)", "(None or {})", "(True and {})", "(None if not 1 else {})"])
    return form.format(value)


def _partial(choices: Choices, scope: Scope, value: str) -> str:
    name = scope.fresh("same")
    scope.write(f"def {name}(item):", "    return item")
    partial = scope.get("functools.partial")
    return choices.pick("form", [f"{partial}({name}, {value})()", f"{partial}({name}, item={value})()"])


def _context(choices: Choices, scope: Scope, value: str) -> str:
    name, target = scope.fresh("held"), scope.fresh("value")
    scope.write(f"@{scope.get('contextlib.contextmanager')}", f"def {name}(item):", "    yield item")
    scope.write(f"with {name}({value}) as {target}:", "    pass")
    return target


def _forwarded(choices: Choices, scope: Scope, value: str) -> str:
    """What functions return that hand on whatever they get."""
    inner, outer = scope.fresh("inner"), scope.fresh("outer")
    scope.write(f"def {inner}(first, /, item=None, *rest, key=None):", "    return item if item is not None else key")
    scope.write(f"def {outer}(*args, **kwargs):", f"    return {inner}(0, *args, **kwargs)")
    return choices.pick("call", [f"{outer}({value})", f"{outer}(item={value})", f"{outer}(key={value})"])


def _unpacked(choices: Choices, scope: Scope, value: str) -> str:
    """What unpacking takes out of a container."""
    name = scope.fresh("value")
    targets, source = choices.pick(
        "form",
        [
            ("_, *{0}_rest", "[0, {1}]"),
            ("*_, {0}", "(0, 1, {1})"),
            ("(_, ({0}, _))", "(0, ({1}, 2))"),
            ("{0}, *_", "[{1}]"),
            ("{0},", "iter([{1}])"),
        ],
    )
    scope.write(f"{targets} = {source}".format(name, value))
    return f"{name}_rest[0]" if "_rest" in targets else name


def _nested(choices: Choices, scope: Scope, value: str) -> str:
    """An item deep in containers."""
    name = scope.fresh("table")
    table, read = choices.pick(
        "form",
        [
            ('{{"a": {{"b": [0, {}]}}}}', '["a"]["b"][1]'),
            ('[{{"a": ({}, 0)}}]', '[-1]["a"][0]'),
            ("dict(a=dict(b={}))", '.get("a", {}).get("b")'),
            ('{{("a", 1): {}}}', '["a", 1]'),
            ("list(zip([1], [{}]))", "[0][1]"),
            ("[(0, {}), (1, 0)]", "[:1][0][1]"),
        ],
    )
    scope.write(f"{name} = {table.format(value)}")
    return name + read


def _function_attribute(choices: Choices, scope: Scope, value: str) -> str:
    name = scope.fresh("holder")
    scope.write(f"def {name}(): ...", f"{name}.item = {value}")
    return f'getattr({name}, "item")' if choices.chance("getattr", 30) else f"{name}.item"


def _first_of(choices: Choices, scope: Scope, value: str) -> str:
    """The first of what is made of a list."""
    name = scope.fresh("one")
    scope.write(f"{name} = {value}")
    reduce = scope.get("functools.reduce")
    return choices.pick(
        "form",
        [
            f"next(item for item in [{name}])",
            f"list(map(lambda item: item, [{name}]))[0]",
            f"[*filter(lambda item: True, [{name}])][0]",
            f"{reduce}(lambda first, second: first, [{name}, 1])",
            f"next(iter([{name}, 1]))",
            f"[item for items in [[{name}]] for item in items if True][0]",
            f"list(reversed([{name}, 1]))[-1]",
        ],
    )


def _branch(choices: Choices, scope: Scope, value: str) -> str:
    """A variable that a decided branch sets."""
    name = scope.fresh("value")
    scope.write(f"{name} = None")
    header = choices.pick("form", ["if True:", f"if {name} is None:", f"if not {name}:", "for _ in range(1):", "try:"])
    scope.write(header, f"    {name} = {value}")
    if header == "try:":
        scope.write("finally:", "    pass")
    return name


_CARRIERS = [
    _variable,
    _item,
    _added_item,
    _taken,
    _attribute,
    _record,
    _given,
    _passed,
    _method,
    _property,
    _choice,
    _partial,
    _context,
    _branch,
    _forwarded,
    _unpacked,
    _nested,
    _function_attribute,
    _first_of,
]
