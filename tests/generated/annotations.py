"""Annotations: types of parameters, bodies and responses, and the classes that they name."""

from __future__ import annotations

import sys

from generated.choices import Choices
from generated.constants import enumeration
from generated.definitions import made
from generated.imports import use
from generated.names import NOUNS
from generated.source import Scope

SCALARS = [
    "int",
    "str",
    "float",
    "bool",
    "datetime.datetime",
    "uuid.UUID",
    "decimal.Decimal",
    "typing.Any",
    "datetime.date",
]


def scalar(choices: Choices, scope: Scope) -> str:
    """A type that a path parameter may have."""
    form = choices.pick("form", ["plain", "plain", "plain", "enum", "literal", "new type"])
    if form == "enum":
        return enumeration(choices.within("enum"), scope)[0]
    if form == "literal":
        return f'{scope.get("typing.Literal")}["a", "b"]'
    if form == "new type":
        return use(choices, scope, made(choices, scope, "new type", _new_type, "schemas", "dependencies"))
    return named(scope, choices.pick("scalar", SCALARS))


def simple(choices: Choices, scope: Scope) -> str:
    """A type that a query parameter may have without a marker."""
    inner = scalar(choices.within("inner"), scope)
    return optional(choices, scope, inner) if choices.chance("optional", 30) else inner


def sequence(choices: Choices, scope: Scope) -> str:
    """A type that a query parameter may have with a marker only."""
    generic = choices.pick("generic", ["list", "typing.List", "set", "tuple", "collections.abc.Sequence"])
    inner = scalar(choices.within("inner"), scope)
    text = f"{named(scope, generic)}[{inner}{', ...' if generic == 'tuple' else ''}]"
    return optional(choices, scope, text) if choices.chance("optional", 20) else text


def optional(choices: Choices, scope: Scope, inner: str) -> str:
    """The type or None."""
    form = choices.pick("optional form", ["{} | None", "Optional", "Union", "None | {}"])
    if "{}" in form and '"' not in inner[:1]:
        return form.format(inner)
    if form == "Union":
        return f"{scope.get('typing.Union')}[{inner}, None]"
    return f"{scope.get('typing.Optional')}[{inner}]"


def structured(choices: Choices, scope: Scope) -> str:
    """A type that FastAPI takes for a body without a marker."""
    known = [] if scope.module.lazy else scope.known("model class")
    if known and choices.chance("known", 50):
        return choices.element("of", known)
    form = choices.pick(
        "form", ["model", "model", "dataclass", "list", "dict", "mapping", "generic", "union", "optional"]
    )
    if form == "dataclass":
        return use(choices, scope, made(choices, scope, "dataclass", _dataclass, "schemas", "dependencies"))
    if form == "list":
        return f"{named(scope, choices.pick('list', ['list', 'typing.List']))}[{model(choices.within('inner'), scope)}]"
    if form == "dict":
        return f"dict[str, {scalar(choices.within('inner'), scope)}]"
    if form == "mapping":
        return "dict"
    if form == "generic":
        page = use(choices, scope, made(choices, scope, "generic model", _generic, "schemas", "dependencies"))
        return f"{page}[{model(choices.within('inner'), scope)}]"
    inner = model(choices.within("inner"), scope)
    if form == "union":
        return f"{scope.get('typing.Union')}[{inner}, {model(choices.within('other'), scope)}]"
    return optional(choices, scope, inner) if form == "optional" else inner


def model(choices: Choices, scope: Scope) -> str:
    """A Pydantic model."""
    return use(choices, scope, made(choices, scope, "model", _model, "schemas", "dependencies"))


def filters(choices: Choices, scope: Scope) -> str:
    """A Pydantic model whose fields a query, a form, headers or cookies can hold."""
    return use(choices, scope, made(choices, scope, "filters", _filters, "schemas", "dependencies"))


def named(scope: Scope, dotted: str) -> str:
    """A builtin type or one of the standard library."""
    return scope.get(dotted) if "." in dotted else dotted


def _new_type(choices: Choices, top: Scope) -> str:
    name = top.fresh("UserId")
    base = choices.pick("base", ["int", "str"])
    if sys.version_info >= (3, 12) and choices.chance("alias", 40):
        top.write(f"type {name} = {base}")
        return name
    top.write(f'{name} = {top.get("typing.NewType")}("{name}", {base})')
    return name


def _model(choices: Choices, top: Scope) -> str:
    bases = [symbol.name for symbol in top.module.draft.made.get("model", []) if symbol.module is top.module]
    base = choices.element("base", bases) if bases and choices.chance("derived", 30) else top.get("pydantic.BaseModel")
    name = top.fresh(choices.pick("name", NOUNS).title())
    with top.block(f"class {name}({base}):", is_class=True) as body:
        for index, node in enumerate(choices.several("field", 0, 3)):
            default = choices.pick(f"default {index}", ["", " = None", " = 3"])
            body.write(f"field_{index}: {simple(node, top)}{default}")
        body.write("note: str = ''")
    return name


def _filters(choices: Choices, top: Scope) -> str:
    name = top.fresh("Filters")
    top.write(f"class {name}({top.get('pydantic.BaseModel')}):")
    field = top.get("pydantic.Field")
    top.write("    word: str = ''", f'    max_size: int = {field}(3, alias="maxSize")', "    names: list[str] = []")
    return name


def _generic(choices: Choices, top: Scope) -> str:
    variable, name = top.fresh("T"), top.fresh("Page")
    if sys.version_info >= (3, 12) and choices.chance("parameters", 40):
        top.write(f"class {name}[{variable}]({top.get('pydantic.BaseModel')}):")
        top.write(f"    items: list[{variable}]", "    total: int = 0")
        return name
    top.write(f'{variable} = {top.get("typing.TypeVar")}("{variable}")')
    top.write(f"class {name}({top.get('pydantic.BaseModel')}, {top.get('typing.Generic')}[{variable}]):")
    top.write(f"    items: list[{variable}]", "    total: int = 0")
    return name


def _dataclass(choices: Choices, top: Scope) -> str:
    name = top.fresh("Point")
    decorator = choices.pick("decorator", ["dataclasses.dataclass", "pydantic.dataclasses.dataclass"])
    arguments = choices.pick("arguments", ["", "(kw_only=True)", "()"])
    top.write(f"@{top.get(decorator)}{arguments}", f"class {name}:", "    x: int", "    y: float = 0.0")
    return name
