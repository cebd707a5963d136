"""Comparison: what the model has of a project, held against what FastAPI built of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from linking import project_of
from route_oracle import describe_app

from generated.generator import GeneratedProject
from generated.oracle import Built

Item = dict[str, Any]


@dataclass(frozen=True)
class Disagreement:
    """Something that the model and FastAPI do not agree on: ``what`` names it shortly."""

    what: str
    text: str


def disagreements(project: GeneratedProject, built: Sequence[Built]) -> list[Disagreement]:
    """What the model of a project has otherwise than FastAPI.

    Args:
        project: the project.
        built: what FastAPI built of it under each combination of the conditions that source code does not decide.
    """
    model = project_of(project.texts)
    unresolved = model.unresolved if not project.has_settings else []  # what other settings lead to is not known
    found = [Disagreement("unresolved", f"not resolved: {own.what}: {own.reason}") for own in unresolved]
    name = project.entry.removesuffix("()")
    app = next((app for app in model.apps if app.name == name), None)
    if app is None:
        return [Disagreement("app", f"no application {name} among {[app.name for app in model.apps]}")]
    ours = json.loads(json.dumps(describe_app(app)))
    for part, items in ours.items():
        found += _compared(part, items, [state[part] for state in built], project.has_settings)
    return found


def _compared(part: str, ours: list[Item], theirs: list[list[Item]], open_end: bool) -> Iterator[Disagreement]:
    """The differences between the model's items and those of FastAPI in each of its states.

    What the model has without a condition must be in all of them, what it has with one in some, in this order; and they
    must have nothing else. With an ``open_end`` there are more states than these.
    """
    bare = [{key: value for key, value in item.items() if key != "conditional"} for item in ours]
    open_ = [bool(item.get("conditional")) for item in ours]
    unused = set(range(len(ours)))
    for state in theirs:
        matched = _aligned(bare, open_, state) or _matched(bare, state)
        if None in matched:
            yield _first_difference(part, bare, state)
            return
        unused -= {index for index in matched if index is not None}
        missing = [index for index in range(len(ours)) if index not in matched and "conditional" not in ours[index]]
        if missing:
            yield Disagreement(f"{part}: too many", f"only the model has {bare[missing[0]]}")
            return
    used = [item for index, item in enumerate(bare) if index not in unused]
    never = [bare[index] for index in sorted(unused) if bare[index] not in used]
    if never and not open_end:
        yield Disagreement(f"{part}: never there", f"under no condition there is {never[0]}")


def _aligned(ours: list[Item], open_: list[bool], theirs: list[Item]) -> list[int | None] | None:
    """For each item of FastAPI's which one of the model's it is, so that only those that are ``open_`` are left over;
    None where there is no such way."""
    fits = [[False] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    fits[-1][-1] = True
    for own in reversed(range(len(ours))):
        for real in reversed(range(len(theirs) + 1)):
            taken = real < len(theirs) and ours[own] == theirs[real] and fits[own + 1][real + 1]
            fits[own][real] = taken or (open_[own] and fits[own + 1][real])
    if not fits[0][0]:
        return None
    found: list[int | None] = []
    for own, item in enumerate(ours):
        real = len(found)
        if real < len(theirs) and item == theirs[real] and fits[own + 1][real + 1]:
            found.append(own)
    return found


def _matched(ours: list[Item], theirs: list[Item]) -> list[int | None]:
    """For each item of FastAPI's which of the model's it is, in order; None for those that the model does not have."""
    found: list[int | None] = []
    position = 0
    for item in theirs:
        index = next((index for index in range(position, len(ours)) if ours[index] == item), None)
        found.append(index)
        position = position if index is None else index + 1
    return found


def _first_difference(part: str, ours: list[Item], theirs: list[Item]) -> Disagreement:
    """The first item in which the two lists differ, and where."""
    index = _matched(ours, theirs).index(None)
    real = theirs[index]
    alike = max(ours, key=lambda item: sum(item.get(key) == value for key, value in real.items()), default=None)
    if alike is None or alike.get("endpoint") != real.get("endpoint") or alike.get("path") != real.get("path"):
        return Disagreement(f"{part}: missing or elsewhere", f"the model has not, or elsewhere, {real}\n  but {alike}")
    differing = [key for key, value in real.items() if alike.get(key) != value] or ["order or number"]
    name = f"{real['kind']} {real['methods']} {real['path']} of {real['endpoint']}" if "path" in real else str(real)
    return Disagreement(f"{part}: {', '.join(differing)}", "\n  ".join([name, *_details(alike, real, "")]))


def _details(ours: Any, theirs: Any, place: str) -> Iterator[str]:
    """The innermost parts in which two descriptions differ."""
    if ours == theirs:
        return
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in {**theirs, **ours}:
            yield from _details(ours.get(key), theirs.get(key), f"{place} {key}")
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (own, real) in enumerate(zip(ours, theirs)):
            yield from _details(own, real, f"{place} {index}")
    else:
        yield f"{place.strip()}: FastAPI has {theirs}\n    the model has {ours}"
