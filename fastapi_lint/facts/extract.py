"""Extraction: from the text of a module to its facts."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import perf_counter

from fastapi_lint.facts.annotations import parse_expression
from fastapi_lint.facts.expressions import Expression
from fastapi_lint.facts.extract_expressions import expression
from fastapi_lint.facts.extract_statements import docstring, statements
from fastapi_lint.facts.module import Comment, ModuleFacts
from fastapi_lint.facts.walk import Walk
from fastapi_lint.syntax import gate, parse
from fastapi_lint.syntax.deep_stack import call_with_deep_stack, has_ample_stack
from fastapi_lint.syntax.faults import SyntaxFault, Unanalysable
from fastapi_lint.syntax.tokens import Tokens, comment_spans, continued_lines, joined_lines, line_offsets, tokenise
from fastapi_lint.text.source import Source

__all__ = ["SyntaxFault", "Unanalysable", "extract", "extract_expression", "parse_expression"]

_DIRECTIVES = ("noqa", "fastapi-lint", "public")
_CODE = re.compile(r"(?=[a-z_.:/+=-]{0,19}[0-9A-Z])[0-9A-Za-z_.:/+=-]{20}|-----BEGIN |://(?:[^\s/'\"]*[:@]|['\"]*\Z)")
_NEXT_LINE = re.compile(r"[ \t\f]*(?:\r\n|\r|\n)[ \t\f]*")


def extract(source: Source, on_parsed: Callable[[float], None] | None = None) -> ModuleFacts:
    """The facts of a module.

    Args: the source; who wants to know how many seconds the parser took.
    Raises: SyntaxFault when the text is not Python; Unanalysable when it goes beyond what is analysed.
    """
    text = source.text
    tokens = tokenise(text)
    line_starts = line_offsets(text)
    continued = continued_lines(text, tokens, line_starts)
    joined = joined_lines(tokens, line_starts, continued)

    def facts() -> ModuleFacts:
        start = perf_counter()
        try:
            tree = parse.parse_module(text, tokens, line_starts)
        finally:
            if on_parsed is not None:
                on_parsed(perf_counter() - start)
        walk = Walk(text, tokens)
        try:
            body = statements(walk, tree.body)
        except (IndexError, KeyError) as error:
            raise Unanalysable("tokens and syntax tree disagree") from error
        if walk.cursor != len(tokens.texts):
            raise Unanalysable("tokens and syntax tree disagree")
        directives, imports = _directives(text, tokens), tuple(sorted(walk.imports))
        names = f" {' '.join(sorted({token for token in tokens.texts if token.isidentifier()}))} "
        shape = line_starts, joined, continued
        return ModuleFacts(body, docstring(tree.body, body), directives, *shape, imports, names, _codes(text, tokens))

    if gate.check(text, tokens, line_starts, joined) or not has_ample_stack():
        return call_with_deep_stack(facts)
    try:
        return facts()
    except RecursionError:
        return call_with_deep_stack(facts)


def _directives(text: str, tokens: Tokens) -> tuple[Comment, ...]:
    """The comments that may speak to this linter, each with those that go on alone on the lines below it."""
    found: list[Comment] = []
    for start, end in comment_spans(text, tokens):
        words = text[start:end].lower()
        goes_on = bool(found) and found[-1].standalone and _NEXT_LINE.fullmatch(text, found[-1].end, start) is not None
        if goes_on or any(directive in words for directive in _DIRECTIVES):
            line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
            found.append(Comment(text[start:end], not text[line_start:start].strip(), start, end))
    return tuple(found)


def _codes(text: str, tokens: Tokens) -> tuple[int, ...]:
    """Where texts stand that keys, tokens or URLs may be in."""
    strings = [start for token, start in zip(tokens.texts, tokens.starts) if token[-1] in "'\"" and _CODE.search(token)]
    return tuple(sorted([*strings, *(start for start, end in tokens.literals if _CODE.search(text, start, end))]))


def extract_expression(text: str) -> Expression | None:
    """The expression that a text holds, with offsets relative to the text; see also
    :func:`fastapi_lint.facts.annotations.parse_expression`.

    Returns: the expression, or None when the text is none or goes beyond the limits.
    """
    tokens = tokenise(text)
    line_starts = line_offsets(text)
    try:
        continued = continued_lines(text, tokens, line_starts)
        if gate.check(text, tokens, line_starts, joined_lines(tokens, line_starts, continued)):
            return None
        tree = parse.parse_expression(text, tokens)
        # The tree has parentheses that the text lacks, so the cursor begins before the first token.
        return expression(Walk(text, tokens, cursor=-1), tree)
    except (SyntaxFault, Unanalysable, IndexError, KeyError):
        return None
