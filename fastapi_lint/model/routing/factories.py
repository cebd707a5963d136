"""Factories: functions that make an application and that nothing calls at import time.

A server calls them, or a command line does: so they are called here, with arguments that nobody knows. What calls a
factory may go on with its application: it is called too, the outermost first, and counts where more comes of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import last_word, within
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Module, Scope
from fastapi_lint.model.interpreter.bodies import is_bound
from fastapi_lint.model.interpreter.frames import Frame
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.routing.routers import (
    InclusionRegistration,
    MountRegistration,
    Registration,
    Router,
    RouteRegistration,
)
from fastapi_lint.model.values import (
    Arguments,
    Literal,
    Method,
    ModuleReference,
    Site,
    Unknown,
    Value,
    external_name,
    possibilities,
)


def run_factories(interpreter: Interpreter) -> None:
    """Calls the functions that make an application and that nothing called at import time."""
    made: list[Router] = []
    for function in _in_order(_makers(interpreter), interpreter):
        if function in interpreter.entered:
            continue
        routers = interpreter.registrar.routers
        known = {id(router): len(router.registrations) for router in routers}
        _run(function, interpreter)
        for router in routers:
            _forget_repeated(router, known.get(id(router), 0))
        made += [router for router in routers if router.is_app and id(router) not in known]
    for router in _contained(made):
        interpreter.registrar.routers.remove(router)


def _run(function: FunctionDefinition, interpreter: Interpreter) -> None:
    """Calls a factory with arguments that nobody knows."""
    site = Site(function.module, function.fact.start, function.fact.end)
    frame = Frame(Scope(function.module, function.module.scope), effects=True)
    unknown = Arguments(complete=False)
    owner = function.owner
    if owner is None or function.has_decorator("staticmethod"):
        interpreter.make_call(function, unknown, site, frame)
    elif function.name == "__init__":
        interpreter.instantiate(owner, unknown, site, frame)
    else:
        is_class_method = function.has_decorator("classmethod")
        receiver = owner if is_class_method else interpreter.instantiate(owner, unknown, site, frame)
        interpreter.call_method(receiver, function, unknown, site, frame)


# which functions make applications


def _makers(interpreter: Interpreter) -> list[FunctionDefinition]:
    """The functions that make an application themselves."""
    knowing = _knowing_apps(interpreter)
    words = _names_of_apps(interpreter)
    return [
        function
        for function in interpreter.functions
        if function.module in knowing
        and function not in interpreter.entered
        and function.fact.body.may_hold(*words)
        and _makes_app(function, words, interpreter)
    ]


def _names_of_apps(interpreter: Interpreter) -> set[str]:
    """The names by which modules know FastAPI and its subclasses."""
    names = {"FastAPI"}
    for module in interpreter.linker.modules.values():
        names.update(name for name, value in module.scope.names.items() if interpreter.is_app_class(value))
    return names


def _makes_app(function: FunctionDefinition, words: set[str], interpreter: Interpreter) -> bool:
    """Whether the function's own body calls FastAPI, a subclass, or a FastAPI that it imports itself, by one of these
    names."""
    for call in _calls(function):
        if last_word(call.func) in words:
            callee = interpreter.evaluate(call.func, function.scope)
            imported = isinstance(callee, Unknown) and last_word(call.func) == "FastAPI"
            if imported or interpreter.is_app_class(callee):
                return True
    return False


def _knowing_apps(interpreter: Interpreter) -> set[Module]:
    """The modules, tests apart, that import FastAPI themselves, or have a name for a subclass, for a module that has
    one, or for a package around such a module."""
    modules = [module for module in interpreter.linker.modules.values() if not module.is_test]
    having = {module for module in modules if any(map(interpreter.is_app_class, module.scope.names.values()))}
    leading = set(having)
    for module in having:
        package = interpreter.linker.parent(module)
        while package is not None and package not in leading:
            leading.add(package)
            package = interpreter.linker.parent(package)
    return having | {
        module
        for module in modules
        if "fastapi" in module.facts.imports
        or any(isinstance(value, ModuleReference) and value.module in leading for value in module.scope.names.values())
    }


# who calls them


def _in_order(makers: list[FunctionDefinition], interpreter: Interpreter) -> list[FunctionDefinition]:
    """The makers, those first that no other calls (as a server calls them: with nothing, where that is enough), then
    the outermost functions that call them at any distance."""
    found = dict.fromkeys(makers)
    called: dict[FunctionDefinition, set[FunctionDefinition]] = {}
    new = makers
    while new:
        callers: list[FunctionDefinition] = []
        for function in _beside(new, interpreter):
            callees = [callee for callee in _callees(function, new, interpreter) if callee is not function]
            for callee in callees:
                called.setdefault(callee, set()).add(function)
            if callees and function not in found:
                callers.append(function)
        found.update(dict.fromkeys(callers))
        new = callers
    first = [maker for maker in makers if called.get(maker, set()).isdisjoint(makers)]
    return [*sorted(first, key=_needs_arguments), *makers, *(function for function in found if function not in called)]


def _needs_arguments(function: FunctionDefinition) -> bool:
    """Whether a function is called with something: methods are, with an instance that somebody made."""
    if is_bound(function) and function.name != "__init__" and not function.has_decorator("classmethod"):
        return True
    required = [parameter for parameter in function.fact.parameters if parameter.default is None]
    return any(parameter.form not in ("*", "**") for parameter in required[is_bound(function) :])


def _beside(targets: list[FunctionDefinition], interpreter: Interpreter) -> Iterator[FunctionDefinition]:
    """The functions that nothing called in modules that have a name for a function or its class, or for its module."""
    values = {id(value) for target in targets for value in (target, target.owner)}
    homes = {function.module for function in targets}
    knowing = {
        module
        for module in interpreter.linker.modules.values()
        if not module.is_test
        and (module in homes or any(_leads_to(value, values, homes) for value in module.scope.names.values()))
    }
    for function in interpreter.functions:
        if function.module in knowing and function not in interpreter.entered:
            yield function


def _leads_to(value: Value, values: set[int], homes: set[Module]) -> bool:
    return id(value) in values or isinstance(value, ModuleReference) and value.module in homes


def _callees(
    function: FunctionDefinition, targets: list[FunctionDefinition], interpreter: Interpreter
) -> Iterator[FunctionDefinition]:
    """Which of the targets a function calls in its own body."""
    words = {target.call_name for target in targets}
    if not function.fact.body.may_hold(*words):
        return
    for call in _calls(function):
        if last_word(call.func) in words:
            callee = _entered(call.func, function, interpreter)
            if callee in targets:
                yield callee


def _entered(
    called: ex.Expression, function: FunctionDefinition, interpreter: Interpreter
) -> FunctionDefinition | None:
    """The function of the project that a call in a function's body enters, or None."""
    if isinstance(called, ex.Attribute) and isinstance(called.value, ex.Name) and function.owner is not None:
        receiver = function.fact.parameters[:1]
        if receiver and receiver[0].name == called.value.id:
            return function.owner.find_method(called.attr)
    callee = interpreter.evaluate(called, function.scope)
    if isinstance(callee, ClassDefinition):
        return callee.find_method("__init__")
    if isinstance(callee, Method):
        return callee.function
    return callee.innermost if isinstance(callee, FunctionDefinition) else None


def _calls(function: FunctionDefinition) -> Iterator[ex.Call]:
    """The calls in a function's own body."""
    return (node for node in within(function.fact.body) if isinstance(node, ex.Call))


# what was made more than once, since several functions call a factory of which a server runs one


def _forget_repeated(router: Router, known: int) -> None:
    """Takes from a router what was registered on it before, by the same code."""
    before = [_trace(registration) for registration in router.registrations[:known]]
    repeated = [registration for registration in router.registrations[known:] if _trace(registration) in before]
    for registration in repeated:
        router.registrations.remove(registration)


def _contained(routers: list[Router]) -> list[Router]:
    """The routers that have nothing that another one made by the same code has not; of equal ones the later."""
    contained: list[Router] = []
    for router in reversed(routers):
        own = [_trace(registration) for registration in router.registrations if _gives_routes(registration)]
        for other in routers:
            if other is not router and other.site == router.site and other not in contained:
                theirs = [_trace(registration) for registration in other.registrations]
                if all(any(_says_no_more(trace, known) for known in theirs) for trace in own):
                    contained.append(router)
                    break
    return contained


def _gives_routes(registration: Registration) -> bool:
    """Whether routes come of it: not of what was mounted that is no router."""
    if not isinstance(registration, MountRegistration):
        return True
    return any(isinstance(app, Router) for app in possibilities(registration.app))


_Trace = tuple[object, ...]


def _trace(registration: Registration) -> _Trace:
    """What code left when it registered something: the same for each time it did so, None for what is not known."""
    values: list[Value] = []
    if isinstance(registration, RouteRegistration):
        values = [registration.path, registration.endpoint]
    elif isinstance(registration, InclusionRegistration):
        values = [registration.router, registration.arguments.get("prefix") or Literal("")]
    elif isinstance(registration, MountRegistration):
        values = [registration.path, registration.app]
    return (registration.site, *map(_appearance, values))


def _appearance(value: Value) -> object:
    if isinstance(value, Literal):
        return value.value
    if isinstance(value, FunctionDefinition):
        return value.module, value.fact.start
    return value.site if isinstance(value, Router) else external_name(value) or None


def _says_no_more(trace: _Trace, other: _Trace) -> bool:
    return len(trace) == len(other) and all(own in (None, their) for own, their in zip(trace, other))
