"""``fastapi-lint baseline`` and what ``check`` makes of a baseline."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from fastapi_lint.cli import main
from fastapi_lint.config.discovery import _find

PROJECT = Path(__file__).parents[2] / "fixtures/projects/bookshop"
NAME = "fastapi-lint-baseline.json"


class Ended:
    """How a command ended."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    shutil.copytree(PROJECT, tmp_path / "shop")
    monkeypatch.chdir(tmp_path / "shop")
    _find.cache_clear()

    def run(words: str, *arguments: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main.main([*words.split(), *arguments, "--no-cache", "--jobs", "1"])
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, *capsys.readouterr())

    yield run
    _find.cache_clear()


def test_from_many_findings_to_new_ones_only(command, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert command("check").status == 1
    ended = command("baseline create")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == (
        f'12 findings written to {NAME}.\n`check` goes by it once the configuration says `baseline = "{NAME}"`.\n'
    )
    Path("fastapi-lint.toml").write_text(f'baseline = "{NAME}"\n')
    _find.cache_clear()
    ended = command("check")
    assert (ended.status, ended.out) == (0, "")
    assert ended.err == f"note: 12 findings known to {NAME}.\nNo findings.\n"
    Path("bookshop/more.py").write_text("from fastapi import FastAPI\napp = FastAPI(\n")
    ended = command("check", "--format", "concise")
    assert ended.status == 1 and ended.out.startswith("bookshop/more.py:2:14: FAL001 ")
    assert command("check", "--no-baseline").err.startswith("13 findings in 5 files.\n")
    assert command("check --quiet", "--exit-zero").err == ""
    ended = command("check --format json")
    assert [found["code"] for found in json.loads(ended.out)["findings"]] == ["FAL001"]


def test_it_stands_anywhere_and_is_found_from_anywhere(
    command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    Path("ci").mkdir()
    assert command("baseline create --baseline ci/known.json").out == "12 findings written to ci/known.json.\n"
    assert '"../bookshop/config.py"' in Path("ci/known.json").read_text()
    for folder in (".", "bookshop", "bookshop/routers"):
        assert command("check --baseline ci/known.json", folder).status == 0
    monkeypatch.chdir(tmp_path)
    assert command("check shop --baseline shop/ci/known.json").status == 0


def test_what_is_there_is_not_replaced(command) -> None:  # type: ignore[no-untyped-def]
    command("baseline create")
    before = Path(NAME).read_text()
    ended = command("baseline create --select FAL301,FAL351")
    assert ended.status == 2 and f"{NAME} is there already: `update` mends it" in ended.err
    assert Path(NAME).read_text() == before
    assert command("baseline create --select FAL301,FAL351 --force").out.startswith("2 findings written")


def test_update_takes_out_moves_and_adds(command) -> None:  # type: ignore[no-untyped-def]
    command("baseline create")
    Path("bookshop/routers/reviews.py").write_text("from fastapi import APIRouter\n\nrouter = APIRouter()\n")
    Path("bookshop/config.py").rename("bookshop/settings.py")
    for file in Path().rglob("*.py"):
        file.write_text(file.read_text().replace("bookshop.config", "bookshop.settings"))
    Path("bookshop/broken.py").write_text("x = (\n")
    checked = command(f"check --baseline {NAME}")
    assert checked.status == 1
    assert checked.err == (
        f"note: 10 findings known to {NAME}.\n"
        f"note: {NAME} has 2 entries that no finding answers to and 1 entry of files that have moved: "
        "`fastapi-lint baseline update` mends it.\n"
        "1 finding in 1 file.\n"
    )
    shown = command("baseline show")
    assert shown.status == 0 and shown.err == "12 entries: 9 found, 1 moved, 2 found no more.\n"
    assert "bookshop/settings.py:5: FAL351 [hardcoded-secret]: moved from bookshop/config.py\n" in shown.out
    assert "bookshop/routers/books.py:35: FAL101 [created-without-201] in create_book\n" in shown.out
    stale = command("baseline show --stale")
    assert stale.status == 1
    assert stale.out == "bookshop/routers/reviews.py: FAL203 [orm-model-in-api] in write_review: found no more\n" * 2
    updated = command("baseline update")
    assert updated.status == 0
    assert updated.out == f"{NAME}: 2 removed, 1 moved; 10 entries.\n1 new finding not added; --accept-new does.\n"
    assert command("baseline show --stale").status == 0
    assert command("baseline update --accept-new").out == f"{NAME}: 0 removed, 0 moved, 1 added; 11 entries.\n"
    before = Path(NAME).read_bytes()
    assert command("baseline update").out == f"{NAME}: 0 removed, 0 moved; 11 entries.\n"
    assert Path(NAME).read_bytes() == before


def test_only_what_was_checked_is_judged(command) -> None:  # type: ignore[no-untyped-def]
    command("baseline create")
    shown = command("baseline show --select FAL3 bookshop/config.py")
    assert shown.err == "12 entries: 1 found, 11 not checked.\n" and shown.out.count(": not checked\n") == 11
    assert command("baseline update --select FAL3 bookshop/config.py").out.endswith("; 12 entries.\n")


def test_nothing_to_know(command) -> None:  # type: ignore[no-untyped-def]
    assert command("baseline create --select FAL001").out.startswith("0 findings written")
    assert command("baseline show --select FAL001").err == "0 entries.\n"


@pytest.mark.parametrize("words", ["check", "baseline show", "baseline update"])
def test_what_is_no_baseline(command, words: str) -> None:  # type: ignore[no-untyped-def]
    for content, said in ((None, "there is no baseline b.json"), (b"{", "b.json is no baseline: line 1 is no JSON")):
        if content is not None:
            Path("b.json").write_bytes(content)
        ended = command(words, "--baseline", "b.json")
        assert (ended.status, ended.out) == (2, "")
        assert ended.err.startswith(f"fastapi-lint: {said}") and ended.err.count("\n") == 1


def test_options_that_exclude_each_other(command) -> None:  # type: ignore[no-untyped-def]
    ended = command("check --baseline b.json --no-baseline")
    assert ended.status == 2 and "exclude each other" in ended.err


def test_a_check_that_failed_makes_no_baseline(command, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def broken(modules: object, settings: object, source_of: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("fastapi_lint.model.project.link", broken)
    ended = command("baseline create")
    assert ended.status == 2 and "the check failed, nothing was done: the project model can't be built" in ended.err
    assert not Path(NAME).exists()


def test_a_secret_that_is_known_is_shown_nowhere(command) -> None:  # type: ignore[no-untyped-def]
    config = Path("bookshop/config.py")
    text = config.read_text()
    secret = text.partition('SECRET_KEY = "')[2].partition('"')[0]
    config.write_text(text.replace(f'"{secret}"', f'"{secret}"; y = 1  # fastapi-lint: ignore[FAL999]'))
    command("baseline create --select FAL351")
    for more in ([], ["--no-baseline"]):
        ended = command(f"check --baseline {NAME}" if not more else "check", *more)
        assert "SECRET_KEY = " in ended.out and secret not in ended.out
    config.write_text(config.read_text().replace("ignore[FAL999]", "ignore[FAL351, FAL999]"))
    ended = command("check --select FAL351 --select FAL004")
    assert "error[FAL351]" not in ended.out and "FAL004" in ended.out and secret not in ended.out
