"""``check --add-noqa``: silences findings instead of reporting them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from fastapi_lint.engine.overlay import Overlay
    from fastapi_lint.engine.results import ProjectResult

_OPTIONS = (
    click.option(
        "--add-noqa", is_flag=True, help="Add a `# noqa: CODE` comment for each finding, and report what is left.",
    ),
    click.option("--reason", metavar="TEXT", help="With --add-noqa: what to write behind the codes."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Adding:
    """What the options say."""

    wanted: bool
    reason: str | None

    def check(self, overlay: Overlay | None) -> None:
        """Complains before the work is done for nothing.

        Raises:
            UsageError: standard input is checked, which can't be changed; the reason has no use, or can't be written.
        """
        if self.wanted and overlay is not None:
            raise click.UsageError("--add-noqa: standard input can't be changed.")
        if self.reason is None:
            return
        if not self.wanted:
            raise click.UsageError("--reason: there is no --add-noqa that it belongs to.")
        from fastapi_lint.engine.add_noqa import check_reason

        check_reason(self.reason)

    def apply(self, projects: Iterable[ProjectResult]) -> None:
        """Adds comments to the files of projects, whose findings become those that are left, and says what was done."""
        if not self.wanted:
            return
        from fastapi_lint.engine.add_noqa import add_noqa
        from fastapi_lint.text.words import counted

        silenced = comments = files = 0
        for project in projects:
            added = add_noqa(project.root, project.facts, project.diagnostics, self.reason or "")
            project.diagnostics = added.left
            silenced, comments, files = silenced + added.silenced, comments + added.comments, files + added.files
            for problem in added.problems:
                click.echo(f"warning: {problem}", err=True)
        where = f"{counted(comments, 'noqa comment')} in {counted(files, 'file')}"
        click.echo(f"Added {where}: {counted(silenced, 'finding')} silenced.", err=True)


def adding_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options of this module; the command gets them as ``adding``."""

    @functools.wraps(command)
    def with_adding(*arguments: Any, add_noqa: bool, reason: str | None, **options: Any) -> Any:
        return command(*arguments, adding=Adding(add_noqa, reason), **options)

    decorated: Callable[..., Any] = with_adding
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated
