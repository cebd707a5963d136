"""Where a project sets up its database: the calls, at module level and in functions, that make engines and session
factories or create tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import last_word
from fastapi_lint.model.definitions import FunctionDefinition, Module
from fastapi_lint.model.interpreter.bodies import Bodies
from fastapi_lint.model.knowledge.sessions import TABLE_CREATORS
from fastapi_lint.model.routing.startups import started_functions
from fastapi_lint.model.values import Arguments, External, ExternalResult, Site, Value, external_name, possibilities

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project


class SetUp(NamedTuple):
    """A call that sets up something.

    Attributes:
        name: what is called.
        arguments: what it is given.
        site: where it stands.
        function: the function in which it stands, None at module level and in the bodies of classes.
    """

    name: str
    arguments: Arguments
    site: Site
    function: FunctionDefinition | None


def set_ups(project: Project, names: frozenset[str]) -> Iterator[SetUp]:
    """The calls of what these canonical names stand for; tests apart."""
    words = {name.removesuffix("()").rpartition(".")[2] for name in names}
    known: dict[Module, set[str]] = {}
    for module in project.modules:
        if module.is_test:
            continue
        scope = module.scope.names.items()
        known[module] = words | {name for name, value in scope if isinstance(value, External) and value.name in names}
        for call in _calls(module.facts.body) if module.facts.may_name(*known[module]) else ():
            if last_word(call.func) not in known[module]:
                continue
            name = external_name(project.interpreter.evaluate(call.func, module.scope))
            made = project.interpreter.evaluate(call, module.scope) if name in names else None
            if isinstance(made, ExternalResult):
                yield SetUp(name, made.arguments, Site(module, call.start, call.end), None)
    for function in project.functions:
        if function.module in known and function.fact.body.may_hold(*known[function.module]):
            for event in project.bodies.of(function).calls:
                if len(event.names) == 1 and event.names[0] in names:
                    yield SetUp(event.names[0], event.arguments, event.site, function)


def _calls(nodes: Iterable[object]) -> Iterator[ex.Call]:
    """The calls among statements or expressions, those of functions apart."""
    for node in nodes:
        if isinstance(node, ex.Call):
            yield node
        if isinstance(node, tuple) and not isinstance(node, (st.Function, ex.Lambda)):
            yield from _calls(node)


class CreatedTables(NamedTuple):
    """A call that creates all tables, and the module of the application that runs it when it starts."""

    site: Site
    starter: Module


def created_tables(project: Project) -> Iterator[CreatedTables]:
    """The places at which applications create all their tables (``metadata.create_all``), in the modules that make them
    and in what they run when they start, once for each of these. Calls within branches are left out."""
    modules = {app.router.site.module for app in project.apps}
    for module in sorted(modules, key=lambda module: module.path):
        for statement in module.facts.body:
            for call in _calls([statement]) if isinstance(statement, st.Evaluate) else ():
                if last_word(call.func) == "create_all" and _creates(
                    project.interpreter.evaluate(call.func, module.scope)
                ):
                    yield CreatedTables(Site(module, call.start, call.end), module)
    for entry in started_functions(project.interpreter):
        for function, _ in project.bodies.reachable(entry) if not entry.module.is_test else ():
            for site in _creations(function, project.bodies):
                yield CreatedTables(site, entry.module)


def _creations(
    function: FunctionDefinition, bodies: Bodies, around: tuple[FunctionDefinition, ...] = ()
) -> Iterator[Site]:
    """Where a function creates all tables, outside of branches: by itself, or by what it hands to a call, such as a
    lambda."""
    for event in bodies.of(function).calls:
        if event.inside("branch", "handler"):
            continue
        given = [value for each in event.arguments for value in possibilities(each)]
        if any(map(_creates, (*possibilities(event.callee), *given))) and event.arguments.get("tables") is None:
            yield event.site
        for handed in given:
            if isinstance(handed, FunctionDefinition) and handed not in (*around, function):
                if handed.fact.body.may_hold("create_all"):
                    yield from _creations(handed, bodies, (*around, function))


def _creates(value: Value) -> bool:
    return isinstance(value, External) and value.name in TABLE_CREATORS
