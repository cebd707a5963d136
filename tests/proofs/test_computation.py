"""What a computation on the event loop does to other requests: the reason of FAL512."""

from __future__ import annotations

import asyncio
import hashlib

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

app = FastAPI()
turns = 0
"""How often the loop had time for something else."""


def turns_while_hashing() -> int:
    before = turns
    hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 600_000)
    return turns - before


@app.get("/coroutine")
async def coroutine() -> int:
    return turns_while_hashing()


@app.get("/plain")
def plain() -> int:
    return turns_while_hashing()


async def turns_meanwhile(path: str) -> int:
    """How often the loop had time for something else while the endpoint computed."""

    async def watch() -> None:
        global turns
        while True:
            await asyncio.sleep(0.001)
            turns += 1

    watcher = asyncio.create_task(watch())
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
        response = await client.get(path)
    watcher.cancel()
    return response.json()


@pytest.mark.parametrize(("path", "stops"), [("/coroutine", True), ("/plain", False)])
def test_a_computation_stops_the_loop_in_a_coroutine_alone(path: str, stops: bool) -> None:
    assert (asyncio.run(turns_meanwhile(path)) == 0) is stops
