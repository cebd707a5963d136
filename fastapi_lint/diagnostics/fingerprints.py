"""Fingerprints: what a finding is recognised by when the file around it has changed."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from fastapi_lint.diagnostics.diagnostic import Diagnostic

_LENGTH = 32
"""Hexadecimal digits: 128 bits, so that no two findings meet by chance."""


class Context(NamedTuple):
    """What stays the same around a finding while lines come and go elsewhere: the dotted names of the functions and
    classes it stands in, and the text it stands on."""

    scope: str
    text: str


class Fingerprint(NamedTuple):
    """What a finding is recognised by.

    Attributes:
        path: of its file, relative to the project root.
        scope: the dotted names of the functions and classes it stands in, "" at the top level.
        value: a digest of the rule's code and the finding's context, unique within the file. It is the same wherever
            the file is, holds no line number and nothing of the message, and gives nothing of the source away.
    """

    path: str
    scope: str
    value: str

    @property
    def in_project(self) -> str:
        """A digest that no other finding of the project has."""
        return _digest(self.path, self.value)


def fingerprints(
    diagnostics: Iterable[Diagnostic], context_of: Callable[[Diagnostic], Context]
) -> dict[Diagnostic, Fingerprint]:
    """The fingerprint of each finding.

    Findings of one rule in the same context are told apart by a counter, in the order of reports. So when one of them
    is mended, as many as before less one are recognised, whichever it was.

    Args:
        diagnostics: all findings of the files they are in: the counters depend on it.
        context_of: gives the context of a finding.
    """
    counts: Counter[tuple[str, str, Context]] = Counter()
    found: dict[Diagnostic, Fingerprint] = {}
    for diagnostic in sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key):
        path, context = diagnostic.location.path, context_of(diagnostic)
        key = (path, diagnostic.code, context)
        counts[key] += 1
        found[diagnostic] = Fingerprint(path, context.scope, _digest(diagnostic.code, *context, str(counts[key])))
    return found


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_LENGTH]
