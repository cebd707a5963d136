"""The codec: what goes in comes out, lazily; what is damaged is refused."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest
from facts_reference import all_facts, extract_text
from facts_samples import SAMPLES

from fastapi_lint.facts import codec
from fastapi_lint.facts.codec import CodecError, decode, encode
from fastapi_lint.facts.expressions import Constant
from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.facts.statements import Block, Evaluate, Function


@pytest.mark.parametrize("name", SAMPLES)
def test_round_trip(name: str) -> None:
    facts = extract_text(SAMPLES[name])
    text = encode(facts)
    assert text.isascii()
    decoded = decode(text)
    assert decoded == facts
    assert [type(fact) for fact in all_facts(decoded)] == [type(fact) for fact in all_facts(facts)]
    assert encode(decoded) == text


def test_values_keep_their_types() -> None:
    values = "1, 1.0, True, None, 'a', '\\ud800', 1e999, -0.0, 0xffffffffffffffffffff, '😀', 1e-300, '', b'\\xff'"
    facts = extract_text(f"x = [{values}]")
    decoded = decode(encode(facts))
    assert repr(decoded) == repr(facts)


def test_empty_module() -> None:
    facts = extract_text("")
    assert decode(encode(facts)) == facts == ModuleFacts((), None, (), (0,), (), names="  ")


def test_bodies_are_decoded_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    text = encode(extract_text("def f():\n  def g():\n    return 'inside'\n  return g\n\ndef h(): 1\n"))
    loaded: list[str] = []
    original = json.loads

    def loads(content: str) -> Any:
        loaded.append(content)
        return original(content)

    monkeypatch.setattr(codec.json, "loads", loads)
    outer, _ = decode(text).body
    assert len(loaded) == 1
    inner, _ = outer.body
    assert isinstance(inner, Function) and inner.qualname == "f.<locals>.g"
    assert len(loaded) == 2 and "inside" not in loaded[1]
    assert len(inner.body) == 1 and len(inner.body) == 1
    assert len(loaded) == 3 and "inside" in loaded[2]


def test_bodies_in_bodies_do_not_grow() -> None:
    def nested(depth: int) -> int:
        text = "".join(" " * level + f"def f{level}(a='x'):\n" for level in range(depth)) + " " * depth + "'\"'\n"
        return len(encode(extract_text(text)))

    assert nested(60) < 50_000


def test_another_version_is_refused() -> None:
    text = encode(extract_text("x = 1\n"))
    header, content = text.split("\n", 1)
    for other in (
        header.replace(f" {codec._VERSION}.", " 99."),
        header.replace(f"facts {codec._VERSION}", "facts 1a"),
        "",
        header.rsplit(" ", 1)[0],
    ):
        with pytest.raises(CodecError, match="version"):
            decode(other + "\n" + content)
    for nothing in ("", "\n", "{}", "null", "fastapi-lint-facts", "\ud800", content):
        with pytest.raises(CodecError):
            decode(nothing)


def test_every_damaged_character_is_noticed() -> None:
    text = encode(extract_text("def f(a): return 'b'\n"))
    for index in range(len(text)):
        with pytest.raises(CodecError):
            decode(text[:index] + chr(ord(text[index]) ^ 1) + text[index + 1 :])
        with pytest.raises(CodecError):
            decode(text[:index])
    with pytest.raises(CodecError):
        decode(text + " ")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "[1,2,3]",
        "[[],[],[]]",
        "[[1,2,3],[],[]]",
        '[["@module"],[],[]]',
        '[[[],null,[],[0],[],[],[],"",[],"@module"],[]]',
        '[["x",0,1,"@name"],[],[]]',
        '[[[["x",0,1,2,3,"@name"]],null,[],[0],[],[],[],"",[],"@module"],[],[]]',
        '[[[["f","f",[],null,[],0,false,false,null,0,0,0,"@function"]],null,[],[0],[],[],[],"",[],"@module"],[],[""]]',
        '[[[["f","f",[],null,[],0,false,false,null,0,0,0,"@function"]],null,[],[0],[],[],[],"",[],"@module"],["[]"],[]]',
        '[[[["f","f",[],null,[],"0",false,false,null,0,0,0,"@function"]],null,[],[0],[],[],[],"",[],"@module"],["[]"],[""]]',
        '[[[["f","f",[],null,[],0,false,false,null,0,0,0,"@function"]],null,[],[0],[],[],[],"",[],"@module"],[7],[""]]',
        '[[[["f","f",[],null,[],0,false,false,null,0,0,0,"@function"]],null,[],[0],[],[],[],"",[],"@module"],["[]"],[7]]',
        "[" * 100_000,
        "[[" + "[" * 5_000 + "]" * 5_000 + ",[],[]]",
    ],
)
def test_wrong_content_with_a_right_checksum(content: str) -> None:
    with pytest.raises(CodecError):
        decode(f"{codec.FORMAT} {zlib.crc32(content.encode()):08x}\n{content}")


@pytest.mark.parametrize("body", ["", "7", "[1", '["x",0,1,"@name"]', '[["x","@name"]]'])
def test_a_wrong_body_is_refused_when_asked_for(body: str) -> None:
    function = '["f","f",[],null,[],0,false,false,null,0,0,0,"@function"]'
    content = f'[[[{function}],null,[],[0],[],[],[],"",[],"@module"],[{json.dumps(body)}],[""]]'
    (found,) = decode(f"{codec.FORMAT} {zlib.crc32(content.encode()):08x}\n{content}").body
    with pytest.raises(CodecError):
        len(found.body)


def test_the_shape_of_facts_is_in_the_header() -> None:
    assert len(codec._CLASSES) == 52
    assert all(kind.startswith("@") for kind in codec._CLASSES)


def test_deep_facts() -> None:
    facts = extract_text("x = " + "[" * 99 + "f(1" + " + 1" * 150 + ")" + "]" * 99 + "\n")
    assert decode(encode(facts)) == facts
    statement: Any = Evaluate(Constant(1, 0, 1), 0, 1)
    for _ in range(200_000):
        statement = (statement,)
    with pytest.raises(CodecError):
        encode(ModuleFacts((statement,), None, (), (0,), ()))


def test_blocks() -> None:
    block = Block((Evaluate(Constant(1, 0, 1), 0, 1),))
    assert list(block) == list(block.statements) and len(block) == 1
    assert block == Block(None, lambda: block.statements) and hash(block) == hash(Block(block.statements))
    assert block != Block(()) and block != ()
    assert "Evaluate" in repr(block)
