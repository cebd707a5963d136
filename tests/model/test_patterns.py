"""Regular expressions on known texts, held against Python's own."""

from __future__ import annotations

import re
import time

import pytest

from fastapi_lint.model.interpreter.patterns import call_pattern
from fastapi_lint.model.values import Arguments, Collection, Literal, Unknown


@pytest.mark.parametrize(
    ("pattern", "replacement", "text"),
    [
        (r"(?<!^)(?=[A-Z])", "_", "UserAccount"),
        (r"(.)([A-Z][a-z]+)", r"\1_\2", "HTTPUserName"),
        (r"([a-z0-9])([A-Z])", r"\1_\2", "userName2B"),
        (r"s?$", "s", "user"),
    ],
)
def test_sub(pattern: str, replacement: str, text: str) -> None:
    made = call_pattern("re.sub", Arguments([Literal(pattern), Literal(replacement), Literal(text)]))
    assert made == Literal(re.sub(pattern, replacement, text))
    named = Arguments([], {"pattern": Literal(pattern), "repl": Literal(replacement), "string": Literal(text)})
    assert call_pattern("re.sub", named) == made


def test_split() -> None:
    made = call_pattern("re.split", Arguments([Literal("(?=[A-Z])"), Literal("CaseCostType")]))
    assert isinstance(made, Collection)
    assert [item.value for item in made.items if isinstance(item, Literal)] == re.split("(?=[A-Z])", "CaseCostType")


@pytest.mark.parametrize(
    "arguments",
    [
        Arguments([Unknown("x"), Literal("_"), Literal("User")]),
        Arguments([Literal("("), Literal("_"), Literal("User")]),
        Arguments([Literal("a"), Literal(r"\3"), Literal("a")]),
        Arguments([Literal("a"), Literal("_"), Literal("User"), Literal(1)]),
        Arguments([Literal("a"), Literal("_"), Literal("User")], {"flags": Literal(2)}),
        Arguments([Literal("(a+)+$"), Literal("_"), Literal("a" * 60 + "b")]),
        Arguments([Literal("(a|a)*$"), Literal("_"), Literal("a" * 60 + "b")]),
        Arguments([Literal(".*.*.*.*.*.*.*x"), Literal("_"), Literal("a" * 100)]),
        Arguments([Literal("a"), Literal("_"), Literal("a" * 101)]),
        Arguments([Literal("a"), Literal("_")]),
    ],
)
def test_what_is_not_run(arguments: Arguments) -> None:
    began = time.perf_counter()
    assert isinstance(call_pattern("re.sub", arguments), Unknown)
    assert isinstance(call_pattern("re.split", arguments), (Unknown, Collection))
    assert time.perf_counter() - began < 1


def test_other_functions_are_none_of_its_business() -> None:
    assert call_pattern("re.match", Arguments()) is None
