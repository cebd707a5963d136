"""Edits of class bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts.expressions import Attribute, Call, Expression, Name
from fastapi_lint.facts.search import around, mentions
from fastapi_lint.facts.statements import Annotate, Assign, Statement
from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.editing.imports import reference
from fastapi_lint.model.schemas.fields import SchemaField
from fastapi_lint.model.values import Site


def as_config_dict(editor: Editor, config: ClassDefinition, new_names: Mapping[str, str]) -> Iterator[Edit | None]:
    """The edits that write the nested ``class Config`` of a model as ``model_config = ConfigDict(…)``; among them None
    where more than plain assignments is in it.

    Args:
        editor: of the module that it is in.
        config: the class.
        new_names: options that are called otherwise in ``ConfigDict``.
    """
    options: dict[str, str] = {}
    for statement in config.fact.body:
        target = statement.targets[0] if isinstance(statement, Assign) and len(statement.targets) == 1 else None
        if not isinstance(statement, Assign) or not isinstance(target, Name):
            yield None
            return
        if any(mentions([statement.value], name) for name in options):
            yield None
            return
        options[target.id] = editor.written(statement.value)
    config_dict = reference(editor, "pydantic.ConfigDict")
    if not options or config.fact.bases or config.fact.decorators or config_dict is None:
        yield None
        return
    written = [f"{new_names.get(name, name)}={value}" for name, value in options.items()]
    yield from config_dict.edits
    yield editor.replace(config.fact, f"model_config = {config_dict.text}({', '.join(written)})")


def field_default_none(editor: Editor, field: SchemaField) -> Edit | None:
    """The edit that gives a field the default None, in its ``Field(…)`` where that is assigned to it."""
    statement = field.owner.declared.get(field.name) if field.owner is not None else None
    if statement is None or field.site.module is not editor.module:
        return None
    if statement.value is None:
        return editor.insert(statement.end, " = None")
    return editor.insert_argument(statement.value, "None") if isinstance(statement.value, Call) else None


def made_at_each_use(editor: Editor, body: Sequence[Statement], call: Site, is_field: bool) -> Iterator[Edit | None]:
    """The edits by which a default is made for each object, and not once for all; among them None where that can't be
    told.

    Args:
        editor: of the module.
        body: that of the class.
        call: the call that makes the default, or is part of what makes it.
        is_field: whether ``Field(…)`` declares it, so that it is a ``default_factory``; columns take functions as their
            defaults.
    """
    statement = next(around(body, call.start, call.end), None)
    value = statement.value if isinstance(statement, (Annotate, Assign)) else None
    arguments = value.arguments if isinstance(value, Call) else ()
    given = next((one for one in arguments if one.start <= call.start and call.end <= one.end), None)
    if value is None or (given is not None and (given.star or (is_field and given.keyword not in (None, "default")))):
        yield None
    elif given is not None:
        factory = _factory(editor, given.value)
        yield editor.replace(given, f"default_factory={factory}" if is_field else f"{given.keyword}={factory}")
    else:
        field = reference(editor, "pydantic.Field", "sqlmodel.Field") if is_field else None
        yield from field.edits if field is not None else [None]
        yield editor.replace(value, f"{field.text if field else ''}(default_factory={_factory(editor, value)})")


def _factory(editor: Editor, made: Expression) -> str:
    """What makes a value anew each time: what is called, or a lambda where that takes arguments or is more."""
    function = made.func if isinstance(made, Call) and not made.arguments else None
    while isinstance(function, Attribute):
        function = function.value
    if isinstance(made, Call) and isinstance(function, Name):
        return editor.written(made.func)
    return f"lambda: {editor.written(made)}"
