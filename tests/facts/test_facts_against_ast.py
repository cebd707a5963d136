"""Facts held against the standard library's ``ast``: the same calls, names, constants, functions and classes at the
same places, as far as the Python that runs can parse the text."""

from __future__ import annotations

import ast
import asyncio
import sys
import sysconfig
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from facts_reference import all_facts, extract_text
from facts_samples import SAMPLES

from fastapi_lint.syntax.tokens import line_offsets

LIBRARY = Path(sysconfig.get_path("stdlib"))
NAMES = ["argparse.py", "ast.py", "dataclasses.py", "enum.py", "inspect.py", "textwrap.py", "typing.py", "string.py"]
FILES = [LIBRARY / name for name in NAMES] + sorted(Path(asyncio.__file__).parent.glob("*.py"))

Found = set[tuple[Any, ...]]


def from_ast(text: str) -> Found:
    """What the standard library finds: kind, place and what else tells."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
    lines = text.splitlines(keepends=True) if "\r" not in text and "\x0c" not in text else _lines(text)
    offsets = line_offsets(text)

    def offset(line: int, column: int) -> int:
        return offsets[line - 1] + len(lines[line - 1].encode()[:column].decode())

    found: Found = set()
    for node in _outside_formatted_strings(tree):
        if not hasattr(node, "lineno"):
            continue
        span = offset(node.lineno, node.col_offset), offset(node.end_lineno, node.end_col_offset)
        if isinstance(node, ast.Name):
            found.add(("name", *span, node.id))
        elif isinstance(node, ast.Attribute):
            found.add(("attribute", *span, node.attr))
        elif isinstance(node, ast.Call):
            found.add(("call", *span, tuple(sorted(k.arg or "**" for k in node.keywords))))
        elif isinstance(node, ast.Constant) and not isinstance(node.value, (bytes, complex)) and node.value is not ...:
            found.add(("constant", *span, repr(node.value)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, bytes):
            found.add(("bytes", *span, node.value.decode("latin-1")))
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            parameters = [a.arg for a in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]]
            parameters += [a.arg for a in (node.args.vararg, node.args.kwarg) if a]
            found.add(("function", *span, node.name, tuple(sorted(parameters)), ast.get_docstring(node)))
        elif isinstance(node, ast.ClassDef):
            found.add(("class", *span, node.name, ast.get_docstring(node)))
        elif isinstance(node, ast.ImportFrom):
            names = tuple((alias.name, alias.asname) for alias in node.names)
            found.add(("from", *span, node.module or "", node.level, names))
        elif isinstance(node, ast.Import):
            found.update(("import", alias.name, alias.asname) for alias in node.names)
        elif isinstance(node, (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.With, ast.AsyncWith, ast.Match)):
            found.add((type(node).__name__.removeprefix("Async"), *span))
        elif isinstance(
            node, (ast.Return, ast.Raise, ast.Assert, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete)
        ):
            found.add((type(node).__name__, *span))
        elif isinstance(node, (ast.Lambda, ast.IfExp, ast.Await, ast.Compare, ast.BinOp, ast.Subscript, ast.Dict)):
            found.add((type(node).__name__, *span))
    found.add(("docstring", ast.get_docstring(tree)))
    return found


def _lines(text: str) -> list[str]:
    offsets = [*line_offsets(text), len(text)]
    return [text[start:end] for start, end in zip(offsets, offsets[1:], strict=False)]


def _outside_formatted_strings(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those in formatted and template strings, which Pythons place differently, and of what facts keep as
    mere names: type parameters and aliases."""
    if type(node).__name__ in ("JoinedStr", "TemplateStr"):
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name == "type_params" or (name == "name" and type(node).__name__ == "TypeAlias"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _outside_formatted_strings(child)


KINDS = {
    "Conditional": "IfExp",
    "Comparison": "Compare",
    "Operation": "BinOp",
    "Augment": "AugAssign",
    "Annotate": "AnnAssign",
    "Mapping": "Dict",
}
SAME = ("If", "For", "While", "Try", "With", "Match", "Return", "Raise", "Assert", "Assign", "Delete")
SAME += ("Lambda", "Await", "Subscript")


def from_facts(text: str) -> Found:
    """The same of our facts."""
    module = extract_text(text)
    formatted = [fact for fact in all_facts(module) if type(fact).__name__ == "FormattedString"]
    inside = {id(part) for fact in formatted for part in all_facts(fact)}
    found: Found = {("docstring", module.docstring)}
    for fact in all_facts(module):
        name = type(fact).__name__
        if id(fact) in inside or name in ("ModuleFacts", "Comment"):
            continue
        span = fact.start, fact.end
        if name == "Name":
            found.add(("name", *span, fact.id))
        elif name == "Attribute":
            found.add(("attribute", *span, fact.attr))
        elif name == "Call":
            keywords = (a.keyword or a.star for a in fact.arguments if a.keyword or a.star == "**")
            found.add(("call", *span, tuple(sorted(keywords))))
        elif name == "Constant":
            found.add(("constant", *span, repr(fact.value)))
        elif name == "Bytes":
            found.add(("bytes", *span, fact.value))
        elif name == "Function":
            parameters = tuple(sorted(p.name for p in fact.parameters))
            found.add(("function", *span, fact.name, parameters, fact.docstring))
        elif name == "Class":
            found.add(("class", *span, fact.name, fact.docstring))
        elif name == "ImportFrom":
            found.add(("from", *span, fact.module, fact.level, fact.names))
        elif name == "Import":
            found.add(("import", fact.module, fact.alias))
        elif name in SAME or name in KINDS:
            if name != "Operation" or fact.operator not in ("and", "or"):
                found.add((KINDS.get(name, name), *span))
    return found


def check(text: str) -> None:
    """Both find the same."""
    theirs, ours = from_ast(text), from_facts(text)
    # In patterns, `None` and its like are no nodes of ast.
    missing = {found for found in theirs - ours}
    added = {found for found in ours - theirs if found[0] != "constant" or found[3] not in ("None", "True", "False")}
    assert (sorted(map(repr, missing)), sorted(map(repr, added))) == ([], [])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files(file: Path) -> None:
    check(file.read_bytes().decode())


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(name: str) -> None:
    text = SAMPLES[name]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError:
        assert sys.version_info < (3, 15), "syntax that some supported Python knows"
        pytest.skip("syntax of a newer Python")
    check(text)
