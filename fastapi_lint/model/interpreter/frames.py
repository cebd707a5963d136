"""Frames: where the interpreter is while it executes or evaluates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Module, Scope
from fastapi_lint.model.values import Condition, Literal, Site, Value

if TYPE_CHECKING:
    from fastapi_lint.model.interpreter.bodies import Recorder


@dataclass(slots=True, eq=False)
class Frame:
    """A module, class body or function under execution.

    Attributes:
        effects: whether calls are entered and registrations happen, as at import time; a frame without effects only
            finds out what expressions are.
        function: the function that is executed, or None.
        cls: the class whose body is executed, or None.
        conditions: the undecided conditions on which this code depends.
        depth: how many calls are around it.
        type_checking: inside ``if TYPE_CHECKING:``, where imports bind names and execute nothing.
        loops: how many loops over known items are around it or its call: what is defined there is defined anew in each
            round.
        around: the frame in which a comprehension stands, None elsewhere.
        outer_names: names that ``global`` and ``nonlocal`` bind in a scope around.
        behalf: the call outside on whose behalf a router's overridden method registers, None elsewhere.
        returns: what ``return`` statements gave so far: first what they give by default.
        yielded: what ``yield`` gave so far, None where nobody asks.
        recorder: who is told of the calls and reads of a body under analysis.
    """

    scope: Scope
    effects: bool
    function: FunctionDefinition | None = None
    cls: ClassDefinition | None = None
    conditions: tuple[Condition, ...] = ()
    depth: int = 0
    type_checking: bool = False
    loops: int = 0
    around: Frame | None = None
    outer_names: dict[str, Scope] = field(default_factory=dict)
    behalf: Site | None = None
    returns: list[Value] = field(default_factory=list)
    _by_default: int = 0
    yielded: list[Value] | None = None
    recorder: Recorder | None = None

    @property
    def module(self) -> Module:
        """The module whose source it is."""
        return self.scope.module

    def decides(self, test: Value) -> bool:
        """Whether a test whose value is known decides which branch is taken: a body under analysis takes every branch,
        but for those that the arguments of one call rule out."""
        return self.recorder is None or (self.recorder.decides and isinstance(test, Literal))

    def under(self, node: tuple, branch: int = 0, by_default: bool | None = None) -> tuple[Condition, ...]:
        """The conditions of this frame and the one that a node puts."""
        return (*self.conditions, Condition(self.site(node), branch, by_default))

    def site(self, node: tuple) -> Site:
        """The place of a fact in this frame's source."""
        return Site(self.scope.module, node.start, node.end)  # type: ignore[attr-defined]

    def give(self, value: Value) -> None:
        """The function returns a value under the conditions as they are."""
        if any(condition.by_default is False for condition in self.conditions):
            self.returns.append(value)
        else:
            self.returns.insert(self._by_default, value)
            self._by_default += 1
