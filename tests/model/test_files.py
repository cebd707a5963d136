"""What file functions tell of the project's own folders, held against Python and FastAPI."""

from __future__ import annotations

from pathlib import Path

import pytest
from namespaces import assert_like_python
from route_oracle import assert_like_fastapi

ROUTER = "from fastapi import APIRouter\nrouter = APIRouter()\n"
PARTS = {
    "api/__init__.py": "",
    "api/users.py": ROUTER + "@router.get('/users')\ndef users(): ...",
    "api/items.py": ROUTER + "@router.get('/items')\ndef items(): ...",
    "api/_private.py": ROUTER + "@router.get('/private')\ndef private(): ...",
    "api/helpers.py": "value = 1",
    "api/admin/__init__.py": "from .views import router",
    "api/admin/views.py": ROUTER + "@router.get('/admin')\ndef admin(): ...",
}
HEAD = """
import glob, importlib, os, pkgutil
from pathlib import Path
from fastapi import FastAPI
import api
app = FastAPI()
"""
WALKS = {
    "names of a folder": """
for name in sorted(os.listdir(api.__path__[0])):
    if not name.startswith("_") and name.endswith(".py"):
        module = importlib.import_module(f"api.{name[:-3]}")
        router = getattr(module, "router", None)
        if router:
            app.include_router(router)
""",
    "modules of a package": """
for info in pkgutil.iter_modules(api.__path__):
    module = importlib.import_module(f"api.{info.name}")
    if hasattr(module, "router"):
        app.include_router(module.router, prefix="/package" if info.ispkg else "")
""",
    "modules at any depth": """
for _, name, is_package in pkgutil.walk_packages(api.__path__, api.__name__ + "."):
    module = importlib.import_module(name)
    if not is_package and hasattr(module, "router"):
        app.include_router(module.router)
""",
    "a pattern of paths": """
for path in sorted(Path(__file__).resolve().parent.joinpath("api").glob("*.py")):
    if path.stem not in ("__init__", "helpers"):
        app.include_router(importlib.import_module(f"{path.parent.name}.{path.stem}").router)
""",
    "a pattern at any depth": """
BASE = Path(__file__).parent
for path in sorted((BASE / "api").rglob("[a-z]*.py")):
    dotted = ".".join(path.relative_to(BASE).with_suffix("").parts)
    router = getattr(importlib.import_module(dotted), "router", None)
    if router is not None:
        app.include_router(router)
""",
    "a pattern of texts": """
names = [os.path.basename(path)[:-3] for path in sorted(glob.glob(os.path.dirname(__file__) + "/api/*.py"))]
for name in names:
    if name == "users" or name == "items":
        app.include_router(importlib.import_module("." + name, "api").router)
""",
    "a walk": """
root = os.path.dirname(os.path.abspath(__file__))
for folder, folders, names in sorted(os.walk(os.path.join(root, "api"))):
    for name in sorted(names):
        stem, extension = os.path.splitext(name)
        if extension == ".py" and stem != "__init__":
            dotted = os.path.relpath(os.path.join(folder, stem), root).replace("/", ".")
            router = getattr(importlib.import_module(dotted), "router", None)
            if router:
                app.include_router(router)
""",
}


@pytest.mark.parametrize("walk", WALKS)
def test_routers_are_found_in_folders(walk: str, tmp_path: Path) -> None:
    project = assert_like_fastapi({"main.py": HEAD + WALKS[walk], **PARTS}, tmp_path)
    assert not project.unresolved
    assert not any(route.conditional for route in project.routes)


def test_paths_are_those_of_python(tmp_path: Path) -> None:
    source = """
        import os
        from pathlib import Path
        _here = Path(__file__)
        names = [_here.name, _here.stem, _here.suffix, _here.parent.joinpath("a", "b.tar").suffix]
        inner = str((_here.parent / "b" / "c.py").relative_to(_here.parent / "b"))
        there = [_here.exists(), _here.is_file(), _here.is_dir(), os.path.isfile(__file__)]
        above = [os.path.exists(_here.parent), os.path.isdir(_here.parent)]
        ends = [__file__.endswith("main.py"), __file__.endswith("other.py")]
        split = os.path.splitext("a.b.py")
        base = os.path.basename(os.path.dirname(os.path.join(os.path.dirname(__file__), "x", "y")))
        """
    assert_like_python({"main.py": source}, tmp_path)
