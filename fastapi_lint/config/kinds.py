"""Kinds of values that options have.

A kind reads and checks a value of a TOML file, names itself in messages and documentation, and describes itself as JSON
Schema (draft-07), so that what is refused, what is documented and what editors offer come from one definition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi_lint.config.errors import ConfigurationError, describe, did_you_mean, listing

if TYPE_CHECKING:
    from fastapi_lint.rules.registry import Registry

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: a file or command-line option, the key (None: the whole of it), and the rules there are."""

    source: str
    key: str | None
    registry: Registry

    def below(self, key: str) -> Place:
        """The place of a value inside the one at this place."""
        return Place(self.source, key if self.key is None else f"{self.key}.{key}", self.registry)

    def error(self, message: str) -> ConfigurationError:
        """The complaint about what stands here."""
        return ConfigurationError(message, self.source, self.key)


class Kind:
    """A kind of values."""

    def expected(self) -> str:
        """What a value must be, as messages say it: ``a list of strings``."""
        raise NotImplementedError

    def title(self) -> str:
        """What a value is, as the documentation says it."""
        return self.expected()

    def read(self, value: Any, place: Place) -> Any:
        """The value as the linter uses it.

        Raises:
            ConfigurationError: it is not of this kind.
        """
        raise NotImplementedError

    def schema(self, registry: Registry) -> Schema:
        """What values of this kind are, as JSON Schema."""
        raise NotImplementedError

    def unfit(self, value: Any, place: Place) -> ConfigurationError:
        """The complaint about a value that is not of this kind."""
        return place.error(f"expected {self.expected()}, found {describe(value)}.")


class Boolean(Kind):
    """True or false."""

    def expected(self) -> str:
        return "true or false"

    def read(self, value: Any, place: Place) -> bool:
        if not isinstance(value, bool):
            raise self.unfit(value, place)
        return value

    def schema(self, registry: Registry) -> Schema:
        return {"type": "boolean"}


class WholeNumber(Kind):
    """An integer."""

    def expected(self) -> str:
        return "a whole number"

    def read(self, value: Any, place: Place) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.unfit(value, place)
        return value

    def schema(self, registry: Registry) -> Schema:
        return {"type": "integer"}


@dataclass(frozen=True)
class OneOf(Kind):
    """One of a few strings."""

    names: tuple[str, ...]

    def expected(self) -> str:
        *others, last = (f'"{name}"' for name in self.names)
        return f"{', '.join(others)} or {last}"

    def read(self, value: Any, place: Place) -> str:
        if not isinstance(value, str) or value not in self.names:
            raise self.unfit(value, place)
        return value

    def schema(self, registry: Registry) -> Schema:
        return {"enum": list(self.names)}


@dataclass(frozen=True)
class Text(Kind):
    """A string, or one of a certain form.

    Attributes:
        words: what a value must be.
        plural: what several are called.
        form: the regular expression that all of a value must match; it means the same in Python and in ECMAScript.
    """

    words: str = "a string"
    plural: str = "strings"
    form: str = ""

    def expected(self) -> str:
        return self.words

    def read(self, value: Any, place: Place) -> Any:
        if not isinstance(value, str) or (self.form and not re.fullmatch(self.form, value)):
            raise self.unfit(value, place)
        return value

    def schema(self, registry: Registry) -> Schema:
        return {"type": "string", "pattern": f"^(?:{self.form})$"} if self.form else {"type": "string"}


@dataclass(frozen=True)
class Release(Text):
    """The release of a library, read as a tuple of numbers."""

    words: str = 'a release such as "0.115.0"'
    plural: str = "releases"
    form: str = r"[0-9]{1,9}(\.[0-9]{1,9}){0,9}"

    def read(self, value: Any, place: Place) -> tuple[int, ...]:
        return tuple(int(part) for part in super().read(value, place).split("."))


@dataclass(frozen=True)
class Folder(Text):
    """A folder inside the project, relative to its root, read with forward slashes; the root itself is ""."""

    words: str = "a folder inside the project, relative to its root"
    plural: str = "folders"
    form: str = r"(?!/|~|[A-Za-z]:|\.\.(?:/|$))(?!.*/\.\.(?:/|$))[^\\\x00]+"

    def read(self, value: Any, place: Place) -> str:
        parts = [part for part in super().read(value, place).split("/") if part not in ("", ".")]
        return "/".join(parts)


@dataclass(frozen=True)
class PathPattern(Text):
    """A pattern of paths as in a ``.gitignore`` file."""

    words: str = "a path pattern"
    plural: str = "path patterns"
    form: str = ""

    def read(self, value: Any, place: Place) -> str:
        from fastapi_lint.config.patterns import BadPattern
        from fastapi_lint.config.patterns import PathPattern as Compiled

        pattern: str = super().read(value, place)
        try:
            Compiled(pattern)
        except BadPattern as error:
            raise place.error(f"{describe(pattern)} is no path pattern: {error}.") from None
        return pattern


@dataclass(frozen=True)
class Selector(Text):
    """What stands for rules: a code, the beginning of codes, a rule name, a group name, or ``ALL``."""

    words: str = "the code, prefix, name or group of rules"
    plural: str = "rules"
    form: str = ""

    def read(self, value: Any, place: Place) -> str:
        from fastapi_lint.config.selection import complaint

        selector: str = super().read(value, place)
        problem = complaint(selector, place.registry)
        if problem:
            raise place.error(problem)
        return selector

    def schema(self, registry: Registry) -> Schema:
        return {"$ref": f"#/definitions/{SELECTOR_DEFINITION}"}


SELECTOR_DEFINITION = "selector"
"""What the definition of selectors is called in the schema, where it stands once."""


def selector_definition(registry: Registry) -> Schema:
    """What a selector may be, as JSON Schema."""
    from fastapi_lint.config.selection import selectors

    # Codes may be written in small letters too, which need not be offered.
    numbers = sorted({entry.code[3:end] for entry in registry.entries for end in range(3, len(entry.code) + 1)})
    code = {"type": "string", "pattern": f"^[Ff][Aa][Ll](?:{'|'.join(numbers)})$"}
    return {"anyOf": [{"enum": selectors(registry)}, code]}


@dataclass(frozen=True)
class ListOf(Kind):
    """A list of strings of one kind; with ``or_one``, a single string stands for a list of one. ``least`` is how many
    there must be."""

    item: Text
    or_one: bool = False
    least: int = 0

    def expected(self) -> str:
        return ("a string or " if self.or_one else "") + "a list of strings"

    def title(self) -> str:
        return f"a list of {self.item.plural}{', or one' if self.or_one else ''}"

    def read(self, value: Any, place: Place) -> tuple[Any, ...]:
        items = [value] if self.or_one and isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise self.unfit(value, place)
        if len(items) < self.least:
            raise place.error(f"expected {self.title()} with at least {self.least}, found {describe(value)}.")
        return tuple(self.item.read(item, place) for item in items)

    def schema(self, registry: Registry) -> Schema:
        item = self.item.schema(registry)
        schema: Schema = {"type": "array", "items": item}
        if self.least:
            schema["minItems"] = self.least
        return {"anyOf": [item, schema]} if self.or_one else schema


@dataclass(frozen=True)
class TableOf(Kind):
    """A table whose keys are of one kind and whose values are of another, read as pairs."""

    keys: Text
    values: Kind

    def expected(self) -> str:
        return f"a table of {self.keys.plural}"

    def title(self) -> str:
        return f"{self.expected()}; each has {self.values.title()}"

    def read(self, value: Any, place: Place) -> Any:
        if not isinstance(value, dict):
            raise self.unfit(value, place)
        return tuple(
            (self.keys.read(key, place), self.values.read(item, place.below(key))) for key, item in value.items()
        )

    def schema(self, registry: Registry) -> Schema:
        return {
            "type": "object",
            "propertyNames": self.keys.schema(registry),
            "additionalProperties": self.values.schema(registry),
        }


@dataclass(frozen=True)
class Field:
    """A key that a table may have.

    Attributes:
        kind: of its value.
        help: what it means, in one or a few sentences of Markdown.
        default: what counts where it is not there, as it would stand in the file; None: nothing that a file could say.
        otherwise: what counts then.
        required: whether it must be there.
    """

    kind: Kind
    help: str
    default: Any = None
    otherwise: str = ""
    required: bool = False

    def schema(self, registry: Registry) -> Schema:
        """What its value is, as JSON Schema, for editors with meaning and default."""
        schema = {"description": self.help, **self.kind.schema(registry)}
        return schema if self.default is None else {**schema, "default": self.default}


@dataclass(frozen=True)
class Record(Kind):
    """A table with known keys, read as a dictionary of what is there."""

    fields: Mapping[str, Field]
    words: str = "a table"

    def expected(self) -> str:
        return self.words

    def read(self, value: Any, place: Place) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.unfit(value, place)
        for key in value:
            if key not in self.fields:
                hint = did_you_mean(key.replace("_", "-"), self.fields) or listing(self.fields)
                raise place.below(key).error(f"unknown option.{hint}")
        for key, field in self.fields.items():
            if field.required and key not in value:
                raise place.error(f"`{key}` is missing: expected {field.kind.expected()}.")
        return {key: self.fields[key].kind.read(item, place.below(key)) for key, item in value.items()}

    def schema(self, registry: Registry) -> Schema:
        schema: Schema = {
            "type": "object",
            "additionalProperties": False,
            "properties": {key: field.schema(registry) for key, field in self.fields.items()},
        }
        required = [key for key, field in self.fields.items() if field.required]
        return {**schema, "required": required} if required else schema


@dataclass(frozen=True)
class TablesOf(Kind):
    """A list of tables: ``[[key]]`` in a file."""

    record: Record

    def expected(self) -> str:
        return "a list of tables"

    def title(self) -> str:
        names = [f"`{key}`" + ("" if field.required else " (optional)") for key, field in self.record.fields.items()]
        return f"{self.expected()}, each with {', '.join(names)}"

    def read(self, value: Any, place: Place) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise self.unfit(value, place)
        return tuple(self.record.read(item, place.below(str(number))) for number, item in enumerate(value, 1))

    def schema(self, registry: Registry) -> Schema:
        return {"type": "array", "items": self.record.schema(registry)}
