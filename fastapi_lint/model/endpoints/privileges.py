"""Privileges that requests give: fields of bodies that say what an account may do, stored as they come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import contains, last_word, walk
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.endpoints.stored_input import StoredInput, entered_bodies, stored_inputs
from fastapi_lint.model.interpreter.bodies import Body, CallEvent
from fastapi_lint.model.knowledge.fields import ACCOUNT_PRIVILEGES, PRIVILEGES
from fastapi_lint.model.orm.models import OrmModel
from fastapi_lint.model.routing.paths import split_words
from fastapi_lint.model.routing.resources import taken_schemas
from fastapi_lint.model.schemas.fields import SchemaField
from fastapi_lint.model.schemas.schemas import Schema
from fastapi_lint.model.values import external_name

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

MAX_CALLS = 3
"""Checks behind more calls than this are not looked for."""
_AUTHORITY = re.compile(
    r"admin|super.|staff|moderator|root|role|permission|permit|privileg|scope|(?<!or)acl|polic"
    r"|(?<!un)(?<!http)authori[sz]|rbac|forbid"
    r"|(?<!not_)allow|restrict|access_?level|can_|invit|bootstrap|setup|install|seed|internal(?!_server_error)",
    re.IGNORECASE,
)
"""What code is called that decides who may do what, or that runs before there are users."""
_ACCOUNTS = frozenset({"user", "users", "account", "accounts", "member", "members", "employee", "customer", "person"})
_FORBIDDEN = 403
_DECIDING = frozenset({ex.Call, ex.Conditional, ex.Comparison, ex.Operation})


class Privilege(NamedTuple):
    """A field by which a request gives a privilege: with its schema, the mapped class that gets it, and how."""

    field: SchemaField
    schema: Schema
    model: OrmModel
    stored: StoredInput


def given_privileges(route: Route, project: Project) -> Iterator[Privilege]:
    """The privileges that the body of a route gives, where nothing around it decides who may give them.

    Silent where a validator looks at the field, where code names it besides storing it, where its type allows certain
    values only, and where some name around the route speaks of rights.

    Args:
        route: any route.
        project: its project.
    """
    function = route.function
    if function is None or not len(project.orm_models) or not {"POST", "PUT", "PATCH"} & set(route.methods or ()):
        return
    taken = {schema.cls: schema for _, schema in taken_schemas(route, project.schemas) if any(_candidates(schema))}
    if not taken or not project.authenticates(route.app) or project.authentication(route).required is None:
        return
    classes = frozenset(taken)
    entered = entered_bodies(function, classes, project)
    for stored in stored_inputs(entered, classes, project):
        schema = taken[stored.cls]
        for field in _candidates(schema):
            if stored.stores(field.name) and stored.model.column(field.name) is not None:
                if _is_privilege(field.name, stored.model) and not _is_decided(field.name, stored, entered, schema):
                    if not decides_rights(route, project, entered, field.name):
                        yield Privilege(field, schema, stored.model, stored)


def _candidates(schema: Schema) -> list[SchemaField]:
    return [field for field in schema.fields if field.name in PRIVILEGES | ACCOUNT_PRIVILEGES and not field.excluded]


def _is_privilege(name: str, model: OrmModel) -> bool:
    """Whether a column of a mapped class says what somebody may do."""
    if name in PRIVILEGES:
        return True
    is_account = not _ACCOUNTS.isdisjoint(split_words(model.name))
    return is_account and any("password" in column.name for column in model.columns)


def _is_decided(
    name: str, stored: StoredInput, entered: Iterable[tuple[Body, tuple[CallEvent, ...]]], schema: Schema
) -> bool:
    """Whether something else happens to a field than that it is stored and answered."""
    if any(name in validator.fields or "*" in validator.fields for validator in schema.validators):
        return True
    named = [node for body, _ in entered for node in _before_return(body.function.fact.body) if _names(node, name)]
    checks = [node for validator in schema.validators for node in walk(validator.function.fact.body)]
    storing = (stored.read, stored.write.node)
    return any(not any(node is own for own in storing) for node in named) or any(_names(node, name) for node in checks)


def _before_return(block: st.Block) -> Iterator[object]:
    """The nodes of a body, those apart that it returns as they are."""
    returned = (node for node in walk(block) if isinstance(node, st.Return) and not contains([node], _DECIDING))
    answered = {id(inner) for node in returned for inner in walk([node])}
    return (node for node in walk(block) if id(node) not in answered)


def _names(node: object, name: str) -> bool:
    return (isinstance(node, ex.Attribute) and node.attr == name) or (
        isinstance(node, ex.Constant) and node.value == name
    )


def decides_rights(
    route: Route, project: Project, entered: Iterable[tuple[Body, tuple[CallEvent, ...]]], but: str
) -> bool:
    """Whether something around a route may decide who may use it besides a login: a dependency or function whose name
    or body speaks of rights, an answer 403, scopes, a path that does.

    Args:
        route: any route.
        project: its project.
        entered: the bodies that its data run through.
        but: a name that says nothing of it.
    """
    functions: dict[FunctionDefinition, None] = {body.function: None for body, _ in entered}
    decorators = route.function.decorators if route.function is not None else ()
    words = [route.path, *map(external_name, decorators)]
    for visit in route.dependant.walk():
        dependant = visit.dependant
        if visit.scopes or dependant.scopes or not dependant.scopes_known or dependant.unknown is not None:
            return True
        words.append(dependant.qualified_name)
        for function in dependant.functions:
            functions.update(dict.fromkeys(callee for callee, _ in project.bodies.reachable(function, MAX_CALLS)))
    if any(_AUTHORITY.search(word) for word in words):
        return True
    return any(_speaks_of_rights(function, project, but) for function in functions)


def _speaks_of_rights(function: FunctionDefinition, project: Project, but: str) -> bool:
    for error in project.errors_by_function.get(function, ()):
        if error.status == _FORBIDDEN and not error.event.inside("handler"):
            return True
    for node in walk(function.fact.body):
        name = last_word(node)
        if name and name != but and _AUTHORITY.search(name):
            return True
    return False
