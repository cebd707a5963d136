"""Findings for all processes of a run of flake8.

flake8 reads its options before it starts processes, so the first process links and the others have the findings: under
the start method ``fork`` in their memory, under others (where each reads the options anew) in a file whose name is in
the environment. A process that can't have them links by itself.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi_lint.flake8_plugin.findings import Findings

_VARIABLE = "FASTAPI_LINT_FLAKE8_FINDINGS"
"""Holds the number of the process that linked, and the file."""


def is_worker() -> bool:
    """Whether another process started this one to share its work."""
    return multiprocessing.parent_process() is not None


def link_for_all(findings: Findings) -> None:
    """Links what flake8 was asked to check, or takes over what the process that started this one has linked.

    Never raises: what goes wrong will be said when a file is asked for.
    """
    if is_worker():
        findings.jobs = 1
        with suppress(OSError, ValueError):
            _take_over(findings)
    else:
        with suppress(Exception):
            findings.link(findings.wishes.paths)
            if _start_method() != "fork":
                _offer(findings)


def _start_method() -> str:
    """How processes are started here."""
    return multiprocessing.get_start_method(allow_none=True) or multiprocessing.get_all_start_methods()[0]


def _offer(findings: Findings) -> None:
    import atexit
    import tempfile

    descriptor, file = tempfile.mkstemp(prefix="fastapi-lint-", suffix=".json")
    atexit.register(_remove, file)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump([findings.linked, findings.by_file], stream)
    os.environ[_VARIABLE] = f"{os.getpid()}:{file}"


def _take_over(findings: Findings) -> None:
    """Takes the findings from the file.

    Raises:
        OSError, ValueError: there is none, or none of the process that started this one.
    """
    process, _, file = os.environ.get(_VARIABLE, "").partition(":")
    parent = multiprocessing.parent_process()
    if parent is None or process != str(parent.pid):
        raise ValueError(process)
    with open(file, encoding="utf-8") as stream:
        findings.linked, by_file = json.load(stream)
    findings.by_file = {path: [(line, column, text) for line, column, text in told] for path, told in by_file.items()}


def _remove(file: str) -> None:
    with suppress(OSError):
        os.unlink(file)
