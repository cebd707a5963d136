"""The command ``fastapi-lint``: its group, and what happens when something goes wrong."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from fastapi_lint import __version__
from fastapi_lint.syntax.deep_stack import call_with_deep_stack

DEBUG_VARIABLE = "FASTAPI_LINT_DEBUG"
EXIT_FAILURE = 2
_INTERRUPTED = 130


COMMANDS = {
    "check": "Check FastAPI projects.",
    "baseline": "Leave aside what is there already, and see what is new.",
    "routes": "List the effective routes of applications.",
    "deps": "Show the dependency tree of a route.",
    "explain": "Explain the findings on a line: evidence, reasons, and what would make each go away.",
    "rules": "List the rules.",
    "rule": "Show what a rule is about.",
    "config": "Show the options that are in force.",
    "clean": "Remove what is kept between runs.",
    "completion": "Print what makes a shell complete the command.",
}
"""Each command and what it does, in short. Its module has its name, and is imported when it is asked for."""


class _Commands(click.Group):
    """Imports only the command that runs, so that help stays fast."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"fastapi_lint.cli.{name}"), name)
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="fastapi-lint")
@click.option("--debug", is_flag=True, envvar=DEBUG_VARIABLE, help="Show the traceback of an internal error.")
@click.pass_context
def cli(context: click.Context, debug: bool) -> None:
    """A whole-project linter for FastAPI.

    Exit codes: 0 nothing found, 1 findings, 2 wrong usage or configuration, or an internal error.
    """
    context.obj = debug


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command and exits.

    Args:
        arguments: of the command line; those of this process by default.
    """
    sys.exit(_run(list(sys.argv[1:] if arguments is None else arguments)))


def entry() -> None:
    """The command as it is installed: ends the process at once, without taking apart a model that nobody needs any more
    (a tenth of the run on a large project)."""
    status: str | int | None = EXIT_FAILURE
    try:
        main()
    except SystemExit as end:
        status = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else EXIT_FAILURE)


def _run(arguments: list[str]) -> int:
    # Who closes a stream wants to see nothing of it.
    sys.stdout = sys.stdout or open(os.devnull, "w")
    sys.stderr = sys.stderr or open(os.devnull, "w")
    try:
        # What calls what may be nested deeply in a large project, and reports ask the model too.
        status = call_with_deep_stack(lambda: cli.main(arguments, prog_name="fastapi-lint", standalone_mode=False))
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.ClickException as error:
        return _fail(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _fail("interrupted", _INTERRUPTED)
    except (BrokenPipeError, SystemExit):  # click ends the process by itself when a pipe is closed
        # The reader of our output has seen enough. Nothing more can be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILURE
    except Exception as error:
        if _debugging(arguments):
            raise
        from fastapi_lint.config.errors import ConfigurationError
        from fastapi_lint.engine.errors import UsageError

        if isinstance(error, (ConfigurationError, UsageError)):
            return _fail(str(error), EXIT_FAILURE)
        return _fail(
            f"internal error: {type(error).__name__}: {error}. Please report it with the output of "
            "`fastapi-lint --debug …`.",
            EXIT_FAILURE,
        )


def _debugging(arguments: Sequence[str]) -> bool:
    return "--debug" in arguments or os.environ.get(DEBUG_VARIABLE, "").lower() in ("1", "true", "yes", "on")


def _fail(message: str, status: int) -> int:
    one_line = " ".join(message.split())
    with suppress(BrokenPipeError):
        click.echo(f"fastapi-lint: {one_line}", err=True)
    return status
