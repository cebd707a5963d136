"""Damaged configuration files: each is accepted or answered with one line that names the file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from fastapi_lint.config.errors import ConfigurationError
from fastapi_lint.config.load import load_configuration
from fastapi_lint.rules.registry import load

SOUND = """\
[tool.fastapi-lint]
profile = "strict"
select = ["ALL"]
extend-select = ["FAL0", "syntax-error"]
ignore = ["engine"]
exclude = ["generated/", "*_pb2.py"]
src = ["src"]
app = "shop.main:app"
auth-dependencies = ["verify"]
public-paths = ["/webhooks/**"]
fastapi-version = "0.115.2"
require-reason = true

[tool.fastapi-lint.per-file-ignores]
"tests/" = ["FAL0"]
"""
PIECES = ["=", "[", "]", '"', "'", "\n", "#", ".", ",", "{", "}", "true", "0.5", "1979-05-27", "nan", "\x00", "é", "-"]


def mutated(text: str, source: random.Random) -> str:
    """The text with a few random pieces removed, doubled, swapped or put in."""
    for _ in range(source.randint(1, 4)):
        start = source.randrange(len(text))
        end = min(len(text), start + source.randint(1, 12))
        change = source.randrange(4)
        if change == 0:
            text = text[:start] + text[end:]
        elif change == 1:
            text = text[:start] + source.choice(PIECES) + text[start:]
        elif change == 2:
            text = text[:end] + text[start:end] + text[end:]
        else:
            text = text[:start] + "".join(source.sample(text[start:end], end - start)) + text[end:]
    return text


@pytest.mark.parametrize("seed", range(10))
def test_mutations(tmp_path: Path, seed: int) -> None:
    source = random.Random(seed)
    file = tmp_path / "pyproject.toml"
    refused = 0
    for _ in range(100):
        file.write_text(mutated(SOUND, source), encoding="utf-8")
        try:
            load_configuration(file, load())
        except ConfigurationError as error:
            refused += 1
            assert "pyproject.toml" in str(error)
            assert len(str(error)) < 1000
    assert refused > 50
