"""What the README tells a newcomer to do is what is run."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def set_up_commands() -> list[str]:
    """The commands of the README that set up a fresh checkout."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return [block.strip() for block in re.findall(r"```sh\n(.*?)```", text, re.S)]


def test_there_are_two_commands_of_one_line_each() -> None:
    commands = set_up_commands()
    assert len(commands) == 2
    assert all("\n" not in command for command in commands)


def test_ci_runs_the_second_command_as_it_stands() -> None:
    script = ROOT / ".ci/run"
    assert set_up_commands()[1] in script.read_text(encoding="utf-8").splitlines()
    assert os.access(script, os.X_OK)


def test_the_first_command_checks_a_sample_that_has_findings() -> None:
    command = set_up_commands()[0]
    sample = re.search(r"check --exit-zero (\S+)$", command)
    assert sample is not None and (ROOT / sample[1]).is_dir()


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_to_files_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_configuration_shown_is_valid(tmp_path: Path) -> None:
    from fastapi_lint.config.load import load_configuration
    from fastapi_lint.rules.registry import load

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", text, re.S)
    file = tmp_path / "pyproject.toml"
    file.write_text(block, encoding="utf-8")
    load_configuration(file, load())


def test_commands_are_shown_with_their_output(monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from fastapi_lint.cli.main import cli

    monkeypatch.chdir(ROOT / "fixtures/projects/bookshop")
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"```console\n\$ fastapi-lint ((?:routes|deps) .*?)\n(.*?)```", text, re.S)
    assert len(shown) == 2
    for command, output in shown:
        result = CliRunner().invoke(cli, [*shlex.split(command), "--no-cache"])
        assert result.stdout + result.stderr == output
