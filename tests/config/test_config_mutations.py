"""Damaged configuration files: each is accepted, or answered with one line that names the file, and the key if the file
could be read."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from config_samples import SOUND, damaged, garbled

from fastapi_lint.config.errors import ConfigurationError
from fastapi_lint.config.load import load_configuration
from fastapi_lint.config.options import SETTINGS
from fastapi_lint.config.toml import dumps
from fastapi_lint.rules.registry import load


def complaint(file: Path) -> str | None:
    try:
        load_configuration(file, load())
    except ConfigurationError as error:
        assert str(error).startswith(f"{file}: ") and "\n" not in str(error) and len(str(error)) < 1000
        return str(error)
    return None


def expressible(value: Any) -> bool:
    """Whether TOML has such a value at all."""
    if isinstance(value, dict):
        return all(map(expressible, value.values()))
    if isinstance(value, list):
        return all(map(expressible, value))
    return value is not None


@pytest.mark.parametrize("seed", range(5))
def test_damaged_tables(tmp_path: Path, seed: int) -> None:
    source = random.Random(seed)
    file = tmp_path / "fastapi-lint.toml"
    refused = 0
    for _ in range(200):
        table = damaged(source)
        if not expressible(table):
            continue
        file.write_text(dumps(table).replace("NaN", "nan").replace("Infinity", "inf"), encoding="utf-8")
        said = complaint(file)
        if said is not None:
            refused += 1
            key = said.removeprefix(f"{file}: ").partition(": ")[0]
            assert key[0] == key[-1] == "`", said
            assert key.strip("`").partition(".")[0] in {*SETTINGS, *table}, said
    assert refused > 60


@pytest.mark.parametrize("seed", range(5))
def test_garbled_texts(tmp_path: Path, seed: int) -> None:
    source = random.Random(seed)
    file = tmp_path / "pyproject.toml"
    sound = "[tool.fastapi-lint]\n" + dumps(SOUND)
    refused = 0
    for _ in range(100):
        file.write_text(garbled(sound, source), encoding="utf-8")
        refused += complaint(file) is not None
    assert refused > 50


@pytest.mark.parametrize("seed", range(3))
def test_damaged_bytes(tmp_path: Path, seed: int) -> None:
    source = random.Random(seed)
    file = tmp_path / "fastapi-lint.toml"
    sound = dumps(SOUND)
    encodings = ["utf-16", "utf-32-be", "latin-1", "cp037", "utf-8-sig", "utf-7"]
    refused = 0
    for _ in range(60):
        data = bytearray((sound + "# é\n").encode(source.choice(encodings)))
        for _ in range(source.randrange(4)):
            data[source.randrange(len(data))] = source.randrange(256)
        file.write_bytes(bytes(data[: source.choice((None, source.randrange(len(data))))]))
        refused += complaint(file) is not None
    assert refused > 30
