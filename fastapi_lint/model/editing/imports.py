"""Names of libraries in a module: as they are imported there, or with an import that is added where it belongs."""

from __future__ import annotations

import builtins
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts.expressions import Constant
from fastapi_lint.facts.search import occurrences
from fastapi_lint.facts.statements import Evaluate, Import, ImportFrom
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.editing.items import Items, items_of, tokens_of
from fastapi_lint.model.values import External, ModuleReference

_FUTURE, _STANDARD, _THIRD_PARTY, _OWN = range(4)
"""The groups of imports, in the order in which they stand."""


class Reference(NamedTuple):
    """How a name is written in a module, and the edits that make it known there: none where it is."""

    text: str
    edits: tuple[Edit | None, ...] = ()


def reference(editor: Editor, name: str, *same: str, alias: str | None = None) -> Reference | None:
    """How something of a library is written in a module, for use anywhere in it behind its imports.

    Args:
        editor: of the module.
        name: of the thing, by which it is imported where it is not: "fastapi.status".
        same: other names of the same thing.
        alias: what it is called where its bare name would say too little, or has another meaning.

    Returns:
        What is written, with the import if there is none yet; None where the bare name has another meaning already.
    """
    known = imported_as(editor, name, *same)
    if known is not None:
        return Reference(known)
    package, _, bare = name.rpartition(".")
    local = alias or bare
    if not _is_free(editor, local):
        return None
    edit = _import(editor, package, bare if alias is None else f"{bare} as {alias}")
    return Reference(local, (edit,)) if edit is not None else None


def reference_of_member(editor: Editor, package: str, name: str, *same: str) -> Reference | None:
    """How something of a package, or the ``same`` under another name, is written in a module: as :func:`reference`, but
    what is imported where it is not known is the package itself, as it is usual with ``pytest.mark`` and
    ``logging.getLogger``."""
    known = imported_as(editor, f"{package}.{name}", *same)
    if known is not None:
        return Reference(known)
    edit = _new_line(editor, _head(editor), package, None) if _is_free(editor, package) else None
    return Reference(f"{package}.{name}", (edit,)) if edit is not None else None


def reference_of_new(editor: Editor, name: str, package: str, function: str, arguments: str) -> Reference | None:
    """A new variable of a module, with the edits that make it by a function of a library, behind the imports with which
    the module begins; None where its name has a meaning already, or there are no such imports.

    Args:
        editor: of the module.
        name: of the variable.
        package: that has the function.
        function: the function.
        arguments: what it is called with, as it is written.
    """
    head = _head(editor)
    known = reference_of_member(editor, package, function) if head and _is_free(editor, name) else None
    if known is None:
        return None
    return Reference(name, (*known.edits, _behind_line(editor, head[-1], f"\n{name} = {known.text}{arguments}\n")))


def moved_import(editor: Editor, statement: Import | ImportFrom, module: str) -> Edit | None:
    """The edit that imports the same names from another module; None where others share the statement, or a name of the
    package itself (``import package.module``) is bound.

    Args:
        editor: of the module in which it stands.
        statement: the import.
        module: from which it imports then.
    """
    if isinstance(statement, ImportFrom):
        at = editor.text.index(statement.module, statement.start)
        return editor.edit(at, at + len(statement.module), module)
    line = editor.text[: statement.start].splitlines(keepends=True)[-1:]
    is_alone = "".join(line).strip() == "import" and "," not in editor.text[statement.end :].partition("\n")[0]
    package, _, name = module.rpartition(".")
    if not is_alone or (statement.alias is None and "." in statement.module):
        return None
    start, local = editor.text.rindex("import", 0, statement.start), statement.alias or statement.module
    alias = f" as {local}" if local != name else ""
    return editor.edit(start, statement.end, f"from {package} import {name}{alias}")


def _is_free(editor: Editor, name: str) -> bool:
    """Whether a name has no meaning in a module yet."""
    return not (
        name in editor.module.scope.names or hasattr(builtins, name) or occurrences(editor.module.facts.body, name)
    )


def imported_as(editor: Editor, *names: str) -> str | None:
    """How a module writes something that its imports make known under one of its names; None where they don't."""
    module = editor.module
    whole: str | None = None
    for statement in _imports(editor):
        for local, meant in _bound_by(statement):
            if local in module.sometimes or not _is_bound(editor, local, meant):
                continue
            if meant in names:
                return local
            if whole is None:
                whole = next(
                    (f"{local}{name[len(meant) :]}" for name in names if _reaches(statement, meant, name)), None
                )
    return whole


def _reaches(statement: Import | ImportFrom, meant: str, name: str) -> bool:
    """Whether what an import binds certainly has something of a library: ``sqlalchemy`` has no ``orm`` before that is
    imported."""
    package = name.rpartition(".")[0]
    return package == meant or (isinstance(statement, Import) and package == statement.module)


def _is_bound(editor: Editor, local: str, meant: str) -> bool:
    """Whether a name means in the end what an import makes of it."""
    value = editor.module.scope.names.get(local)
    if isinstance(value, ModuleReference):
        return value.module.name == meant
    return isinstance(value, External) and value.receiver is None


def _bound_by(statement: Import | ImportFrom) -> Iterator[tuple[str, str]]:
    """The names that an import binds, with what they mean; those of the project apart."""
    if isinstance(statement, Import):
        if statement.alias is not None:
            yield statement.alias, statement.module
        else:
            top = statement.module.partition(".")[0]
            yield top, top
    elif not statement.level:
        for name, alias in statement.names:
            yield alias or name, f"{statement.module}.{name}"


def _imports(editor: Editor) -> Iterator[Import | ImportFrom]:
    """The imports at the top level of a module, outside all conditions."""
    for statement in editor.module.facts.body:
        if isinstance(statement, (Import, ImportFrom)):
            yield statement


def _import(editor: Editor, package: str, name: str) -> Edit | None:
    """The edit that imports a name: beside others of the package where there are such, else on a line of its own."""
    head = _head(editor)
    for statement in head:
        if isinstance(statement, ImportFrom) and statement.module == package and not statement.level:
            items = _names(editor, statement)
            if items is not None:
                return _extended(editor, statement, items, name)
    return _new_line(editor, head, package, name)


def _head(editor: Editor) -> list[Import | ImportFrom]:
    """The imports with which a module begins, behind its docstring."""
    found: list[Import | ImportFrom] = []
    for number, statement in enumerate(editor.module.facts.body):
        if isinstance(statement, (Import, ImportFrom)):
            found.append(statement)
        elif number or not isinstance(statement, Evaluate):
            break
    return found


def _names(editor: Editor, statement: ImportFrom) -> Items | None:
    """The names of an import, if another one can be added: not to a star, nor to lines that backslashes join."""
    written = editor.written(statement)
    tokens = tokens_of(written)
    keyword = tokens.texts.index("import")
    if tokens.texts[-1] == ")":
        return items_of(editor.text, statement.start + tokens.ends[keyword + 1], statement.start + tokens.starts[-1])
    if tokens.texts[-1] == "*" or "\\" in written:
        return None
    return items_of(editor.text, statement.start + tokens.ends[keyword], statement.end)


def _extended(editor: Editor, statement: ImportFrom, items: Items, name: str) -> Edit | None:
    """The edit that adds a name to an import, in the order of the names where they have one."""
    names = [imported for imported, _ in statement.names]
    order = _order(names)
    index = next((at for at, other in enumerate(names) if order(other) > order(name)), len(names))
    return editor.edit(*items.insertion(index, name))


def _kind(name: str) -> int:
    """Constants come before classes and these before all else, as isort has it."""
    return 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2


_ORDERS: tuple[Callable[[str], tuple[int, str]], ...] = (
    lambda name: (_kind(name), name.lower()),
    lambda name: (_kind(name), name),
    lambda name: (0, name),
    lambda name: (0, name.lower()),
)


def _order(names: list[str]) -> Callable[[str], tuple[int, str]]:
    """The order that some names have."""
    return next((key for key in _ORDERS if names == sorted(names, key=key)), lambda name: (0, ""))


def _new_line(editor: Editor, head: list[Import | ImportFrom], package: str, name: str | None) -> Edit | None:
    """The edit that adds an import on a line of its own, in the group that it belongs to: of a name, or of the package
    itself."""
    line = f"import {package}\n" if name is None else f"from {package} import {name}\n"
    group = _group_of(editor, package)
    before = [statement for statement in head if _group(editor, statement) <= group]
    if not head:
        return _first_line(editor, line)
    if not before:
        return _at_line(editor, head[0], line + "\n")
    own = [statement for statement in before if _group(editor, statement) == group]
    place = name is not None, package.lower()
    later = [one for one in own if (isinstance(one, ImportFrom), one.module.lower()) > place]
    if later and own[own.index(later[0]) :] == later:
        return _at_line(editor, later[0], line)
    return _behind_line(editor, before[-1], line if own else "\n" + line)


def _group(editor: Editor, statement: Import | ImportFrom) -> int:
    return _OWN if isinstance(statement, ImportFrom) and statement.level else _group_of(editor, statement.module)


def _group_of(editor: Editor, package: str) -> int:
    top = package.partition(".")[0]
    if top == "__future__":
        return _FUTURE
    if top in sys.stdlib_module_names:
        return _STANDARD
    return _OWN if editor.is_own(top) else _THIRD_PARTY


def _first_line(editor: Editor, line: str) -> Edit | None:
    """The edit that adds the first import of a module: behind its docstring, or at the very beginning; None where a
    comment stands there."""
    first = editor.module.facts.body[0]
    if isinstance(first, Evaluate) and isinstance(first.value, Constant):
        return _behind_line(editor, first, "\n" + line)
    return editor.insert(0, line + "\n\n") if not editor.text.startswith("#") else None


def _at_line(editor: Editor, statement: Import | ImportFrom, text: str) -> Edit | None:
    """Whole lines in front of the one that begins with a statement; None where it begins with another one."""
    starts = editor.module.facts.line_starts
    start = starts[bisect_right(starts, statement.start) - 1]
    before = editor.text[start : statement.start].rstrip()
    return editor.insert(start, text) if before == ("import" if isinstance(statement, Import) else "") else None


def _behind_line(editor: Editor, statement: Import | ImportFrom | Evaluate, text: str) -> Edit | None:
    """Whole lines behind a statement; None where another one follows on its line."""
    starts = editor.module.facts.line_starts
    following = next((start for start in starts if start >= statement.end), None)
    if following is None or ";" in editor.text[statement.end : following].partition("#")[0]:
        return None
    return editor.insert(following, text)
