"""The fingerprints of a project's findings, made when somebody asks for the first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from fastapi_lint.diagnostics import Context, Diagnostic, Fingerprint, fingerprints
from fastapi_lint.engine.layout import Layouts
from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.text.location import Location

_HIDDEN = "*"
"""Stands for a text that must not be shown, whatever it is."""


class Fingerprints:
    """The fingerprints of findings.

    Args:
        diagnostics: all findings of a project.
        layouts: the statements of its files.
        sources: the lines of its files.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic], layouts: Layouts, sources: SourceLines) -> None:
        self._diagnostics, self._layouts, self._sources = tuple(diagnostics), layouts, sources

    def __getitem__(self, diagnostic: Diagnostic) -> Fingerprint:
        return self._made[diagnostic]

    @cached_property
    def _made(self) -> dict[Diagnostic, Fingerprint]:
        return fingerprints(self._diagnostics, self._context)

    def _context(self, diagnostic: Diagnostic) -> Context:
        """What a finding stands in and on: the tokens of its lines, so that neither comments nor spaces count. On a
        decorator the function says enough: its arguments change too easily."""
        place = diagnostic.location
        layout = self._layouts.of(place.path)
        on_decorator = layout.is_decorator(place.line)
        return Context(layout.scope(place.line), "@" if on_decorator else self._tokens(place, diagnostic.redact))

    def _tokens(self, place: Location, hidden: bool) -> str:
        """The tokens of the lines of a place, without commas before closing brackets, which formatters add."""
        from fastapi_lint.syntax.tokens import tokenise

        lines = list(self._sources.lines(place.path)[place.line - 1 : place.end.line])
        if hidden and lines:
            before, after = lines[0][: place.start.column - 1], lines[-1][place.end.column - 1 :]
            lines = [before + _HIDDEN + after]
        tokens = tokenise("\n".join(lines)).texts
        followed = zip(tokens, [*tokens[1:], ""])
        return " ".join(token for token, following in followed if token != "," or following not in (")", "]", "}"))
