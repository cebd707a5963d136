"""What Alembic revisions say of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import method_calls
from fastapi_lint.model.definitions import Module

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

ENVIRONMENT = "env.py"
"""The script that tells Alembic of the tables, above the folder of the revisions
(https://alembic.sqlalchemy.org/en/latest/tutorial.html#the-migration-environment)."""


def migrated_indexes(project: Project) -> set[tuple[str | None, str]]:
    """The tables and first columns of the indexes that revisions create: ``op.create_index(name, table, columns)``. The
    table is None where the call does not name it, as within ``batch_alter_table``.

    An index that a later revision drops is among them.
    """
    found: set[tuple[str | None, str]] = set()
    for module in project.modules:
        if not project.is_migration(module):
            continue
        for call in method_calls(module.facts, "create_index"):
            texts = [_text(argument.value) for argument in call.arguments if argument.keyword in (None, "table_name")]
            for argument in call.arguments:
                if isinstance(argument.value, ex.Sequence) and argument.value.items:
                    column = _text(argument.value.items[0])
                    table = texts[1] if len(texts) > 1 else None
                    if column is not None:
                        found.add((table, column))
    return found


def revision_beside(project: Project, modules: Iterable[Module]) -> Module | None:
    """The first revision of the tables that code uses: its environment imports mapped classes which that code imports
    too. Where either imports none, as far as is seen, the revisions must lie in a folder around the code.

    Args:
        project: any project.
        modules: where the code stands.
    """
    modules = list(modules)
    used = _mapped(project, modules)
    by_path = {module.path: module for module in project.modules}
    first: dict[Module | None, Module] = {}
    for revision in filter(project.is_migration, project.modules):
        first.setdefault(_environment(by_path, revision), revision)
    for environment, revision in first.items():
        managed = _mapped(project, [environment]) if environment is not None else set()
        home = environment.folder.rpartition("/")[0] if environment is not None else ""
        around = not home or all(module.path.startswith(f"{home}/") for module in modules)
        if used & managed if used and managed else around:
            return revision
    return None


def _environment(by_path: Mapping[str, Module], revision: Module) -> Module | None:
    """The environment of a revision: in the nearest folder around it that has one."""
    folder = revision.folder
    while folder:
        folder = folder.rpartition("/")[0]
        found = by_path.get(f"{folder}/{ENVIRONMENT}" if folder else ENVIRONMENT)
        if found is not None:
            return found
    return None


def _mapped(project: Project, modules: Iterable[Module]) -> set[Module]:
    """The modules of mapped classes that are imported with others."""
    mapped = {model.cls.module for model in project.orm_models}
    return {imported for module in modules for imported in project.import_closure(module)} & mapped


def _text(node: ex.Expression) -> str | None:
    return node.value if isinstance(node, ex.Constant) and isinstance(node.value, str) else None
