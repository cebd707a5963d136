"""Layout: where routes, schemas, mapped classes and settings of a project lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi_lint.model.definitions import Module
from fastapi_lint.model.knowledge.layers import STANDARD_FOLDERS
from fastapi_lint.model.structure.environment import settings_classes

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project


@dataclass(frozen=True, slots=True)
class MisplacedPart:
    """A part of a project most of which lies in unusual places.

    Attributes:
        what: the part, as messages name it.
        folders: where it is looked for.
        outside: the modules that lie elsewhere, by path.
        number: how many modules hold something of the part.
    """

    what: str
    folders: tuple[str, ...]
    outside: tuple[Module, ...]
    number: int


def misplaced_parts(project: Project) -> Iterator[MisplacedPart]:
    """The parts of a project, tests apart, most of whose modules lie outside the usual folders."""
    made = {app.router.site.module for app in project.apps}
    held: dict[str, Iterable[Module]] = {
        "routes": (route.site.module for route in project.routes if route.site.module not in made),
        "schemas": (schema.cls.module for schema in project.schemas),
        "mapped classes": (model.cls.module for model in project.orm_models),
        "settings": (cls.module for cls in settings_classes(project.classes)),
    }
    for what, found in held.items():
        modules = sorted({module for module in found if not module.is_test}, key=lambda module: module.path)
        folders = STANDARD_FOLDERS[what]
        outside = tuple(module for module in modules if not _lies_in(module, folders))
        if len(outside) * 2 > len(modules):
            yield MisplacedPart(what, folders, outside, len(modules))


def _lies_in(module: Module, folders: tuple[str, ...]) -> bool:
    parts = module.path.removesuffix(".py").split("/")
    names = {name for folder in folders for name in (folder, folder.removesuffix("s"))}
    return not names.isdisjoint(parts)
