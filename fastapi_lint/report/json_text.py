"""JSON that every parser takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""In decoded text, pairs of surrogates are one character: what is left stands alone."""


def to_json(value: object) -> str:
    """A value as JSON on one line, in ASCII.

    A lone surrogate (of a file name that is not Unicode, or of a string literal) has no place in the text of a JSON
    document, and strict parsers refuse its escape (RFC 8259, section 8.2): it becomes the six characters of its escape.
    """
    text = json.dumps(value)
    if "\\ud" not in text:
        return text
    exact = json.dumps(value, ensure_ascii=False)
    return json.dumps(json.loads(_LONE_SURROGATE.sub(lambda found: rf"\\u{ord(found[0]):04x}", exact)))


def in_array(items: Iterable[str]) -> Iterator[str]:
    """Texts of JSON values as the lines of an array: each on its own, with a comma behind all but the last."""
    previous = None
    for item in items:
        if previous is not None:
            yield previous + ","
        previous = item
    if previous is not None:
        yield previous
