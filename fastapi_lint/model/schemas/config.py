"""Configuration and validators of Pydantic models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.knowledge.pydantic import (
    BASE_CONFIG,
    CONFIG_FACTORIES,
    CONFIG_V1_NAMES,
    DEFAULT_MODES,
    FIELD_VALIDATORS,
    VALIDATORS,
)
from fastapi_lint.model.values import (
    Dictionary,
    ExternalResult,
    Literal,
    Parametrized,
    Value,
    external_name,
    possibilities,
)
from fastapi_lint.text.location import Location


@dataclass(slots=True, frozen=True)
class Validator:
    """A method with a part in validation or serialization.

    Attributes:
        kind: "field_validator", "model_validator", "field_serializer", "model_serializer", "computed_field", and
            "validator" and "root_validator" of version 1.
        name: the class attribute.
        mode: "before", "after", "wrap" or "plain"; "" when it is not known.
        fields: the names of the fields it is for; "*" is all of them.
        function: the method.
        decorator: what its decorator evaluates to.
        version: the major version of Pydantic whose API it is.
    """

    kind: str
    name: str
    mode: str
    fields: tuple[str, ...]
    function: FunctionDefinition
    decorator: Value
    version: int

    @property
    def location(self) -> Location:
        """Where the name of the method stands."""
        return self.function.location


def validators(cls: ClassDefinition) -> Iterator[Validator]:
    """The validators, serializers and computed fields of a class, those of the farthest base first; a method that is
    defined anew replaces the inherited one."""
    found: dict[str, Value] = {}
    for entry in reversed(cls.lineage):
        if isinstance(entry, ClassDefinition):
            for name, value in entry.namespace.names.items():
                found.pop(name, None)
                found[name] = value
    for name, value in found.items():
        if isinstance(value, FunctionDefinition):
            for decorator in value.decorators:
                if (validator := _validator(name, decorator, value)) is not None:
                    yield validator
        elif isinstance(value, ExternalResult) and (made := _made_by_call(name, value)) is not None:
            yield made


def _made_by_call(name: str, value: ExternalResult) -> Validator | None:
    """The validator that ``name = field_validator("field")(function)`` makes, or None."""
    function = value.arguments.get("", 0)
    decorator = value.callee.receiver or value.callee
    if isinstance(function, FunctionDefinition) and external_name(decorator) in VALIDATORS:
        return _validator(name, decorator, function)
    return None


def _validator(name: str, decorator: Value, function: FunctionDefinition) -> Validator | None:
    known = VALIDATORS.get(external_name(decorator))
    if known is None:
        return None
    kind, version = known
    mode, fields = DEFAULT_MODES[kind], ()
    if isinstance(decorator, ExternalResult):
        mode = _mode(decorator, mode)
        if kind in FIELD_VALIDATORS:
            names = (name.value for name in decorator.arguments.positional if isinstance(name, Literal))
            fields = tuple(name for name in names if isinstance(name, str))
    return Validator(kind, name, mode, fields, function, decorator, version)


def _mode(decorator: ExternalResult, default: str) -> str:
    """The mode a decorator names; ``pre=True`` of version 1 is "before"."""
    mode = decorator.arguments.keywords.get("mode")
    if mode is not None:
        return mode.value if isinstance(mode, Literal) and isinstance(mode.value, str) else ""
    before = decorator.arguments.keywords.get("pre")
    if isinstance(before, Literal) and before.value is True:
        return "before"
    return default


def configuration(cls: ClassDefinition, pydantic_major: int) -> dict[str, Value]:
    """The configuration of a model by option name.

    The bases' options from left to right (Pydantic does not follow the resolution order here), then the own
    ``model_config`` or ``class Config``, then keywords of the class statement.

    Args:
        cls: the model.
        pydantic_major: the major version of Pydantic. Version 2 ignores the option names of version 1 (with a warning);
            for version 1 they are found under the names of version 2 too.
    """
    options = _configuration(cls, ())
    if pydantic_major < 2:
        options.update({new: options[old] for old, new in CONFIG_V1_NAMES.items() if old in options})
    return options


def _configuration(cls: ClassDefinition, path: tuple[ClassDefinition, ...]) -> dict[str, Value]:
    options: dict[str, Value] = {}
    if cls in path:
        return options
    for base in cls.bases:
        origin = base.origin if isinstance(base, Parametrized) else base
        if isinstance(origin, ClassDefinition):
            options.update(_configuration(origin, (*path, cls)))
        else:
            known = BASE_CONFIG.get(external_name(origin), {})
            options.update({name: Literal(value) for name, value in known.items()})
    options.update(_own_options(cls))
    options.update({name: value for name, value in cls.keywords.items() if name not in ("metaclass", "table")})
    return options


def _own_options(cls: ClassDefinition) -> dict[str, Value]:
    """The options of the own ``model_config`` or ``class Config``."""
    for value in possibilities(cls.namespace.names.get("model_config")):
        if isinstance(value, ExternalResult) and value.name in CONFIG_FACTORIES:
            given = dict(value.arguments.keywords)
            for source in value.arguments.positional:
                if isinstance(source, Dictionary):
                    given = {**_options_of(source), **given}
            return given
        if isinstance(value, Dictionary):
            return _options_of(value)
    nested = cls.namespace.names.get("Config")
    if not isinstance(nested, ClassDefinition):
        return {}
    options: dict[str, Value] = {}
    for entry in reversed(list(nested.project_lineage)):
        options.update({name: value for name, value in entry.namespace.names.items() if not name.startswith("__")})
    return options


def _options_of(mapping: Dictionary) -> dict[str, Value]:
    return {key.value: value for key, value in mapping.items if isinstance(key, Literal) and isinstance(key.value, str)}
