"""Tests of the variants of a case: line ends, byte order mark, noqa, renamed imports."""

from __future__ import annotations

import sys
from textwrap import dedent

import pytest

from fastapi_lint.testing.renames import aliased, qualified
from fastapi_lint.testing.variants import NotApplicable, with_bom, with_crlf, with_noqa


def test_crlf() -> None:
    files = {"a.py": b"x = 1\ny = 2\n", "b.toml": b"x = 1\n"}
    assert with_crlf(files) == {"a.py": b"x = 1\r\ny = 2\r\n", "b.toml": b"x = 1\n"}
    with pytest.raises(NotApplicable):
        with_crlf({"a.py": b"x = 1\r\n", "b.toml": b"x = 1\n"})


def test_bom() -> None:
    assert with_bom({"a.py": b"x\n"}) == {"a.py": b"\xef\xbb\xbfx\n"}
    assert with_bom({"a.py": b"# coding: utf-8\n"}) == {"a.py": b"\xef\xbb\xbf# coding: utf-8\n"}
    for data in (b"\xef\xbb\xbfx\n", b"#!/bin/python\n# coding: latin-1\n"):
        with pytest.raises(NotApplicable):
            with_bom({"a.py": data})


NOQA_CASES = [
    ("x = 1\n", [1], "x = 1  # noqa: FAL101\n", [1]),
    ("x = 1  # why\n", [1], "x = 1  # why  # noqa: FAL101\n", [1]),
    ("f(\n    1,\n)\n", [1, 2], "f(  # noqa: FAL101\n    1,  # noqa: FAL101\n)\n", [1, 2]),
    ('x = """\na\n"""\n', [1, 2], 'x = """\na\n"""  # noqa: FAL101\n', [1, 2]),
    ('x = f"""\n{a}\n"""\n', [1], 'x = f"""\n{a}\n"""  # noqa: FAL101\n', [1]),
    ("x = 1 + \\\n    2\n", [1], "x = 1 + \\\n    2  # noqa: FAL101\n", [1]),
    ("x = 1  # ends in \\\n", [1], "x = 1  # ends in \\  # noqa: FAL101\n", [1]),
    ("x = 1  # noqa: E501\ny = 1\n", [1, 2], "x = 1  # noqa: E501\ny = 1  # noqa: FAL101\n", [2]),
    ("x = 1\ny = (\n", [1], "x = 1  # noqa: FAL101\ny = (\n", [1]),
]


@pytest.mark.parametrize(("text", "lines", "expected", "silenced"), NOQA_CASES)
def test_noqa(text: str, lines: list[int], expected: str, silenced: list[int]) -> None:
    assert with_noqa(text, {line: {"FAL101"} for line in lines}) == (expected, frozenset(silenced))


def test_noqa_names_all_codes_of_a_line() -> None:
    assert with_noqa("x = 1\n", {1: {"FAL102", "FAL101"}})[0] == "x = 1  # noqa: FAL101, FAL102\n"


def alias(text: str, **others: str) -> str:
    files = {"case.py": text, **{f"{name}.py": other for name, other in others.items()}}
    return aliased({path: dedent(content).encode() for path, content in files.items()})["case.py"].decode()


def qualify(text: str) -> str:
    return qualified({"case.py": dedent(text).encode()})["case.py"].decode()


def test_aliased() -> None:
    before = """\
        import fastapi
        from fastapi import (
            APIRouter,
            Depends as D,
        )
        router = APIRouter(prefix="/a")
        other: fastapi.APIRouter = fastapi.APIRouter(fastapi=1)
        @router.get("/é", dependencies=[D(f), APIRouter])
        def f(): ...
    """
    assert alias(before) == dedent(
        """\
        import fastapi as imported_1
        from fastapi import (
            APIRouter as imported_2,
            Depends as D,
        )
        router = imported_2(prefix="/a")
        other: imported_1.APIRouter = imported_1.APIRouter(fastapi=1)
        @router.get("/é", dependencies=[D(f), imported_2])
        def f(): ...
        """
    )


def test_qualified_keeps_the_lines() -> None:
    before = """\
        from fastapi import (
            APIRouter,
            Depends as D,
        )  # end
        from sqlalchemy.orm import Session
        def f(s: Session, r=APIRouter()): ...
    """
    assert qualify(before) == (
        "import fastapi as module_1; from fastapi import Depends as D\n\n\n  # end\n"
        "import sqlalchemy.orm as module_2\n"
        "def f(s: module_2.Session, r=module_1.APIRouter()): ...\n"
    )


@pytest.mark.parametrize(
    "rest",
    [
        "def f(status: str): ...",
        "class A:\n    status: str",
        "status = 1",
        "def status(): ...",
        "from other import status",
        "for status in []: ...",
        "try: ...\nexcept E as status: ...",
        "match x:\n    case status: ...",
        "def f():\n    global status",
        "x: 'list[status]'",
        "__all__ = ['status']",
    ],
)
def test_names_with_another_meaning_are_left_alone(rest: str) -> None:
    with pytest.raises(NotApplicable, match="nothing from a library"):
        alias(f"from fastapi import status\n{rest}\n")


def test_own_modules_future_and_type_checking_are_left_alone() -> None:
    text = """\
        from __future__ import annotations
        from typing import TYPE_CHECKING
        from deps import get
        import deps
        from . import deps as d
    """
    with pytest.raises(NotApplicable):
        alias(text, deps="def get(): ...")


def test_names_that_other_modules_import_are_left_alone() -> None:
    text = "from fastapi import Depends, APIRouter\nx = Depends, APIRouter\n"
    assert alias(text, other="from case import Depends\n").startswith("from fastapi import Depends, APIRouter as imp")
    assert "APIRouter, " not in alias(text, other="import case\nprint(case.Depends)\n").partition("\n")[0]
    with pytest.raises(NotApplicable, match="star"):
        alias(text, other="from case import *\n")


def test_names_in_fstrings() -> None:
    after = alias('from fastapi import status, Depends\nx = f"é{status.X}", Depends\n')
    if sys.version_info >= (3, 12):
        assert after.endswith('x = f"é{imported_1.X}", imported_2\n')
    else:
        assert after.endswith('x = f"é{status.X}", imported_1\n')


def test_what_cannot_be_parsed_is_not_applicable() -> None:
    with pytest.raises(NotApplicable, match="cannot parse"):
        alias("from fastapi import Depends\nx = (\n")
