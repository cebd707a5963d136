"""The codec: facts as versioned JSON text, and back.

Facts are named tuples, which JSON writes as lists; the last item of each is its kind. The body of a function is a JSON
text inside the JSON text, so that reading a module decodes no function that nobody asks for. Never pickle or marshal: a
cache that lies in a repository must not run code.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from fastapi_lint.facts import expressions, module, statements
from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.facts.statements import Block, Statement

VERSION = 1
"""Grows with every change of the facts' shape or meaning: what an older version wrote is not read."""

_KINDS: dict[str, type] = {
    cls._field_defaults["kind"]: cls
    for source in (expressions, statements, module)
    for cls in vars(source).values()
    if isinstance(cls, type) and "kind" in getattr(cls, "_field_defaults", {})
}
_BODY = statements.Function._fields.index("body")


class CodecError(ValueError):
    """A text that is not facts of this version."""


def encode(facts: ModuleFacts) -> str:
    """Facts as one line of JSON text."""
    return json.dumps([VERSION, facts], separators=(",", ":"), default=_encode_block)


def decode(text: str) -> ModuleFacts:
    """The facts that :func:`encode` wrote.

    Raises:
        CodecError: the text is damaged, of another version, or something else.
    """
    try:
        version, raw = json.loads(text)
        if version != VERSION:
            raise CodecError(f"facts of version {version}, not {VERSION}")
        facts = _build(raw)
    except (ValueError, TypeError, IndexError, RecursionError) as error:
        raise CodecError(f"damaged facts: {error}") from error
    if not isinstance(facts, ModuleFacts):
        raise CodecError("a text that holds no facts of a module")
    return facts


def _encode_block(value: object) -> str:
    if isinstance(value, Block):
        return json.dumps(value.statements, separators=(",", ":"), default=_encode_block)
    raise TypeError(f"{type(value).__name__} is not a fact")


def _build(raw: object) -> object:
    """The fact that a decoded list stands for; tuples of facts and plain values stay what they are."""
    if type(raw) is not list:
        return raw
    cls = _KINDS.get(raw[-1]) if raw and type(raw[-1]) is str else None
    if cls is None:
        return tuple(map(_build, raw))
    if len(raw) != len(cls._fields):  # type: ignore[attr-defined]
        raise CodecError(f"a {cls.__name__} of {len(raw)} fields")
    if cls is statements.Function:
        raw = [Block(None, _loader(field)) if index == _BODY else field for index, field in enumerate(raw)]
    return tuple.__new__(cls, map(_build, raw))


def _loader(text: str) -> Callable[[], tuple[Statement, ...]]:
    if type(text) is not str:
        raise CodecError("a function without a body")
    return lambda: _build(json.loads(text))  # type: ignore[return-value]
