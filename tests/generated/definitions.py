"""Definitions: what modules define for others, once or again and again."""

from __future__ import annotations

from collections.abc import Callable

from generated.choices import Choices
from generated.layout import home
from generated.source import Scope, Symbol

Definer = Callable[[Choices, Scope], str]
"""Writes a definition to the top level of a module and returns the name."""


def made(choices: Choices, scope: Scope, kind: str, define: Definer, *roles: str) -> Symbol:
    """Something of a kind, defined at the top level of a module: what another use made, or something new.

    Args:
        choices: where the choices are made.
        scope: where it will be used.
        kind: what it is.
        define: defines it.
        roles: of the modules in which it may be defined, beside that of the scope.
    """
    draft = scope.module.draft
    there = [symbol for symbol in draft.made.get(kind, []) if symbol.module.order <= scope.module.order]
    if there and choices.chance("again", 50):
        return choices.element("which", there)
    top = home(choices, scope, *roles)
    symbol = Symbol(top.module, define(choices.within(kind), top))
    draft.made.setdefault(kind, []).append(symbol)
    return symbol
