"""Comparisons of secrets by ``==``, whose time tells how much of the beginning is right.

A secret is what a setting, a variable of the environment or of the module around holds under the name of one, or an
HMAC; the other side is what a caller of the function brings.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import binds, compared, dotted, last_word, walk, within
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent, ReadEvent, is_bound
from fastapi_lint.model.knowledge.environment import READERS
from fastapi_lint.model.knowledge.pydantic import SETTINGS_BASES
from fastapi_lint.model.knowledge.tokens import COMPARED_SECRETS, COMPARING_WORDS, HMACS, UNWRAPPING
from fastapi_lint.model.security.secrets import words_of
from fastapi_lint.model.values import (
    ExternalResult,
    Instance,
    Literal,
    ModuleReference,
    Site,
    Value,
    external_name,
    possibilities,
)

_MAX_ASSIGNMENTS = 3


class SecretComparison(NamedTuple):
    """A comparison whose time tells of a secret: what that is, in words, how it is compared, and where."""

    secret: str
    operator: str
    node: ex.Comparison
    site: Site


def secret_comparisons(function: FunctionDefinition, bodies: Bodies) -> Iterator[SecretComparison]:
    """The comparisons by ``==`` and ``!=`` in a function of a secret with what its caller brings, and those by ``in``
    with several things that are written out, which are compared one by one.

    Args:
        function: one that runs for requests.
        bodies: what happens in functions.
    """
    body = function.fact.body
    if not body.may_hold("@comparison") or not body.may_match(COMPARING_WORDS):
        return
    sides = _Sides(function, bodies)
    for node in within(body):
        for secret, other in _pairs(node) if isinstance(node, ex.Comparison) else ():
            if isinstance(secret, ex.Constant):  # as most sides are: it is no secret, whatever the other one is
                continue
            what = sides.secret(secret) if sides.is_brought(other) else ""
            if what and not sides.secret(other):
                site = Site(function.module, node.start, node.end)
                yield SecretComparison(what, node.operators[0], node, site)
                break


def _pairs(node: ex.Comparison) -> Iterator[tuple[ex.Expression, ex.Expression]]:
    """What is compared for equality, either first."""
    yield from compared(node)
    items = node.operands[0]
    if node.operators in (("in",), ("not in",)) and isinstance(items, ex.Sequence) and items.form in ("tuple", "list"):
        for item in items.items:
            yield from ((item, node.left), (node.left, item))


class _Sides:
    """What the sides of the comparisons in one function hold."""

    def __init__(self, function: FunctionDefinition, bodies: Bodies) -> None:
        self._function, self._bodies = function, bodies
        own = function.fact.parameters[1:] if is_bound(function) else function.fact.parameters
        self._parameters = {parameter.name for parameter in own}

    @cached_property
    def _reads(self) -> dict[tuple[int, int], ReadEvent]:
        return {(event.node.start, event.node.end): event for event in self._bodies.of(self._function).reads}

    @cached_property
    def _calls(self) -> dict[tuple[int, int], CallEvent]:
        return {(event.node.start, event.node.end): event for event in self._bodies.of(self._function).calls}

    def secret(self, node: ex.Expression, depth: int = 0) -> str:
        """What of an expression nobody else should know, in words, or ""."""
        if isinstance(node, (ex.FormattedString, ex.Operation)):
            parts = node.parts if isinstance(node, ex.FormattedString) else (node.left, node.right)
            return next((what for part in parts if (what := self.secret(part, depth))), "")
        if isinstance(node, ex.Call):
            return self._of_call(node, depth)
        if isinstance(node, ex.Attribute):
            event = self._reads.get((node.start, node.end))
            kept = event is not None and (_is_settings(event.receiver) or _is_from_outside(event.result))
            return dotted(node) if kept and _is_secret_name(node.attr) else ""
        if isinstance(node, ex.Subscript):
            variable = node.index.value if isinstance(node.index, ex.Constant) else ""
            read = self._reads.get((node.value.start, node.value.end))
            is_environment = read is not None and external_name(read.result) == "os.environ"
            return str(variable) if is_environment and _is_secret_name(str(variable)) else ""
        return self._of_name(node, depth) if isinstance(node, ex.Name) else ""

    def _of_call(self, node: ex.Call, depth: int) -> str:
        event = self._calls.get((node.start, node.end))
        names = event.names if event is not None else ()
        if any(name.startswith(HMACS) for name in names):
            return "an HMAC"
        if READERS.intersection(names) and event is not None:
            variable = event.arguments.get("key", 0)
            text = variable.value if isinstance(variable, Literal) else None
            return text if isinstance(text, str) and _is_secret_name(text) else ""
        if isinstance(node.func, ex.Attribute) and node.func.attr in UNWRAPPING:
            return self.secret(node.func.value, depth)
        is_conversion = last_word(node.func) in UNWRAPPING and node.arguments
        return self.secret(node.arguments[0].value, depth) if is_conversion else ""

    def _of_name(self, node: ex.Name, depth: int) -> str:
        if node.id in self._parameters:
            return ""
        if binds(self._function.fact, node.id):
            assigned = self._assigned(node.id) if depth < _MAX_ASSIGNMENTS else None
            return self.secret(assigned, depth + 1) if assigned is not None else ""
        value = self._function.scope.lookup(node.id)
        is_fixed = any(isinstance(each, Literal) and not each.assumed for each in possibilities(value))
        return node.id if value is not None and not is_fixed and _is_secret_name(node.id) else ""

    def is_brought(self, node: ex.Expression, depth: int = 0) -> bool:
        """Whether an expression is made of what the caller brings, and of nothing else."""
        while isinstance(node, (ex.Attribute, ex.Subscript, ex.Call, ex.Await)):
            node = node.func if isinstance(node, ex.Call) else node.value
        if not isinstance(node, ex.Name):
            return False
        if node.id in self._parameters:
            return True
        assigned = self._assigned(node.id) if depth < _MAX_ASSIGNMENTS else None
        return assigned is not None and self.is_brought(assigned, depth + 1)

    def _assigned(self, name: str) -> ex.Expression | None:
        """What a variable is assigned, alone or with others, where that is once; else None."""
        found = self._assignments.get(name, [])
        return found[0] if len(found) == 1 else None

    @cached_property
    def _assignments(self) -> dict[str, list[ex.Expression]]:
        """What the variables of the function are assigned."""
        found: dict[str, list[ex.Expression]] = {}
        for node in walk(self._function.fact.body):
            for target in node.targets if isinstance(node, st.Assign) else ():
                for each in target.items if isinstance(target, ex.Sequence) else (target,):
                    if isinstance(each, ex.Name):
                        found.setdefault(each.id, []).append(node.value)
        return found


def _is_secret_name(name: str) -> bool:
    words = words_of(name)
    return bool(words) and (words[-1] in COMPARED_SECRETS or " ".join(words[-2:]) in COMPARED_SECRETS)


def _is_settings(value: Value) -> bool:
    return any(
        isinstance(each, ModuleReference) or (isinstance(each, Instance) and each.cls.derives_from(*SETTINGS_BASES))
        for each in possibilities(value)
    )


def _is_from_outside(value: Value) -> bool:
    """Whether a value is read from the environment."""
    return any(
        (isinstance(each, Literal) and each.assumed)
        or (isinstance(each, ExternalResult) and each.callee.name in READERS)
        for each in possibilities(value)
    )
