"""Generated projects: the model must have of each what FastAPI builds of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generated.comparison import Disagreement, disagreements
from generated.generator import GeneratedProject, generate
from generated.oracle import Oracle, Refused
from generated.shrinking import shrunk

MAX_REFUSED = 0.01
"""The share of projects that FastAPI may refuse."""


@pytest.fixture(scope="module")
def oracle() -> Iterator[Oracle]:
    with Oracle() as oracle:
        yield oracle


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    first, count = metafunc.config.getoption("seed"), metafunc.config.getoption("generated")
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(first, first + count))


def test_the_model_has_what_fastapi_builds(seed: int, oracle: Oracle) -> None:
    project = generate(seed)
    try:
        found = disagreements(project, oracle.ask(project))
    except Refused as refusal:
        oracle.refusals.append(f"seed {seed}: {refusal}")
        return
    if found:
        smallest = shrunk(project, lambda smaller: _shows(smaller, found[0], oracle))
        pytest.fail(_report(smallest, disagreements(smallest, oracle.ask(smallest))), pytrace=False)


def test_fastapi_refuses_next_to_none(oracle: Oracle, pytestconfig: pytest.Config) -> None:
    count = pytestconfig.getoption("generated")
    assert len(oracle.refusals) <= count * MAX_REFUSED, "\n".join(oracle.refusals)


def _shows(project: GeneratedProject, disagreement: Disagreement, oracle: Oracle) -> bool:
    try:
        return any(found.what == disagreement.what for found in disagreements(project, oracle.ask(project)))
    except Refused:
        return False


def _report(project: GeneratedProject, found: list[Disagreement]) -> str:
    sources = [f"# {path}\n{text}" for path, text in project.texts.items() if text.strip()]
    again = f"pytest tests/generated --generated 1 --seed {project.seed}"
    return "\n".join([again, f"application {project.entry}", *(own.text for own in found), "", *sources])
