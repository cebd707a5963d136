"""Hashes of passwords that are fast to guess: those of ``hashlib`` that are made to be fast, and unsalted schemes.

Whether what is hashed is a password is told by its name: in the call, in what its variables were assigned, or in what
callers of the function pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.diagnostics import Related
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import assigned_once, last_word, walk, within
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import CallEvent, calls_to, passable
from fastapi_lint.model.knowledge.passwords import (
    CONTEXTS,
    FAST_HASHES,
    HASH_WORDS,
    NAMED_HASH,
    OTHER_HASHES,
    SCHEME_METHODS,
    SLOW_HASHES,
    TYPED_PASSWORD,
    WEAK_SCHEMES,
)
from fastapi_lint.model.passing import passed_to
from fastapi_lint.model.routing.paths import split_words
from fastapi_lint.model.values import (
    Arguments,
    Collection,
    External,
    ExternalResult,
    Literal,
    Site,
    external_name,
    possibilities,
    text_of,
)

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

_LIBRARIES = frozenset({"hashlib", "passlib"})
_NAMES = [name.rpartition(".")[2] for name in (*FAST_HASHES, NAMED_HASH)] + list(SCHEME_METHODS)
_WORDS = (*_NAMES, *(f".{name}" for name in _NAMES))
_MAX_DEPTH = 3


class WeakHash(NamedTuple):
    """A password whose hash is fast to guess.

    Attributes:
        who: what hashes it: the name of a function, or of a context of passlib.
        what: the password, as the code calls it.
        algorithm: the hash.
        site: where.
        evidence: the calls that bring the password.
    """

    who: str
    what: str
    algorithm: str
    site: Site
    evidence: tuple[Related, ...] = ()


def weak_hashes(project: Project) -> Iterator[WeakHash]:
    """The fast hashes of passwords in the functions of a project, and its contexts of passlib; tests apart."""
    for function in project.functions:
        module = function.module
        if not module.is_test and not _LIBRARIES.isdisjoint(module.facts.imports):
            if function.fact.body.may_hold(*_WORDS):
                yield from _in_function(function, project)
    for module in project.modules:
        for name, value in module.scope.names.items() if not module.is_test else ():
            for option in possibilities(value):
                scheme = _default_scheme(option)
                if scheme in WEAK_SCHEMES and isinstance(option, ExternalResult) and option.site is not None:
                    if option.site.module is module:
                        yield WeakHash(name, "passwords", scheme, option.site)


def _in_function(function: FunctionDefinition, project: Project) -> Iterator[WeakHash]:
    for event in project.bodies.of(function).calls:
        algorithm, hashed = _hashed(event)
        if not algorithm or hashed is None or event.inside("loop") or not _keeps_passwords(function, event, project):
            continue
        found = _password_in(hashed, function, project, 0)
        if found is not None:
            yield WeakHash(function.name, found[0], algorithm, event.site, found[1])


def _hashed(event: CallEvent) -> tuple[str, ex.Expression | None]:
    """The hash that a call makes, or adds to, and of what."""
    if not isinstance(event.node, ex.Call):
        return "", None
    for called in possibilities(event.callee):
        if not isinstance(called, External):
            continue
        algorithm = _algorithm(called.name, event.arguments)
        if algorithm and called.name == NAMED_HASH:
            return algorithm, event.node.passed("data", 1)
        if algorithm:
            return algorithm, event.node.passed("string", 0) or event.node.keyword("data")
        owner, _, method = called.name.rpartition(".")
        if method == "update" and isinstance(called.receiver, ExternalResult):
            made = called.receiver
            return _algorithm(made.callee.name, made.arguments), event.node.passed("data", 0)
        scheme = owner.rpartition(".")[2]
        if owner.startswith("passlib.") and scheme in WEAK_SCHEMES and method in SCHEME_METHODS:
            return scheme, event.node.passed("secret", 0)
    return "", None


def _algorithm(name: str, arguments: Arguments) -> str:
    """The fast hash that a call of a function makes, by the name that it is given too; "" for other functions."""
    if name == NAMED_HASH:
        given = text_of(arguments.get("name", 0)) or ""
        name = f"hashlib.{given.lower().replace('-', '_')}"
    return name.rpartition(".")[2] if name in FAST_HASHES else ""


def _keeps_passwords(function: FunctionDefinition, event: CallEvent, project: Project) -> bool:
    """Whether a function by its name hashes what is kept, and neither it nor a caller does something else with that:
    hashes it slowly, takes a part of it, makes a key of it."""
    if HASH_WORDS.isdisjoint(split_words(function.fact.qualname)):
        return False
    around = [function, *(caller for _, caller in calls_to(function, project.functions, project.bodies))]
    for each in around:
        names = (name for call in project.bodies.of(each).calls for name in call.names if call is not event)
        if any(name.startswith(SLOW_HASHES) and not _is_weak(name) for name in names) or _is_for_other(each):
            return False
    return not any(isinstance(node, ex.Slice) for node in within(function.fact.body))


def _is_weak(name: str) -> bool:
    return any(part in WEAK_SCHEMES for part in name.split("."))


def _is_for_other(function: FunctionDefinition) -> bool:
    if OTHER_HASHES.search(function.fact.qualname):
        return True
    words = (last_word(node) for node in walk(function.fact.body))
    return any(OTHER_HASHES.search(word) for word in words if word)


def _password_in(
    node: ex.Expression, function: FunctionDefinition, project: Project, depth: int
) -> tuple[str, tuple[Related, ...]] | None:
    """The password in an expression, as the code calls it, and the calls that bring it; None where there is none."""
    for part in within((node,)):
        word = last_word(part)
        if word and TYPED_PASSWORD.fullmatch(word):
            return word, ()
        if isinstance(part, ex.Name) and depth < _MAX_DEPTH:
            found = _password_of(part.id, function, project, depth + 1)
            if found is not None:
                return found
    return None


def _password_of(
    name: str, function: FunctionDefinition, project: Project, depth: int
) -> tuple[str, tuple[Related, ...]] | None:
    """The password that a variable holds, or that callers pass for a parameter."""
    if all(parameter.name != name for parameter in passable(function)):
        assigned = assigned_once(function.fact.body, name)
        return _password_in(assigned, function, project, depth) if assigned is not None else None
    for event, caller in calls_to(function, project.functions, project.bodies):
        passed = passed_to(function, event, name)
        found = _password_in(passed, caller, project, depth) if passed is not None else None
        if found is not None:
            step = Related(f"{caller.name} hands it {found[0]}", event.site.location)
            return found[0], (*found[1], step)
    return None


def _default_scheme(value: object) -> str:
    """The scheme by which a context of passlib hashes; "" for all else."""
    if not isinstance(value, ExternalResult) or value.callee.name not in CONTEXTS:
        return ""
    default, schemes = value.arguments.get("default"), value.arguments.get("schemes", 0)
    if isinstance(default, Literal):
        return text_of(default) or ""
    first = schemes.items[0] if isinstance(schemes, Collection) and schemes.items else schemes
    return text_of(first) or external_name(first).rpartition(".")[2]
