"""What counts as a secret, and what is shown of it. Samples of formats are put together, so that no scanner takes them
for leaks."""

from __future__ import annotations

import pytest
from running import linked

from fastapi_lint.model.knowledge.secrets import MAY_HOLD_PROVIDER_FORMAT, PROVIDER_FORMATS
from fastapi_lint.model.security.secrets import find_secrets, head_of, looks_random, redact

MIXED = "a7Kd93LmZ0qXw48RtBv62NyHs15PcJg8UeFo4ViT2xQk7MzD9bWl3SnCr6Yh0EpA5uGjO1Z4"

SAMPLES = {
    "an AWS access key id": "AKIA" + "3QXN5ZV7RWTB2LKD",
    "a GitHub token": "ghp_" + MIXED[:36],
    "a GitLab token": "glpat-" + MIXED[:20],
    "a Slack token": "xoxb-" + MIXED[:24],
    "a Slack webhook URL": "https://hooks.slack.com/" + "services/T0AB1CD2E/B0FG3HI4J/" + MIXED[:24],
    "a Stripe key": "sk_live_" + MIXED[:24],
    "a Google API key": "AIza" + MIXED[:35],
    "a Google OAuth client secret": "GOCSPX-" + MIXED[:28],
    "an OpenAI key": "sk-" + MIXED[:20] + "T3BlbkFJ" + MIXED[20:40],
    "an OpenAI-style key": "sk-" + MIXED[:48],
    "an Anthropic key": "sk-ant-" + MIXED[:44],
    "a Hugging Face token": "hf_" + MIXED[:34],
    "a Groq key": "gsk_" + MIXED[:52],
    "a SendGrid key": "SG." + MIXED[:22] + "." + MIXED[:43],
    "a Twilio key": "SK" + "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
    "a Telegram bot token": "123456789:AA" + MIXED[:33],
    "a Discord bot token": "M" + MIXED[:23] + "." + MIXED[:6] + "." + MIXED[:27],
    "a Discord webhook URL": "https://discord.com/api/" + "webhooks/123456789012345678/" + MIXED[:68],
    "an npm token": "npm_" + MIXED[:36],
    "a DigitalOcean token": "dop_v1_" + "0f1e2d3c" * 8,
    "a Shopify token": "shpat_" + "0f1e2d3c" * 4,
    "an Azure account key": "AccountName=shop;AccountKey=" + (MIXED + MIXED)[:86] + "==;",
    "a private key": "-----BEGIN PRIVATE " + "KEY-----\n" + MIXED + "\n-----END PRIVATE KEY-----",
    "a JSON web token": "eyJ" + MIXED[:20] + ".eyJ" + MIXED[:30] + "." + MIXED[:43],
}


def found(source: str, path: str = "app.py") -> list[tuple[str, str]]:
    (module,) = linked({path: source}).interpreter.linker.modules.values()
    return [(secret.what, secret.name) for secret in find_secrets(module)]


def test_every_format_has_a_sample() -> None:
    assert {what for what, _ in PROVIDER_FORMATS} == set(SAMPLES)
    assert all(map(MAY_HOLD_PROVIDER_FORMAT.search, SAMPLES.values()))


@pytest.mark.parametrize("what", SAMPLES)
def test_formats(what: str) -> None:
    assert found(f"call({SAMPLES[what]!r})") == [(what, "")]
    assert found(f"def work():\n    call('some prose', f'{{1}} {{x}} ' {SAMPLES[what]!r})") == [(what, "")]


@pytest.mark.parametrize(
    "text",
    [
        "connect('postgresql://app:8fh3kd93@db.shop.com/app')",
        "connect(f'postgresql://{user}:8fh3kd93@db.shop.com')",
        "store = {'client-secret': 'c7d1f0a94be8632d5f17'}",
        "sign(signingKey='c7d1f0a94be8632d5f17')",
        "user.adminPassword = 'hunter2'",
        "hash_password('hunter2')",
        "encode({}, 'hunter2')",
        "Fernet('hunter2')",
    ],
)
def test_functions_are_looked_into(text: str) -> None:
    imports = "from cryptography.fernet import Fernet\n" * text.startswith("Fernet")
    imports += "from jwt import encode\n" * text.startswith("encode")
    inside = found(f"{imports}async def work():\n    def inner():\n        {text}")
    assert len(inside) == 1 and inside == found(f"{imports}{text}")


def test_data_is_no_secret() -> None:
    assert found(f"DATA = {' '.join([MIXED] * 2000)!r} + call({SAMPLES['a Groq key']!r})") == [("a Groq key", "")]
    assert found(f"DATA = {SAMPLES['a Groq key'] + ' data' * 20_000!r}") == []


@pytest.mark.parametrize("what", SAMPLES)
def test_beginnings_are_no_secrets(what: str) -> None:
    assert found(f"call({SAMPLES[what][:12]!r})") == []


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("password", "password"),
        ("SMTP_PASS", "password"),
        ("second_pass", ""),
        ("dbPassword", "password"),
        ("JWT_SECRET_KEY", "secret key"),
        ("aws_secret_access_key", "secret key"),
        ("client_secret", "secret"),
        ("SECRET_KEY_DEFAULT", "secret key"),
        ("access_token", "token"),
        ("token", "token"),
        ("pad_token", ""),
        ("token_type", ""),
        ("password_field", ""),
        ("reset_password", ""),
        ("primary_key", ""),
        ("POSTHOG_API_KEY", ""),
    ],
)
def test_heads_of_names(name: str, head: str) -> None:
    assert head_of(name) == head


@pytest.mark.parametrize(
    ("text", "random"),
    [
        ("c7d1f0a94be8632d5f1740cb9ae2d618", True),
        ("q8Zr-41Lm0-vvT2-77ePx", True),
        ("deterministic_salt_0123456789", False),
        ("access-token-v2-2024-01", False),
        ("MyServiceAccountKey", False),
        ("aaaaaaaaaaaaaaaaaaaaaaaa1111", False),
        ("k9Q2", False),
        ("phc_c7D1f0A94be8632d5F1740", False),
    ],
)
def test_randomness(text: str, random: bool) -> None:
    assert looks_random(text) is random


@pytest.mark.parametrize("folder", ["examples", "docs_src", "app/demo"])
def test_folders_of_examples_are_silent(folder: str) -> None:
    source = "SECRET_KEY = 'c7d1f0a94be8632d5f1740cb9ae2d618'"
    assert found(source, f"{folder}/app.py") == []
    assert found(source, "app/core.py") == [("a secret key", "SECRET_KEY")]


@pytest.mark.parametrize("length", [4, 11, 12, 19, 20, 64])
def test_little_is_shown(length: int) -> None:
    value = (MIXED + MIXED)[:length]
    shown = redact(value)
    assert value[:4] not in shown and str(length) in shown
