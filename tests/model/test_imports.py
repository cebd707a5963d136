"""Where modules import installed packages."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.structure.imports import imports_of


@pytest.mark.parametrize(
    ("statement", "count"),
    [
        ("import authlib.jose", 1),
        ("import authlib.jose.errors as errors", 1),
        ("from authlib.jose import jwt", 1),
        ("from authlib import jose", 1),
        ("from authlib.jose.errors import JoseError", 1),
        ("def function():\n    from authlib import jose", 1),
        ("try:\n    import authlib.jose\nexcept ImportError:\n    from authlib import jose", 2),
        ("import authlib", 0),
        ("from authlib.josef import x", 0),
        ("from authlib.integrations import starlette_client", 0),
        ("from .authlib.jose import jwt", 0),
        ("import jose", 0),
    ],
)
def test_the_imports_of_a_package(statement: str, count: int) -> None:
    project = project_of(statement)
    assert len(list(imports_of(project.modules[0], "authlib.jose"))) == count
