"""What is checked of each case: that it finds what it announces, and what follows from that without further words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.rules.registry import WITHOUT_FACTS
from fastapi_lint.testing.cases import Case, CaseError, CasePath, is_python
from fastapi_lint.testing.compare import View, by_line, changed, changed_text, differences, exactly
from fastapi_lint.testing.expectations import ExpectationError
from fastapi_lint.testing.renames import aliased, qualified
from fastapi_lint.testing.running import RunError
from fastapi_lint.testing.suite import Suite
from fastapi_lint.testing.variants import (
    NotApplicable,
    in_latin_1,
    python_text,
    with_bom,
    with_crlf,
    with_noqa,
    with_tabs,
)

Variant = Callable[[Mapping[str, bytes]], dict[str, bytes]]
"""Writes the files of a case another way."""


class FixtureFailure(AssertionError):
    """A check that failed; the message tells the differences."""


class CheckSkipped(Exception):
    """A check that a case cannot have; the message says why."""


@dataclass(frozen=True)
class Check:
    """One check of one case; its text is ``FAL121-shadowed-route/name.py:kind``."""

    suite: Suite
    place: CasePath
    kind: str

    def run(self) -> None:
        """Run it.

        Raises:
            FixtureFailure: it failed.
            CheckSkipped: the case cannot have it.
        """
        try:
            case = self.suite.case(self.place)
        except (CaseError, ExpectationError) as error:
            if self.kind == "findings":
                raise FixtureFailure(str(error)) from None
            raise CheckSkipped("the case cannot be read, which its check of findings tells") from None
        try:
            told = KINDS[self.kind](self.suite, case)
        except NotApplicable as reason:
            raise CheckSkipped(str(reason)) from None
        except RunError as error:
            raise FixtureFailure(str(error)) from None
        if told:
            raise FixtureFailure("\n".join([f"{self}:", *told]))

    def __str__(self) -> str:
        return f"{self.place.id}:{self.kind}"


def checks(suite: Suite) -> list[Check]:
    """All checks of all cases of ``suite``, in order."""
    return [
        Check(suite, place, kind)
        for place in suite.places
        for kind in KINDS
        if (suite.is_fixed(place) if kind.startswith("fix") else kind != "one-by-one" or place.has_modules())
    ]


def _findings(suite: Suite, case: Case) -> list[str]:
    """The findings are those that the case announces."""
    return differences(case, suite.findings(case.place))


def _noqa(suite: Suite, case: Case) -> list[str]:
    """A noqa comment on each line with a finding silences it."""
    before = suite.findings(case.place)
    files = dict(case.files)
    silenced: set[tuple[str, int]] = set()
    for path, data in case.files.items():
        codes: dict[int, set[str]] = {}
        for diagnostic in before:
            if diagnostic.location.path == path and diagnostic.code not in WITHOUT_FACTS:
                codes.setdefault(diagnostic.location.line, set()).add(diagnostic.code)
        text = python_text(data) if is_python(path) else None
        if codes and text is not None:
            new, lines = with_noqa(text, codes)
            files[path] = new.encode()
            silenced.update((path, line) for line in lines)
    if not silenced:
        raise NotApplicable("no finding stands where a noqa comment could be added")
    left = [one for one in before if (one.location.path, one.location.line) not in silenced]
    return changed(case, by_line(left), by_line(suite.linter.check(files).found))


def _variant(write: Variant, view: Callable[[Iterable[Diagnostic]], list[View]]) -> Callable[[Suite, Case], list[str]]:
    """The check that a variant of the case has the same findings, as ``view`` sees them."""

    def run(suite: Suite, case: Case) -> list[str]:
        files = write(case.files)
        return changed(case, view(suite.findings(case.place)), view(suite.linter.check(files).found))

    return run


def _cache(suite: Suite, case: Case) -> list[str]:
    """The findings are the same without cache, while it is written, when all facts come from it, and when nothing has
    changed."""
    found = suite.findings(case.place)
    before, secret = exactly(found), any(diagnostic.redact for diagnostic in found)
    cold, warm, again = suite.linter.check_again(case.files)
    runs = (cold, warm, again)
    told = list(dict.fromkeys(line for run in runs for line in changed(case, before, exactly(run.found))))
    if cold.cached or not (warm.cached or secret):  # files with secrets are not kept
        told.append(f"of {warm.files} files, the cold run took {cold.cached} from the cache, the warm {warm.cached}")
    return told


def _one_by_one(suite: Suite, case: Case) -> list[str]:
    """The findings are the same when each file is checked alone, as an editor does."""
    expected = [one for one in suite.findings(case.place) if is_python(one.location.path)]
    return changed(case, exactly(expected), exactly(suite.linter.check_one_by_one(case.files)))


def _jobs(suite: Suite, case: Case) -> list[str]:
    """The findings are the same with and without worker processes."""
    alone = suite.findings_together(case.place, 1)
    return changed(case, exactly(alone), exactly(suite.findings_together(case.place, 2)))


def _flake8(suite: Suite, case: Case) -> list[str]:
    """flake8 reports the same findings in Python files that it can read itself."""
    before = suite.findings(case.place)
    broken = {one.location.path for one in before if one.code in WITHOUT_FACTS}
    seen = [path for path in case.files if is_python(path) and path not in broken]
    if not seen:
        raise NotApplicable("flake8 gives files that it cannot parse to no plugin")
    expected = [found for found in exactly(before) if found[0] in seen]
    return changed(case, expected, [found for found in suite.findings_by_flake8(case.place) if found[0] in seen])


def _fix(suite: Suite, case: Case) -> list[str]:
    """The fixes give the text that the case says, the text as it is where it says none."""
    return _unlike(suite, case, case.files, {**case.files, **case.fixed})


def _fix_again(suite: Suite, case: Case) -> list[str]:
    """Fixing what is fixed changes nothing."""
    fixed = {**case.files, **case.fixed}
    return _unlike(suite, case, fixed, fixed)


def _fix_variant(write: Variant) -> Callable[[Suite, Case], list[str]]:
    """The check that a variant of the case becomes that variant of the fixed text."""

    def run(suite: Suite, case: Case) -> list[str]:
        return _unlike(suite, case, write(case.files), write({**case.files, **case.fixed}))

    return run


def _unlike(suite: Suite, case: Case, files: Mapping[str, bytes], wanted: Mapping[str, bytes]) -> list[str]:
    """How the files after fixing differ from those that are wanted."""
    if suite.fixer is None:
        raise NotApplicable("there is no machinery that applies fixes")
    after = suite.fixer(files)
    return [
        line
        for path, data in wanted.items()
        if after.get(path) != data
        for line in changed_text(case.shown(path), data, after.get(path, b""))
    ]


KINDS: dict[str, Callable[[Suite, Case], list[str]]] = {
    "findings": _findings,
    "noqa": _noqa,
    "crlf": _variant(with_crlf, exactly),
    "bom": _variant(with_bom, exactly),
    "aliased": _variant(aliased, by_line),
    "qualified": _variant(qualified, by_line),
    "cache": _cache,
    "one-by-one": _one_by_one,
    "jobs": _jobs,
    "flake8": _flake8,
    "fix": _fix,
    "fix-again": _fix_again,
    "fix-crlf": _fix_variant(lambda files: with_bom(with_crlf(files))),
    "fix-latin-1": _fix_variant(in_latin_1),
    "fix-tabs": _fix_variant(with_tabs),
}
"""The kinds of checks; each gives what differs, a line each."""
