"""Options of the tests."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """How many generated projects are held against FastAPI (see tests/generated), and which."""
    parser.addoption("--generated", type=int, default=300, metavar="N", help="how many generated projects to test")
    parser.addoption("--seed", type=int, default=0, metavar="N", help="the seed of the first generated project")
