"""Roles that endpoints check by hand: a test of the current user alone, behind which the endpoint raises 403.

A dependency could make that very test, since it needs nothing that only the endpoint knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import assigned_once, binds, dotted, is_name, last_word, walk, within
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.dependencies.dependants import Dependant
from fastapi_lint.model.interpreter.bodies import Context
from fastapi_lint.model.knowledge.roles import ASKING_FUNCTIONS, ROLE_NAMES
from fastapi_lint.model.values import Site

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

_FORBIDDEN = 403
_MAX_ASSIGNMENTS = 3
_PASSED_THROUGH = ("try", "with")
_NEGATIONS = frozenset({"!=", "not in", "is not", "<", "<="})


class RoleCheck(NamedTuple):
    """A role that an endpoint checks by hand.

    Attributes:
        asked: what it asks: "current_user.is_superuser".
        user: the parameter.
        dependency: the name of the dependency that gives it.
        is_repeated: whether that dependency turns users away for the same.
        site: the test.
        raised: where it turns the request away.
    """

    asked: str
    user: str
    dependency: str
    is_repeated: bool
    site: Site
    raised: Site


def role_checks(route: Route, project: Project) -> Iterator[RoleCheck]:
    """The tests in the body of an endpoint that turn away users who lack a role, for that alone.

    Silent where the test, or one around it, looks at anything but a user who came from a dependency; where the endpoint
    may have answered before, as for those who own what they ask for; where those who have a role are turned away; in
    loops and handlers.

    Args:
        route: any route.
        project: its project.
    """
    function = route.function
    if function is None or function.module.is_test:
        return
    errors = [error for error in project.errors_by_function.get(function, ()) if error.status == _FORBIDDEN]
    users = _users(route, project) if errors else {}
    for error in errors if users else ():
        answered = any(giving.site.start < error.event.site.start for giving in project.bodies.of(function).gives)
        tests = list(_tests(error.event.context))
        asking = _Asking(function, frozenset(users))
        if not tests or answered or not all(test is not None and asking.holds(*test) for test in tests):
            continue
        last = tests[-1]
        if last is not None and asking.lacking and not asking.having:
            role = asking.lacking[-1]
            dependency = users[role.user]
            site = Site(function.module, last[0].start, last[0].end)
            repeated = _turns_away(dependency, role.name, project)
            name = dependency.qualified_name.rpartition(".")[2]
            yield RoleCheck(role.asked, role.user, name, repeated, site, error.site)


def _users(route: Route, project: Project) -> dict[str, Dependant]:
    """The parameters of an endpoint that dependencies fill which authenticate, with these."""
    return {
        dependency.name: dependency
        for dependency in route.dependant.dependencies
        if dependency.name is not None
        and dependency.level == "parameter"
        and project.authentication_by(dependency).required is True
    }


def _turns_away(dependency: Dependant, name: str, project: Project) -> bool:
    """Whether a dependency itself raises 403, and reads something of a user by that name."""
    for function in dependency.functions:
        forbids = any(error.status == _FORBIDDEN for error in project.errors_by_function.get(function, ()))
        if forbids and any(isinstance(node, ex.Attribute) and node.attr == name for node in walk(function.fact.body)):
            return True
    return False


def _tests(context: tuple[Context, ...]) -> Iterator[tuple[ex.Expression, bool] | None]:
    """The tests around something, each with whether it holds there; None for what is decided in another way."""
    for each in context:
        if each.kind == "branch" and isinstance(each.node, st.If):
            yield each.node.test, each.branch == 0
        elif each.kind not in _PASSED_THROUGH:
            yield None


class _Role(NamedTuple):
    """A role that a test asks for: in words, the name of the attribute or function, and the user."""

    asked: str
    name: str
    user: str


class _Asking:
    """What tests of an endpoint ask of its users: the roles that must be lacking for them to hold, and those that must
    be there."""

    def __init__(self, function: FunctionDefinition, users: frozenset[str]) -> None:
        self._function, self._users = function, users
        self.lacking: list[_Role] = []
        self.having: list[_Role] = []

    def holds(self, test: ex.Expression, positive: bool, depth: int = 0) -> bool:
        """Notes what a test asks for to hold, or not to; returns whether it looks at users and constants alone."""
        if isinstance(test, ex.Unary) and test.operator == "not":
            return self.holds(test.operand, not positive, depth)
        if isinstance(test, ex.Operation) and test.operator in ("and", "or"):
            return self.holds(test.left, positive, depth) and self.holds(test.right, positive, depth)
        if isinstance(test, ex.Comparison):
            positive = positive is not _negates(test)
        if isinstance(test, ex.Name) and test.id not in self._users:
            assigned = assigned_once(self._function.fact.body, test.id)
            return assigned is not None and depth < _MAX_ASSIGNMENTS and self.holds(assigned, positive, depth + 1)
        for node in within((test,)):
            role = self._role(node)
            if role is not None:
                (self.having if positive else self.lacking).append(role)
            if isinstance(node, (ex.Await, ex.Lambda, ex.Walrus)) or not self._is_plain(node):
                return False
        return True

    def _is_plain(self, node: object) -> bool:
        if isinstance(node, ex.Call):
            return self._is_plain_call(node)
        return not isinstance(node, ex.Name) or node.id in self._users or not binds(self._function.fact, node.id)

    def _is_plain_call(self, node: ex.Call) -> bool:
        """Whether a call is a method of a user, or a function that looks at one."""
        name = dotted(node.func)
        if name.partition(".")[0] in self._users or name in ASKING_FUNCTIONS:
            return True
        about_user = any(dotted(argument.value).partition(".")[0] in self._users for argument in node.arguments)
        return about_user and ROLE_NAMES.fullmatch(name.rpartition(".")[2]) is not None

    def _role(self, node: object) -> _Role | None:
        """The role that an attribute or method of a user asks for, or a key, or a function that is given one."""
        is_function = False
        if isinstance(node, ex.Attribute):
            name, owner = node.attr, dotted(node.value)
        elif isinstance(node, ex.Subscript):
            name, owner = _text(node.index), dotted(node.value)
        elif not isinstance(node, ex.Call):
            return None
        elif is_name(node.func, "getattr") and len(node.arguments) > 1:
            name, owner = _text(node.arguments[1].value), dotted(node.arguments[0].value)
        elif isinstance(node.func, ex.Attribute) and node.func.attr == "get" and node.arguments:
            name, owner = _text(node.arguments[0].value), dotted(node.func.value)
        else:
            is_function, name = True, last_word(node.func)
            owner = next((dotted(argument.value) for argument in node.arguments), "")
        user = owner.partition(".")[0]
        if user not in self._users or not ROLE_NAMES.fullmatch(name):
            return None
        return _Role(f"{name}({owner})" if is_function else f"{owner}.{name}", name, user)


def _negates(test: ex.Comparison) -> bool:
    """Whether a comparison holds for those who lack what it names."""
    against_no = any(isinstance(operand, ex.Constant) and operand.value in (False, None) for operand in test.operands)
    return (test.operators[0] in _NEGATIONS) is not against_no


def _text(node: ex.Expression) -> str:
    return node.value if isinstance(node, ex.Constant) and isinstance(node.value, str) else ""
