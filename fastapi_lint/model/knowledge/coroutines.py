"""Coroutine functions of libraries: what does nothing until it is awaited.

Names are canonical (see :mod:`fastapi_lint.model.knowledge.results`). Sources:
https://docs.python.org/3/library/asyncio-task.html, https://anyio.readthedocs.io/en/stable/api.html,
https://www.starlette.io/requests/, https://www.starlette.io/websockets/, https://fastapi.tiangolo.com/reference/uploadfile/,
https://www.starlette.io/threadpool/, https://www.python-httpx.org/async/, https://github.com/Tinche/aiofiles,
https://beanie-odm.dev/api-documentation/document/, https://redis.readthedocs.io/en/stable/examples/asyncio_examples.html.
"""

from __future__ import annotations

_METHODS = {
    "starlette.requests.Request()": "body close form is_disconnected json",
    "starlette.websockets.WebSocket()": "accept close receive receive_bytes receive_json receive_text send send_bytes "
    "send_json send_text",
    "fastapi.UploadFile()": "close read seek write",
    "starlette.datastructures.UploadFile()": "close read seek write",
    "httpx.AsyncClient()": "aclose delete get head options patch post put request send",
    "beanie.Document": "delete_all get insert_many insert_one",
    "beanie.Document()": "create delete insert replace save save_changes set sync update",
    "redis.asyncio.Redis()": "blpop brpop decr decrby delete exists expire expireat flushdb get getdel getex getset "
    "hdel hexists hget hgetall hincrby hset incr incrby keys llen lpop lpush lrange ltrim mget mset ping publish rpop "
    "rpush sadd scard set setex setnx sismember smembers srem ttl unlink xadd zadd zrange zrem zscore",
    "aiofiles.open()": "close flush read readline readlines seek write writelines",
}

LIBRARY_COROUTINES = frozenset(
    "anyio.sleep anyio.to_thread.run_sync asyncio.sleep asyncio.to_thread asyncio.wait asyncio.wait_for "
    "starlette.concurrency.run_in_threadpool".split()
) | frozenset(f"{owner}.{method}" for owner, methods in _METHODS.items() for method in methods.split())
"""Functions and methods whose calls give a coroutine."""
