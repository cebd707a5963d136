"""Facts as text, for the cache and between processes.

The text is a header of one line and JSON: a cache inside a repository must not be able to run code. The header names
the version of the format and of the shape of the facts, and a checksum of the rest. The JSON is a list: the module,
each of its facts a list that ends with its kind; the bodies of all functions as JSON texts of their own; and the words
that are in each body, so that it can be searched without being decoded. A function holds the index of its body, which
is decoded when somebody asks for it. As texts inside such texts bodies would double every escape at each level.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from fastapi_lint.facts import expressions, module, statements
from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.facts.search import within
from fastapi_lint.facts.statements import Block, Function, Import, ImportFrom, Statement
from fastapi_lint.syntax.deep_stack import call_with_deep_stack

_VERSION = 5
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
_WORD = re.compile(r'"(@?[\w.-]+)"')
_ATTRIBUTE = re.compile(r'"(\w+)",\d+,\d+,"@attribute"')


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
    words: list[frozenset[str]] = []
    aliases = dict(_aliases_in(facts.body))

    def index_of_body(block: object) -> int:
        if not isinstance(block, Block):
            raise TypeError(f"{type(block).__name__} is no fact")
        inner = len(bodies)
        bodies.append(encoder.encode(block.statements))
        words.append(_words_of(bodies[-1], aliases).union(*words[inner:]))
        return len(bodies) - 1

    encoder = json.JSONEncoder(check_circular=False, separators=(",", ":"), default=index_of_body)
    module = encoder.encode(facts)
    texts = [f" {' '.join(sorted(each))} " for each in words]
    return f"[{module},{encoder.encode(bodies)},{encoder.encode(texts)}]"


def _words_of(body: str, aliases: Mapping[str, str]) -> frozenset[str]:
    """All words of an encoded body, attributes with a dot as well, and what stands behind aliases."""
    words = set(_WORD.findall(body))
    words |= {meant for alias, meant in aliases.items() if alias in words}
    return words.union(f".{name}" for name in _ATTRIBUTE.findall(body))


def _aliases_in(statements: Iterable[Statement]) -> Iterator[tuple[str, str]]:
    """The names under which a module imports something, where they are not its own, with the last word of that."""
    for node in within(statements):
        if isinstance(node, Import) and node.alias is not None:
            yield node.alias, node.module.rpartition(".")[2]
        elif isinstance(node, ImportFrom):
            yield from ((alias, name) for name, alias in node.names if alias is not None)


def _decode(content: str, decoder: _Decoder | None) -> Any:
    """A module with its bodies, or, given the decoder of the module, one of them."""

    def decoded() -> Any:
        loaded = json.loads(content)
        if decoder is not None:
            return decoder.value(loaded)
        facts, bodies, words = loaded
        return _Decoder(bodies, words).value(facts)

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
    words: list[str]

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
        content, words = self.bodies[index], self.words[index]
        if type(content) is not str or type(words) is not str:
            raise TypeError("a body is no text")
        return Block(None, lambda: _decode_body(content, self), words)


def _decode_body(content: str, decoder: _Decoder) -> tuple[Statement, ...]:
    decoded = _decode(content, decoder)
    if type(decoded) is not tuple:
        raise CodecError("facts are damaged")
    return decoded
