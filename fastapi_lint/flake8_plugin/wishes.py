"""What flake8 was asked for, as far as it matters to us."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

STDIN = "-"
STDIN_NAME = "stdin"
"""What flake8 calls standard input unless it is told a name."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options of flake8 that we go by.

    Attributes:
        paths: what to check.
        stdin_name: what standard input is called; None when it is not checked.
        config: our configuration file, instead of the one that would be found.
        cache: whether facts are remembered between runs.
        noqa: whether ``noqa`` comments count.
        jobs: how many processes flake8 may use; None: as many as there are processors.
    """

    paths: tuple[str, ...] = ()
    stdin_name: str | None = None
    config: Path | None = None
    cache: bool = True
    noqa: bool = True
    jobs: int | None = 1

    @classmethod
    def of(cls, options: argparse.Namespace) -> Wishes:
        """The wishes that flake8's options are."""
        given = options.filenames or ["."]
        config = options.fastapi_lint_config
        return cls(
            paths=tuple(path for path in given if path != STDIN),
            stdin_name=options.stdin_display_name if STDIN in given else None,
            config=Path(config).absolute() if config else None,
            cache=not options.fastapi_lint_no_cache,
            noqa=not options.disable_noqa,
            jobs=None if options.jobs.is_auto else max(1, options.jobs.n_jobs),
        )

    @property
    def parallel(self) -> bool:
        """Whether flake8 may check files in several processes; standard input it checks in one."""
        return self.stdin_name is None and self.jobs != 1
