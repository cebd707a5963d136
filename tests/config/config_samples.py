"""Sound configurations, and how they are damaged: one place of the table at a time, or the text at random."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

SOUND: dict[str, Any] = {
    "profile": "strict",
    "select": ["ALL", "fal3"],
    "extend-select": ["FAL0", "syntax-error"],
    "ignore": ["engine"],
    "extend-ignore": ["FAL10"],
    "exclude": ["generated/", "*_pb2.py", "!keep/"],
    "extend-exclude": [],
    "respect-gitignore": False,
    "force-exclude": True,
    "src": ["src", "."],
    "app": "shop.main:app",
    "auth-dependencies": ["verify", "shop.auth.user"],
    "public-paths": ["/webhooks/**", "*"],
    "fastapi-version": "0.115.2",
    "pydantic-version": "2",
    "baseline": "ci/known.json",
    "require-reason": True,
    "fixable": ["ALL"],
    "unfixable": ["FAL101"],
    "fail-on": "warning",
    "required-version": ">=0.0.1",
    "severity": {"FAL1": "info", "created-without-201": "error"},
    "rules": {"unauthenticated-route": {"reads": True}, "FAL351": {"ignore-names": ["a"]}, "FAL001": {}},
    "per-file-ignores": {"tests/": ["FAL0"], "!src/": ["ALL"]},
    "extend-per-file-ignores": {"*.py": []},
    "require": [{"dependency": "a.b", "paths": ["/x/*"], "methods": ["GET"]}, {"dependency": "c"}],
}
"""Every option but ``extend``, with values that its kind allows."""

STRANGE: list[Any] = [
    None, True, False, 0, -1, 10**400, 1.5, float("inf"), float("nan"), "", " ", "x", "strict", "ALL", "FAL", "FAL301",
    "FAL999", "fal301", "!", "/", "[", "[[:x:]]", "\\", "#", "..", "../up", "/root", "~", "a:b", "a.b:c.d", "1.2.3",
    "1.", "999999999999999", ">=0.1", ">=99", "é", "\U0001f98a", "a\nb", "a\x00b", "x" * 5000, [], [[]], [1], ["x"],
    ["FAL301"], [""], [None], [{}], ["x"] * 3000, {}, {"": ""}, {"x": 1}, {"FAL301": "error"}, {"FAL301": {}},
    {"a": {"a": {"a": {}}}}, [{"dependency": "x"}], [{"dependency": "x", "paths": []}], [{"dependency": 1}], ["GET"],
    "error", "never", "error ",
]  # fmt: skip
"""Values of every type, fit and unfit."""


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all values inside a value."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, (*path, index))


def damaged(source: random.Random) -> dict[str, Any]:
    """A configuration with something strange in some place: another value, a misspelt, strange, or missing key."""
    table = copy.deepcopy(SOUND)
    path = source.choice(list(places(table)))
    around: Any = table
    for step in path[:-1]:
        around = around[step]
    key = path[-1]
    change = source.randrange(4) if isinstance(around, dict) else 0
    if change <= 1:
        around[key] = source.choice(STRANGE)
    elif change == 2:
        around[misspelt(key, source)] = around.pop(key)
    else:
        del around[key]
    return table


def misspelt(word: str, source: random.Random) -> str:
    """A word with a letter too few, too many or in the wrong place."""
    at = source.randrange(len(word))
    return source.choice((word[:at] + word[at + 1 :], word[:at] + "x" + word[at:], word[at:] + word[:at], word.upper()))


PIECES = ["=", "[", "]", '"', "'", "\n", "#", ".", ",", "{", "}", "true", "0.5", "1979-05-27", "nan", "\x00", "é", "-"]


def garbled(text: str, source: random.Random) -> str:
    """The text with a few random pieces removed, doubled, shuffled or put in."""
    for _ in range(source.randint(1, 4)):
        start = source.randrange(len(text))
        end = min(len(text), start + source.randint(1, 12))
        change = source.randrange(4)
        if change == 0:
            text = text[:start] + text[end:]
        elif change == 1:
            text = text[:start] + source.choice(PIECES) + text[start:]
        elif change == 2:
            text = text[:end] + text[start:end] + text[end:]
        else:
            text = text[:start] + "".join(source.sample(text[start:end], end - start)) + text[end:]
    return text
