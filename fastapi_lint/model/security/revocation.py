"""Revocation: whether a project can end the life of a token before it expires."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import walk
from fastapi_lint.model.knowledge.tokens import REVOKING_WORDS
from fastapi_lint.model.security.tokens import SignedToken, signed_tokens

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

_PACKAGES = frozenset({"jwt", "jose", "authlib", "joserfc", "jwcrypto"})


def irrevocable_tokens(project: Project) -> list[SignedToken]:
    """The tokens that a project signs, where no name in it speaks of ending one: of a refresh, a logout, a list of
    revoked ones, an id or a version of tokens."""
    signing = [function for function in project.functions if not function.module.is_test]
    tokens = list(signed_tokens(signing, project.bodies))
    return [] if not tokens or any(map(REVOKING_WORDS.search, _names(project))) else tokens


def _names(project: Project) -> Iterator[str]:
    """The names of what a project consists of, tests apart: routes, modules and what is in them, fields and columns,
    and the texts where tokens are handled, the claims among them."""
    yield from (route.path for route in project.routes)
    for module in project.modules:
        if not module.is_test:
            yield module.name
            yield from module.scope.names
    yield from (function.qualified_name for function in project.functions if not function.module.is_test)
    yield from (column.name for model in project.orm_models for column in model.columns)
    yield from (field.name for schema in project.schemas for field in schema.fields)
    for function in project.functions:
        if not (function.module.is_test or _PACKAGES.isdisjoint(function.module.facts.imports)):
            nodes = walk(function.fact.body)
            yield from (node.value for node in nodes if isinstance(node, ex.Constant) and isinstance(node.value, str))
