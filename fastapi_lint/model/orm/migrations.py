"""What Alembic revisions say of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import method_calls

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project


def migrated_indexes(project: Project) -> set[tuple[str | None, str]]:
    """The tables and first columns of the indexes that revisions create: ``op.create_index(name, table, columns)``. The
    table is None where the call does not name it, as within ``batch_alter_table``.

    An index that a later revision drops is among them.
    """
    found: set[tuple[str | None, str]] = set()
    for module in project.modules:
        if not project.is_migration(module):
            continue
        for call in method_calls(module.facts.body, "create_index"):
            texts = [_text(argument.value) for argument in call.arguments if argument.keyword in (None, "table_name")]
            for argument in call.arguments:
                if isinstance(argument.value, ex.Sequence) and argument.value.items:
                    column = _text(argument.value.items[0])
                    table = texts[1] if len(texts) > 1 else None
                    if column is not None:
                        found.add((table, column))
    return found


def _text(node: ex.Expression) -> str | None:
    return node.value if isinstance(node, ex.Constant) and isinstance(node.value, str) else None
