"""Exposure: what of an application anybody sees or reaches, whatever its routes ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import walk
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Module
from fastapi_lint.model.endpoints.observation import has_unknown_middleware, middleware_functions
from fastapi_lint.model.knowledge.https import SECURE_MIDDLEWARES, SECURE_OPTIONS, SECURE_WORDS, SERVERS
from fastapi_lint.model.knowledge.routers import DOCUMENTATION_PATHS
from fastapi_lint.model.routing.apps import App, Claim
from fastapi_lint.model.routing.servers import server_starts
from fastapi_lint.model.values import external_name, possibilities

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

_DOCUMENTATION = re.compile(r"docs|openapi|swagger", re.IGNORECASE)


def open_documentation(app: App, project: Project) -> list[Claim]:
    """The pages of the documentation that an application serves in every environment to everybody, though some of its
    routes ask for a login; nothing where a middleware may stand before them, or code changes where they are."""
    changed = any(option in app.router.attributes for option in DOCUMENTATION_PATHS)
    pages = [claim for claim in app.claims if claim.is_documentation and not claim.conditions]
    if not pages or changed or app.router.conditions or has_unknown_middleware(app) or not project.authenticates(app):
        return []
    if any(project.authentication(route).source == "middleware" for route in app.routes):
        return []
    if any(_speaks_of(function, _DOCUMENTATION) for function in middleware_functions(app)):
        return []
    return pages


def may_enforce_https(app: App, project: Project) -> bool:
    """Whether something in the project may see to it that an application is asked by HTTPS.

    That is a middleware that redirects, sends Strict-Transport-Security or reads what a proxy says; certificates or
    proxy headers of a server; an address of the application; or something that is not known.
    """
    if has_unknown_middleware(app) or app.router.argument("servers") or app.router.argument("root_path"):
        return True
    for registration in app.middlewares:
        names = [external_name(option) or getattr(option, "name", "") for option in possibilities(registration.handler)]
        if any(map(SECURE_MIDDLEWARES.search, names)) or registration.arguments.get("https_only") is not None:
            return True
    if any(_speaks_of(function, SECURE_WORDS) for function in middleware_functions(app)):
        return True
    if any(not start.arguments.complete for start in server_starts(project)):
        return True
    return any(_names_secure_options(module) for module in project.modules if not module.is_test)


def _names_secure_options(module: Module) -> bool:
    """Whether a module has variables named as options of gunicorn, or imports a server and names such options."""
    if not SECURE_OPTIONS.isdisjoint(module.scope.names):
        return True
    nodes = walk(module.facts.body) if not SERVERS.isdisjoint(module.facts.imports) else ()
    return any(
        (isinstance(node, ex.Argument) and node.keyword in SECURE_OPTIONS)
        or (isinstance(node, ex.Constant) and node.value in SECURE_OPTIONS)
        for node in nodes
    )


def _speaks_of(function: FunctionDefinition, pattern: re.Pattern[str]) -> bool:
    """Whether a name or text in a function, or the name of its class, matches."""
    owner = [function.owner.name] if isinstance(function.owner, ClassDefinition) else []
    return any(map(pattern.search, (*owner, *_texts(function))))


def _texts(function: FunctionDefinition) -> Iterator[str]:
    for node in walk(function.fact.body):
        text = getattr(node, "id", None) or getattr(node, "attr", None)
        if isinstance(node, ex.Constant):
            text = node.value
        if isinstance(text, str):
            yield text
