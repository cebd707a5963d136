"""The cases below a folder, read and run once each, alone or many together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from pathlib import Path

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.rules.registry import Registry, load
from fastapi_lint.testing.cases import Case, CaseError, CasePath, find_cases, read_case
from fastapi_lint.testing.expectations import ExpectationError
from fastapi_lint.testing.running import Found, Linter, RunError

Fixer = Callable[[Mapping[str, bytes]], Mapping[str, bytes]]
"""Applies all fixes, unsafe ones too, to the files of a project that has its configuration among them."""

_TOGETHER = 200
"""So many cases make one project when many are run together; each rule of one runs on all the others, for nothing."""


class Suite:
    """The cases below a folder.

    Args:
        folder: holds a folder for each rule.
        registry: the rules that selectors and expectations may name; by default the linter's own.
        fixer: applies fixes; without one, fixes cannot be checked.
        linter: what is checked; by default the engine and the flake8 plugin.

    Attributes:
        places: where the cases are, in order.
        linter: as given.
        fixer: as given.

    Raises:
        CaseError: a folder is not named after a rule.
    """

    def __init__(
        self,
        folder: Path,
        *,
        registry: Registry | None = None,
        fixer: Fixer | None = None,
        linter: Linter | None = None,
    ) -> None:
        self.places = tuple(find_cases(folder))
        self.linter = linter or Linter()
        self.fixer = fixer
        self._rules = load() if registry is None else registry
        self._batch: Collection[CasePath] = self.places
        self.case = lru_cache(maxsize=None)(self._case)
        self.findings = lru_cache(maxsize=None)(self._findings)
        self._together = lru_cache(maxsize=None)(self._run_together)
        self._flake8 = lru_cache(maxsize=None)(self._run_flake8)

    def limit(self, places: Collection[CasePath]) -> None:
        """Run no cases but these when many are run together: those that somebody will ask for."""
        self._batch = frozenset(places)

    def is_fixed(self, place: CasePath) -> bool:
        """Whether fixes are checked in the case at ``place``: it says what comes of them, or its rule has some."""
        rule = self._rules.find(place.code)
        return place.has_fix() or (rule is not None and rule.fix != "none")

    def findings_together(self, place: CasePath, jobs: int) -> tuple[Diagnostic, ...]:
        """The findings in the case at ``place`` when it is a folder of one large project, with ``jobs`` workers."""
        return self._together(jobs)[place]

    def findings_by_flake8(self, place: CasePath) -> list[Found]:
        """The findings in the case at ``place`` as flake8 reports them.

        Raises:
            RunError: flake8 cannot be run.
        """
        results = self._flake8()
        if isinstance(results, RunError):
            raise results
        return results[place]

    def _case(self, place: CasePath) -> Case:
        """The case at ``place``.

        Raises:
            CaseError, ExpectationError: it cannot be read.
        """
        return read_case(place, self._rules)

    def _findings(self, place: CasePath) -> tuple[Diagnostic, ...]:
        """The findings in the case at ``place``."""
        return self.linter.check(self.case(place).files).found

    def _readable(self) -> list[Case]:
        """The cases to run together: those that can be read."""
        found: list[Case] = []
        for place in self.places:
            if place in self._batch:
                try:
                    found.append(self.case(place))
                except (CaseError, ExpectationError):
                    continue
        return found

    def _run_together(self, jobs: int) -> dict[CasePath, tuple[Diagnostic, ...]]:
        found: dict[CasePath, tuple[Diagnostic, ...]] = {}
        remaining = self._readable()
        while remaining:
            cases, remaining = remaining[:_TOGETHER], remaining[_TOGETHER:]
            codes = frozenset(code for case in cases for code in case.codes)
            results = self.linter.check_together([case.files for case in cases], codes, jobs)
            found.update(zip((case.place for case in cases), results))
        return found

    def _run_flake8(self) -> dict[CasePath, list[Found]] | RunError:
        """The findings by flake8, or why there are none: a failure is remembered like a result."""
        cases = self._readable()
        try:
            results = self.linter.check_by_flake8([case.files for case in cases])
        except RunError as error:
            return error
        return {case.place: found for case, found in zip(cases, results)}
