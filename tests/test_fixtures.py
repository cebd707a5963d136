"""Runs all fixtures of rules; ``fixtures/README.md`` says how they are written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.registry import load
from fastapi_lint.testing import Case, Check, CheckSkipped, Kind, Suite, checks, fix_files
from fastapi_lint.testing.kinds import Variant
from fastapi_lint.testing.renames import aliased
from fastapi_lint.testing.variants import NotApplicable, in_latin_1, with_bom, with_crlf, with_tabs

SUITE = Suite(Path(__file__).parent.parent / "fixtures" / "rules", fixer=fix_files)

WITHOUT_FIXTURES = {"FAL000"}
"""Rules whose findings no fixture can bring about: an internal error is a fault of ours."""


@pytest.fixture(scope="module", autouse=True)
def run_together_only_what_was_asked_for(request: pytest.FixtureRequest) -> None:
    """``-k FAL121`` does not wait for the cases of all other rules."""
    wanted = [item.callspec.params.get("check") for item in request.session.items if hasattr(item, "callspec")]
    SUITE.limit({check.place for check in wanted if isinstance(check, Check)})


@pytest.mark.parametrize("check", checks(SUITE), ids=str)
def test_fixture(check: Check) -> None:
    try:
        check.run()
    except CheckSkipped as reason:
        pytest.skip(str(reason))


WITH_FIXTURES = [rule for rule in load() if rule.code not in WITHOUT_FIXTURES]


@pytest.mark.parametrize("rule", WITH_FIXTURES, ids=lambda rule: rule.code)
def test_every_rule_has_fixtures_for_findings_and_near_misses(rule: type[Rule]) -> None:
    places = [place for place in SUITE.places if place.code == rule.code]
    kinds = {
        expectation.kind
        for place in places
        for expectation in SUITE.case(place).expectations
        if expectation.code == rule.code
    }
    assert places, f"there is no case in fixtures/rules/{rule.code}-{rule.name}"
    assert Kind.ERROR in kinds, "no case announces a finding of the rule"
    assert Kind.OK in kinds, "no case has a near miss of the rule"


@pytest.mark.parametrize("rule", [rule for rule in WITH_FIXTURES if rule.code > "FAL1"], ids=lambda rule: rule.code)
def test_every_rule_finds_something_whatever_the_names_of_imports(rule: type[Rule]) -> None:
    """So that the checks of renamed imports are not all skipped."""
    cases = [SUITE.case(place) for place in SUITE.places if place.code == rule.code]
    assert any(_announces(case, rule) and _can_be_renamed(case) for case in cases), (
        "no case that announces a finding of the rule imports from a library what could be imported another way"
    )


@pytest.mark.parametrize("rule", [rule for rule in load() if rule.fix != "none"], ids=lambda rule: rule.code)
def test_fixes_of_every_rule_are_checked_in_other_line_ends_encodings_and_indentations(rule: type[Rule]) -> None:
    fixed = [SUITE.case(place).fixed for place in SUITE.places if place.code == rule.code]
    for write in (with_crlf, with_bom, in_latin_1, with_tabs):
        assert any(_has_variant(write, {path: data}) for texts in fixed for path, data in texts.items()), write.__name__


def _has_variant(write: Variant, files: Mapping[str, bytes]) -> bool:
    try:
        write(files)
    except NotApplicable:
        return False
    return True


def _announces(case: Case, rule: type[Rule]) -> bool:
    return any(one.kind is Kind.ERROR and one.code == rule.code for one in case.expectations)


def _can_be_renamed(case: Case) -> bool:
    return _has_variant(aliased, case.files)
