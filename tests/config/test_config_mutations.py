"""Damaged configuration files, given to the command: each is accepted, or answered with exit status 2 and one line that
names the file, and the key if the file could be read."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from config_samples import SOUND, damaged, garbled

from fastapi_lint.cli import main
from fastapi_lint.config.discovery import _find
from fastapi_lint.config.options import SETTINGS
from fastapi_lint.config.toml import dumps

Complaint = Callable[[], str | None]


@pytest.fixture
def complaint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Complaint:
    """What the command says about the configuration in this folder; None if it accepts it."""
    monkeypatch.chdir(tmp_path)

    def run() -> str | None:
        _find.cache_clear()
        with pytest.raises(SystemExit) as ended:
            main.main(["config", "--format", "json"])
        out, err = capsys.readouterr()
        if ended.value.code == 0:
            assert err == ""
            return None
        assert ended.value.code == 2 and out == ""
        assert err.startswith("fastapi-lint: ") and err.count("\n") == 1 and len(err) < 1000
        return err.removeprefix("fastapi-lint: ")

    return run


def expressible(value: Any) -> bool:
    """Whether TOML has such a value at all."""
    if isinstance(value, dict):
        return all(map(expressible, value.values()))
    if isinstance(value, list):
        return all(map(expressible, value))
    return value is not None


@pytest.mark.parametrize("seed", range(4))
def test_damaged_tables(tmp_path: Path, complaint: Complaint, seed: int) -> None:
    source = random.Random(seed)
    file = tmp_path / "fastapi-lint.toml"
    accepted = refused = 0
    for _ in range(100):
        table = damaged(source)
        if not expressible(table):
            continue
        file.write_text(dumps(table).replace("NaN", "nan").replace("Infinity", "inf"), encoding="utf-8")
        said = complaint()
        if said is None:
            accepted += 1
        else:
            refused += 1
            name, key, _ = said.split(": ", 2)
            assert name == "fastapi-lint.toml" and key[0] == key[-1] == "`", said
            assert key.strip("`").partition(".")[0] in {*SETTINGS, *table}, said
    assert accepted > 10 and refused > 30


@pytest.mark.parametrize("seed", range(4))
def test_garbled_texts(tmp_path: Path, complaint: Complaint, seed: int) -> None:
    source = random.Random(seed)
    sound = "[tool.fastapi-lint]\n" + dumps(SOUND)
    refused = 0
    for _ in range(75):
        (tmp_path / "pyproject.toml").write_text(garbled(sound, source), encoding="utf-8")
        said = complaint()
        refused += said is not None
        assert said is None or said.startswith("pyproject.toml: ")
    assert refused > 30


@pytest.mark.parametrize("seed", range(2))
def test_damaged_bytes(tmp_path: Path, complaint: Complaint, seed: int) -> None:
    source = random.Random(seed)
    encodings = ["utf-16", "utf-32-be", "latin-1", "cp037", "utf-8-sig", "utf-7"]
    refused = 0
    for _ in range(50):
        data = bytearray((dumps(SOUND) + "# é\n").encode(source.choice(encodings)))
        for _ in range(source.randrange(4)):
            data[source.randrange(len(data))] = source.randrange(256)
        (tmp_path / "fastapi-lint.toml").write_bytes(bytes(data[: source.choice((None, source.randrange(len(data))))]))
        said = complaint()
        refused += said is not None
        assert said is None or said.startswith("fastapi-lint.toml: ")
    assert refused > 25


def test_files_that_extend_each_other_in_every_way(tmp_path: Path, complaint: Complaint) -> None:
    source = random.Random(5)
    names = ["fastapi-lint.toml", "a.toml", "b.toml", "sub/c.toml", "sub/d.toml"]
    (tmp_path / "sub").mkdir()
    outcomes = {"accepted": 0, "in a circle": 0, "is not a file": 0}
    for _ in range(60):
        bases = {name: source.choice([*names, None, None, "gone.toml"]) for name in names}
        for name, base in bases.items():
            up = "../" * name.count("/")
            (tmp_path / name).write_text(f'extend = "{up}{base}"\n' if base else "", encoding="utf-8")
        said = complaint()
        chain = ["fastapi-lint.toml"]
        while (base := bases.get(chain[-1])) is not None and base not in chain:
            chain.append(base)
        if base is not None:
            outcomes["in a circle"] += 1
            assert said is not None and said.startswith(f"{chain[-1]}: `extend`: files that extend each other")
        elif chain[-1] == "gone.toml":
            outcomes["is not a file"] += 1
            assert said == f"{chain[-2]}: `extend`: gone.toml is not a file.\n"
        else:
            outcomes["accepted"] += 1
            assert said is None
    assert min(outcomes.values()) > 5
