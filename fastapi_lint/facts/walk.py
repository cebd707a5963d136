"""The state of one extraction: tokens, a cursor into them, and the dispatch by kind of node.

Extraction visits the tree in the order of the text. Each handler begins with the cursor at the first token of its node,
own parentheses included, and leaves it behind the last one; so it knows where its node stands without asking libcst.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi_lint.syntax.faults import Unanalysable
from fastapi_lint.syntax.tokens import Tokens

Node = Any
"""A node of libcst's tree. Only the syntax layer imports libcst, so handlers are found by the name of the class."""


class Walk:
    """Where an extraction stands.

    ``cursor`` is the index of the next token. ``scope`` is the prefix of qualified names, ``yields`` whether the
    function at hand has yielded so far, ``imports`` the top-level packages that the module has imported so far.
    """

    __slots__ = ("text", "texts", "starts", "ends", "closing", "cursor", "scope", "yields", "imports")

    def __init__(self, text: str, tokens: Tokens, cursor: int = 0) -> None:
        self.text = text
        self.texts = tokens.texts
        self.starts = tokens.starts
        self.ends = tokens.ends
        self.closing = tokens.closing
        self.cursor = cursor
        self.scope = ""
        self.yields = False
        self.imports: set[str] = set()

    def skip(self, word: str) -> None:
        """Step over the next token if it is ``word``."""
        if self.cursor < len(self.texts) and self.texts[self.cursor] == word:
            self.cursor += 1


class Handlers(dict[type, Callable[..., Any]]):
    """Handlers by class of node, found by the name of the class at its first meeting."""

    def __init__(self, by_name: dict[str, Callable[..., Any]]) -> None:
        super().__init__()
        self._by_name = by_name

    def __missing__(self, node_class: type) -> Callable[..., Any]:
        handler = self._by_name.get(node_class.__name__)
        if handler is None:
            raise Unanalysable(f"unknown kind of syntax: {node_class.__name__}")
        self[node_class] = handler
        return handler
