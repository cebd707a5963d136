"""Statuses by their names, and where the project writes them: as numbers or by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import call_at, last_word
from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.errors.raised import number_of
from fastapi_lint.model.interpreter.bodies import CallEvent
from fastapi_lint.model.knowledge.responses import RESPONSE_CLASSES
from fastapi_lint.model.knowledge.security import HTTP_EXCEPTIONS
from fastapi_lint.model.knowledge.statuses import ALLOWED_BY_FASTAPI, RENAMED, RENAMED_BY_STARLETTE
from fastapi_lint.model.settings import ModelSettings
from fastapi_lint.model.values import Site, possibilities
from fastapi_lint.text.location import Location

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

STARLETTE, PYTHON = "status", "HTTPStatus"
"""What has names of statuses."""
_TAKING_A_STATUS = (HTTP_EXCEPTIONS, frozenset(RESPONSE_CLASSES))
"""The classes whose objects have a status, by its position among the arguments."""


class WrittenStatus(NamedTuple):
    """A status that is given to a route, an exception or a response.

    Attributes:
        status: the number that it is.
        style: ``STARLETTE`` or ``PYTHON``, whose name is written; None for a number.
        node: how it is written.
        to: what it is given to, in words.
        site: the call that it is given by.
    """

    status: int
    style: str | None
    node: ex.Expression
    to: str
    site: Site

    @property
    def location(self) -> Location:
        """Where it is written."""
        return self.site.module.location(self.node.start, self.node.end)


class StatusNames:
    """The names of statuses for a project: those that it writes, else those that its release of a library has.

    Args:
        settings: which releases there are.
        written: the statuses that it writes.
    """

    def __init__(self, settings: ModelSettings, written: Iterable[WrittenStatus] = ()) -> None:
        self._settings = settings
        self._own = {(own.style, own.status): last_word(own.node) for own in written if own.style is not None}

    def of(self, status: int, style: str) -> str | None:
        """The name of a status in ``STARLETTE`` or ``PYTHON``; None where it has none."""
        known = python_name(status) if style == PYTHON else starlette_name(status, self._settings)
        return self._own.get((style, status), known)


def starlette_name(status: int, settings: ModelSettings) -> str | None:
    """The name of a status in ``fastapi.status`` as the release that the project uses has it, None without one."""
    name = python_name(status)
    if status in RENAMED:
        starlette = settings.versions.get("starlette")
        is_old = (
            settings.release("fastapi") < ALLOWED_BY_FASTAPI if starlette is None else starlette < RENAMED_BY_STARLETTE
        )
        name = RENAMED[status][0 if is_old else 1]
    return None if name is None else f"HTTP_{status}_{name}"


def python_name(status: int) -> str | None:
    """The name of a status that ``http.HTTPStatus`` has in all releases of Python, None without one."""
    if status in RENAMED:
        return RENAMED[status][0]
    return HTTPStatus(status).name if status in HTTPStatus._value2member_map_ else None


def phrase(status: int) -> str:
    """What a status means, in the words of its newest name; the number where it has none."""
    if status in RENAMED:
        return RENAMED[status][1].replace("_", " ").title()
    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else str(status)


def style_of_name(name: str, status: int) -> str | None:
    """Which of the two a name of a status is of, None where it is none."""
    names = {python_name(status), *RENAMED.get(status, ())} - {None}
    if name in names:
        return PYTHON
    return STARLETTE if name in {f"HTTP_{status}_{own}" for own in names} else None


def written_statuses(project: Project) -> list[WrittenStatus]:
    """The statuses that the project writes for its routes, and for the HTTP exceptions and responses that it makes
    while it serves requests, tests apart; as numbers or by name."""
    found = {(own.site.module, own.node.start): own for own in (*_of_routes(project), *_of_calls(project))}
    return list(found.values())


def _of_routes(project: Project) -> Iterator[WrittenStatus]:
    for route in project.registered_routes:
        module = route.site.module
        if module.is_test or route.argument("status_code") is None or route.status_code is None:
            continue
        call = call_at(module.facts.body, route.site.start, route.site.end)
        if call is not None:
            yield from _written(call.keyword("status_code"), route.status_code, route.label, route.site)


def _of_calls(project: Project) -> Iterator[WrittenStatus]:
    for function in project.request_path.reached:
        for event in () if function.module.is_test else project.bodies.of(function).calls:
            for position, classes in enumerate(_TAKING_A_STATUS):
                status = number_of(event.arguments.get("status_code", position))
                if status is not None and isinstance(event.node, ex.Call) and _makes(event, classes):
                    written = event.node.passed("status_code", position)
                    yield from _written(written, status, last_word(event.node.func), event.site)


def _makes(event: CallEvent, classes: frozenset[str]) -> bool:
    """Whether a call makes an object of one of some classes, or of a class of the project that takes the same."""
    if not classes.isdisjoint(event.names):
        return True
    made = (value for value in possibilities(event.callee) if isinstance(value, ClassDefinition))
    return any(cls.derives_from(*classes) and cls.find_method("__init__") is None for cls in made)


def _written(node: ex.Expression | None, status: int, to: str, site: Site) -> Iterator[WrittenStatus]:
    """A status, where it is written as a number, or by a name of it."""
    if isinstance(node, ex.Constant):
        yield WrittenStatus(status, None, node, to, site)
    elif node is not None:
        style = style_of_name(last_word(node), status)
        if style is not None:
            yield WrittenStatus(status, style, node, to, site)
