"""Statuses without a body: which of them FastAPI knows, and what an endpoint would send under one all the same.

A model with 204, 304 or 100 to 103 has always been refused at import, one with other statuses since the release that
:mod:`fastapi_lint.model.knowledge.releases` names (observed by running FastAPI 0.65 to 0.165).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fastapi_lint.facts.expressions import Constant, Name
from fastapi_lint.facts.statements import ImportFrom
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.endpoints.answers import Answer, answers_of, content, own_status, sets_status
from fastapi_lint.model.knowledge.releases import ALL_INFORMATIONAL, NONE_AS_STRING, RESET_CONTENT, RETURN_ANNOTATIONS
from fastapi_lint.model.knowledge.responses import JSON_RESPONSE_CLASSES, RESPONSE_CLASSES
from fastapi_lint.model.types import contains_unknown, is_subclass, render
from fastapi_lint.model.values import Literal, external_name

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

ALWAYS = frozenset({100, 101, 102, 103, 204, 304})


def is_bodiless(status: int, fastapi: tuple[int, ...]) -> bool:
    """Whether a release of FastAPI holds that answers of a status have no body."""
    if status == 205:
        return fastapi >= RESET_CONTENT
    return status in ALWAYS or (status < 200 and fastapi >= ALL_INFORMATIONAL)


def declares_bodiless(route: Route, project: Project) -> bool:
    """Whether the declared status of a route has no body."""
    status = route.status_code
    return route.status_code_known and status is not None and is_bodiless(status, project.version("fastapi"))


def refused_model(route: Route, project: Project) -> str | None:
    """The response model for which FastAPI refuses a route with a bodiless status, in words; None when it has none."""
    if not declares_bodiless(route, project):
        return None
    model = route.response_model
    if model is not None:
        unclear = contains_unknown(model) or is_subclass(model, frozenset(RESPONSE_CLASSES)) is not False
        if unclear:
            return None
        declared = "the response model" if route.argument("response_model") is not None else "the return type"
        return f"{declared} {render(model)}"
    function = route.function
    release = project.version("fastapi")
    if function is not None and RETURN_ANNOTATIONS <= release < NONE_AS_STRING and _returns_none_as_string(function):
        inferred = route.argument("response_model") is None
        return "the return type None as a string, which this release takes for a model" if inferred else None
    return None


def _returns_none_as_string(function: FunctionDefinition) -> bool:
    """Whether a return annotation is None, and Python keeps it as a string."""
    returns = function.fact.returns
    if isinstance(returns, Constant) and returns.value == "None":
        return True
    if not isinstance(returns, (Constant, Name)) or getattr(returns, "value", returns) is not None:
        return False
    return any(
        isinstance(statement, ImportFrom)
        and statement.module == "__future__"
        and any(name == "annotations" for name, _ in statement.names)
        for statement in function.module.facts.body
    )


def dropped_answers(route: Route, project: Project) -> Iterator[Answer]:
    """The values that a route with a bodiless status returns, one for each return."""
    if not declares_bodiless(route, project) or sets_status(route, project):
        return
    seen: set[object] = set()
    for answer in answers_of(route, project):
        if answer.kind in ("data", "acknowledgement") and answer.event not in seen:
            seen.add(answer.event)
            yield answer


def bodiless_responses(route: Route, project: Project) -> Iterator[tuple[Answer, int]]:
    """The Response objects that a route returns with a bodiless status of their own and a content, with that status."""
    for answer in answers_of(route, project):
        status = own_status(answer.value) if answer.kind == "response" else None
        if status is not None and status in ALWAYS | {205}:
            sent = content(answer.value)
            is_none = isinstance(sent, Literal) and sent.value in (None, "", b"")
            json = external_name(answer.value).removesuffix("()") in JSON_RESPONSE_CLASSES
            if sent is not None and (json or not is_none):
                yield answer, status
