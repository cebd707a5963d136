"""What of Pydantic's first version a project still uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import dotted
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Module
from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent
from fastapi_lint.model.knowledge.pydantic import CONFIG_V1_NAMES, GONE_BASES, V1_BASES, V1_FUNCTIONS, V1_METHODS
from fastapi_lint.model.schemas.schemas import Schema, Schemas
from fastapi_lint.model.values import External, Instance, Site, Value, possibilities

_OWNERS = frozenset({"pydantic.BaseModel", "pydantic.BaseModel()", "sqlmodel.SQLModel", "sqlmodel.SQLModel()"})
_CALLED = tuple(f".{method}" for method in V1_METHODS)
_SUCCESSOR = "pydantic.TypeAdapter"
_FUNCTIONS = tuple(word for name in V1_FUNCTIONS for word in (name.rpartition(".")[2], f".{name.rpartition('.')[2]}"))


@dataclass(frozen=True, slots=True, eq=False)
class OldCall:
    """A call of a method of version 1: on a model of the class ``cls``, and what version 2 calls it."""

    event: CallEvent
    cls: ClassDefinition
    method: str
    successor: str


def old_calls(function: FunctionDefinition, bodies: Bodies, schemas: Schemas) -> Iterator[OldCall]:
    """The calls of methods of version 1 on models of the project, those apart that a function makes beside their
    successors because it serves both versions."""
    if not function.fact.body.may_hold(*_CALLED):  # spares most functions their analysis
        return
    body = bodies.of(function)
    called = {method for event in body.calls for _, method in map(_method, possibilities(event.callee))}
    for event in body.calls:
        found = [_method(callee) for callee in possibilities(event.callee)]
        classes = {cls for cls, _ in found}
        cls, method = found[0] if found else (None, "")
        if cls is None or None in classes or method not in V1_METHODS or not isinstance(event.node, ex.Call):
            continue
        successor = V1_METHODS[method]
        if successor not in called and is_of_second_version(cls, schemas):
            yield OldCall(event, cls, method, successor)


@dataclass(frozen=True, slots=True, eq=False)
class OldName:
    """A base class or function of version 1: what stands for it in version 2, whether that has it no more, and where it
    is used."""

    name: str
    successor: str
    is_gone: bool
    site: Site


def old_functions(function: FunctionDefinition, bodies: Bodies) -> Iterator[OldName]:
    """The calls of functions of version 1 in a function, where it makes no ``TypeAdapter`` beside them to serve both
    versions."""
    calls = bodies.of(function).calls if function.fact.body.may_hold(*_FUNCTIONS) else []
    if all(_SUCCESSOR not in event.names for event in calls):
        for event in calls:
            for name in V1_FUNCTIONS.keys() & set(event.names):
                yield OldName(f"{name.rpartition('.')[2]}()", V1_FUNCTIONS[name], False, event.site)


def old_bases(module: Module) -> Iterator[OldName]:
    """The base classes of version 1 from which classes of a module derive; those apart whose import stands under a
    condition or in a ``try``, where it may serve both versions."""
    if "pydantic" not in module.facts.imports:
        return
    imported = _imported(module)
    for statement in module.facts.body:
        for base in statement.bases if isinstance(statement, st.Class) else ():
            root, _, rest = dotted(base.value).partition(".")
            name = f"{imported.get(root, '')}.{rest}".rstrip(".")
            successor = GONE_BASES.get(name) or V1_BASES.get(name)
            if successor is not None:
                site = Site(module, base.value.start, base.value.end)
                yield OldName(name.rpartition(".")[2], successor, name in GONE_BASES, site)


def _imported(module: Module) -> dict[str, str]:
    """What the names stand for that a module imports from Pydantic whatever happens. (Values of the model go by the
    names of version 2.)"""
    found: dict[str, str] = {}
    for statement in module.facts.body:
        if isinstance(statement, st.Import) and statement.alias is not None:
            found[statement.alias] = statement.module
        elif isinstance(statement, st.Import):
            root = statement.module.partition(".")[0]
            found[root] = root
        elif isinstance(statement, st.ImportFrom) and not statement.level:
            found.update({alias or name: f"{statement.module}.{name}" for name, alias in statement.names})
    return found


def is_of_second_version(cls: ClassDefinition, schemas: Schemas) -> bool:
    """Whether a class is a model of version 2, and not of the first that version 2 brings along."""
    schema = schemas.of(cls)
    if schema is None or schema.kind != "model":
        return False
    return not any(_imports_first(entry.module) for entry in cls.project_lineage)


def old_options(schema: Schema) -> dict[str, str]:
    """The options of version 1 in the configuration of a model's own body that version 2 ignores, with what it calls
    them."""
    own = schema.own_config
    if own is None:
        return {}
    return {name: CONFIG_V1_NAMES[name] for name in own.namespace.names if name in CONFIG_V1_NAMES}


def _method(callee: Value) -> tuple[ClassDefinition | None, str]:
    """The class of a model and the method of Pydantic's that is called on it or an object of it; None and "" else."""
    if not isinstance(callee, External):
        return None, ""
    owner, _, method = callee.name.rpartition(".")
    receiver = callee.receiver.cls if isinstance(callee.receiver, Instance) else callee.receiver
    if owner not in _OWNERS or not isinstance(receiver, ClassDefinition):
        return None, ""
    return receiver, method


def _imports_first(module: Module) -> bool:
    """Whether a module imports from ``pydantic.v1``."""
    return any(_is_first(statement) for statement in _imports(module.facts.body))


def _is_first(statement: st.Import | st.ImportFrom) -> bool:
    if statement.module.startswith("pydantic.v1"):
        return True
    names = statement.names if isinstance(statement, st.ImportFrom) else ()
    return statement.module == "pydantic" and any(name == "v1" for name, _ in names)


def _imports(statements: tuple[st.Statement, ...]) -> Iterator[st.Import | st.ImportFrom]:
    """The imports of a module, those under conditions too."""
    for statement in statements:
        if isinstance(statement, (st.Import, st.ImportFrom)):
            yield statement
        elif isinstance(statement, st.If):
            yield from _imports((*statement.body, *statement.orelse))
        elif isinstance(statement, st.Try):
            handled = (inner for handler in statement.handlers for inner in handler.body)
            yield from _imports((*statement.body, *handled, *statement.orelse))
