"""What ``from package import *`` brings from packages that the model knows by name.

Checked by the tests against the installed releases; of ``typing`` it is what the running Python exports.
"""

from __future__ import annotations

import typing

STAR_EXPORTS = {
    "typing": frozenset(typing.__all__),
    "fastapi": frozenset(
        """
        APIRouter BackgroundTasks Body Cookie Depends FastAPI File Form HTTPException Header Path Query Request
        Response Security UploadFile WebSocket WebSocketDisconnect WebSocketException status
        """.split()
    ),
    "fastapi.security": frozenset(
        """
        APIKeyCookie APIKeyHeader APIKeyQuery HTTPAuthorizationCredentials HTTPBasic HTTPBasicCredentials HTTPBearer
        HTTPDigest OAuth2 OAuth2AuthorizationCodeBearer OAuth2PasswordBearer OAuth2PasswordRequestForm
        OAuth2PasswordRequestFormStrict OpenIdConnect SecurityScopes
        """.split()
    ),
    "fastapi.responses": frozenset(
        """
        EventSourceResponse FileResponse HTMLResponse JSONResponse ORJSONResponse PlainTextResponse RedirectResponse
        Response StreamingResponse UJSONResponse
        """.split()
    ),
    "pydantic": frozenset(
        """
        AfterValidator AliasChoices AliasGenerator AliasPath AllowInfNan AmqpDsn AnyHttpUrl AnyUrl AnyWebsocketUrl
        AwareDatetime Base64Bytes Base64Encoder Base64Str Base64UrlBytes Base64UrlStr BaseConfig BaseModel
        BeforeValidator ByteSize ClickHouseDsn CockroachDsn ConfigDict DirectoryPath Discriminator EmailStr
        EncodedBytes EncodedStr EncoderProtocol Extra FailFast Field FieldSerializationInfo FilePath FileUrl
        FiniteFloat FtpUrl FutureDate FutureDatetime GetCoreSchemaHandler GetJsonSchemaHandler GetPydanticSchema
        HttpUrl IPvAnyAddress IPvAnyInterface IPvAnyNetwork ImportString InstanceOf Json JsonValue KafkaDsn MISSING
        MariaDBDsn ModelWrapValidatorHandler MongoDsn MySQLDsn NaiveDatetime NameEmail NatsDsn NegativeFloat
        NegativeInt NewPath NonNegativeFloat NonNegativeInt NonPositiveFloat NonPositiveInt OnErrorOmit PastDate
        PastDatetime PaymentCardNumber PlainSerializer PlainValidator PositiveFloat PositiveInt PostgresDsn
        PrivateAttr PydanticDeprecatedSince20 PydanticDeprecatedSince210 PydanticDeprecatedSince211
        PydanticDeprecatedSince212 PydanticDeprecatedSince214 PydanticDeprecatedSince26 PydanticDeprecatedSince29
        PydanticDeprecationWarning PydanticErrorCodes PydanticExperimentalWarning PydanticForbiddenQualifier
        PydanticImportError PydanticInvalidForJsonSchema PydanticSchemaGenerationError PydanticUndefinedAnnotation
        PydanticUserError RedisDsn RootModel Secret SecretBytes SecretStr SerializationInfo SerializeAsAny
        SerializerFunctionWrapHandler SkipValidation SnowflakeDsn SocketPath Strict StrictBool StrictBytes
        StrictFloat StrictInt StrictStr StringConstraints Tag TypeAdapter UUID1 UUID3 UUID4 UUID5 UUID6 UUID7 UUID8
        UrlConstraints VERSION ValidateAs ValidationError ValidationInfo ValidatorFunctionWrapHandler WebsocketUrl
        WithJsonSchema WrapSerializer WrapValidator __version__ computed_field conbytes condate condecimal confloat
        confrozenset conint conlist conset constr create_model field_serializer field_validator model_serializer
        model_validator parse_obj_as root_validator schema_json_of schema_of validate_call validate_email validator
        with_config
        """.split()
    ),
    "sqlmodel": frozenset(
        """
        ARRAY AutoString BIGINT BINARY BLANK_SCHEMA BLOB BOOLEAN BigInteger Boolean CHAR CLOB CheckConstraint Column
        ColumnDefault Computed Constraint DATE DATETIME DDL DECIMAL DOUBLE DOUBLE_PRECISION Date DateTime
        DefaultClause Discriminator Double Enum FLOAT FetchedValue Field Float ForeignKey ForeignKeyConstraint INT
        INTEGER Identity Index Integer Interval JSON LABEL_STYLE_DEFAULT LABEL_STYLE_DISAMBIGUATE_ONLY
        LABEL_STYLE_NONE LABEL_STYLE_TABLENAME_PLUS_COL LargeBinary MetaData NCHAR NUMERIC NVARCHAR Numeric
        PickleType PrimaryKeyConstraint QueuePool REAL Relationship SMALLINT SQLModel Sequence Session SmallInteger
        StaticPool String TEXT TIME TIMESTAMP Table Tag Text Time TupleType TypeDecorator UTCDateTime UUID Unicode
        UnicodeText UniqueConstraint Uuid VARBINARY VARCHAR alias all_ and_ any_ asc between bindparam case cast col
        collate column create_engine create_mock_engine delete desc distinct engine_from_config except_ except_all
        exists extract false func funcfilter insert inspect intersect intersect_all join lambda_stmt lateral literal
        literal_column modifier not_ null nulls_first nulls_last nullsfirst nullslast or_ outerjoin outparam over
        select table tablesample text true tuple_ type_coerce union union_all update values within_group
        """.split()
    ),
}
