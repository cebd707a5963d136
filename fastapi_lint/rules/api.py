"""What a rule is made of: metadata, options, messages and typed hooks.

A rule is one class in one module of a group's folder. It overrides the hooks it needs; each hook gets a model object
and the project, and yields diagnostics made by :meth:`Rule.finding`. Rules ask the model, they never walk source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from fastapi_lint.diagnostics import Confidence, Diagnostic, Fix, Related, Severity

if TYPE_CHECKING:
    from fastapi_lint.model.definitions import FunctionDefinition, Module
    from fastapi_lint.model.orm.models import OrmModel
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.apps import App
    from fastapi_lint.model.routing.routes import Route
    from fastapi_lint.model.schemas.schemas import Schema
    from fastapi_lint.text.location import Location

Findings = Iterable[Diagnostic]

HOOKS = (
    "check_project",
    "check_app",
    "check_route",
    "check_dependency",
    "check_schema",
    "check_orm_model",
    "check_function",
    "check_module",
)
"""The names of all hooks, in the order in which the engine calls them."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a rule, set in ``[tool.fastapi-lint.rules.<rule-name>]``.

    ``type`` is "bool", "int", "str" or "list[str]".
    """

    name: str
    type: str
    default: bool | int | str | tuple[str, ...]
    help: str


class Rule:
    """Base class of all rules.

    Class attributes: ``code`` and ``name`` as in the catalogue; ``severity`` and ``confidence`` of its findings;
    ``profile``: "recommended" when it is on by default, "strict" otherwise; ``fix``: "none", "safe", "unsafe", or
    "varies" where it is the one or the other;
    ``standards``: the ids of the clauses it serves; ``messages``: templates by message id, filled by ``str.format``;
    ``options``.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = Severity.WARNING
    confidence: ClassVar[Confidence] = Confidence.HIGH
    profile: ClassVar[str] = "recommended"
    fix: ClassVar[str] = "none"
    standards: ClassVar[tuple[str, ...]] = ()
    messages: ClassVar[Mapping[str, str]] = {}
    options: ClassVar[tuple[Option, ...]] = ()

    def __init__(self, options: Mapping[str, object] | None = None) -> None:
        self._options = {option.name: option.default for option in self.options} | dict(options or {})

    def option(self, name: str) -> object:
        """The value in force of the option ``name``.

        Raises:
            KeyError: the rule declares no such option.
        """
        return self._options[name]

    def finding(
        self,
        message: str,
        location: Location,
        *,
        related: Sequence[Related] = (),
        fix: Fix | None = None,
        confidence: Confidence | None = None,
        severity: Severity | None = None,
        redact: bool = False,
        flow: bool = False,
        **values: object,
    ) -> Diagnostic:
        """A diagnostic of this rule.

        Args:
            message: the id of a template in ``messages``.
            location: where the fault is.
            related: the evidence chain, in order.
            fix: the change that mends it.
            confidence: if it differs from the rule's own.
            severity: if it differs from the rule's own.
            redact: whether the source at ``location`` must not be shown.
            flow: whether ``related`` is a path of execution that leads to ``location`` or passes it.
            values: what the template's fields stand for; ``entry`` is one example of what leads to ``location``.
        """
        template = self.messages[message]
        return Diagnostic(
            code=self.code,
            name=self.name,
            message=template.format(**values),
            location=location,
            severity=severity or self.severity,
            confidence=confidence or self.confidence,
            related=tuple(related),
            fix=fix,
            redact=redact,
            flow=flow,
            subject=template.format(**{**values, "entry": ""}) if "entry" in values else "",
        )

    def check_project(self, project: Project) -> Findings:
        """Called once."""
        return ()

    def check_app(self, app: App, project: Project) -> Findings:
        """Called for each FastAPI application, sub-applications too."""
        return ()

    def check_route(self, route: Route, project: Project) -> Findings:
        """Called for each effective route of each application, in registration order."""
        return ()

    def check_dependency(self, dependency: FunctionDefinition, project: Project) -> Findings:
        """Called for each project function or method that some route depends on."""
        return ()

    def check_schema(self, schema: Schema, project: Project) -> Findings:
        """Called for each Pydantic model."""
        return ()

    def check_orm_model(self, model: OrmModel, project: Project) -> Findings:
        """Called for each mapped SQLAlchemy or SQLModel class."""
        return ()

    def check_function(self, function: FunctionDefinition, project: Project) -> Findings:
        """Called for each function and method of the project."""
        return ()

    def check_module(self, module: Module, project: Project) -> Findings:
        """Called for each module."""
        return ()
