"""Layers: which modules hold the API, which lie below it, and where these import from above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi_lint.facts import statements as st
from fastapi_lint.model.definitions import Module
from fastapi_lint.model.knowledge.layers import LOWER_LAYERS, STANDARD_FOLDERS
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
    that lie in a folder of services or repositories. Left out are tests, and what is part of the API itself: modules
    that register routes, and those that make or include the routers and applications around these.

    Args:
        modules: of the project.
        routes: of the project.
        model_modules: the modules that hold mapped classes.
        linker: knows what imports mean.
    """
    api: dict[Module, Route] = {}
    for route in routes:
        api.setdefault(route.site.module, route)
    own = {*api, *(level.site.module for route in routes for level in route.levels)}
    for module in modules:
        layer = "a module of models" if module in model_modules else lower_layer(module)
        if layer is None or module in own or module.is_test:
            continue
        for imported, statement in imported_modules(module, linker):
            if imported in api and not imported.is_test:
                yield UpwardImport(module, layer, statement, imported, api[imported])


def lower_layer(module: Module) -> str | None:
    """What a module is by its package or name: ``a service``, ``a repository``, or None. What is called so outside of
    the importable package says nothing (``services/user-service/app/…``), nor does what holds a folder of routes."""
    for part in reversed(module.name.split(".")):
        if part in STANDARD_FOLDERS["routes"]:
            return None
        if part in LOWER_LAYERS:
            return LOWER_LAYERS[part]
    return None
