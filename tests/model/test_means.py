"""Where plain endpoints wait for what the project awaits elsewhere."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.concurrency.means import sync_waits

APP = """
import httpx, requests
from fastapi import FastAPI
app = FastAPI()
@app.get("/a")
async def a():
    {means}
@app.get("/b")
def b():
    return requests.get("https://a.example.com")
"""


@pytest.mark.parametrize(
    ("means", "found"),
    [
        ("return await httpx.AsyncClient().get('https://a.example.com')", ["requests.get"]),
        ("return httpx.get('https://a.example.com')", []),
        ("return None", []),
    ],
)
def test_the_project_must_have_the_means(means: str, found: list[str]) -> None:
    project = project_of(APP.format(means=means))
    waits = list(sync_waits(project.request_path, project.bodies, project.blocking))
    assert [wait.call for wait in waits] == found
    assert all(wait.example.message == "the project awaits httpx.AsyncClient.get here" for wait in waits)
