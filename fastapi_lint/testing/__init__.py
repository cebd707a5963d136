"""Layer 7: the fixture runner for rules.

A test module runs all fixtures so:

    from fastapi_lint.testing import CheckSkipped, Suite, checks, fix_files

    @pytest.mark.parametrize("check", checks(Suite(Path("fixtures/rules"), fixer=fix_files)), ids=str)
    def test_fixture(check):
        try:
            check.run()
        except CheckSkipped as reason:
            pytest.skip(str(reason))
"""

from fastapi_lint.testing.cases import Case, CaseError, CasePath
from fastapi_lint.testing.expectations import Expectation, ExpectationError, Kind
from fastapi_lint.testing.kinds import KINDS, Check, CheckSkipped, FixtureFailure, checks
from fastapi_lint.testing.running import Checked, Linter, RunError, check_folder, fix_files, project_of
from fastapi_lint.testing.suite import Fixer, Suite

__all__ = [
    "KINDS",
    "Case",
    "CaseError",
    "CasePath",
    "Check",
    "CheckSkipped",
    "Checked",
    "Expectation",
    "ExpectationError",
    "FixtureFailure",
    "Fixer",
    "Kind",
    "Linter",
    "RunError",
    "Suite",
    "check_folder",
    "checks",
    "fix_files",
    "project_of",
]
