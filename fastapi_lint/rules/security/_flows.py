"""What the rules about what clients send have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class _FlowRule(Rule):
    """Reports the flows of one kind of harm."""

    kind: ClassVar[str]

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for flow in project.flows:
            if flow.kind == self.kind:
                route = flow.taint.source.route
                yield self.finding(
                    "found",
                    flow.site.location,
                    related=[Related(f"{route.label} enters the project here", route.location), *flow.taint.steps],
                    flow=True,
                    source=flow.taint.source.label,
                    call=flow.call,
                )
