"""Source files: from bytes to text and back, as Python itself reads them."""

from __future__ import annotations

import hashlib
import re
import stat
from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 4 * 1024 * 1024
"""Larger files are not read: no hand writes them, and the parser's time and memory grow with them."""

_NEWLINE = re.compile(r"\r\n|\r|\n")
_NEWLINE_BYTES = re.compile(rb"\r\n|\r|\n")
_COOKIE = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK_OR_COMMENT = re.compile(rb"[ \t\f]*(?:#.*)?")
_LATIN_1_NAMES = ("latin-1", "iso-8859-1", "iso-latin-1")


class UnreadableSource(Exception):
    """A file whose text cannot be had. ``line`` and ``column`` (both from 1) say where, as far as there is a where."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file.

    ``path`` is relative to the project root, with forward slashes. ``text`` keeps its newlines as they stand in the
    file, without byte order mark. ``newline`` is the first one found, ``\\n`` where there is none. ``digest`` is the
    SHA-256 of the bytes, in hexadecimal.
    """

    path: str
    text: str
    encoding: str
    newline: str
    had_bom: bool
    digest: str

    @classmethod
    def read(cls, file: Path, path: str) -> Source:
        """Read a file.

        Args: where the file is; its relative path, by which findings name it.
        Raises: UnreadableSource when there is no such file, it may not be read, is too large or holds no text.
        """
        try:
            status = file.stat()
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableSource("not a regular file")
            if status.st_size > MAX_BYTES:
                raise UnreadableSource(_too_large(status.st_size))
            data = file.read_bytes()
        except OSError as error:
            raise UnreadableSource(f"cannot be read: {error.strerror or error}") from error
        return cls.from_bytes(data, path)

    @classmethod
    def from_bytes(cls, data: bytes, path: str) -> Source:
        """The source that ``data`` holds: a file's contents, standard input or an editor's unsaved text.

        Raises: UnreadableSource for null bytes, an unknown or wrong encoding, or too much data.
        """
        if len(data) > MAX_BYTES:
            raise UnreadableSource(_too_large(len(data)))
        had_bom = data.startswith(BOM_UTF8)
        body = data[len(BOM_UTF8) :] if had_bom else data
        encoding = _encoding(body, had_bom)
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError as error:
            line, column = _place_behind(body[: error.start].decode(encoding, "replace"))
            raise UnreadableSource(f"not valid {encoding}: {error.reason}", line, column) from error
        except (LookupError, UnicodeError, ValueError) as error:
            raise UnreadableSource(f"cannot be decoded as {encoding}: {error}") from error
        null = text.find("\0")
        if null >= 0:
            line, column = _place_behind(text[:null])
            raise UnreadableSource("contains a null byte", line, column)
        newline = _NEWLINE.search(text)
        digest = hashlib.sha256(data).hexdigest()
        return cls(path, text, encoding, newline[0] if newline else "\n", had_bom, digest)

    def encode(self, text: str) -> bytes:
        """``text`` as bytes in the encoding of this source, with its byte order mark.

        Raises: UnicodeEncodeError when the encoding lacks a character.
        """
        return (BOM_UTF8 if self.had_bom else b"") + text.encode(self.encoding)


def _too_large(size: int) -> str:
    return f"too large: {size:,} bytes, the limit is {MAX_BYTES:,}"


def _encoding(body: bytes, had_bom: bool) -> str:
    """The encoding a file declares in its first two lines (PEP 263), or utf-8."""
    first, *others = _NEWLINE_BYTES.split(body[:4096], maxsplit=2)
    cookie, line = _COOKIE.match(first), 1
    if cookie is None and others and _BLANK_OR_COMMENT.fullmatch(first):
        cookie, line = _COOKIE.match(others[0]), 2
    if cookie is None:
        return "utf-8"
    name = cookie[1].decode("ascii", "replace")
    normal = name.lower().replace("_", "-")
    if normal == "utf-8" or normal.startswith("utf-8-"):
        return "utf-8"
    if had_bom:
        raise UnreadableSource(f"declares encoding {name} but begins with a UTF-8 byte order mark", line)
    if normal in _LATIN_1_NAMES or normal.startswith(tuple(known + "-" for known in _LATIN_1_NAMES)):
        return "iso-8859-1"
    try:
        "".encode(name)
    except (LookupError, UnicodeError, ValueError) as error:
        raise UnreadableSource(f"declares unknown encoding {name}", line) from error
    return name


def _place_behind(text: str) -> tuple[int, int]:
    """Line and column of what follows ``text``."""
    lines = _NEWLINE.split(text)
    return len(lines), len(lines[-1]) + 1
