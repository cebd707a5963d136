"""TLS: where the project tells a client not to check whom it speaks to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent, StoreEvent
from fastapi_lint.model.knowledge.http_clients import NO_CERTIFICATE, UNVERIFIED_CONTEXT, VERIFYING
from fastapi_lint.model.values import Site, external_name, is_fixed_false, text_of

_WORDS = ("verify", "ssl", "verify_ssl", "_create_unverified_context", "CERT_NONE")
_PACKAGES = frozenset({"requests", "httpx", "aiohttp", "ssl"})
_LOCAL = ("https://localhost", "https://127.0.0.1", "https://[::1]")


class Unchecked(NamedTuple):
    """A connection whose certificate is not checked: ``what`` is the call or assignment that says so."""

    what: str
    function: FunctionDefinition
    site: Site


def unchecked_connections(functions: Iterable[FunctionDefinition], bodies: Bodies) -> Iterator[Unchecked]:
    """Where functions, tests apart, switch the check of certificates off; not where a condition decides it, since then
    somebody has asked for it, also by another mode of the same function, nor for the machine itself."""
    for function in functions:
        module = function.module
        if module.is_test or _PACKAGES.isdisjoint(module.facts.imports) or not function.fact.body.may_hold(*_WORDS):
            continue
        body = bodies.of(function)
        for event in body.calls:
            what = _switched_off(event)
            if what and not event.inside("branch"):
                yield Unchecked(what, function, event.site)
        modes = {external_name(each.value) for each in body.stores if _attribute(each) == "verify_mode"}
        for store in body.stores:
            name = _attribute(store)
            if name == "verify_mode" and modes == {NO_CERTIFICATE} and not store.inside("branch"):
                yield Unchecked("verify_mode = CERT_NONE", function, store.site)
            elif name == "verify" and external_name(store.receiver) == "requests.Session()":
                if is_fixed_false(store.value) and not store.inside("branch"):
                    yield Unchecked("verify = False", function, store.site)


def _attribute(store: StoreEvent) -> str:
    return store.node.attr if isinstance(store.node, ex.Attribute) else ""


def _switched_off(event: CallEvent) -> str:
    if event.names == (UNVERIFIED_CONTEXT,):
        return UNVERIFIED_CONTEXT
    if len(event.names) != 1 or event.names[0] not in VERIFYING or _is_local(event):
        return ""
    for argument in VERIFYING[event.names[0]]:
        value = event.arguments.get(argument)
        if is_fixed_false(value):
            return f"{event.names[0].replace('()', '')}({argument}=False)"
    return ""


def _is_local(event: CallEvent) -> bool:
    return any((text_of(value) or "").startswith(_LOCAL) for value in event.arguments)
