"""What routes say of themselves by their names and code: that they are public by nature, or only look something up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent
from fastapi_lint.model.knowledge.errors import TOKEN_FORMS
from fastapi_lint.model.knowledge.public import (
    BODY_CHECKS,
    CODE_FIELDS,
    FORM_WORDS,
    LOOKUP_VERBS,
    NO_LOOKUPS,
    PASSWORDS,
    PEOPLE,
    PROVING_WORDS,
    PUBLIC,
    PUBLIC_PHRASES,
    PUBLIC_WORDS,
    REGISTERED,
    SAYS_PUBLIC,
    SENDING,
    SENT_CODES,
    SIGNATURE_WORDS,
    TOKEN_CHECKS,
)
from fastapi_lint.model.routing.paths import shape, split_words
from fastapi_lint.model.routing.routes import Route

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project


def public_nature(route: Route, project: Project) -> str | None:
    """What makes a route public by nature, or None: it gives out credentials (login, registration, password reset,
    OAuth callback), takes name and password themselves, sends or takes a one-time code, answers probes (health), checks
    a signature, or says in its path or docstring that it is public."""
    texts = _texts(route)
    words = {word for text in texts for word in text}
    is_form = route.methods == ("POST",) and not shape(route.path).is_item
    public = words & (PUBLIC_WORDS | FORM_WORDS if is_form else PUBLIC_WORDS)
    if public:
        return min(public)
    if any(PUBLIC in segment.words for segment in shape(route.path).segments) or _says_public(route):
        return PUBLIC
    phrases = " ".join("_".join(text) for text in texts)
    for known in PUBLIC_PHRASES:
        if known in phrases:
            return known.replace("_", " ")
    if any(each.qualified_name in TOKEN_FORMS for each in route.dependencies):
        return "login form"
    if _is_registration(texts):
        return "register"
    if _is_sign_up(route, project):
        return "sign up"
    if _sends_code(route, project.bodies) or _takes_code(route, words, project):
        return "one-time code"
    return "signature" if checks_signature(route, project.bodies) else None


def looks_up(route: Route, project: Project) -> bool:
    """Whether a POST route by its name only looks something up, and is not seen to create or delete anything."""
    function = route.function
    if function is None or route.methods != ("POST",):
        return False
    last = shape(route.path).resource_words
    name = split_words(function.name.removeprefix("api_"))
    if {*name, *last} & NO_LOOKUPS or not {*name[:1], *last[:1], *last[-1:]} & LOOKUP_VERBS:
        return False
    return not project.persistence.changes(function)


def _texts(route: Route) -> list[tuple[str, ...]]:
    """The words of the last two names of a route's path, and of its endpoint's name."""
    named = [segment.words for segment in shape(route.path).segments if segment.words]
    path = tuple(word for words in named[-2:] for word in words)
    return [path, split_words(route.function.name)] if route.function is not None else [path]


def _is_registration(texts: list[tuple[str, ...]]) -> bool:
    """Whether names say that people register themselves, and not that something else is registered."""
    registered = [set(text[text.index("register") + 1 :]) for text in texts if "register" in text]
    return bool(registered) and all(words <= REGISTERED for words in registered)


def _is_sign_up(route: Route, project: Project) -> bool:
    """Whether a route creates an account with a password, in an application without another route to register."""
    words = shape(route.path).resource_words
    if route.methods != ("POST",) or not shape(route.path).is_collection or not words or words[-1] not in PEOPLE:
        return False
    if not PASSWORDS & set(_fields(route, project)):
        return False
    return not any(_speaks_of_sign_up(_texts(other)) for other in route.app.routes)


def _speaks_of_sign_up(texts: list[tuple[str, ...]]) -> bool:
    phrases = " ".join("_".join(text) for text in texts)
    return _is_registration(texts) or any(known in phrases for known in ("signup", "sign_up", "registration"))


def _fields(route: Route, project: Project) -> Iterator[str]:
    """The names of what a route takes: its parameters, and the fields of the schemas among them."""
    for parameter in route.parameters:
        yield parameter.name
        for schema in project.schemas.in_type(parameter.type):
            yield from schema.by_name


def _takes_code(route: Route, words: set[str], project: Project) -> bool:
    """Whether a route takes a code that proves who is asking, and by its names or its schema's says so."""
    for parameter in route.parameters:
        schemas = list(project.schemas.in_type(parameter.type))
        said = words.union(*(split_words(schema.name) for schema in schemas))
        names = {parameter.name, *(name for schema in schemas for name in schema.by_name)}
        if said & PROVING_WORDS and names & CODE_FIELDS:
            return True
    return False


def _says_public(route: Route) -> bool:
    docstring = route.function.fact.docstring if route.function is not None else None
    return docstring is not None and SAYS_PUBLIC.search(docstring) is not None


def _sends_code(route: Route, bodies: Bodies) -> bool:
    """Whether an endpoint sends a code to somebody, as its name or what it calls says."""
    if route.function is None:
        return False
    called = (name.rpartition(".")[2] for event in bodies.of(route.function).calls for name in _called(event))
    for name in (route.function.name, *called):
        words = split_words(name)
        if SENDING & set(words) and any(known in "_".join(words) for known in SENT_CODES):
            return True
    return False


def checks_signature(route: Route, bodies: Bodies, of_body: bool = False) -> bool:
    """Whether a route's code calls something that by its name checks a signature.

    Args:
        route: any route.
        bodies: what happens in functions.
        of_body: leave out what checks those of tokens.
    """
    functions = [route.function, *(dependency.function for dependency in route.dependencies)]
    for function in filter(None, functions):
        for reached, _chain in bodies.reachable(function, max_depth=3):
            for name in (reached.name, *(name for event in bodies.of(reached).calls for name in event.names)):
                if name in TOKEN_CHECKS:
                    if not of_body:
                        return True
                elif name in BODY_CHECKS or SIGNATURE_WORDS & set(split_words(name.replace(".", "_"))):
                    return True
    return False


def _called(event: CallEvent) -> tuple[str, ...]:
    """The names of what a call enters, external or not."""
    return (*event.names, *(function.name for function in event.functions))
