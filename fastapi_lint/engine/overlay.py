"""Text that stands in for a file: standard input, or what an editor has not saved yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fastapi_lint.config.discovery import ProjectPlace, find_project

NAMELESS = "-"
"""The path of a text that belongs to no file."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """A text and the file that it stands in for.

    Attributes:
        data: the text as bytes.
        path: the file, which need not exist; None: there is none, and the text is a module without a project.
    """

    data: bytes
    path: Path | None = None

    def place(self, config: Path | None) -> tuple[ProjectPlace, Path]:
        """The project that the text is part of, and the absolute path of its file with links to folders resolved.

        Without a file that is a project of nothing but the text, in the working directory and with its configuration.

        Args:
            config: the configuration file the user insists on.
        """
        if self.path is None:
            here = Path.cwd().resolve()
            return ProjectPlace(here, find_project(here, config).config_file, ()), here / NAMELESS
        path = self.path.absolute().parent.resolve() / self.path.name
        return find_project(path, config), path
