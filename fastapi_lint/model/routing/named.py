"""The applications that the user names, as ``module:variable`` or ``module:factory``."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi_lint.model.definitions import FunctionDefinition, Module
from fastapi_lint.model.linker import Linker
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.routers import InclusionRegistration, MountRegistration, Router
from fastapi_lint.model.values import Value, possibilities


def chosen_apps(apps: Sequence[App], names: Sequence[str], linker: Linker) -> list[App]:
    """The applications with these names, and those that they mount.

    All applications where there are no names, or where none is that of an application: a word that means nothing must
    not hide what there is.
    """
    named = [app for app in apps if any(is_named(app, name, linker) for name in names)]
    serving = _serving([app.router for app in named])
    return [app for app in apps if not named or id(app.router) in serving]


def is_named(app: App, name: str, linker: Linker) -> bool:
    """Whether a name is that of an application: of a variable that holds it, or of the function that makes it."""
    if app.name == name:
        return True
    module_name, _, variable = name.partition(":")
    for module in modules_named(module_name, linker):
        for option in possibilities(module.scope.names.get(variable)):
            if option is app.router or (isinstance(option, FunctionDefinition) and option is app.router.maker):
                return True
    return False


def modules_named(name: str, linker: Linker) -> list[Module]:
    """The modules with a dotted name, counted from any folder that may be a source root."""
    return [module for module in linker.modules.values() if f".{module.name}".endswith(f".{name}")]


def _serving(routers: list[Router]) -> set[int]:
    """The ids of routers and of all that they include and mount."""
    seen: set[int] = set()
    while routers:
        router = routers.pop()
        if id(router) in seen:
            continue
        seen.add(id(router))
        for registration in router.registrations:
            if isinstance(registration, MountRegistration):
                routers += _routers(registration.app)
            elif isinstance(registration, InclusionRegistration):
                routers += _routers(registration.router)
    return seen


def _routers(value: Value) -> list[Router]:
    return [option for option in possibilities(value) if isinstance(option, Router)]
