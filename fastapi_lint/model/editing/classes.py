"""Edits of class bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts.expressions import Name
from fastapi_lint.facts.statements import Assign
from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.editing.imports import reference


def as_config_dict(editor: Editor, config: ClassDefinition, new_names: Mapping[str, str]) -> Iterator[Edit | None]:
    """The edits that write the nested ``class Config`` of a model as ``model_config = ConfigDict(…)``; among them None
    where more than plain assignments is in it.

    Args:
        editor: of the module that it is in.
        config: the class.
        new_names: options that are called otherwise in ``ConfigDict``.
    """
    options: list[str] = []
    for statement in config.fact.body:
        target = statement.targets[0] if isinstance(statement, Assign) and len(statement.targets) == 1 else None
        if not isinstance(statement, Assign) or not isinstance(target, Name):
            yield None
            return
        options.append(f"{new_names.get(target.id, target.id)}={editor.written(statement.value)}")
    config_dict = reference(editor, "pydantic.ConfigDict")
    if not options or config.fact.bases or config.fact.decorators or config_dict is None:
        yield None
        return
    yield from config_dict.edits
    yield editor.replace(config.fact, f"model_config = {config_dict.text}({', '.join(options)})")
