"""The oracle: FastAPI itself, which builds the generated projects in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import product
from pathlib import Path
from types import TracebackType
from typing import Any

from generated.generator import GeneratedProject

PROJECTS_PER_PROCESS = 400
"""After so many projects a new process is started: FastAPI and Pydantic keep something of each."""
TESTS = Path(__file__).parent.parent
Built = dict[str, list[dict[str, Any]]]


class Refused(Exception):
    """FastAPI does not accept a project."""


class Oracle:
    """Asks FastAPI. To be used as a context.

    Attributes:
        refusals: why projects were refused; the user's list.
    """

    def __init__(self) -> None:
        self.refusals: list[str] = []
        self._process: subprocess.Popen[str] | None = None
        self._asked = 0

    def ask(self, project: GeneratedProject) -> list[Built]:
        """What FastAPI builds of a project, under each combination of the conditions that it depends on.

        Raises:
            Refused: it does not build it.
        """
        environments = [
            {flag: "1" for flag, is_set in zip(project.flags, setting) if is_set}
            for setting in product((False, True), repeat=len(project.flags))
        ]
        answer = self._answer({"texts": project.texts, "entry": project.entry, "environments": environments})
        if "refused" in answer:
            raise Refused(answer["refused"])
        return answer["built"]

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        if self._asked % PROJECTS_PER_PROCESS == 0:
            self.close()
        self._asked += 1
        process = self._process = self._process or self._started()
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    @staticmethod
    def _started() -> subprocess.Popen[str]:
        path = os.pathsep.join([str(TESTS), str(TESTS / "model"), os.environ.get("PYTHONPATH", "")])
        command = [sys.executable, "-m", "generated.worker"]
        environment = {**os.environ, "PYTHONPATH": path}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment, cwd=TESTS)

    def close(self) -> None:
        """Ends the process."""
        if self._process is not None:
            self._process.communicate()
            self._process = None

    def __enter__(self) -> Oracle:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
