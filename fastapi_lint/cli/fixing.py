"""``check --fix``: mends findings instead of only reporting them."""

from __future__ import annotations

import functools
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from fastapi_lint.cli.common import complaining_of_output
from fastapi_lint.cli.settings import fix_options

if TYPE_CHECKING:
    from fastapi_lint.engine.fixing import Fixed
    from fastapi_lint.engine.results import Result
    from fastapi_lint.engine.run import Request

_OPTIONS = (
    click.option("--fix", is_flag=True, help="Fix what has a safe fix, and report what is left."),
    click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: make unsafe fixes, too."),
    click.option("--diff", is_flag=True, help="Show what --fix would change as a patch, and change nothing."),
    click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 even when all findings were fixed."),
)


@dataclass(slots=True)
class Fixing:
    """What the options say, and what came of it."""

    fix: bool
    unsafe: bool
    diff: bool
    exit_non_zero: bool
    fixed: Fixed | None = None

    @property
    def wanted(self) -> bool:
        """Whether anything is to be fixed, or shown as a patch."""
        return self.fix or self.diff

    @property
    def fails(self) -> bool:
        """Whether the exit status is to be 1 for what was fixed."""
        return bool(self.fixed is not None and self.fixed.findings) and (self.diff or self.exit_non_zero)

    def check(self, adding: bool) -> None:
        """Complains before the work is done for nothing.

        Args:
            adding: whether comments are to be added, too.

        Raises:
            UsageError: a patch is wanted of what would be changed.
        """
        if self.diff and adding:
            raise click.UsageError("--diff and --add-noqa exclude each other.")

    def run(self, request: Request) -> Result:
        """Checks what was asked for, and fixes it as far as that was asked for, too."""
        if not self.wanted:
            from fastapi_lint.engine.run import run

            return run(request)
        from fastapi_lint.engine.fixing import run_and_fix

        result, self.fixed = run_and_fix(request, unsafe=self.unsafe, write=not self.diff)
        result.warnings += self.fixed.problems
        return result

    def show(self, given: bytes | None, quiet: bool) -> None:
        """Shows the patch; or, of standard input, the text as it is after fixing.

        Args:
            given: what standard input held; None: files were checked.
            quiet: whether nothing is said of what was done.
        """
        if self.fixed is None:
            return
        if self.diff:
            from fastapi_lint.report.patch import patch

            _write_bytes(patch(self.fixed.before, self.fixed.after))
        elif given is not None:
            _write_bytes(next(iter(self.fixed.after.values()), given))
        if self.fixed.findings and not quiet:
            click.echo(_summary(self.fixed, "Would fix" if self.diff else "Fixed"), err=True)


def fixing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options of this module and those of the configuration about fixes; the command gets the former as
    ``fixing``."""

    @functools.wraps(command)
    def with_fixing(
        *arguments: Any, fix: bool, unsafe_fixes: bool, diff: bool, exit_non_zero_on_fix: bool, **options: Any
    ) -> Any:
        return command(*arguments, fixing=Fixing(fix, unsafe_fixes, diff, exit_non_zero_on_fix), **options)

    decorated: Callable[..., Any] = fix_options(with_fixing)
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def _summary(fixed: Fixed, verb: str) -> str:
    from fastapi_lint.text.words import counted

    counts = Counter(diagnostic.code for diagnostic in fixed.findings)
    codes = ", ".join(f"{count:,} {code}" for code, count in sorted(counts.items()))
    files = counted(len(fixed.after), "file")
    return f"{verb} {counted(len(fixed.findings), 'finding')} in {files}: {codes}."


def _write_bytes(data: bytes) -> None:
    """Writes bytes to standard output: those of files, in their own encoding.

    Raises:
        BrokenPipeError: the reader is gone.
        UsageError: they can't be written for another reason.
    """
    with complaining_of_output():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
