"""``fastapi-lint config``: the options in force, and where each was said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fastapi_lint.cli.common import echo_lines
from fastapi_lint.cli.settings import file_options, fix_options, read_options, rule_options


@click.command()
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option(
    "--format", "--output-format", "output_format", type=click.Choice(["text", "json"]), default="text",
    show_default=True, help="How options are shown.",
)  # fmt: skip
@click.option("--schema", is_flag=True, help="Show the JSON schema of configurations instead, for editors.")
@rule_options
@fix_options
@file_options
def config(path: Path, output_format: str, schema: bool, config: tuple[str, ...], **settings: Any) -> int:
    """Show which options are in force for PATH, the current folder by default, and where each was said."""
    if schema:
        from fastapi_lint.config.schema import schema_text
        from fastapi_lint.rules.registry import load

        click.echo(schema_text(load()), nl=False)
        return 0
    file, overrides = read_options(config, settings)
    from fastapi_lint.engine.in_force import in_force
    from fastapi_lint.report.configuration import json, text

    render = json.render if output_format == "json" else text.render
    echo_lines(render(in_force(path, file, overrides)))
    return 0
