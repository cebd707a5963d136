"""Regular expressions on known texts, by which projects derive names: ``re.sub(r"(?=[A-Z])", "_", cls.__name__)``.

The patterns come from the project under analysis, so only such are run that end soon on a short text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from fastapi_lint.model.values import Arguments, Collection, Literal, Unknown, Value, text_of

MAX_TEXT = 100
"""Longer texts are not searched."""
MAX_REPEATS = 4
"""Patterns with more quantifiers are not run."""

_QUANTIFIER = re.compile(r"[*+?{]")
_QUANTIFIED_GROUP = re.compile(r"\)[*+{]")


def call_pattern(name: str, arguments: Arguments) -> Value | None:
    """What ``re.sub`` or ``re.split`` gives for constant arguments.

    Args:
        name: the name of the function ("re.sub").
        arguments: those of the call.

    Returns:
        Unknown for arguments that are not constant or patterns that may take long; None for other functions.
    """
    handler = _FUNCTIONS.get(name)
    return handler(arguments) if handler is not None else None


def _sub(arguments: Arguments) -> Value:
    pattern, replacement = text_of(arguments.get("pattern", 0)), text_of(arguments.get("repl", 1))
    text = text_of(arguments.get("string", 2))
    if pattern is None or replacement is None or text is None or not _may_run(pattern, text) or _limits(arguments, 3):
        return Unknown("a text that a pattern makes")
    try:
        return Literal(re.sub(pattern, replacement, text))
    except (re.error, IndexError, OverflowError):
        return Unknown("a pattern that does not work")


def _split(arguments: Arguments) -> Value:
    pattern, text = text_of(arguments.get("pattern", 0)), text_of(arguments.get("string", 1))
    if pattern is None or text is None or not _may_run(pattern, text) or _limits(arguments, 2):
        return Unknown("the parts of a text that a pattern makes")
    try:
        return Collection("list", [Literal(part) for part in re.split(pattern, text)])
    except (re.error, OverflowError):
        return Unknown("a pattern that does not work")


def _limits(arguments: Arguments, position: int) -> bool:
    """Whether a count or flags are passed, which are not followed."""
    known = {"pattern", "repl", "string"}
    return not arguments.complete or len(arguments.positional) > position or bool(arguments.keywords.keys() - known)


def _may_run(pattern: str, text: str) -> bool:
    if len(text) > MAX_TEXT or len(pattern) > MAX_TEXT or _QUANTIFIED_GROUP.search(pattern):
        return False
    return len(_QUANTIFIER.findall(pattern.replace("(?", ""))) <= MAX_REPEATS


_FUNCTIONS: dict[str, Callable[[Arguments], Value]] = {"re.sub": _sub, "re.split": _split}
