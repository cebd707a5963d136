"""Options of rules: ``[tool.fastapi-lint.rules.<code or name>]``, as each rule declares them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi_lint.config.errors import did_you_mean
from fastapi_lint.config.kinds import Boolean, Field, Kind, ListOf, Place, Record, Schema, Text, WholeNumber

if TYPE_CHECKING:
    from fastapi_lint.rules.entries import RuleEntry
    from fastapi_lint.rules.registry import Registry

_KINDS: dict[str, Kind] = {"bool": Boolean(), "int": WholeNumber(), "str": Text(), "list[str]": ListOf(Text())}


class RuleTables(Kind):
    """A table of rules, each with a table of its options; read as options by rule name."""

    def expected(self) -> str:
        return "a table of rules"

    def title(self) -> str:
        return f"{self.expected()}, by code or name; each has a table of the options that its page lists"

    def read(self, value: Any, place: Place) -> dict[str, dict[str, object]]:
        if not isinstance(value, dict):
            raise self.unfit(value, place)
        found: dict[str, dict[str, object]] = {}
        for key, table in value.items():
            rule = place.registry.find_entry(key)
            if rule is None or key not in (rule.code, rule.name):
                known = [name for known in place.registry.entries for name in (known.name, known.code)]
                raise place.below(key).error(f"no rule has this code or name.{did_you_mean(key, known)}")
            if rule.name in found:
                raise place.below(key).error(f"{rule.code} and {rule.name} are the same rule: write one table.")
            found[rule.name] = _options(rule).read(table, place.below(key))
        return found

    def schema(self, registry: Registry) -> Schema:
        with_options = [rule for rule in registry.entries if rule.options]
        plain = [name for rule in registry.entries if not rule.options for name in (rule.code, rule.name)]
        tables = {rule.name: _options(rule).schema(registry) for rule in with_options}
        aliases = {rule.code: {"$ref": f"#/properties/rules/properties/{rule.name}"} for rule in with_options}
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {**tables, **aliases},
            "patternProperties": {f"^(?:{'|'.join(plain)})$": {"type": "object", "maxProperties": 0}},
        }


def _options(rule: RuleEntry) -> Record:
    fields = {
        option.name: Field(
            _KINDS[option.type],
            option.help,
            list(option.default) if isinstance(option.default, tuple) else option.default,
        )
        for option in rule.options
    }
    return Record(fields, "a table of options")
