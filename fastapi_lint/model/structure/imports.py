"""Which modules of the project a module imports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import mentions, walk
from fastapi_lint.model.definitions import Module
from fastapi_lint.model.linker import Linker

TYPE_CHECKING = "TYPE_CHECKING"


def imported_modules(module: Module, linker: Linker) -> Iterator[tuple[Module, st.Import | st.ImportFrom]]:
    """The modules of the project that a module imports when it is imported itself, each with the statement; what stands
    under ``if TYPE_CHECKING:`` or in a function is left out.

    Args:
        module: the importing module.
        linker: knows what imports mean.
    """
    for statement in _imports(module.facts.body):
        if isinstance(statement, st.Import):
            found = linker.absolute(module, statement.module)
            if found is not None:
                yield found, statement
            continue
        if statement.level:
            package = linker.relative(module, statement.level, statement.module)
        else:
            package = linker.absolute(module, statement.module)
        if package is not None:
            members = [linker.submodule(package, name) or package for name, _ in statement.names]
            for member in dict.fromkeys(members):
                yield member, statement


def import_closure(module: Module, linker: Linker) -> set[Module]:
    """A module, and all modules of the project that run when it is imported: what it imports, and what these do.

    Args:
        module: any module.
        linker: knows what imports mean.
    """
    found: set[Module] = set()
    pending = [module]
    while pending:
        current = pending.pop()
        if current in found:
            continue
        found.add(current)
        pending += (imported for imported, _ in imported_modules(current, linker))
        package = linker.parent(current)
        if package is not None:
            pending.append(package)
    return found


def imports_of(module: Module, package: str) -> Iterator[st.Import | st.ImportFrom]:
    """The imports of an installed package in a module, wherever they stand.

    Args:
        module: the importing module.
        package: a dotted name; what is in the package counts too, and ``from a import b`` for ``a.b``.
    """
    if package.partition(".")[0] not in module.facts.imports:
        return
    for node in walk(module.facts.body):
        if isinstance(node, (st.Import, st.ImportFrom)) and not getattr(node, "level", 0):
            named = [name for name, _ in node.names] if isinstance(node, st.ImportFrom) else []
            if any(f"{name}.".startswith(f"{package}.") for name in _imported(node.module, named)):
                yield node


def _imported(source: str, names: list[str]) -> Iterator[str]:
    yield source
    yield from (f"{source}.{name}" for name in names)


def _imports(statements: Iterable[st.Statement]) -> Iterator[st.Import | st.ImportFrom]:
    for statement in statements:
        if isinstance(statement, (st.Import, st.ImportFrom)):
            yield statement
        elif isinstance(statement, st.If):
            body = () if mentions([statement.test], TYPE_CHECKING) else statement.body
            yield from _imports((*body, *statement.orelse))
        elif isinstance(statement, st.Try):
            yield from _imports(statement.body)
