"""What several commands share. Nothing heavy is imported here, so that help stays fast."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fastapi_lint.cli.progress import progress
from fastapi_lint.cli.settings import Decorator, file_options, read_options

if TYPE_CHECKING:
    from fastapi_lint.engine.narrowing import Narrowing
    from fastapi_lint.engine.overlay import Overlay
    from fastapi_lint.engine.results import Result
    from fastapi_lint.engine.run import Request

_NOTABLE_SECONDS = 0.01

_RUN_OPTIONS: tuple[Decorator, ...] = (
    file_options,
    click.option("--jobs", "-j", metavar="N", help="Files analysed at a time; 1: no worker processes. [default: auto]"),
    click.option("--no-cache", is_flag=True, help="Neither read nor write the cache."),
    click.option("--cache-dir", type=click.Path(path_type=Path), metavar="DIR", help="Keep the cache in this folder."),
    click.option("--timing", is_flag=True, help="Show how long each phase and each slow rule took."),
)


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that say how a project is read."""
    for option in reversed(_RUN_OPTIONS):
        command = option(command)
    return command


def run_request(
    paths: tuple[Path, ...],
    *,
    config: tuple[str, ...],
    jobs: str | None,
    no_cache: bool,
    cache_dir: Path | None,
    rules: bool = True,
    quiet: bool = False,
    overlay: Overlay | None = None,
    narrowing: Narrowing | None = None,
    run: Callable[[Request], Result] | None = None,
    **settings: Any,
) -> Result:
    """Runs the engine as the options say, those of the configuration among them, and shows its warnings, and notes and
    progress unless ``quiet``. Without ``narrowing`` the result has all findings, those of baselines too; ``run`` does
    more than to check."""
    from fastapi_lint.engine import run as engine
    from fastapi_lint.engine.collector import collector_at_rest, leave_everything
    from fastapi_lint.engine.narrowing import Narrowing

    file, overrides = read_options(config, settings)
    with collector_at_rest(), progress(not quiet):
        result = (run or engine.run)(
            engine.Request(
                paths=paths or (Path("."),),
                config=file,
                overrides=overrides,
                jobs=_jobs(jobs),
                cache=not no_cache,
                cache_dir=cache_dir.absolute() if cache_dir is not None else None,
                rules=rules,
                overlay=overlay,
                narrowing=narrowing or Narrowing(use_baseline=False),
            )
        )
        leave_everything()
    for warning in result.warnings:
        click.echo(f"warning: {warning}", err=True)
    for note in () if quiet else result.notes:
        click.echo(f"note: {note}", err=True)
    return result


def run_model(paths: tuple[Path, ...], **options: Any) -> Result:
    """Builds the models only, without rules.

    Raises:
        ModelFailure: one could not be built.
    """
    result = run_request(paths, rules=False, **options)
    for project in result.projects:
        if project.project is None:
            raise ModelFailure(*(diagnostic.message for diagnostic in project.diagnostics[:1]))
    return result


class ModelFailure(click.ClickException):
    """The model of a project could not be built."""

    exit_code = 2


def show_timing(result: Result) -> None:
    """Shows what was read, how long each phase took, and each rule that took a while."""
    for project in result.projects:
        known = f", {project.cached} of them known from the cache" if project.cached else ""
        click.echo(f"{project.root}: {project.files:,} files{known}, {project.lines:,} lines", err=True)
    phases = "  ".join(f"{phase} {seconds:.3f} s" for phase, seconds in result.phases.seconds.items())
    click.echo(phases, err=True)
    for code, seconds in sorted(result.phases.rules.items(), key=lambda item: -item[1]):
        if seconds >= _NOTABLE_SECONDS:
            click.echo(f"  {code} {seconds:.3f} s", err=True)


def echo_lines(lines: Iterable[str], encoding: str | None = None, *, err: bool = False) -> None:
    """Writes lines to standard output, whatever characters its encoding lacks.

    Args:
        lines: without their ends.
        encoding: to write in; by default that of standard output.
        err: to standard error instead.

    Raises:
        BrokenPipeError: the reader is gone.
        UsageError: they can't be written for another reason.
    """
    stream = sys.stderr if err else sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors="backslashreplace")
    with complaining_of_output():
        stream.writelines(f"{line}\n" for line in lines)
        stream.flush()


@contextmanager
def complaining_of_output() -> Iterator[None]:
    """Around what writes to standard output.

    Raises:
        UsageError: it can't be written, and not because the reader is gone.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.UsageError(f"standard output can't be written: {error.strerror or error}.") from None


def terminal_width() -> int | None:
    """The columns of the terminal that standard output is; None when it is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _jobs(text: str | None) -> int | None:
    if text is None or text == "auto":
        return None
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise click.UsageError(f"--jobs: expected a number from 1 to 256 or `auto`, found `{text}`.")
    return int(text)
