"""The format ``tree`` of dependencies: for each route its endpoint and below it what FastAPI calls, in solving order.

A line names a callable, where it is defined, and how it came to be there: where it is declared, whether its result is
taken from the cache of the request, its security scheme and scopes. Lines between name parameters by their place; ``?``
marks those that a request may leave out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.model.dependencies.dependants import NO_DEPENDENCY, Dependant, short_name
from fastapi_lint.model.dependencies.parameters import INJECTED, PLACES, UNKNOWN, RouteParameter
from fastapi_lint.model.dependencies.solving import Mention, solved
from fastapi_lint.model.security.authentication import scheme_class
from fastapi_lint.report.columns import display_width
from fastapi_lint.report.deps.found import Found
from fastapi_lint.report.findings import printable, shown_path
from fastapi_lint.report.page import Page
from fastapi_lint.report.routes.cells import unqualified

if TYPE_CHECKING:
    from fastapi_lint.text.location import Location

_NARROWEST = 20
_BRANCH, _LAST, _BAR, _BLANK = "├─ ", "└─ ", "│  ", "   "
_LEVELS = {
    "app": "application",
    "include": "include_router",
    "router": "router",
    "route": "route",
    "outside": "outside",
}


class _Line(NamedTuple):
    """A line in three columns."""

    name: str
    place: str = ""
    notes: str = ""


def render(routes: Iterable[Found], page: Page) -> Iterator[str]:
    """The lines of the report."""
    for number, found in enumerate(routes):
        if number:
            yield ""
        yield from _Tree(found, page).lines()


class _Tree:
    def __init__(self, found: Found, page: Page) -> None:
        self._route = found.route
        self._root = found.root
        self._page = page

    def lines(self) -> Iterator[str]:
        """The lines of one route."""
        route = self._route
        conditional = ", under a condition" if route.conditional else ""
        yield printable(f"{route.label} ({route.app.name}{conditional})")
        root = route.dependant
        notes = "endpoint" if root.unknown is None else f"endpoint, not known: {root.unknown}"
        lines = [_Line(short_name(root.call), self._place(root.definition), notes)]
        lines += self._below(solved(root, route.fastapi), "")
        names = max(display_width(line.name) for line in lines if line.place or line.notes)
        places = max(len(line.place) for line in lines)
        for line in lines:
            gap = " " * (names - display_width(line.name))
            yield printable(f"{line.name}{gap}  {line.place:{places}}  {line.notes}".rstrip())

    def _below(self, mention: Mention, indent: str) -> Iterator[_Line]:
        """The parameters of a dependant and what it depends on."""
        bar = indent + (_BAR if mention.mentions else _BLANK)
        room = max(self._page.width - len(bar), _NARROWEST) if self._page.width is not None else None
        for text in _parameters(mention.dependant):
            lines = wrap(text, room, subsequent_indent=_BLANK, break_on_hyphens=False) if room else [text]
            yield from (_Line(bar + line) for line in lines)
        for below in mention.mentions:
            yield from self._mention(below, indent, below is mention.mentions[-1], "")

    def _mention(self, mention: Mention, indent: str, is_last: bool, word: str) -> Iterator[_Line]:
        dependant = mention.dependant
        others = [other for other in mention.alternatives if other.dependant.unknown != NO_DEPENDENCY]
        last = is_last and not others
        yield _Line(
            f"{indent}{_LAST if last else _BRANCH}{word}{short_name(dependant.call)}",
            self._place(dependant.definition),
            ", ".join(self._notes(mention)),
        )
        inner = indent + (_BLANK if last else _BAR)
        if not mention.cached or _is_called_below(mention):
            yield from self._below(mention, inner)
        for other in others:
            yield from self._mention(other, indent, is_last and other is others[-1], "or ")

    def _notes(self, mention: Mention) -> Iterator[str]:
        """How a dependency came to be there, and what is special about it."""
        dependant = mention.dependant
        yield self._declared(dependant)
        if any(other.dependant.unknown == NO_DEPENDENCY for other in mention.alternatives):
            yield "under a condition"
        elif mention.alternatives:
            yield "by a condition"
        if not dependant.by_default:
            yield "not by default"
        if scheme_class(dependant.call) is not None:
            yield "security scheme"
        if dependant.scopes or not dependant.scopes_known:
            yield f"scopes {' '.join((*dependant.scopes, *(() if dependant.scopes_known else ('…',))))}"
        if dependant.is_generator:
            yield "yields" if dependant.scope is None else f"yields, scope {dependant.scope}"
        if mention.cached:
            yield "cached"
        elif not dependant.use_cache:
            yield "called at each mention"
        if dependant.unknown is not None:
            yield f"not known: {dependant.unknown}"

    def _declared(self, dependant: Dependant) -> str:
        if dependant.level == "parameter":
            return f"parameter {dependant.name}"
        if dependant.level == "view":
            return "class of the view"
        place = dependant.level_site.location if dependant.level_site is not None else None
        return f"{_LEVELS[dependant.level]} at {self._place(place)}" if place else _LEVELS[dependant.level]

    def _place(self, location: Location | None) -> str:
        if location is None:
            return ""
        return f"{shown_path(self._root, location.path, self._page.cwd)}:{location.line}"


def _is_called_below(mention: Mention) -> bool:
    """Whether something that a dependency needs is called though itself it is cached."""
    return any(not below.cached or _is_called_below(below) for below in mention.mentions)


def _parameters(dependant: Dependant) -> Iterator[str]:
    """The parameters of a dependant, by place."""
    by_place: dict[str, list[str]] = {}
    injected = dependant.injected if dependant.is_own else ()
    for parameter in (*dependant.parameters, *injected):
        by_place.setdefault(parameter.place, []).append(_parameter(parameter))
    for place in (*PLACES, UNKNOWN, INJECTED):
        if place in by_place:
            yield f"{place}: {', '.join(by_place[place])}"


def _parameter(parameter: RouteParameter) -> str:
    """A parameter as the wire has it; with its type where that says what it consists of."""
    if parameter.place == INJECTED:
        return parameter.name
    name = parameter.alias if parameter.model is not None else parameter.wire_name
    optional = "" if parameter.required or parameter.required is None else "?"
    has_fields = parameter.in_body or parameter.model is not None
    return f"{name}{optional} ({unqualified(parameter.type_text)})" if has_fields else f"{name}{optional}"
