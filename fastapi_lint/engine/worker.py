"""The worker process: reads files from standard input, writes what came of each to standard output.

A frame is a length of four bytes and as many bytes of content. A request is two frames: the path and the file's bytes.
An answer is two frames as well: the outcome without its facts, as JSON, and the encoded facts. The first answer, before
any request, is an empty frame: the worker is ready.
"""

from __future__ import annotations

import json
import signal
import struct
import sys
from typing import IO

from fastapi_lint.engine.collector import collector_at_rest
from fastapi_lint.engine.outcome import Fault, Outcome

_LENGTH = struct.Struct(">I")


def write_frame(stream: IO[bytes], content: bytes) -> None:
    """Writes one frame; the caller flushes."""
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)


def read_frame(stream: IO[bytes]) -> bytes:
    """Reads one frame.

    Raises:
        EOFError: the other side is gone.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


def write_outcome(stream: IO[bytes], outcome: Outcome) -> None:
    """Writes an answer."""
    head = (outcome.fault, outcome.parse_seconds, outcome.extract_seconds)
    write_frame(stream, json.dumps(head).encode())
    write_frame(stream, (outcome.facts or "").encode("utf-8", "surrogatepass"))
    stream.flush()


def read_outcome(stream: IO[bytes]) -> Outcome:
    """Reads an answer.

    Raises:
        EOFError: the worker is gone.
    """
    fault, parse_seconds, extract_seconds = json.loads(read_frame(stream))
    facts = read_frame(stream).decode("utf-8", "surrogatepass")
    return Outcome(facts or None, fault and Fault(*fault), parse_seconds, extract_seconds)


def main() -> None:
    """Serves until standard input ends."""
    # The parent decides when to stop; an interrupt from the keyboard reaches every process of the group.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    # Whatever a library prints must not end up between the frames.
    sys.stdout = sys.stderr
    from fastapi_lint.engine.analysis import Analyser

    analyser = Analyser()
    write_frame(answers, b"")
    answers.flush()
    try:
        with collector_at_rest(), analyser.batch():
            while True:
                path = read_frame(requests).decode("utf-8", "surrogatepass")
                write_outcome(answers, analyser.analyse(path, read_frame(requests)))
    except (EOFError, BrokenPipeError):
        return
