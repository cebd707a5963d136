"""The docstring of a rule, parsed into its fixed sections and examples.

The first line is a one-line summary; sections follow under ``## `` headings in a fixed order. "Bad" and "Good" hold one
or more blocks fenced as ``python``; each block is an example of its own. A block of several files begins each file's
part with a comment such as ``# file: app/main.py``.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi_lint.rules.api import Rule

WHAT = "What it does"
WHY = "Why is this bad?"
BAD = "Bad"
GOOD = "Good"
WHEN_NOT = "When not to use it"
LIMITATIONS = "Known limitations"
FIX_SAFETY = "Fix safety"
OPTIONS = "Options"
REFERENCES = "References"

SECTIONS = (WHAT, WHY, BAD, GOOD, WHEN_NOT, LIMITATIONS, FIX_SAFETY, OPTIONS, REFERENCES)
"""All headings, in the order in which they stand."""

REQUIRED = (WHAT, WHY, BAD, GOOD, WHEN_NOT, LIMITATIONS)
"""The headings that every rule has."""

EXAMPLE_PATH = "main.py"
"""The name of the file of an example that names none."""

_FILE = re.compile(r"#\s*file:\s*(\S+)\s*$")


class DocstringError(ValueError):
    """A docstring that is not as it should be; ``problems`` says all that is wrong with it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Example:
    """One fenced block: ``files`` are its texts by relative path, in order; ``source`` is the block as it is shown."""

    source: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RuleDoc:
    """What a rule's docstring says: ``sections`` are the Markdown texts by heading, in order, those that it has."""

    summary: str
    sections: Mapping[str, str]
    bad: tuple[Example, ...]
    good: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class _Fence:
    """A fenced block of a section."""

    language: str
    text: str


def rule_doc(rule: type[Rule]) -> RuleDoc:
    """The parsed docstring of ``rule``.

    Raises:
        DocstringError: sections are missing, unknown, repeated, empty or out of order, or an example cannot be read.
    """
    return parse(rule.__dict__.get("__doc__") or "", has_fix=rule.fix != "none", has_options=bool(rule.options))


def parse(docstring: str, *, has_fix: bool = False, has_options: bool = False) -> RuleDoc:
    """Parse a docstring.

    Args:
        docstring: its text, indented or not.
        has_fix: whether the rule has a fix, so that "Fix safety" is required (and otherwise forbidden).
        has_options: whether the rule has options, so that "Options" may introduce their generated table.

    Raises:
        DocstringError: see :func:`rule_doc`.
    """
    lines = inspect.cleandoc(docstring).split("\n")
    if lines == [""]:
        raise DocstringError(["there is no docstring"])
    problems: list[str] = []
    preamble, parts = _split(lines, problems)
    _check_headings([heading for heading, _ in parts], has_fix, has_options, problems)
    sections: dict[str, str] = {}
    for heading, body in parts:
        text = "\n".join(body).strip("\n")
        # What the options are is said by the metadata; the section itself may be left empty, or out.
        if not text.strip() and heading != OPTIONS:
            problems.append(f"the section '{heading}' is empty")
        sections.setdefault(heading, text)
    examples = {
        heading: _examples(heading, sections[heading], problems) for heading in (BAD, GOOD) if heading in sections
    }
    summary = _summary(preamble, problems)
    if problems:
        raise DocstringError(problems)
    return RuleDoc(summary, sections, examples[BAD], examples[GOOD])


def _split(lines: list[str], problems: list[str]) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """The lines before the first heading, and the lines under each heading. A ``##`` inside a fence is no heading."""
    preamble: list[str] = []
    parts: list[tuple[str, list[str]]] = []
    fence = ""
    for line in lines:
        fence = _fence_after(fence, line)
        if not fence and line.startswith("## "):
            parts.append((line[3:].strip(), []))
        else:
            (parts[-1][1] if parts else preamble).append(line)
    if fence:
        problems.append("a fenced block is not closed")
    return preamble, parts


def _fence_after(fence: str, line: str) -> str:
    """The backticks of the fence that is open after ``line``, given those open before it ("" for none)."""
    ticks = line[: len(line) - len(line.lstrip("`"))]
    if fence:
        return "" if len(ticks) >= len(fence) and line.strip() == ticks else fence
    return ticks if len(ticks) >= 3 else ""


def _summary(preamble: list[str], problems: list[str]) -> str:
    """The one-line summary."""
    summary = preamble[0].strip() if preamble else ""
    if not summary:
        problems.append("the first line is no summary")
    elif any(line.strip() for line in preamble[1:]):
        problems.append("the summary is more than one line, or text stands before the first section")
    return summary


def _check_headings(headings: list[str], has_fix: bool, has_options: bool, problems: list[str]) -> None:
    """Report missing, unknown, repeated, forbidden and misplaced sections."""
    for heading in dict.fromkeys(headings):
        if heading not in SECTIONS:
            problems.append(f"unknown section '{heading}' (known: {', '.join(SECTIONS)})")
        elif headings.count(heading) > 1:
            problems.append(f"the section '{heading}' stands twice")
    required = (*REQUIRED, FIX_SAFETY) if has_fix else REQUIRED
    problems.extend(f"the section '{heading}' is missing" for heading in required if heading not in headings)
    if FIX_SAFETY in headings and not has_fix:
        problems.append(f"the section '{FIX_SAFETY}' is there, but the rule has no fix")
    if OPTIONS in headings and not has_options:
        problems.append(f"the section '{OPTIONS}' is there, but the rule has no options")
    known = [heading for heading in headings if heading in SECTIONS]
    if known != sorted(known, key=SECTIONS.index):
        problems.append(f"the sections are out of order; the order is {', '.join(SECTIONS)}")


def _examples(heading: str, text: str, problems: list[str]) -> tuple[Example, ...]:
    """The examples of the section ``heading``."""
    examples: list[Example] = []
    for fence in fences(text):
        if fence.language != "python":
            problems.append(f"a block of '{heading}' is not fenced as ```python, so nobody would run it")
            continue
        files = _files(heading, fence.text, problems)
        examples.append(Example(fence.text, files))
    if not examples:
        problems.append(f"the section '{heading}' has no ```python block")
    return tuple(examples)


def fences(text: str) -> list[_Fence]:
    """The fenced blocks of a Markdown text, in order; each has a ``language`` and a ``text`` that ends in a newline."""
    found: list[_Fence] = []
    fence, language = "", ""
    body: list[str] = []
    for line in text.split("\n"):
        before, fence = fence, _fence_after(fence, line)
        if fence and not before:
            language, body = line.strip("`").strip(), []
        elif before and not fence:
            found.append(_Fence(language, "\n".join(body) + "\n"))
        elif before:
            body.append(line)
    return found


def _files(heading: str, text: str, problems: list[str]) -> dict[str, str]:
    """The files of a block, by path."""
    lines = text.split("\n")[:-1]
    if not lines or not any(_FILE.match(line) for line in lines):
        return {EXAMPLE_PATH: text}
    if not _FILE.match(lines[0]):
        problems.append(f"a block of '{heading}' names files, but does not begin with a '# file:' line")
    files: dict[str, list[str]] = {}
    path = EXAMPLE_PATH
    for line in lines:
        match = _FILE.match(line)
        if match:
            path = match[1]
            if path in files:
                problems.append(f"a block of '{heading}' holds the file {path} twice")
            if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts or "\\" in path:
                problems.append(f"the file {path} of '{heading}' is not a path below the example's folder")
        files.setdefault(path, [])
        if not match:
            files[path].append(line)
    return {path: "\n".join(body).strip("\n") + "\n" for path, body in files.items()}
