"""``fastapi-lint rules``: which rules there are."""

from __future__ import annotations

import click

from fastapi_lint.cli.common import echo_lines


@click.command()
@click.option("--select", multiple=True, metavar="RULES", help="Only these: codes, prefixes, names or groups.")
@click.option("--profile", type=click.Choice(["recommended", "strict"]), help="Only those of this profile.")
@click.option("--standard", metavar="ID", help="Only those that serve a standard, such as SEC-3.")
@click.option("--fixable", is_flag=True, help="Only those that have a fix.")
@click.option(
    "--format", "--output-format", "output_format", type=click.Choice(["table", "json"]), default="table",
    show_default=True, help="How they are shown.",
)  # fmt: skip
def rules(select: tuple[str, ...], profile: str | None, standard: str | None, fixable: bool, output_format: str) -> int:
    """List the rules. What one of them is about: `fastapi-lint rule CODE`."""
    from fastapi_lint.docs.rule_list import as_json, as_table
    from fastapi_lint.rules.registry import UnknownSelectorError, load

    registry = load()
    try:
        chosen = {rule for text in select for selector in text.split(",") for rule in registry.select(selector.strip())}
    except UnknownSelectorError as error:
        raise click.UsageError(f"--select: {error}.") from None
    known = sorted({found for rule in registry for found in rule.standards})
    if standard is not None and standard.upper() not in known:
        raise click.UsageError(f"--standard: no rule serves {standard!r}; there are {', '.join(known)}.")
    found = [
        rule
        for rule in registry
        if (not select or rule in chosen)
        and profile in (None, rule.profile)
        and (standard is None or standard.upper() in rule.standards)
        and (not fixable or rule.fix != "none")
    ]
    if not found:
        click.echo("No rule is all of that.", err=True)
    echo_lines(as_json(found, registry) if output_format == "json" else as_table(found, registry))
    return 0
