"""Whether a path answers all that another does: held against Starlette's regular expressions."""

from __future__ import annotations

import random

import pytest
from starlette.routing import compile_path

from fastapi_lint.model.routing.matching import covers, meet, unnamed

COVERING = [
    ("/a/{x}", "/a/b"),
    ("/a/{x}", "/a/{y:int}"),
    ("/a/{x}", "/a/{y}.json"),
    ("/{x:path}", "/a/{y}/b"),
    ("/{x:path}", "/"),
    ("/{x:float}", "/{y:int}"),
    ("/{x:float}", "/1.5"),
    ("/{x:int}", "/12"),
    ("/{x}", "/{y:uuid}"),
    ("/{x:uuid}", "/0f8fad5bd9cb469fa16570867728950e"),
    ("/{x}.{y}", "/{z}.json"),
    ("/{x}-{y}", "/a-b-c"),
]
NOT_COVERING = [
    ("/a/{x}", "/a/b/c"),
    ("/a/{x}", "/a/"),
    ("/a/{x:int}", "/a/{y}"),
    ("/a/{x}", "/a/{y:path}"),
    ("/{x:int}", "/{y:float}"),
    ("/{x:uuid}", "/{y}"),
    ("/a{x}", "/{y}"),
    ("/{x}/", "/{y}"),
    ("/{x:odd}", "/a"),
    ("/{x}", "/{y:odd}"),
]


@pytest.mark.parametrize(("pattern", "path"), COVERING)
def test_covering(pattern: str, path: str) -> None:
    assert covers(pattern, path)


@pytest.mark.parametrize(("pattern", "path"), NOT_COVERING)
def test_not_covering(pattern: str, path: str) -> None:
    assert not covers(pattern, path)


def test_random_paths_agree_with_starlette() -> None:
    """What covers matches every text that the other matches; what does not, misses one of some thousand texts."""
    generator = random.Random(7)
    pieces = ["a", "7", "-", "{}", "{:int}", "{:path}", "{:float}"]
    texts = ["".join(generator.choices("a73-./", k=generator.randrange(1, 6))) for _ in range(4000)]
    covering = 0
    for _ in range(400):
        pattern, path = (_path(generator.choices(pieces, k=generator.randrange(1, 4))) for _ in range(2))
        outer, inner = compile_path(pattern)[0], compile_path(path)[0]
        missed = [text for text in texts if inner.match(f"/{text}") and not outer.match(f"/{text}")]
        answered = [text for text in texts if inner.match(f"/{text}")]
        covering += covers(pattern, path)
        if covers(pattern, path):
            assert not missed, (pattern, path)
        elif len(answered) > 50:
            assert missed, (pattern, path)
    assert covering > 20


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a/{x}", "/{y}/b"),
        ("/a/{x}", "/{rest:path}"),
        ("/a/{x:int}", "/{rest:path}/7"),
        ("/{x}.json", "/a.{y}"),
        ("/a/{x:own}", "/a/b/c"),
    ],
)
def test_meeting(one: str, other: str) -> None:
    assert meet(one, other) and meet(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("/a/{x}", "/b/{y}"), ("/a/{x:int}", "/a/b"), ("/a/{x}", "/a/b/c"), ("/{x:path}/a", "/{y:path}/b"), ("/a", "/a/")],
)
def test_not_meeting(one: str, other: str) -> None:
    assert not meet(one, other) and not meet(other, one)


def test_random_paths_meet_where_starlette_answers_both() -> None:
    generator = random.Random(11)
    pieces = ["a", "7", "-", "/", "{}", "{:int}", "{:path}", "{:float}"]
    texts = ["".join(generator.choices("a7-./", k=generator.randrange(1, 6))) for _ in range(4000)]
    apart = 0
    for _ in range(300):
        one, other = (_path(generator.choices(pieces, k=generator.randrange(1, 4))) for _ in range(2))
        first, second = compile_path(one)[0], compile_path(other)[0]
        both = [text for text in texts if first.match(f"/{text}") and second.match(f"/{text}")]
        assert not both or meet(one, other), (one, other, both[:3])
        apart += not meet(one, other)
        if sum(bool(first.match(f"/{text}") or second.match(f"/{text}")) for text in texts) > 200:
            assert both or not meet(one, other), (one, other)
    assert apart > 20


def _path(pieces: list[str]) -> str:
    return "/" + "".join(piece.replace("{", f"{{p{number}") for number, piece in enumerate(pieces))


def test_names_make_no_difference() -> None:
    assert unnamed("/a/{x}/{y:int}") == unnamed("/a/{z:str}/{w:int}") == "/a/{}/{:int}"
    assert unnamed("/a/{x}") != unnamed("/a/{x:int}")
