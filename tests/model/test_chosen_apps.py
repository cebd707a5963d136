"""Of several applications, those that the user names."""

from __future__ import annotations

import pytest
from linking import project_of

MAIN = """
from fastapi import APIRouter, FastAPI

admin = FastAPI()
router = APIRouter()
router.mount("/admin", admin)
app = FastAPI()
app.include_router(router)
other = FastAPI()


def make() -> FastAPI:
    made = FastAPI()
    return made


made = make()
"""


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        ((), ["admin", "app", "other", "made"]),
        (("main:app",), ["admin", "app"]),
        (("main:other",), ["other"]),
        (("main:admin", "main:other"), ["admin", "other"]),
        (("main:make",), ["made"]),
        (("again:renamed",), ["other"]),
        (("main:gone",), ["admin", "app", "other", "made"]),
        (("main:gone", "main:other"), ["other"]),
    ],
)
def test_applications_by_name(names: tuple[str, ...], chosen: list[str]) -> None:
    project = project_of({"main.py": MAIN, "again.py": "from main import other as renamed\n"}, apps=names)
    assert sorted(app.name for app in project.apps) == sorted(f"main:{name}" for name in chosen)
    assert [project.has_app(name) for name in names] == ["gone" not in name for name in names]
