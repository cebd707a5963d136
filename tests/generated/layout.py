"""Layout: which modules a project has, in which packages, and what is defined where."""

from __future__ import annotations

from generated.choices import Choices
from generated.source import Draft, Scope, SourceModule

ROLES = ("settings", "schemas", "dependencies", "routers", "routers", "routers", "main")
"""What modules hold, in the order in which they may import each other."""
FOLDERS: dict[str, dict[str, str]] = {
    "flat": {},
    "package": dict.fromkeys(ROLES, "shop/"),
    "outer main": {**dict.fromkeys(ROLES, "shop/"), "main": ""},
    "nested": {
        "settings": "shop/core/",
        "schemas": "shop/core/",
        "dependencies": "shop/api/",
        "routers": "shop/api/routes/",
        "main": "shop/",
    },
    "by role": {"settings": "config/", "schemas": "models/", "dependencies": "common/", "routers": "endpoints/"},
}
"""The folder of each role, "" where none is named, in the layouts that there are."""
FILES = {"settings": "settings", "schemas": "schemas", "dependencies": "deps", "routers": "users", "main": "main"}


def lay_out(choices: Choices, draft: Draft) -> SourceModule:
    """Adds empty modules to a draft. Returns the main one."""
    folders = FOLDERS[choices.pick("layout", list(FOLDERS))]
    roles = ["main"] if choices.chance("one module", 10) else _some_roles(choices)
    namespace = choices.chance("namespace packages", 15)
    for index, role in enumerate(roles):
        folder = folders.get(role, "")
        name = draft.names.fresh(choices.pick(f"name {index}", [FILES[role], "items", "orders", "v1", "admin"]))
        if role != "routers":
            name = draft.names.fresh(FILES[role])
        _add(choices.within(f"module {index}"), draft, f"{folder}{name}.py", role)
        following = folders.get(roles[index + 1], "") if index + 1 < len(roles) else None
        if not namespace:
            _close_packages(choices, draft, folder, following)
    return draft.modules[-1] if draft.modules[-1].role == "main" else _main(draft)


def _some_roles(choices: Choices) -> list[str]:
    kept = [role for index, role in enumerate(ROLES[:-1]) if choices.chance(f"has {role} {index}", 75)]
    return [*kept, "main"]


def _main(draft: Draft) -> SourceModule:
    return next(module for module in draft.modules if module.role == "main")


def _close_packages(choices: Choices, draft: Draft, folder: str, following: str | None) -> None:
    """Adds the ``__init__`` of each package that is complete now; it may use what is in the package."""
    while folder and (following is None or not following.startswith(folder)):
        role = "routers" if folder.endswith(("routes/", "endpoints/", "api/")) else "package"
        _add(choices.within(f"package {folder.strip('/')}"), draft, f"{folder}__init__.py", role)
        folder = folder.rstrip("/").rpartition("/")[0]
        folder += "/" if folder else ""


def _add(choices: Choices, draft: Draft, path: str, role: str) -> None:
    draft.modules.append(
        SourceModule(
            draft,
            path,
            role,
            lazy=choices.chance("lazy", 20),
            lists_names=choices.chance("__all__", 50),
            style=choices.pick("style", ["names", "names", "names", "dotted", "renamed"]),
        )
    )


def home(choices: Choices, scope: Scope, *roles: str) -> Scope:
    """The top level of the module in which something new of these roles is defined for use in a scope."""
    own = scope.module
    fitting = [module for module in own.draft.modules if module.role in roles and module.order < own.order]
    if not fitting or not choices.chance("elsewhere", 80):
        return own.top
    return choices.element("home", fitting).top
