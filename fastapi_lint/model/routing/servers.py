"""Where code starts a server: ``uvicorn.run(…)``, in functions and at module level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.model.definitions import Module
from fastapi_lint.model.routing.routers import Router
from fastapi_lint.model.values import Arguments, Instance, Literal, Site, external_name

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

RUN = "uvicorn.run"
_APPLICATIONS = ("fastapi.FastAPI", "starlette.applications.Starlette")


@dataclass(frozen=True, slots=True)
class ServerStart:
    """A call that starts a server.

    Attributes:
        arguments: those of the call.
        site: where it stands.
        at_import: whether it runs when the module is imported: at module level, outside ``if __name__ == "__main__"``.
    """

    arguments: Arguments
    site: Site
    at_import: bool

    @property
    def has_object(self) -> bool:
        """Whether it certainly is given an application, and not the string by which to import it."""
        app = self.arguments.get("app", 0)
        if isinstance(app, Instance):
            return app.cls.derives_from(*_APPLICATIONS)
        return isinstance(app, Router) or external_name(app).removesuffix("()") in _APPLICATIONS

    @property
    def makes_processes(self) -> str:
        """The option for which new processes are certainly made, as it is written, or ""."""
        for name, fewest in (("reload", 1), ("workers", 2)):
            given = self.arguments.get(name)
            if isinstance(given, Literal) and not given.assumed and isinstance(given.value, int):
                if given.value >= fewest:
                    return f"{name}={given.value}"
        return ""


def server_starts(project: Project) -> Iterator[ServerStart]:
    """The calls of ``uvicorn.run``; tests apart."""
    importing = {module for module in project.modules if "uvicorn" in module.facts.imports and not module.is_test}
    for module in importing:
        for call, is_guarded in _calls(module.facts.body, False):
            if external_name(project.interpreter.evaluate(call.func, module.scope)) == RUN:
                yield ServerStart(_arguments(call, module, project), Site(module, call.start, call.end), not is_guarded)
    for function in project.functions:
        if function.module in importing:
            for event in project.bodies.of(function).calls:
                if RUN in event.names:
                    yield ServerStart(event.arguments, event.site, False)


def import_name(module: Module) -> str | None:
    """The name by which another process can import a module, or None where that is not certain: a module of a package
    may be started as a file, too, unless it imports from its package."""
    if "." not in module.name:
        return module.name
    top = module.name.partition(".")[0]
    if top in module.facts.imports:
        return module.name
    relative = any(isinstance(each, st.ImportFrom) and each.level for each in module.facts.body)
    return module.name if relative else None


def _arguments(call: ex.Call, module: Module, project: Project) -> Arguments:
    """The arguments of a call at module level, as names stand when the module is done."""
    found = Arguments(complete=not any(argument.star for argument in call.arguments))
    for argument in call.arguments:
        value = project.interpreter.evaluate(argument.value, module.scope)
        if argument.keyword is not None:
            found.keywords[argument.keyword] = value
        elif not argument.star:
            found.positional.append(value)
    return found


def _calls(node: Any, is_guarded: bool) -> Iterator[tuple[ex.Call, bool]]:
    """The calls in statements, those in functions and classes apart, and whether ``__name__ == "__main__"`` guards
    them."""
    if isinstance(node, (st.Function, st.Class, ex.Lambda)):
        return
    if isinstance(node, ex.Call):
        yield node, is_guarded
    if isinstance(node, st.If):
        yield from _calls(node.body, is_guarded or _is_main_guard(node.test))
        yield from _calls(node.orelse, is_guarded)
    elif isinstance(node, tuple):
        for child in node:
            yield from _calls(child, is_guarded)


def _is_main_guard(test: ex.Expression) -> bool:
    if not isinstance(test, ex.Comparison) or test.operators != ("==",):
        return False
    return any(isinstance(side, ex.Name) and side.id == "__name__" for side in (test.left, *test.operands))
