"""The check of one project: what the last runs have answered to the same question, else by linking it and running the
rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi_lint import __version__
from fastapi_lint.config.configuration import Configuration
from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.engine.answers import Answer, Answers, question_of
from fastapi_lint.engine.cache import FactsCache
from fastapi_lint.engine.discovery import Found
from fastapi_lint.engine.files import Content, Contents, KnownFacts, analyse_files
from fastapi_lint.engine.findings import failure_finding, fault_finding, link_finding, reported
from fastapi_lint.engine.phases import Phases
from fastapi_lint.engine.scheduling import RuleFailure, make_rules, run_rules
from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.engine.stale import OwnFile, stale_settings
from fastapi_lint.engine.store import cache_file, digest
from fastapi_lint.facts import codec
from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.model.settings import ModelSettings
from fastapi_lint.rules.engine.stale_setting import StaleSetting
from fastapi_lint.rules.registry import Registry
from fastapi_lint.text.source import Source

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

_PACKAGE = Path(__file__).parents[1]
_INSTALLED = ("site-packages", "dist-packages")
_MAKERS_OF_FACTS = ("text", "syntax", "facts")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is asked about a project.

    Attributes:
        root: its folder.
        found: its files.
        contents: what they hold.
        configuration: the options in force.
        settings: what the model is told.
        registry: of all rules.
        enabled: the codes of the rules that the user wants; none: only the model is wanted.
        own_file: the configuration file that is checked, too.
        sources: the lines of files.
        noqa: whether flake8's comments count.
        jobs: how many files are analysed at a time.
        caching: whether something is kept between runs.
        cache_dir: where, if not in the project.
    """

    root: Path
    found: Found
    contents: Contents
    configuration: Configuration
    settings: ModelSettings
    registry: Registry
    enabled: frozenset[str]
    own_file: OwnFile | None
    sources: SourceLines
    noqa: bool
    jobs: int | None
    caching: bool
    cache_dir: Path | None

    def kept(self, kind: str) -> Path | None:
        """The file in which something is kept between runs, or None."""
        return cache_file(self.root, self.cache_dir, kind) if self.caching else None

    def facts_cache(self) -> FactsCache:
        """The facts of the last run."""
        return FactsCache(self.kept("facts"), _own_version(*_MAKERS_OF_FACTS), _parser_version)

    @property
    def wanted(self) -> set[str]:
        """The files that findings may be in."""
        own = self.own_file
        return self.found.wanted if own is None else {*self.found.wanted, own.path.name}

    def question(self) -> str | None:
        """What names this inquiry among those that may be answered otherwise; None where no answer is kept."""
        if not self.enabled or not self.caching:
            return None
        configuration, own = self.configuration, self.own_file
        return question_of(
            self.contents,
            self.settings,
            sorted(self.wanted),
            self.enabled,
            configuration.rules,
            configuration.severities,
            configuration.per_file_ignores,
            configuration.require_reason,
            own and [own.path.name, digest(own.path.read_bytes())],
            self.noqa,
        )


@dataclass(slots=True)
class Checked:
    """What came of an inquiry.

    Attributes:
        answer: what is reported.
        facts: of the files, as far as they could be analysed.
        cached: how many files were known from the last run.
        project: the model; None when it could not be built, or was not needed.
        tracebacks: of rules that failed, for those who want to mend them.
        warnings: about what is kept between runs.
    """

    answer: Answer
    facts: Mapping[str, ModuleFacts]
    cached: int
    project: Project | None = None
    tracebacks: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def check(inquiry: Inquiry, phases: Phases) -> Checked:
    """Answers an inquiry; ``phases`` gets the time spent."""
    question = inquiry.question()
    if question is None:
        return _checked(inquiry, phases)
    answers = Answers(inquiry.kept("answers"), _own_version(), _parser_version)
    answer = answers.get(question)
    if answer is not None:
        return Checked(answer, KnownFacts(inquiry.contents, inquiry.facts_cache), len(inquiry.contents))
    checked = _checked(inquiry, phases)
    if checked.project is not None and not checked.tracebacks:
        answers.put(question, checked.answer)
    if answers.warning is not None and not checked.warnings:
        checked.warnings.append(answers.warning)
    return checked


def _checked(inquiry: Inquiry, phases: Phases) -> Checked:
    """Links the project and runs the rules."""
    cache = inquiry.facts_cache()
    analysed = analyse_files(inquiry.contents, cache, inquiry.jobs, phases)
    findings = [fault_finding(path, fault) for path, fault in analysed.faults.items()]
    tracebacks: list[str] = []
    project, ran = None, frozenset[str]()
    try:
        with phases.measure("link"):
            project = _link(analysed.facts, inquiry)
    except Exception as error:
        findings.append(link_finding(error))
        tracebacks.append(_traceback())
    with phases.measure("rules"):
        if project is not None:
            more, failures = _run_rules(inquiry, project, phases)
            findings += [*more, *map(failure_finding, failures)]
            tracebacks += [failure.traceback for failure in failures]
            ran = inquiry.enabled - {failure.rule.code for failure in failures}
        diagnostics, silenced = reported(
            findings,
            facts=analysed.facts,
            wanted=inquiry.wanted,
            enabled=inquiry.enabled,
            ran=ran,
            configuration=inquiry.configuration,
            registry=inquiry.registry,
            sources=inquiry.sources,
            noqa=inquiry.noqa,
        )
    hidden_places = [diagnostic.location for diagnostic in findings if diagnostic.redact]
    for path in {location.path for location in hidden_places}:  # facts hold the texts of a file, its secrets too
        content = inquiry.contents.get(path)
        if isinstance(content, Content):
            cache.withhold(content.key)
    cache.save()
    lines = sum(len(facts.line_starts) for facts in analysed.facts.values())
    return Checked(
        Answer(diagnostics, silenced, hidden_places, ran, lines, analysed.faults),
        analysed.facts,
        analysed.cached,
        project,
        tracebacks,
        [cache.warning] if cache.warning is not None else [],
    )


def _run_rules(inquiry: Inquiry, project: Project, phases: Phases) -> tuple[list[Diagnostic], list[RuleFailure]]:
    """What the rules find, and those that failed."""
    rules = make_rules(inquiry.registry, inquiry.enabled, inquiry.configuration.rules)
    findings, failures = run_rules(rules, project, phases)
    if inquiry.own_file is not None:
        try:
            findings += stale_settings(inquiry.own_file, inquiry.root, project, inquiry.found.files)
        except Exception as error:
            failures.append(RuleFailure(StaleSetting(), project, error, _traceback()))
    return findings, failures


def _link(facts: Mapping[str, ModuleFacts], inquiry: Inquiry) -> Project:
    from fastapi_lint.model.project import link

    def source_of(path: str) -> Source | None:
        content = inquiry.contents.get(path)
        return Source.from_bytes(content.data, path) if isinstance(content, Content) else None

    wanted = None if inquiry.found.wanted.issuperset(facts) else inquiry.found.wanted
    return link(facts, inquiry.settings, source_of, wanted)


@cache
def _own_version(*parts: str) -> str:
    """What decides what the linter says: its release or, where its sources may change under the same release, they; all
    of them, or these parts."""
    version = f"{__version__}/{codec.FORMAT}"
    if _PACKAGE.parent.name in _INSTALLED:
        return version
    folders = [_PACKAGE / part for part in parts] or [_PACKAGE]
    sources = sorted(source for folder in folders for source in folder.rglob("*.py"))
    return f"{version}/{digest(b''.join(source.read_bytes() for source in sources))}"


def _parser_version() -> str:
    """What decides whether a file parses."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("libcst")
    except PackageNotFoundError:
        return "unknown"


def _traceback() -> str:
    import traceback

    return traceback.format_exc()
