"""Configuration files: what they may say, and what is said about those that say something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastapi_lint.config.configuration import Configuration
from fastapi_lint.config.errors import ConfigurationError
from fastapi_lint.config.load import load_configuration
from fastapi_lint.diagnostics import Severity
from fastapi_lint.model.settings import Policy
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
    assert len(str(caught.value)) < 700
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
        respect-gitignore = false
        force-exclude = true
        fail-on = "error"
        required-version = ">=0.1"
        [[require]]
        dependency = "shop.auth.require_admin"
        paths = ["/admin/**"]
        methods = ["POST", "WEBSOCKET"]
        [[require]]
        dependency = "require_user"
        [severity]
        FAL9 = "error"
        plain-rule = "info"
        [extend-per-file-ignores]
        "!*.py" = ["ALL"]
        [per-file-ignores]
        "tests/" = ["FAL101"]
        [rules.picky-rule]
        limit = 5
        always = true
        style = "snake"
        names = ["a"]
        """,
    )
    assert found.choices[0].profile == "strict"
    assert found.choices[0].select == ("ALL",)
    assert found.choices[0].extend_select == ("FAL9",)
    assert found.choices[0].ignore == ("plain-rule",)
    assert found.choices[0].extend_ignore == ("routing",)
    assert found.exclude == ("generated/", "*_pb2.py")
    assert found.respect_gitignore is False and found.force_exclude is True
    assert found.src == ("src", "")
    assert found.app == ("shop.main:app",)
    assert found.auth_dependencies == ("verify",)
    assert found.public_paths == ("/webhooks/**",)
    assert found.versions == {"fastapi": (0, 115, 2), "pydantic": (1, 10), "sqlalchemy": (2,)}
    assert found.require_reason is True
    assert found.per_file_ignores == (("tests/", ("FAL101",)), ("!*.py", ("ALL",)))
    assert found.fail_on == "error"
    assert found.severities == {"FAL101": Severity.INFO, "FAL901": Severity.ERROR}
    assert found.policies == (
        Policy("shop.auth.require_admin", ("/admin/**",), ("POST", "WEBSOCKET")),
        Policy("require_user", ("**",), ()),
    )
    assert found.rules == {"picky-rule": {"limit": 5, "always": True, "style": "snake", "names": ("a",)}}


def test_rules_may_be_named_by_their_codes(tmp_path: Path) -> None:
    assert load(tmp_path, "[rules.FAL901]\nlimit = 4\n").rules == {"picky-rule": {"limit": 4}}


def test_a_pyproject_is_read_by_its_table(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n[tool.fastapi-lint]\nignore = ["FAL1"]\n'
    assert load(tmp_path, text, "pyproject.toml").choices[0].ignore == ("FAL1",)


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
        ("require = 3", "`require`: expected a list of tables, found the number 3"),
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
        ('src = ["/srv"]', "`src`: expected a folder inside the project, relative to its root, found the string"),
        ('src = ["../other"]', "`src`: expected a folder inside the project"),
        ('exclude = ["!"]', '`exclude`: the string "!" is no path pattern: it names no file.'),
        ('exclude = ["[z-a"]', '`exclude`: the string "[z-a" is no path pattern: one of its brackets has no end.'),
        ('exclude = ["[[:word:]]"]', "there is no class of characters [:word:]."),
        ("exclude = ['a\\']", "there is nothing behind its last backslash."),
        ('exclude = ["# why"]', "it is a comment; write \\# for a name that begins with #."),
        ('exclude = [""]', "`exclude`: an empty string is no path pattern: it is empty."),
        ('per-file-ignores = ["x"]', "`per-file-ignores`: expected a table of path patterns"),
        ('[per-file-ignores]\n"a.py" = ["FALX"]', "`per-file-ignores.a.py`: no rule, prefix or group is called 'FALX'"),
        ("rules = 1", "`rules`: expected a table of rules, found the number 1"),
        ("[rules.FAL902]", "`rules.FAL902`: no rule has this code or name. Did you mean `FAL901`?"),
        ("[rules.FAL901]\n[rules.picky-rule]", "`rules.picky-rule`: FAL901 and picky-rule are the same rule"),
        ("[rules.picky-rul]", "`rules.picky-rul`: no rule has this code or name. Did you mean `picky-rule`?"),
        ("[rules]\npicky-rule = 3", "`rules.picky-rule`: expected a table of options, found the number 3"),
        ("[rules.picky-rule]\nlimt = 1", "`rules.picky-rule.limt`: unknown option. Did you mean `limit`?"),
        ("[rules.plain-rule]\nlimit = 1", "`rules.plain-rule.limit`: unknown option. It has none."),
        ("[rules.picky-rule]\nlimit = true", "`rules.picky-rule.limit`: expected a whole number, found true"),
        ('[rules.picky-rule]\nlimit = "1"', "`rules.picky-rule.limit`: expected a whole number"),
        ("[rules.picky-rule]\nstyle = 1", "`rules.picky-rule.style`: expected a string"),
        ("[rules.picky-rule]\nalways = 1", "`rules.picky-rule.always`: expected true or false"),
        ("[rules.picky-rule]\nnames = [1]", "`rules.picky-rule.names`: expected a list of strings"),
        ("[severity]\nFAL9 = 3", '`severity.FAL9`: expected "info", "warning" or "error", found the number 3.'),
        ('[severity]\nFAL8 = "error"', "`severity`: no rule, prefix or group is called 'FAL8'"),
        (
            '[severity]\nFAL101 = "error"\nplain-rule = "info"',
            "`severity`: `FAL101` and `plain-rule` say different things of FAL101.",
        ),
        ('fail-on = "fatal"', '`fail-on`: expected "info", "warning", "error" or "never"'),
        ("[[require]]", "`require.1`: `dependency` is missing: expected the name of a dependency"),
        ('[[require]]\ndependency = "a"\npath = ["/x"]', "`require.1.path`: unknown option. Did you mean `paths`?"),
        ('[[require]]\ndependency = "a"\npaths = []', "`require.1.paths`: expected a list of paths of routes with at"),
        ('[[require]]\ndependency = "a"\nmethods = ["PSOT"]', "`require.1.methods`: expected an HTTP method"),
        ('public-paths = ["webhooks"]', '`public-paths`: expected a path that begins with "/" or "*"'),
        ('auth-dependencies = ["shop:user"]', "`auth-dependencies`: expected the name of a dependency"),
        ('required-version = "latest"', "`required-version`: expected a version specifier"),
        ('required-version = ">=99"\nunheard-of = 1', "`required-version`: >=99 is wanted, but this is fastapi-lint"),
        ("fail-on = 0x" + "f" * 9000, "`fail-on`: expected"),
        ("fail-on = " + "1" * 9000, "not valid TOML"),
        ("select = [[[1]]]", "`select`: expected a list of strings, found a list with a list."),
        (f'profile = "{"x" * 9000}"', "…"),
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
