"""Configuration files: what they may say, and what is said about those that say something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastapi_lint.config.configuration import Configuration
from fastapi_lint.config.errors import ConfigurationError
from fastapi_lint.config.load import load_configuration
from fastapi_lint.rules.api import Option, Rule
from fastapi_lint.rules.registry import Registry


class Picky(Rule):
    """A rule with options of every type."""

    code = "FAL901"
    name = "picky-rule"
    options = (
        Option("limit", "int", 3, "How many."),
        Option("always", "bool", False, "Whether always."),
        Option("style", "str", "kebab", "Which style."),
        Option("names", "list[str]", (), "Which names."),
    )


class Plain(Rule):
    """A rule without options."""

    code = "FAL101"
    name = "plain-rule"


REGISTRY = Registry([Picky, Plain])


def load(tmp_path: Path, text: str, name: str = "fastapi-lint.toml") -> Configuration:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return load_configuration(file, REGISTRY)


def complaint(tmp_path: Path, text: str, name: str = "fastapi-lint.toml") -> str:
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, text, name)
    assert name in str(caught.value) and "\n" not in str(caught.value)
    return str(caught.value)


def test_every_key_is_read(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        """
        profile = "strict"
        select = ["ALL"]
        extend-select = ["FAL9"]
        ignore = ["plain-rule"]
        extend-ignore = ["routing"]
        exclude = ["generated/"]
        extend-exclude = ["*_pb2.py"]
        src = ["src", "."]
        app = "shop.main:app"
        auth-dependencies = ["verify"]
        public-paths = ["/webhooks/**"]
        fastapi-version = "0.115.2"
        pydantic-version = "1.10"
        sqlalchemy-version = "2"
        require-reason = true
        [per-file-ignores]
        "tests/" = ["FAL101"]
        [rules.picky-rule]
        limit = 5
        always = true
        style = "snake"
        names = ["a"]
        """,
    )
    assert found.choice.profile == "strict"
    assert found.choice.select == ("ALL",)
    assert found.choice.extend_select == ("FAL9",)
    assert found.choice.ignore == ("plain-rule",)
    assert found.choice.extend_ignore == ("routing",)
    assert found.exclude == ("generated/",)
    assert found.extend_exclude == ("*_pb2.py",)
    assert found.src == ("src", "")
    assert found.app == ("shop.main:app",)
    assert found.auth_dependencies == ("verify",)
    assert found.public_paths == ("/webhooks/**",)
    assert found.versions == {"fastapi": (0, 115, 2), "pydantic": (1, 10), "sqlalchemy": (2,)}
    assert found.require_reason is True
    assert found.per_file_ignores == (("tests/", ("FAL101",)),)
    assert found.rules == {"picky-rule": {"limit": 5, "always": True, "style": "snake", "names": ("a",)}}


def test_a_pyproject_is_read_by_its_table(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n[tool.fastapi-lint]\nignore = ["FAL1"]\n'
    assert load(tmp_path, text, "pyproject.toml").choice.ignore == ("FAL1",)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "fastapi-lint.toml"
    file.write_bytes(b"\xef\xbb\xbfrequire-reason = true\n")
    assert load_configuration(file, REGISTRY).require_reason


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("selct = []", "`selct`: unknown option. Did you mean `select`?"),
        ("extend_select = []", "`extend_select`: unknown option. Did you mean `extend-select`?"),
        ("zzz = 1", "`zzz`: unknown option. Known: `app`, "),
        ("[tool.fastapi-lint]\nselect = []", "`tool`: unknown option. In this file the options stand at the top level"),
        ('select = "FAL1"', '`select`: expected a list of strings, found the string "FAL1"'),
        ("select = [1]", "`select`: expected a list of strings, found a list with the number 1"),
        ('select = ["FAL102"]', "`select`: no rule, prefix or group is called 'FAL102'; did you mean FAL101"),
        ('ignore = ["plain-rul"]', "`ignore`: no rule, prefix or group is called 'plain-rul'; did you mean plain-rule"),
        ('profile = "strickt"', '`profile`: expected "recommended" or "strict", found the string "strickt"'),
        ("require-reason = 1", "`require-reason`: expected true or false, found the number 1"),
        ('fastapi-version = ">=0.100"', '`fastapi-version`: expected a release such as "0.115.0"'),
        ("fastapi-version = 0.100", "`fastapi-version`: expected a release"),
        ('app = "main.app"', '`app`: expected "module:variable"'),
        ('src = ["/srv"]', '`src`: "/srv" must be a folder inside the project'),
        ('src = ["../other"]', '`src`: "../other" must be a folder inside the project'),
        ('exclude = ["!"]', "`exclude`: not a path pattern"),
        ('exclude = ["[z-a]"]', "`exclude`: not a path pattern"),
        ('per-file-ignores = ["x"]', "`per-file-ignores`: expected a table of path patterns"),
        ('[per-file-ignores]\n"a.py" = ["FALX"]', "`per-file-ignores.a.py`: no rule, prefix or group is called 'FALX'"),
        ("rules = 1", "`rules`: expected a table of rule names"),
        ("[rules.FAL901]\nlimit = 1", "`rules.FAL901`: no rule has this name. Write the name: `picky-rule`."),
        ("[rules.picky-rul]", "`rules.picky-rul`: no rule has this name. Did you mean `picky-rule`?"),
        ("[rules]\npicky-rule = 3", "`rules.picky-rule`: expected a table of options, found the number 3"),
        ("[rules.picky-rule]\nlimt = 1", "`rules.picky-rule.limt`: the rule has no such option. Did you mean `limit`?"),
        ("[rules.plain-rule]\nlimit = 1", "`rules.plain-rule.limit`: the rule has no such option. It has none."),
        ("[rules.picky-rule]\nlimit = true", "`rules.picky-rule.limit`: expected a whole number, found true"),
        ('[rules.picky-rule]\nlimit = "1"', "`rules.picky-rule.limit`: expected a whole number"),
        ("[rules.picky-rule]\nstyle = 1", "`rules.picky-rule.style`: expected a string"),
        ("[rules.picky-rule]\nalways = 1", "`rules.picky-rule.always`: expected true or false"),
        ("[rules.picky-rule]\nnames = [1]", "`rules.picky-rule.names`: expected a list of strings"),
        ("select = [", "not valid TOML"),
        ("select = 1979-05-27", "`select`: expected a list of strings, found the date 1979-05-27"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    assert said in complaint(tmp_path, text)


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "fastapi-lint.toml"
    file.write_bytes(b'app = "\xff"')
    with pytest.raises(ConfigurationError, match="byte 7 is not UTF-8"):
        load_configuration(file, REGISTRY)


def test_a_file_that_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="can't be read"):
        load_configuration(tmp_path, REGISTRY)


def test_a_pyproject_without_our_table(tmp_path: Path) -> None:
    assert "has no table `[tool.fastapi-lint]`" in complaint(tmp_path, "[tool.other]\n", "pyproject.toml")


def test_a_pyproject_whose_table_is_none(tmp_path: Path) -> None:
    text = "[tool]\nfastapi-lint = 3\n"
    assert "`tool.fastapi-lint`: expected a table" in complaint(tmp_path, text, "pyproject.toml")


def test_toml_that_is_nested_too_deep(tmp_path: Path) -> None:
    assert "not valid TOML" in complaint(tmp_path, "a = " + "[" * 100_000)
