"""The answers of the last runs: what was reported, by all that decides it.

Where nothing has changed there is nothing to do: no facts are read, nothing is linked and no rule runs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.diagnostics.plain import from_plain, location_from_plain, location_to_plain, to_plain
from fastapi_lint.engine.files import Contents
from fastapi_lint.engine.outcome import Fault
from fastapi_lint.engine.store import Store, digest
from fastapi_lint.text.location import Location

MAX_ANSWERS = 20
"""How many are kept: of the whole project, and of the files that were asked for last."""
MAX_LENGTH = 4_000_000
"""Characters of one answer; a longer one is not kept."""


@dataclass(slots=True)
class Answer:
    """What came of a project.

    Attributes:
        diagnostics: what is reported.
        silenced: what comments silence.
        hidden_places: what no report may show.
        ran: the codes of the rules that ran.
        lines: how many lines the files have.
        faults: why files are not part of the model, by path.
    """

    diagnostics: list[Diagnostic]
    silenced: list[Diagnostic]
    hidden_places: list[Location]
    ran: frozenset[str]
    lines: int
    faults: dict[str, Fault]


class Answers:
    """The answers about a project, in the order in which they were given.

    Args:
        file: where they stand; None: nothing is remembered.
        version: of everything that decides what an answer looks like.
        faults_version: gives the version of everything that decides whether a file has facts at all; asked only when
            there is a fault.
    """

    def __init__(self, file: Path | None, version: str, faults_version: Callable[[], str]) -> None:
        self._store, self._faults_version = Store(file, "fastapi-lint answers", version), faults_version
        self._known = self._store.read()

    @property
    def warning(self) -> str | None:
        """What the user should know of the file."""
        return self._store.warning

    def get(self, question: str) -> Answer | None:
        """The answer to a question, or None."""
        known = self._known.get(question)
        if known is None:
            return None
        try:
            diagnostics, silenced, hidden_places, ran, lines, faults, version = json.loads(known)
            if faults and version != self._faults_version():
                return None
            return Answer(
                [from_plain(plain) for plain in diagnostics],
                [from_plain(plain) for plain in silenced],
                [location_from_plain(plain) for plain in hidden_places],
                frozenset(ran),
                int(lines),
                {path: Fault(*fault) for path, fault in faults.items()},
            )
        except (ValueError, TypeError, AttributeError, RecursionError):
            return None

    def put(self, question: str, answer: Answer) -> None:
        """Remembers an answer, and writes down what is remembered."""
        parts = [
            [to_plain(diagnostic) for diagnostic in answer.diagnostics],
            [to_plain(diagnostic) for diagnostic in answer.silenced],
            [location_to_plain(location) for location in answer.hidden_places],
            sorted(answer.ran),
            answer.lines,
            answer.faults,
            self._faults_version() if answer.faults else None,
        ]
        text = json.dumps(parts, separators=(",", ":"))
        if len(text) <= MAX_LENGTH:
            self._known.pop(question, None)
            self._known[question] = text
            self._store.write(list(self._known.items())[-MAX_ANSWERS:])


def question_of(contents: Contents, *circumstances: object) -> str | None:
    """What is asked: a digest of what the files hold and of all else that decides what is reported.

    Args:
        contents: of the files; None is the answer where one of them can't be read.
        circumstances: plain data, dataclasses and collections of such.
    """
    files = []
    for path, content in contents.items():
        if isinstance(content, Fault):
            return None
        files.append([path, content.key])
    return digest(json.dumps([files, *map(_plain, circumstances)]).encode())


def _plain(value: object) -> Any:
    """A value as JSON knows it, the same for equal values."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, each.name)) for each in fields(value)]
    if isinstance(value, Mapping):
        return sorted([_plain(key), _plain(item)] for key, item in value.items())
    if isinstance(value, (set, frozenset)):
        return sorted(map(_plain, value))
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise TypeError(f"{value!r} is not plain")
