"""What a release of FastAPI builds from the samples, held against what was recorded of that release.

The recordings are those that ``tests/model/test_releases.py`` expects of the model. This file needs nothing but the
interpreter's own FastAPI, so that anybody can repeat them::

    python tests/model/release_probe.py                          # this interpreter's release against the recordings
    python tests/model/release_probe.py --record PYTHON…         # records anew: one interpreter for each release

A recording holds, for each sample, the release from which something is built and what that is, wherever it changes.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import json
import re
import subprocess
import sys
import types
import warnings
from pathlib import Path

RECORDINGS = Path(__file__).with_name("release_recordings.json")
PLACES = ("path", "query", "header", "cookie", "body")
INJECTED = ("request", "websocket", "http_connection", "response", "background_tasks", "security_scopes")


def release_of(text):
    """The numbers of a release: ``0.115.2`` gives (0, 115, 2)."""
    return tuple(int(part) for part in text.split("."))


def recorded(recording, release):
    """What a sample gave on a release: the last outcome recorded up to it."""
    return [outcome for first, outcome in recording if release_of(first) <= release][-1]


# What is built


def outcome(text):
    """What this interpreter's FastAPI makes of a sample."""
    module = types.ModuleType("main")
    sys.modules["main"] = module
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(compile(text, "main.py", "exec", dont_inherit=True), module.__dict__)
            found = {"routes": list(routes(module.app))}
            if hasattr(module, "START"):
                asyncio.run(started(module.app))
                found = {"paths": sorted({route["path"] for route in routes(module.app)})}
            if hasattr(module, "FORM"):
                found["answer"] = asyncio.run(answer(module.app, *module.FORM))
        except Exception as error:
            return {"refused": type(error).__name__}
        finally:
            del sys.modules["main"]
    return found


def routes(app, mount=""):
    """The routes of an application, those of mounted ones included."""
    from fastapi.routing import APIRoute, APIWebSocketRoute
    from starlette.routing import Mount

    for route, effective in effective_routes(app.routes):
        if isinstance(route, (APIRoute, APIWebSocketRoute)):
            yield described(effective, mount, isinstance(route, APIRoute))
        elif isinstance(route, Mount):
            yield from routes(effective.app, mount + effective.path)


def effective_routes(listed):
    """Pairs of a route as registered and as served: the same before inclusion became live."""
    from fastapi import routing

    if not hasattr(routing, "_iter_routes_with_context"):
        return [(route, route) for route in listed]
    return [
        (route, (context.starlette_route or context) if context is not None else route)
        for route, context in routing._iter_routes_with_context(listed)
    ]


def described(route, mount, is_http):
    found = {"path": mount + route.path, "call": tree(route.dependant)}
    if is_http:
        found.update(
            methods=sorted(route.methods),
            status=int(route.status_code) if route.status_code not in (None, 200) else None,
            model=type_text(route.response_model),
            tags=[str(getattr(tag, "value", tag)) for tag in route.tags],
            deprecated=bool(route.deprecated),
            in_schema=bool(route.include_in_schema),
            operation_id=route.operation_id,
        )
    return found


def tree(dependant, scope=None):
    fields = [field for place in PLACES for field in getattr(dependant, f"{place}_params")]
    return {
        "name": dependant.name,
        "call": call_name(dependant.call),
        "parameters": sorted(map(parameter, fields)),
        "injected": sorted(name for kind in INJECTED if (name := getattr(dependant, f"{kind}_param_name", None))),
        "cached": dependant.use_cache,
        "scope": scope,
        "dependencies": [tree(below, getattr(below, "scope", None)) for below in dependant.dependencies],
    }


def parameter(field):
    info = field.field_info
    required = info.is_required() if hasattr(info, "is_required") else bool(field.required)
    alias = getattr(info, "validation_alias", None) or field.alias
    return [type(info).__name__.lower(), field.name, alias, required]


def call_name(call):
    if isinstance(call, functools.partial):
        return f"partial({call_name(call.func)})"
    if inspect.ismethod(call):
        return f"{type(call.__self__).__qualname__}.{call.__name__}"
    call = inspect.unwrap(call)
    return (call if hasattr(call, "__qualname__") else type(call)).__qualname__


def type_text(type_):
    if type_ is None or type_ is type(None):
        return None
    text = type_.__qualname__ if isinstance(type_, type) and not hasattr(type_, "__args__") else repr(type_)
    return re.sub(r"\b(?:\w+\.)+(?=\w)", "", text)


# What is served


async def started(app):
    """Starts an application and stops it."""
    incoming = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]

    async def receive():
        return incoming.pop(0)

    async def send(message):
        if "failed" in message["type"]:
            raise RuntimeError(message.get("message"))

    await app({"type": "lifespan", "asgi": {"version": "3.0"}}, receive, send)


async def answer(app, path, body):
    """The status of the answer to a form."""
    statuses = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        statuses.append(message.get("status"))

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"content-type", b"application/x-www-form-urlencoded")],
        "server": ("testserver", 80),
        "client": ("testclient", 50000),
    }
    await app(scope, receive, send)
    return statuses[0]


# The command


def outcomes():
    """The release of this interpreter's FastAPI, and what it makes of each sample."""
    import fastapi
    from release_samples import SAMPLES

    return fastapi.__version__, {name: outcome(text) for name, text in SAMPLES.items()}


def check():
    """Prints where this interpreter's release differs from the recordings; returns how often."""
    version, found = outcomes()
    recordings = json.loads(RECORDINGS.read_text())["samples"]
    differing = [name for name, result in found.items() if result != recorded(recordings[name], release_of(version))]
    for name in differing:
        print(f"{name}:\n  built:    {found[name]}\n  recorded: {recorded(recordings[name], release_of(version))}")
    print(f"FastAPI {version}: {len(found) - len(differing)} of {len(found)} samples as recorded")
    return len(differing)


def record(interpreters):
    """Writes the recordings: what the releases of these interpreters make of the samples, wherever that changes."""
    results = []
    for interpreter in interpreters:
        command = [interpreter, "-W", "ignore", __file__, "--print"]
        results.append(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))
    results.sort(key=lambda result: release_of(result[0]))
    samples = {}
    for version, found in results:
        for name, result in found.items():
            recording = samples.setdefault(name, [])
            if not recording or recording[-1][1] != result:
                recording.append([version, result])
    lines = [
        f"{json.dumps(name)}: [\n" + ",\n".join(map(json.dumps, recording)) + "\n]"
        for name, recording in samples.items()
    ]
    versions = json.dumps([version for version, _ in results])
    RECORDINGS.write_text(f'{{\n"releases": {versions},\n"samples": {{\n' + ",\n".join(lines) + "\n}\n}\n")


if __name__ == "__main__":
    if sys.argv[1:] == ["--print"]:
        print(json.dumps(outcomes()))
    elif sys.argv[1:2] == ["--record"]:
        record(sys.argv[2:])
    else:
        sys.exit(bool(check()))
