"""A line on the terminal that says that a long run is still at work."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_DELAY = 1.0
"""Seconds that a run may take before anything is said, and between what is said."""

_ERASE = "\r\x1b[K"


@contextmanager
def progress(wanted: bool) -> Iterator[None]:
    """Shows on standard error how long the block takes, once it takes long; nothing unless that is a terminal."""
    if not wanted or not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    shown = threading.Thread(target=_show, args=(done,), daemon=True)
    shown.start()
    try:
        yield
    finally:
        done.set()
        shown.join()


def _show(done: threading.Event) -> None:
    start = time.monotonic()
    said = False
    while not done.wait(_DELAY):
        sys.stderr.write(f"{_ERASE}Analysing … {time.monotonic() - start:.0f} s")
        sys.stderr.flush()
        said = True
    if said:
        sys.stderr.write(_ERASE)
        sys.stderr.flush()
