"""Observation: whether something logs, measures or traces the requests of an application."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import walk
from fastapi_lint.model.concurrency.request_path import middleware_entries
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.endpoints.logs import may_report
from fastapi_lint.model.knowledge.logs import CORRELATION, OBSERVERS, TRACERS
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.values import Unknown, external_name, possibilities

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project


def correlates(app: App, project: Project) -> bool:
    """Whether something may give the requests of an application an id."""
    if imports_any(project, TRACERS) or has_unknown_middleware(app):
        return True
    if any(CORRELATION.search(external_name(each.handler)) for each in app.middlewares):
        return True
    dependencies = (visit.function for route in app.routes for visit in route.dependencies)
    functions = {*middleware_functions(app), *dependencies} - {None}
    return any(_speaks_of_id(function) for function in functions if function is not None)


def observes(app: App, project: Project) -> bool:
    """Whether something may log or measure the requests of an application."""
    if imports_any(project, TRACERS) or has_unknown_middleware(app):
        return True
    if any(OBSERVERS.search(external_name(each.handler)) for each in app.middlewares):
        return True
    return any(may_report(project.bodies.of(each).calls, project.bodies) for each in middleware_functions(app))


def imports_any(project: Project, packages: frozenset[str]) -> bool:
    """Whether a module of the project, tests apart, imports one of some packages."""
    return any(not packages.isdisjoint(module.facts.imports) for module in project.modules if not module.is_test)


def has_unknown_middleware(app: App) -> bool:
    """Whether a middleware is not known."""
    return not app.router.arguments.complete or any(
        isinstance(option, Unknown) for each in app.middlewares for option in possibilities(each.handler)
    )


def middleware_functions(app: App) -> Iterator[FunctionDefinition]:
    """The project functions that run as its middlewares."""
    for each in app.middlewares:
        for entry in middleware_entries(each.handler, each.arguments, each.site.location):
            yield entry.function


def _speaks_of_id(function: FunctionDefinition) -> bool:
    """Whether a function, or the class that it belongs to, holds a name or text that speaks of an id of requests."""
    if isinstance(function.owner, ClassDefinition) and CORRELATION.search(function.owner.name):
        return True
    for node in walk(function.fact.body):
        text = getattr(node, "id", None) or getattr(node, "attr", None)
        if isinstance(node, ex.Constant):
            text = node.value
        if isinstance(text, str) and CORRELATION.search(text):
            return True
    return False
