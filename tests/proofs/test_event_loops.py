"""Loops within loops, tasks that nobody keeps, locks held over an await, coroutines that nobody awaits: the reasons of
FAL506, FAL507, FAL508 and FAL515."""

from __future__ import annotations

import asyncio
import gc
import threading

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient


async def running_loop() -> int:
    return id(asyncio.get_running_loop())


def application() -> FastAPI:
    app = FastAPI()

    @app.get("/coroutine")
    async def coroutine() -> int:
        return asyncio.run(running_loop())

    @app.get("/plain")
    def plain() -> int:
        return asyncio.run(running_loop())

    @app.get("/server")
    async def server() -> int:
        return await running_loop()

    return app


@pytest.mark.filterwarnings("ignore:coroutine 'running_loop' was never awaited")
def test_a_loop_cannot_be_run_on_the_thread_of_the_server_loop() -> None:
    with TestClient(application()) as client, pytest.raises(RuntimeError, match="running event loop"):
        client.get("/coroutine")


def test_a_plain_endpoint_runs_another_loop_than_the_server() -> None:
    with TestClient(application()) as client:
        assert client.get("/plain").json() != client.get("/server").json()


def test_what_belongs_to_one_loop_does_not_work_on_another() -> None:
    async def lock_taken() -> asyncio.Lock:
        lock = asyncio.Lock()
        await lock.acquire()
        waiter = asyncio.create_task(lock.acquire())
        await asyncio.sleep(0)
        waiter.cancel()
        return lock

    lock = asyncio.run(lock_taken())
    with pytest.raises(RuntimeError, match="different event loop"):
        asyncio.run(lock.acquire())  # type: ignore[arg-type]


def test_a_task_that_nobody_keeps_is_collected() -> None:
    finished = threading.Event()

    async def work() -> None:
        await asyncio.get_running_loop().create_future()
        finished.set()

    async def serve(keep: bool) -> int:
        kept = [asyncio.create_task(work())]
        if not keep:
            kept.clear()
        await asyncio.sleep(0)
        gc.collect()
        return sum(task.get_coro().__name__ == "work" for task in asyncio.all_tasks())  # type: ignore[union-attr]

    assert asyncio.run(serve(keep=True)) == 1
    assert asyncio.run(serve(keep=False)) == 0
    assert not finished.is_set()


def test_a_lock_between_threads_that_is_held_over_an_await_stops_the_loop() -> None:
    lock = threading.Lock()
    taken: list[bool] = []

    async def refresh() -> None:
        with lock:
            await asyncio.sleep(0)

    async def other() -> None:
        # Without a timeout, the thread of the loop would wait here for the coroutine that it should run itself.
        taken.append(lock.acquire(timeout=0.01))

    async def serve() -> None:
        await asyncio.gather(refresh(), other())

    asyncio.run(serve())
    assert taken == [False]


@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited")
def test_a_coroutine_that_is_not_awaited_runs_nothing_and_is_true() -> None:
    ran: list[str] = []

    async def is_admin() -> bool:
        ran.append("is_admin")
        return False

    app = FastAPI()

    @app.get("/tested")
    async def tested() -> str:
        return "admitted" if is_admin() else "refused"

    @app.get("/returned")
    async def returned():  # type: ignore[no-untyped-def]
        return is_admin()

    with TestClient(app) as client:
        assert client.get("/tested").json() == "admitted"
        with pytest.raises(ValueError, match="coroutine"):
            client.get("/returned")
    assert ran == []
