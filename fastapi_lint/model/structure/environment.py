"""The environment: where it is read while requests are served, in a project that has settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import walk
from fastapi_lint.model.concurrency.request_path import Reach
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Module
from fastapi_lint.model.interpreter.bodies import Bodies
from fastapi_lint.model.knowledge.constants import TEST_CLASS
from fastapi_lint.model.knowledge.environment import FOREIGN_VARIABLES, READERS
from fastapi_lint.model.knowledge.pydantic import SETTINGS_BASES
from fastapi_lint.model.values import Site, text_of

LEAST_FIELDS = 5
"""A class with fewer fields hardly holds the settings of a whole application, unless its name says so."""
_WHOLE = frozenset({"Settings", "AppSettings", "Config", "AppConfig", "Configuration"})
MAX_CALLS = 5
"""What is called further away than this is hardly the project's own configuration."""


def settings_classes(classes: list[ClassDefinition]) -> list[ClassDefinition]:
    """The settings of a project, those with the most fields first: its classes that read the environment by themselves;
    nothing where each serves some special purpose. Tests are left out."""
    found = [cls for cls in _settings_of_any_size(classes) if not TEST_CLASS.match(cls.name)]
    found.sort(key=_number_of_fields, reverse=True)
    is_whole = any(cls.name in _WHOLE or _number_of_fields(cls) >= LEAST_FIELDS for cls in found)
    return found if is_whole else []


def settings_lineage(classes: list[ClassDefinition]) -> frozenset[ClassDefinition]:
    """The classes that read the environment by themselves, and those of which they are made."""
    return frozenset(entry for cls in _settings_of_any_size(classes) for entry in cls.project_lineage)


def _settings_of_any_size(classes: list[ClassDefinition]) -> Iterator[ClassDefinition]:
    return (cls for cls in classes if cls.derives_from(*SETTINGS_BASES) and not cls.module.is_test)


def _number_of_fields(cls: ClassDefinition) -> int:
    return sum(len(entry.declared) for entry in cls.project_lineage)


def environment_reads(
    reached: Mapping[FunctionDefinition, Reach],
    bodies: Bodies,
    settings: list[ClassDefinition],
    source_roots: tuple[str, ...],
) -> Iterator[tuple[Reach, str, Site]]:
    """The reads of named variables of the environment on the request path, outside the packages that hold settings
    and what these call, each with the way there; those that the platform or a library sets are left out.

    Args:
        reached: the functions that run for requests.
        bodies: what happens in functions.
        settings: the settings of the project.
        source_roots: where the packages of its distributions lie; one without settings is left alone.
    """
    packages = {cls.module.folder for cls in settings}
    own = settings_lineage(settings)
    distributions = {_distribution(cls.module, source_roots) for cls in settings}
    for function, reach in reached.items():
        module = function.module
        if module.is_test or module.folder in packages or "os" not in module.facts.imports:
            continue
        if any(step.owner in own for _, step in reach.steps):
            continue  # it reads on behalf of the settings
        if len(reach.steps) <= MAX_CALLS and _distribution(module, source_roots) in distributions:
            for name, site in sorted(_reads(function, bodies), key=lambda read: read[1].start):
                if not FOREIGN_VARIABLES.match(name):
                    yield reach, name, site


def _distribution(module: Module, source_roots: tuple[str, ...]) -> str:
    """The deepest source root that a module lies in."""
    around = [root for root in source_roots if not root or module.path.startswith(f"{root}/")]
    return max(around, key=len, default="")


def _reads(function: FunctionDefinition, bodies: Bodies) -> Iterator[tuple[str, Site]]:
    if not function.fact.body.may_hold("getenv", "environ"):
        return
    for event in bodies.of(function).calls:
        name = text_of(event.arguments.get("key", 0))
        if event.names and READERS.issuperset(event.names) and name is not None:
            yield name, event.site
    assigned = {
        target
        for node in walk(function.fact.body)
        if isinstance(node, (st.Assign, st.Delete))
        for target in node.targets
    }
    for node in walk(function.fact.body):
        if isinstance(node, ex.Subscript) and node not in assigned and _is_environment(node.value):
            if isinstance(node.index, ex.Constant) and isinstance(node.index.value, str):
                yield node.index.value, Site(function.module, node.start, node.end)


def _is_environment(node: ex.Expression) -> bool:
    """Whether an expression is ``os.environ``."""
    return isinstance(node, ex.Attribute) and node.attr == "environ" and isinstance(node.value, ex.Name)
