"""Statuses of errors: what ``except`` clauses and handlers answer, and where that is 500 or more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from fastapi_lint.model.endpoints.answers import is_made_response, own_status
from fastapi_lint.model.endpoints.given import given
from fastapi_lint.model.errors.catches import Catch
from fastapi_lint.model.interpreter.bodies import Bodies, Body, GiveEvent
from fastapi_lint.model.values import Site

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

NOT_IMPLEMENTED = 501
"""The status that says that nothing went wrong."""


def answered_statuses(catch: Catch, project: Project, *, answers: bool) -> Iterator[tuple[int | None, Site]]:
    """The statuses that an ``except`` clause answers, None for one that is not known, and where.

    Args:
        catch: the clause.
        project: the project.
        answers: whether what its function returns is sent to the client.
    """
    for error in project.errors_by_function.get(catch.function, ()):
        if catch.holds(error.event):
            yield error.status, error.site
    if answers:
        yield from returned_statuses(catch.returns, catch.body, project.bodies)


def returned_statuses(returns: Iterable[GiveEvent], body: Body, bodies: Bodies) -> Iterator[tuple[int | None, Site]]:
    """The statuses of responses that are returned, made there or by a function of the project, and where; None for
    one that is not known, and for what is no response.

    Args:
        returns: some of the returns of a body.
        body: the body.
        bodies: what happens in functions.
    """
    for event in returns:
        for value, _, _ in given(event, body, bodies, is_made_response):
            yield own_status(value) if is_made_response(value) else None, event.site


def server_errors(statuses: Iterable[tuple[int | None, Site]]) -> Iterator[tuple[int, Site]]:
    """Those statuses that are 500 or more."""
    return ((status, site) for status, site in statuses if status is not None and status >= 500)
