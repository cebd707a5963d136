"""Runs that fix what they find: rounds of choosing fixes, making them in memory and checking again, until none is left.

Nothing is written before the end, so that each file has its old content or the fixed one, and none between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from fastapi_lint.config.files import shown
from fastapi_lint.diagnostics import Diagnostic, Edit
from fastapi_lint.engine.analysis import Analyser
from fastapi_lint.engine.fix_choice import Candidate, Chosen, choose
from fastapi_lint.engine.fix_files import Unfixable, bytes_to_fix, edited, tied_to, write_fixed
from fastapi_lint.engine.results import ProjectResult, Result
from fastapi_lint.engine.run import Request, run
from fastapi_lint.text.location import Stretch

MAX_ROUNDS = 10
"""So many times findings are fixed that only showed when others were."""


@dataclass(slots=True)
class Fixed:
    """What came of it.

    Attributes:
        before: what the files held that are changed, by absolute path.
        after: what they hold then.
        findings: those that were fixed.
        problems: what could not be fixed, and why.
    """

    before: dict[Path, bytes] = field(default_factory=dict)
    after: dict[Path, bytes] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def run_and_fix(request: Request, *, unsafe: bool = False, write: bool = True) -> tuple[Result, Fixed]:
    """Checks what was asked for, and fixes it.

    Args:
        request: what the user asks for.
        unsafe: whether fixes are made that may change what the application does.
        write: whether files are changed; what stands in for a file never is.

    Returns:
        What is left, and what was fixed.

    Raises:
        UsageError, ConfigurationError: as :func:`run`.
    """
    session = _Session(request, unsafe)
    result = session.fix()
    fixed = session.fixed()
    if write and request.overlay is None and fixed.after:
        failed = write_fixed(fixed.after, fixed.before, [candidate.files for candidate in session.made])
        if failed:
            for file, reason in failed.items():
                fixed.problems.append(_problem(shown(file), reason))
                del fixed.before[file], fixed.after[file]
            fixed.findings = [one.diagnostic for one in session.made if one.files.isdisjoint(failed)]
            result = run(request)
    return result, fixed


class _Session:
    """The rounds.

    Attributes:
        made: the findings that were fixed.
    """

    def __init__(self, request: Request, unsafe: bool) -> None:
        self._request, self._unsafe = request, unsafe
        self._before: dict[Path, bytes] = {}
        self._after: dict[Path, bytes] = {}
        self._refused: dict[Path, str] = {}
        self._given_up: dict[tuple[Path, str, str], str] = {}
        self._failed_once: set[tuple[Path, str, str]] = set()
        self._waiting: set[tuple[Path, str, str]] = set()  # of those, until all else is fixed
        self.made: list[Candidate] = []

    def fix(self) -> Result:
        """Fixes all that can be; returns what is left."""
        result = run(self._request)
        for _ in range(MAX_ROUNDS):
            chosen, texts = self._make(result)
            if not texts and self._waiting:
                self._waiting.clear()
                chosen, texts = self._make(result)
            if not texts:
                break
            following = self._run({**self._after, **texts})
            undone = self._undone(chosen, result, following)
            if undone:
                texts = {file: data for file, data in texts.items() if file not in undone}
                following = self._run({**self._after, **texts})
            self._after.update(texts)
            self.made += [candidate for candidate in chosen.candidates if candidate.files.isdisjoint(undone)]
            result = following
        else:
            self._waiting.clear()
            for candidate in self._candidates(result):
                self._given_up[candidate.key] = f"its fixes come to no end in {MAX_ROUNDS} rounds"
        return result

    def fixed(self) -> Fixed:
        """What came of it."""
        after = {file: data for file, data in sorted(self._after.items()) if data != self._before[file]}
        problems = [_problem(shown(file), reason) for file, reason in self._refused.items()]
        given_up = {(file, code): reason for (file, code, _), reason in self._given_up.items()}
        problems += [_problem(f"{code} in {shown(file)}", reason) for (file, code), reason in given_up.items()]
        findings = [candidate.diagnostic for candidate in self.made]
        return Fixed({file: self._before[file] for file in after}, after, findings, problems)

    def _run(self, texts: Mapping[Path, bytes]) -> Result:
        return run(replace(self._request, edited=texts))

    def _make(self, result: Result) -> tuple[Chosen, dict[Path, bytes]]:
        """Chooses fixes that fit together; returns them and the texts that they make."""
        projects = {project.root: project for project in result.projects}

        def statement_of(candidate: Candidate, edit: Edit) -> Stretch:
            project = projects[candidate.root]
            return project.layouts.of(edit.path).head(project.sources.position(edit.path, edit.start).line)

        while True:
            chosen = choose(self._candidates(result), statement_of)
            texts: dict[Path, bytes] = {}
            refused = len(self._refused)
            for file, edits in chosen.edits.items():
                try:
                    texts[file] = edited(self._text(file), edits)
                except Unfixable as reason:
                    self._refused[file] = str(reason)
            if len(self._refused) == refused:
                return chosen, texts

    def _candidates(self, result: Result) -> Iterator[Candidate]:
        """The findings that can be fixed."""
        for project in result.projects:
            for diagnostic in project.diagnostics:
                fix = diagnostic.fix
                if fix is None or not (fix.safe or self._unsafe):
                    continue
                paths = {edit.path for edit in fix.edits}
                candidate = Candidate(diagnostic, project.root)
                if candidate.key in (self._given_up.keys() | self._waiting) or not paths <= project.wanted:
                    continue
                if all([self._may_change(project, path) for path in sorted(paths)]):
                    yield candidate

    def _may_change(self, project: ProjectResult, path: str) -> bool:
        """Whether fixes may change a file; remembers what it held, or why not."""
        file = project.root / path
        if file not in self._before and file not in self._refused:
            try:
                self._before[file] = bytes_to_fix(file, project.contents[path])
            except Unfixable as reason:
                self._refused[file] = str(reason)
        return file not in self._refused

    def _undone(self, chosen: Chosen, before: Result, after: Result) -> set[Path]:
        """The files whose fixes made matters worse: there is a syntax error, or a finding that was fixed is there
        still. What did so is not tried again; a finding that is there still only once more, when all else is fixed: a
        fix beside its own may have changed what it was about. Another finding of the same rule may only show when one
        is fixed."""
        broken = {project.root / path for project in after.projects for path in project.faults}
        was, now = _findings(before), _findings(after)
        suspects = [candidate for candidate in chosen.candidates if not candidate.files.isdisjoint(broken)]
        guilty = list(filter(self._breaks, suspects)) or suspects
        self._given_up.update((candidate.key, "the fix would leave what is no Python") for candidate in guilty)
        rest = [candidate for candidate in chosen.candidates if candidate not in suspects]
        left = now - (was - Counter(candidate.key for candidate in rest))
        idle = [candidate for candidate in rest if left[candidate.key]]
        again = {candidate.key for candidate in idle}
        self._given_up.update((key, "the fix would leave its finding") for key in again & self._failed_once)
        self._waiting |= again - self._failed_once
        self._failed_once |= again
        undone = {file for candidate in (*suspects, *idle) for file in candidate.files}
        return tied_to(undone, [candidate.files for candidate in chosen.candidates])

    def _breaks(self, candidate: Candidate) -> bool:
        """Whether a fix alone leaves what can't be analysed."""
        alone, analyser = choose([candidate], lambda candidate, edit: (0, 0)), Analyser()
        texts = {file: edited(self._text(file), edits) for file, edits in alone.edits.items()}
        return any(analyser.analyse(file.name, data).fault is not None for file, data in texts.items())

    def _text(self, file: Path) -> bytes:
        return self._after.get(file, self._before[file])


def _findings(result: Result) -> Counter[tuple[Path, str, str]]:
    """What was found, and how often."""
    return Counter(
        Candidate(diagnostic, project.root).key for project in result.projects for diagnostic in project.diagnostics
    )


def _problem(what: str, reason: str) -> str:
    return f"{what} is not fixed: {reason}."
