"""Configurations that build on others, and the command line that goes before them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fastapi_lint.config.configuration import Configuration, Layer
from fastapi_lint.config.errors import ConfigurationError
from fastapi_lint.config.load import inline_layer, load_configuration
from fastapi_lint.config.selection import enabled_codes
from fastapi_lint.diagnostics import Severity
from fastapi_lint.rules.registry import load


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        file = folder / f"{name.replace('__', '/')}.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def configuration(file: Path, *overrides: Layer) -> Configuration:
    return load_configuration(file, load(), overrides)


def complaint(file: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        configuration(file)
    return str(caught.value)


def test_a_file_adds_to_the_one_it_extends_or_goes_before_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        base="""
            src = ["lib"]
            public-paths = ["/a"]
            require-reason = true
            extend-exclude = ["one/"]
            [severity]
            FAL1 = "info"
            FAL301 = "error"
            [per-file-ignores]
            "a.py" = ["FAL1"]
            [extend-per-file-ignores]
            "b.py" = ["FAL2"]
            [rules.unauthenticated-route]
            reads = true
            [[require]]
            dependency = "one"
        """,
        team__base='extend = "../base.toml"\npublic-paths = ["/b"]\n[rules.FAL301]\npublic-by-nature = false\n',
        team__project__own="""
            extend = "../base.toml"
            src = "src"
            extend-exclude = ["two/"]
            [severity]
            FAL101 = "warning"
            [per-file-ignores]
            "c.py" = ["FAL3"]
            [[require]]
            dependency = "two"
        """,
    )
    found = configuration(tmp_path / "team/project/own.toml")
    assert [layer.file and layer.file.name for layer in found.layers] == ["base.toml", "base.toml", "own.toml"]
    assert found.src == ("src",) and found.public_paths == ("/b",) and found.require_reason
    assert found.exclude[-2:] == ("one/", "two/")
    assert found.severities["FAL101"] == Severity.WARNING and found.severities["FAL102"] == Severity.INFO
    assert found.severities["FAL301"] == Severity.ERROR
    assert found.per_file_ignores == (("c.py", ("FAL3",)), ("b.py", ("FAL2",)))
    assert found.rules == {"unauthenticated-route": {"reads": True, "public-by-nature": False}}
    assert [policy.dependency for policy in found.policies] == ["one", "two"]


def test_selection_is_layered(tmp_path: Path) -> None:
    write(tmp_path, base='select = ["FAL1", "FAL301"]\n', own='extend = "base.toml"\nignore = ["FAL1"]\n')
    assert enabled_codes(configuration(tmp_path / "own.toml").choices, load()) == {"FAL301"}
    chosen = Layer("command line", {"extend-select": ("FAL101",)})
    assert enabled_codes(configuration(tmp_path / "own.toml", chosen).choices, load()) == {"FAL101", "FAL301"}


def test_the_command_line_goes_first(tmp_path: Path) -> None:
    write(tmp_path, own='fail-on = "error"\n[severity]\nFAL1 = "info"\n')
    inline = inline_layer('severity.FAL101 = "error"', "--config", load())
    found = configuration(tmp_path / "own.toml", inline, Layer("command line", {"fail-on": "never"}))
    assert found.fail_on == "never"
    assert (found.severities["FAL101"], found.severities["FAL102"]) == (Severity.ERROR, Severity.INFO)


def test_a_table_of_a_pyproject_may_be_extended(tmp_path: Path) -> None:
    write(tmp_path, pyproject="[tool.fastapi-lint]\nsrc = 'lib'\n", sub__own='extend = "../pyproject.toml"\n')
    assert configuration(tmp_path / "sub/own.toml").src == ("lib",)


def test_an_absolute_path(tmp_path: Path) -> None:
    write(tmp_path, base="src = 'lib'\n")
    write(tmp_path, own=f'extend = "{tmp_path}/base.toml"\n')
    assert configuration(tmp_path / "own.toml").src == ("lib",)


def test_a_circle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, a='extend = "sub/b.toml"\n', sub__b='extend = "../c.toml"\n', c='extend = "./sub/b.toml"\n')
    assert complaint(tmp_path / "a.toml") == (
        "c.toml: `extend`: files that extend each other in a circle: sub/b.toml → c.toml → sub/b.toml."
    )
    write(tmp_path, d='extend = "d.toml"\n')
    assert complaint(tmp_path / "d.toml").endswith("files that extend each other in a circle: d.toml → d.toml.")


def test_a_circle_through_a_link(tmp_path: Path) -> None:
    write(tmp_path, a='extend = "link.toml"\n')
    (tmp_path / "link.toml").symlink_to(tmp_path / "a.toml")
    assert "in a circle" in complaint(tmp_path / "a.toml")
    (tmp_path / "loop.toml").symlink_to(tmp_path / "loop.toml")
    write(tmp_path, b='extend = "loop.toml"\n')
    assert "b.toml: `extend`: " in complaint(tmp_path / "b.toml") and "is not a file" in complaint(tmp_path / "b.toml")


def test_many_levels(tmp_path: Path) -> None:
    for number in range(300):
        write(tmp_path, **{f"f{number}": f'extend = "f{number + 1}.toml"\nextend-exclude = ["{number}/"]\n'})
    write(tmp_path, f300='extend-exclude = ["300/"]\n')
    assert configuration(tmp_path / "f0.toml").exclude[-301:] == tuple(f"{number}/" for number in range(300, -1, -1))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('extend = "nowhere.toml"', "own.toml: `extend`: "),
        ('extend = "."', "is not a file."),
        ('extend = ""', "own.toml: `extend`: expected the path of a configuration file, found an empty string."),
        ('extend = "a\\u0000b"', "own.toml: `extend`: expected the path of a configuration file"),
        (f'extend = "{"x" * 5000}"', "own.toml: `extend`: "),
        ('extend = ["base.toml"]', "own.toml: `extend`: expected the path of a configuration file, found a list."),
        ('extend = "pyproject.toml"', "pyproject.toml: has no table `[tool.fastapi-lint]`."),
        ('extend = "broken.toml"', "broken.toml: not valid TOML"),
        ('extend = "wrong.toml"', "wrong.toml: `selct`: unknown option. Did you mean `select`?"),
        ('extend = "pipe.toml"', "pipe.toml is not a file."),
    ],
)
def test_files_that_cannot_be_extended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str) -> None:
    monkeypatch.chdir(tmp_path)  # long paths are shortened
    write(tmp_path, own=text, pyproject="[tool.other]\n", broken="[", wrong="selct = []\n")
    os.mkfifo(tmp_path / "pipe.toml")
    assert said in complaint(tmp_path / "own.toml")
    assert len(complaint(tmp_path / "own.toml")) < 1000


def test_only_a_file_can_extend_another() -> None:
    with pytest.raises(ConfigurationError, match="--config: `extend`: only a file can build on another"):
        inline_layer('extend = "base.toml"', "--config", load())
    with pytest.raises(ConfigurationError, match="--config: `required-version`: <0.1 is wanted"):
        inline_layer('required-version = "<0.1"', "--config", load())
