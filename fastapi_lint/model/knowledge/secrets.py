"""What secrets look like, what they are called, and what only looks like one."""

from __future__ import annotations

import re

PROVIDER_FORMATS: tuple[tuple[str, str], ...] = (
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    ("an AWS access key id", r"(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Za-z])"),
    # https://github.blog/engineering/behind-githubs-new-authentication-token-formats/
    ("a GitHub token", r"gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{60,}"),
    # https://docs.gitlab.com/security/tokens/#token-prefixes
    ("a GitLab token", r"gl(?:pat|dt|rt|cbt|ptt|ft|soat)-[0-9A-Za-z_-]{20,}"),
    # https://docs.slack.dev/authentication/tokens/;
    # https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/
    ("a Slack token", r"xox[abeoprs]-[0-9A-Za-z-]{20,}|xapp-\d-[0-9A-Za-z-]{20,}"),
    ("a Slack webhook URL", r"https://hooks\.slack\.com/(?:services|workflows)/T[0-9A-Z]+/[0-9A-Z]+/[0-9A-Za-z]{16,}"),
    # https://docs.stripe.com/keys; https://docs.stripe.com/webhooks/signature
    ("a Stripe key", r"[sr]k_(?:live|test)_[0-9A-Za-z]{16,}|whsec_[0-9A-Za-z+/]{24,}"),
    # https://cloud.google.com/docs/authentication/api-keys; https://developers.google.com/identity/protocols/oauth2
    ("a Google API key", r"AIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])"),
    ("a Google OAuth client secret", r"GOCSPX-[0-9A-Za-z_-]{28}"),
    # https://platform.openai.com/docs/api-reference/authentication; https://docs.claude.com/en/api/overview
    ("an OpenAI key", r"sk-[0-9A-Za-z]{20}T3BlbkFJ[0-9A-Za-z]{20}|sk-(?:proj|svcacct|admin)-[0-9A-Za-z_-]{40,}"),
    ("an OpenAI-style key", r"sk-[0-9A-Za-z]{48}(?![0-9A-Za-z])"),
    ("an Anthropic key", r"sk-ant-[0-9A-Za-z_-]{40,}"),
    # https://huggingface.co/docs/hub/security-tokens; https://console.groq.com/docs/quickstart
    ("a Hugging Face token", r"hf_[0-9A-Za-z]{34}(?![0-9A-Za-z])"),
    ("a Groq key", r"gsk_[0-9A-Za-z]{52}"),
    # https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys; https://www.twilio.com/docs/iam/api-keys
    ("a SendGrid key", r"SG\.[0-9A-Za-z_-]{20,24}\.[0-9A-Za-z_-]{39,50}"),
    ("a Twilio key", r"SK[0-9a-f]{32}(?![0-9A-Za-z])"),
    # https://core.telegram.org/bots/api#authorizing-your-bot;
    # https://discord.com/developers/docs/reference#authentication
    ("a Telegram bot token", r"\d{8,10}:AA[0-9A-Za-z_-]{33}(?![0-9A-Za-z_-])"),
    ("a Discord bot token", r"[MNO][0-9A-Za-z_-]{23,25}\.[0-9A-Za-z_-]{6}\.[0-9A-Za-z_-]{27,}"),
    ("a Discord webhook URL", r"https://discord(?:app)?\.com/api/webhooks/\d{17,}/[0-9A-Za-z_-]{60,}"),
    # npm's documentation, "About access tokens"
    ("an npm token", r"npm_[0-9A-Za-z]{36}(?![0-9A-Za-z])"),
    # https://docs.digitalocean.com/reference/api/create-personal-access-token/
    ("a DigitalOcean token", r"do[opr]_v1_[0-9a-f]{64}"),
    # https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens
    ("a Shopify token", r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    # https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string
    ("an Azure account key", r"AccountKey=[0-9A-Za-z+/]{86}=="),
    # RFC 7468
    ("a private key", r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*(?:[A-Za-z-]+: [^\n]*\n\s*)*[0-9A-Za-z+/=\s\\]{64,}"),
    # RFC 7519
    ("a JSON web token", r"eyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{16,}"),
)
"""Formats of secrets with words for what they are; the publisher's own description stands above each."""

PROVIDER_PATTERN = re.compile(
    "(?<![0-9A-Za-z_])(?:" + "|".join(f"(?P<f{n}>{form})" for n, (_, form) in enumerate(PROVIDER_FORMATS)) + ")"
)
"""All of PROVIDER_FORMATS; the group ``f<n>`` is the n-th."""

MAY_HOLD_PROVIDER_FORMAT = re.compile(r"[0-9A-Za-z_.:/+=-]{20}|-----BEGIN ")
"""What every text of one of PROVIDER_FORMATS holds: a quick look that spares prose the slow one."""

URL_PASSWORD = re.compile(
    r"[a-zA-Z][a-zA-Z0-9+.-]*://(?P<user>[^\s:/@?#'\"]*):(?P<password>[^\s@/?#'\"]+)@(?P<host>[^\s/:?#'\",]*)"
)
"""A URL with a password (RFC 3986, 3.2.1)."""

LOCAL_HOST = re.compile(
    r"localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal|[a-z0-9_-]*|.*[{$%<].*", re.IGNORECASE
)
"""Hosts of a developer's machine or a compose network: a name without dots is no host of the internet."""

EXAMPLE_HOST = re.compile(
    r"(?:.*\.)?(?:example|test|invalid|localhost|local)(?:\.(?:com|org|net))?|(?:your|my)[-_.]?.*|.*host.*",
    re.IGNORECASE,
)
"""Hosts reserved for examples (RFC 2606, RFC 6761), and words that stand for a host."""

PASSWORD_HEADS = frozenset("password passwd passphrase passcode pwd".split())
SECRET_HEADS = frozenset("secret secretkey apikey apisecret pepper".split())
KEY_QUALIFIERS = frozenset(
    "secret api private access encryption signing sign jwt auth master fernet hmac aes crypto encrypt".split()
)
TOKEN_QUALIFIERS = frozenset("access auth api bot bearer refresh secret admin master service private personal".split())
"""Words of names (identifiers, keys, environment variables): the last word is the head and says what the value is; a
key or token is a secret by what qualifies it."""

ACCOUNT_WORDS = frozenset("admin administrator superuser superadmin superman root default".split())
"""Words in the name of a password that opens an account of the application itself."""

SERVICE_WORDS = frozenset(
    """
    db database postgres postgresql pg mysql mariadb mssql sql oracle mongo mongodb redis rabbitmq mq amqp broker
    elastic elasticsearch opensearch neo4j minio clickhouse smtp mail email ldap
    """.split()
)
"""Words in the name of a password of another service, which has its own on a developer's machine."""

NAME_TAILS = frozenset("default value str dev local prod production b64 base64 hex bytes raw".split())
"""Last words of names that say nothing of what the value is."""

NOT_ITS_VALUE = frozenset(
    """
    no not invalid wrong incorrect bad missing forgot forgotten reset change changed update show hide is has require
    required confirm repeat test tests fake dummy mock example sample hashed encrypted hash public publishable
    placeholder masked redacted unusable expected grant next page continuation cancellation pad eos bos unk mask sep
    cls start end special stop csrf xsrf cache idempotency primary foreign
    """.split()
)
"""Words in a name that make its value something else than a secret in force."""

END_TO_END = re.compile(r"(?<![a-z])e2e(?![a-z])", re.IGNORECASE)
"""What a name says that is for end-to-end tests."""

PUBLISHED_KEYS = frozenset("amplitude posthog mixpanel segment sentry algolia recaptcha sitekey scarf".split())
"""Services whose ingestion or site keys are made to be published
(https://posthog.com/docs/privacy; https://amplitude.com/docs/apis/authentication;
https://docs.sentry.io/concepts/key-terms/dsn-explainer/)."""

PUBLISHED_PREFIX = re.compile(r"phc_|pk[-_]|pub[-_]|https?://")
"""How publishable keys begin (https://docs.stripe.com/keys; https://posthog.com/docs/api)."""

SAMPLE_CONTEXT = re.compile(
    r"examples?|json_schema_extra|schema_extra|openapi_extra|openapi_examples|responses|descriptions?|docs?|help|"
    r"titles?|labels?|placeholder|messages?|translations?|mocks?|fixtures?|samples?|tooltip|summary",
    re.IGNORECASE,
)
"""Names around a text that make it documentation, an example or a text for people."""

PLACEHOLDER = re.compile(
    r"change[-_ ]?(?:this|me|it|in)|replace[-_ ]?(?:this|me|with)|fill[-_ ]?(?:me|this|in)|your[-_ ]|put[-_ ]|"
    r"my[-_](?:api|secret|key|token)|insert[-_ ]|enter[-_ ]|example|placeholder|dummy|sample|fake|mock|test|todo|"
    r"\btbd\b|fixme|redacted|masked|not[-_ ]?(?:set|needed|used|required|real|secure|a[-_ ])|insecure|unset|unused|"
    r"\bempty\b|\bnone\b|\bnull\b|no[-_ ](?:key|token)|in[-_ ]production|generate|openssl|lorem|foo[-_]?bar|"
    r"x{3,}|\*{3,}|\.{3}|•|…|\$\{|\{\w*\}|%\(|%s|<[^>]*>",
    re.IGNORECASE,
)
"""Words and signs of values that somebody is to replace, and of templates."""

WEAK_KEY = re.compile(
    r"(?:this[-_ ]?is[-_ ]?a?[-_ ]?)?(?:my|super|very|top|really|jwt|app|dev)*[-_ ]?(?:my|super|very|top)?[-_ ]?"
    r"secret[-_ ]?(?:key|jwt|token)?[-_!]*\d*[-_!]*|password\d*|\d{4,10}",
    re.IGNORECASE,
)
"""Keys that anybody guesses. They are no placeholders for the code that takes them: what one signed is valid."""

DEVELOPMENT_PASSWORDS = frozenset(
    """
    postgres password pass passwd pwd root admin user username guest secret mysql mariadb mongo mongodb redis rabbitmq
    minio minioadmin neo4j elastic development dev local localhost default docker 1234 12345 123456 12345678 123 app
    """.split()
)
"""Passwords of throw-away services on a developer's machine."""

PASSWORD_HASHERS = frozenset(
    """
    hash_password get_password_hash password_hash get_hashed_password hash_pwd make_password hash_passwd
    create_password_hash encrypt_password generate_password_hash
    """.split()
)
"""Last names of functions whose argument is a password
(https://fastapi.tiangolo.com/tutorial/security/oauth2-jwt/ calls it ``get_password_hash``;
https://werkzeug.palletsprojects.com/en/stable/utils/#werkzeug.security.generate_password_hash)."""

SECRET_WORDS = re.compile(
    r"[Pp]ass|PASS|[Pp]wd|PWD|[Ss]ecret|SECRET|[Pp]epper|PEPPER|[Tt]oken|TOKEN|[A-Za-z_-](?:[Kk]ey|KEY)"
)
"""What is in every name of a secret: a quick look."""

KEY_ARGUMENTS: dict[str, tuple[int, str]] = {
    "jwt.encode": (1, "key"),
    "jwt.decode": (1, "key"),
    "jose.jwt.encode": (1, "key"),
    "jose.jwt.decode": (1, "key"),
    "itsdangerous.URLSafeTimedSerializer": (0, "secret_key"),
    "itsdangerous.URLSafeSerializer": (0, "secret_key"),
    "itsdangerous.TimestampSigner": (0, "secret_key"),
    "itsdangerous.Signer": (0, "secret_key"),
    "cryptography.fernet.Fernet": (0, "key"),
    "hmac.new": (0, "key"),
    "starlette.middleware.sessions.SessionMiddleware": (1, "secret_key"),
}
"""Callables with the position and keyword of the argument that is a key
(https://pyjwt.readthedocs.io/en/stable/api.html;
https://python-jose.readthedocs.io/en/latest/jwt/api.html; https://itsdangerous.palletsprojects.com/;
https://cryptography.io/en/latest/fernet/; https://docs.python.org/3/library/hmac.html;
https://www.starlette.io/middleware/#sessionmiddleware)."""

KEY_PACKAGES = frozenset(name.partition(".")[0] for name in KEY_ARGUMENTS)
"""The packages that these are in."""
