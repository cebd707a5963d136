"""Locks between threads."""

from __future__ import annotations

THREAD_LOCKS = frozenset(
    f"{module}.{name}()"
    for module in ("threading", "multiprocessing")
    for name in ("Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition")
)
"""Locks for which a thread or process waits (https://docs.python.org/3/library/threading.html#lock-objects)."""
