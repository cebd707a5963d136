"""Edits that mask secrets: a field gets a type that does not show it, and who reads it asks for the value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from fastapi_lint.diagnostics import Edit, Fix
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import is_name, walk, within
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.editing.imports import reference
from fastapi_lint.model.knowledge.updates import DUMPS, ENCODER, OBJECT_READERS
from fastapi_lint.model.schemas.plain_secrets import MASKING, PlainSecret
from fastapi_lint.model.values import External, Instance, Value, possibilities

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

_VALUE = ".get_secret_value()"
_DUMPS = frozenset(
    {*DUMPS, *OBJECT_READERS, "pydantic.BaseModel().model_dump_json", "pydantic.BaseModel().json", ENCODER}
)
"""What takes all fields of an object as they are."""
_WORDS = tuple({name.rpartition(".")[2] for name in _DUMPS})


class Masks:
    """Masks plain secrets, where all that is done with them is seen. One for a project.

    Args:
        project: the project.
        secrets: those that are to be masked.
    """

    def __init__(self, project: Project, secrets: Iterable[PlainSecret]) -> None:
        self._project = project
        names = {secret.field.name for secret in secrets}
        self._reads: dict[str, list[tuple[FunctionDefinition, ex.Attribute]]] = {}
        self._quoted: set[str] = set()
        """Names that ``getattr`` is given, or that are read or set where no function is."""
        self._dumped: set[ClassDefinition] = set()
        if names:
            for function in project.functions:
                self._look_into(function, names)
            for module in project.modules:
                outside = within(_outside(module.facts.body))
                self._quoted |= {node.attr for node in outside if isinstance(node, ex.Attribute) and node.attr in names}

    def _look_into(self, function: FunctionDefinition, names: set[str]) -> None:
        body = function.fact.body
        for node in walk(body) if body.may_hold(*names) else ():
            if isinstance(node, ex.Attribute) and node.attr in names:
                self._reads.setdefault(node.attr, []).append((function, node))
            elif isinstance(node, ex.Call) and is_name(node.func, "getattr", "setattr"):
                quoted = (argument.value for argument in node.arguments if isinstance(argument.value, ex.Constant))
                self._quoted |= {str(constant.value) for constant in quoted}
        for event in self._project.bodies.of(function).calls if body.may_hold(*_WORDS) else ():
            receivers = [callee.receiver for callee in possibilities(event.callee) if isinstance(callee, External)]
            if not _DUMPS.isdisjoint(event.names):
                self._dumped.update(cls for value in (*receivers, *event.arguments) for cls in _classes(value))

    def fix(self, secret: PlainSecret, message: str) -> Fix | None:
        """The fix that masks a secret; None where its type is no plain one or it has a default, where a validator or a
        dump looks at it, or where something of its name is read of what is not known."""
        editor = self._project.editor(secret.owner.module)
        name, owner = secret.field.name, secret.owner
        if editor is None or name in self._quoted or any(owner in cls.project_lineage for cls in self._dumped):
            return None
        return editor.fix(message, self._edits(secret), safe=False)

    def _edits(self, secret: PlainSecret) -> Iterator[Edit | None]:
        editor, statement = self._project.editor(secret.owner.module), secret.owner.declared.get(secret.field.name)
        schema = self._project.schemas.of(secret.owner)
        if editor is None or not isinstance(statement, st.Annotate) or statement.value is not None or schema is None:
            yield None
            return
        masking = reference(editor, f"pydantic.{secret.masking}")
        plain = is_name(statement.annotation, *MASKING)
        if masking is None or not plain or schema.validators:
            yield None
            return
        yield from masking.edits
        yield editor.replace(statement.annotation, masking.text)
        for function, node in self._reads.get(secret.field.name, ()):
            verdict = self._is_read_of(secret.owner, function, node)
            reader = self._project.editor(function.module)
            if verdict is None or reader is None:
                yield None
            elif verdict:
                yield reader.insert(node.end, _VALUE)

    def _is_read_of(self, owner: ClassDefinition, function: FunctionDefinition, node: ex.Attribute) -> bool | None:
        """Whether an attribute is read of an object of a class; None where that is not known, or it is set."""
        body = self._project.bodies.of(function)
        events = [event for event in body.reads if (event.node.start, event.node.end) == (node.start, node.end)]
        classes = {cls for event in events for cls in _classes(event.receiver)}
        known = all(isinstance(option, Instance) for event in events for option in possibilities(event.receiver))
        if not events or not classes or not known:
            return None
        verdicts = {owner in cls.project_lineage for cls in classes}
        return verdicts.pop() if len(verdicts) == 1 else None


def _outside(statements: Iterable[st.Statement]) -> Iterator[st.Statement]:
    """The statements of a module and its classes, functions apart."""
    for statement in statements:
        if isinstance(statement, st.Class):
            yield from _outside(statement.body)
        elif not isinstance(statement, st.Function):
            yield statement


def _classes(value: Value | None) -> Iterator[ClassDefinition]:
    return (option.cls for option in possibilities(value) if isinstance(option, Instance))
