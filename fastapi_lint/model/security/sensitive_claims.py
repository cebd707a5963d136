"""Claims that everybody can read and nobody should: a token is signed, not encrypted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import last_word
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies
from fastapi_lint.model.knowledge.sensitive import SENSITIVE_CLAIMS, SENSITIVE_FIELDS
from fastapi_lint.model.schemas.fields import written
from fastapi_lint.model.security.claims import by_caller
from fastapi_lint.model.security.tokens import signed_tokens
from fastapi_lint.model.values import Site

_KINDS = SENSITIVE_FIELDS | SENSITIVE_CLAIMS


class SensitiveClaim(NamedTuple):
    """A sensitive claim: its name, what it holds, the function that signs the token, and where it is written."""

    claim: str
    kind: str
    signer: FunctionDefinition
    site: Site


def sensitive_claims(functions: list[FunctionDefinition], bodies: Bodies) -> Iterator[SensitiveClaim]:
    """The sensitive claims of the tokens that functions sign: those they write themselves, and those that their callers
    hand in, who may be handed them too.

    Args:
        functions: those of the project.
        bodies: what happens in them.
    """
    seen: set[Site] = set()
    for token in signed_tokens(functions, bodies):
        for claims, _ in by_caller(token.claims, token.function, functions, bodies):
            for name, (value, function) in claims.items.items():
                kind, site = _kind(name, value), Site(function.module, value.start, value.end)
                if kind is not None and site not in seen:
                    seen.add(site)
                    yield SensitiveClaim(name, kind, token.function, site)


def _kind(name: str, value: ex.Expression) -> str | None:
    """What a claim holds that nobody should read, by its name or by that of its value; None for what a call made of
    something, and for constants."""
    if isinstance(value, ex.Subscript) and isinstance(value.index, ex.Constant):
        source = str(value.index.value)
    else:
        source = last_word(value)
    names = (written("snake", name), written("snake", source)) if source else ()
    return next((kind for kind, pattern in _KINDS.items() if any(map(pattern.fullmatch, names))), None)
