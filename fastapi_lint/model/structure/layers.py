"""Layers: which modules hold the API, which lie below it, and where these import from above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi_lint.facts import statements as st
from fastapi_lint.model.definitions import Module
from fastapi_lint.model.knowledge.layers import LOWER_LAYERS
from fastapi_lint.model.linker import Linker
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.structure.imports import imported_modules


@dataclass(frozen=True, slots=True, eq=False)
class UpwardImport:
    """An import of the API by a layer below it.

    Attributes:
        module: the importing module.
        layer: what it is: ``a service``, ``a repository``, ``a module of models``.
        statement: the import.
        imported: the module of the API.
        route: the first route that this registers.
    """

    module: Module
    layer: str
    statement: st.Import | st.ImportFrom
    imported: Module
    route: Route


def upward_imports(
    modules: list[Module], routes: list[Route], model_modules: set[Module], linker: Linker
) -> Iterator[UpwardImport]:
    """The imports of modules that register routes by modules of lower layers: those that hold mapped classes, and those
    that lie in a folder of services or repositories. Tests, and modules that register routes themselves, are left out.

    Args:
        modules: of the project.
        routes: of the project.
        model_modules: the modules that hold mapped classes.
        linker: knows what imports mean.
    """
    api: dict[Module, Route] = {}
    for route in routes:
        api.setdefault(route.site.module, route)
    for module in modules:
        layer = "a module of models" if module in model_modules else lower_layer(module)
        if layer is None or module in api or module.is_test:
            continue
        for imported, statement in imported_modules(module, linker):
            if imported in api and not imported.is_test:
                yield UpwardImport(module, layer, statement, imported, api[imported])


def lower_layer(module: Module) -> str | None:
    """What a module is by its folder or name: ``a service``, ``a repository``, or None."""
    parts = module.path.removesuffix(".py").split("/")
    return next((LOWER_LAYERS[part] for part in reversed(parts) if part in LOWER_LAYERS), None)
