"""Selection: which rules run."""

from __future__ import annotations

import pytest

from fastapi_lint.config.configuration import Choice
from fastapi_lint.config.selection import complaint, enabled_codes
from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.registry import Registry


def rule(number: str, rule_name: str, rule_profile: str = "recommended") -> type[Rule]:
    attributes = {"code": number, "name": rule_name, "profile": rule_profile, "__doc__": "A rule."}
    return type(f"Rule{number}", (Rule,), attributes)


REGISTRY = Registry(
    [
        rule("FAL101", "created-without-201"),
        rule("FAL102", "delete-without-204"),
        rule("FAL110", "undocumented-error", "strict"),
        rule("FAL301", "unauthenticated-route"),
        rule("FAL305", "missing-ownership-check", "strict"),
    ]
)
DEFAULT = {"FAL101", "FAL102", "FAL301"}
EVERYTHING = DEFAULT | {"FAL110", "FAL305"}


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ([], DEFAULT),
        ([Choice(profile="strict")], EVERYTHING),
        ([Choice(select=("ALL",))], EVERYTHING),
        ([Choice(select=())], set()),
        ([Choice(select=("FAL3",))], {"FAL301", "FAL305"}),
        ([Choice(select=("security",))], {"FAL301", "FAL305"}),
        ([Choice(select=("created-without-201", "FAL305"))], {"FAL101", "FAL305"}),
        ([Choice(extend_select=("FAL110",))], DEFAULT | {"FAL110"}),
        ([Choice(ignore=("FAL1",))], {"FAL301"}),
        ([Choice(ignore=("routing",), extend_ignore=("FAL301",))], set()),
        # The narrower selector wins, whichever side it is on; of equals, ignore.
        ([Choice(select=("FAL1",), ignore=("FAL101",))], {"FAL102", "FAL110"}),
        ([Choice(select=("FAL101",), ignore=("FAL1",))], {"FAL101"}),
        ([Choice(select=("FAL101",), ignore=("created-without-201",))], set()),
        ([Choice(select=("ALL",), ignore=("FAL",))], set()),
        ([Choice(extend_select=("FAL110",), ignore=("FAL11",))], DEFAULT | {"FAL110"}),
        # A stronger source that selects starts anew; one that only ignores or extends adds to the weaker one.
        ([Choice(ignore=("FAL301",)), Choice(select=("FAL301",))], {"FAL301"}),
        ([Choice(select=("FAL1",)), Choice(extend_select=("FAL301",))], {"FAL101", "FAL102", "FAL110", "FAL301"}),
        ([Choice(ignore=("FAL1",)), Choice(ignore=("FAL301",))], set()),
        ([Choice(profile="strict"), Choice(ignore=("FAL3",))], {"FAL101", "FAL102", "FAL110"}),
        ([Choice(select=("FAL101",)), Choice(profile="strict")], EVERYTHING),
    ],
)
def test_which_rules_run(choices: list[Choice], expected: set[str]) -> None:
    assert enabled_codes(choices, REGISTRY) == expected


def test_selectors_that_no_rule_answers_to() -> None:
    assert complaint("FAL1", REGISTRY) is None
    assert complaint("ALL", REGISTRY) is None
    assert "did you mean" in (complaint("unauthenticated-rout", REGISTRY) or "")
    assert complaint("E501", REGISTRY) is not None
    assert complaint("", REGISTRY) is not None
    assert complaint("F", REGISTRY) is not None
