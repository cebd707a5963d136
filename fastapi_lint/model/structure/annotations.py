"""Annotations of endpoints and dependencies: which parameters have none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fastapi_lint.facts import expressions as ex
from fastapi_lint.model.concurrency.request_path import Entry
from fastapi_lint.model.interpreter.bodies import passable

MOST = 0.75
"""The part of the functions that must be annotated for the others to be exceptions."""


def mostly_annotated(entries: Sequence[Entry]) -> bool:
    """Whether most of these endpoints and dependencies annotate all their parameters."""
    return sum(not list(_bare(entry)) for entry in entries) >= MOST * len(entries)


def unannotated(entry: Entry) -> Iterator[tuple[ex.Parameter, bool]]:
    """The parameters of an endpoint or dependency without annotation, each with whether FastAPI injects it: whether it
    takes a dependency and not what the request holds."""
    root = entry.route.dependant if entry.route is not None else None
    dependants = [root, *(visit.dependant for visit in root.walk())] if root is not None else []
    injected = {
        dependency.name
        for dependant in dependants
        if entry.function in dependant.functions
        for dependency in dependant.dependencies
    }
    for parameter in _bare(entry):
        yield parameter, parameter.name in injected


def _bare(entry: Entry) -> Iterator[ex.Parameter]:
    return (parameter for parameter in passable(entry.function) if parameter.annotation is None)
