"""Which findings ``check`` reports: the options of baselines and of changes."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

_OPTIONS = (
    click.option(
        "--baseline", type=click.Path(path_type=Path), metavar="FILE",
        help="Report no findings that this baseline knows, whatever the configuration says.",
    ),
    click.option("--no-baseline", is_flag=True, help="Report what the configured baseline knows, too."),
    click.option(
        "--since", metavar="REVISION",
        help="Report only findings that touch lines changed since the branch left this revision of git.",
    ),
)  # fmt: skip


def narrowing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options of this module; the command gets them as ``narrowing``."""

    @functools.wraps(command)
    def with_narrowing(
        *arguments: Any, baseline: Path | None, no_baseline: bool, since: str | None, **options: Any
    ) -> Any:
        from fastapi_lint.engine.narrowing import Narrowing

        if baseline is not None and no_baseline:
            raise click.UsageError("--baseline and --no-baseline exclude each other.")
        file = baseline.absolute() if baseline is not None else None
        return command(*arguments, narrowing=Narrowing(file, not no_baseline, since), **options)

    decorated: Callable[..., Any] = with_narrowing
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated
