"""Diagnostics as plain data, and back."""

from __future__ import annotations

from typing import Any

from fastapi_lint.diagnostics.diagnostic import Confidence, Diagnostic, Edit, Fix, Related, Severity
from fastapi_lint.text.location import Location, Position

Plain = list[Any]


def to_plain(diagnostic: Diagnostic) -> Plain:
    """A diagnostic as lists, texts, numbers and None."""
    fix = diagnostic.fix
    return [
        diagnostic.code,
        diagnostic.name,
        diagnostic.message,
        location_to_plain(diagnostic.location),
        diagnostic.severity.value,
        diagnostic.confidence.value,
        [[step.message, step.location and location_to_plain(step.location)] for step in diagnostic.related],
        fix and [fix.message, fix.safe, [[edit.path, edit.start, edit.end, edit.replacement] for edit in fix.edits]],
        diagnostic.redact,
        diagnostic.flow,
    ]


def from_plain(plain: Plain) -> Diagnostic:
    """The diagnostic that :func:`to_plain` has made this of.

    Raises:
        ValueError, TypeError: it has not.
    """
    code, name, message, location, severity, confidence, related, fix, redact, flow = plain
    return Diagnostic(
        code,
        name,
        message,
        location_from_plain(location),
        Severity(severity),
        Confidence(confidence),
        tuple(Related(text, place and location_from_plain(place)) for text, place in related),
        fix and Fix(fix[0], fix[1], tuple(Edit(*edit) for edit in fix[2])),
        redact,
        flow,
    )


def location_to_plain(location: Location) -> Plain:
    """A location as a list."""
    return [location.path, *location.start, *location.end]


def location_from_plain(plain: Plain) -> Location:
    """The location that :func:`location_to_plain` has made this of.

    Raises:
        ValueError, TypeError: it has not.
    """
    path, line, column, last_line, last_column = plain
    return Location(path, Position(line, column), Position(last_line, last_column))
