"""Imports, held against Python's own; what Python's ``sys.path`` alone would decide is stated by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from namespaces import OUTSIDE, assert_like_python, describe, names_of
from running import linked

from fastapi_lint.facts.extract import extract
from fastapi_lint.model.definitions import Module
from fastapi_lint.model.linker import Linker
from fastapi_lint.text.source import Source

CASES = {
    "modules and packages": {
        "main.py": """
            import shop
            import shop.items.models
            import shop.users as users
            import shop.items.models as item_models
            from shop import users as again, PREFIX
            from shop.items import models
            from shop.items.models import Item, Item as Product
            through = shop.items.models.Item
            """,
        "shop/__init__.py": "PREFIX = '/shop'",
        "shop/users.py": "class User: ...",
        "shop/items/__init__.py": "",
        "shop/items/models.py": "class Item: ...",
    },
    "namespace packages": {
        "main.py": """
            import spaces.one.deep
            from spaces import one
            from spaces.one import deep
            from spaces.one.deep import VALUE
            """,
        "spaces/one/deep.py": "from ..two import other\nVALUE = other.VALUE",
        "spaces/two/other.py": "VALUE = 2",
    },
    "relative imports": {
        "main.py": "from levels.a.b.c import one, two, three, sibling, package, top",
        "levels/__init__.py": "TOP = 'top'",
        "levels/a/__init__.py": "A = 'a'",
        "levels/a/d.py": "D = 'd'",
        "levels/a/b/__init__.py": "B = 'b'",
        "levels/a/b/e.py": "E = 'e'",
        "levels/a/b/c.py": """
            from . import B as one, e as sibling
            from .. import A as two, d as package
            from ..d import D as three
            from ... import TOP as top
            """,
    },
    "relative imports of a package": {
        "main.py": "from levels.inner import here, below, above, beside",
        "levels/__init__.py": "ABOVE = 1",
        "levels/beside.py": "",
        "levels/inner/__init__.py": """
            from . import below
            from .below import HERE as here
            from .. import ABOVE as above, beside
            """,
        "levels/inner/below.py": "HERE = 1",
    },
    "re-exports": {
        "main.py": "from facade import User, make, models, Renamed\nimport facade\ndirect = facade.Renamed",
        "facade/__init__.py": "from .inner import *\nfrom .inner.models import User as Renamed",
        "facade/inner/__init__.py": "from .models import User\nfrom .models import make\nfrom . import models",
        "facade/inner/models.py": "class User: ...\ndef make(): ...",
    },
    "star imports": {
        "main.py": "from stars.plain import *\nfrom stars.listed import *\nfrom stars.nested import *",
        "stars/__init__.py": "",
        "stars/plain.py": "import os\na = 1\n_hidden = 2\ndef b(): ...\n__dunder__ = 3",
        "stars/listed.py": "__all__ = ['c', '_d']\n__all__ += ['e']\nc = 1\n_d = 2\ne = 3\nf = 4",
        "stars/nested.py": "from .plain import *\nfrom .listed import *\ng = _d",
    },
    "lists of exports that grow": {
        "main.py": "from grown import *",
        "grown/__init__.py": """
            from . import first
            from . import second
            from .first import *
            from .second import *
            __all__ = first.__all__ + second.__all__
            __all__.extend(["own"])
            __all__.append("other")
            own, other, hidden = 1, 2, 3
            """,
        "grown/first.py": "__all__ = ('a',)\n__all__ = ['a']\na = 1\nb = 2",
        "grown/second.py": "__all__ = ['c']\nc = 1\nd = 2",
    },
    "a star import of submodules": {
        "main.py": "from routers import *",
        "routers/__init__.py": "__all__ = ['items', 'users']",
        "routers/items.py": "",
        "routers/users.py": "",
    },
    "a star import of what was imported inside": {
        "main.py": "from routers import *",
        "routers/__init__.py": "from .items import router as items_router\nimport routers.users\nagain = items.router",
        "routers/items.py": "router = 1",
        "routers/users.py": "",
    },
    "a name wins over a submodule": {
        "main.py": "from clash import settings, engine\nimport clash\nlater = clash.engine",
        "clash/__init__.py": "from .settings import settings\nengine = 'text'",
        "clash/settings.py": "settings = {'a': 1}",
        "clash/engine.py": "",
    },
    "importing attempts": {
        "main.py": """
            try:
                from attempts.fast import loads
            except ImportError:
                from attempts.slow import loads
            try:
                import attempts.fast as module
            except ImportError:
                module = None
            else:
                found = True
            """,
        "attempts/__init__.py": "",
        "attempts/fast.py": "def loads(): ...",
        "attempts/slow.py": "def loads(): ...",
    },
    "cycle of names": {
        "main.py": "from cycle.first import First, make_second\nfrom cycle.second import Second",
        "cycle/__init__.py": "",
        "cycle/first.py": """
            class First: ...
            from cycle.second import Second
            def make_second(): return Second()
            """,
        "cycle/second.py": "from cycle.first import First\nclass Second(First): ...",
    },
    "cycle of modules": {
        "main.py": "from cycle.first import name as first\nfrom cycle.second import name as second, other",
        "cycle/__init__.py": "",
        "cycle/first.py": "from cycle import second\nname = 'first'",
        "cycle/second.py": "from . import first\nimport cycle.first as other\nname = 'second'",
    },
    "cycle of a package and its modules": {
        "main.py": "from looped import app, users, User",
        "looped/__init__.py": "app = 1\nfrom . import users\nfrom .users import User",
        "looped/users.py": "from looped import app as own\nimport looped\nclass User: ...",
    },
    "a package that imports itself": {
        "main.py": "from own import config, value\nfrom own.part import taken",
        "own/__init__.py": "import own.config\nfrom own import config\nfrom own.config import value",
        "own/config.py": "value = 1",
        "own/part.py": "import own\ntaken = own.config.value",
    },
    "import binds the top": {
        "main.py": """
            import deep.down.below
            import deep.other
            top = deep
            below = deep.down.below.NAME
            other = deep.other.NAME
            """,
        "deep/__init__.py": "",
        "deep/down/__init__.py": "",
        "deep/down/below.py": "NAME = 'below'",
        "deep/other.py": "NAME = 'other'",
    },
    "modules by name": {
        "main.py": """
            import importlib
            from importlib import import_module as load
            first = importlib.import_module("dynamic.first")
            second = load("dynamic." + "second")
            third = load(".first", "dynamic")
            fourth = load(".second", package=first.__package__)
            modules = [load(f"dynamic.{name}").NAME for name in ("first", "second")]
            attribute = getattr(load("dynamic.first"), "NAME")
            """,
        "dynamic/__init__.py": "",
        "dynamic/first.py": "NAME = 1",
        "dynamic/second.py": "from importlib import import_module as load\nNAME = load('.first', __package__).NAME + 1",
    },
    "names of modules": {
        "main.py": "from named import own, package, sub\nfrom named.sub import own as own2, package as package2",
        "named/__init__.py": "own, package = __name__, __package__\nfrom . import sub",
        "named/sub.py": "own, package = __name__, __package__",
    },
    "imports inside functions": {
        "main.py": """
            def load():
                from lazy import VALUE
                import lazy.part
                return VALUE, lazy.part.VALUE
            values = load()
            """,
        "lazy/__init__.py": "VALUE = 1",
        "lazy/part.py": "VALUE = 2",
    },
    "deleted names": {
        "main.py": "from gone import *",
        "gone.py": "import os\nkept = 1\ndropped = 2\ndel dropped, os",
    },
    "submodule beside a function of its name": {
        "main.py": "from twice import create, update",
        "twice/__init__.py": "from .create import create\nfrom .update import *",
        "twice/create.py": "def create(): ...",
        "twice/update.py": "def update(): ...",
    },
}


@pytest.mark.parametrize("case", CASES)
def test_imports_are_those_of_python(case: str, tmp_path: Path) -> None:
    assert_like_python(CASES[case], tmp_path)


def test_type_checking_imports_are_annotations_only() -> None:
    sources = {
        "main.py": """
            from typing import TYPE_CHECKING
            import typing as t
            if TYPE_CHECKING:
                from models import User
                import models
            if t.TYPE_CHECKING:
                from models import Item
            else:
                Item = None
            if not TYPE_CHECKING:
                run = True
            def endpoint(user: "User", item: models.Item): ...
            """,
        "models.py": "from main import endpoint\nclass User: ...\nclass Item: ...",
    }
    interpreter = linked(sources).interpreter
    module = interpreter.linker.modules["main.py"]
    assert describe(interpreter.undefer(module.scope.names["User"])) == "<models.User>"
    assert describe(module.scope.names["models"]) == "<module models>"
    assert describe(module.scope.names["Item"]) is None
    assert describe(module.scope.names["run"]) is True


def test_cycles_of_annotations() -> None:
    sources = {
        "users.py": """
            from __future__ import annotations
            from typing import TYPE_CHECKING
            if TYPE_CHECKING:
                from items import Item
            class User:
                items: list[Item]
            """,
        "items.py": "from users import User\nclass Item:\n    owner: User",
    }
    interpreter = linked(sources).interpreter
    (user,) = (cls for cls in interpreter.classes if cls.name == "User")
    declared = interpreter.declared_type(user, "items")
    assert [describe(argument) for argument in declared.arguments] == ["<items.Item>"]


def test_a_fallback_speaks_where_the_attempt_says_nothing() -> None:
    sources = {
        "main.py": """
            try:
                from missing.part import first
            except ImportError:
                first = None
            try:
                from own import absent as second
            except ImportError:
                from own import present as second
            """,
        "own.py": "present = 1",
    }
    names = names_of(sources)
    assert names["second"] == 1
    assert names["first"] == OUTSIDE


# where sys.path decides


def linker(*paths: str, source_roots: tuple[str, ...] = ()) -> Linker:
    return Linker({path: extract(Source.from_bytes(b"", path)) for path in paths}, source_roots)


def found(module: Module | None) -> str | None:
    return module.path if module is not None else None


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("main.py", "main"),
        ("app/__init__.py", "app"),
        ("app/api/users.py", "app.api.users"),
        ("src/shop/__init__.py", "shop"),
        ("src/shop/items.py", "shop.items"),
        ("backend/app/main.py", "backend.app.main"),
        ("services/x/src/x/main.py", "services.x.src.x.main"),
    ],
)
def test_names_are_relative_to_source_roots(path: str, name: str) -> None:
    assert linker(path, "src/shop/__init__.py").modules[path].name == name


def test_names_begin_below_what_nobody_could_import() -> None:
    project = linker("examples/with-auth/app/main.py", "2024/app.py")
    assert [module.name for module in project.modules.values()] == ["app", "app.main"]


def test_a_namespace_package_lies_in_several_folders() -> None:
    paths = ("libs/core/shop/core/models.py", "libs/api/shop/api/main.py", "shop/core/notes.txt.py")
    project = linker(*paths, source_roots=("libs/core", "libs/api"))
    importer = project.modules["libs/api/shop/api/main.py"]
    assert found(project.absolute(importer, "shop.core.models")) == "libs/core/shop/core/models.py"
    assert importer.name == "shop.api.main"


def test_a_namespace_package_nearby_goes_before_a_package_elsewhere() -> None:
    project = linker(
        "billing-service/app/__init__.py", "billing-service/app/api/orders.py", "billing-service/app/main.py",
        "mail-service/app/__init__.py", "mail-service/app/api/__init__.py", "mail-service/app/main.py",
        "old-mail/routers/news.py", "old-mail/main.py",
        "shop-web/app/routers/__init__.py",
    )  # fmt: skip
    for importer, name, package in (
        ("billing-service/app/main.py", "app.api", "billing-service/app/api/__init__.py"),
        ("mail-service/app/main.py", "app.api", "mail-service/app/api/__init__.py"),
        ("old-mail/main.py", "routers", "old-mail/routers/__init__.py"),
    ):
        assert found(project.absolute(project.modules[importer], name)) == package


def test_names_are_relative_to_declared_roots() -> None:
    project = linker("backend/app/main.py", "services/x/src/x/main.py", source_roots=("backend", "services/x/src"))
    assert [module.name for module in project.modules.values()] == ["app.main", "x.main"]


MONOREPO = (
    "backend/app/__init__.py",
    "backend/app/core/config.py",
    "backend/app/main.py",
    "backend/tests/test_main.py",
    "services/billing/src/billing/__init__.py",
    "services/billing/src/billing/api.py",
    "services/billing/src/billing/common.py",
    "services/billing/tests/test_api.py",
    "services/mail/src/mail/__init__.py",
    "services/mail/src/mail/api.py",
    "services/mail/src/mail/common.py",
    "services/mail/app/main.py",
    "services/mail/app/settings.py",
    "scripts/seed.py",
    "scripts/tools.py",
)


@pytest.mark.parametrize(
    ("importer", "dotted", "target"),
    [
        ("backend/app/main.py", "app.core.config", "backend/app/core/config.py"),
        ("backend/tests/test_main.py", "app.main", "backend/app/main.py"),
        ("services/billing/src/billing/api.py", "billing.common", "services/billing/src/billing/common.py"),
        ("services/mail/src/mail/api.py", "mail.common", "services/mail/src/mail/common.py"),
        ("services/mail/src/mail/api.py", "billing.api", "services/billing/src/billing/api.py"),
        ("services/billing/tests/test_api.py", "billing.api", "services/billing/src/billing/api.py"),
        ("services/mail/app/main.py", "app.settings", "services/mail/app/settings.py"),
        ("services/mail/app/main.py", "settings", "services/mail/app/settings.py"),
        ("scripts/seed.py", "tools", "scripts/tools.py"),
        ("scripts/seed.py", "scripts.tools", "scripts/tools.py"),
        ("scripts/seed.py", "app.main", "backend/app/main.py"),
        ("backend/app/main.py", "common", None),
        ("backend/app/main.py", "requests", None),
        ("backend/app/main.py", "app.missing", None),
    ],
)
def test_the_nearest_root_wins(importer: str, dotted: str, target: str | None) -> None:
    project = linker(*MONOREPO)
    assert found(project.absolute(project.modules[importer], dotted)) == target


@pytest.mark.parametrize(
    ("paths", "importer", "dotted", "target"),
    [
        (("app/redis.py", "app/main.py"), "app/main.py", "redis", None),
        (("app/__init__.py", "app/redis.py", "app/main.py"), "app/main.py", "redis", None),
        (("app/__init__.py", "app/redis.py", "app/main.py"), "app/main.py", "app.redis", "app/redis.py"),
        (("app/__init__.py", "app/redis.py"), "app/redis.py", "redis", None),
        (("app/__init__.py", "app/email.py", "app/main.py"), "app/main.py", "email", None),
        (("email.py", "main.py"), "main.py", "email", "email.py"),
        (("redis.py", "main.py"), "redis.py", "redis", None),
        (("main.py", "redis/__init__.py"), "main.py", "redis", "redis/__init__.py"),
        (("fastapi/__init__.py", "main.py"), "main.py", "fastapi", None),
        (("docs/fastapi/main.py", "docs/main.py"), "docs/main.py", "fastapi", None),
        (("app/__init__.py", "app/helpers.py", "app/main.py"), "app/main.py", "helpers", None),
    ],
)
def test_files_named_like_packages(paths: tuple[str, ...], importer: str, dotted: str, target: str | None) -> None:
    project = linker(*paths)
    assert found(project.absolute(project.modules[importer], dotted)) == target


@pytest.mark.parametrize(
    ("importer", "level", "dotted", "target"),
    [
        ("src/shop/api/users.py", 1, "", "src/shop/api/__init__.py"),
        ("src/shop/api/users.py", 2, "models", "src/shop/models.py"),
        ("src/shop/api/__init__.py", 1, "users", "src/shop/api/users.py"),
        ("src/shop/api/__init__.py", 2, "models", "src/shop/models.py"),
        ("src/shop/api/users.py", 9, "models", None),
        ("src/shop/api/users.py", 1, "absent", None),
        ("main.py", 1, "", None),
    ],
)
def test_relative_levels(importer: str, level: int, dotted: str, target: str | None) -> None:
    project = linker(
        "main.py", "src/shop/__init__.py", "src/shop/models.py", "src/shop/api/__init__.py", "src/shop/api/users.py"
    )
    assert found(project.relative(project.modules[importer], level, dotted)) == target


def test_parents_and_submodules() -> None:
    project = linker("app/__init__.py", "app/api/users.py", "app/models.py")
    package = project.modules["app/__init__.py"]
    assert project.parent(project.modules["app/models.py"]) is package
    assert project.parent(package) is None
    assert found(project.submodule(package, "models")) == "app/models.py"
    namespace = project.submodule(package, "api")
    assert namespace is not None and namespace.name == "app.api" and namespace.is_package
    assert found(project.submodule(namespace, "users")) == "app/api/users.py"
    assert project.submodule(project.modules["app/models.py"], "users") is None
