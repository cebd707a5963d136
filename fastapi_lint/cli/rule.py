"""``fastapi-lint rule``: the documentation of a rule."""

from __future__ import annotations

import click


@click.command()
@click.argument("rule", metavar="CODE|NAME")
def rule(rule: str) -> int:
    """Show what a rule is about: by its code (FAL301) or name (unauthenticated-route)."""
    from fastapi_lint.docs.rule_texts import rule_texts

    texts = rule_texts()
    for found in texts:
        if rule.upper() == found["code"] or rule == found["name"]:
            click.echo(found["text"], nl=False)
            return 0
    from fastapi_lint.config.errors import did_you_mean

    known = [word for found in texts for word in (found["code"], found["name"])]
    raise click.UsageError(f"no rule has the code or name `{rule}`.{did_you_mean(rule, known)}")
