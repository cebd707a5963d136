"""Links the sources of a test into a whole project."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from fastapi_lint.facts.extract import extract
from fastapi_lint.model.project import Project, link
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.settings import ModelSettings
from fastapi_lint.text.source import Source


def project_of(sources: Mapping[str, str] | str, *, apps: tuple[str, ...] = (), **versions: tuple[int, ...]) -> Project:
    """The project of these texts by path, or of one text alone, which is ``main.py``.

    Args:
        sources: the texts.
        apps: the applications to analyse.
        versions: releases of libraries.
    """
    texts = {"main.py": sources} if isinstance(sources, str) else sources
    facts = {path: extract(Source.from_bytes(textwrap.dedent(text).encode(), path)) for path, text in texts.items()}
    return link(facts, ModelSettings(apps=apps, versions=versions))


def route_of(project: Project, label: str) -> Route:
    """The route of a project by its label, ``POST /users``."""
    return next(route for route in project.routes if route.label == label)
