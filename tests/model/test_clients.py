"""Clients per request, and locks that are held over an await."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.concurrency.locks import held_over_await
from fastapi_lint.model.endpoints.clients import clients_per_request


@pytest.mark.parametrize(
    ("call", "host"),
    [
        ('c.get("https://a.example.com/x")', "a.example.com"),
        ('c.get(url="https://a.example.com/x")', "a.example.com"),
        ('c.stream("GET", "https://a.example.com/x")', "a.example.com"),
        ('c.get(BASE + "/x/" + name)', "b.example.com"),
        ('c.get(f"{BASE}/x/{name}")', "b.example.com"),
        ('c.get(f"https://{name}/x")', None),
        ('c.get(f"https://a.example.{name}/x")', None),
        ("c.get(name)", None),
        ('c.get("/x")', None),
    ],
)
def test_the_host_of_a_client(call: str, host: str | None) -> None:
    project = project_of(
        f"""
        import httpx
        from fastapi import FastAPI

        app = FastAPI()
        BASE = "https://b.example.com"

        @app.get("/{{name}}")
        async def read(name: str):
            async with httpx.AsyncClient() as c:
                {call}
        """
    )
    (reach,) = project.request_path.reached.values()
    made = list(clients_per_request(reach, project.bodies, project.interpreter))
    assert [each.host for each in made] == ([host] if host else [])


@pytest.mark.parametrize(
    ("body", "held"),
    [
        ("with lock: await work()", ["with lock: await work()"]),
        ("with open('x') as file, lock: await work()", ["with open('x') as file, lock: await work()"]),
        ("with lock: pass", []),
        ("async with lock: await work()", []),
        ("with open('x'): await work()", []),
    ],
)
def test_locks_that_are_held_over_an_await(body: str, held: list[str]) -> None:
    source = f"import threading\nlock = threading.Lock()\nasync def work(): pass\nasync def f():\n    {body}\n"
    project = project_of(source)
    function = next(function for function in project.functions if function.name == "f")
    found = [source[statement.start : statement.end] for statement, _ in held_over_await(project.bodies.of(function))]
    assert found == held
