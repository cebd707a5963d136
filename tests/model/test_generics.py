"""What type variables stand for in the bodies of generic classes."""

from __future__ import annotations

from linking import project_of

from fastapi_lint.model.project import Project
from fastapi_lint.model.values import Instance

SERVICES = """
from typing import Any, Generic, TypeVar

class Ship: ...

class Model: ...

class Repository:
    def get(self): ...

class Ships(Repository):
    def by_name(self) -> Ship: ...

R = TypeVar("R", bound=Repository)
M = TypeVar("M")

class Service(Generic[R]):
    def __init__(self, repository: R) -> None:
        self.repository = repository

class Handler(Generic[M]):
    held: M

    def give(self) -> M:
        return self.held

    def give_all(self) -> list[M]:
        return [self.held]

class ShipService(Service[Ships]):
    def __init__(self, ships: Ships, other) -> None:
        super().__init__(ships)

class ShipHandler(Handler[Ship]): ...
"""


def returned(body: str) -> str:
    """The class of what a function of this body gives."""
    project = project_of(f"{SERVICES}\ndef asked(given):\n    {body}\n")
    return _class_given(project)


def _class_given(project: Project) -> str:
    function = next(function for function in project.functions if function.name == "asked")
    value = next(project.bodies.of(function).returns).value
    return value.cls.name if isinstance(value, Instance) else "unknown"


def test_subclasses_say_what_attributes_of_their_bases_hold() -> None:
    assert returned("return ShipService(given, 1).repository") == "Ships"
    assert returned("return ShipHandler().held") == "Ship"


def test_subclasses_say_what_methods_of_their_bases_give() -> None:
    assert returned("return ShipService(given, 1).repository.by_name()") == "Ship"
    assert returned("return ShipHandler().give()") == "Ship"
    assert returned("return ShipHandler().give_all()[0]") == "Ship"


def test_arguments_of_a_class_say_what_it_holds() -> None:
    assert returned("return Handler[Ship]().held") == "Ship"
    assert returned("return Handler().held") == "unknown"


def test_a_bound_is_what_is_known_at_least() -> None:
    assert returned("return Service(given).repository") == "Repository"
