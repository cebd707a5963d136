"""Room for deep recursion, in the machine's stack as well as in Python's.

libcst's parser takes up to 25 kB of stack per level of indentation. The main thread has 8 MB on Linux and macOS but two
on Windows; other threads may have half a megabyte or less.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TypeVar

_DEEP_STACK = 64 * 1024 * 1024
_AMPLE_STACK = 8_000_000
_RECURSION_LIMIT = 5_000

_Result = TypeVar("_Result")
_this_thread = threading.local()
_lock = threading.Lock()
_recursion_users = 0
_usual_recursion_limit = 0


def has_ample_stack() -> bool:
    """Whether the calling thread's stack is known to do for texts within the safe measures of the gate."""
    if getattr(_this_thread, "is_deep", False):
        return True
    return threading.current_thread() is threading.main_thread() and _main_stack_is_ample()


def start_deep_thread(target: Callable[[], None], name: str = "deep stack") -> threading.Thread:
    """Start a daemon thread with a stack of 64 MB, of which the system hands out what is used.

    Args: what the thread is to do; its name.
    Returns: the thread, running.
    """

    def run() -> None:
        _this_thread.is_deep = True
        target()

    thread = threading.Thread(target=run, name=name, daemon=True)
    with _lock:  # the size is a setting of the whole process
        usual_size = threading.stack_size(_DEEP_STACK)
        try:
            thread.start()
        finally:
            threading.stack_size(usual_size)
    return thread


def call_with_deep_stack(function: Callable[[], _Result]) -> _Result:
    """What ``function`` returns or raises, called with a deep stack, on another thread if need be, and with a higher
    recursion limit."""
    results: list[_Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(function())
        except BaseException as error:  # whatever it is, it belongs to the caller
            errors.append(error)

    with _higher_recursion_limit():
        if getattr(_this_thread, "is_deep", False):
            return function()
        start_deep_thread(run).join()
    if errors:
        raise errors[0]
    return results[0]


@lru_cache(maxsize=1)
def _main_stack_is_ample() -> bool:
    try:
        import resource
    except ImportError:  # Windows
        return False
    limit = resource.getrlimit(resource.RLIMIT_STACK)[0]
    return limit == resource.RLIM_INFINITY or limit >= _AMPLE_STACK


@contextmanager
def _higher_recursion_limit() -> Iterator[None]:
    """Raise Python's recursion limit, a setting of the whole process, until the last user is done."""
    global _recursion_users, _usual_recursion_limit
    with _lock:
        if not _recursion_users:
            _usual_recursion_limit = sys.getrecursionlimit()
            sys.setrecursionlimit(max(_usual_recursion_limit, _RECURSION_LIMIT))
        _recursion_users += 1
    try:
        yield
    finally:
        with _lock:
            _recursion_users -= 1
            if not _recursion_users:
                sys.setrecursionlimit(_usual_recursion_limit)
