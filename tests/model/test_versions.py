"""Versions in paths, and routers beside them."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.routing.versions import has_no_version, unversioned_routers, version_of


@pytest.mark.parametrize(
    ("path", "version"),
    [
        ("/api/v1/users", "v1"),
        ("/v2beta1/users/{id}", "v2beta1"),
        ("/v1.2/users", "v1.2"),
        ("/2024-06-01/users", "2024-06-01"),
        ("/latest/users", "latest"),
        ("/users/{v1}", None),
        ("/vat/users", None),
        ("/v/users", None),
        ("/ui_version", None),
    ],
)
def test_versions(path: str, version: str | None) -> None:
    assert version_of(path) == version


def routers(*prefixes: str, before: str = "") -> str:
    """An application with a router for each prefix, each of which has an item that clients delete."""
    lines = ["from fastapi import APIRouter, FastAPI", "app = FastAPI()"]
    for number, prefix in enumerate(prefixes):
        lines += [
            f"router{number} = APIRouter(prefix={prefix!r})",
            f"@router{number}.delete('/{{id}}')",
            f"def delete{number}(id: int): ...",
            f"app.include_router(router{number})",
        ]
    return "\n".join([*lines, before])


@pytest.mark.parametrize(
    ("prefixes", "found"),
    [
        (["/v1/a", "/v1/b", "/c"], ["/c/{id}"]),
        (["/v1/a", "/v2/b", "/c"], ["/c/{id}"]),
        (["/v1/a", "/c"], []),
        (["/v1/a", "/v1/b", "/c", "/d"], []),
        (["/v1/a", "/v1/b", "/v1/e", "/v1/f", "/c", "/d"], ["/c/{id}", "/d/{id}"]),
        (["/v1/a", "/v1/b", "/internal"], []),
        (["/v1/a", "/v1/b"], []),
        (["/a", "/b"], []),
    ],
)
def test_unversioned_routers(prefixes: list[str], found: list[str]) -> None:
    (app,) = project_of(routers(*prefixes)).apps
    assert [unversioned.route.path for unversioned in unversioned_routers(app)] == found


@pytest.mark.parametrize(
    ("count", "prefix", "missing"), [(10, "/a", True), (9, "/a", False), (10, "/v1/a", False), (10, "/health", False)]
)
def test_applications_without_versions(count: int, prefix: str, missing: bool) -> None:
    (app,) = project_of(routers(*(f"{prefix}/x{number}" for number in range(count)))).apps
    assert has_no_version(app) is missing
