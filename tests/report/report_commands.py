"""Reads workflow commands as the runner of GitHub Actions does.

A command is a line that begins with "::" and the name of a command that the runner knows, or one that has "##[" and
such a name anywhere. Data has %25, %0D and %0A unescaped, properties %3A and %2C besides.
"""

from __future__ import annotations

from dataclasses import dataclass

_NAMES = ("error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "set-env", "stop-commands")


@dataclass(frozen=True)
class Command:
    """A command of the log."""

    name: str
    properties: dict[str, str]
    data: str


def commands(log: str) -> tuple[list[Command], list[str]]:
    """The commands of a log, and its other lines."""
    found, others = [], []
    for line in log.splitlines():
        command = _command(line.lstrip())
        if command is not None:
            found.append(command)
        elif line:
            assert not any(f"##[{name}" in line for name in _NAMES), line
            others.append(line)
    return found, others


def _command(line: str) -> Command | None:
    if not line.startswith("::") or "::" not in line[2:]:
        return None
    head, _, data = line[2:].partition("::")
    name, _, listed = head.partition(" ")
    if name not in _NAMES:
        return None
    pairs = (pair.split("=", 1) for pair in listed.strip().split(",") if pair)
    properties = {key: _unescaped(value, ("%3A", ":"), ("%2C", ",")) for key, value in pairs}
    return Command(name, properties, _unescaped(data))


def _unescaped(text: str, *more: tuple[str, str]) -> str:
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), *more, ("%25", "%")):
        text = text.replace(escape, char)
    return text
