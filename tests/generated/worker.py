"""FastAPI in a process of its own: describes the applications of the projects that it is sent.

Each line of the input is a project: its sources, which application to build, and under which environments. Each line of
the output says what FastAPI built under each of them, or why it refused.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import tempfile
import traceback
import warnings
from pathlib import Path
from typing import Any

from route_oracle import real_app
from running import imported


def describe(request: dict[str, Any]) -> dict[str, Any]:
    """What FastAPI makes of a project."""
    try:
        return {"built": [_built(request, environment) for environment in request["environments"]]}
    except Exception:  # noqa: BLE001 - whatever stops the project from being imported
        return {"refused": traceback.format_exc(limit=-4)}


def _built(request: dict[str, Any], environment: dict[str, str]) -> dict[str, Any]:
    module, _, name = request["entry"].partition(":")
    os.environ.update(environment)
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            imported(request["texts"], Path(folder), entry=module) as modules,
        ):
            app = getattr(modules[module], name.removesuffix("()"))
            app = app() if name.endswith("()") else app
            asyncio.run(_started(app))
            return real_app(app)
    finally:
        for variable in environment:
            del os.environ[variable]


async def _started(app: Any) -> None:
    async with app.router.lifespan_context(app):
        pass


def main() -> None:
    """Answers until the input ends."""
    sys.dont_write_bytecode = True
    gc.disable()  # FastAPI and Pydantic keep so much of each project that looking through it takes half of the time
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        print(json.dumps(describe(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
