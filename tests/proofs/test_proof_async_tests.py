"""What pytest does with coroutine functions, and httpx with applications: the reasons of FAL802,
FAL803 and FAL807."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import ASGITransport, AsyncClient

TESTS = """
import pytest

ran = []

async def test_unmarked():
    ran.append("unmarked")

@pytest.mark.anyio
async def test_marked():
    ran.append("marked")

def test_what_ran():
    assert ran == ["marked"]

@pytest.fixture
def anyio_backend():
    return "asyncio"
"""


def test_only_a_mark_makes_a_coroutine_run(tmp_path: Path) -> None:
    file = tmp_path / "test_it.py"
    file.write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-p", "anyio", "-p", "no:cacheprovider", "-q", str(file)]
    told = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path).stdout
    assert "2 passed" in told
    assert "1 failed" in told or "1 skipped" in told


def test_httpx_no_longer_takes_an_application() -> None:
    with pytest.raises(TypeError, match="app"):
        AsyncClient(app=FastAPI())  # type: ignore[call-arg]


def test_a_blocking_client_runs_the_application_on_another_loop() -> None:
    app = FastAPI()

    @app.get("/loop")
    async def read_loop() -> int:
        return id(asyncio.get_running_loop())

    async def loops() -> tuple[int, int, int]:
        own = id(asyncio.get_running_loop())
        blocking = TestClient(app).get("/loop").json()
        async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
            return own, blocking, (await client.get("/loop")).json()

    own, blocking, awaited = asyncio.run(loops())
    assert blocking != own
    assert awaited == own
