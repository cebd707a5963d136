"""Which findings are reported: baselines that hold whatever happens elsewhere."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from fastapi_lint.config.configuration import Layer
from fastapi_lint.config.discovery import _find
from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.engine import run as engine
from fastapi_lint.engine.baseline import read_baseline, write_baseline
from fastapi_lint.engine.errors import UsageError
from fastapi_lint.engine.narrowing import Narrowing, compare_projects
from fastapi_lint.engine.results import Result
from fastapi_lint.engine.run import Request, run
from fastapi_lint.rules.registry import load

PROJECT = Path(__file__).parents[2] / "fixtures/projects/bookshop"
ALL = Narrowing(use_baseline=False)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(PROJECT, tmp_path / "shop")
    _find.cache_clear()
    yield tmp_path / "shop"
    _find.cache_clear()


def checked(*paths: Path, narrowing: Narrowing = ALL, select: tuple[str, ...] = ()) -> Result:
    overrides = (Layer("test", {"select": select}),) if select else ()
    return run(Request(paths, jobs=1, cache=False, narrowing=narrowing, overrides=overrides))


def found(result: Result) -> list[Diagnostic]:
    return [diagnostic for project in result.projects for diagnostic in project.diagnostics]


def create(file: Path, *paths: Path) -> int:
    """Writes a baseline of all findings; how many there are."""
    comparison = compare_projects(file, (), checked(*paths).projects, load())
    write_baseline(file, comparison.new)
    return len(comparison.new)


def against(file: Path, *paths: Path) -> list[tuple[str, str]]:
    """Path and code of the findings that a baseline leaves."""
    return [(one.location.path, one.code) for one in found(checked(*paths, narrowing=Narrowing(file)))]


def test_what_a_baseline_knows_is_not_reported(project: Path) -> None:
    file = project / "b.json"
    assert create(file, project) == len(found(checked(project))) == 12
    result = checked(project, narrowing=Narrowing(file))
    assert found(result) == [] and len(result.notes) == 1 and result.notes[0].startswith("12 findings known to ")


def test_a_baseline_in_the_configuration_counts_unless_it_shall_not(project: Path) -> None:
    (project / "fastapi-lint.toml").write_text('baseline = "ci/b.json"\n')
    (project / "ci").mkdir()
    assert create(project / "ci/b.json", project) == 12
    assert found(checked(project, narrowing=Narrowing())) == []
    assert len(found(checked(project))) == 12
    write_baseline(project / "other.json", [])
    assert len(found(checked(project, narrowing=Narrowing(project / "other.json")))) == 12


def test_a_baseline_that_is_not_there(project: Path) -> None:
    with pytest.raises(UsageError, match="there is no baseline"):
        checked(project, narrowing=Narrowing(project / "b.json"))


def _insert_lines(chance: random.Random, text: str) -> str:
    """The text with lines put between its statements, and with blank lines and comments taken out: nothing that any
    finding stands on or in."""
    lines = text.split("\n")
    result: list[str] = []
    brackets = 0
    for number, line in enumerate(lines):
        top = (
            line[:1] not in (" ", ")", "]", "}") and not brackets and not (number and lines[number - 1].startswith("@"))
        )
        if line.strip() == "" and chance.random() < 0.5:
            continue
        if top and line and chance.random() < 0.3 and not line.startswith(("else", "elif", "except", "finally", '"')):
            result += chance.choice(
                (["", "# a comment"], [f"_new_{number} = [", "    1,", "]"], [f"def _new_{number}(): return 1", ""])
            )
        brackets += len(re.findall(r"[(\[{]", line)) - len(re.findall(r"[)\]}]", line))
        if line.startswith("    ") and not brackets and chance.random() < 0.2:
            line += "  # more to say"
        result.append(line)
    return "\n".join(result)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_new_when_lines_come_and_go_elsewhere(project: Path, seed: int) -> None:
    create(project / "b.json", project)
    chance = random.Random(seed)
    before = {(one.location.path, one.location.line) for one in found(checked(project))}
    for file in project.rglob("*.py"):
        changed = _insert_lines(chance, file.read_text())
        compile(changed, str(file), "exec")
        file.write_text(changed.replace("\n", chance.choice(("\n", "\r\n"))), newline="")
    now = {(one.location.path, one.location.line) for one in found(checked(project))}
    assert now != before and len(now) == len(before)
    result = checked(project, narrowing=Narrowing(project / "b.json"))
    assert found(result) == [] and len(result.notes) == 1


ROUTES = """
from fastapi import Depends, FastAPI
from fastapi.security import OAuth2PasswordBearer
app = FastAPI()
scheme = OAuth2PasswordBearer("token")
@app.delete("/a", dependencies=[Depends(scheme)])
def a(): ...
"""


@pytest.mark.parametrize("seed", range(4))
def test_as_many_are_reported_as_there_are_more(tmp_path: Path, seed: int) -> None:
    """Routes and blocking calls come, go and change their order: what is reported is the surplus of each kind."""
    _find.cache_clear()
    chance = random.Random(seed)

    def write() -> Counter[str]:
        names = [chance.choice("bcdef") for _ in range(6)]
        text = ROUTES
        for name in dict.fromkeys(names):
            sleeps = "    time.sleep(1)\n" * names.count(name)
            text += f"@app.post('/{name}')\nasync def {name}():\n    import time\n{sleeps}"
        (tmp_path / "main.py").write_text(text)
        return Counter(names)

    file = tmp_path / "b.json"
    known = write()
    create(file, tmp_path)
    for _ in range(3):
        now = write()
        new = Counter(code for _, code in against(file, tmp_path))
        assert new["FAL501"] == (now - known).total()
        assert new["FAL301"] == len(now.keys() - known.keys())


def test_a_file_that_moves_takes_its_entries_along(project: Path) -> None:
    file = project / "b.json"
    create(file, project)
    books = project / "bookshop/routers/books.py"
    (project / "bookshop/routers/volumes.py").write_text(books.read_text())
    routers = project / "bookshop/routers/__init__.py"
    routers.write_text(re.sub(r"\bbooks\b", "volumes", routers.read_text()))
    unserved, *moved = against(file, project)
    assert unserved == ("bookshop/routers/books.py", "FAL125")
    assert [path for path, _ in moved] == ["bookshop/routers/volumes.py"] * 7
    books.unlink()
    result = checked(project, narrowing=Narrowing(file))
    assert found(result) == [] and "has 7 entries of files that have moved" in result.notes[1]
    comparison = compare_projects(file, read_baseline(file), checked(project).projects, load())
    write_baseline(file, comparison.updated(accept_new=False))
    assert {entry.path for entry in read_baseline(file)} >= {"bookshop/routers/volumes.py", "bookshop/config.py"}
    assert len(checked(project, narrowing=Narrowing(file)).notes) == 1


def stale(file: Path, *paths: Path, select: tuple[str, ...] = ()) -> list[str]:
    projects = checked(*paths, select=select).projects
    return [entry.code for entry in compare_projects(file, read_baseline(file), projects, load()).stale]


def test_only_what_was_checked_is_stale(project: Path) -> None:
    file = project / "b.json"
    create(file, project)
    reviews = project / "bookshop/routers/reviews.py"
    reviews.write_text("from fastapi import APIRouter\nrouter = APIRouter()\n")
    assert stale(file, project) == ["FAL203", "FAL203"]
    assert stale(file, reviews) == ["FAL203", "FAL203"]
    assert stale(file, project / "bookshop/routers") == ["FAL203", "FAL203"]
    assert stale(file, project / "bookshop/config.py") == []
    assert stale(file, project, select=("FAL3",)) == []
    assert stale(file, project, select=("FAL203",)) == ["FAL203", "FAL203"]
    reviews.unlink()
    assert stale(file, project / "bookshop/routers/books.py") == []
    assert stale(file, project) == ["FAL203", "FAL203"]


def test_entries_of_rules_that_are_no_more_are_stale(project: Path) -> None:
    file = project / "b.json"
    create(file, project)
    write_baseline(file, [entry._replace(code="FAL099") for entry in read_baseline(file)])
    assert stale(file, project) == ["FAL099"] * 12


def test_projects_can_share_a_baseline(tmp_path: Path) -> None:
    for name in ("one", "two", "two/inner"):
        shutil.copytree(PROJECT, tmp_path / name, dirs_exist_ok=True)
        (tmp_path / name / "fastapi-lint.toml").touch()
    _find.cache_clear()
    file = tmp_path / "b.json"
    one, two = tmp_path / "one", tmp_path / "two"
    assert create(file, one, two) == 36
    for paths in ([one, two], [one], [two], [tmp_path / "two/inner"]):
        result = checked(*paths, narrowing=Narrowing(file))
        assert found(result) == [] and "no finding answers" not in " ".join(result.notes)
    shutil.rmtree(tmp_path / "two/inner/bookshop/routers")
    (tmp_path / "two/inner/bookshop/main.py").write_text("x = 1\n")
    assert stale(file, one) == [] and len(stale(file, two)) == len(stale(file, tmp_path / "two/inner")) == 11


def test_an_internal_error_is_never_known(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(modules: object, settings: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("fastapi_lint.model.project.link", broken)
    assert create(project / "b.json", project) == 0
    assert against(project / "b.json", project) == [(".", "FAL000")]
    assert stale(project / "b.json", project) == []


def test_what_comments_silence_is_stale(project: Path) -> None:
    file = project / "b.json"
    create(file, project)
    config = project / "bookshop/config.py"
    config.write_text("# fastapi-lint: ignore-file[FAL351] made up\n" + config.read_text())
    assert stale(file, project) == ["FAL351"]


def test_a_baseline_holds_no_secret(project: Path) -> None:
    file = project / "b.json"
    create(file, project)
    secret = re.search(r'"(k9\$[^"]*)"', (project / "bookshop/config.py").read_text())
    assert secret is not None
    before = file.read_bytes()
    assert secret[1].encode() not in before and b"k9" not in before
    config = project / "bookshop/config.py"
    config.write_text(config.read_text().replace(secret[1], secret[1][::-1]))
    create(file, project)
    assert file.read_bytes() == before


def test_narrowing_needs_rules(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "fastapi-lint.toml").write_text('baseline = "none.json"\n')
    assert engine.run(Request((project,), jobs=1, cache=False, rules=False)).notes == []
