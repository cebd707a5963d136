"""Tests of the docstring parser."""

from __future__ import annotations

import pytest

from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.docstrings import DocstringError, parse, rule_doc

GOOD_DOC = """A POST that creates answers 200.

    ## What it does
    Reports it.

    ## Why is this bad?
    Clients can't tell.

    ## Bad
    First:

    ```python
    ## no heading
    x = 1
    ```

    Second:

    ```python
    # file: app/main.py
    from app.api import router

    # file: app/api.py
    router = 1
    ```

    ## Good
    ```python
    x = 2
    ```

    ## When not to use it
    Never.

    ## Known limitations
    None.
"""


def problems(docstring: str, **kwargs: bool) -> list[str]:
    with pytest.raises(DocstringError) as caught:
        parse(docstring, **kwargs)
    return caught.value.problems


def test_sections_and_examples() -> None:
    doc = parse(GOOD_DOC)
    assert doc.summary == "A POST that creates answers 200."
    assert list(doc.sections) == [
        "What it does",
        "Why is this bad?",
        "Bad",
        "Good",
        "When not to use it",
        "Known limitations",
    ]
    assert doc.sections["Why is this bad?"] == "Clients can't tell."
    assert [dict(example.files) for example in doc.bad] == [
        {"main.py": "## no heading\nx = 1\n"},
        {"app/main.py": "from app.api import router\n", "app/api.py": "router = 1\n"},
    ]
    assert doc.bad[1].source.startswith("# file: app/main.py\n")
    assert [dict(example.files) for example in doc.good] == [{"main.py": "x = 2\n"}]


def test_rule_doc_reads_the_class() -> None:
    rule = type("Sample", (Rule,), {"__doc__": GOOD_DOC})
    assert rule_doc(rule).summary == "A POST that creates answers 200."


def test_inherited_docstring_does_not_count() -> None:
    with pytest.raises(DocstringError, match="there is no docstring"):
        rule_doc(type("Sample", (Rule,), {}))


def test_all_missing_sections_are_named_at_once() -> None:
    assert problems("Summary.\n\n## Why is this bad?\nIt is.") == [
        f"the section '{heading}' is missing"
        for heading in ("What it does", "Bad", "Good", "When not to use it", "Known limitations")
    ]


def test_fix_safety_goes_with_a_fix() -> None:
    assert problems(GOOD_DOC, has_fix=True) == ["the section 'Fix safety' is missing"]
    with_safety = GOOD_DOC + "\n    ## Fix safety\n    Safe.\n"
    assert parse(with_safety, has_fix=True).sections["Fix safety"] == "Safe."
    assert problems(with_safety) == ["the section 'Fix safety' is there, but the rule has no fix"]


def test_options_go_with_options() -> None:
    with_options = GOOD_DOC + "\n    ## Options\n    They are many.\n"
    assert parse(with_options, has_options=True).sections["Options"] == "They are many."
    assert parse(with_options.replace("They are many.", ""), has_options=True).sections["Options"] == ""
    assert problems(with_options) == ["the section 'Options' is there, but the rule has no options"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("## Why is this bad?", "## Why?", "unknown section 'Why?'"),
        ("## Known limitations", "## What it does", "the section 'What it does' stands twice"),
        ("Reports it.", "", "the section 'What it does' is empty"),
        ("answers 200.\n", "answers 200.\n    More.\n", "the summary is more than one line"),
        ("## Good\n    ```python", "## Good\n    ```py", "a block of 'Good' is not fenced as ```python"),
        ("x = 2\n    ```", "x = 2\n", "a fenced block is not closed"),
        ("## Good\n    ```python\n    x = 2\n    ```", "## Good\n    Any.", "'Good' has no ```python block"),
        ("# file: app/api.py", "# file: app/main.py", "holds the file app/main.py twice"),
        ("# file: app/api.py", "# file: ../api.py", "not a path below the example's folder"),
        ("# file: app/main.py\n", "", "does not begin with a '# file:' line"),
    ],
)
def test_each_problem_is_named(old: str, new: str, problem: str) -> None:
    assert old in GOOD_DOC
    assert any(problem in found for found in problems(GOOD_DOC.replace(old, new)))


def test_order_is_fixed() -> None:
    swapped = GOOD_DOC.replace("## What it does", "## X").replace("## Why is this bad?", "## What it does")
    assert any("out of order" in found for found in problems(swapped.replace("## X", "## Why is this bad?")))


def test_a_longer_fence_holds_a_shorter_one() -> None:
    inner = GOOD_DOC.replace("x = 2\n    ```", 'x = """\n    ```\n    """\n    ````')
    doc = parse(inner.replace("## Good\n    ```", "## Good\n    ````"))
    assert doc.good[0].source == 'x = """\n```\n"""\n'
