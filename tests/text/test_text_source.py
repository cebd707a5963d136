"""Reading sources: encodings, byte order marks, newlines, and what cannot be read."""

from __future__ import annotations

import codecs
import hashlib
import os
from pathlib import Path

import pytest

from fastapi_lint.text import source as source_module
from fastapi_lint.text.source import Source, UnreadableSource


def unreadable(data: bytes) -> UnreadableSource:
    """The exception that reading ``data`` ends with."""
    with pytest.raises(UnreadableSource) as caught:
        Source.from_bytes(data, "a.py")
    return caught.value


def test_plain_text() -> None:
    source = Source.from_bytes("x = 'é😀'\n".encode(), "app/a.py")
    assert source.path == "app/a.py"
    assert source.text == "x = 'é😀'\n"
    assert (source.encoding, source.newline, source.had_bom) == ("utf-8", "\n", False)
    assert source.digest == hashlib.sha256("x = 'é😀'\n".encode()).hexdigest()


def test_empty() -> None:
    source = Source.from_bytes(b"", "a.py")
    assert (source.text, source.newline) == ("", "\n")


def test_byte_order_mark_is_no_text_but_is_written_back() -> None:
    data = codecs.BOM_UTF8 + b"x = 1\r\n"
    source = Source.from_bytes(data, "a.py")
    assert (source.text, source.newline, source.had_bom) == ("x = 1\r\n", "\r\n", True)
    assert source.encode(source.text) == data
    assert source.digest != Source.from_bytes(b"x = 1\r\n", "a.py").digest


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newline_is_the_first_and_all_are_kept(newline: str) -> None:
    text = f"x = 1{newline}y = 2\nz = 3\r\n"
    source = Source.from_bytes(text.encode(), "a.py")
    assert (source.text, source.newline) == (text, newline)


@pytest.mark.parametrize(
    ("cookie", "encoding"),
    [
        ("# -*- coding: latin-1 -*-\n", "iso-8859-1"),
        ("# -*- coding: ISO_8859_1 -*-\n", "iso-8859-1"),
        ("#!/usr/bin/env python\n# vim: set fileencoding=latin-1 :\n", "iso-8859-1"),
        ("\n# coding=cp1252\n", "cp1252"),
        ("# coding=cp1252\r\n", "cp1252"),
        ("\f# coding: koi8-r\r", "koi8-r"),
    ],
)
def test_cookies(cookie: str, encoding: str) -> None:
    data = (cookie + "x = 'é'\n").encode(encoding, "replace")
    source = Source.from_bytes(data, "a.py")
    assert source.encoding == encoding
    assert source.text == data.decode(encoding)
    assert source.encode(source.text) == data


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n# coding: latin-1\ny = 'é'\n",
        "\n\n# coding: latin-1\ny = 'é'\n",
        "x = 1 # coding: latin-1\ny = 'é'\n",
        "# coding is fun\ny = 'é'\n",
        "# coding: UTF_8\ny = 'é'\n",
        "# coding: utf-8-unix\ny = 'é'\n",
    ],
)
def test_what_is_no_cookie_or_says_utf_8(text: str) -> None:
    assert Source.from_bytes(text.encode(), "a.py").text == text


def test_invalid_utf_8() -> None:
    error = unreadable(b"# a comment\nname = 'caf\xe9'\n")
    assert "not valid utf-8" in error.message
    assert (error.line, error.column) == (2, 12)


def test_invalid_utf_8_behind_wide_characters_and_other_newlines() -> None:
    error = unreadable("é\r\n😀\r日本".encode() + b"\xff")
    assert (error.line, error.column) == (3, 3)


def test_null_byte() -> None:
    error = unreadable(b"x = 1\ny = '\x00'\n")
    assert "null byte" in error.message
    assert (error.line, error.column) == (2, 6)


@pytest.mark.parametrize("name", ["no-such-encoding", "hex", "rot13", "-", "..."])
def test_unknown_encoding(name: str) -> None:
    error = unreadable(b"\n# coding: " + name.encode() + b"\n")
    assert name in error.message
    assert error.line == 2


def test_byte_order_mark_against_cookie() -> None:
    assert "byte order mark" in unreadable(codecs.BOM_UTF8 + b"# coding: latin-1\n").message


def test_utf_16_is_refused() -> None:
    assert unreadable("x = 1\n".encode("utf-16")).line == 1


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_module, "MAX_BYTES", 10)
    assert "too large: 11 bytes" in unreadable(b"x" * 11).message
    file = tmp_path / "a.py"
    file.write_bytes(b"x" * 11)
    with pytest.raises(UnreadableSource, match="too large"):
        Source.read(file, "a.py")
    assert Source.from_bytes(b"x" * 10, "a.py").text == "x" * 10


def test_reading_files(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"x = 1\r\n")
    assert Source.read(file, "pkg/a.py") == Source.from_bytes(b"x = 1\r\n", "pkg/a.py")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="cannot be read: No such file"):
        Source.read(tmp_path / "missing.py", "missing.py")
    with pytest.raises(UnreadableSource, match="not a regular file"):
        Source.read(tmp_path, "folder.py")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(UnreadableSource, match="not a regular file"):
        Source.read(tmp_path / "pipe.py", "pipe.py")
