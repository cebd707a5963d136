"""How modules import each other, what they read and what they keep."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.facts import statements as st
from fastapi_lint.model.concurrency.suspension import never_suspends
from fastapi_lint.model.structure.complexity import complexity
from fastapi_lint.model.structure.environment import environment_reads, settings_classes
from fastapi_lint.model.structure.state import kept_data, removed_data

LAYERS = {
    "app/__init__.py": "",
    "app/main.py": """
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/a")
        def a(): pass
        """,
    "app/other.py": "",
    "app/services/__init__.py": "",
    "app/services/orders.py": """
        from typing import TYPE_CHECKING
        from app import main, other
        from .. import main as again
        import app.main
        if TYPE_CHECKING:
            from app.main import app
        def f():
            import app.main
        """,
}


def test_imports_of_the_api_from_below() -> None:
    found = project_of(LAYERS).upward_imports
    assert [(each.layer, each.imported.name, each.route.label) for each in found] == [
        ("a service", "app.main", "GET /a"),
        ("a service", "app.main", "GET /a"),
        ("a service", "app.main", "GET /a"),
    ]
    assert [isinstance(each.statement, st.Import) for each in found] == [False, False, True]


SETTINGS = """
from pydantic_settings import BaseSettings
class Small(BaseSettings):
    a: str
class Base(BaseSettings):
    a: str
    b: str
    c: str
    d: str
"""
LARGE = SETTINGS + "class Large(Base):\n    e: str\n"


@pytest.mark.parametrize(
    ("source", "names"),
    [(SETTINGS, []), (LARGE, ["Large", "Base", "Small"])],
)
def test_settings_of_a_project(source: str, names: list[str]) -> None:
    project = project_of({"config.py": source})
    assert [cls.name for cls in settings_classes(project.classes)] == names


def test_reads_of_the_environment() -> None:
    project = project_of(
        {
            "core/config.py": LARGE,
            "main.py": """
                import os
                from fastapi import FastAPI
                from core.config import Large
                app = FastAPI()
                @app.get("/a")
                def a(name: str):
                    os.environ["SET"] = "x"
                    first = os.getenv("ONE"), os.environ["TWO"], os.environ.get("THREE")
                    return first, os.getenv(name), os.getenv("HOME")
                """,
        }
    )
    settings = settings_classes(project.classes)
    reads = environment_reads(project.request_path.reached, project.bodies, settings, ("",))
    assert [name for _, name, _ in reads] == ["ONE", "TWO", "THREE"]


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("items[x] = 1", ["items"]),
        ("items['a'] = x", ["items"]),
        ("names.append(x)", ["names"]),
        ("y = x + 1; names.append(y)", ["names"]),
        ("items['a'] = 1", []),
        ("names.pop(x)", []),
        ("names = []; names.append(x)", []),
        ("t = loop.create_task(x); names.append(t)", []),
        ("other.append(x)", []),
    ],
)
def test_what_a_function_keeps(body: str, kept: list[str]) -> None:
    source = f"from elsewhere import other, loop\nitems = {{}}\nnames = []\ndef f(x):\n    {body}\n"
    project = project_of(source)
    (function,) = project.functions
    assert [name for name, _ in kept_data(function, project.interpreter)] == kept


@pytest.mark.parametrize(
    ("body", "removed"),
    [
        ("del items[x]", ["items"]),
        ("names.pop()", ["names"]),
        ("if x in names: names.remove(x)", ["names"]),
        ("items.clear(); del names[0]", ["items", "names"]),
        ("items[x] = 1", []),
        ("names = []; names.pop()", []),
        ("del x", []),
        ("other.clear()", []),
    ],
)
def test_what_a_function_removes(body: str, removed: list[str]) -> None:
    source = f"from elsewhere import other\nitems = {{}}\nnames = []\ndef f(x):\n    {body}\n"
    project = project_of(source)
    (function,) = project.functions
    assert [name for name, _ in removed_data(function, project.interpreter)] == removed


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("return 1", 1),
        ("if x: return 1\n    elif y: return 2\n    else: return 3", 3),
        ("for a in x:\n        while y: pass", 3),
        ("try: pass\n    except KeyError: pass\n    finally: pass", 2),
        ("return [a for a in x if a if y]", 4),
        ("return x and y or 1 if x else 2", 4),
        ("match x:\n        case 1: pass\n        case _: pass", 2),
    ],
)
def test_complexity(body: str, number: int) -> None:
    (function,) = project_of(f"def f(x, y):\n    {body}\n").functions
    assert complexity(function.fact.body) == number


@pytest.mark.parametrize(
    ("function", "never"),
    [
        ("async def f(): print()", True),
        ("async def f(): pass", False),
        ("def f(): print()", False),
        ("async def f(): await print()", False),
        ("async def f():\n    print()\n    async with x: pass", False),
        ("async def f(): return [a async for a in print()]", False),
        ("async def f():\n    print()\n    yield 1", False),
        ("async def f(): return f()", False),
    ],
)
def test_functions_that_never_let_go_of_the_loop(function: str, never: bool) -> None:
    project = project_of(function + "\n")
    assert never_suspends(project.functions[0], project.bodies) is never
