"""Edits: each is held against the text that somebody would write by hand."""

from __future__ import annotations

import textwrap

import pytest

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.extract import extract
from fastapi_lint.facts.search import binds, walk
from fastapi_lint.facts.statements import Function, Statement
from fastapi_lint.model.editing.conditions import in_sql
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.editing.imports import imported_as, reference
from fastapi_lint.model.editing.moves import moved_before
from fastapi_lint.model.editing.statuses import replace_status, status_text
from fastapi_lint.model.orm.filters import python_conditions
from fastapi_lint.model.project import Project, link
from fastapi_lint.model.settings import ModelSettings
from fastapi_lint.text.edits import apply_edits
from fastapi_lint.text.source import Source


def editor_of(text: str, others: dict[str, str] | None = None) -> Editor:
    texts = {"app/main.py": textwrap.dedent(text), **(others or {})}
    sources = {path: Source.from_bytes(text.encode(), path) for path, text in texts.items()}
    project: Project = link({path: extract(source) for path, source in sources.items()}, ModelSettings(), sources.get)
    (module,) = [module for module in project.modules if module.path == "app/main.py"]
    editor = project.editor(module)
    assert editor is not None and project.editor(module) is editor
    return editor


def applied(editor: Editor, *edits: Edit | None) -> str:
    assert None not in edits
    return apply_edits(editor.text, [(edit.start, edit.end, edit.replacement) for edit in edits if edit is not None])


def call_in(editor: Editor) -> ex.Call:
    """What the last statement assigns."""
    return call_of(editor.module.facts.body[-1])


def call_of(statement: Statement) -> ex.Call:
    """What a statement assigns."""
    call = statement.value  # type: ignore[attr-defined]
    assert isinstance(call, ex.Call)
    return call


CALLS = [
    # the call, without its argument `b`, with another argument at the end
    ("f(b=1)", "f()", "f(b=1, n=0)"),
    ("f(b=1,)", "f()", "f(b=1, n=0,)"),
    ("f(a, b=1)", "f(a)", "f(a, b=1, n=0)"),
    ("f(b=1, c=2)", "f(c=2)", "f(b=1, c=2, n=0)"),
    ("f(a, b=1, c=2)", "f(a, c=2)", "f(a, b=1, c=2, n=0)"),
    ("f(a, b=1,)", "f(a,)", "f(a, b=1, n=0,)"),
    ("f(a, b=(1), c=((2)))", "f(a, c=((2)))", "f(a, b=(1), c=((2)), n=0)"),
    ("f(a, b=g(1, 2)[3, 4])", "f(a)", "f(a, b=g(1, 2)[3, 4], n=0)"),
    ("f(lambda x, y: 1, b=lambda: 2)", "f(lambda x, y: 1)", "f(lambda x, y: 1, b=lambda: 2, n=0)"),
    ("f(*a, b=1, **c)", "f(*a, **c)", "f(*a, b=1, **c, n=0)"),
    ("f(a)(b=1)", "f(a)()", "f(a)(b=1, n=0)"),
    ("(f)(b=','  )", "(f)(  )", "(f)(b=',', n=0  )"),
    ('f(f"{a, b}", b=f"{1:,}")', 'f(f"{a, b}")', 'f(f"{a, b}", b=f"{1:,}", n=0)'),
    ("f(\n    a,\n    b=1,\n)", "f(\n    a,\n)", "f(\n    a,\n    b=1,\n    n=0,\n)"),
    ("f(\n    a,\n    b=1\n)", "f(\n    a\n)", "f(\n    a,\n    b=1,\n    n=0\n)"),
    ("f(\n    b=1,\n    c=2,\n)", "f(\n    c=2,\n)", "f(\n    b=1,\n    c=2,\n    n=0,\n)"),
    ("f(\n    a,  # of a\n    b=1,\n)", "f(\n    a,  # of a\n)", "f(\n    a,  # of a\n    b=1,\n    n=0,\n)"),
    ("f(\n    a,\n    b=1,  # of b\n)", None, "f(\n    a,\n    b=1,  # of b\n    n=0,\n)"),
    ("f(\n    a,\n    b=1  # of b\n)", None, "f(\n    a,\n    b=1,  # of b\n    n=0\n)"),
    ("f(\n    b=1  # of b\n)", None, "f(\n    b=1,  # of b\n    n=0\n)"),
    ("f(\n    a, b=1,  # of both\n)", "f(\n    a,  # of both\n)", "f(\n    a, b=1, n=0,  # of both\n)"),
    ("f(\n    b=1,  # of b\n    c=2,\n)", None, "f(\n    b=1,  # of b\n    c=2,\n    n=0,\n)"),
    ("f(a,\n  b=1)", "f(a)", "f(a,\n  b=1,\n  n=0)"),
]


@pytest.mark.parametrize(("text", "without", "with_more"), CALLS)
def test_arguments(text: str, without: str | None, with_more: str) -> None:
    editor = editor_of(f"x = {text}\n")
    call = call_in(editor)
    removal = editor.remove_argument(call, "b")
    assert (None if removal is None else applied(editor, removal)) == (without and f"x = {without}\n")
    assert applied(editor, editor.add_argument(call, "n=0")) == f"x = {with_more}\n"
    assert applied(editor, editor.set_argument(call, "b", "N")).count("N") == 1
    assert editor.remove_argument(call, "missing") is None


def test_an_argument_behind_another() -> None:
    editor = editor_of("x = f(a, b=1, c=2)\ny = f(\n    b=1,  # of b\n    c=2\n)\nz = f(b=1)\n")
    calls = [call_of(statement) for statement in editor.module.facts.body]
    assert applied(editor, *(editor.add_argument(call, "n=0", behind="b") for call in calls)) == (
        "x = f(a, b=1, n=0, c=2)\ny = f(\n    b=1,  # of b\n    n=0,\n    c=2\n)\nz = f(b=1, n=0)\n"
    )


def test_an_argument_in_front() -> None:
    editor = editor_of("x = f(b=1, c=2)\n")
    assert applied(editor, editor.insert_argument(call_in(editor), "0")) == "x = f(0, b=1, c=2)\n"
    editor = editor_of("x = f(0, c=2)\n")
    assert editor.insert_argument(call_in(editor), "1") is None


def test_a_bare_generator_takes_no_further_argument() -> None:
    editor = editor_of("x = f(y for y in z)\n")
    assert editor.add_argument(call_in(editor), "n=0") is None


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("f(0)", "f(0, b=N, c=N)"),
        ("f(0, 1)", "f(0, N, c=N)"),
        ("f(0, c=1)", "f(0, c=N, b=N)"),
        ("f(0, 1, c=1)", "f(0, N, c=N)"),
        ("f(\n    0,\n)", "f(\n    0,\n    b=N,\n    c=N,\n)"),
        ("f(\n    0\n)", "f(\n    0,\n    b=N,\n    c=N\n)"),
        ("f()", "f(b=N, c=N)"),
        ("f(*a, b=1, c=2)", "f(*a, b=N, c=N)"),
        ("f(*a, c=2)", None),
        ("f(0, **a)", None),
    ],
)
def test_several_arguments(text: str, after: str | None) -> None:
    editor = editor_of(f"x = {text}\n")
    edits = list(editor.set_arguments(call_in(editor), {"b": "N", "c": "N"}, {"b": 1}))
    assert (None if None in edits else applied(editor, *edits)) == (after and f"x = {after}\n")


def test_edits_use_the_line_ends_of_the_module() -> None:
    editor = editor_of("x = f(\r\n    a,\r\n)\r\n")
    assert applied(editor, editor.add_argument(call_in(editor), "n=0")) == "x = f(\r\n    a,\r\n    n=0,\r\n)\r\n"
    copied = editor.replace(call_in(editor), f"g({editor.written(call_in(editor))}\n)")
    assert applied(editor, copied) == "x = g(f(\r\n    a,\r\n)\r\n)\r\n"


def test_no_edit_takes_a_comment_out() -> None:
    editor = editor_of("x = f(a,  # why\n  b)\ny = '# none'\n")
    assert editor.edit(4, 20, "") is None and editor.fix("", [editor.edit(4, 20, "")]) is None
    assert editor.edit(editor.text.index("'#"), len(editor.text) - 1, "") is not None
    assert editor.fix("", []) is None


def test_edits_of_one_place() -> None:
    editor = editor_of("x = 1\n")
    first, second = editor.insert(0, "a"), editor.insert(0, "b")
    made = editor.fix("", [first, second, first])
    assert made is not None and [edit.replacement for edit in made.edits] == ["ab"]
    assert editor.fix("", [editor.edit(4, 5, "2"), editor.edit(4, 5, "3")]) is None


@pytest.mark.parametrize(
    ("text", "quote"),
    [("x = 1\n", '"'), ("x = 'a'\n", "'"), ("x = ['a', \"b\"]\n", '"'), ("x = ['a', 'c', \"b\"]\n", "'")],
)
def test_the_quotes_of_the_module(text: str, quote: str) -> None:
    assert editor_of(text).string("a") == f"{quote}a{quote}"


IMPORTS = [
    # known already
    ("from fastapi import status\n", "status", None),
    ("from fastapi import status as s\n", "s", None),
    ("from starlette import status\n", "status", None),
    ("import fastapi\n", "fastapi.status", None),
    ("import fastapi as fa\n", "fa.status", None),
    ("import fastapi\nfrom fastapi import status\n", "status", None),
    # beside others, in their order
    ("from fastapi import FastAPI\n", "status", "from fastapi import FastAPI, status\n"),
    ("from fastapi import APIRouter, testclient\n", "status", "from fastapi import APIRouter, status, testclient\n"),
    (
        "from fastapi import Header, HTTPException, x\n",
        "status",
        "from fastapi import Header, HTTPException, status, x\n",
    ),
    ("from fastapi import HTTPException, Header\n", "status", "from fastapi import HTTPException, Header, status\n"),
    ("from fastapi import z, FastAPI\n", "status", "from fastapi import z, FastAPI, status\n"),
    ("from fastapi import (\n    FastAPI,\n)\n", "status", "from fastapi import (\n    FastAPI,\n    status,\n)\n"),
    (
        "from fastapi import (\n    FastAPI,\n    testclient  # c\n)\n",
        "status",
        "from fastapi import (\n    FastAPI,\n    status,\n    testclient  # c\n)\n",
    ),
    ("from fastapi import (FastAPI)\n", "status", "from fastapi import (FastAPI, status)\n"),
    # on a line of its own
    ("import os\n", "status", "import os\n\nfrom fastapi import status\n"),
    ("import os  # why\n\nx = 1\n", "status", "import os  # why\n\nfrom fastapi import status\n\nx = 1\n"),
    (
        '"""Doc."""\n\nfrom __future__ import annotations\n\nimport os\n\nimport anyio\n\nfrom .x import y\n',
        "status",
        '"""Doc."""\n\nfrom __future__ import annotations\n\nimport os\n\nimport anyio\nfrom fastapi import status\n'
        "\nfrom .x import y\n",
    ),
    (
        "from anyio import run\nfrom pydantic import Field\n",
        "status",
        "from anyio import run\nfrom fastapi import status\nfrom pydantic import Field\n",
    ),
    ("from app.x import y\n", "status", "from fastapi import status\n\nfrom app.x import y\n"),
    ("from fastapi import *\n", "status", "from fastapi import *\nfrom fastapi import status\n"),
    (
        "from fastapi import FastAPI, \\\n    Query\n",
        "status",
        "from fastapi import FastAPI, \\\n    Query\nfrom fastapi import status\n",
    ),
    # not sure, or not free
    ("from fastapi import FastAPI\nstatus = 1\n", None, None),
    ("from fastapi import FastAPI\ndef f(status): ...\n", None, None),
    ("from fastapi import FastAPI\ndef f():\n    from .x import status\n", None, None),
    ("import os; x = 1\n", None, None),
    ("x = 1\n", "status", "from fastapi import status\n\n\nx = 1\n"),
    ('"""Doc."""\n\nx = 1\n', "status", '"""Doc."""\n\nfrom fastapi import status\n\nx = 1\n'),
    ("# why\nx = 1\n", None, None),
    ("if x:\n    from fastapi import status\n", None, None),
]


@pytest.mark.parametrize(("text", "written", "after"), IMPORTS)
def test_a_name_of_a_library(text: str, written: str | None, after: str | None) -> None:
    editor = editor_of(text, {"app/x.py": "y = 1\n"})
    found = reference(editor, "fastapi.status", "starlette.status")
    assert (found.text if found is not None else None) == written
    if found is not None:
        assert applied(editor, *found.edits) == (after if after is not None else textwrap.dedent(text))


@pytest.mark.parametrize(
    "names",
    [
        "Header, HTTPException, Query, status",
        "HTTPException, Header, Query, status",
        "Header, HTTPException, Query, status, URL",
        "MAX, HTTPException, Header, Query, status",
        "status, HTTPException, Query",
    ],
)
def test_names_are_imported_in_the_order_of_those_beside(names: str) -> None:
    editor = editor_of(f"from fastapi import {names.replace(', Query', '')}\n")
    found = reference(editor, "fastapi.Query")
    assert found is not None and applied(editor, *found.edits) == f"from fastapi import {names}\n"


def test_a_name_that_is_bound_again_is_not_known_by_its_import() -> None:
    editor = editor_of("from fastapi import status\nstatus = 1\n")
    assert imported_as(editor, "fastapi.status") is None and reference(editor, "fastapi.status") is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("import sqlalchemy\n", None),
        ("import sqlalchemy as sa\n", None),
        ("import sqlalchemy.ext.asyncio\n", None),
        ("import sqlalchemy.orm\n", "sqlalchemy.orm.selectinload"),
        ("import sqlalchemy.orm as mapped\n", "mapped.selectinload"),
        ("from sqlalchemy import orm\n", "orm.selectinload"),
    ],
)
def test_a_package_has_only_the_modules_that_are_imported(text: str, written: str | None) -> None:
    assert imported_as(editor_of(text), "sqlalchemy.orm.selectinload") == written


def test_modules_of_the_project_are_imported_behind_libraries() -> None:
    editor = editor_of("import pytest\n\nfrom main import app\n", {"main.py": "app = 1\n"})
    found = reference(editor, "httpx.ASGITransport")
    assert found is not None
    assert applied(editor, *found.edits) == ("import pytest\nfrom httpx import ASGITransport\n\nfrom main import app\n")


def test_a_name_under_an_alias() -> None:
    editor = editor_of("from fastapi import HTTPException\n")
    found = reference(editor, "starlette.exceptions.HTTPException", alias="Other")
    assert found is not None and found.text == "Other"
    assert applied(editor, *found.edits).endswith("\nfrom starlette.exceptions import HTTPException as Other\n")


def test_statuses_as_the_module_writes_them() -> None:
    newest, older = ModelSettings(), ModelSettings(versions={"starlette": (0, 47, 3)})
    assert status_text(editor_of("x = 1\n"), 201, newest) == "201"
    assert status_text(editor_of("from fastapi import status as s\n"), 204, newest) == "s.HTTP_204_NO_CONTENT"
    assert status_text(editor_of("from http import HTTPStatus\n"), 201, newest) == "HTTPStatus.CREATED"
    for settings, name in ((newest, "CONTENT"), (older, "ENTITY")):
        known = status_text(editor_of("from fastapi import status\n"), 422, settings)
        assert known == f"status.HTTP_422_UNPROCESSABLE_{name}"
    assert status_text(editor_of("from http import HTTPStatus\n"), 422, newest) == "HTTPStatus.UNPROCESSABLE_ENTITY"
    for text, expected in {
        "f(404)": "f(409)",
        "f(status.HTTP_404_NOT_FOUND)": "f(status.HTTP_409_CONFLICT)",
        "f(HTTPStatus.NOT_FOUND)": "f(HTTPStatus.CONFLICT)",
        "f(NOT_FOUND)": None,
        "f(403)": None,
    }.items():
        editor = editor_of(f"x = {text}\n")
        edit = replace_status(editor, call_in(editor).arguments[0].value, 404, 409, newest)
        assert (None if edit is None else applied(editor, edit)) == (expected and f"x = {expected}\n")


def test_names_of_the_module_and_of_functions() -> None:
    text = """
        app = 1
        def reads(): return app
        def parameter(app): return app
        def assigns():
            app = 2
            return app
        def loops():
            for app in x: ...
            return app
        def imports():
            from x import app
            return app
        def defines():
            def app(): ...
            return app
        def catches():
            try: ...
            except E as app: return app
        def around(app):
            def reads_it(): return app
    """
    editor = editor_of(text)
    names = [node for node in walk(editor.module.facts.body) if isinstance(node, ex.Name) and node.id == "app"]
    of_module = [name for name in names if editor.is_global(name)]
    assert {editor.text.count("\n", 0, name.start) for name in of_module} == {1, 2}
    functions = [fact for fact in editor.module.facts.body if isinstance(fact, Function)]
    assert [function.name for function in functions if not binds(function, "app")] == ["reads"]


def test_where_parameters_end() -> None:
    editor = editor_of("def f(a, /, b: (int) = (1), *c, d=lambda x, y: 2, **e): ...\n")
    (function,) = editor.module.facts.body
    assert isinstance(function, Function)
    ends = editor.parameter_ends(function)
    found = {one.name: editor.text[one.start : end] for one, end in ends.items()}
    assert found["a"] == "a" and found["b"] == "b: (int) = (1)" and found["d"] == "d=lambda x, y: 2"


MOVED = """
    import os

    # about one
    @one
    def first(x: int): ...


    class Between: ...


    # about two
    # and more
    @two(
        1
    )
    def second({head}):
        # inside

        return 1  # at the end


    def third(): ...
"""


def test_a_function_is_moved_in_front_of_another() -> None:
    editor = editor_of(MOVED.replace("{head}", "y: int"))
    first, second = (fact for fact in editor.module.facts.body if isinstance(fact, Function) and fact.name != "third")
    after = applied(editor, *moved_before(editor, second, first))
    assert after == textwrap.dedent("""
        import os

        # about two
        # and more
        @two(
            1
        )
        def second(y: int):
            # inside

            return 1  # at the end


        # about one
        @one
        def first(x: int): ...


        class Between: ...


        def third(): ...
    """)
    assert moved_before(editor, first, second) == []


@pytest.mark.parametrize("head", ["y: Between", "y=Between()", "y=first"])
def test_a_function_stays_where_it_needs_what_is_between(head: str) -> None:
    editor = editor_of(MOVED.replace("{head}", head))
    first, second = (fact for fact in editor.module.facts.body if isinstance(fact, Function) and fact.name != "third")
    assert moved_before(editor, second, first) == []


# Parameters


@pytest.mark.parametrize(
    ("parameters", "after"),
    [
        ("p: int", ""),
        ("p: int,", ""),
        ("p: int, q=1", "q=1"),
        ("q, p: int = 1, *, r", "q, *, r"),
        ("\n    q,\n    p: int = f(1, 2),\n", "\n    q,\n"),
        ("\n    p: int,\n    q,\n", "\n    q,\n"),
        ("q, *, p: int, r", "q, *, r"),
        ("q, *, p: int", None),
        ("p, /, q", None),
        ("*p", None),
        ("\n    p: int,  # why\n    q,\n", None),
    ],
)
def test_a_parameter_taken_out(parameters: str, after: str | None) -> None:
    editor = editor_of(f"def work({parameters}) -> None: ...\n")
    (function,) = editor.module.facts.body
    assert isinstance(function, Function)
    (parameter,) = [one for one in function.parameters if one.name == "p"]
    edit = editor.remove_parameter(function, parameter)
    assert (None if edit is None else applied(editor, edit)) == (
        None if after is None else f"def work({after}) -> None: ...\n"
    )


# Conditions of queries


MODELS = """\
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    active: Mapped[bool]


def work(numbers):
"""


@pytest.mark.parametrize(
    ("condition", "after"),
    [
        ("User.id == 1 and not User.active", "User.id == 1, ~User.active"),
        ("(User.active) and (User.id in numbers)", "User.active, User.id.in_(numbers)"),
        ("\n        User.id > 1\n        and User.id < 9\n    ", "\n        User.id > 1,\n        User.id < 9\n    "),
        ("not (User.id == 1 or User.active)", "~or_(User.id == 1, User.active)"),
        ("User.id is 1", "User.id == 1"),
        ("User.active is not True", "User.active.is_not(True)"),
        ("User.id == 1 and numbers", None),
        ("User.id and User.active", None),
        ("User.id in numbers in numbers", None),
    ],
)
def test_conditions_in_sql(condition: str, after: str | None) -> None:
    editor = editor_of(f"{MODELS}    return select(User).where({condition})\n")
    project = link({"app/main.py": editor.module.facts}, ModelSettings(), lambda path: None)
    (work,) = project.functions
    edits = [
        edit for found in python_conditions(work, project.bodies, project.orm_models) for edit in in_sql(editor, found)
    ]
    assert edits
    if after is None:
        assert None in edits
        return
    fixed = applied(editor, *dict.fromkeys(edits))
    assert fixed.endswith(f"    return select(User).where({after})\n")
    assert ("import or_, select" in fixed) == ("or_" in after)
