"""Contents: what is registered on a router. The modules that know a kind of content add it here."""

from __future__ import annotations

from collections.abc import Callable

from generated.choices import Choices
from generated.contexts import Writer, stand
from generated.source import Scope

_KINDS: list[tuple[int, bool, Writer]] = []
"""The kinds of content with their weights, and whether each may stand in the body of a class."""


def content(weight: int, in_class: bool = False) -> Callable[[Writer], Writer]:
    """Adds a kind of content.

    Args:
        weight: how often it is written, compared to others.
        in_class: whether it may stand in the body of a class.
    """

    def add(writer: Writer) -> Writer:
        _KINDS.append((weight, in_class, writer))
        return writer

    return add


def fill(choices: Choices, scope: Scope, target: str, low: int = 1, high: int = 2) -> None:
    """Writes what registers routes on the router ``target``, and includes others in it."""
    kinds = [kind for kind in _KINDS if kind[1] or not scope.is_class for _ in range(kind[0])]
    for node in choices.several("content", low, high):
        _, in_class, writer = node.pick("kind", kinds)
        stand(node, scope, target, writer, in_class=in_class)
