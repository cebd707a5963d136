"""TLS: where the project tells a client not to check whom it speaks to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import last_word, within
from fastapi_lint.model.definitions import Module
from fastapi_lint.model.interpreter.bodies import CallEvent, StoreEvent
from fastapi_lint.model.knowledge.http_clients import INSECURE_NAMES, NO_CERTIFICATE, UNVERIFIED_CONTEXT, VERIFYING
from fastapi_lint.model.values import Arguments, ExternalResult, Site, Value, external_name, is_fixed_false, text_of

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

_WORDS = ("verify", "ssl", "verify_ssl", "_create_unverified_context", "CERT_NONE")
_PACKAGES = frozenset({"requests", "httpx", "aiohttp", "ssl"})
_REPLACED = "_create_default_https_context"
_LOCAL = ("https://localhost", "https://127.0.0.1", "https://[::1]")


class Unchecked(NamedTuple):
    """A connection whose certificate is not checked: ``what`` is the call or assignment that says so, ``who`` the
    function or module in which it stands."""

    what: str
    who: str
    site: Site


def unchecked_connections(project: Project) -> Iterator[Unchecked]:
    """Where functions and modules, tests apart, switch the check of certificates off; not where a condition decides it,
    since then somebody has asked for it, also by another mode of the same function, nor for the machine itself, nor in
    what a module calls insecure by its name, since something chooses that."""
    for module in project.modules:
        if not module.is_test and not _PACKAGES.isdisjoint(module.facts.imports) and module.facts.may_name(*_WORDS):
            yield from _in_module(module, project)
    bodies = project.bodies
    for function in project.functions:
        module = function.module
        if module.is_test or _PACKAGES.isdisjoint(module.facts.imports) or not function.fact.body.may_hold(*_WORDS):
            continue
        body = bodies.of(function)
        for event in body.calls:
            what = _switched_off(event)
            if what and not event.inside("branch"):
                yield Unchecked(what, function.name, event.site)
        modes = {external_name(each.value) for each in body.stores if _attribute(each) == "verify_mode"}
        for store in body.stores:
            name = _attribute(store)
            if name == "verify_mode" and modes == {NO_CERTIFICATE} and not store.inside("branch"):
                yield Unchecked("verify_mode = CERT_NONE", function.name, store.site)
            elif name == "verify" and external_name(store.receiver) == "requests.Session()":
                if is_fixed_false(store.value) and not store.inside("branch"):
                    yield Unchecked("verify = False", function.name, store.site)
            elif _is_replacement(name, store.value) and not store.inside("branch"):
                yield Unchecked(_REPLACED, function.name, store.site)


def _in_module(module: Module, project: Project) -> Iterator[Unchecked]:
    """What the statements of a module itself switch off."""
    who = f"the module {module.name}"
    for statement in module.facts.body:
        value = statement.value if isinstance(statement, (st.Assign, st.Annotate, st.Evaluate)) else None
        targets = getattr(statement, "targets", None) or (getattr(statement, "target", None),)
        if value is None or any(INSECURE_NAMES.search(last_word(target)) for target in targets):
            continue
        if _is_replacement(last_word(targets[0]), project.interpreter.evaluate(value, module.scope)):
            yield Unchecked(_REPLACED, who, Site(module, value.start, value.end))
        for node in within([value]):
            made = project.interpreter.evaluate(node, module.scope) if isinstance(node, ex.Call) else None
            what = _made_off(made.callee.name, made.arguments) if isinstance(made, ExternalResult) else ""
            if what:
                yield Unchecked(what, who, Site(module, node.start, node.end))  # type: ignore[attr-defined]


def _is_replacement(name: str, value: Value) -> bool:
    """Whether an assignment makes all connections of Python's own library check nothing."""
    return name == _REPLACED and external_name(value) == UNVERIFIED_CONTEXT


def _attribute(store: StoreEvent) -> str:
    return store.node.attr if isinstance(store.node, ex.Attribute) else ""


def _switched_off(event: CallEvent) -> str:
    return _made_off(event.names[0], event.arguments) if len(event.names) == 1 else ""


def _made_off(name: str, arguments: Arguments) -> str:
    """The call by which a connection or a context checks no certificate; "" where it does, or nobody knows."""
    if name == UNVERIFIED_CONTEXT:
        return UNVERIFIED_CONTEXT
    if any((text_of(value) or "").startswith(_LOCAL) for value in arguments):
        return ""
    off = (argument for argument in VERIFYING.get(name, ()) if is_fixed_false(arguments.get(argument)))
    return next((f"{name.replace('()', '')}({argument}=False)" for argument in off), "")
