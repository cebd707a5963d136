"""Writes: what the branches of an undecided choice store outside the names of the function they stand in.

Attributes and global names are changed in one branch only, so afterwards they may be what any branch left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from fastapi_lint.model.values import Instance, Value, union

Names = dict[str, Value]


@dataclass(slots=True, eq=False)
class Place:
    """Where something was written.

    Attributes:
        names: the dict that holds the value under ``name``.
        value: what it held before while the branch runs, what was written last afterwards; None for nothing.
        owner: the instance whose attributes ``names`` are, or None.
    """

    names: Names
    name: str
    value: Value | None
    owner: Instance | None


@dataclass(slots=True, eq=False)
class Branch:
    """What one branch wrote; ``made`` are the attributes of what it made itself, which are no choice."""

    places: dict[tuple[int, str], Place] = field(default_factory=dict)
    made: dict[int, Names] = field(default_factory=dict)


class Writes:
    """Stores values, and takes back what branches stored until all have run."""

    def __init__(self) -> None:
        self._running: list[Branch] = []

    def store(self, names: Names, name: str, value: Value, owner: Instance | None = None) -> None:
        """``names[name] = value``."""
        if self._running and id(names) not in self._running[-1].made:
            self._running[-1].places.setdefault((id(names), name), Place(names, name, names.get(name), owner))
        names[name] = value

    def made(self, names: Names) -> None:
        """Something with these attributes was made."""
        if self._running:
            self._running[-1].made[id(names)] = names

    def begin(self) -> None:
        """A branch begins."""
        self._running.append(Branch())

    def take_back(self) -> Branch:
        """A branch ends: what it stored is taken back, and returned."""
        branch = self._running.pop()
        if self._running:
            self._running[-1].made.update(branch.made)
        for place in branch.places.values():
            written = place.names.get(place.name)
            if place.value is None:
                place.names.pop(place.name, None)
            else:
                place.names[place.name] = place.value
            place.value = written
        return branch

    def settle(self, branches: Sequence[Branch], inherited: Callable[[Instance, str], Value | None]) -> None:
        """After a choice, places hold what one of its branches left there.

        Args:
            branches: those that go on, the one that is taken by default first.
            inherited: what an instance has for an attribute that was not set.
        """
        for key, place in {key: place for branch in branches for key, place in branch.places.items()}.items():
            before = place.names.get(place.name)
            if before is None and place.owner is not None:
                before = inherited(place.owner, place.name)
            left = [branch.places[key].value if key in branch.places else before for branch in branches]
            known = [value for value in left if value is not None]
            if known:
                self.store(place.names, place.name, union(known), place.owner)
