"""Defaults that were made when the module was imported, though they look as if they were made at each use."""

from __future__ import annotations

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.knowledge.moments import CLOCKS, GENERATORS
from fastapi_lint.model.values import External, ExternalResult, Site, Value


def momentary_call(value: Value | None, place: ClassDefinition | FunctionDefinition) -> ExternalResult | None:
    """The call of a clock or a generator that a value is or comes from (``uuid4().hex``), where it stands in the class
    body or the head of the function itself; None for other values, and for constants that are made elsewhere."""
    while isinstance(value, (External, ExternalResult)):
        callee = value.callee if isinstance(value, ExternalResult) else value
        if isinstance(value, ExternalResult) and callee.name in CLOCKS | GENERATORS:
            return value if value.site is not None and _stands_in(value.site, place) else None
        value = callee.receiver
    return None


def _stands_in(site: Site, place: ClassDefinition | FunctionDefinition) -> bool:
    return site.module is place.module and place.fact.start <= site.start < place.fact.end
