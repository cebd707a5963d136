"""Security: the schemes among a route's dependencies, and how surely the route authenticates.

A scheme is an instance of FastAPI's ``SecurityBase`` (https://fastapi.tiangolo.com/reference/security/). Authentication
is graded, since much of it is the project's own code:

1. a security scheme that rejects, or an external package that is known to;
2. a dependency, the endpoint itself, a decorator or a middleware whose code reads credentials and turns requests away;
3. a dependency that the configuration names;
4. a dependency whose name alone says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fastapi_lint.diagnostics import Related
from fastapi_lint.facts import expressions as ex
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.dependencies.dependants import Dependant, Visit
from fastapi_lint.model.dependencies.parameters import RouteParameter
from fastapi_lint.model.dependencies.signatures import as_wrapped
from fastapi_lint.model.interpreter.bodies import Bodies
from fastapi_lint.model.knowledge.security import (
    AUTHENTICATING_DECORATORS,
    AUTHENTICATING_MIDDLEWARES,
    AUTHENTICATION_NAMES,
    AUTHENTICATORS,
    CREDENTIAL_NAMES,
    HARMLESS_DEPENDENCIES,
    HARMLESS_NAMES,
    NO_CREDENTIAL_NAMES,
    OPTIONAL_NAMES,
    SECURITY_SCHEMES,
)
from fastapi_lint.model.security.guards import Guard, Guards
from fastapi_lint.model.settings import ModelSettings
from fastapi_lint.model.values import (
    ExternalResult,
    Instance,
    Literal,
    Method,
    Partial,
    Unknown,
    Value,
    external_name,
    possibilities,
)

SCHEME, CODE, CONFIGURED, NAME = 1, 2, 3, 4
"""The grades of evidence, the surest first."""

_CREDENTIAL_PLACES = frozenset({"header", "cookie", "query"})
_PRESENTED = frozenset({"header", "cookie"})
_REQUEST_KINDS = frozenset({"request", "connection", "websocket"})
_WORD_BORDER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True, eq=False)
class Scheme:
    """A security scheme that a route depends on.

    Attributes:
        class_name: the name of its class, a subclass's own.
        dependant: the dependency that is the scheme.
        chain: the dependants from the route's own dependency down to the scheme, itself included.
        auto_error: whether it rejects requests without credentials by itself; None where that is not known.
    """

    class_name: str
    dependant: Dependant
    chain: tuple[Dependant, ...]
    auto_error: bool | None


@dataclass(frozen=True, slots=True)
class Authentication:
    """How surely a route authenticates.

    Attributes:
        grade: 1 (scheme), 2 (code), 3 (configured), 4 (name alone), or None where nothing was found.
        evidence: what the grade rests on, from the declaration on the route inwards.
        optional: requests without credentials are let through all the same.
        undecided: what may authenticate but is not known: dependencies that were not resolved, what containers give,
            external middlewares.
        source: "dependency", "endpoint", "decorator" or "middleware"; "" where nothing was found.
        guards: the names of all that authenticates, each with those of what it relies on itself: a dependency, what it
            depends on, its security scheme.
    """

    grade: int | None = None
    evidence: tuple[Related, ...] = ()
    optional: bool = False
    undecided: tuple[Related, ...] = ()
    source: str = ""
    guards: tuple[tuple[str, ...], ...] = ()

    @property
    def required(self) -> bool | None:
        """Whether a request must authenticate: True on evidence of any grade, None where what is unknown may do it,
        False otherwise. Rules that want more than a name ask :attr:`grade` too."""
        if self.grade is not None and not self.optional:
            return True
        return None if self.undecided else False


def scheme_class(call: Value) -> str | None:
    """The name of the class of a security scheme, or None for any other callable.

    Only instances count: a scheme class itself as a dependency is no scheme to FastAPI, nor is a bound method of one.
    """
    if isinstance(call, Partial):
        return scheme_class(call.function)
    if isinstance(call, ExternalResult) and call.callee.name in SECURITY_SCHEMES:
        return call.callee.name.rpartition(".")[2]
    if isinstance(call, Instance) and call.cls.derives_from(*SECURITY_SCHEMES):
        return call.cls.name
    return None


def schemes(dependant: Dependant) -> tuple[Scheme, ...]:
    """The security schemes below a dependant, in solving order, each mention."""
    return tuple(scheme for visit in dependant.walk() if (scheme := _scheme(visit)) is not None)


def _scheme(visit: Visit) -> Scheme | None:
    name = scheme_class(visit.dependant.call)
    if name is None:
        return None
    return Scheme(name, visit.dependant, visit.chain, _auto_error(visit.dependant.call))


def _auto_error(call: Value) -> bool | None:
    """Whether a scheme rejects by itself, from what it was made with; FastAPI's default is that it does."""
    if isinstance(call, Partial):
        return _auto_error(call.function)
    if not isinstance(call, (ExternalResult, Instance)) or call.arguments is None:
        return None
    given = call.arguments.get("auto_error")
    if given is None and isinstance(call, Instance):
        given = call.attributes.get("auto_error") or _declared_default(call.cls)
    if given is None:
        return True if call.arguments.complete else None
    return given.value if isinstance(given, Literal) and isinstance(given.value, bool) else None


def _declared_default(cls: ClassDefinition) -> Value | None:
    """What a scheme subclass's own constructor makes of ``auto_error``: the default of its parameter, or the constant
    that it passes on."""
    constructor = cls.find_method("__init__")
    if constructor is None:
        return None
    for parameter in constructor.fact.parameters:
        if parameter.name == "auto_error":
            return _flag(parameter.default)
    for call in _calls(constructor.fact.body.statements):
        if isinstance(call.func, ex.Attribute) and call.func.attr == "__init__":
            return _flag(call.keyword("auto_error"))
    return None


def _flag(expression: ex.Expression | None) -> Value | None:
    value = expression.value if isinstance(expression, ex.Constant) else None
    return Literal(value) if isinstance(value, bool) else None


def _calls(node: object) -> Iterator[ex.Call]:
    """The calls in statements."""
    if isinstance(node, ex.Call):
        yield node
    if isinstance(node, tuple):
        for part in node:
            if isinstance(part, tuple):
                yield from _calls(part)


class Authenticator:
    """Judges how routes authenticate. One for a project: each function's body is judged once.

    Args:
        bodies: what happens in functions.
        settings: what the user says of the project.
    """

    def __init__(self, bodies: Bodies, settings: ModelSettings) -> None:
        self._bodies = bodies
        self._configured = frozenset(settings.auth_dependencies)
        self.guards = Guards(bodies)

    def of(self, dependant: Dependant, middlewares: Sequence[Value] = ()) -> Authentication:
        """How the route of a dependant authenticates.

        Args:
            dependant: the root of the route.
            middlewares: the middlewares of its application: classes, instances or functions.

        Returns:
            The best evidence: mandatory before optional authentication, then by grade.
        """
        visits = list(dependant.walk())
        found = [self._of_visit(visit, dependant) for visit in visits]
        guards = _guards([visit for visit, one in zip(visits, found, strict=True) if one.grade is not None])
        found.append(self._of_endpoint(dependant))
        found += [self._of_middleware(value) for value in middlewares]
        guards += [guard for one in found for guard in one.guards]
        best = min(found, key=_rank, default=Authentication())
        undecided = tuple(step for one in found for step in one.undecided)
        return replace(best, undecided=undecided, guards=tuple(dict.fromkeys(guards)))

    def of_dependency(self, dependant: Dependant) -> Authentication:
        """How a dependency on its own authenticates, whatever depends on it."""
        visits = [*dependant.walk(), Visit(dependant, (dependant,), ())]
        found = [self._of_visit(visit, None) for visit in visits]
        best = min(found, key=_rank)
        return replace(best, undecided=tuple(step for one in found for step in one.undecided))

    # one dependency

    def _of_visit(self, visit: Visit, root: Dependant | None) -> Authentication:
        dependant = visit.dependant
        found = self._of_dependant(visit, root)
        for alternative in dependant.alternatives:
            other = self.of_dependency(alternative)
            if (other.required is True) != (found.required is True):
                step = Related(f"{dependant.qualified_name} depends on a condition", dependant.location)
                return Authentication(undecided=(step,))
        return found

    def _of_dependant(self, visit: Visit, root: Dependant | None) -> Authentication:
        dependant = visit.dependant
        steps = tuple(_step(link) for link in visit.chain)
        if scheme_class(dependant.call) is not None:
            return self._of_scheme(visit, root, steps)
        if self._is_configured(dependant):
            return Authentication(CONFIGURED, steps, source="dependency")
        guarded = self._of_code(visit, root, steps)
        if guarded is not None:
            return guarded
        name = external_name(dependant.call)
        if name.startswith(AUTHENTICATORS):
            evidence = (*steps, Related(f"{name.partition('.')[0]} authenticates"))
            return Authentication(SCHEME, evidence, _says_optional(dependant.call), source="dependency")
        word = _authenticating_name(dependant.call)
        if word:
            evidence = (*steps, Related(f"the name {word} speaks of authentication", dependant.location))
            return Authentication(NAME, evidence, _is_optional_name(word), source="dependency")
        if _is_open(dependant):
            step = Related(f"{dependant.qualified_name} is not known: {dependant.unknown}", dependant.location)
            return Authentication(undecided=(step,))
        return Authentication(undecided=self._handed_on(dependant) or _from_container(dependant))

    def _of_scheme(self, visit: Visit, root: Dependant | None, steps: tuple[Related, ...]) -> Authentication:
        """A scheme rejects by itself, or what depends on it does, or nothing does and it is optional."""
        scheme = visit.dependant
        name = scheme_class(scheme.call)
        evidence = (*steps, Related(f"{name} is a security scheme", scheme.location))
        own_guard = self._own_call_guard(scheme)
        rejects = bool(own_guard.rejects) if own_guard is not None else _auto_error(scheme.call) is not False
        if rejects:
            return Authentication(SCHEME, evidence, source="dependency")
        rejecting = self._rejecting_ancestor(visit.chain[:-1], root)
        if rejecting is not None:
            return Authentication(SCHEME, (*evidence, *rejecting.rejects[:1]), source="dependency")
        undecided = self._credentials_handed_on(visit.chain, root)
        return Authentication(SCHEME, evidence, optional=True, undecided=undecided, source="dependency")

    def _credentials_handed_on(self, chain: tuple[Dependant, ...], root: Dependant | None) -> tuple[Related, ...]:
        """Where what a scheme gives is passed to code that nobody can see into, which may reject in its place."""
        receivers = (*((root,) if root is not None else ()), *chain[:-1])
        givers = chain if root is not None else chain[1:]
        for receiver, giver in zip(receivers, givers, strict=True):
            if giver.name is not None:
                for function in receiver.functions:
                    step = self.guards.hands_on(function, frozenset({giver.name}))
                    if step is not None:
                        return (step,)
        return ()

    def _handed_on(self, dependant: Dependant) -> tuple[Related, ...]:
        """Where a dependency passes the request or credentials to code that nobody can see into."""
        requests = {parameter.name for parameter in dependant.injected if parameter.injected in _REQUEST_KINDS}
        credentials = {parameter.name for parameter in dependant.parameters if _is_credential(parameter)}
        names = frozenset(requests | credentials)
        for function in dependant.functions if names else ():
            step = self.guards.hands_on(function, names)
            if step is not None:
                return (step,)
        return ()

    def _own_call_guard(self, scheme: Dependant) -> Guard | None:
        """What the ``__call__`` that a project's scheme overrides does, or None where FastAPI's own runs."""
        function = scheme.function
        return self.guards.of(function) if function is not None else None

    def _rejecting_ancestor(self, chain: Sequence[Dependant], root: Dependant | None) -> Guard | None:
        """The nearest dependant up the chain whose code turns requests away and lets none through for want of
        credentials; the endpoint last."""
        for link in (*reversed(chain), *((root,) if root is not None else ())):
            for function in link.functions:
                guard = self.guards.of(function)
                if guard.rejects and not guard.admits:
                    return guard
        return None

    def _is_configured(self, dependant: Dependant) -> bool:
        return any(map(dependant.is_called, self._configured))

    def _of_code(self, visit: Visit, root: Dependant | None, steps: tuple[Related, ...]) -> Authentication | None:
        dependant = visit.dependant
        for function in dependant.functions:
            guard = self.guards.of(function)
            if not guard.rejects:
                continue
            reads = guard.reads or tuple(_credential_parameters(dependant, bool(guard.challenges)))
            reads = reads or self._reads_below(dependant)
            if not reads:
                continue
            evidence = (*steps, *reads, *guard.rejects)
            if not guard.admits:
                return Authentication(CODE, evidence, source="dependency")
            if self._rejecting_ancestor(visit.chain[:-1], root) is not None:
                return Authentication(CODE, evidence, source="dependency")
            return Authentication(CODE, (*evidence, *guard.admits[:1]), optional=True, source="dependency")
        return None

    def _reads_below(self, dependant: Dependant) -> tuple[Related, ...]:
        """Where something that a dependant depends on takes credentials from the request."""
        for visit in dependant.walk():
            below = visit.dependant
            if scheme_class(below.call) is not None:
                return (Related(f"{scheme_class(below.call)} reads the credentials", below.location),)
            parameters = tuple(_credential_parameters(below))
            if parameters:
                return parameters
            for function in below.functions:
                reads = self.guards.of(function).reads
                if reads:
                    return reads
        return ()

    # the endpoint, its decorators, middlewares

    def _of_endpoint(self, root: Dependant) -> Authentication:
        for function in root.functions:
            for decorator in function.decorators:
                if external_name(decorator) in AUTHENTICATING_DECORATORS:
                    name = external_name(decorator).removesuffix("()")
                    guard = name.rpartition(".")[2]
                    step = Related(f"{name} rejects", function.location)
                    return Authentication(CODE, (step,), source="decorator", guards=((guard,),))
        source = "endpoint"
        for index, function in enumerate(root.functions):
            guard = self.guards.of(function)
            reads = guard.reads or tuple(_credential_parameters(root))
            if guard.rejects and reads and not guard.admits:
                is_wrapper = index < len(root.functions) - 1
                source = "decorator" if is_wrapper else "endpoint"
                guards = ((outer_name(function),),) if is_wrapper else ()
                return Authentication(CODE, (*reads, *guard.rejects), source=source, guards=guards)
        for function in root.functions:
            for decorator in function.decorators:
                word = _decorator_word(decorator)
                if AUTHENTICATION_NAMES.search(word):
                    step = Related(f"the decorator {word} speaks of authentication", function.location)
                    return Authentication(NAME, (step,), source="decorator", guards=((word,),))
        return Authentication(undecided=_from_container(root))

    def _of_middleware(self, value: Value) -> Authentication:
        for option in possibilities(value):
            for function in _middleware_functions(option):
                guard = self.guards.of(function)
                if guard.rejects and guard.reads:
                    step = Related(f"the middleware {function.fact.qualname} authenticates", function.location)
                    evidence = (step, *guard.reads, *guard.rejects)
                    name = function.owner.name if function.owner is not None else function.name
                    return Authentication(CODE, evidence, source="middleware", guards=((name,),))
            name = external_name(option).removesuffix("()")
            if AUTHENTICATING_MIDDLEWARES.search(name):
                return Authentication(undecided=(Related(f"the middleware {name} may authenticate"),))
            if isinstance(option, Unknown):
                return Authentication(undecided=(Related(f"a middleware is not known: {option.reason}"),))
        return Authentication()


def _from_container(dependant: Dependant) -> tuple[Related, ...]:
    """What a container gives to the function of a dependant: it may hold the request, and reject it."""
    return tuple(
        Related(f"a container gives {parameter.name}, which may authenticate", parameter.location)
        for parameter in dependant.injected
        if parameter.injected == "container" and parameter.location is not None
    )


def _guards(visits: list[Visit]) -> list[tuple[str, ...]]:
    """The names of dependencies that authenticate, by chain: each with those below it that do so too."""
    chains = {visit.chain for visit in visits}
    inner = {chain[:length] for chain in chains for length in range(1, len(chain))}
    return [
        tuple(_guard_name(link) for length, link in enumerate(visit.chain, 1) if visit.chain[:length] in chains)
        for visit in visits
        if visit.chain not in inner
    ]


def _guard_name(dependant: Dependant) -> str:
    """The short name of a dependency that authenticates: that of the class for a scheme, of the factory for a function
    that one made."""
    function = dependant.function
    if isinstance(as_wrapped(dependant.call), FunctionDefinition) and function is not None:
        return outer_name(function)
    return scheme_class(dependant.call) or dependant.qualified_name.rpartition(".")[2]


def outer_name(function: FunctionDefinition) -> str:
    """The name of a function, or of the one in which it is defined."""
    return function.fact.qualname.partition(".<locals>")[0].rpartition(".")[2]


def _rank(found: Authentication) -> tuple[bool, bool, int]:
    return (found.grade is None, found.optional, found.grade or 0)


def _step(dependant: Dependant) -> Related:
    """How the evidence names a link of the chain."""
    name = dependant.qualified_name.rpartition(".")[2] or "?"
    where = {
        "app": "declared on the application",
        "include": "declared where the router is included",
        "router": "declared on the router",
        "route": "declared on the route",
        "view": "the class of the view",
    }.get(dependant.level, f"parameter {dependant.name!r}")
    return Related(f"depends on {name} ({where})", dependant.location)


def _is_credential(parameter: RouteParameter) -> bool:
    return parameter.place in _CREDENTIAL_PLACES and bool(CREDENTIAL_NAMES.search(parameter.wire_name))


def _credential_parameters(dependant: Dependant, challenges: bool = False) -> Iterator[Related]:
    """The parameters of a dependency that carry credentials: by their names, or since it answers 401, which says that
    a cookie or header holds some."""
    for parameter in dependant.parameters:
        is_presented = parameter.place in _PRESENTED and not NO_CREDENTIAL_NAMES.search(parameter.wire_name)
        if _is_credential(parameter) or (challenges and is_presented):
            yield Related(f"takes the {parameter.place} {parameter.wire_name!r}", parameter.location)


def _snake(name: str) -> str:
    return _WORD_BORDER.sub("_", name).lower()


def _authenticating_name(call: Value) -> str:
    """The name by which a callable says that it authenticates, or "": its own, that of its factory or of its class."""
    for word in _words(call):
        if AUTHENTICATION_NAMES.search(_snake(word)):
            return word
    return ""


def _words(call: Value) -> tuple[str, ...]:
    """The names that a callable goes by, the innermost first."""
    if isinstance(call, FunctionDefinition):
        return tuple(word for word in reversed(call.innermost.fact.qualname.split(".")) if word != "<locals>")
    if isinstance(call, Method):
        receiver = call.receiver
        owner = receiver if isinstance(receiver, ClassDefinition) else getattr(receiver, "cls", None)
        return (call.function.name, *((owner.name,) if isinstance(owner, ClassDefinition) else ()))
    if isinstance(call, (ClassDefinition, Instance)):
        return ((call if isinstance(call, ClassDefinition) else call.cls).name,)
    if isinstance(call, Partial):
        return _words(call.function)
    return (external_name(call).removesuffix("()").rpartition(".")[2],)


def _is_optional_name(word: str) -> bool:
    return bool(OPTIONAL_NAMES.search(_snake(word)))


def _is_open(dependant: Dependant) -> bool:
    """Whether a dependant that is not known might authenticate."""
    if dependant.unknown is None:
        return False
    name = external_name(dependant.call)
    word = _snake(name.removesuffix("()").rpartition(".")[2])
    return not name.startswith(HARMLESS_DEPENDENCIES) and not (name and HARMLESS_NAMES.search(word))


def _says_optional(call: Value) -> bool:
    """Whether an external authenticator was made with ``optional=True``."""
    if not isinstance(call, ExternalResult):
        return False
    optional = call.arguments.get("optional")
    return isinstance(optional, Literal) and optional.value is True


def _decorator_word(decorator: Value) -> str:
    """The name of a decorator: of a factory's inner function that of the factory."""
    if isinstance(decorator, FunctionDefinition):
        return _snake(outer_name(decorator))
    return _snake(external_name(decorator).removesuffix("()").rpartition(".")[2])


def _middleware_functions(value: Value) -> Iterator[FunctionDefinition]:
    """The functions that a middleware runs for a request."""
    if isinstance(value, FunctionDefinition):
        yield value
    cls = value.cls if isinstance(value, Instance) else value
    if isinstance(cls, ClassDefinition):
        for name in ("dispatch", "__call__"):
            method = cls.find_method(name)
            if method is not None:
                yield method
