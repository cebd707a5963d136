"""The generator itself: what it makes can be cut back, and a model that is wrong is found out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generated.choices import Choices
from generated.comparison import disagreements
from generated.generator import GeneratedProject, generate
from generated.oracle import Oracle, Refused
from generated.shrinking import shrunk


def lines_of(project: GeneratedProject) -> list[str]:
    return "\n".join(project.texts.values()).splitlines()


def test_a_seed_always_gives_the_same_project() -> None:
    assert generate(3) == generate(3)
    assert generate(3).texts != generate(4).texts


def test_a_cut_leaves_other_choices_as_they_are() -> None:
    whole, cut = Choices(1), Choices(1, {"/a"})
    names = [f"choice {number}" for number in range(50)]
    outcomes = [whole.within("b").pick(name, range(10)) for name in names]
    assert outcomes == [cut.within("b").pick(name, range(10)) for name in names]
    assert {cut.within("a").pick(name, range(10)) for name in names} == {0} != set(outcomes)
    assert not list(cut.within("a").several("things", 3, 5))


def test_elements_that_vanish_change_no_choice_of_another() -> None:
    choices = Choices(1)
    taken = [choices.element(f"choice {number}", "abcde") for number in range(50)]
    without = [choices.element(f"choice {number}", "abde") for number in range(50)]
    assert [new for new, old in zip(without, taken) if old != "c"] == [old for old in taken if old != "c"]


@pytest.mark.parametrize("feature", ["websocket(", "Security(", "class ", "for "])
def test_what_shows_a_feature_shrinks_to_little_more(feature: str) -> None:
    def shows(project: GeneratedProject) -> bool:
        return any(feature in line for line in lines_of(project))

    project = next(project for project in map(generate, range(100)) if shows(project) and len(lines_of(project)) > 80)
    smallest = shrunk(project, shows)
    assert shows(smallest)
    assert len(lines_of(smallest)) < 40


def test_a_wrong_model_is_found_out() -> None:
    with Oracle() as oracle:
        project = generate(5)
        built = oracle.ask(project)
        assert not disagreements(project, built)
        assert {own.what.partition(":")[0] for own in disagreements(project, [changed(built[0], "path")])} == {"routes"}
        for key in ("methods", "endpoint", "dependant", "dependencies", "tags", "status_code", "deprecated"):
            assert disagreements(project, [changed(built[0], key)]), key
        fewer = {part: items[1:] for part, items in built[0].items()}
        assert "routes: too many" in {own.what for own in disagreements(project, [fewer])}
        turned = {**built[0], "routes": built[0]["routes"][::-1]}
        assert {own.what for own in disagreements(project, [turned])} == {"routes: order or number"}


def changed(built: dict, key: str) -> dict:
    first, *others = built["routes"]
    return {**built, "routes": [{**first, key: "something else"}, *others]}


def test_what_fastapi_refuses_is_said() -> None:
    project = replace(generate(0), texts={"main.py": "raise ValueError('no')"}, entry="main:app")
    with Oracle() as oracle, pytest.raises(Refused, match="ValueError: no"):
        oracle.ask(project)
