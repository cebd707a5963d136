"""Values of literals as they stand in a text."""

from __future__ import annotations

import re
import unicodedata

MAX_INTEGER_LENGTH = 500
"""Beyond some thousand digits Python refuses to turn text into an integer, or an integer into text."""

_ESCAPE = re.compile(
    r"\\(?:(\n)|([\\'\"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2})|(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}]*)\}))"
)
_BYTES_ESCAPE = re.compile(r"\\(?:(\n)|([\\'\"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2}))")
_SIMPLE = {
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}


def split_prefix(literal: str) -> tuple[str, str]:
    """The prefix of a string literal in lower case, and what stands between its quotes."""
    quote_at = 0
    while literal[quote_at] not in "'\"":
        quote_at += 1
    width = 3 if literal.startswith(literal[quote_at] * 3, quote_at) and len(literal) >= quote_at + 6 else 1
    return literal[:quote_at].lower(), literal[quote_at + width : len(literal) - width]


def string_value(content: str, raw: bool) -> str:
    """The characters that the content of a string literal stands for. An escape that Python rejects stays as it is."""
    if "\r" in content:
        content = content.replace("\r\n", "\n").replace("\r", "\n")
    if raw or "\\" not in content:
        return content
    return _ESCAPE.sub(_unescaped, content)


def bytes_value(content: str, raw: bool) -> str:
    """The bytes that the content of a bytes literal stands for, as latin-1 text."""
    if "\r" in content:
        content = content.replace("\r\n", "\n").replace("\r", "\n")
    if raw or "\\" not in content:
        return content
    return _BYTES_ESCAPE.sub(_unescaped_byte, content)


def number_value(literal: str) -> int | float | None:
    """The value of an integer or float literal; None for an integer of absurd length."""
    digits = literal.replace("_", "")
    if digits[:2].lower() in ("0x", "0o", "0b"):
        return int(digits, 0) if len(digits) <= MAX_INTEGER_LENGTH else None
    if digits.isdigit():
        return int(digits) if len(digits) <= MAX_INTEGER_LENGTH else None
    return float(digits)


def _unescaped(escape: re.Match[str]) -> str:
    simple = escape[2]
    if simple is not None:
        return _SIMPLE[simple]
    if escape[1] is not None:
        return ""
    if escape[3] is not None:
        return chr(int(escape[3], 8))
    name = escape[7]
    if name is None:
        code = int(escape[4] or escape[5] or escape[6], 16)
        return chr(code) if code <= 0x10FFFF else escape[0]
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return escape[0]


def _unescaped_byte(escape: re.Match[str]) -> str:
    if escape[2] is not None:
        return _SIMPLE[escape[2]]
    if escape[1] is not None:
        return ""
    return chr((int(escape[3], 8) if escape[3] is not None else int(escape[4], 16)) & 0xFF)
