"""Facts as text, for the cache and between processes.

The text is a header of one line and JSON: a cache inside a repository must not be able to run code. The header names
the version of the format and of the shape of the facts, and a checksum of the rest. The JSON is a pair: the module,
each of its facts a list that ends with its kind; and the bodies of all functions as JSON texts of their own. A function
holds the index of its body, which is decoded when somebody asks for it; the bodies of the functions in it come right
before it. As texts inside such texts they would double every escape at each level.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from fastapi_lint.facts import expressions, module, statements
from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.facts.search import within
from fastapi_lint.facts.statements import Block, Function, Import, ImportFrom, Statement
from fastapi_lint.syntax.deep_stack import call_with_deep_stack

_VERSION = 3
"""To be raised when the meaning of the facts changes. Their shape is in the header by itself."""

_CLASSES: dict[str, type[Any]] = {
    fact._field_defaults["kind"]: fact
    for namespace in (expressions, statements, module)
    for fact in vars(namespace).values()
    if isinstance(fact, type)
    and issubclass(fact, tuple)
    and hasattr(fact, "_field_defaults")
    and "kind" in fact._field_defaults
}
_SHAPE = zlib.crc32(repr(sorted((kind, fact._fields) for kind, fact in _CLASSES.items())).encode())
FORMAT = f"fastapi-lint-facts {_VERSION}.{_SHAPE:08x}"
"""The name of the format; facts of another one are not read."""
_BODY = Function._fields.index("body")
_INNER_FUNCTION = re.compile(r'\d,"@function"')
"""The end of an encoded function; in a text that a program holds, the kind would stand alone or be escaped."""


class CodecError(ValueError):
    """Facts that cannot be encoded, or a text that does not hold facts of this version."""


def encode(facts: ModuleFacts) -> str:
    """The facts of a module as text, in ASCII characters.

    Raises: CodecError when the facts are nested too deeply.
    """
    try:
        content = _encode(facts)
    except RecursionError:
        try:
            content = call_with_deep_stack(lambda: _encode(facts))
        except RecursionError as error:
            raise CodecError("facts are nested too deeply") from error
    return f"{FORMAT} {zlib.crc32(content.encode()):08x}\n{content}"


def decode(text: str) -> ModuleFacts:
    """The facts that :func:`encode` wrote. Bodies of functions stay encoded until they are asked for.

    Raises: CodecError when the text was cut, changed or written by another version. A body with a right checksum but
    wrong content raises it when the body is asked for.
    """
    header, _, content = text.partition("\n")
    form, _, checksum = header.rpartition(" ")
    if form != FORMAT:
        raise CodecError("not facts of this version")
    if checksum != f"{zlib.crc32(content.encode('utf-8', 'replace')):08x}":
        raise CodecError("facts are damaged")
    facts = _decode(content, None)
    if type(facts) is not ModuleFacts:
        raise CodecError("facts are damaged")
    return facts


def _encode(facts: ModuleFacts) -> str:
    bodies: list[str] = []

    def index_of_body(block: object) -> int:
        if not isinstance(block, Block):
            raise TypeError(f"{type(block).__name__} is no fact")
        bodies.append(encoder.encode(block.statements))
        return len(bodies) - 1

    encoder = json.JSONEncoder(check_circular=False, separators=(",", ":"), default=index_of_body)
    return f"[{encoder.encode(facts)},{encoder.encode(bodies)}]"


def _decode(content: str, decoder: _Decoder | None) -> Any:
    """A module with its bodies, or, given the decoder of the module, one of them."""

    def decoded() -> Any:
        loaded = json.loads(content)
        if decoder is not None:
            return decoder.value(loaded)
        facts, texts = loaded
        aliases: dict[str, str] = {}
        module = _Decoder(texts, aliases).value(facts)
        if type(module) is ModuleFacts:
            aliases.update(_aliases_in(module.body))
        return module

    try:
        try:
            return decoded()
        except RecursionError:
            return call_with_deep_stack(decoded)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise CodecError("facts are damaged") from error


class _Decoder(NamedTuple):
    """Turns lists into facts."""

    bodies: list[str]
    aliases: dict[str, str]

    def value(self, items: list[Any]) -> Any:
        """The fact or tuple that a list stands for."""
        value = self.value
        values = [value(item) if type(item) is list else item for item in items]
        kind = items[-1] if items else None
        fact = _CLASSES.get(kind) if type(kind) is str else None
        if fact is None:
            return tuple(values)
        if fact is Function:
            values[_BODY] = self._block(values[_BODY])
        return fact._make(values)

    def _block(self, index: int) -> Block:
        content = self.bodies[index]
        if type(content) is not str:
            raise TypeError("a body is no text")
        texts = tuple(self.bodies[self._first_inner(index) : index + 1])
        return Block(None, lambda: _decode_body(content, self), texts, self.aliases)

    def _first_inner(self, index: int) -> int:
        """The index of the first body that belongs to a body: its own, or that of a function in it."""
        content = self.bodies[index]
        if '"@function"' in content:
            for _ in _INNER_FUNCTION.finditer(content):
                index = self._first_inner(index - 1)
        return index


def _aliases_in(statements: Iterable[Statement]) -> Iterator[tuple[str, str]]:
    """The names under which a module imports something, where they are not its own, with the last word of that."""
    for node in within(statements):
        if isinstance(node, Import) and node.alias is not None:
            yield node.alias, node.module.rpartition(".")[2]
        elif isinstance(node, ImportFrom):
            yield from ((alias, name) for name, alias in node.names if alias is not None)


def _decode_body(content: str, decoder: _Decoder) -> tuple[Statement, ...]:
    decoded = _decode(content, decoder)
    if type(decoded) is not tuple:
        raise CodecError("facts are damaged")
    return decoded
