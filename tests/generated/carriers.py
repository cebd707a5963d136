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
]
