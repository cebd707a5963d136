"""Calls the rules: hook by hook, object by object; a rule that fails does not stop the others."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.engine.phases import Phases
from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.metadata import overridden_hooks
from fastapi_lint.rules.registry import Registry

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.text.location import Location


@dataclass(slots=True)
class RuleFailure:
    """A rule that raised: on what first, with which traceback, and how often in all."""

    rule: Rule
    object: Any
    error: Exception
    traceback: str
    count: int = 1


def make_rules(
    registry: Registry, codes: frozenset[str], options: Mapping[str, Mapping[str, object]]
) -> tuple[Rule, ...]:
    """The rules with these codes, each with its options, in the order of their codes."""
    return tuple(entry.load()(options.get(entry.name)) for entry in registry.entries if entry.code in codes)


def run_rules(rules: Sequence[Rule], project: Project, phases: Phases) -> tuple[list[Diagnostic], list[RuleFailure]]:
    """The findings of the rules, unsorted, and the rules that failed; ``phases`` gets the time of each."""
    found: list[Diagnostic] = []
    failures: dict[str, RuleFailure] = {}
    heard: dict[tuple[str, Location], Any] = {}
    subjects: set[tuple[str, Location, str]] = set()
    for hook, objects in _objects_by_hook(project).items():
        concerned = [rule for rule in rules if hook in overridden_hooks(type(rule))]
        if not concerned:
            continue
        calls: list[tuple[Rule, Callable[..., Iterable[Diagnostic]]]]
        calls = [(rule, getattr(rule, hook)) for rule in concerned]
        for arguments in objects():
            for rule, call in calls:
                start = time.perf_counter()
                try:
                    for diagnostic in call(*arguments, project):
                        # one registration may serve several routes: a router included twice says a thing once
                        said = (diagnostic.code, diagnostic.location)
                        if hook == "check_route" and heard.setdefault(said, arguments[0]) is not arguments[0]:
                            continue
                        # a factory makes a function several times: what is wrong in it is said once
                        if diagnostic.subject:
                            if (*said, diagnostic.subject) in subjects:
                                continue
                            subjects.add((*said, diagnostic.subject))
                        found.append(diagnostic)
                except Exception as error:
                    failure = failures.get(rule.code)
                    if failure is None:
                        subject = arguments[0] if arguments else project
                        failures[rule.code] = RuleFailure(rule, subject, error, traceback.format_exc())
                    else:
                        failure.count += 1
                phases.add_rule(rule.code, time.perf_counter() - start)
    return found, list(failures.values())


def _objects_by_hook(project: Project) -> dict[str, Callable[[], Iterable[tuple[Any, ...]]]]:
    """What each hook is called with, before the project itself; asked for only when a rule has the hook."""

    def each(objects: Iterable[Any]) -> Iterable[tuple[Any, ...]]:
        return ((item,) for item in objects)

    return {
        "check_project": lambda: [()],
        "check_app": lambda: each(project.apps),
        "check_route": lambda: each(project.routes),
        "check_dependency": lambda: each(project.dependencies),
        "check_schema": lambda: each(project.schemas),
        "check_orm_model": lambda: each(project.orm_models),
        "check_function": lambda: each(project.functions),
        "check_module": lambda: each(project.modules),
    }
