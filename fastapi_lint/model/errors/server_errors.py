"""Server errors: where code answers with 500 or more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from fastapi_lint.model.endpoints.answers import is_made_response, own_status
from fastapi_lint.model.errors.catches import Catch
from fastapi_lint.model.interpreter.bodies import GiveEvent
from fastapi_lint.model.values import Site, possibilities

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

NOT_IMPLEMENTED = 501
"""The status that says that nothing went wrong."""


def server_errors(catch: Catch, project: Project, *, answers: bool) -> Iterator[tuple[int, Site]]:
    """The statuses from 500 on that an ``except`` clause answers, and where.

    Args:
        catch: the clause.
        project: the project.
        answers: whether what its function returns is sent to the client.
    """
    for error in project.errors_by_function.get(catch.function, ()):
        if error.status is not None and error.status >= 500 and catch.holds(error.event):
            yield error.status, error.site
    if answers:
        yield from returned_server_errors(catch.returns)


def returned_server_errors(returns: Iterable[GiveEvent]) -> Iterator[tuple[int, Site]]:
    """The statuses from 500 on of responses that are returned, and where."""
    for event in returns:
        for option in possibilities(event.value):
            status = own_status(option) if is_made_response(option) else None
            if status is not None and status >= 500:
                yield status, event.site
