"""Tokens: where the project signs and decodes JSON web tokens, with which claims and checks."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import last_word, walk
from fastapi_lint.model.definitions import FunctionDefinition, Module
from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent
from fastapi_lint.model.knowledge.tokens import (
    DECODERS,
    ENCODERS,
    EXPIRED_ON_PURPOSE,
    UNVERIFIED_CLAIMS,
    UNVERIFIED_HEADERS,
)
from fastapi_lint.model.routing.paths import split_words
from fastapi_lint.model.security.authentication import schemes
from fastapi_lint.model.security.claims import Claims, claims_of
from fastapi_lint.model.values import (
    Collection,
    Dictionary,
    Site,
    Value,
    external_name,
    is_fixed_false,
    is_none,
    possibilities,
)

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

_BEARERS = ("OAuth2", "HTTPBearer")
_PACKAGES = frozenset({"jwt", "jose", "authlib", "joserfc"})
_FROM_THE_TOKEN = tuple(f"{name}()." for name in UNVERIFIED_HEADERS)


class UnverifiedToken(NamedTuple):
    """A token that is read without a check: ``problem`` is "signature", "expiry", "algorithms" (any is admitted)
    or "header" (the token names its own algorithm)."""

    problem: str
    call: str
    function: FunctionDefinition
    site: Site


class SignedToken(NamedTuple):
    """A token that is signed, and its claims."""

    function: FunctionDefinition
    site: Site
    claims: Claims


def unverified_tokens(
    functions: list[FunctionDefinition], bodies: Bodies, served: Container[FunctionDefinition]
) -> Iterator[UnverifiedToken]:
    """The tokens that functions read without a check.

    Where the same function decodes a token in full too, reading it before is how the key is found. Who runs for no
    request may read a token of its own, whose key it needn't have.

    Args:
        functions: those of the project.
        bodies: what happens in them.
        served: those that run for requests.
    """
    for function in _with_tokens(functions, "decode", "decode_complete", "get_unverified_claims"):
        read = [(event, name) for event in bodies.of(function).calls for name in event.names]
        decoded = [(event, name, _problem(event, name, function)) for event, name in read if name in DECODERS]
        if any(problem is None for _, _, problem in decoded):
            continue
        decoded += [(event, name, "signature") for event, name in read if name in UNVERIFIED_CLAIMS]
        for event, name, problem in decoded:
            by_hand = problem == "expiry" and _reads_expiry(function.module, functions)
            of_its_own = problem == "signature" and function not in served
            if problem is not None and not by_hand and not of_its_own:
                yield UnverifiedToken(problem, name.replace("()", ""), function, event.site)


def is_verified_before(function: FunctionDefinition, project: Project) -> bool:
    """Whether a function is an endpoint that takes the ``Authorization`` header, whose token a dependency of its routes
    has authenticated already.

    Args:
        function: who reads a token.
        project: its project.
    """
    routes = [route for route in project.routes if route.function is function]
    return bool(routes) and all(_is_bearer_verified(route, project) for route in routes)


def _is_bearer_verified(route: Route, project: Project) -> bool:
    takes_header = any(each.place == "header" and each.alias.lower() == "authorization" for each in route.parameters)
    if not takes_header or not any(each.class_name.startswith(_BEARERS) for each in schemes(route.dependant)):
        return False
    authentication = project.authentication(route)
    return authentication.required is True and authentication.source == "dependency"


def signed_tokens(functions: Iterable[FunctionDefinition], bodies: Bodies) -> Iterator[SignedToken]:
    """The tokens that functions sign, those apart that they drop or only read again: such a call tries a key."""
    for function in _with_tokens(functions, "encode"):
        dropped = {node.value for node in walk(function.fact.body) if isinstance(node, st.Evaluate)}
        for event in bodies.of(function).calls:
            names = [name for name in event.names if name in ENCODERS]
            if names and isinstance(event.node, ex.Call) and event.arguments.complete and event.node not in dropped:
                if _is_tried_out(event.node, function):
                    continue
                written = event.node.passed(*ENCODERS[names[0]])
                yield SignedToken(function, event.site, claims_of(written, function, bodies))


def _is_tried_out(signing: ex.Call, function: FunctionDefinition) -> bool:
    """Whether a function does nothing with a token that it signs but decode it."""
    body = list(walk(function.fact.body))
    assigned = [node.targets[0] for node in body if isinstance(node, st.Assign) and node.value == signing]
    names = {target.id for target in assigned if isinstance(target, ex.Name)}
    decoded = [node for node in body if isinstance(node, ex.Call) and last_word(node.func) == "decode"]
    read = {each for call in decoded for each in walk([argument.value for argument in call.arguments])}
    uses = [node for node in body if isinstance(node, ex.Name) and node.id in names and node not in assigned]
    return bool(uses) and all(use in read for use in uses)


def _with_tokens(functions: Iterable[FunctionDefinition], *methods: str) -> Iterator[FunctionDefinition]:
    """The functions, tests apart, that may call one of these methods of a library of tokens, by another name too."""
    words: dict[Module, list[str]] = {}
    for function in functions:
        module = function.module
        if module.is_test or _PACKAGES.isdisjoint(module.facts.imports):
            continue
        if module not in words:
            named = module.scope.names.items()
            renamed = (name for name, value in named if external_name(value).rpartition(".")[2] in methods)
            words[module] = [*methods, *renamed]
        if function.fact.body.may_hold(*words[module]):
            yield function


def _problem(event: CallEvent, name: str, function: FunctionDefinition) -> str | None:
    """Which check a call of a decoder leaves out; None where all are made, or that is not known."""
    decoder, arguments = DECODERS[name], event.arguments
    options = arguments.get("options", decoder.options)
    if _is_off("verify_signature", options):
        return "signature"
    algorithms = arguments.get("algorithms", decoder.algorithms)
    if decoder.admits_any and arguments.complete and (algorithms is None or is_none(algorithms)):
        return "algorithms"
    for algorithm in algorithms.items if isinstance(algorithms, Collection) else possibilities(algorithms):
        if external_name(algorithm).startswith(_FROM_THE_TOKEN):
            return "header"
    if _is_off("verify_exp", options) and EXPIRED_ON_PURPOSE.isdisjoint(split_words(function.name)):
        return "expiry"
    return None


def _reads_expiry(module: Module, functions: list[FunctionDefinition]) -> bool:
    """Whether some function of a module reads the claim ``exp``, or names it elsewhere than where it writes it."""
    for function in functions:
        if function.module is not module or not function.fact.body.may_hold("exp"):
            continue
        nodes = list(walk(function.fact.body))
        keys = {key for node in nodes if isinstance(node, ex.Mapping) for key, _ in node.items}
        targets = [target for node in nodes if isinstance(node, st.Assign) for target in node.targets]
        keys.update(target.index for target in targets if isinstance(target, ex.Subscript))
        for node in nodes:
            is_constant = isinstance(node, ex.Constant) and node.value == "exp" and node not in keys
            if is_constant or (isinstance(node, ex.Attribute) and node.attr == "exp"):
                return True
    return False


def _is_off(option: str, options: Value | None) -> bool:
    value = options.get(option) if isinstance(options, Dictionary) else None
    return is_fixed_false(value)
