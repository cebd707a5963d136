"""The page of the configuration, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fastapi_lint.config.kinds import Field, TablesOf
from fastapi_lint.config.options import SECTIONS, Section, Setting
from fastapi_lint.config.toml import toml_key, toml_value
from fastapi_lint.docs.markdown import GENERATED
from fastapi_lint.rules.registry import GROUPS, Registry
from fastapi_lint.text.markdown import table

TABLE = "tool.fastapi-lint"
SCHEMA_FILE = "fastapi-lint.schema.json"

_INTRODUCTION = f"""\
All of it is optional. It stands in the table `[{TABLE}]` of `pyproject.toml`, or at the top level of a
`fastapi-lint.toml`, which goes first where a folder has both. The nearest configuration upwards from a path marks the
root of its project, and a project has no other: a folder below with a configuration of its own is a project of its own.
Without any, the root is that of the repository, or the nearest folder with a `pyproject.toml`, `setup.py` or
`setup.cfg`.

The command line goes before the file. Its options of the same name take words with commas between
(`--select FAL1,FAL3`); `--config` takes a file to use instead, or any option in TOML, as often as there is need:
`--config 'severity.FAL301="error"'`. `fastapi-lint config` shows what is in force for a path and where it was said.

What can't be used ends with exit status 2 and one line that names file and key. Editors complain earlier when they know
the [JSON schema]({SCHEMA_FILE}), which is made from the same definition; `fastapi-lint config --schema` prints that of
the installed release."""


def configuration_page(registry: Registry) -> str:
    """The text of the page."""
    parts = [
        "# Configuration",
        GENERATED.format(source="`fastapi_lint/config/options.py`"),
        _INTRODUCTION,
        _overview(),
        *(part for section in SECTIONS for part in _section(section, registry)),
    ]
    return "\n\n".join(parts) + "\n"


def _overview() -> str:
    rows = [
        (f"[`{key}`](#{key})", setting.summary, "yes" if setting.on_command_line else "")
        for section in SECTIONS
        for key, setting in section.settings.items()
    ]
    return table(("option", "says", "on the command line"), rows)


def _section(section: Section, registry: Registry) -> Iterator[str]:
    yield f"## {section.title}\n\n{section.introduction}"
    if section is SECTIONS[0]:
        known = {rule.code[: len(GROUPS[0].prefix)] for rule in registry}
        groups = [(f"`{group.name}`", f"`{group.prefix}`", group.title) for group in GROUPS if group.prefix in known]
        yield table(("group", "codes", "about"), groups)
    for key, setting in section.settings.items():
        yield _setting(key, setting)


def _setting(key: str, setting: Setting) -> str:
    facts = [f"Type: {setting.kind.title()}", f"Default: {_default(setting)}"]
    if setting.on_command_line:
        facts.append(f"On the command line: `--{key}`")
    parts = [f"### {key}", setting.help, "\n".join(f"- {fact}" for fact in facts)]
    if isinstance(setting.kind, TablesOf):
        fields = setting.kind.record.fields.items()
        rows = [
            (f"`{name}`", field.kind.title(), "required" if field.required else _default(field), field.help)
            for name, field in fields
        ]
        parts.append(table(("key", "type", "default", "meaning"), rows))
    parts.append("```toml\n" + "\n".join(_example(key, setting.example, TABLE)) + "\n```")
    return "\n\n".join(parts)


def _default(field: Field) -> str:
    if field.default is None:
        return field.otherwise
    return "none" if field.default in ([], {}) else f"`{toml_value(field.default)}`"


def _example(key: str, value: object, header: str) -> Iterator[str]:
    """The lines of a file that say that ``key`` has a value, as people write them."""
    name = f"{header}.{toml_key(key)}"
    if isinstance(value, Mapping) and any(isinstance(inner, Mapping) for inner in value.values()):
        for inner, table_of_it in value.items():
            yield from _example(inner, table_of_it, name)
    elif isinstance(value, Mapping):
        yield f"[{name}]"
        yield from _pairs(value)
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for item in value:
            yield f"[[{name}]]"
            yield from _pairs(item)
    else:
        yield f"[{header}]"
        yield from _pairs({key: value})


def _pairs(values: Mapping[str, object]) -> Iterator[str]:
    return (f"{toml_key(key)} = {toml_value(value)}" for key, value in values.items())
