"""The linker: which module an import means.

Python decides this by ``sys.path``, which source code does not show. So a dotted name is looked for where Python would
find it for the importing file: in the declared source roots, in the folder that holds its top-level package, then in
the folders around it, the nearest first, and at last beside the other packages of the project. What is not found is
outside the project.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cached_property

from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.model.definitions import Module
from fastapi_lint.model.knowledge.packages import FRAMEWORKS, KNOWN_DISTRIBUTIONS

NO_FACTS = ModuleFacts((), None, (), (0,), ())


class Linker:
    """All modules of a project, by path and by import.

    Args:
        modules: facts by path, relative to the project root, with forward slashes.
        source_roots: folders that are on ``sys.path`` ("" is the project root).
    """

    def __init__(self, modules: Mapping[str, ModuleFacts], source_roots: tuple[str, ...] = ()) -> None:
        self._packages = {path.rpartition("/")[0] for path in modules if path.rpartition("/")[2] == "__init__.py"}
        self._folders = {folder for path in modules for folder in _folders_around(path)}
        roots = set(source_roots) | {""} | ({"src"} & self._folders)
        self._roots = sorted(roots, key=lambda root: (-root.count("/") - bool(root), root))
        self.modules = {
            path: Module(path, self._name(path), facts, path.endswith("__init__.py"))
            for path, facts in sorted(modules.items())
        }
        self._namespaces: dict[str, Module] = {}
        self._found: dict[tuple[str, str], Module | None] = {}
        self._package_roots = sorted({self._package_root(folder) for folder in self._packages})

    def absolute(self, importer: Module, dotted: str) -> Module | None:
        """The module that ``import dotted`` means in ``importer``; None when it is outside the project."""
        key = (importer.folder, dotted)
        if key not in self._found:
            self._found[key] = self._search(importer, dotted)
        return self._found[key]

    def relative(self, importer: Module, level: int, dotted: str) -> Module | None:
        """The module that ``from {level dots}dotted import …`` means in ``importer``, or None."""
        parts = importer.folder.split("/") if importer.folder else []
        if level - 1 > len(parts):
            return None
        base = "/".join(parts[: len(parts) - (level - 1)])
        return self._at("/".join(part for part in (base, dotted.replace(".", "/")) if part))

    def submodule(self, package: Module, name: str) -> Module | None:
        """The module ``name`` inside a package, or None."""
        if not package.is_package:
            return None
        folder = package.folder
        return self._at(f"{folder}/{name}" if folder else name)

    def parent(self, module: Module) -> Module | None:
        """The package around a module, or None."""
        folder = module.folder.rpartition("/")[0] if module.is_package else module.folder
        return self.modules.get(f"{folder}/__init__.py") if folder else None

    def listing(self, folder: str) -> list[str]:
        """The paths of the Python files and of the folders with such that are directly inside a folder, in order."""
        return self._contents.get(folder, [])

    def below(self, folder: str) -> list[str]:
        """The paths of the Python files and of the folders with such that are inside a folder at any depth."""
        return [path for inside in self.listing(folder) for path in (inside, *self.below(inside))]

    @cached_property
    def _contents(self) -> dict[str, list[str]]:
        contents: dict[str, list[str]] = {}
        for path in sorted({*self.modules, *self._folders} - {""}):
            contents.setdefault(path.rpartition("/")[0], []).append(path)
        return contents

    def _search(self, importer: Module, dotted: str) -> Module | None:
        top = dotted.partition(".")[0]
        if top in FRAMEWORKS:
            return None
        tail = dotted.replace(".", "/")
        foreign = top in sys.stdlib_module_names or top in KNOWN_DISTRIBUTIONS
        for roots in self._candidates(importer, foreign):
            namespace: Module | None = None
            for root in roots:
                if self._at(f"{root}/{top}" if root else top) is not None:
                    found = self._at(f"{root}/{tail}" if root else tail)
                    if found is not None and found.path not in self.modules:
                        namespace = namespace or found  # a namespace package may lie in several folders
                    elif found is not None and (found is not importer or importer.is_package):
                        return found  # a file redis.py that imports redis means the package
            if namespace is not None:
                return namespace
        return None

    def _candidates(self, importer: Module, foreign: bool) -> list[list[str]]:
        """The folders to look in, in order: first those on the importer's own path, then where other packages lie,
        which is a guess. A ``foreign`` name (standard library, well-known package) is only looked for in the declared
        roots: a file ``redis.py`` beside the importer does not hide the package."""
        folder = importer.folder
        inside = [root for root in self._roots if not root or folder == root or folder.startswith(root + "/")]
        if foreign:
            return [inside]
        package_root = self._package_root(folder) if folder in self._packages else folder
        around = [around for around in reversed(_folders_around(importer.path)) if around not in self._packages]
        own = list(dict.fromkeys([*inside, package_root, *around, *self._roots]))
        return [own, [root for root in self._package_roots if root not in own]]

    def _package_root(self, folder: str) -> str:
        """The folder that holds the top-level package of the package ``folder``."""
        while folder and folder in self._packages:
            folder = folder.rpartition("/")[0]
        return folder

    def _at(self, stem: str) -> Module | None:
        """The module at a path without its suffix: a package, a file, or a namespace package."""
        for path in (f"{stem}/__init__.py", f"{stem}.py"):
            if path in self.modules:
                return self.modules[path]
        if stem in self._folders and stem:
            if stem not in self._namespaces:
                path = f"{stem}/__init__.py"
                self._namespaces[stem] = Module(path, self._name(path), NO_FACTS, is_package=True)
            return self._namespaces[stem]
        return None

    def _name(self, path: str) -> str:
        """The dotted name of a file, relative to the deepest source root around it; a folder whose name nobody could
        import counts as a root."""
        root = next(root for root in self._roots if not root or path.startswith(root + "/"))
        parts = path[len(root) + 1 if root else 0 :].removesuffix(".py").removesuffix("/__init__").split("/")
        if parts == ["__init__"]:
            return root.rpartition("/")[2]
        above = [number for number, part in enumerate(parts[:-1]) if not part.isidentifier()]
        return ".".join(parts[above[-1] + 1 if above else 0 :])


def _folders_around(path: str) -> list[str]:
    """The folders of a path from the root ("") inwards."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:count]) for count in range(len(parts) + 1)]
