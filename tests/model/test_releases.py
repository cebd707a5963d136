"""The model of a project follows the release of FastAPI that the project uses.

What is expected was recorded by running the releases from 0.76 to 0.165 with ``release_probe.py``, which says how to
repeat it; of the installed release it is verified anew.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import fastapi
import pytest
from linking import project_of
from release_probe import RECORDINGS, outcome, recorded, release_of
from release_samples import SAMPLES

from fastapi_lint.model.dependencies.dependants import Dependant
from fastapi_lint.model.endpoints.bodiless import refused_model
from fastapi_lint.model.knowledge import releases
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.types import render

RECORDED = json.loads(RECORDINGS.read_text())
RELEASES = [release_of(text) for text in RECORDED["releases"]]


def boundaries(name: str) -> list[tuple[int, ...]]:
    """The releases from which a sample is built in another way, each with the last one before it."""
    first = [RELEASES.index(release_of(text)) for text, _ in RECORDED["samples"][name]]
    return [RELEASES[index] for index in sorted({*first, *(index - 1 for index in first if index)})]


UNLIKE = {
    ("scopes of dependencies", (0, 121, 0)): "lost the scope of what stands in dependencies=[…]",
    ("startup: handlers given", (0, 128, 3)): "lost the handlers that a constructor was given",
    ("startup: handlers given", (0, 128, 5)): "lost the handlers that a constructor was given",
}
"""Faults of single releases, which the model does not share."""

CASES = [
    pytest.param(
        name,
        release,
        id=f"{name} {'.'.join(map(str, release))}",
        marks=[pytest.mark.xfail(strict=True, reason=UNLIKE[name, release])] if (name, release) in UNLIKE else [],
    )
    for name in SAMPLES
    for release in boundaries(name)
    if "refused" not in recorded(RECORDED["samples"][name], release)
]


@pytest.mark.parametrize(("name", "release"), CASES)
def test_the_model_builds_what_the_release_builds(name: str, release: tuple[int, ...]) -> None:
    expected = recorded(RECORDED["samples"][name], release)
    project = project_of(SAMPLES[name], fastapi=release)
    if "paths" in expected:
        assert sorted({route.path for route in project.routes}) == expected["paths"]
    else:
        assert described(project) == expected["routes"]


BODILESS = [name for name in SAMPLES if name.startswith(("no content", "a model with"))]


@pytest.mark.parametrize(("name", "release"), [(name, release) for name in BODILESS for release in boundaries(name)])
def test_models_are_refused_where_the_release_refuses_them(name: str, release: tuple[int, ...]) -> None:
    project = project_of(SAMPLES[name], fastapi=release)
    (route,) = project.routes
    refused = "refused" in recorded(RECORDED["samples"][name], release)
    assert (refused_model(route, project) is not None) is refused


@pytest.mark.parametrize("release", boundaries("form models"))
def test_models_are_forms_where_the_release_takes_them_for_that(release: tuple[int, ...]) -> None:
    (form,) = project_of(SAMPLES["form models"], fastapi=release).routes[0].parameters
    answer = recorded(RECORDED["samples"]["form models"], release)["answer"]
    assert (form.model is not None) is (answer == 200)


@pytest.mark.parametrize("name", ["query models", "optional query models"])
def test_models_are_parameters_where_the_release_takes_them_for_that(name: str) -> None:
    for release in boundaries(name):
        expected = recorded(RECORDED["samples"][name], release)
        taken = "refused" not in expected and expected["routes"][0]["call"]["parameters"][0][0] != "body"
        parameters = project_of(SAMPLES[name], fastapi=release).routes[0].parameters
        assert {parameter.model is not None for parameter in parameters} == {taken}, release


@pytest.mark.parametrize("name", SAMPLES)
def test_the_recordings_are_true_of_the_installed_release(name: str) -> None:
    assert outcome(SAMPLES[name]) == recorded(RECORDED["samples"][name], release_of(fastapi.__version__))


def test_every_fact_was_seen() -> None:
    seen = {release_of(first) for recording in RECORDED["samples"].values() for first, _ in recording}
    facts = {name: value for name, value in vars(releases).items() if name.isupper() and name != "NEWEST"}
    assert {name: value for name, value in facts.items() if _full(value) not in seen} == {}


def test_the_page_names_every_fact() -> None:
    page = (Path(__file__).parents[2] / "docs/versions.md").read_text(encoding="utf-8")
    facts = {value for name, value in vars(releases).items() if name.isupper() and name != "NEWEST"}
    assert {release_of(text) for text in re.findall(r"^\| (0\.[\d.]+) \|", page, re.M)} == facts


def _full(release: tuple[int, ...]) -> tuple[int, ...]:
    return (*release, 0) if len(release) == 2 else release


def described(project: Project) -> list[dict[str, Any]]:
    """The routes of the model in the form of the recordings."""
    return [_route(route) for app in project.apps if not app.mounted for route in app.routes if app.name == "main:app"]


def _route(route: Route) -> dict[str, Any]:
    found = {"path": route.path, "call": _tree(route.dependant)}
    if route.methods is not None:
        model = re.sub(r"\b(?:\w+\.)+(?=\w)", "", render(route.response_model)) if route.response_model else None
        found |= {
            "methods": list(route.methods),
            "status": route.status_code,
            "model": model,
            "tags": list(route.tags),
            "deprecated": route.deprecated,
            "in_schema": route.include_in_schema,
            "operation_id": route.operation_id,
        }
    return found


def _tree(dependant: Dependant) -> dict[str, Any]:
    return {
        "name": dependant.name,
        "call": re.sub(r"\bmain\.|\bfastapi\.security\.", "", dependant.qualified_name),
        "parameters": sorted([own.place, own.name, own.wire_name, own.required] for own in dependant.parameters),
        "injected": sorted(own.name for own in dependant.injected),
        "cached": dependant.use_cache,
        "scope": dependant.scope,
        "dependencies": [_tree(below) for below in dependant.dependencies],
    }
