"""Shrinking: the smallest project that shows a disagreement."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generated.generator import GeneratedProject, generate

MAX_TRIES = 600
"""So many smaller projects are tried."""


def shrunk(project: GeneratedProject, shows: Callable[[GeneratedProject], bool]) -> GeneratedProject:
    """The project with all cut away that can be while it still shows something.

    Args:
        project: what to begin with.
        shows: whether a project does.
    """
    tries = 0
    tried: set[str] = set()
    progress = True
    while progress:
        progress = False
        for path in _candidates(project):
            if path in tried or tries == MAX_TRIES:
                continue
            tried.add(path)
            tries += 1
            smaller = generate(project.seed, {*project.cuts, path})
            if shows(smaller):
                project, progress = smaller, True
                break
    return project


def _candidates(project: GeneratedProject) -> Iterator[str]:
    """What may be cut: the choices taken and all that is around them, the outermost first."""
    around = {"/".join(path.split("/")[:length]) for path in project.taken for length in range(2, path.count("/") + 2)}
    yield from sorted(around - project.cuts, key=lambda path: (path.count("/"), path))
