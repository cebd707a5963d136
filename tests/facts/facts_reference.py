"""What libcst's own PositionProvider says of a text, and how our facts are held against it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import libcst
from libcst.metadata import MetadataWrapper, PositionProvider

from fastapi_lint.facts.extract import extract
from fastapi_lint.facts.statements import Block
from fastapi_lint.syntax.tokens import line_offsets
from fastapi_lint.text.source import Source

NODES_OF_FACTS = {
    "Constant": ("SimpleString", "ConcatenatedString", "Integer", "Float", "Name", "FormattedStringText"),
    "Bytes": ("SimpleString", "ConcatenatedString"),
    "Opaque": ("Ellipsis", "Imaginary", "Integer", "TemplatedString", "ConcatenatedString"),
    "FormattedString": ("FormattedString", "ConcatenatedString"),
    "Name": ("Name",),
    "Attribute": ("Attribute",),
    "Argument": ("Arg",),
    "Call": ("Call",),
    "Subscript": ("Subscript",),
    "Slice": ("Slice",),
    "Mapping": ("Dict",),
    "Starred": ("StarredElement", "Index"),
    "Operation": ("BinaryOperation", "BooleanOperation"),
    "Unary": ("UnaryOperation",),
    "Comparison": ("Comparison",),
    "Conditional": ("IfExp",),
    "Lambda": ("Lambda",),
    "Await": ("Await",),
    "Yield": ("Yield",),
    "Walrus": ("NamedExpr",),
    "Comprehension": ("GeneratorExp", "ListComp", "SetComp", "DictComp", "StarredDictComp"),
    "Parameter": ("Param",),
    "Decorator": ("Decorator",),
    "Function": ("FunctionDef",),
    "Class": ("ClassDef",),
    "Import": ("ImportAlias",),
    "ImportFrom": ("ImportFrom", "LazyImportFrom"),
    "Assign": ("Assign",),
    "Annotate": ("AnnAssign",),
    "Augment": ("AugAssign",),
    "TypeAlias": ("TypeAlias",),
    "Evaluate": ("Expr",),
    "Return": ("Return",),
    "Raise": ("Raise",),
    "Assert": ("Assert",),
    "Delete": ("Del",),
    "Jump": ("Break", "Continue"),
    "Outer": ("Global", "Nonlocal"),
    "If": ("If",),
    "For": ("For",),
    "While": ("While",),
    "Try": ("Try", "TryStar"),
    "Handler": ("ExceptHandler", "ExceptStarHandler"),
    "With": ("With",),
    "WithItem": ("WithItem",),
    "Match": ("Match",),
    "Case": ("MatchCase",),
}
"""The classes of nodes that a class of facts is made from."""

WITHOUT_NODE = ("Clause", "Format")
"""libcst gives the clauses of a comprehension and the formats in f-strings no place of their own."""

ALWAYS_KEPT = frozenset(
    name
    for fact, names in NODES_OF_FACTS.items()
    for name in names
    if fact not in ("Constant", "Bytes", "Opaque", "Name", "Starred", "Attribute", "FormattedString", "Import", "Slice")
)
"""Every node of these classes has a fact, but for those inside template strings and type parameters."""

Span = tuple[int, int]


def extract_text(text: str) -> Any:
    """The facts of a text."""
    return extract(Source("sample.py", text, "utf-8", "\n", False, ""))


def libcst_spans(text: str) -> dict[str, list[Span]]:
    """The spans of all nodes, by class. The tuple behind ``del`` has the class "deleted", for it has no fact."""
    offsets = line_offsets(text)
    wrapper = MetadataWrapper(libcst.parse_module(text), unsafe_skip_copy=True)
    places = wrapper.resolve(PositionProvider)
    deleted = {node.target for node in places if isinstance(node, libcst.Del)}
    spans: dict[str, list[Span]] = {}
    for node, place in places.items():
        if not isinstance(node, libcst.Module):
            start = offsets[place.start.line - 1] + place.start.column
            end = offsets[min(place.end.line, len(offsets)) - 1] + place.end.column
            name = "deleted" if node in deleted and isinstance(node, libcst.Tuple) else type(node).__name__
            spans.setdefault(name, []).append((start, end))
    return spans


def all_facts(facts: Any) -> Iterator[Any]:
    """Every fact inside, itself first."""
    if isinstance(facts, Block):
        facts = facts.statements
    if isinstance(facts, tuple):
        if hasattr(facts, "kind"):
            yield facts
        for part in facts:
            yield from all_facts(part)


def differences(text: str) -> list[str]:
    """Where our facts and libcst disagree about places."""
    spans = libcst_spans(text)
    opaque = [span for name in ("TemplatedString", "TypeParameters") for span in spans.get(name, [])]
    # Some spans hold trailing space: a slice's behind its last colon, a type alias' the semicolon too.
    exact = {
        name: {(start, start + len(text[start:end].rstrip(" \t\f\r\n;\\"))) for start, end in found}
        if name in ("Slice", "TypeAlias")
        else set(found)
        for name, found in spans.items()
    }
    wrong = []
    seen: dict[str, set[Span]] = {}
    for fact in all_facts(extract_text(text)):
        name = type(fact).__name__
        if name in ("ModuleFacts", "Comment", *WITHOUT_NODE):
            continue
        if name == "Sequence":
            classes: tuple[str, ...] = {"list": ("List",), "set": ("Set",), "tuple": ("Tuple",)}[fact.form]
        else:
            classes = NODES_OF_FACTS[name]
        span = (fact.start, fact.end)
        for node_class in classes:
            seen.setdefault(node_class, set()).add(span)
        if not any(span in exact.get(node_class, ()) for node_class in classes):
            if name == "Sequence" and fact.form == "tuple" and _is_index(text, fact):
                continue
            if name == "Starred" and text.startswith("**", fact.start):
                continue  # the element of `{**a for a in b}`, for which libcst has no node
            wrong.append(f"{name} at {span}: {text[fact.start : fact.end]!r}")
    for node_class in ALWAYS_KEPT | {"List", "Tuple", "Set"}:
        for start, end in exact.get(node_class, ()):
            inside = any(outer[0] <= start and end <= outer[1] for outer in opaque)
            if (start, end) not in seen.get(node_class, ()) and not inside:
                wrong.append(f"no fact for {node_class} at {(start, end)}: {text[start:end]!r}")
    return wrong


def _is_index(text: str, fact: Any) -> bool:
    """Whether a tuple is that of several indices, for which libcst has no node."""
    return text[: fact.start].rstrip(" \t\f\r\n\\").endswith("[") and text[fact.end :].lstrip(" \t\f\r\n\\")[:1] in "]#"
