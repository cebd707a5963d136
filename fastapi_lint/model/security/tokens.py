"""Tokens: where the project signs and decodes JSON web tokens, with which claims, lifetimes and checks."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import assigned_once, last_word, walk
from fastapi_lint.model.definitions import FunctionDefinition, Module
from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent
from fastapi_lint.model.knowledge.tokens import (
    DECODERS,
    ENCODERS,
    EXPIRED_ON_PURPOSE,
    OTHER_TOKENS,
    UNVERIFIED_CLAIMS,
    UNVERIFIED_HEADERS,
)
from fastapi_lint.model.routing.paths import split_words
from fastapi_lint.model.security.authentication import schemes
from fastapi_lint.model.security.claims import Claims, claims_of
from fastapi_lint.model.values import (
    Arguments,
    Collection,
    Dictionary,
    ExternalResult,
    Literal,
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

_ACCESS_TOKEN = "access_token"
_BEARERS = ("OAuth2", "HTTPBearer")
_PACKAGES = frozenset({"jwt", "jose", "authlib", "joserfc"})
_UNITS = ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks")
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


class Lifetime(NamedTuple):
    """How long an access token lives, ``by_default`` where a setting says so, and where that is written."""

    lifetime: timedelta
    by_default: bool
    maker: FunctionDefinition
    site: Site


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
    """The tokens that functions sign, those apart that they drop: such a call tries a key."""
    for function in _with_tokens(functions, "encode"):
        dropped = {node.value for node in walk(function.fact.body) if isinstance(node, st.Evaluate)}
        for event in bodies.of(function).calls:
            names = [name for name in event.names if name in ENCODERS]
            if names and isinstance(event.node, ex.Call) and event.arguments.complete and event.node not in dropped:
                written = event.node.passed(*ENCODERS[names[0]])
                yield SignedToken(function, event.site, claims_of(written, function, bodies))


def access_lifetimes(functions: list[FunctionDefinition], bodies: Bodies) -> Iterator[Lifetime]:
    """How long access tokens live: what the functions that sign them, and their callers, say by a ``timedelta``.

    A function signs access tokens by its name, or where what it returns becomes an ``access_token``; one that signs
    others as well says nothing by itself, and what is assigned to a variable of another token is that one's.

    Args:
        functions: those of the project.
        bodies: what happens in them.
    """
    signers = {token.function for token in signed_tokens(functions, bodies) if _may_make_access_tokens(token.function)}
    by_name = {signer for signer in signers if "access" in split_words(signer.name)}
    by_use: set[FunctionDefinition] = set()
    of_others: set[FunctionDefinition] = set()
    names = {signer.name for signer in signers}
    for function in functions if names else ():
        if function.module.is_test or not function.fact.body.may_hold(*names):
            continue
        is_for_others = not _may_make_access_tokens(function)
        handed_out = _access_tokens(function) if not is_for_others else ()
        for event in bodies.of(function).calls:
            for signer in signers.intersection(event.functions):
                is_named = event.node in handed_out
                (by_use if is_named else of_others).add(signer)
                if is_named or (signer in by_name and not is_for_others):
                    for value in event.arguments:
                        yield from _lifetime(value, signer)
    for maker in functions:
        if maker in by_name or maker in by_use - of_others:
            elsewhere = _of_other_tokens(maker)
            for event in bodies.of(maker).calls:
                if not any(start <= event.node.start < end for start, end in elsewhere):
                    yield from _lifetime(event.result, maker)


def _of_other_tokens(function: FunctionDefinition) -> list[tuple[int, int]]:
    """Where a body assigns to variables whose names speak of other tokens: ``refresh_expires``."""
    return [
        (node.start, node.end)
        for node in walk(function.fact.body)
        if isinstance(node, st.Assign)
        and any(not OTHER_TOKENS.isdisjoint(split_words(last_word(target))) for target in node.targets)
    ]


def _access_tokens(function: FunctionDefinition) -> set[ex.Expression]:
    """The expressions of a body whose values become an ``access_token``: an item, an argument or a variable of that
    name."""
    body = function.fact.body
    if not body.may_hold(_ACCESS_TOKEN):
        return set()
    found: list[ex.Expression | None] = []
    for node in walk(body):
        if isinstance(node, ex.Mapping):
            found += (value for key, value in node.items if isinstance(key, ex.Constant) and key.value == _ACCESS_TOKEN)
        elif isinstance(node, ex.Argument) and node.keyword == _ACCESS_TOKEN:
            found.append(node.value)
        elif isinstance(node, st.Assign) and any(last_word(target) == _ACCESS_TOKEN for target in node.targets):
            found.append(node.value)
    found += [assigned_once(body, node.id) for node in found if isinstance(node, ex.Name)]
    return {node.value if isinstance(node, ex.Await) else node for node in found if node is not None}


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


def _may_make_access_tokens(function: FunctionDefinition) -> bool:
    return OTHER_TOKENS.isdisjoint(split_words(function.name))


def _lifetime(value: Value, maker: FunctionDefinition) -> Iterator[Lifetime]:
    """The lifetime that a value is, if it is a ``timedelta`` of known length."""
    if isinstance(value, ExternalResult) and value.callee.name == "datetime.timedelta" and value.site is not None:
        numbers = _numbers(value.arguments)
        if numbers is not None:
            by_default = any(getattr(argument, "assumed", False) for argument in value.arguments)
            yield Lifetime(timedelta(**numbers), by_default, maker, value.site)


def _numbers(arguments: Arguments) -> dict[str, float] | None:
    given = dict(zip(_UNITS, arguments.positional)) | arguments.keywords
    found: dict[str, float] = {}
    for unit, value in given.items():
        if not isinstance(value, Literal) or not isinstance(value.value, (int, float)) or unit not in _UNITS:
            return None
        found[unit] = value.value
    return found if arguments.complete else None
