"""Which requests a path answers, and whether another answers them all.

A path is a regular expression to Starlette: text, and for each parameter what its convertor matches
(https://www.starlette.io/routing/#path-parameters). Whether one path answers all that another does is the question
whether one language lies within the other, which is decided exactly, by walking both side by side.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

_PARAMETER = re.compile(r"\{([A-Za-z_]\w*)(:[A-Za-z_]\w*)?\}")
_DIGITS = frozenset("0123456789")
_HEX = _DIGITS | frozenset("abcdefABCDEF")
_OTHER = "\N{SNOWMAN}"
"""Stands for all characters that neither a path nor a convertor names."""


class _Step(NamedTuple):
    """One character of ``characters`` (not of them, with ``excluded``), any number of them with ``repeated``."""

    characters: frozenset[str]
    excluded: bool = False
    repeated: bool = False
    optional: bool = False

    def takes(self, character: str) -> bool:
        return (character in self.characters) is not self.excluded


_Steps = tuple[_Step, ...]


def _some(step: _Step) -> _Steps:
    """One or more of it."""
    return step, step._replace(repeated=True, optional=True)


_INT = _some(_Step(_DIGITS))
_DASH = _Step(frozenset("-"), optional=True)
_CONVERTORS: dict[str, tuple[_Steps, ...]] = {
    "": (_some(_Step(frozenset("/"), excluded=True)),),
    ":str": (_some(_Step(frozenset("/"), excluded=True)),),
    ":path": ((_Step(frozenset(), excluded=True, repeated=True, optional=True),),),
    ":int": (_INT,),
    ":float": (_INT, (*_INT, _Step(frozenset(".")), *_INT)),
    ":uuid": (tuple(step for count in (8, 4, 4, 4, 12) for step in (*(_Step(_HEX),) * count, _DASH))[:-1],),
}
"""What each convertor matches: one of these sequences (the regular expressions in Starlette's ``convertors.py``)."""
_WITNESSES = {
    ":path": f"{_OTHER}/{_OTHER}",
    ":int": "7",
    ":float": "7.5",
    ":uuid": "0f8fad5b-d9cb-469f-a165-70867728950e",
}
"""A text that each convertor matches, besides ``_OTHER``."""


def covers(pattern: str, path: str) -> bool:
    """Whether a path answers every request that another one answers.

    Args:
        pattern: the path that may answer them all.
        path: the other one. Where either has a convertor that is none of Starlette's own, the answer is False.
    """
    return _expression(pattern).fullmatch(_witness(path)) is not None and _contains(pattern, path)


def meet(one: str, other: str) -> bool:
    """Whether some request is answered by both of two paths, or may be: where either has a convertor that is none of
    Starlette's own, nobody knows."""
    begin = one.partition("{")[0], other.partition("{")[0]
    end = one.rpartition("}")[2], other.rpartition("}")[2]
    if not begin[0].startswith(begin[1]) and not begin[1].startswith(begin[0]):
        return False
    if not end[0].endswith(end[1]) and not end[1].endswith(end[0]):
        return False
    if ":" not in one + other:  # without convertors parameters stay within their segments
        segments = one.split("/"), other.split("/")
        if len(segments[0]) != len(segments[1]):
            return False
        if any(left != right and "{" not in left + right for left, right in zip(*segments)):
            return False
    return _meet(one, other)


@lru_cache(maxsize=4096)
def _meet(one: str, other: str) -> bool:
    first, second = _variants(one), _variants(other)
    if not first or not second:
        return True
    named = {character for steps in (*first, *second) for step in steps for character in step.characters}
    alphabet = [*named, _OTHER, "/"]
    waiting = list(product(_beginnings(first), _beginnings(second)))
    seen = set(waiting)
    while waiting:
        left, right = waiting.pop()
        if _is_end(first, left) and _is_end(second, right):
            return True
        for character in alphabet:
            following = product(
                _reached(first, _moved(first, (left,), character)),
                _reached(second, _moved(second, (right,), character)),
            )
            new = [pair for pair in following if pair not in seen]
            seen.update(new)
            waiting += new
    return False


@lru_cache(maxsize=4096)
def unnamed(path: str) -> str:
    """A path without the names of its parameters: the same for all paths that answer the same requests."""
    return _PARAMETER.sub(lambda found: "{" + (found[2] or "").replace(":str", "") + "}", path)


@cache
def _expression(path: str) -> re.Pattern[str]:
    """What a path may match at most, for a quick look."""
    parts = _PARAMETER.split(path)
    texts, convertors = parts[::3], parts[2::3]
    matched = [".*" if convertor not in (None, ":str") else "[^/]+" for convertor in convertors]
    return re.compile("".join(re.escape(text) + part for text, part in zip(texts, [*matched, ""])), re.DOTALL)


@cache
def _witness(path: str) -> str:
    """A request that a path answers."""
    return _PARAMETER.sub(lambda found: _WITNESSES.get(found[2] or "", _OTHER), path)


@cache
def _variants(path: str) -> tuple[_Steps, ...]:
    """The sequences of steps that a path stands for; none where it has a convertor that is not known."""
    parts = _PARAMETER.split(path)
    texts = [(tuple(_Step(frozenset(character)) for character in text),) for text in parts[::3]]
    matched = [_CONVERTORS.get(convertor or "", ()) for convertor in parts[2::3]]
    pieces = [piece for pair in zip(texts, [*matched, ((),)]) for piece in pair]
    return tuple(tuple(step for steps in choice for step in steps) for choice in product(*pieces))


_State = tuple[int, int]
"""The number of a variant, and that of the step that comes next in it."""


@lru_cache(maxsize=4096)
def _contains(pattern: str, path: str) -> bool:
    outer, inner = _variants(pattern), _variants(path)
    if not outer or not inner:
        return False
    named = {character for steps in (*outer, *inner) for step in steps for character in step.characters}
    alphabet = sorted(named | {_OTHER, "/"})
    everywhere = _beginnings(outer)
    waiting = [(state, everywhere) for state in _beginnings(inner)]
    seen = set(waiting)
    while waiting:
        state, answered = waiting.pop()
        if _is_end(inner, state) and not any(_is_end(outer, other) for other in answered):
            return False
        for character in alphabet:
            following = _reached(outer, _moved(outer, answered, character))
            for after in _reached(inner, _moved(inner, (state,), character)):
                if (after, following) not in seen:
                    seen.add((after, following))
                    waiting.append((after, following))
    return True


def _beginnings(variants: tuple[_Steps, ...]) -> frozenset[_State]:
    """The states before anything is read."""
    return _reached(variants, {(number, 0) for number in range(len(variants))})


def _moved(variants: tuple[_Steps, ...], states: frozenset[_State] | tuple[_State, ...], character: str) -> set[_State]:
    """Where a character leads from some states."""
    found: set[_State] = set()
    for number, place in states:
        steps = variants[number]
        if place < len(steps) and steps[place].takes(character):
            found.add((number, place if steps[place].repeated else place + 1))
    return found


def _reached(variants: tuple[_Steps, ...], states: set[_State]) -> frozenset[_State]:
    """The states, and those that leaving out optional steps leads to."""
    found: set[_State] = set()
    for number, place in states:
        found.add((number, place))
        steps = variants[number]
        while place < len(steps) and steps[place].optional:
            place += 1
            found.add((number, place))
    return frozenset(found)


def _is_end(variants: tuple[_Steps, ...], state: _State) -> bool:
    return state[1] == len(variants[state[0]])
