"""``fastapi-lint rule``: the documentation of a rule."""

from __future__ import annotations

import click


@click.command()
@click.argument("rule", metavar="CODE|NAME")
def rule(rule: str) -> int:
    """Show what a rule is about: by its code (FAL301) or name (unauthenticated-route)."""
    from fastapi_lint.config.errors import did_you_mean
    from fastapi_lint.docs.terminal import rule_text
    from fastapi_lint.rules.registry import load

    registry = load()
    found = registry.find(rule)
    if found is None:
        known = [word for known in registry for word in (known.code, known.name)]
        raise click.UsageError(f"no rule has the code or name `{rule}`.{did_you_mean(rule, known)}")
    click.echo(rule_text(found, registry), nl=False)
    return 0
