"""What a route creates: the new object that a request to it is about, among all that it stores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi_lint.model.answers import sets_status, success_answers
from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.knowledge.paths import CREATING_VERBS
from fastapi_lint.model.paths import shape, split_words, stem
from fastapi_lint.model.persistence import Change
from fastapi_lint.model.schemas import mentions
from fastapi_lint.model.values import Instance, Parametrized

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routes import Route


def creation(route: Route, project: Project) -> Change | None:
    """The change by which a route certainly creates the resource that it is about, or None.

    None too where the route names an action, and where it may answer with a status of its own.
    """
    function = route.function
    if function is None or shape(route.path).is_action:
        return None
    kinds = {answer.kind for answer in success_answers(route, project)}
    if not kinds or "response" in kinds:
        return None
    created = [change for change in project.persistence.changes(function) if change.kind == "create" and change.certain]
    if not created or sets_status(route, project):
        return None
    created.sort(key=lambda change: len(change.chain))
    verb = split_words(function.name)[:1]
    fitting = [change for change in created if change.model is not None and _fits(change.model, route, project)]
    return next(iter(fitting), created[0] if verb and verb[0] in CREATING_VERBS else None)


def _fits(model: ClassDefinition, route: Route, project: Project) -> bool:
    """Whether a route is about objects of a class: its path, its response or what it returns names it."""
    own = {stem(word) for word in split_words(model.name)} - _GENERIC
    named = {stem(word) for word in shape(route.path).resource_words}
    if route.response_model is not None:
        for mention in mentions(route.response_model):
            cls = mention.origin if isinstance(mention, Parametrized) else mention
            named |= {stem(word) for word in split_words(cls.name)} if isinstance(cls, ClassDefinition) else set()
    if own and own <= named:
        return True
    return any(isinstance(a.value, Instance) and a.value.cls is model for a in success_answers(route, project))


_GENERIC = frozenset({"model", "db", "orm", "table", "entity", "document", "record", "base", "sql"})
"""Words in the names of mapped classes that say nothing of what they are."""
