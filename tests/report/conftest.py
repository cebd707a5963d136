"""A project to report on."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_samples import SOURCE


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "app/items.py").write_text(SOURCE)
    return tmp_path
