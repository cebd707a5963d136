"""pytest: what it collects, and what makes it run coroutine functions
(https://docs.pytest.org/en/stable/explanation/goodpractices.html#test-discovery)."""

from __future__ import annotations

ASYNC_MARKS = frozenset(
    f"pytest.mark.{name}{call}"
    for name in ("asyncio", "anyio", "trio", "tornado", "gen_test", "twisted")
    for call in ("", "()")
)
"""Marks by which the plugins pytest-asyncio, anyio, pytest-trio and others recognise their tests."""

ASYNC_FIXTURES = frozenset({"anyio_backend", "anyio_backend_name"})
"""Fixtures that make the plugin of anyio run the test that asks for them
(https://anyio.readthedocs.io/en/stable/testing.html)."""

COLLECTION_HOOKS = frozenset(
    {"pytest_collection_modifyitems", "pytest_pyfunc_call", "pytest_pycollect_makeitem", "pytest_itemcollected"}
)
"""Hooks in which a ``conftest.py`` may mark or run tests by itself."""

FIXTURES = frozenset(
    f"{module}.{name}{call}"
    for module in ("pytest", "pytest_asyncio")
    for name in ("fixture", "yield_fixture")
    for call in ("", "()")
)
"""Decorators of fixtures."""

KNOWN_DECORATORS = (
    "pytest.",
    "pytest_asyncio.",
    "unittest.mock.",
    "mock.",
    "freezegun.",
    "time_machine.",
    "respx.",
    "parameterized.",
)
"""How the names of decorators begin that leave a coroutine function what it is."""

MOCKING_FIXTURES = frozenset(
    "mocker monkeypatch requests_mock respx_mock httpx_mock responses vcr patch aioresponses httpserver".split()
)
"""Fixtures by which a test replaces calls."""

MOCKING_PACKAGES = frozenset(
    "respx pytest_httpx responses requests_mock vcr aioresponses httpretty pook mock unittest betamax".split()
)
"""Packages that replace calls; what is imported from ``unittest`` may be ``unittest.mock``."""

RESERVED_HOSTS = (".test", ".example", ".invalid", ".localhost", ".local", "example.com", "example.org", "example.net")
"""How the names of hosts end that do not exist (https://www.rfc-editor.org/rfc/rfc2606)."""
