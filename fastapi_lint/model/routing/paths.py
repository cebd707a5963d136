"""What a path says: its segments, which of them are parameters, whether it is a collection, an item or an action."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from fastapi_lint.model.knowledge.paths import ACTIONS, NOUNS_TOO

_PARAMETER = re.compile(r"\{([A-Za-z_]\w*)(?::([A-Za-z_]\w*))?\}")
_WILDCARDS = re.compile(r"(/\*\*/|\*\*|\*)")
_MEANINGS = {"/**/": "/(?:.*/)?", "**": ".*", "*": "[^/]*"}
_CONVERTOR = re.compile(r":[A-Za-z_]\w*(?=\})")
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@dataclass(frozen=True)
class Segment:
    """What stands between two slashes. ``parameters`` are pairs of name and convertor ("str" when none is written)."""

    text: str

    @cached_property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The parameters in it, in order."""
        return tuple((name, convertor or "str") for name, convertor in _PARAMETER.findall(self.text))

    @property
    def is_parameter(self) -> bool:
        """Whether it is nothing but one parameter."""
        return _PARAMETER.fullmatch(self.text) is not None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its lower-case words: "user-groups", "user_groups" and "userGroups" have the same."""
        return () if self.parameters else split_words(self.text)

    @property
    def is_action(self) -> bool:
        """Whether it begins with an action ("activate", "change-password"), or is one as a whole."""
        if len(self.words) == 1 or self.text in ACTIONS:
            return self.text.lower() in ACTIONS
        return bool(self.words) and self.words[0] in ACTIONS - NOUNS_TOO


class PathShape:
    """A path taken apart. A trailing slash makes no difference."""

    def __init__(self, path: str) -> None:
        self.segments = tuple(Segment(text) for text in path.split("/") if text)

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """All parameters with their convertors, in order."""
        return tuple(parameter for segment in self.segments for parameter in segment.parameters)

    @property
    def last(self) -> Segment | None:
        """The last segment, None for the root."""
        return self.segments[-1] if self.segments else None

    @property
    def is_item(self) -> bool:
        """Whether it names one thing of a collection: its last segment is a parameter."""
        return self.last is not None and self.last.is_parameter

    @property
    def is_action(self) -> bool:
        """Whether its last name is something to do: ``/login``, ``/items/{id}/activate``, ``/run/{flow}``."""
        named = next((segment for segment in reversed(self.segments) if not segment.parameters), None)
        return named is not None and named.is_action

    @property
    def is_collection(self) -> bool:
        """Whether it may name a collection: it ends in a name that is no action."""
        return self.last is not None and not self.last.parameters and not self.is_action

    @property
    def resource_words(self) -> tuple[str, ...]:
        """The words of the last segment that names something."""
        return next((segment.words for segment in reversed(self.segments) if segment.words), ())


@lru_cache(maxsize=4096)
def shape(path: str) -> PathShape:
    """The path taken apart."""
    return PathShape(path)


def fits(path: str, pattern: str) -> bool:
    """Whether a path fits a pattern: ``*`` stands for a part of a segment, ``**`` for any number of segments."""
    return _compiled(pattern).fullmatch(path) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(_MEANINGS.get(part, re.escape(part)) for part in _WILDCARDS.split(pattern)))


def plain_path(path: str) -> str:
    """A path without convertors and without a slash at its end, for comparing only."""
    return _CONVERTOR.sub("", path).rstrip("/")


def split_words(name: str) -> tuple[str, ...]:
    """The lower-case words of an identifier or a segment, in whatever case it is written."""
    return tuple(word.lower() for word in _WORDS.findall(name))


def stem(word: str) -> str:
    """A word without its plural ending, for comparing only: "categories" and "category" give the same."""
    for ending, replacement in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + replacement
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word
