"""Which rules run: selectors, profiles, and how the file's and the command line's wishes add up.

A selector is a code, the beginning of codes, a rule name, a group name, or ``ALL``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from fastapi_lint.config.errors import shortened
from fastapi_lint.rules.registry import CODE_PREFIX, GROUPS, Registry, UnknownSelectorError

if TYPE_CHECKING:
    from fastapi_lint.config.configuration import Choice, Configuration
    from fastapi_lint.config.kinds import Place

T = TypeVar("T")

ALL = "ALL"
_EXACT = len("FAL000")
_GROUP = len("FAL0")


def codes_of(selector: str, registry: Registry) -> frozenset[str]:
    """The codes that a selector stands for.

    Raises:
        UnknownSelectorError: it stands for none.
    """
    entries = registry.entries if selector == ALL else registry.select_entries(selector)
    return frozenset(entry.code for entry in entries)


def complaint(selector: str, registry: Registry) -> str | None:
    """What is wrong with a selector, in words, or None."""
    try:
        codes_of(selector, registry)
    except UnknownSelectorError as error:
        return str(UnknownSelectorError(shortened(selector), error.suggestions))
    return None


def selectors(registry: Registry) -> list[str]:
    """All selectors that stand for some rule: codes and their beginnings in capitals."""
    codes = sorted({entry.code[:end] for entry in registry.entries for end in range(len(CODE_PREFIX), _EXACT + 1)})
    groups = [group.name for group in GROUPS if group.prefix in codes]
    return [ALL, *groups, *codes, *(entry.name for entry in registry.entries)]


def narrowest(given: Iterable[tuple[str, T]], place: Place) -> dict[str, T]:
    """What is said of each code by the narrowest selector that stands for it.

    Args:
        given: selectors with what they say.
        place: where they stand.

    Raises:
        ConfigurationError: two selectors of equal width say different things of a code.
    """
    found: dict[str, tuple[int, str, T]] = {}
    for selector, said in given:
        weight = _specificity(selector, place.registry)
        for code in codes_of(selector, place.registry):
            known = found.get(code)
            if known is not None and known[0] == weight and known[2] != said:
                raise place.error(f"`{known[1]}` and `{selector}` say different things of {code}.")
            if known is None or known[0] < weight:
                found[code] = weight, selector, said
    return {code: said for code, (_, _, said) in sorted(found.items())}


def enabled_codes(choices: Iterable[Choice], registry: Registry) -> frozenset[str]:
    """The codes of the rules that run.

    Args:
        choices: what each source says, the weakest first. A source that says ``select`` starts anew; one that says
            ``ignore`` or extends adds to what came before. Inside one source the narrower selector wins, so that
            ``select = ["FAL3"], ignore = ["FAL301"]`` and the reverse both mean what they seem to; of equals,
            ``ignore`` wins.
        registry: the rules there are.
    """
    enabled = _profile("recommended", registry)
    for choice in choices:
        if choice.profile is not None:
            enabled = _profile(choice.profile, registry)
        if choice.select is not None:
            enabled = frozenset()
        wanted = _weights((*(choice.select or ()), *choice.extend_select), registry)
        unwanted = _weights((*(choice.ignore or ()), *choice.extend_ignore), registry)
        added = {code for code, weight in wanted.items() if weight > unwanted.get(code, -1)}
        enabled = (enabled - unwanted.keys()) | added
    return enabled


def fixable_codes(configuration: Configuration, registry: Registry) -> frozenset[str]:
    """The codes of the rules whose fixes may be used: of ``fixable`` and ``unfixable`` the narrower selector wins, and
    of equals ``unfixable``."""
    wanted = _weights(configuration.fixable, registry)
    unwanted = _weights(configuration.unfixable, registry)
    return frozenset(code for code, weight in wanted.items() if weight > unwanted.get(code, -1))


def _profile(name: str, registry: Registry) -> frozenset[str]:
    """The codes that are on in a profile: "recommended", or "strict", which has them all."""
    return frozenset(entry.code for entry in registry.entries if name in ("strict", entry.profile))


def _weights(selectors: Iterable[str], registry: Registry) -> dict[str, int]:
    """How narrow the narrowest selector of each code is."""
    weights: dict[str, int] = {}
    for selector in selectors:
        weight = _specificity(selector, registry)
        for code in codes_of(selector, registry):
            weights[code] = max(weights.get(code, -1), weight)
    return weights


def _specificity(selector: str, registry: Registry) -> int:
    if selector == ALL:
        return 0
    if registry.find_entry(selector) is not None:
        return _EXACT
    return len(selector) if selector.upper().startswith(CODE_PREFIX) else _GROUP
