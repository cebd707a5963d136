"""What kind of type an external name is, as far as FastAPI's classification of parameters asks.

FastAPI takes a type for a request body when it is a Pydantic model, a mapping, an upload, a sequence or a dataclass,
and for a scalar otherwise (https://fastapi.tiangolo.com/tutorial/body-multiple-params/). The tables say which of these
a name of the standard library, Pydantic or a well-known package is; a name in none of them is undecided.
"""

from __future__ import annotations

GENERIC_ALIASES = {
    "typing.List": "list",
    "typing.Dict": "dict",
    "typing.Set": "set",
    "typing.FrozenSet": "frozenset",
    "typing.Tuple": "tuple",
    "typing.Type": "type",
    "typing.Text": "str",
    "typing.Deque": "collections.deque",
    "typing.DefaultDict": "collections.defaultdict",
    "typing.OrderedDict": "collections.OrderedDict",
    "typing.Counter": "collections.Counter",
    "typing.ChainMap": "collections.ChainMap",
    "typing.AbstractSet": "collections.abc.Set",
    "typing.ByteString": "collections.abc.ByteString",
    **{
        f"typing.{name}": f"collections.abc.{name}"
        for name in (
            "AsyncGenerator AsyncIterable AsyncIterator Awaitable Callable Collection Container Coroutine Generator "
            "Hashable ItemsView Iterable Iterator KeysView Mapping MappingView MutableMapping MutableSequence "
            "MutableSet Reversible Sequence Sized ValuesView"
        ).split()
    },
}
"""Names of :mod:`typing` that mean another one (https://docs.python.org/3/library/typing.html#deprecated-aliases)."""

SEQUENCES = frozenset(
    """
    list tuple set frozenset range bytearray memoryview collections.deque collections.UserList collections.UserString
    collections.abc.Sequence collections.abc.MutableSequence collections.abc.ByteString collections.namedtuple()
    array.array typing.NamedTuple typing.NamedTuple() pydantic.conlist() pydantic.conset() pydantic.confrozenset()
    """.split()
)
"""Classes that ``issubclass`` counts as one of list, tuple, set, frozenset, deque or Sequence; text and bytes apart."""

ITERABLES = SEQUENCES | frozenset(
    """
    collections.abc.Set collections.abc.MutableSet collections.abc.Collection collections.abc.Iterable
    collections.abc.Iterator collections.abc.Generator collections.abc.AsyncIterable collections.abc.AsyncIterator
    collections.abc.AsyncGenerator collections.abc.Container collections.abc.Reversible
    """.split()
)
"""Generic types whose first argument is the type of what they hold or yield."""

MAPPINGS = frozenset(
    """
    dict collections.abc.Mapping collections.abc.MutableMapping collections.OrderedDict collections.defaultdict
    collections.Counter collections.ChainMap collections.UserDict types.MappingProxyType typing.TypedDict
    typing.TypedDict() starlette.datastructures.Headers starlette.datastructures.QueryParams
    starlette.datastructures.FormData http.cookies.SimpleCookie multidict.MultiDict
    """.split()
)
"""Classes that ``issubclass`` counts as Mapping."""

MODELS = frozenset(
    """
    pydantic.BaseModel pydantic.RootModel pydantic.generics.GenericModel pydantic.create_model()
    pydantic_settings.BaseSettings sqlmodel.SQLModel
    beanie.Document beanie.View odmantic.Model odmantic.EmbeddedModel ormar.Model aredis_om.HashModel
    aredis_om.JsonModel redis_om.HashModel redis_om.JsonModel
    fastapi.security.HTTPAuthorizationCredentials fastapi.security.HTTPBasicCredentials
    fastapi_users.schemas.BaseUser fastapi_users.schemas.BaseUserCreate fastapi_users.schemas.BaseUserUpdate
    fastapi_users.schemas.CreateUpdateDictModel fastapi_users.schemas.BaseOAuthAccount
    fastapi_mail.MessageSchema fastapi_mail.ConnectionConfig fastapi_pagination.Page fastapi_pagination.Params
    fastapi_utils.api_model.APIModel fastapi_camelcase.CamelModel humps.CamelModel
    """.split()
)
"""Subclasses of Pydantic's BaseModel in well-known packages (their documentation)."""

UPLOADS = frozenset({"fastapi.UploadFile", "starlette.datastructures.UploadFile"})
"""Uploaded files."""

DATACLASS_DECORATORS = frozenset({"dataclasses.dataclass", "pydantic.dataclasses.dataclass"})
"""Decorators that make a class a dataclass. (attrs classes are scalars to FastAPI.)"""

DATACLASS_BASES = frozenset({"sqlalchemy.orm.MappedAsDataclass"})
"""Classes whose subclasses are dataclasses."""

SCALARS = frozenset(
    """
    int float complex bool str bytes object type None Ellipsis
    typing.Any typing.AnyStr typing.Hashable typing.Literal typing.LiteralString typing.TypeVar() typing.NewType()
    typing.Union typing.Callable typing.Pattern typing.Match typing.Protocol typing.Generic
    collections.abc.Callable collections.abc.Hashable collections.abc.Iterable collections.abc.Iterator
    collections.abc.Collection collections.abc.Container collections.abc.Set collections.abc.MutableSet
    collections.abc.Generator collections.abc.AsyncIterable collections.abc.AsyncIterator
    collections.abc.AsyncGenerator
    abc.ABC
    starlette.datastructures.URL starlette.datastructures.Secret
    bson.ObjectId bson.objectid.ObjectId beanie.PydanticObjectId odmantic.ObjectId odmantic.bson.ObjectId
    ulid.ULID shortuuid.ShortUUID phonenumbers.PhoneNumber furl.furl pendulum.DateTime pendulum.Date
    fastapi.security.OAuth2PasswordRequestForm fastapi.security.OAuth2PasswordRequestFormStrict
    sqlalchemy.orm.Session sqlalchemy.orm.DeclarativeBase sqlalchemy.orm.DeclarativeBaseNoMeta
    sqlalchemy.orm.declarative_base() sqlalchemy.ext.asyncio.AsyncSession
    sqlalchemy.ext.asyncio.AsyncAttrs sqlmodel.Session
    Exception BaseException ValueError
    """.split()
)
"""Names that are none of the complex kinds."""

SCALAR_MODULES = frozenset(
    {"datetime", "uuid", "decimal", "pathlib", "ipaddress", "fractions", "enum", "re", "numbers", "zoneinfo"}
)
"""Modules of the standard library all of whose classes are scalars."""

SCALAR_PREFIXES = ("pydantic.", "pydantic_extra_types.", "annotated_types.", "email_validator.")
"""Packages whose types are scalars unless a table above says otherwise."""

CONSTRAINED_TYPES = {
    "pydantic.conint()": "int",
    "pydantic.confloat()": "float",
    "pydantic.constr()": "str",
    "pydantic.conbytes()": "bytes",
    "pydantic.condecimal()": "decimal.Decimal",
    "pydantic.condate()": "datetime.date",
    "pydantic.conlist()": "list",
    "pydantic.conset()": "set",
    "pydantic.confrozenset()": "frozenset",
}
"""Functions of Pydantic that return a constrained type, and the type that is
(https://docs.pydantic.dev/latest/api/types/)."""

QUALIFIERS = frozenset(
    {
        "typing.ClassVar",
        "typing.Final",
        "typing.Required",
        "typing.NotRequired",
        "typing.ReadOnly",
        "dataclasses.InitVar",
    }
)
"""Subscripted names that say something about a declaration rather than about its type."""
