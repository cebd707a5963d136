"""The layers of an application below its API, by the names of the folders and modules that hold them
(https://fastapi.tiangolo.com/tutorial/bigger-applications/ and the templates that follow it)."""

from __future__ import annotations

LOWER_LAYERS: dict[str, str] = {
    **dict.fromkeys(("services", "service"), "a service"),
    **dict.fromkeys(("repositories", "repository", "crud"), "a repository"),
}
"""What a module is that lies in such a folder, or is called so."""

MODEL_MODULES = frozenset("models model entities entity tables table orm".split())
"""Words in the names of folders and modules that hold mapped classes."""

STANDARD_FOLDERS: dict[str, tuple[str, ...]] = {
    "routes": ("api", "routers", "routes", "endpoints", "views"),
    "schemas": ("schemas",),
    "mapped classes": ("models",),
    "settings": ("core", "config", "settings"),
}
"""Where the parts of an application are looked for: folders, or modules of these names, in the singular too."""
