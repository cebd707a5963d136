"""Event loops: what starts one, what hands work to one from another thread, and what makes tasks on it."""

from __future__ import annotations

_LOOPS = ("get_event_loop()", "get_running_loop()", "new_event_loop()", "AbstractEventLoop()")

LOOP_RUNNERS = frozenset(
    {
        "asyncio.run",
        "asyncio.Runner().run",
        "uvloop.run",
        "anyio.run",
        "trio.run",
        *(f"asyncio.{loop}.run_until_complete" for loop in _LOOPS),
    }
)
"""Calls that run an event loop to the end of a coroutine. They fail on a thread whose loop runs already
(https://docs.python.org/3/library/asyncio-runner.html#asyncio.run)."""

LOOP_BRIDGES = frozenset({"anyio.from_thread.run", "asgiref.sync.async_to_sync()"})
"""Calls that run a coroutine on the loop of another thread and wait for it. They fail on the thread of the loop
(https://anyio.readthedocs.io/en/stable/threads.html, https://github.com/django/asgiref)."""

LOOP_PROBES = frozenset(
    {
        "asyncio.get_running_loop",
        "asyncio._get_running_loop",
        "sniffio.current_async_library",
        *(f"asyncio.{loop}.is_running" for loop in _LOOPS),
    }
)
"""Calls by which code finds out whether a loop runs on its thread."""

REENTRANCE = "nest_asyncio"
"""The package that lets a running loop be run again."""

TASK_STARTERS = frozenset(
    f"asyncio.{owner}{name}"
    for owner in ("", *(f"{loop}." for loop in _LOOPS))
    for name in ("create_task", "ensure_future")
) | {"asyncio.tasks.create_task", "asyncio.tasks.ensure_future"}
"""Calls that make a task of which the loop keeps a weak reference only
(https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task)."""
