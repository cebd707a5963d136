"""Claims: what the payload of a token is seen to hold, as it is written, also in functions that make it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import assigned_once, is_name, walk
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, calls_to, passable
from fastapi_lint.model.passing import passed_to
from fastapi_lint.model.values import Site

_MAX_DEPTH = 4
"""Through how many calls of functions that make claims these are followed."""


class Claim(NamedTuple):
    """The value of a claim, and the function in which it is written."""

    value: ex.Expression
    function: FunctionDefinition


class Claims(NamedTuple):
    """The claims of a token: the names and values of those that are seen, whether these are all but for what is given,
    and the parameters that hold further ones."""

    items: dict[str, Claim]
    complete: bool
    given: frozenset[str] = frozenset()

    @property
    def are_all(self) -> bool:
        """Whether the token has no other claims."""
        return self.complete and not self.given


_UNSEEN = Claims({}, False)


def claims_of(written: ex.Expression | None, function: FunctionDefinition, bodies: Bodies) -> Claims:
    """The claims of a token as they are written: in a dict, in a variable that holds one and is given more, or in what
    functions of the project return.

    Args:
        written: the payload; None where it is not seen.
        function: whose body it stands in.
        bodies: what happens in functions.
    """
    return _Reader(function, bodies).of(written)


def by_caller(
    claims: Claims, signer: FunctionDefinition, functions: list[FunctionDefinition], bodies: Bodies
) -> Iterator[tuple[Claims, Site | None]]:
    """The claims of a token as its signer writes them, then with those that each caller hands in, who may be handed
    them too, and where it does so.

    Args:
        claims: those that the signer writes.
        signer: the function that signs it.
        functions: those of the project.
        bodies: what happens in them.
    """
    pending: deque[tuple[Claims, FunctionDefinition, Site | None]] = deque([(claims, signer, None)])
    entered: set[FunctionDefinition] = set()
    while pending:
        claims, function, site = pending.popleft()
        yield claims, site
        if not claims.given or function in entered:
            continue
        entered.add(function)
        own = claims._replace(given=frozenset())
        for event, caller in calls_to(function, functions, bodies):
            passed = [claims_of(passed_to(function, event, name), caller, bodies) for name in sorted(claims.given)]
            pending.append((_merged([*passed, own]), caller, event.site))


class _Reader:
    """Reads the claims that are written in one function."""

    def __init__(self, function: FunctionDefinition, bodies: Bodies, depth: int = 0) -> None:
        self._function, self._bodies, self._depth = function, bodies, depth
        self._parameters = {parameter.name for parameter in passable(function)}
        self._open: set[str] = set()

    def of(self, node: ex.Expression | None) -> Claims:
        """The claims of a dict display, of ``dict(a=…)``, of dicts that are put together, of a variable or a copy of
        it, or of what a function returns."""
        if isinstance(node, ex.Name):
            return self._of_variable(node.id)
        if isinstance(node, ex.Await):
            return self.of(node.value)
        if isinstance(node, ex.Operation) and node.operator in ("|", "or"):
            return _merged([self.of(node.left), self.of(node.right)], complete=node.operator == "|")
        if isinstance(node, ex.Mapping):
            return _merged([self._of_item(key, value) for key, value in node.items])
        if not isinstance(node, ex.Call):
            return _UNSEEN
        if isinstance(node.func, ex.Attribute) and node.func.attr == "copy":
            return self.of(node.func.value)
        return self._of_arguments(node) if is_name(node.func, "dict") else self._of_call(node)

    def _of_variable(self, name: str) -> Claims:
        """What a variable holds: what it is assigned or a caller gives, and what it is given later."""
        body = self._function.fact.body
        handed_in = [Claims({}, True, frozenset({name}))] if name in self._parameters else []
        if name in self._open:
            return _merged(handed_in, complete=False)
        self._open.add(name)
        assigned = assigned_once(body, name)
        first = handed_in if assigned is None else [*handed_in, self.of(assigned)]
        added = [claims for node in walk(body) if (claims := self._added(node, name)) is not None]
        self._open.remove(name)
        known = 1 + (assigned is not None) + len(added)  # this use of it, the first assignment, and the later ones
        mentioned = sum(is_name(node, name) for node in walk(body))
        found = _merged([*first, *added], complete=len(first) == 1 and mentioned == known)
        return found._replace(items=dict(sorted(found.items.items(), key=lambda item: self._order(item[1]))))

    def _order(self, claim: Claim) -> tuple[bool, int]:
        """Claims that other functions write come first, for they are made in one place."""
        return claim.function is self._function, claim.value.start

    def _added(self, node: object, name: str) -> Claims | None:
        """What a statement or call adds to a variable, None for others."""
        if isinstance(node, st.Assign) and len(node.targets) == 1:
            target = node.targets[0]
            if isinstance(target, ex.Subscript) and is_name(target.value, name):
                return self._of_item(target.index, node.value)
        if isinstance(node, ex.Call) and isinstance(node.func, ex.Attribute) and node.func.attr == "update":
            return self._of_arguments(node) if is_name(node.func.value, name) else None
        return None

    def _of_item(self, key: ex.Expression | None, value: ex.Expression) -> Claims:
        """What one item of a dict display adds."""
        if key is None:
            return self.of(value)
        return self._one(key.value, value) if isinstance(key, ex.Constant) and isinstance(key.value, str) else _UNSEEN

    def _of_arguments(self, node: ex.Call) -> Claims:
        """The claims that the arguments of ``dict(…)`` or ``….update(…)`` give."""
        return _merged(
            [
                self.of(argument.value) if argument.keyword is None else self._one(argument.keyword, argument.value)
                for argument in node.arguments
            ]
        )

    def _one(self, name: str, value: ex.Expression) -> Claims:
        return Claims({name: Claim(value, self._function)}, True)

    def _of_call(self, node: ex.Call) -> Claims:
        """What a function of the project returns, by whichever of its returns."""
        event = next((event for event in self._bodies.of(self._function).calls if event.node == node), None)
        entered = [function for function, _ in event.entered] if event is not None else []
        if event is None or len(entered) != 1 or self._depth == _MAX_DEPTH:
            return _UNSEEN
        callee = entered[0]
        inner = _Reader(callee, self._bodies, self._depth + 1)
        returned = [inner.of(each.node.value) for each in self._bodies.of(callee).returns]
        handed_in = {name for claims in returned for name in claims.given}
        passed = [self.of(passed_to(callee, event, name)) for name in sorted(handed_in)]
        seen = [claims._replace(given=frozenset()) for claims in returned]
        return _merged([*passed, *seen]) if returned else _UNSEEN


def _merged(parts: list[Claims], complete: bool = True) -> Claims:
    """Claims put together, later ones over earlier ones."""
    items = {name: claim for part in parts for name, claim in part.items.items()}
    given = frozenset(name for part in parts for name in part.given)
    return Claims(items, complete and all(part.complete for part in parts), given)
