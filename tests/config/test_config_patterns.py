"""Path patterns: what can never match is said, and whole paths are covered by their folders. That single patterns mean
what they mean to git is tested where files are excluded."""

from __future__ import annotations

import pytest

from fastapi_lint.config.patterns import BadPattern, PathPattern, PathPatterns


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        ("   ", "it is empty"),
        ("# why", "it is a comment"),
        ("!", "it names no file"),
        ("/", "it names no file"),
        ("//", "it names no file"),
        ("a//b", "it names no file"),
        ("a//", "it names no file"),
        ("[a", "has no end"),
        ("[]", "has no end"),
        ("[a-", "has no end"),
        ("[\\", "has no end"),
        ("[[:word:]]", "no class of characters [:word:]"),
        ("a\\", "nothing behind its last backslash"),
    ],
)
def test_patterns_that_fit_nothing(text: str, why: str) -> None:
    with pytest.raises(BadPattern) as caught:
        PathPattern(text)
    assert why in str(caught.value)
    assert PathPatterns.of_text(f"{text}\n*.py\n").covers("a.py")


@pytest.mark.parametrize(
    ("patterns", "path", "covered"),
    [
        (("tests/",), "tests/a/b.py", True),
        (("tests/",), "src/tests/b.py", True),
        (("/tests/",), "src/tests/b.py", False),
        (("tests/*",), "tests/a/b.py", True),
        (("tests/*.py",), "tests/a/b.py", False),
        (("tests/**/*.py",), "tests/a/b.py", True),
        (("b.py",), "tests/a/b.py", True),
        (("b.py/",), "tests/a/b.py", False),
        (("tests/", "!tests/a/b.py"), "tests/a/b.py", True),
        (("tests", "!b.py"), "tests/b.py", True),
        (("*.py", "!b.py"), "tests/b.py", False),
    ],
)
def test_a_path_is_covered_by_the_folders_around_it(patterns: tuple[str, ...], path: str, covered: bool) -> None:
    assert PathPatterns.of(patterns).covers(path) is covered
