"""What is around literal texts: calls that carry one on, so that it keeps its name, commands, and classes for tests."""

from __future__ import annotations

import re

TEST_CLASS = re.compile(r"(?:Test|Mock|Fake|Dummy)[A-Z]|\w*Tests?$")
"""Names of classes that are made for tests."""

COMMANDS = frozenset({"typer.Typer().command", "typer.Typer().callback"})
"""Decorators that make options of a command out of the parameters of a function
(https://typer.tiangolo.com/tutorial/parameter-types/)."""

SETTING_READERS = frozenset({"os.getenv", "os.environ.get", "os.environ.setdefault", "decouple.config", "getattr"})
"""Functions that take the name of an environment variable or setting and a fallback
(https://docs.python.org/3/library/os.html#os.getenv; https://github.com/HBNetwork/python-decouple). Others are known by
the upper-case name that they are given."""

CARRIERS = frozenset(
    """
    SecretStr SecretBytes Secret Field PrivateAttr Header Query Path Cookie Form Body PostgresDsn AnyUrl AnyHttpUrl
    HttpUrl RedisDsn MongoDsn URL make_url str bytes field attrib ib cast
    """.split()
)
"""Last names of callables whose first argument is the value, or its default: secret types and URLs of Pydantic
(https://docs.pydantic.dev/latest/api/types/), parameter markers of FastAPI
(https://fastapi.tiangolo.com/reference/parameters/), and their kin."""

CONVERSIONS = frozenset({"encode", "decode", "strip", "lower", "upper"})
"""Methods whose result is the same text in another form
(https://docs.python.org/3/library/stdtypes.html#string-methods)."""

SETTING_DESCRIPTORS = frozenset(
    f"traitlets.{name}"
    for name in "Unicode Bool Integer Int Float Type Enum CaselessStrEnum CUnicode CBool CInt CFloat Bytes".split()
)
"""Calls in class bodies whose results give instances the value of a setting; the default comes first or is
``default_value`` (https://traitlets.readthedocs.io/en/stable/trait_types.html)."""
