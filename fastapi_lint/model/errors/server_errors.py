"""Statuses of errors: what ``except`` clauses and handlers answer, and where that is 500 or more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from fastapi_lint.model.concurrency.request_path import handler_entries
from fastapi_lint.model.endpoints.answers import is_made_response, own_status
from fastapi_lint.model.endpoints.given import given
from fastapi_lint.model.endpoints.logs import may_report
from fastapi_lint.model.errors.catches import Catch
from fastapi_lint.model.errors.flow import catches
from fastapi_lint.model.interpreter.bodies import Bodies, Body, GiveEvent
from fastapi_lint.model.routing.routers import HandlerRegistration
from fastapi_lint.model.values import External, Site, possibilities

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


def only_raises_server_errors(catch: Catch, project: Project) -> bool:
    """Whether an ``except`` clause raises HTTP exceptions with a status of 500 or more and nothing else."""
    raised = [status for status, _ in answered_statuses(catch, project, answers=False)]
    return len(raised) == len(list(catch.raises)) and all(status is not None and status >= 500 for status in raised)


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


def logs_http_errors(project: Project) -> bool:
    """Whether an exception handler of some application gets HTTP exceptions and may log them."""
    handlers = (registration for app in project.apps for registration in app.exception_handlers)
    return any(_may_log_http_errors(registration, project.bodies) for registration in handlers)


def _may_log_http_errors(registration: HandlerRegistration, bodies: Bodies) -> bool:
    keys = possibilities(registration.arguments.get("exc_class_or_status_code", 0))
    return any(catches(key, External("fastapi.HTTPException")) is not False for key in keys) and any(
        may_report(bodies.of(entry.function).calls, bodies) for entry in handler_entries(registration)
    )
