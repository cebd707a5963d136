"""Which claims, lifetimes and checks the tokens of a project have."""

from __future__ import annotations

from datetime import timedelta

import pytest
from linking import project_of

from fastapi_lint.model.security.claims import by_caller
from fastapi_lint.model.security.lifetimes import access_lifetimes
from fastapi_lint.model.security.sensitive_claims import sensitive_claims
from fastapi_lint.model.security.tokens import signed_tokens, unverified_tokens

HEAD = """
import jwt
from jose import jwt as jose
from datetime import timedelta
def create_access_token(subject, lifetime=None):
    return jwt.encode({"sub": subject, "exp": 1}, "")
"""


MAKERS = """
import jwt
class Made: ...
def made(): return {"iss": "shop"}
async def later(): return made()
def extended(claims):
    extended = {**claims}
    extended["iat"] = 1
    return extended
def either(key):
    if key:
        return {"a": 1}
    return {"b": 1}
def one_of(key):
    if key:
        return {"a": 1}
    return key
def yielding(): yield {"a": 1}
def itself(data): return itself(data)
"""


def claims(body: str) -> list[str] | None:
    lines = "\n    ".join(body.split("\n"))
    project = project_of(f"{MAKERS}async def sign(given, key):\n    {lines}\n")
    found = list(signed_tokens(project.functions, project.bodies))
    return list(found[0].claims.items) if found and found[0].claims.are_all else None


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ('return jwt.encode({"sub": 1, "exp": 2}, key)', ["sub", "exp"]),
        ('return jwt.encode(key=key, payload={"sub": 1})', ["sub"]),
        ("return jwt.encode(dict(sub=1), key)", ["sub"]),
        ('data = {"sub": 1}\ndata["exp"] = 2\nreturn jwt.encode(data, key)', ["sub", "exp"]),
        ('data = {}\ndata.update({"iat": 1})\ndata.update(dict(sub=1))\nreturn jwt.encode(data, key)', ["iat", "sub"]),
        ('data = {"sub": 1}\nif key:\n    data["exp"] = 2\nreturn jwt.encode(data, key)', ["sub", "exp"]),
        ('data: dict[str, int] = {"sub": 1}\ndata.update(exp=2)\nreturn jwt.encode(data, key)', ["sub", "exp"]),
        ('data = {"sub": 1}\ncopied = data.copy()\ncopied["exp"] = 2\nreturn jwt.encode(copied, key)', ["sub", "exp"]),
        ("return jwt.encode(made(), key)", ["iss"]),
        ("return jwt.encode({**made(), 'sub': 1}, key)", ["iss", "sub"]),
        ("return jwt.encode(extended({'sub': 1}), key)", ["sub", "iat"]),
        ("data = await later()\ndata['sub'] = 1\nreturn jwt.encode(data, key)", ["iss", "sub"]),
        ("return jwt.encode(either(key), key)", ["a", "b"]),
    ],
)
def test_claims_that_are_all_seen(body: str, names: list[str]) -> None:
    assert claims(body) == names


@pytest.mark.parametrize(
    "body",
    [
        "return jwt.encode(given, key)",
        'return jwt.encode({"sub": 1, **given}, key)',
        "return jwt.encode({given: 1}, key)",
        "return jwt.encode(dict(given), key)",
        "return jwt.encode(*given)",
        'data = {"sub": 1}\ndata.update(given)\nreturn jwt.encode(data, key)',
        'data = {"sub": 1}\ndata[given] = 1\nreturn jwt.encode(data, key)',
        'data = {"sub": 1}\ngiven(data)\nreturn jwt.encode(data, key)',
        'data = {"sub": 1}\nother = data\nother["exp"] = 1\nreturn jwt.encode(data, key)',
        'data = {"sub": 1}\nif given:\n    data = given\nreturn jwt.encode(data, key)',
        'jwt.encode({"sub": 1}, key)',
        'if key:\n    given = {"sub": 1}\nreturn jwt.encode(given, key)',
        "given = given.copy()\nreturn jwt.encode(given, key)",
        "return jwt.encode(extended(given), key)",
        "return jwt.encode(one_of(key), key)",
        "return jwt.encode(yielding(), key)",
        "return jwt.encode(itself({}), key)",
        "return jwt.encode(Made(), key)",
    ],
)
def test_claims_that_are_not_all_seen(body: str) -> None:
    assert claims(body) is None


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ('jwt.decode(token, key, algorithms=["HS256"])', None),
        ('jwt.decode(token, key, ["HS256"], {"verify_aud": False})', None),
        ('jwt.decode(token, key, ["HS256"], {"verify_signature": False})', "signature"),
        ('jwt.decode(token, key, ["HS256"], {"verify_exp": False})', "expiry"),
        ('jwt.decode(token, key, ["none"])', None),
        ('jwt.decode(token, key, [jwt.get_unverified_header(token)["alg"]])', "header"),
        ("jwt.decode(token, key)", None),
        ("jose.decode(token, key)", "algorithms"),
        ("jose.decode(token, key, algorithms=None)", "algorithms"),
        ("jose.decode(token, key, **given)", None),
        ('jose.decode(token, key, algorithms="HS256")', None),
        ("jose.get_unverified_claims(token)", "signature"),
    ],
)
def test_checks_that_are_left_out(call: str, problem: str | None) -> None:
    project = project_of(f"import jwt\nfrom jose import jwt as jose\ndef read(token, key, given):\n    return {call}\n")
    found = unverified_tokens(project.functions, project.bodies, project.functions)
    assert [token.problem for token in found] == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("argument", "lifetime"),
    [
        ("timedelta(minutes=90)", timedelta(minutes=90)),
        ("timedelta(2, hours=1)", timedelta(days=2, hours=1)),
        ("timedelta(minutes=unknown or 45)", timedelta(minutes=45)),
        ("timedelta(minutes=unknown)", None),
        ("timedelta(**unknown)", None),
        ("90", None),
    ],
)
def test_lifetimes_are_read_where_the_maker_is_called(argument: str, lifetime: timedelta | None) -> None:
    project = project_of(f"{HEAD}\ndef log_in(unknown):\n    return create_access_token('1', {argument})\n")
    found = list(access_lifetimes(project))
    assert [each.lifetime for each in found] == ([lifetime] if lifetime is not None else [])


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        ('return jwt.encode({"exp": time.time() + 3600}, "")', 3600),
        ('return jwt.encode({"exp": int(time.time()) + 60 * HOUR}, "")', 216000),
        ('return jwt.encode({"exp": HOUR + round(time.time())}, "")', 3600),
        (
            'now = time.time()\n    payload = {"iat": now, "exp": int(now + HOUR)}\n    return jwt.encode(payload, "")',
            3600,
        ),
        ('return jwt.encode({"exp": datetime.now(timezone.utc).timestamp() + HOUR}, "")', 3600),
        ('return jwt.encode({"exp": time.time() + lifetime}, "")', 7200),
        ('lifetime = given\n    return jwt.encode({"exp": time.time() + lifetime}, "")', None),
        ('return jwt.encode({"exp": time.time() + given}, "")', None),
        ('return jwt.encode({"iat": time.time() + HOUR, "exp": given}, "")', None),
        ('return jwt.encode({"exp": time.time_ns() + HOUR}, "")', None),
        ('return jwt.encode({"exp": given() + HOUR}, "")', None),
        ('return jwt.encode({"exp": time.time() - HOUR}, "")', None),
        ('return jwt.encode({"exp": time.time() + 10 ** 30}, "")', None),
        ('now = now\n    return jwt.encode({"exp": now + HOUR}, "")', None),
        ('return [jwt.encode({"exp": time.time() + HOUR}, ""), jwt.encode({"exp": time.time() + 1}, "")]', None),
    ],
)
def test_lifetimes_in_seconds(body: str, seconds: int | None) -> None:
    project = project_of(
        "import jwt, time\nfrom datetime import datetime, timezone\nHOUR = 3600\n"
        f"def create_access_token(given, lifetime=7200):\n    {body}\n"
    )
    assert [found.lifetime for found in access_lifetimes(project)] == ([timedelta(seconds=seconds)] if seconds else [])


def test_seconds_that_callers_pass() -> None:
    project = project_of("""
import jwt, time
def create_access_token(user, seconds=60, *, scope=""):
    return jwt.encode({"exp": time.time() + seconds}, "")
def log_in(user): return create_access_token(user, 7200)
def remember(user): return create_access_token(user, seconds=86400)
def invite(user): return create_access_token(user, 1000000)
def guess(user, seconds): return create_access_token(user, seconds)
""")
    assert {found.lifetime.total_seconds() for found in access_lifetimes(project)} == {7200}


def test_lifetimes_in_callers() -> None:
    project = project_of("""
import jwt
from datetime import datetime, timedelta
def sign(claims, lifetime): return jwt.encode({**claims, "exp": datetime.now() + lifetime}, "")
def make_access_token(user): return sign({"sub": user}, timedelta(hours=1))
def create_access_token(claims): return jwt.encode(claims, "")
def log_in(user):
    access_token_expires = timedelta(hours=2)
    refresh_token_expires = timedelta(hours=3)
    locked = timedelta(hours=4)
    return create_access_token({"sub": user, "exp": datetime.now() + access_token_expires})
""")
    assert [found.lifetime for found in access_lifetimes(project)] == [timedelta(hours=1), timedelta(hours=2)]


def sensitive(*bodies: str) -> list[tuple[str, str]]:
    """The sensitive claims of functions ``f0``, ``f1``, …, each with who signs the token."""
    functions = (f"def f{number}(data, user, key):\n    {body}\n" for number, body in enumerate(bodies))
    project = project_of("import jwt\n" + "".join(functions))
    return [(found.claim, found.signer.name) for found in sensitive_claims(project.functions, project.bodies)]


@pytest.mark.parametrize(
    ("bodies", "claims"),
    [
        (['return jwt.encode({"password": data}, key)'], ["password"]),
        (['return jwt.encode({"pw": user.passwordHash, "sub": 1}, key)'], ["pw"]),
        (['return jwt.encode({"pw": user["password"], **data}, key)'], ["pw"]),
        (['return jwt.encode({"password": True}, key)'], []),
        (['return jwt.encode({"password": user.hide()}, key)'], []),
        (['return jwt.encode({"password_changed": data}, key)'], []),
        (["return jwt.encode(data, key)", 'f0({"password": key}, 1, 2)'], ["password"]),
        (["return jwt.encode(dict(data), key)", 'f0(user=1, key=2, data={"password": key})'], ["password"]),
        (["return jwt.encode({**data}, key)", "f0(data, 1, 2)", 'f1({"password": key}, 1, 2)'], ["password"]),
        (["x = data.copy()\n    return jwt.encode(x, key)", 'f0({"password": key}, 1, 2)'], ["password"]),
        (["return jwt.encode(data, key)", 'f0(1, {"password": key}, 2)'], []),
        (["return jwt.encode(data, key)", 'f0(*[{"password": key}, 1, 2])'], []),
        (["return jwt.encode(data, key)", "f0(data, 1, 2)\n    f1(data, 1, 2)"], []),
        (["return jwt.encode(data.copy().pop(), key)", 'f0({"password": key}, 1, 2)'], []),
    ],
)
def test_sensitive_claims(bodies: list[str], claims: list[str]) -> None:
    assert sensitive(*bodies) == [(claim, "f0") for claim in claims]


def test_claims_that_callers_hand_in() -> None:
    project = project_of("""
import jwt
def sign(claims): return jwt.encode({"iss": "shop", **claims}, "")
def sign_for(user, more): return sign({"sub": user, **more})
def one(): return sign({"a": 1})
def two(user): return sign_for(user, dict(b=1))
def three(unknown): return sign(unknown)
""")
    (token,) = signed_tokens(project.functions, project.bodies)
    found = by_caller(token.claims, token.function, project.functions, project.bodies)
    assert [sorted(claims.items) for claims, _ in found if claims.are_all] == [["a", "iss"], ["b", "iss", "sub"]]


def test_tokens_that_are_signed_by_another_name() -> None:
    project = project_of("""
import jwt
sign = jwt.encode
def token(): return sign({"sub": 1}, "")
""")
    (token,) = signed_tokens(project.functions, project.bodies)
    assert token.function.name == "token"
