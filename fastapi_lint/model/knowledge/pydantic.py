"""What Pydantic makes of a class body: field factories, validators, configuration, types with a meaning.

Sources: https://docs.pydantic.dev/latest/ (fields, validators, configuration, alias), its migration guide for the names
of version 1 (https://docs.pydantic.dev/latest/migration/), https://sqlmodel.tiangolo.com/ and the sources of
Pydantic 2.14, SQLModel 0.0.50, FastAPI 0.165 and fastapi-users 15.
"""

from __future__ import annotations

SETTINGS_BASES = frozenset({"pydantic_settings.BaseSettings"})
"""Models that are filled from the environment, not by clients."""

NOT_SCHEMAS = frozenset(
    {
        "beanie.Document",
        "beanie.View",
        "odmantic.Model",
        "odmantic.EmbeddedModel",
        "ormar.Model",
        "aredis_om.HashModel",
        "aredis_om.JsonModel",
        "redis_om.HashModel",
        "redis_om.JsonModel",
    }
)
"""Models that are stored documents: Pydantic models, but of the database side."""

ROOT_BASES = frozenset({"pydantic.RootModel"})
"""Models that validate one value rather than an object."""

DATACLASS_DECORATORS = frozenset({"pydantic.dataclasses.dataclass", "pydantic.dataclasses.dataclass()"})
"""What makes a class a Pydantic dataclass."""

HARMLESS_DECORATORS = DATACLASS_DECORATORS | frozenset(
    {
        "dataclasses.dataclass",
        "dataclasses.dataclass()",
        "typing.final",
        "typing.deprecated()",
        "warnings.deprecated()",
        "typing.dataclass_transform()",
        "functools.total_ordering",
        "strawberry.experimental.pydantic.type()",
    }
)
"""Class decorators that leave the fields of a model as they are."""

FIELD_FACTORIES = frozenset(
    {
        "pydantic.Field()",
        "sqlmodel.Field()",
        "fastapi.Query()",
        "fastapi.Path()",
        "fastapi.Header()",
        "fastapi.Cookie()",
        "fastapi.Body()",
        "fastapi.Form()",
        "fastapi.File()",
        "beanie.Indexed()",
        "odmantic.Field()",
    }
)
"""Calls that describe a field; their first argument is its default. FastAPI's are subclasses of FieldInfo."""

DATACLASS_FIELD_FACTORIES = frozenset({"dataclasses.field()"})
"""The same for dataclasses; keyword arguments only."""

NO_FIELDS = frozenset(
    {
        "pydantic.PrivateAttr()",
        "sqlmodel.Relationship()",
        "sqlalchemy.orm.relationship()",
    }
)
"""Values that make an annotated attribute something else than a field."""

CLASS_VARIABLES = frozenset({"typing.ClassVar"})
"""Qualifiers of attributes that are no fields."""

VALIDATORS: dict[str, tuple[str, int]] = {
    "pydantic.field_validator()": ("field_validator", 2),
    "pydantic.model_validator()": ("model_validator", 2),
    "pydantic.field_serializer()": ("field_serializer", 2),
    "pydantic.model_serializer()": ("model_serializer", 2),
    "pydantic.model_serializer": ("model_serializer", 2),
    "pydantic.computed_field()": ("computed_field", 2),
    "pydantic.computed_field": ("computed_field", 2),
    "pydantic.validator()": ("validator", 1),
    "pydantic.root_validator()": ("root_validator", 1),
    "pydantic.root_validator": ("root_validator", 1),
}
"""Decorators of methods with a part in validation: kind, and the Pydantic version whose API it is."""

FIELD_VALIDATORS = frozenset({"field_validator", "validator", "field_serializer"})
"""Kinds whose positional arguments are field names."""

DEFAULT_MODES = {
    "field_validator": "after",
    "model_validator": "after",
    "validator": "after",
    "root_validator": "after",
    "field_serializer": "plain",
    "model_serializer": "plain",
    "computed_field": "plain",
}
"""The mode of a decorator that names none (``model_validator`` must)."""

CONFIG_FACTORIES = frozenset(
    {"pydantic.ConfigDict()", "pydantic_settings.SettingsConfigDict()", "sqlmodel.SQLModelConfig()", "dict()"}
)
"""Calls whose keywords are a model's configuration."""

CONFIG_V1_NAMES = {
    "orm_mode": "from_attributes",
    "allow_population_by_field_name": "populate_by_name",
    "anystr_strip_whitespace": "str_strip_whitespace",
    "anystr_lower": "str_to_lower",
    "anystr_upper": "str_to_upper",
    "min_anystr_length": "str_min_length",
    "max_anystr_length": "str_max_length",
    "schema_extra": "json_schema_extra",
    "validate_all": "validate_default",
    "keep_untouched": "ignored_types",
}
"""Options of version 1 and what version 2 calls them. (``allow_mutation`` became ``frozen``, its opposite.)"""

BASE_CONFIG = {"sqlmodel.SQLModel": {"from_attributes": True}}
"""Configuration that external base classes bring along."""

V1_METHODS = {
    "dict": "model_dump",
    "json": "model_dump_json",
    "parse_obj": "model_validate",
    "parse_raw": "model_validate_json",
    "from_orm": "model_validate",
    "construct": "model_construct",
    "copy": "model_copy",
    "schema": "model_json_schema",
    "schema_json": "model_json_schema",
    "update_forward_refs": "model_rebuild",
    "validate": "model_validate",
    "__fields__": "model_fields",
    "__fields_set__": "model_fields_set",
}
"""Methods and attributes of version 1 models and their successors."""

GONE_BASES = {
    "pydantic.BaseSettings": "pydantic_settings.BaseSettings",
    "pydantic.ConstrainedStr": "Annotated[str, StringConstraints(…)]",
    **{
        f"pydantic.Constrained{name}": f"Annotated[{base}, Field(…)]"
        for name, base in (
            ("Bytes", "bytes"),
            ("Date", "date"),
            ("Decimal", "Decimal"),
            ("Float", "float"),
            ("FrozenSet", "frozenset"),
            ("Int", "int"),
            ("List", "list"),
            ("Set", "set"),
        )
    },
}
"""Base classes of version 1 that version 2 has no more, with what stands for them (``pydantic/_migration.py``)."""

V1_BASES = {"pydantic.generics.GenericModel": "BaseModel with Generic"}
V1_FUNCTIONS = {
    "pydantic.parse_obj_as": "TypeAdapter(…).validate_python",
    "pydantic.tools.parse_obj_as": "TypeAdapter(…).validate_python",
    "pydantic.schema_of": "TypeAdapter(…).json_schema",
    "pydantic.schema_json_of": "TypeAdapter(…).json_schema",
}
"""Base classes and functions of version 1 that are deprecated, and their successors."""

_DUMPING = frozenset({"include", "exclude", "by_alias", "exclude_unset", "exclude_defaults", "exclude_none"})
V1_ARGUMENTS: dict[str, frozenset[str] | None] = {
    "dict": _DUMPING,
    "json": _DUMPING,
    "parse_obj": frozenset({"obj", "update"}),
    "from_orm": frozenset({"obj", "update"}),
    "construct": None,
    "copy": frozenset({"update", "deep"}),
    "schema": frozenset({"by_alias", "ref_template"}),
    "update_forward_refs": frozenset(),
    "validate": frozenset(),
}
"""The keyword arguments with which a method of version 1 does in version 2 what its successor does; None: all. What
the others do is done differently now, or no more (``pydantic/main.py`` and ``sqlmodel/main.py``, at the deprecated
methods)."""

ALIAS_GENERATORS = {
    "pydantic.alias_generators.to_camel": "camel",
    "pydantic.alias_generators.to_pascal": "pascal",
    "pydantic.alias_generators.to_snake": "snake",
    "humps.camelize": "camel",
    "humps.main.camelize": "camel",
    "humps.camel.case": "camel",
    "humps.pascalize": "pascal",
    "humps.main.pascalize": "pascal",
}
"""Functions that make aliases of field names, by the style they write."""

SECRET_TYPES = frozenset(
    {"pydantic.SecretStr", "pydantic.SecretBytes", "pydantic.Secret", "starlette.datastructures.Secret"}
)
"""Types whose value is masked when it is written as text."""

BOUNDED_TYPES = {
    **dict.fromkeys(("str", "bytes"), "text"),
    **dict.fromkeys(("list", "set", "frozenset"), "list"),
    **dict.fromkeys(("int", "float", "decimal.Decimal"), "number"),
}
"""Types whose values have a size, and the kind of their bounds."""

BOUNDS = {
    "text": frozenset({"max_length", "pattern", "regex"}),
    "list": frozenset({"max_length", "max_items"}),
    "number": frozenset({"ge", "gt", "le", "lt", "multiple_of", "max_digits"}),
}
"""Arguments that bound values (https://docs.pydantic.dev/latest/concepts/fields/#field-constraints)."""

EXAMPLE_ARGUMENTS = frozenset({"example", "examples", "openapi_examples", "json_schema_extra", "schema_extra"})
"""Arguments of fields and parameters that give examples, or change the schema by code
(https://fastapi.tiangolo.com/tutorial/schema-extra-example/)."""

SCHEMA_OPTIONS = frozenset({"json_schema_extra", "schema_extra"})
SCHEMA_METHODS = ("__get_pydantic_json_schema__", "__modify_schema__", "model_json_schema")
"""Options and methods of models that do so."""

EXTERNAL_FIELDS: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "fastapi_users.schemas.BaseUser": (
        ("id", "typing.Any", True),
        ("email", "pydantic.EmailStr", True),
        ("is_active", "bool", False),
        ("is_superuser", "bool", False),
        ("is_verified", "bool", False),
    ),
    "fastapi_users.schemas.BaseUserCreate": (
        ("email", "pydantic.EmailStr", True),
        ("password", "str", True),
        ("is_active", "bool | None", False),
        ("is_superuser", "bool | None", False),
        ("is_verified", "bool | None", False),
    ),
    "fastapi_users.schemas.BaseUserUpdate": (
        ("password", "str | None", False),
        ("email", "pydantic.EmailStr | None", False),
        ("is_active", "bool | None", False),
        ("is_superuser", "bool | None", False),
        ("is_verified", "bool | None", False),
    ),
}
"""Fields that external base models bring along: name, type, required."""

WITHOUT_FIELDS = frozenset(
    """
    pydantic.BaseModel pydantic.RootModel pydantic.generics.GenericModel sqlmodel.SQLModel
    fastapi_users.schemas.CreateUpdateDictModel fastapi_utils.api_model.APIModel fastapi_camelcase.CamelModel
    humps.CamelModel object abc.ABC typing.Generic typing.Protocol str int float enum.Enum
    """.split()
)
"""External base classes that bring no field."""
