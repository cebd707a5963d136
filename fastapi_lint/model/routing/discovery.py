"""Which applications a project has, and what runs to make them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from fastapi_lint.facts import statements as st
from fastapi_lint.model.definitions import Module
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.routers import MountRegistration, Router
from fastapi_lint.model.values import possibilities


def execute(interpreter: Interpreter) -> None:
    """Executes all modules: those that make applications first, tests last; imports do the rest."""
    modules = interpreter.linker.modules.values()
    for module in sorted(modules, key=lambda own: (own.is_test, not _imports_app(own), own.path)):
        if module.is_test:
            with interpreter.routing_only():
                interpreter.run_module(module)
        else:
            interpreter.run_module(module)


def _imports_app(module: Module) -> bool:
    return any(
        isinstance(statement, st.ImportFrom)
        and statement.module.partition(".")[0] == "fastapi"
        and any(name == "FastAPI" for name, _ in statement.names)
        or isinstance(statement, st.Import)
        and statement.module == "fastapi"
        for statement in module.facts.body
    )


def find_apps(interpreter: Interpreter) -> list[App]:
    """The applications, in the order in which they were made: those of tests come last."""
    routers = [router for router in interpreter.registrar.routers if router.is_app]
    mounted = {
        id(child)
        for router in interpreter.registrar.routers
        for registration in router.registrations
        if isinstance(registration, MountRegistration)
        for child in possibilities(registration.app)
    }
    names = _variables(interpreter)
    apps: dict[str, App] = {}
    for router in routers:
        name = names.get(id(router)) or _name_of_making(router)
        if name in apps and apps[name].router.site.module is not router.site.module:
            name = _by_path(name, router.site.module)
        unique = next(found for found in _numbered(name) if found not in apps)
        apps[unique] = App(unique, router, id(router) in mounted)
    return list(apps.values())


def routers_alone(routers: list[Router], interpreter: Interpreter) -> list[App]:
    """The routers that a project without applications has for those of others, in the order in which they were made."""
    names = _variables(interpreter)
    return [App(names.get(id(router)) or _name_of_making(router), router) for router in routers]


def _numbered(name: str) -> Iterator[str]:
    """A name, and what to call others of that name."""
    yield name
    yield from (f"{name}#{number}" for number in count(2))


def _name_of_making(router: Router) -> str:
    """The name of an application that no variable holds."""
    if router.maker is not None:
        return f"{router.maker.module.name}:{router.maker.fact.qualname}"
    return f"{router.site.module.name}:{router.site.location.line}"


def _by_path(name: str, module: Module) -> str:
    """The name of an application told by its path, since another module has the same name in another source root."""
    dotted = module.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return f"{dotted}:{name.partition(':')[2]}"


def _variables(interpreter: Interpreter) -> dict[int, str]:
    """The first ``module:variable`` that holds each router, the module that made it before the others."""
    own: dict[int, str] = {}
    others: dict[int, str] = {}
    for module in interpreter.linker.modules.values():
        for name, value in module.scope.names.items():
            for option in possibilities(value):
                if isinstance(option, Router):
                    names = own if option.site.module is module else others
                    names.setdefault(id(option), f"{module.name}:{name}")
    return others | own
