"""Calls with room for deep recursion, in the machine's stack as well as in Python's."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

_STACK_BYTES = 64 * 1024 * 1024
_RECURSION_LIMIT = 20_000

_Result = TypeVar("_Result")
_lock = threading.Lock()


def call_with_deep_stack(function: Callable[[], _Result]) -> _Result:
    """What ``function`` returns or raises, called in a thread of its own with a stack of 64 MB.

    The main thread has 8 MB on Linux and macOS but one or two on Windows, other threads on macOS half a megabyte. Stack
    size and recursion limit are settings of the whole process, so only one such call runs at a time.
    """
    results: list[_Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(function())
        except BaseException as error:  # whatever it is, it belongs to the caller
            errors.append(error)

    with _lock:
        recursion_limit = sys.getrecursionlimit()
        stack_size = threading.stack_size(_STACK_BYTES)
        try:
            thread = threading.Thread(target=run, name="deep stack")
            sys.setrecursionlimit(max(recursion_limit, _RECURSION_LIMIT))
            thread.start()
        finally:
            threading.stack_size(stack_size)
        thread.join()
        sys.setrecursionlimit(recursion_limit)
    if errors:
        raise errors[0]
    return results[0]
