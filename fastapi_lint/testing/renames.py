"""Writes the imports of a case another way, so that a rule that goes by names instead of what they stand for fails.

:func:`aliased`: ``from fastapi import Depends`` becomes ``from fastapi import Depends as imported_1``, and
``import fastapi`` becomes ``import fastapi as imported_2``. :func:`qualified`: the former becomes
``import fastapi as module_1`` and its names ``module_1.Depends``. The uses follow, found in the syntax tree; a name is
left alone wherever that might change what the program does. No line moves.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from fastapi_lint.testing.cases import is_python
from fastapi_lint.testing.variants import NotApplicable, python_text

_FIXED_NAMES = frozenset({"TYPE_CHECKING"})
"""Names that type checkers know by their spelling, and we too."""


class _Edit(NamedTuple):
    """A replacement in bytes of UTF-8, which is how the syntax tree counts columns."""

    start: int
    end: int
    new: str


class _Module:
    """One module of a case: its tree, and what may be renamed in it.

    Args:
        text: its text.
        nodes: those of its tree, the module itself first.
        own: the names of modules of the case itself.
        exported: the names that other modules of the case import from it, or might.
    """

    def __init__(self, text: str, nodes: Sequence[ast.AST], own: Collection[str], exported: Collection[str]) -> None:
        assert isinstance(nodes[0], ast.Module)
        self._statements = nodes[0].body
        self._data = text.encode()
        self._own = own
        self._starts = [0]
        for line in self._data.split(b"\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._uses: dict[str, list[ast.Name]] = {}
        for node in nodes:
            if isinstance(node, ast.Name):
                self._uses.setdefault(node.id, []).append(node)
        bound = Counter(_bound_names(nodes))
        fixed = {*exported, *_FIXED_NAMES, *_names_in_strings(nodes)}
        if sys.version_info < (3, 12):
            # There, the tree has wrong positions for what stands inside an f-string.
            fixed.update(_names_in_fstrings(nodes))
        self._free = {name for name, count in bound.items() if count == 1 and name not in fixed}

    def renameable(self, kind: type[ast.Import] | type[ast.ImportFrom]) -> Iterator[tuple[ast.stmt, list[ast.alias]]]:
        """The imports of libraries at the top level, each with those of its names that can be had another way."""
        for node in self._statements:
            if not isinstance(node, kind) or (isinstance(node, ast.ImportFrom) and not self._is_library(node)):
                continue
            names = [alias for alias in node.names if alias.asname is None and alias.name in self._free]
            if isinstance(node, ast.Import):
                names = [alias for alias in names if alias.name not in self._own]
            if names:
                yield node, names

    def replace_uses(self, name: str, new: str) -> Iterator[_Edit]:
        """The edits that put ``new`` wherever ``name`` is read."""
        for node in self._uses.get(name, ()):
            yield self.replace(node, new)

    def replace(self, node: ast.stmt | ast.expr | ast.alias, new: str) -> _Edit:
        """The edit that puts ``new`` in the place of ``node``."""
        assert node.end_lineno is not None and node.end_col_offset is not None
        start = self._starts[node.lineno - 1] + node.col_offset
        return _Edit(start, self._starts[node.end_lineno - 1] + node.end_col_offset, new)

    def edited(self, edits: Iterable[_Edit]) -> bytes:
        """The module with the edits made."""
        data = self._data
        for edit in sorted(edits, reverse=True):
            data = data[: edit.start] + edit.new.encode() + data[edit.end :]
        return data

    def _is_library(self, node: ast.ImportFrom) -> bool:
        top = (node.module or "").split(".")[0]
        return not node.level and top not in self._own and top != "__future__"


def aliased(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The case with all imports of libraries under other names.

    Raises:
        NotApplicable: there is no import that can be had under another name.
    """

    def edits(module: _Module) -> Iterator[_Edit]:
        count = 0
        for kind in (ast.Import, ast.ImportFrom):
            for _, names in module.renameable(kind):
                for alias in names:
                    count += 1
                    new = f"imported_{count}"
                    yield module.replace(alias, f"{alias.name} as {new}")
                    yield from module.replace_uses(alias.name, new)

    return _rewritten(files, edits)


def qualified(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The case with modules of libraries imported instead of names from them.

    Raises:
        NotApplicable: there is no import of a name that can be had so.
    """

    def edits(module: _Module) -> Iterator[_Edit]:
        for count, (node, names) in enumerate(module.renameable(ast.ImportFrom), 1):
            assert isinstance(node, ast.ImportFrom)
            yield module.replace(node, _module_import(node, names, f"module_{count}"))
            for alias in names:
                yield from module.replace_uses(alias.name, f"module_{count}.{alias.name}")

    return _rewritten(files, edits)


def _module_import(node: ast.ImportFrom, names: list[ast.alias], new: str) -> str:
    """The import of the module, with what must still be imported from it, over as many lines as before."""
    statement = f"import {node.module} as {new}"
    rest = [alias for alias in node.names if alias not in names]
    if rest:
        kept = ", ".join(f"{alias.name} as {alias.asname}" if alias.asname else alias.name for alias in rest)
        statement += f"; from {node.module} import {kept}"
    assert node.end_lineno is not None
    return statement + "\n" * (node.end_lineno - node.lineno)


def _rewritten(files: Mapping[str, bytes], edits: Callable[[_Module], Iterator[_Edit]]) -> dict[str, bytes]:
    """The files, each Python one with its edits made."""
    texts = {path: text for path, data in files.items() if is_python(path) and (text := python_text(data)) is not None}
    own = {part for path in files if is_python(path) for part in PurePosixPath(path).with_suffix("").parts}
    try:
        nodes = {path: list(ast.walk(ast.parse(text))) for path, text in texts.items()}
        exported = {name for of_module in nodes.values() for name in _imported_from(of_module, own)}
        if "*" in exported:
            raise NotApplicable("a module of the case is imported by a star, so all names of modules may be in use")
        result = dict(files)
        for path, text in texts.items():
            module = _Module(text, nodes[path], own, exported)
            result[path] = module.edited(edits(module))
            ast.parse(result[path])
    except (SyntaxError, ValueError) as error:
        raise NotApplicable(f"this Python cannot parse the case or its variant: {error}") from None
    if result == dict(files):
        raise NotApplicable("the case imports nothing from a library that could be had another way")
    return result


def _imported_from(nodes: Sequence[ast.AST], own: Collection[str]) -> Iterator[str]:
    """The names that a module imports from modules of the case itself, or reads off them as attributes."""
    modules: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").split(".")[0] in own):
            yield from (alias.name for alias in node.names)
            modules.update(alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            names = (alias for alias in node.names if alias.name.split(".")[0] in own)
            modules.update(alias.asname or alias.name.split(".")[0] for alias in names)
    for node in nodes:
        if isinstance(node, ast.Attribute) and _root(node) in modules:
            yield node.attr


def _root(node: ast.expr) -> str:
    """The name that a chain of attributes begins with; "" for other expressions."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _bound_names(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """Every name that is bound anywhere in the module, as often as it is bound."""
    for node in nodes:
        if isinstance(node, ast.alias):
            yield node.asname or node.name.split(".")[0]
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            yield from node.names * 2
        elif isinstance(node, ast.MatchMapping):
            yield node.rest or ""
        elif isinstance(name := getattr(node, "name", None), str):
            # Functions, classes, handlers, captures of patterns, type parameters.
            yield name


def _names_in_strings(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """The names in strings that may be annotations, or in ``__all__``."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                inner = ast.parse(node.value.strip(), mode="eval")
            except (SyntaxError, ValueError):
                continue
            yield from (name.id for name in ast.walk(inner) if isinstance(name, ast.Name))


def _names_in_fstrings(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """The names that are read inside f-strings."""
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            yield from (name.id for name in ast.walk(node) if isinstance(name, ast.Name))
