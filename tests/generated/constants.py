"""Constants: enumerations, and objects that hold settings."""

from __future__ import annotations

import sys
from collections.abc import Callable

from generated.choices import Choices
from generated.definitions import made
from generated.imports import use
from generated.names import NOUNS
from generated.source import Scope

HOMES = ("settings", "schemas")
"""The modules in which constants are defined, by role."""


def enumeration(choices: Choices, scope: Scope) -> tuple[str, list[str]]:
    """An expression for an enumeration whose values are words, and the names of its members."""
    symbol = made(choices, scope, "enumeration", _enumeration, *HOMES)
    return use(choices, scope, symbol), NOUNS[:3]


def _enumeration(choices: Choices, top: Scope) -> str:
    name = top.fresh(choices.pick("name", ["Area", "Kind", "Tag"]))
    bases = choices.pick("bases", ["text", "plain", "both" if sys.version_info >= (3, 11) else "text"])
    enum = top.get("enum.Enum")
    header = {"text": f"str, {enum}", "plain": enum, "both": top.get("enum.StrEnum") if bases == "both" else ""}[bases]
    with top.block(f"class {name}({header}):", is_class=True) as body:
        for noun in NOUNS[:3]:
            value = top.get("enum.auto") + "()" if bases == "both" and choices.chance("auto", 30) else f'"{noun}"'
            body.write(f"{noun} = {value}")
        body.write("@property", "def path(self):", '    return f"/{self.value}"')
        body.write("def path_of(self, number):", '    return self.path + f"/{number}"')
    return name


def setting(choices: Choices, scope: Scope, name: str, value: Callable[[Choices, Scope], str]) -> str:
    """An attribute of a settings object."""
    kind = f"setting {name}"

    def define(choices: Choices, top: Scope) -> str:
        return _settings(choices, top, name, value)

    symbol = made(choices, scope, kind, define, "settings")
    return f"{use(choices, scope, symbol)}.{name}"


def _settings(choices: Choices, top: Scope, name: str, value: Callable[[Choices, Scope], str]) -> str:
    style = choices.pick("style", ["settings", "plain class", "dataclass", "instance", "cached", "nested"])
    cls, instance = top.fresh("Settings"), top.fresh("settings")
    text = value(choices.within("value"), top)
    if style == "plain class":
        top.write(f"class {cls}:", f"    {name} = {text}")
        return cls
    if style == "dataclass":
        top.write(f"@{top.get('dataclasses.dataclass')}", f"class {cls}:", f"    {name}: str = {text}")
    elif style == "instance":
        top.write(f"class {cls}:", "    def __init__(self):", f"        self.{name} = {text}")
    elif style == "nested":
        part = top.fresh("Part")
        top.write(f"@{top.get('dataclasses.dataclass')}", f"class {part}:", f"    {name}: str = {text}")
        top.write(f"class {cls}:", f"    part = {part}()")
        top.write(f"{instance} = {cls}.part")
        return instance
    else:
        top.module.draft.has_settings = True
        base = top.get("pydantic_settings.BaseSettings")
        top.write(f"class {cls}({base}):", f"    {name}: str = {text}")
    if style == "cached":
        function = top.fresh("get_settings")
        top.write(f"@{top.get('functools.lru_cache')}", f"def {function}():", f"    return {cls}()")
        top.write(f"{instance} = {function}()")
    else:
        top.write(f"{instance} = {cls}()")
    return instance
