"""How long access tokens live: what the functions that sign them, and their callers, say by a ``timedelta``, or add to
the seconds of a clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import assigned_once, binds, bound_among, is_name, last_word, walk, within
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import calls_to, passable
from fastapi_lint.model.knowledge.moments import CLOCKS
from fastapi_lint.model.knowledge.tokens import OTHER_TOKENS
from fastapi_lint.model.passing import passed_to
from fastapi_lint.model.routing.paths import split_words
from fastapi_lint.model.security.claims import Claim
from fastapi_lint.model.security.tokens import signed_tokens
from fastapi_lint.model.values import ExternalResult, Literal, Site, Value, possibilities

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

_TIMEDELTA = "datetime.timedelta"
_ACCESS_TOKEN = "access_token"
_ACCESS_WORDS = frozenset({"access", "token"})
_UNITS = ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks")
_SECONDS = frozenset({"time.time"})
_LONGEST = timedelta.max.total_seconds()
_MAX_STEPS = 4
_WHOLE = ("int", "round", "float")
"""What makes another number of the same size."""


class Lifetime(NamedTuple):
    """How long an access token lives, ``by_default`` where a setting says so, and where that is written."""

    lifetime: timedelta
    by_default: bool
    maker: FunctionDefinition
    site: Site


def access_lifetimes(project: Project) -> list[Lifetime]:
    """How long access tokens live: what the functions that sign them, and their callers, say by a ``timedelta``, and
    what signers add to the seconds of a clock. Each is given once.

    A function makes access tokens by its name, or where what it returns becomes an ``access_token``; one that signs
    others as well says nothing by itself, and what is assigned to a variable of another token is that one's.

    Args:
        project: with its functions and what happens in them.
    """
    return list({found.site: found for found in _lifetimes(project)}.values())


def _lifetimes(project: Project) -> Iterator[Lifetime]:
    functions, bodies = project.functions, project.bodies
    tokens = [token for token in signed_tokens(functions, bodies) if _may_make_access_tokens(token.function)]
    signers = {token.function for token in tokens}
    by_name = set(filter(_makes_access_tokens, signers))
    by_use: set[FunctionDefinition] = set()
    of_others: set[FunctionDefinition] = set()
    names = {signer.name for signer in signers}
    for function in functions if names else ():
        if function.module.is_test or not function.fact.body.may_hold(*names):
            continue
        may_make = _may_make_access_tokens(function)
        handed_out = _access_tokens(function) if may_make else ()
        for event in bodies.of(function).calls:
            for signer in signers.intersection(event.functions):
                is_named = event.node in handed_out or _makes_access_tokens(function)
                (by_use if is_named else of_others).add(signer)
                if is_named or (signer in by_name and may_make):
                    for value in event.arguments:
                        yield from _lifetime(value, signer)
                    for value, words in _made_in(function, project):
                        if words >= _ACCESS_WORDS:
                            yield from _lifetime(value, signer)
    makers = by_name | (by_use - of_others)
    for maker in functions:
        if maker in makers:
            for value, words in _made_in(maker, project):
                if OTHER_TOKENS.isdisjoint(words):
                    yield from _lifetime(value, maker)
    for token in tokens:
        is_only = sum(token.function is other.function for other in tokens) == 1
        if token.function in makers and is_only and "exp" in token.claims.items:
            yield from _in_seconds(token.claims.items["exp"], token.function, project)


def _made_in(function: FunctionDefinition, project: Project) -> Iterator[tuple[ExternalResult, set[str]]]:
    """Each ``timedelta`` that a body makes, with the words in the name of the variable that it is assigned to, or that
    something made of it is: ``refresh_expires``."""
    assigned = [node for node in walk(function.fact.body) if isinstance(node, st.Assign)]
    for event in project.bodies.of(function).calls:
        if isinstance(event.result, ExternalResult) and event.result.callee.name == _TIMEDELTA:
            around = (node for node in assigned if node.start <= event.node.start < node.end)
            targets = (last_word(target) for node in around for target in node.targets)
            yield event.result, {word for target in targets for word in split_words(target)}


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


def _makes_access_tokens(function: FunctionDefinition) -> bool:
    return "access" in split_words(function.name) and _may_make_access_tokens(function)


def _may_make_access_tokens(function: FunctionDefinition) -> bool:
    return OTHER_TOKENS.isdisjoint(split_words(function.name))


def _lifetime(value: Value, maker: FunctionDefinition) -> Iterator[Lifetime]:
    """The lifetime that a value is, if it is a ``timedelta`` of known length; the longest that is known."""
    if isinstance(value, ExternalResult) and value.callee.name == _TIMEDELTA and value.site is not None:
        given = dict(zip(_UNITS, value.arguments.positional)) | value.arguments.keywords
        numbers = {unit: _number(argument) for unit, argument in given.items() if unit in _UNITS}
        known = {unit: float(number.value) for unit, number in numbers.items() if number is not None}
        if value.arguments.complete and len(known) == len(given):
            by_default = any(number is not None and number.assumed for number in numbers.values())
            yield Lifetime(timedelta(**known), by_default, maker, value.site)


def _in_seconds(claim: Claim, maker: FunctionDefinition, project: Project) -> Iterator[Lifetime]:
    """The lifetimes by which a claim ``exp`` is later than a clock that gives seconds."""
    expiry = _settled(claim.value, claim.function)
    if not isinstance(expiry, ex.Operation) or expiry.operator != "+":
        return
    for clock, added in ((expiry.left, expiry.right), (expiry.right, expiry.left)):
        if not _is_clock(_settled(clock, claim.function), claim.function, project):
            continue
        for seconds, function in _sources(_settled(added, claim.function), claim.function, project):
            if any(isinstance(part, ex.Name) and binds(function.fact, part.id) for part in within([seconds])):
                continue
            number = _number(project.interpreter.evaluate(seconds, function.scope))
            if number is not None and float(number.value) < _LONGEST:
                site = Site(function.module, seconds.start, seconds.end)
                yield Lifetime(timedelta(seconds=float(number.value)), number.assumed, maker, site)


def _settled(node: ex.Expression, function: FunctionDefinition) -> ex.Expression:
    """What a variable is assigned, or ``int(…)`` is given; else the expression itself."""
    parameters = {parameter.name for parameter in passable(function)}
    for _ in range(_MAX_STEPS):
        if isinstance(node, ex.Call) and is_name(node.func, *_WHOLE) and node.arguments:
            node = node.arguments[0].value
        elif isinstance(node, ex.Name) and node.id not in parameters:
            node = assigned_once(function.fact.body, node.id) or node
    return node


def _sources(
    node: ex.Expression, function: FunctionDefinition, project: Project
) -> Iterator[tuple[ex.Expression, FunctionDefinition]]:
    """Where an expression comes from, with the function in whose body that stands: of a parameter what is passed for
    it, and its default where a call passes nothing; of all else the expression itself."""
    parameter = next((each for each in passable(function) if is_name(node, each.name)), None)
    if parameter is None:
        yield node, function
    if parameter is None or bound_among(function.fact.body, parameter.name):
        return
    calls = list(calls_to(function, project.functions, project.bodies))
    passed = [(passed_to(function, event, parameter.name), caller) for event, caller in calls]
    yield from (
        (_settled(each, caller), caller)
        for each, caller in passed
        if each is not None and _may_make_access_tokens(caller)
    )
    if parameter.default is not None and (not passed or any(each is None for each, _ in passed)):
        yield parameter.default, function


def _is_clock(node: ex.Expression, function: FunctionDefinition, project: Project) -> bool:
    """Whether an expression gives the seconds of a clock: ``time.time()``, ``datetime.now().timestamp()``."""
    clocks = _SECONDS
    if isinstance(node, ex.Call) and isinstance(node.func, ex.Attribute) and node.func.attr == "timestamp":
        node, clocks = _settled(node.func.value, function), CLOCKS
    return any(event.node == node and not clocks.isdisjoint(event.names) for event in project.bodies.of(function).calls)


def _number(value: Value) -> Literal | None:
    """The largest number that a value may be, as far as that is known."""
    options = [option for option in possibilities(value) if isinstance(option, Literal)]
    numbers = [option for option in options if isinstance(option.value, (int, float))]
    return max(numbers, key=lambda option: option.value, default=None)
