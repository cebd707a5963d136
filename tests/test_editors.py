"""The flake8 plugin as editors call it: their command lines, the text that is not saved yet, a real language server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fastapi_lint.engine.store import DIRECTORY

PROJECT = Path(__file__).parent.parent / "fixtures/projects/bookshop"
BOOKS = "bookshop/routers/books.py"
CODE = re.compile(r"FAL\d{3}")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("editors") / "bookshop"
    shutil.copytree(PROJECT, target, ignore=shutil.ignore_patterns(DIRECTORY))
    return target


@pytest.fixture(scope="module")
def changed(project: Path) -> str:
    """What stands in the editor: a line more than in the file."""
    return "# not saved yet\n" + (project / BOOKS).read_text()


@pytest.fixture(scope="module")
def expected(project: Path) -> list[tuple[int, int, str]]:
    """Line, column and code of what ``check`` finds in the saved file."""
    command = [sys.executable, "-m", "fastapi_lint", "check", "--format", "json", BOOKS]
    result = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    places = ((finding["start"], finding["code"]) for finding in json.loads(result.stdout)["findings"])
    found = sorted((start["line"], start["column"], code) for start, code in places)
    assert len(found) > 3
    return found


def further_down(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    return [(line + 1, column, code) for line, column, code in found]


def flake8(cwd: Path, *arguments: str, text: str | None = None) -> str:
    """What an editor reads of flake8."""
    command = [sys.executable, "-m", "flake8", *arguments]
    result = subprocess.run(command, cwd=cwd, input=text, capture_output=True, text=True, check=False)
    assert result.stderr == ""
    return result.stdout


def read(output: str, pattern: str) -> list[tuple[int, int, str]]:
    """Line, column and code of our findings in an output, each line of it in the form that an editor expects."""
    found = []
    for line in output.splitlines():
        match = re.fullmatch(pattern, line)
        assert match is not None, line
        if CODE.fullmatch(match["code"]):
            found.append((int(match["line"]), int(match["column"]), match["code"]))
    return sorted(found)


VS_CODE = "--format='%(row)d,%(col)d,%(code).1s,%(code)s:%(text)s'"
VS_CODE_LINE = r"'(?P<line>\d+),(?P<column>-?\d+),(?P<type>\w+),(?P<code>\w+\d+):(?P<message>[^\r\n]*)'"
DEFAULT_LINE = r".+:(?P<line>\d+):(?P<column>\d+): (?P<code>\w+) .*"


def test_the_extension_of_vs_code(project: Path, changed: str, expected: list[tuple[int, int, str]]) -> None:
    """Newer releases hand over the path of the saved file, older ones, and those for notebooks, the text."""
    path = str(project / BOOKS)
    assert read(flake8(project, VS_CODE, path), VS_CODE_LINE) == expected
    output = flake8(project, VS_CODE, "--stdin-display-name", path, "-", text=changed)
    assert read(output, VS_CODE_LINE) == further_down(expected)


def test_a_process_that_lives_on(project: Path, expected: list[tuple[int, int, str]]) -> None:
    """The extension of VS Code may run flake8 again and again in its own process."""
    script = (
        "import contextlib, io, json, pathlib, sys\n"
        "from flake8.main.cli import main\n"
        "file, form = pathlib.Path(sys.argv[1]), sys.argv[2]\n"
        "def run():\n"
        "    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())) as out:\n"
        "        main([form, str(file)])\n"
        "    return out.buffer.getvalue().decode()\n"
        "saved = file.read_text()\n"
        "first = run()\n"
        "file.write_text('# a line more\\n' + saved)\n"
        "second = run()\n"
        "file.write_text(saved)\n"
        "pathlib.Path('fastapi-lint.toml').write_text('select = []\\n')\n"
        "third = run()\n"
        "pathlib.Path('fastapi-lint.toml').unlink()\n"
        "print(json.dumps([first, second, third]))\n"
    )
    command = [sys.executable, "-c", script, BOOKS, VS_CODE]
    outputs = json.loads(subprocess.run(command, cwd=project, capture_output=True, text=True, check=True).stdout)
    found = [read(output, VS_CODE_LINE) for output in outputs]
    assert found == [expected, further_down(expected), []]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        pytest.param(["--stdin-display-name", "{path}", "-"], DEFAULT_LINE, id="ALE"),
        pytest.param(["--format", "default", "--stdin-display-name", "{path}", "-"], DEFAULT_LINE, id="null-ls"),
        pytest.param(
            [
                "--format=%(path)s:%(row)d:%(col)d:%(code)s:%(text)s",
                *("--no-show-source", "--stdin-display-name", "{path}", "-"),
            ],
            r".+:(?P<line>\d+):(?P<column>\d+):(?P<code>\w+):.*",
            id="nvim-lint",
        ),
    ],
)
def test_vim_and_neovim(
    project: Path, changed: str, expected: list[tuple[int, int, str]], arguments: list[str], line: str
) -> None:
    filled = [argument.format(path=project / BOOKS) for argument in arguments]
    assert read(flake8(project / "bookshop", *filled, text=changed), line) == further_down(expected)


def test_the_command_as_a_linter_of_its_own(project: Path, changed: str, expected: list[tuple[int, int, str]]) -> None:
    """For editors that run any program and read lines of the form ``path:line:column: code message``."""
    arguments = ["check", "--format", "concise", "--quiet", "--stdin-filename", str(project / BOOKS), "-"]
    command = [sys.executable, "-m", "fastapi_lint", *arguments]
    result = subprocess.run(command, cwd=project, input=changed, capture_output=True, text=True, check=False)
    assert result.stderr == ""
    assert read(result.stdout, DEFAULT_LINE) == further_down(expected)


class LanguageServer:
    """A language server that is spoken to over its standard streams."""

    def __init__(self, command: list[str], root: Path) -> None:
        # The server looks for flake8 in PATH.
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        self._process = subprocess.Popen(
            command, cwd=root, env={**os.environ, "PATH": path}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert self._process.stdin and self._process.stdout
        self._to, self._from = self._process.stdin, self._process.stdout

    def send(self, method: str, params: dict[str, Any], number: int | None = None) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        body = json.dumps(message if number is None else {**message, "id": number}).encode()
        self._to.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._to.flush()

    def messages(self) -> Iterator[dict[str, Any]]:
        """What the server says, until it ends."""
        while head := self._from.readline():
            length = 0
            while head.strip():
                name, _, value = head.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
                head = self._from.readline()
            yield json.loads(self._from.read(length))

    def diagnostics(self) -> list[tuple[int, int, str]]:
        """Line, column and code of our findings in the next diagnostics that it publishes."""
        published = next(m for m in self.messages() if m.get("method") == "textDocument/publishDiagnostics")
        found = []
        for diagnostic in published["params"]["diagnostics"]:
            start = diagnostic["range"]["start"]
            if CODE.fullmatch(str(diagnostic.get("code"))):
                found.append((start["line"] + 1, start["character"] + 1, diagnostic["code"]))
        return sorted(found)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._to.close()
        self._from.close()


@pytest.fixture
def server(project: Path) -> Iterator[LanguageServer]:
    pytest.importorskip("pylsp")
    server = LanguageServer([sys.executable, "-m", "pylsp"], project)
    yield server
    server.end()


def test_python_lsp_server(
    server: LanguageServer, project: Path, changed: str, expected: list[tuple[int, int, str]]
) -> None:
    server.send("initialize", {"processId": None, "rootUri": project.as_uri(), "capabilities": {}}, number=1)
    assert next(message for message in server.messages() if message.get("id") == 1)["result"]["capabilities"]
    server.send("initialized", {})
    plugins = {name: {"enabled": name == "flake8"} for name in ("flake8", "pycodestyle", "pyflakes", "mccabe")}
    server.send("workspace/didChangeConfiguration", {"settings": {"pylsp": {"plugins": plugins}}})
    uri = (project / BOOKS).as_uri()
    text = (project / BOOKS).read_text()
    document = {"uri": uri, "languageId": "python", "version": 1, "text": text}
    server.send("textDocument/didOpen", {"textDocument": document})
    assert server.diagnostics() == expected
    changes = {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": changed}]}
    server.send("textDocument/didChange", changes)
    assert server.diagnostics() == further_down(expected)
