"""The command ``fastapi-lint`` in this process, which spares each test the start of another one."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from fastapi_lint.cli.main import main
from fastapi_lint.config.discovery import forget_projects


def command(*arguments: str, cwd: Path, data: bytes = b"") -> CompletedProcess[str]:
    """How the command ends and what it says when it is called in a folder with ``data`` as standard input; an exception
    that it lets out fails the test."""
    forget_projects()  # files come and go between two calls of one test
    ended = in_folder(cwd, lambda: main(arguments), data)
    gc.unfreeze()  # the command leaves its model for the end of the process, which is far away here
    return ended


def in_folder(cwd: Path, run: Callable[[], object], data: bytes = b"") -> CompletedProcess[str]:
    """How a program ends and what it says.

    Args:
        cwd: the folder to run it in.
        run: the program, which exits.
        data: what it reads from standard input.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    before = os.getcwd()
    os.chdir(cwd)
    try:
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
            with pytest.raises(SystemExit) as ended:
                run()
    finally:
        os.chdir(before)
    assert isinstance(ended.value.code, int)
    said = (stream.buffer.getvalue().decode() for stream in (out, err))  # type: ignore[attr-defined]
    return CompletedProcess([], ended.value.code, *said)
