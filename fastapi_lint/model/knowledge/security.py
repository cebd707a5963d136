"""Security schemes and what authentication looks like in code.

Sources: https://fastapi.tiangolo.com/reference/security/; the documentation of the packages named.
"""

from __future__ import annotations

import re

TOKEN_URL_SCHEMES = ("fastapi.security.OAuth2PasswordBearer", "fastapi.security.oauth2.OAuth2PasswordBearer")
"""The schemes whose ``tokenUrl`` says where a password is exchanged for a token."""

SECURITY_SCHEMES = frozenset(
    """
    fastapi.security.SecurityBase fastapi.security.APIKeyBase fastapi.security.APIKeyQuery
    fastapi.security.APIKeyHeader fastapi.security.APIKeyCookie fastapi.security.HTTPBase fastapi.security.HTTPBasic
    fastapi.security.HTTPBearer fastapi.security.HTTPDigest fastapi.security.OAuth2
    fastapi.security.OAuth2PasswordBearer fastapi.security.OAuth2AuthorizationCodeBearer
    fastapi.security.OpenIdConnect fastapi.security.base.SecurityBase
    fastapi_login.LoginManager fastapi_login.fastapi_login.LoginManager
    fastapi_azure_auth.SingleTenantAzureAuthorizationCodeBearer
    fastapi_azure_auth.MultiTenantAzureAuthorizationCodeBearer fastapi_azure_auth.B2CMultiTenantAuthorizationCodeBearer
    fastapi_azure_auth.auth.SingleTenantAzureAuthorizationCodeBearer
    fastapi_azure_auth.auth.MultiTenantAzureAuthorizationCodeBearer
    fastapi_azure_auth.auth.B2CMultiTenantAuthorizationCodeBearer
    fastapi_keycloak_middleware.KeycloakAuthorization
    """.split()
)
"""Classes whose instances are security schemes: ``SecurityBase`` of FastAPI and its subclasses."""

CHALLENGES = {
    "HTTPBearer": "Bearer",
    "OAuth2PasswordBearer": "Bearer",
    "OAuth2AuthorizationCodeBearer": "Bearer",
    "HTTPBasic": "Basic",
}
"""The schemes of ``fastapi.security`` that send a challenge when they reject a request by themselves, and which
(https://fastapi.tiangolo.com/reference/security/; ``tests/proofs/test_proof_challenges.py``)."""

AUTHENTICATORS = (
    "fastapi_users.",
    "fastapi_jwt.",
    "fastapi_auth0.",
    "fastapi_cloudauth.",
    "fastapi_keycloak.",
    "fastapi_keycloak_middleware.",
    "fastapi_clerk_auth.",
    "fastapi_permissions.",
    "fastapi_azure_auth.",
    "fastapi_login.",
    "fastapi_msal.",
    "fastapi_opa.",
    "fastapi_nextauth_jwt.",
    "fastapi_simple_security.",
    "supertokens_python.",
    "propelauth_fastapi.",
    "authx.",
    "fief_client.",
    "clerk_backend_api.",
    "workos.",
)
"""Packages whose callables, used as a dependency, reject requests without a valid user (their documentation)."""

AUTHENTICATING_PACKAGES = frozenset(
    """
    jwt jose jwcrypto joserfc authlib itsdangerous passlib pwdlib bcrypt argon2 fastapi_users fastapi_login
    fastapi_jwt_auth authx fastapi_sso fastapi_keycloak fastapi_auth0 fastapi_cloudauth fastapi_azure_auth
    fastapi_clerk_auth firebase_admin supertokens_python supabase ldap3 msal keycloak okta propelauth_fastapi workos
    clerk_backend_api
    """.split()
)
"""Packages for tokens, logins and passwords: who imports one knows its users in some way."""

AUTHENTICATING_CALLS = re.compile(r"\.(?:fresh_)?jwt_(?:refresh_token_)?required$|\.(?:access|refresh)_token_required$")
"""Methods that read credentials and raise when these are missing, called in bodies (fastapi-jwt-auth, authx)."""

AUTHENTICATING_DECORATORS = frozenset({"starlette.authentication.requires()", "fastapi_simple_rbac.requires()"})
"""Decorators of endpoints that reject requests without rights (https://www.starlette.io/authentication/#permissions)."""

AUTHENTICATING_MIDDLEWARES = re.compile(
    r"^starlette\.middleware\.authentication\.|^fastapi_keycloak_middleware\.|^supertokens_python\.|"
    r"(?:Auth|JWT|OAuth|OIDC|Keycloak|Token)\w*Middleware$"
)
"""External middlewares that may authenticate; which paths they spare, and whether they reject, is for their own
configuration to say."""

HARMLESS_DEPENDENCIES = (
    "fastapi.security.OAuth2PasswordRequestForm",
    "fastapi_limiter.",
    "fastapi_pagination.",
    "fastapi_filter.",
    "fastapi_cache.",
    "fastapi_babel.",
    "fastapi_mail.",
    "fastapi_csrf_protect.",
    "fastapi_query_",
    "fastapi_async_sqlalchemy.",
    "fastapi_sqlalchemy.",
    "fastapi_injector.",
    "dependency_injector.",
    "punq.",
    "sqlalchemy.",
    "sqlmodel.",
    "redis.",
    "httpx.",
    "motor.",
    "starlette.",
    "pydantic.",
    "pydantic_settings.",
    "typing.",
    "functools.",
    "datetime.",
    "uuid.",
    "logging.",
)
"""Prefixes of external names that do other things than authentication when they are depended upon."""

HARMLESS_NAMES = re.compile(
    r"(?:^|_)(?:db|database|session_?scope|session_?maker|session_?local|async_session|get_session|db_session|settings?|"
    r"config|engine|redis|cache|logger|logging|pagination|paginate|page|pages|limit|limiter|rate_?limit(?:er)?|"
    r"throttle|templates?|locale|language|translator|i18n|http_client|repository|repo|unit_of_work|uow|storage|bucket|"
    r"tracer|metrics|feature_flags?|request_id|correlation_id)(?:_scope(?:_readonly)?)?$"
)
"""Names of external dependencies that, by their name, do other things than authentication."""

CREDENTIAL_NAMES = re.compile(
    r"^(?!.*[cx]srf).*(?:"
    r"authori[sz]ation|\bauth\b|auth[-_]?token|access[-_]?token|session|bearer|\bjwt\b|\btoken\b|[-_]token\b|api[-_]?key|"
    r"x[-_]key|secret|signature|hmac|cookie|credential|remote[-_]user|forwarded[-_](?:user|email)|x[-_](?:user|email))",
    re.IGNORECASE,
)
"""Names of headers, cookies and parameters that carry credentials. A token against cross-site requests says which page
sent a request, not who (https://owasp.org/www-community/attacks/csrf)."""

NO_CREDENTIAL_NAMES = re.compile(
    r"[cx]srf|lang|locale|theme|consent|currency|time_?zone|"
    r"^(accept|content|user-agent|host|origin|refer|x-request|x-forwarded)",
    re.IGNORECASE,
)
"""Names of headers and cookies that say nothing of who is asking, though what reads them may turn requests away."""

REQUEST_CREDENTIALS = frozenset({"session", "user", "auth"})
"""Attributes of a Starlette request that hold who is asking
(https://www.starlette.io/authentication/, https://www.starlette.io/middleware/#sessionmiddleware)."""

STATE_CREDENTIALS = re.compile(r"user|auth|account|principal|identity|claims|token|api_?key|subject", re.IGNORECASE)
"""Attributes of ``request.state`` that a middleware may have left to say who is asking."""

REJECTING_STATUSES = frozenset({401, 403})
"""Statuses that turn a request away for want of credentials or rights (RFC 9110, 15.5.2 and 15.5.4)."""

WEBSOCKET_CREDENTIALS = re.compile(
    r"auth(?!or)|token|credential|api_?key|jwt|secret|passw|permission|ticket|signature|login|log_in|"
    r"(?:current|logged_in|active|get|find|load)_user|verif|allowed|forbid|policy|principal|identity|cookie",
    re.IGNORECASE,
)
"""Words that code has which may look at who is on a websocket, in the first message too."""

REJECTING_CLOSE_CODES = frozenset({1008, 3000, 3003, 4001, 4003, 4401, 4403})
"""Codes with which a websocket is closed for the same reasons (RFC 6455, 7.4.1; the IANA registry of close codes)."""

HTTP_EXCEPTIONS = frozenset({"fastapi.HTTPException", "starlette.exceptions.HTTPException"})
WEBSOCKET_EXCEPTIONS = frozenset(
    {"fastapi.WebSocketException", "fastapi.exceptions.WebSocketException", "starlette.exceptions.WebSocketException"}
)
"""The exceptions that become an error response or a close code
(https://fastapi.tiangolo.com/reference/exceptions/)."""

REJECTING_EXTERNALS = frozenset(
    """
    fastapi_jwt_auth.exceptions.AuthJWTException jwt.InvalidTokenError jwt.exceptions.InvalidTokenError
    jwt.ExpiredSignatureError jose.JWTError jose.exceptions.JWTError starlette.authentication.AuthenticationError
    fastapi_users.exceptions.UserNotExists
    """.split()
)
"""External exceptions about credentials."""

REJECTING_NAMES = re.compile(
    r"unauthori[sz]ed|unauthenticated|not_?authenticated|not_?authori[sz]ed|forbidden|permission_?(?:denied|error)|access_?denied|"
    r"(?:invalid|bad|wrong|missing|expired|incorrect|no)_?(?:credential|token|auth|api_?key|session|signature|jwt)|"
    r"credentials?_?(?:exception|error)|auth(?:entication|ori[sz]ation)?_?(?:exception|error|failed|failure|required)|"
    r"login_?required|insufficient_?(?:permission|privilege|scope|rights|role)|token_?(?:expired|invalid|error|exception)",
    re.IGNORECASE,
)
"""Names of exceptions and helpers that turn a request away."""

AUTHENTICATION_NAMES = re.compile(
    r"(?:^|_)(?:current|active|authenticated|logged_in|login|signed_in|requesting|auth|authorized)_(?:active_|super_?|admin_)*"
    r"(?:user|superuser|admin|account|member|principal|customer|staff|employee|subject|identity|session)(?:$|_)|"
    r"(?:^|_)(?:authenticate|authenticated|authentication|authorize|authorise|authorized|authorization|login_required|"
    r"auth_required|is_authenticated|is_authorized)(?:$|_)|"
    r"(?:^|_)(?:require|requires|required|ensure|check|verify|validate|validated|protect|enforce)_(?:\w+_)?"
    r"(?:auth|user|users|login|token|tokens|jwt|api_?key|access|permission|permissions|role|roles|scope|scopes|admin|"
    r"superuser|owner|signature|secret|credentials?|session|bearer|oauth\w*)(?:$|_)|"
    r"^(?:auth|is_admin|admin_only|only_admin|has_permissions?|has_role|has_access|admin_required|api_key_auth|"
    r"jwt_required|token_required|permission_required|role_required|roles_required|user_required|get_user_or_401|"
    r"jwt_bearer|jwt_auth|basic_auth|bearer_auth|permission_checker|role_checker|permissions?_dependency|"
    r"require_permissions?|rbac)$|_auth$",
)
"""Names (in snake case) of dependencies that, by their name, authenticate or authorise."""

OPTIONAL_NAMES = re.compile(r"(?:^|_)(?:optional|maybe|try|or_none|if_any|if_exists|or_anonymous|anonymous)(?:$|_)")
"""Words in the name of a dependency that lets requests without credentials through."""
