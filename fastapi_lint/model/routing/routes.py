"""Effective routes: what is left of registrations when app, inclusions, routers and decorators are combined.

path = inclusion prefix + router prefix + route path from the outside in; dependencies and tags are concatenated in that
order; ``include_in_schema`` is and-ed, ``deprecated`` or-ed (https://fastapi.tiangolo.com/tutorial/bigger-applications/;
verified against running applications).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.dependencies.declared import DeclaredDependency, declared_dependencies
from fastapi_lint.model.dependencies.dependants import Dependant, build_dependant, qualified_name
from fastapi_lint.model.dependencies.parameters import RouteParameter
from fastapi_lint.model.dependencies.signatures import as_wrapped
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.interpreter.operations import PLACEHOLDER, plain
from fastapi_lint.model.knowledge.releases import (
    RETURN_ANNOTATIONS,
    STREAMS,
    STREAMS_OF_GENERATORS,
    WEBSOCKET_DEPENDENCIES,
    Release,
)
from fastapi_lint.model.knowledge.responses import RESPONSE_CLASSES, STREAM_TYPES
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.routers import RouteRegistration
from fastapi_lint.model.routing.unresolved import UNKNOWN_ARGUMENTS
from fastapi_lint.model.values import (
    Arguments,
    Collection,
    Condition,
    Instance,
    Literal,
    Method,
    Parametrized,
    Partial,
    Site,
    Unknown,
    Value,
    certain,
    external_name,
    settled,
)
from fastapi_lint.text.location import Location


@dataclass(frozen=True, slots=True)
class Level:
    """One place that contributes to a route: ``kind`` is "app", "mount", "include", "router" or "route"; "outside" for
    what the applications of others may add."""

    kind: str
    arguments: Arguments
    site: Site


class Route:
    """An effective route of an application.

    Attributes:
        app: the root application that serves it.
        kind: "api" or "websocket".
        methods: sorted upper-case methods, None for a websocket.
        path: the effective path, convertors kept.
        mount: the part of the path that mounts give, which holds no path parameters to FastAPI.
        endpoint: what handles it, as registered.
        levels: what contributes to it, from the application inwards to the route itself.
        conditions: the undecided conditions under which it exists.
        trail: the registrations that lead to it, from the application inwards.
        changes: the attributes that code has set on its route object.
    """

    def __init__(
        self,
        app: App,
        registration: RouteRegistration,
        mount: str,
        path: str,
        levels: tuple[Level, ...],
        conditions: tuple[Condition, ...],
        interpreter: Interpreter,
        trail: tuple[int, ...] = (),
        changes: dict[str, Value] | None = None,
    ) -> None:
        self.app = app
        self.kind = registration.kind
        self.trail = trail
        self.changes = changes or {}
        changed = plain(self.changes["path"]) if "path" in self.changes else None
        self.path = mount + (str(changed.value) if changed is not None else path)
        self.mount = mount
        self.endpoint = registration.endpoint
        self.levels = levels
        self.conditions = conditions
        self.site = registration.site
        self.registration = registration
        self._interpreter = interpreter

    @cached_property
    def methods(self) -> tuple[str, ...] | None:
        """Sorted upper-case methods, None for a websocket."""
        if self.kind == "websocket":
            return None
        if self.registration.methods is not None:
            return self.registration.methods
        given = self.argument("methods")
        if given is None or (isinstance(given, Literal) and given.value is None):
            return ("GET",)
        names = map(_method, given.items) if isinstance(given, Collection) else ()
        return tuple(sorted({name for name in names if name is not None}))

    @cached_property
    def methods_known(self) -> bool:
        """Whether :attr:`methods` are all of them."""
        if self.kind == "websocket" or self.registration.methods is not None:
            return True
        given = self.argument("methods")
        if isinstance(given, Collection):
            return given.complete and None not in map(_method, given.items)
        return given is None or isinstance(given, Literal)

    @property
    def label(self) -> str:
        """How messages name it: ``POST /users/{id}``."""
        return f"{'/'.join(self.methods) or '?' if self.methods is not None else 'WEBSOCKET'} {self.path}"

    @property
    def endpoint_name(self) -> str:
        """The bare name of what handles it."""
        return bare_name(self.endpoint)

    @property
    def location(self) -> Location:
        """Where it is registered: its decorator, or the call of ``add_api_route``."""
        return self.site.location

    @property
    def conditional(self) -> bool:
        """Whether it exists under a condition that source code does not decide."""
        return bool(self.conditions)

    @cached_property
    def function(self) -> FunctionDefinition | None:
        """The project function that handles it, behind ``functools.wraps``, partials and bound methods, or None."""
        return innermost_function(self.endpoint)

    def argument(self, name: str) -> Value | None:
        """What the route itself was given for ``name``, or None."""
        given = self.changes.get(name) or self.registration.arguments.get(name)
        return settled(given, self.conditions) if given is not None else None

    def arguments(self, name: str) -> list[tuple[Level, Value]]:
        """What each level was given for ``name``, from the outside in."""
        if name in self.changes:
            return [(self.levels[-1], self.changes[name])]
        found = [(level, level.arguments.get(name)) for level in self.levels]
        return [(level, settled(value, self.conditions)) for level, value in found if value is not None]

    @cached_property
    def status_code(self) -> int | None:
        """The declared success status, None when it is left to the default (200) or not known."""
        declared = self.argument("status_code")
        literal = plain(declared) if declared is not None else None
        return literal.value if literal is not None and isinstance(literal.value, int) else None

    @cached_property
    def status_code_known(self) -> bool:
        """Whether :attr:`status_code` is all there is to know."""
        if not self.registration.arguments.complete:
            return False
        declared = self.argument("status_code")
        return declared is None or plain(declared) is not None

    @cached_property
    def response_model(self) -> Value | None:
        """The effective response model as a type value: the argument, else the return annotation where FastAPI takes
        it (not for responses, nor for streams, of which it says what their items are). None: none."""
        if not self.states_response_model:
            return self.return_model
        declared = self.argument("response_model")
        if declared is None or (isinstance(declared, Literal) and declared.value is None):
            return None
        return self._interpreter.resolve_references(declared, self.site.module.scope)

    @property
    def states_response_model(self) -> bool:
        """Whether it was given a response model, or None for one, so that its return annotation does not count."""
        declared = self.argument("response_model")
        return declared is not None and external_name(declared) != PLACEHOLDER

    @cached_property
    def return_model(self) -> Value | None:
        """The response model that FastAPI takes from the return annotation where none is stated. None: none."""
        function = self.function
        release = self.fastapi
        if function is None or function.fact.returns is None or release < RETURN_ANNOTATIONS:
            return None
        returned = self._interpreter.annotation(function.fact.returns, function.annotated)
        if isinstance(returned, Literal) or is_response_type(returned):
            return None
        may_stream = function.fact.yields or release < STREAMS_OF_GENERATORS
        return None if may_stream and release >= STREAMS and is_stream_type(returned) else returned

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The effective tags, from the outside in."""
        tags: list[str] = []
        for level, value in self.arguments("tags"):
            if level.kind not in ("app", "mount") and isinstance(value, Collection):
                tags += [str(tag.value) for tag in map(plain, value.items) if tag is not None]
        return tuple(dict.fromkeys(tags))

    @cached_property
    def deprecated(self) -> bool:
        """Whether any level marks it deprecated."""
        return any(isinstance(value, Literal) and bool(value.value) for _, value in self.arguments("deprecated"))

    @cached_property
    def include_in_schema(self) -> bool:
        """Whether no level keeps it out of the schema."""
        values = [value for _, value in self.arguments("include_in_schema")]
        return all(not isinstance(value, Literal) or bool(value.value) for value in values)

    @cached_property
    def operation_id(self) -> str | None:
        """The explicit operation id, or None."""
        declared = self.argument("operation_id")
        literal = plain(declared) if declared is not None else None
        return str(literal.value) if literal is not None and literal.value is not None else None

    @cached_property
    def dependant(self) -> Dependant:
        """The tree of dependencies that FastAPI solves for it."""
        if self.registration.bare:
            functions = () if self.function is None else (self.function,)
            return Dependant(self.endpoint, None, "endpoint", None, functions=functions)
        return build_dependant(
            self.endpoint, self.path[len(self.mount) :], self._declared_dependencies(), self._interpreter
        )

    @property
    def dependencies(self) -> tuple[Dependant, ...]:
        """All dependencies, recursively, in solving order."""
        return tuple(self.dependant.flatten())

    @property
    def parameters(self) -> tuple[RouteParameter, ...]:
        """All parameters, those of dependencies included."""
        return self.dependant.all_parameters()

    @property
    def fastapi(self) -> Release:
        """The release of FastAPI that the project uses."""
        return self._interpreter.settings.release("fastapi")

    def _declared_dependencies(self) -> list[DeclaredDependency]:
        declared: list[DeclaredDependency] = []
        if self.kind == "websocket" and self.fastapi < WEBSOCKET_DEPENDENCIES:
            return declared
        for level, value in self.arguments("dependencies"):
            elements = declared_dependencies(value, level.site, level.kind, self.conditions)
            declared += [element._replace(level_site=level.site) for element in elements]
        for level in self.levels:
            if not level.arguments.complete and level.arguments.get("dependencies") is None:
                unknown = Unknown(UNKNOWN_ARGUMENTS)
                declared.append(DeclaredDependency(unknown, level.site, level.kind, level_site=level.site))
        return declared

    def __repr__(self) -> str:
        return f"<Route {self.label}>"


def _method(value: Value) -> str | None:
    """The upper-case method that an element of ``methods=[…]`` names, or None."""
    name = external_name(certain(value))
    if name.startswith("http.HTTPMethod."):
        return name.rpartition(".")[2]
    literal = plain(certain(value))
    return literal.value.upper() if literal is not None and isinstance(literal.value, str) else None


def bare_name(endpoint: Value) -> str:
    """The name of an endpoint without module and class, as messages have it."""
    name = qualified_name(endpoint).rpartition(".")[2]
    return name if name.isidentifier() else "a route"


def innermost_function(call: Value | None) -> FunctionDefinition | None:
    """The project function behind partials, bound methods, callable instances and what ``functools.wraps`` says."""
    seen: set[int] = set()
    while call is not None and id(call) not in seen:
        seen.add(id(call))
        call = as_wrapped(call)
        if isinstance(call, (Partial, Method)):
            call = call.function
        elif isinstance(call, Instance):
            call = call.cls.find_method("__call__")
        elif isinstance(call, FunctionDefinition) and call.wrapped is not None:
            call = call.wrapped
        else:
            return call if isinstance(call, FunctionDefinition) else None
    return None


def is_response_type(declared: Value) -> bool:
    """Whether a return annotation is a Response class, which FastAPI does not take for a response model."""
    if isinstance(declared, ClassDefinition):
        return declared.derives_from(*RESPONSE_CLASSES)
    return external_name(declared) in RESPONSE_CLASSES


def is_stream_type(declared: Value) -> bool:
    """Whether a return annotation is one of the types that FastAPI takes for a stream of items."""
    origin = declared.origin if isinstance(declared, Parametrized) else declared
    return external_name(origin) in STREAM_TYPES
