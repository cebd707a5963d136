"""Which applications a project has: those that its modules make, and those that only a factory would make."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.model.definitions import FunctionDefinition, Module, Scope
from fastapi_lint.model.interpreter.frames import Frame
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.routers import MountRegistration, Router
from fastapi_lint.model.values import Arguments, Instance, Literal, ModuleReference, Site, Unknown, Value, possibilities


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


def run_factories(interpreter: Interpreter) -> dict[int, str]:
    """Calls the functions that make an application and that nothing called at import time.

    Returns:
        the names of the factories (``module:function``) by the id of the router that each returned.
    """
    names: dict[int, str] = {}
    knowing = {
        module
        for module in interpreter.linker.modules.values()
        if not module.is_test and _knows_apps(module, interpreter)
    }
    for function in [function for function in interpreter.functions if function.module in knowing]:
        if function in interpreter.entered or not _makes_app(function, interpreter):
            continue
        for made in possibilities(_run(function, interpreter)):
            if isinstance(made, Router):
                names.setdefault(id(made), _name_of_factory(function))
    return names


def run_startups(interpreter: Interpreter) -> None:
    """Executes what applications run when they start: lifespans and startup handlers."""
    for router in [router for router in interpreter.registrar.routers if router.is_app]:
        if router.site.module.is_test:
            continue
        for lifespan in possibilities(router.argument("lifespan")):
            if isinstance(lifespan, FunctionDefinition):
                interpreter.run_at_startup(lifespan, Arguments([router]), router.site)
        for handler in router.handlers:
            event = handler.arguments.get("event_type", 0)
            if handler.kind == "event" and isinstance(event, Literal) and event.value == "startup":
                for function in possibilities(handler.handler):
                    if isinstance(function, FunctionDefinition):
                        interpreter.run_at_startup(function, Arguments(), handler.site)


def _name_of_factory(function: FunctionDefinition) -> str:
    return f"{function.module.name}:{function.fact.qualname}"


def _run(function: FunctionDefinition, interpreter: Interpreter) -> Value:
    """Calls a factory with arguments that nobody knows."""
    site = Site(function.module, function.fact.start, function.fact.end)
    frame = Frame(Scope(function.module, function.module.scope), effects=True)
    unknown = Arguments(complete=False)
    if function.owner is None:
        return interpreter.make_call(function, unknown, site, frame)
    if function.name == "__init__":
        return interpreter.instantiate(function.owner, unknown, site, frame)
    return interpreter.call_method(Instance(function.owner, {}, unknown, site), function, unknown, site, frame)


def _makes_app(function: FunctionDefinition, interpreter: Interpreter) -> bool:
    """Whether the function's own body calls FastAPI, a subclass, or a FastAPI that it imports itself."""
    for call in _calls(function.fact.body.statements):
        if isinstance(call.func, (ex.Name, ex.Attribute)) and _last_word(call.func)[:1].isupper():
            callee = interpreter.evaluate(call.func, function.scope)
            imported = isinstance(callee, Unknown) and _last_word(call.func) == "FastAPI"
            if imported or interpreter.is_app_class(callee):
                return True
    return False


def _knows_apps(module: Module, interpreter: Interpreter) -> bool:
    """Whether a module imports FastAPI itself, or has a name for a subclass or for a module that has one."""
    return "fastapi" in module.facts.imports or any(
        interpreter.is_app_class(value)
        or isinstance(value, ModuleReference)
        and _holds_app_class(value.module, interpreter)
        for value in module.scope.names.values()
    )


def _holds_app_class(module: Module, interpreter: Interpreter) -> bool:
    return any(interpreter.is_app_class(value) for value in module.scope.names.values())


def _last_word(node: ex.Name | ex.Attribute) -> str:
    return node.id if isinstance(node, ex.Name) else node.attr


def _calls(node: object) -> Iterator[ex.Call]:
    """The calls in statements, those of nested functions apart."""
    if isinstance(node, ex.Call):
        yield node
    if isinstance(node, tuple) and not isinstance(node, (st.Function, st.Class, ex.Lambda)):
        for part in node:
            if isinstance(part, tuple):
                yield from _calls(part)


def find_apps(interpreter: Interpreter, factories: dict[int, str]) -> list[App]:
    """The applications, in the order in which they were made: those of tests come last."""
    routers = [router for router in interpreter.registrar.routers if router.is_app]
    mounted = {
        id(child)
        for router in interpreter.registrar.routers
        for registration in router.registrations
        if isinstance(registration, MountRegistration)
        for child in possibilities(registration.app)
    }
    names = _variables(interpreter) | factories
    apps: dict[str, App] = {}
    for router in routers:
        name = names.get(id(router)) or _name_of_making(router)
        if name in apps and apps[name].router.site.module is not router.site.module:
            name = _by_path(name, router.site.module)
        unique = next(found for found in _numbered(name) if found not in apps)
        apps[unique] = App(unique, router, id(router) in mounted)
    return list(apps.values())


def _numbered(name: str) -> Iterator[str]:
    """A name, and what to call others of that name."""
    yield name
    yield from (f"{name}#{number}" for number in count(2))


def _name_of_making(router: Router) -> str:
    """The name of an application that no variable holds and no factory returns."""
    if router.maker is not None:
        return _name_of_factory(router.maker)
    return f"{router.site.module.name}:{router.site.location.line}"


def _by_path(name: str, module: Module) -> str:
    """The name of an application told by its path, since another module has the same name in another source root."""
    dotted = module.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return f"{dotted}:{name.partition(':')[2]}"


def _variables(interpreter: Interpreter) -> dict[int, str]:
    """The first ``module:variable`` that holds each router, the module that made it before the others."""
    names: dict[int, str] = {}
    for module in interpreter.linker.modules.values():
        for name, value in module.scope.names.items():
            for option in possibilities(value):
                if isinstance(option, Router) and (id(option) not in names or option.site.module is module):
                    names[id(option)] = f"{module.name}:{name}"
    return names
