"""``fastapi-lint completion``: what makes a shell complete the command's words."""

from __future__ import annotations

import click

COMPLETE_VARIABLE = "_FASTAPI_LINT_COMPLETE"


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print the script that completes commands and options in a SHELL.

    For bash, in ~/.bashrc: eval "$(fastapi-lint completion bash)"
    """
    from click.shell_completion import get_completion_class

    complete = get_completion_class(shell)
    assert complete is not None  # one of the choices
    script = complete(context.find_root().command, {}, "fastapi-lint", COMPLETE_VARIABLE).source()
    click.echo(script, nl=False)
    return 0
