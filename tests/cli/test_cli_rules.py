"""``rules``, ``explain`` and ``completion``."""

from __future__ import annotations

import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from command import command

from fastapi_lint.rules.registry import load

BOOKSHOP = Path(__file__).parents[2] / "fixtures" / "projects" / "bookshop"


def run(*arguments: str) -> CompletedProcess[str]:
    return command(*arguments, cwd=BOOKSHOP)


def test_all_rules_are_listed() -> None:
    heading, *lines = run("rules").stdout.splitlines()
    assert heading.split() == ["CODE", "NAME", "GROUP", "SEVERITY", "DEFAULT", "FIX", "REPORTS"]
    assert [line.split()[:2] for line in lines] == [[rule.code, rule.name] for rule in load()]


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        (("--select", "FAL1,security"), lambda rule: rule.code.startswith(("FAL1", "FAL3"))),
        (("--profile", "strict"), lambda rule: rule.profile == "strict"),
        (("--standard", "sec-3"), lambda rule: "SEC-3" in rule.standards),
        (("--fixable",), lambda rule: rule.fix != "none"),
    ],
)
def test_rules_are_filtered(arguments: tuple[str, ...], kept: object) -> None:
    found = json.loads(run("rules", "--format", "json", *arguments).stdout)
    assert [rule["code"] for rule in found] == [rule.code for rule in load() if kept(rule)]  # type: ignore[operator]


def test_an_explanation_has_evidence_reasons_and_ways_out() -> None:
    result = run("explain", "bookshop/routers/books.py:55")
    assert result.returncode == 0
    for part in (
        "warning[FAL502]",
        "requests.get blocks here",
        "Why it matters",
        "What makes it go away",
        "When it may stay",
        "# fastapi-lint: ignore[transitive-blocking-call] the reason",
    ):
        assert part in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rules", "--select", "FAL999"), "no rule, prefix or group is called 'FAL999'"),
        (("rules", "--standard", "X-1"), "no rule serves 'X-1'"),
        (("explain", "books.py"), "expected PATH:LINE, found `books.py`"),
        (("explain", "bookshop/routers/books.py:3"), "no finding on line 3 of bookshop/routers/books.py; there are on"),
        (("explain", "bookshop/routers/books.py:55:1", "FAL101"), "no finding of FAL101 on line 55"),
        (("explain", "bookshop/routers/books.py:55", "FAL9"), "no rule has the code or name `FAL9`"),
        (("explain", "nowhere.py:1"), "nowhere.py does not exist"),
        (("completion", "cmd"), "'cmd' is not one of 'bash', 'zsh', 'fish'"),
    ],
)
def test_wrong_words(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_are_told_how_to_complete(shell: str) -> None:
    script = run("completion", shell).stdout
    assert "_FASTAPI_LINT_COMPLETE" in script and "fastapi-lint" in script
