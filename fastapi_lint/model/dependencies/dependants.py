"""Dependencies: the tree of callables that FastAPI calls for a route.

Source: https://fastapi.tiangolo.com/tutorial/dependencies/; the order and the rules observed on FastAPI 0.165.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.dependencies.declared import DeclaredDependency
from fastapi_lint.model.dependencies.markers import DependencyMarker, is_placed, read_dependency_marker
from fastapi_lint.model.dependencies.parameters import RouteParameter, classify, path_names
from fastapi_lint.model.dependencies.signatures import (
    Signature,
    SignatureParameter,
    SignatureReader,
    as_wrapped,
    call_key,
)
from fastapi_lint.model.knowledge.parameters import PLAIN_CLASS_DECORATORS
from fastapi_lint.model.knowledge.releases import ANNOTATED, DECLARED_ALWAYS_CACHED, Release
from fastapi_lint.model.routing.unresolved import why
from fastapi_lint.model.types import split_annotated
from fastapi_lint.model.values import (
    Ambiguous,
    ExternalResult,
    Instance,
    Literal,
    Method,
    Parametrized,
    Partial,
    Site,
    Unknown,
    Value,
    external_name,
)

if TYPE_CHECKING:
    from fastapi_lint.model.interpreter.interpreter import Interpreter
    from fastapi_lint.text.location import Location


NO_DEPENDENCY = "there is none under a condition"
"""What is not known of the alternative to a dependency that only a condition gives."""
ITSELF = "it depends on itself"
"""What is not known of a dependency that one of those above it needs, too."""


class Visit(NamedTuple):
    """One dependant met on a walk."""

    dependant: Dependant
    chain: tuple[Dependant, ...]
    """The dependants from the route's own dependency down to this one, itself included."""
    scopes: tuple[str, ...]
    """The OAuth2 scopes in force: its own and those of the chain."""


@dataclass(slots=True, eq=False)
class Dependant:
    """A callable that FastAPI calls for a route: the endpoint, or a dependency of it.

    Attributes:
        call: what is called.
        name: the parameter that receives its result; None for the endpoint and for ``dependencies=[…]``.
        level: where it was declared: "endpoint" for the root; "outside", "app", "include", "router" or "route" for
            elements of ``dependencies=[…]``; "parameter"; "view" for the instance of a class-based view.
        site: the parameter, or the element of ``dependencies=[…]``, that declares it; None for the endpoint.
        parameters: its own parameters that come from the request, in order.
        injected: its own parameters that FastAPI fills (``Request``, ``Response``, …).
        dependencies: what it depends on, in the order in which FastAPI solves it.
        functions: the project functions whose bodies run when it is called (see Signature).
        use_cache: False when it is called anew at each mention in a request.
        scope: "function" or "request", or None.
        scopes: its own OAuth2 scopes (``Security(…, scopes=[…])``); ``scopes_known`` is False when there may be more.
        is_security: whether it was declared by ``Security``.
        unknown: why the callable or its parameters are not known, or None. What is known of it is there all the same.
        alternatives: for a callable that depends on a condition, the dependants of the other options.
        level_site: for an element of ``dependencies=[…]``, the call that was given the list.
        by_default: False for what a condition adds that does not hold while settings are left at their defaults.
    """

    call: Value
    name: str | None
    level: str
    site: Site | None
    parameters: tuple[RouteParameter, ...] = ()
    injected: tuple[RouteParameter, ...] = ()
    dependencies: tuple[Dependant, ...] = ()
    functions: tuple[FunctionDefinition, ...] = ()
    use_cache: bool = True
    scope: str | None = None
    scopes: tuple[str, ...] = ()
    is_security: bool = False
    scopes_known: bool = True
    unknown: str | None = None
    alternatives: tuple[Dependant, ...] = ()
    by_default: bool = True
    level_site: Site | None = None

    def as_by_default(self) -> Dependant:
        """The dependant of a route as it is while settings are left at their defaults."""
        return replace(self, dependencies=tuple(below for below in self.dependencies if below.by_default))

    def walk(self) -> Iterator[Visit]:
        """All dependencies below this one, each mention, in the order in which FastAPI solves them: what a dependency
        needs comes before it."""
        yield from _walk(self.dependencies, (), self.scopes)

    def flatten(self) -> tuple[Dependant, ...]:
        """All dependencies below this one in solving order, each callable once, as FastAPI's cache has it (the same
        callable with other scopes, or declared with ``use_cache=False``, is not called apart here)."""
        seen: set[object] = set()
        unique: list[Dependant] = []
        _collect(self.dependencies, seen, unique)
        return tuple(unique)

    def all_parameters(self) -> tuple[RouteParameter, ...]:
        """The parameters of this one and of all dependencies below it, its own first."""
        return (*self.parameters, *(parameter for below in self.flatten() for parameter in below.parameters))

    def unresolved(self) -> Iterator[Visit]:
        """The dependencies below this one of which something is not known (``unknown`` says what)."""
        return (visit for visit in self.walk() if visit.dependant.unknown is not None)

    @property
    def key(self) -> object:
        """What identifies the callable: two dependants of one key call the same thing."""
        return call_key(self.call)

    @property
    def function(self) -> FunctionDefinition | None:
        """The innermost project function it runs, or None."""
        return self.functions[-1] if self.functions else None

    @property
    def is_generator(self) -> bool:
        """Whether it is a dependency with ``yield``, the rest of which runs after the endpoint."""
        return any(function.fact.yields for function in self.functions)

    @property
    def qualified_name(self) -> str:
        """The dotted name of what is called: an instance counts as its class, a partial as what it wraps."""
        return qualified_name(self.call)

    def is_called(self, name: str) -> bool:
        """Whether a name, bare or dotted, is that of what is called, of a function that runs then, or of the function
        of the project that made it (``require_role`` for what ``require_role("admin")`` returns)."""
        known = {self.qualified_name, *(function.qualified_name for function in self.functions)}
        known |= {own.partition(".<locals>")[0] for own in known}
        return any(f".{own}".endswith(f".{name}") for own in known)

    @property
    def definition(self) -> Location | None:
        """Where what is called is defined or, for an instance of something outside the project, made."""
        return definition_of(self.call)

    @property
    def is_own(self) -> bool:
        """Whether the project itself defines what is called."""
        return is_own(self.call)

    @property
    def location(self) -> Location | None:
        """Where it was declared."""
        return self.site.location if self.site is not None else None

    def __repr__(self) -> str:
        return f"<Dependant {self.level} {self.qualified_name}>"


def _walk(
    dependencies: tuple[Dependant, ...], chain: tuple[Dependant, ...], scopes: tuple[str, ...]
) -> Iterator[Visit]:
    for dependant in dependencies:
        inner_chain = (*chain, dependant)
        inner_scopes = scopes + tuple(scope for scope in dependant.scopes if scope not in scopes)
        yield from _walk(dependant.dependencies, inner_chain, inner_scopes)
        yield Visit(dependant, inner_chain, inner_scopes)


def _collect(dependencies: tuple[Dependant, ...], seen: set[object], unique: list[Dependant]) -> None:
    for dependant in dependencies:
        if dependant.key not in seen:
            seen.add(dependant.key)
            _collect(dependant.dependencies, seen, unique)
            unique.append(dependant)


def qualified_name(call: Value) -> str:
    """The dotted name of a callable, as Python would say it; "?" where it is unknown."""
    return _name(call, with_module=True)


def short_name(call: Value) -> str:
    """The name of a callable without that of its module; the whole of it for what is outside the project."""
    return _name(call, with_module=False)


def _name(call: Value, with_module: bool) -> str:
    call = as_wrapped(call)
    if isinstance(call, (FunctionDefinition, ClassDefinition)):
        definition = call.innermost if isinstance(call, FunctionDefinition) else call
        return definition.qualified_name if with_module else definition.fact.qualname
    if isinstance(call, Instance):
        return _name(call.cls, with_module)
    if isinstance(call, Method):
        receiver = call.receiver
        owner = receiver if isinstance(receiver, ClassDefinition) else getattr(receiver, "cls", None)
        if isinstance(owner, ClassDefinition):
            return f"{_name(owner, with_module)}.{call.function.innermost.name}"
        return call.function.qualified_name if with_module else call.function.fact.qualname
    if isinstance(call, Partial):
        return f"partial({_name(call.function, with_module)})"
    if isinstance(call, Parametrized):
        return _name(call.origin, with_module)
    if isinstance(call, Ambiguous):
        return _name(call.options[0], with_module)
    return external_name(call).removesuffix("()") or "?"


def definition_of(call: Value) -> Location | None:
    """Where a callable is defined in the project, or made; None for what is outside."""
    call = as_wrapped(call)
    if isinstance(call, FunctionDefinition):
        return call.innermost.location
    if isinstance(call, ClassDefinition):
        return call.location
    if isinstance(call, Instance):
        return call.cls.location
    if isinstance(call, Method):
        return call.function.innermost.location
    if isinstance(call, Partial):
        return definition_of(call.function)
    if isinstance(call, Parametrized):
        return definition_of(call.origin)
    return call.site.location if isinstance(call, ExternalResult) and call.site is not None else None


def is_own(call: Value) -> bool:
    """Whether the project itself defines a callable."""
    call = as_wrapped(call)
    if isinstance(call, Partial):
        return is_own(call.function)
    if isinstance(call, Parametrized):
        return is_own(call.origin)
    if isinstance(call, Ambiguous):
        return is_own(call.options[0])
    return isinstance(call, (FunctionDefinition, ClassDefinition, Instance, Method))


def is_view_method(endpoint: Value) -> bool:
    """Whether an endpoint is an unbound method of a class-based view: its first parameter is a bare ``self`` and its
    class was handed to a decorator, or to something that is called like one.

    Without such a decorator FastAPI would take ``self`` for a query parameter.
    """
    if not isinstance(endpoint, FunctionDefinition) or endpoint.owner is None:
        return False
    parameters = endpoint.innermost.fact.parameters
    if not parameters or parameters[0].name != "self" or parameters[0].annotation is not None:
        return False
    if parameters[0].default is not None or endpoint.has_decorator("staticmethod", "classmethod"):
        return False
    return any(
        external_name(called).removesuffix("()") not in PLAIN_CLASS_DECORATORS for called in endpoint.owner.handed_to
    )


class _Contents(NamedTuple):
    """What a callable needs, whoever depends on it; shared by all dependants of one callable."""

    parameters: tuple[RouteParameter, ...]
    injected: tuple[RouteParameter, ...]
    dependencies: tuple[Dependant, ...]


class _Reading(NamedTuple):
    """A signature taken apart: which parameters are dependencies does not depend on the route's path."""

    signature: Signature
    dependencies: tuple[tuple[SignatureParameter, DependencyMarker], ...]
    fields: tuple[SignatureParameter, ...]


def build_dependant(
    endpoint: Value,
    path: str | None,
    declared: Sequence[DeclaredDependency],
    interpreter: Interpreter,
    view: ClassDefinition | None = None,
) -> Dependant:
    """The dependant of a route: :meth:`DependencyReader.build` of the project's one reader."""
    return reader_of(interpreter).build(endpoint, path, declared, view)


@lru_cache(maxsize=1)  # projects come one after the other, and one that is done with shall be forgotten
def reader_of(interpreter: Interpreter) -> DependencyReader:
    """The one reader of a project, which keeps what its routes share."""
    return DependencyReader(interpreter)


class DependencyReader:
    """Builds dependants. One for a project: what routes share is read once.

    Args:
        interpreter: after it has executed the project's modules.
    """

    def __init__(self, interpreter: Interpreter) -> None:
        self.signatures = SignatureReader(interpreter)
        self._release = interpreter.settings.release("fastapi")
        self._readings: dict[object, _Reading] = {}
        self._names: dict[object, frozenset[str]] = {}
        self._contents: dict[tuple[object, frozenset[str] | None], _Contents] = {}
        self._building: set[object] = set()

    def build(
        self,
        endpoint: Value,
        path: str | None,
        declared: Sequence[DeclaredDependency] = (),
        view: ClassDefinition | None = None,
    ) -> Dependant:
        """The dependant of a route, with the tree of all its dependencies.

        Args:
            endpoint: what was registered as the endpoint: a function, a bound method, an instance with ``__call__``, a
                class, a partial, or Unknown.
            path: the route's path inside its application, all prefixes included, paths of mounts not; convertors may
                be in it. None when it is not known, and names in it cannot be told from query parameters.
            declared: the elements of ``dependencies=[…]`` that apply to the route, as FastAPI orders them: those of
                the application, of each ``include_router`` from the outside in, of the router, of the route.
            view: the class whose instance the endpoint's ``self`` is, where the caller knows it (an inherited method);
                else it is found from the method's own class and its decorators.

        Returns:
            The root (level "endpoint"); its ``dependencies`` begin with the declared ones. Nothing is dropped: what is
            not known is a dependant with a reason in ``unknown``.
        """
        names = path_names(path) if path is not None else None
        if view is None and is_view_method(endpoint):
            assert isinstance(endpoint, FunctionDefinition)
            view = endpoint.owner
        key: object = endpoint if view is None else (endpoint, view)
        reading = self._reading(endpoint, key, view)
        contents = self._content(key, reading, names)
        root = self._dependant(endpoint, reading, contents, None, None, "endpoint", None)
        before = tuple(self._declared(element, names) for element in declared)
        root.dependencies = before + root.dependencies
        return root

    def dependency(self, call: Value, level: str = "parameter", site: Site | None = None) -> Dependant:
        """The dependant of a callable on its own, outside a route (for ``dependency_overrides`` and tests)."""
        return self._dependency(call, None, None, level, site, frozenset())

    def _declared(self, declared: DeclaredDependency, names: frozenset[str] | None) -> Dependant:
        """An element of ``dependencies=[…]``; from some release on it is always cached."""
        value, site, level, conditional, by_default, level_site = declared
        marker = read_dependency_marker(value)
        if marker is None:
            reason = value.reason if isinstance(value, Unknown) else "an element of dependencies=[…] that is no Depends"
            return Dependant(value, None, level, site, level_site=level_site, unknown=reason)
        if marker.dependency is None:
            reason = "Depends() without a callable" if marker.complete else "Depends() with unknown arguments"
            return Dependant(Unknown(reason), None, level, site, level_site=level_site, unknown=reason)
        call = _callable_or_unknown(marker.dependency)
        dependant = self._dependency(call, None, marker, level, site, names)
        dependant.use_cache = marker.use_cache or self._release >= DECLARED_ALWAYS_CACHED
        dependant.by_default = by_default
        dependant.level_site = level_site
        if conditional:
            dependant.alternatives += (_no_dependency(Literal(None), None, level, site),)
        return dependant

    def _dependency(
        self,
        call: Value,
        name: str | None,
        marker: DependencyMarker | None,
        level: str,
        site: Site | None,
        names: frozenset[str] | None,
    ) -> Dependant:
        """The dependant of one mention of a callable."""
        if isinstance(call, Ambiguous):
            first, *others = (self._dependency(option, name, marker, level, site, names) for option in call.options)
            first.alternatives += tuple(others)
            return first
        key = call_key(call) if level != "view" else ("view", call)
        reading = self._reading(call, key, call if level == "view" and isinstance(call, ClassDefinition) else None)
        if key in self._building:
            return Dependant(call, name, level, site, unknown=ITSELF)
        contents = self._content(key, reading, names)
        dependant = self._dependant(call, reading, contents, name, marker, level, site)
        if marker is not None:
            dependant.alternatives = tuple(_no_dependency(other, name, level, site) for other in marker.others)
        return dependant

    @staticmethod
    def _dependant(
        call: Value,
        reading: _Reading,
        contents: _Contents,
        name: str | None,
        marker: DependencyMarker | None,
        level: str,
        site: Site | None,
    ) -> Dependant:
        return Dependant(
            call,
            name,
            level,
            site,
            contents.parameters,
            contents.injected,
            contents.dependencies,
            reading.signature.functions,
            use_cache=marker is None or marker.use_cache,
            scope=marker.scope if marker is not None else None,
            scopes=marker.scopes if marker is not None else (),
            scopes_known=marker is None or marker.scopes_known,
            is_security=marker is not None and marker.is_security,
            unknown=reading.signature.unknown,
        )

    # the parts that routes share

    def _reading(self, call: Value, key: object, view: ClassDefinition | None) -> _Reading:
        if key not in self._readings:
            if view is call and view is not None:
                signature = self.signatures.read_view(view)
            else:
                signature = self.signatures.read(call)
            self._readings[key] = _take_apart(signature, view if view is not call else None, self._release)
        return self._readings[key]

    def _content(self, key: object, reading: _Reading, names: frozenset[str] | None) -> _Contents:
        """The contents of a callable in a route whose path has the names; shared by all routes whose paths agree on the
        names that occur in the signatures below it."""
        relevant = names & self._names_below(key, reading) if names is not None else None
        found = self._contents.get((key, relevant))
        if found is None:
            self._building.add(key)
            parameters = [
                classify(parameter, None if names is None else parameter.name in names, self._release)
                for parameter in reading.fields
            ]
            dependencies = tuple(
                self._parameter_dependency(parameter, marker, names) for parameter, marker in reading.dependencies
            )
            self._building.discard(key)
            found = _Contents(
                tuple(parameter for parameter in parameters if not parameter.injected),
                tuple(parameter for parameter in parameters if parameter.injected),
                dependencies,
            )
            self._contents[key, relevant] = found
        return found

    def _parameter_dependency(
        self, parameter: SignatureParameter, marker: DependencyMarker, names: frozenset[str] | None
    ) -> Dependant:
        call = _called(parameter, marker)
        level = "view" if marker is _VIEW else "parameter"
        return self._dependency(call, parameter.name, marker, level, parameter.site, names)

    def _names_below(self, key: object, reading: _Reading) -> frozenset[str]:
        """The names of all parameters in the signatures of a callable and of what it depends on."""
        known = self._names.get(key)
        if known is None:
            self._names[key] = frozenset()  # a cycle adds nothing new
            names = {parameter.name for parameter in reading.fields}
            for parameter, marker in reading.dependencies:
                call = _called(parameter, marker)
                for option in call.options if isinstance(call, Ambiguous) else (call,):
                    is_view = marker is _VIEW
                    inner = ("view", option) if is_view else call_key(option)
                    view = option if is_view and isinstance(option, ClassDefinition) else None
                    names |= self._names_below(inner, self._reading(option, inner, view))
            known = self._names[key] = frozenset(names)
        return known


_VIEW = DependencyMarker(None, True, None, (), True, False, True, None)
"""The marker that a class-based view decorator puts on ``self``."""


def _take_apart(signature: Signature, view: ClassDefinition | None, release: Release) -> _Reading:
    """Tells the dependencies among the parameters of a signature from the rest."""
    dependencies: list[tuple[SignatureParameter, DependencyMarker]] = []
    fields: list[SignatureParameter] = []
    for index, parameter in enumerate(signature.parameters):
        if view is not None and index == 0:
            own = SignatureParameter(parameter.name, view, None, parameter.site)
            dependencies.append((own, _VIEW))
            continue
        marker = _dependency_marker(parameter, release)
        if marker is not None:
            dependencies.append((parameter, marker))
        else:
            fields.append(parameter)
    return _Reading(signature, tuple(dependencies), tuple(fields))


def _no_dependency(value: Value, name: str | None, level: str, site: Site | None) -> Dependant:
    """What stands in the place of a dependency under a condition: nothing, or something that is not known."""
    reason = NO_DEPENDENCY if isinstance(value, Literal) else why(value)
    return Dependant(Unknown(reason), name, level, site, unknown=reason)


def _dependency_marker(parameter: SignatureParameter, release: Release) -> DependencyMarker | None:
    """The ``Depends`` of a parameter: its default, or the last marker of FastAPI's in its ``Annotated``."""
    marker = read_dependency_marker(parameter.default)
    if marker is not None or parameter.annotation is None or release < ANNOTATED:
        return marker
    for value in reversed(split_annotated(parameter.annotation)[1]):
        marker = read_dependency_marker(value)
        if marker is not None:
            return marker
        if is_placed(value):
            return None
    return None


def _called(parameter: SignatureParameter, marker: DependencyMarker) -> Value:
    """What a parameter's marker calls: what it was given, else the parameter's type."""
    if marker.dependency is not None:
        return _callable_or_unknown(marker.dependency)
    if not marker.complete:
        return Unknown("Depends() with unknown arguments")
    if parameter.annotation is None:
        return Unknown("Depends() without a callable or an annotation")
    return _callable_or_unknown(split_annotated(parameter.annotation)[0])


def _callable_or_unknown(value: Value) -> Value:
    if isinstance(value, Ambiguous):
        return Ambiguous(tuple(map(_callable_or_unknown, value.options)))
    return Unknown(f"{value.value!r} is not callable") if isinstance(value, Literal) else value
