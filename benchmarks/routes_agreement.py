#!/usr/bin/env python3
"""Holds the routes that fastapi-lint derives from source against recordings of what FastAPI built at run time.

    python benchmarks/routes_agreement.py RECORDINGS SOURCES [NAME ...] [--show N]

RECORDINGS is a folder of ``NAME.json[.gz]`` (one application) or ``NAME.jsonl[.gz]`` (many small ones, one a line), all
in the format of ``fastapi-lint routes --format json``. SOURCES is a folder with the sources of each project, found in
``SOURCES/NAME``. ``benchmarks/projects.toml`` says where below that the application is, and how to get the sources:
nothing is fetched here, and what is absent is named.

Shown are, for each project: the recorded routes; how many of them the model has ("found"); how many of the model's
routes were recorded ("real"), those apart that are marked conditional, since the recorded run may not have met their
condition; and for the routes that both have, how often each attribute agrees.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Route = dict[str, Any]
Key = tuple[str, "str | None", str]

PLACES = ("path", "query", "header", "cookie", "body")
OF_BOTH_KINDS = ("endpoint", "dependencies", "security", "path")
ATTRIBUTES = (
    "endpoint", "dependencies", "security", "security_schemes", *PLACES, "status_code", "response_model", "tags",
    "deprecated", "include_in_schema", "operation_id",
)  # fmt: skip
_TYPING_WORDS = frozenset({"Optional", "Union", "Annotated", "None", "NoneType"})


def main() -> int:
    """Compares all recordings whose sources are there."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("recordings", type=Path)
    parser.add_argument("sources", type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME", help="recordings to compare; all by default")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="examples of each disagreement")
    options = parser.parse_args()
    projects = tomllib.loads((Path(__file__).parent / "projects.toml").read_text(encoding="utf-8"))
    files = {path.name.partition(".json")[0]: path for path in sorted(options.recordings.glob("*.json*"))}
    unknown = sorted(set(options.names) - files.keys())
    if unknown or not files:
        parser.error(f"no recording of {', '.join(unknown) or 'anything'} in {options.recordings}")
    total: Counter[str] = Counter()
    print(row(["project", "recorded", "found", "real", "conditional", *ATTRIBUTES]))
    for name in options.names or files:
        project = projects.get(name, {})
        tree = options.sources / project.get("base", name)
        if not tree.is_dir():
            print(f"{name:<32} its sources are not in {tree}; get them: {project.get('source', 'from its authors')}")
            continue
        counts, examples = compare(applications(files[name]), static_routes(tree))
        print(row([name, *figures(counts)]), flush=True)
        for label, texts in examples.items():
            for text in texts[: options.show]:
                print(f"    {label}: {text}")
        total.update(counts)
    print(row(["all", *figures(total)]))
    return 0


def applications(path: Path) -> list[dict[str, Any]]:
    """The recorded applications of a file."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream] if ".jsonl" in path.name else [json.load(stream)]


def static_routes(tree: Path) -> dict[str, list[Route]]:
    """The routes that the command lists for a tree, by application."""
    command = [sys.executable, "-m", "fastapi_lint", "routes", "--format", "json", str(tree)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, list[Route]] = {}
    for route in json.loads(output)["routes"]:
        found.setdefault(route["app"], []).append(route)
    return found


def compare(
    recorded: list[dict[str, Any]], static: Mapping[str, list[Route]]
) -> tuple[Counter[str], dict[str, list[str]]]:
    """What to count of a project, and what does not agree in words."""
    counts: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    for app in recorded:
        theirs, ours = by_key(app["routes"]), by_key(same_application(app, static, alone=len(recorded) == 1))
        both = theirs.keys() & ours.keys()
        invented = [key for key in ours.keys() - both if not ours[key]["conditional"]]
        counts.update(recorded=len(theirs), both=len(both), static=len(both) + len(invented))
        counts.update(conditional=len(ours) - len(both) - len(invented))
        for label, keys in (("missing", theirs.keys() - both), ("invented", invented)):
            examples.setdefault(label, []).extend(
                f"{app['app']}: {key[1] or key[0]} {key[2]}" for key in sorted(keys, key=str)
            )
        for key in both:
            for name, left, right in attributes(theirs[key], ours[key]):
                counts.update({f"{name} compared": 1, f"{name} agreed": int(left == right)})
                if left != right:
                    text = f"{app['app']}: {key[1] or key[0]} {key[2]}: recorded {left!r}, static {right!r}"
                    examples.setdefault(name, []).append(text)
    return counts, examples


def same_application(app: dict[str, Any], static: Mapping[str, list[Route]], alone: bool) -> list[Route]:
    """The static routes of a recorded application: by name, or by module, among many; else of the one that overlaps
    most."""
    if alone:
        keys = by_key(app["routes"]).keys()
        return max(static.values(), key=lambda routes: len(keys & by_key(routes).keys()), default=[])
    module = app["app"].partition(":")[0]
    in_module = [route for name, routes in static.items() if name.partition(":")[0] == module for route in routes]
    return static.get(app["app"], in_module)


def by_key(routes: list[Route]) -> dict[Key, Route]:
    """The first route of each kind, method and path: the one that answers."""
    found: dict[Key, Route] = {}
    for route in routes:
        if route["kind"] in ("api", "websocket"):
            for method in route.get("methods") or [None]:
                found.setdefault((route["kind"], method, route["path"]), route)
    return found


def attributes(recorded: Route, static: Route) -> Iterator[tuple[str, object, object]]:
    """Each attribute to compare, of both sides in one form."""
    for name in ATTRIBUTES:
        if recorded["kind"] == "websocket" and name not in OF_BOTH_KINDS:
            continue
        if name == "endpoint" and not (recorded.get("endpoint") or {}).get("own", True):
            continue
        yield name, attribute(recorded, name), attribute(static, name)


def attribute(route: Route, name: str) -> object:
    """The value of an attribute in the form in which it is compared."""
    value = route.get(name)
    if name == "endpoint":
        endpoint = value or {}
        return Path(str(endpoint.get("file"))).name, endpoint.get("def_line")
    if name == "response_model":
        words = {dotted.rpartition(".")[2] for dotted in re.findall(r"[A-Za-z_][\w.]*", str(value or ""))}
        return frozenset(
            word.lower() if word in ("List", "Dict", "Set", "Tuple") else word for word in words - _TYPING_WORDS
        )
    if name == "dependencies":
        calls = (call.removesuffix("()").replace(".<locals>", "") for call in value or ())
        return frozenset(".".join(call.split(".")[-2:]) for call in calls)
    if name in PLACES:
        return frozenset((route.get("params") or {}).get(name) or ())
    if name in ("tags", "security_schemes"):
        return frozenset(map(str, value or ()))
    if name in ("security", "deprecated"):
        return bool(value)
    return value is not False if name == "include_in_schema" else value


def figures(counts: Counter[str]) -> list[str]:
    """The cells of a row."""
    shares = [share(counts["both"], counts["recorded"]), share(counts["both"], counts["static"])]
    agreed = [share(counts[f"{name} agreed"], counts[f"{name} compared"]) for name in ATTRIBUTES]
    return [str(counts["recorded"]), *shares, str(counts["conditional"]), *agreed]


def share(part: int, whole: int) -> str:
    """A share with three digits, rounded down."""
    return f"{int(part * 1000 / whole) / 1000:.3f}" if whole else "-"


def row(cells: list[str]) -> str:
    """A line of the table."""
    return f"{cells[0]:<32}" + "".join(f"{cell:>{max(9, len(head) + 2)}}" for cell, head in zip(cells[1:], HEADS))


HEADS = ("recorded", "found", "real", "conditional", *ATTRIBUTES)


if __name__ == "__main__":
    sys.exit(main())
