"""Comments that silence findings."""

from __future__ import annotations

from textwrap import dedent

import pytest

from fastapi_lint.engine.suppressions import Suppressions, read_suppressions, speaks
from fastapi_lint.facts.extract import extract
from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.registry import Registry
from fastapi_lint.text.source import Source


class Created(Rule):
    """A rule."""

    code = "FAL101"
    name = "created-without-201"


class Deleted(Rule):
    """A rule."""

    code = "FAL102"
    name = "delete-without-204"


class Open(Rule):
    """A rule."""

    code = "FAL301"
    name = "unauthenticated-route"


REGISTRY = Registry([Created, Deleted, Open])
EVERY_CODE = frozenset({"FAL101", "FAL102", "FAL301"})


def read(text: str, *, noqa: bool = True, require_reason: bool = False) -> Suppressions:
    text = dedent(text).lstrip("\n")
    facts = extract(Source.from_bytes(text.encode(), "a.py"))
    return read_suppressions(facts, text.split("\n"), REGISTRY, noqa=noqa, require_reason=require_reason)


def silenced(text: str, line: int, **options: bool) -> set[str]:
    """The codes that are silenced on a line."""
    return {code for code in EVERY_CODE if read(text, **options).silence(code, line)}


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("# noqa", EVERY_CODE),
        ("# NOQA", EVERY_CODE),
        ("# noqa: FAL101", {"FAL101"}),
        ("# noqa:FAL101,FAL301", {"FAL101", "FAL301"}),
        ("# noqa: FAL101 FAL301", {"FAL101", "FAL301"}),
        ("# noqa: fal101", {"FAL101"}),
        ("# noqa: E501, FAL1", {"FAL101", "FAL102"}),
        ("# noqa: FAL101 because of the gateway", {"FAL101"}),
        ("# type: ignore # noqa: FAL301", {"FAL301"}),
        ("# noqa: E501", set()),
        ("#noqa", set()),
        ("# noqa : FAL101", EVERY_CODE),
        ("# fastapi-lint: ignore[FAL101]", {"FAL101"}),
        ("# fastapi-lint: ignore[FAL101, unauthenticated-route] a reason", {"FAL101", "FAL301"}),
        ("#fastapi-lint:ignore[routing]", {"FAL101", "FAL102"}),
        ("# fastapi-lint: ignore[ALL]", EVERY_CODE),
        ("# why not # fastapi-lint: ignore[FAL3] a reason", {"FAL301"}),
        ("# fastapi-lint: ignore[FAL101] # fastapi-lint: ignore[FAL102]", {"FAL101", "FAL102"}),
        ("# fastapi-lint: ignore[FAL999, FAL101]", {"FAL101"}),
        ("# fastapi-lint: ignore", set()),
        ("# fastapi-lint: ignore[]", set()),
        ("# fastapi-lint: ignored[FAL101]", set()),
        ("# nothing", set()),
    ],
)
def test_what_a_comment_silences_on_its_line(comment: str, codes: set[str]) -> None:
    text = f"a = 1\nb = 2  {comment}\nc = 3\n"
    assert silenced(text, 2) == codes
    assert silenced(text, 1) == silenced(text, 3) == set()


def test_text_that_looks_like_a_comment_silences_nothing() -> None:
    assert silenced('a = "# noqa"\n', 1) == set()


def test_a_comment_speaks_for_its_whole_logical_line() -> None:
    text = """
        app = FastAPI(
            title="x",  # noqa: FAL101
            debug=True,
        )
        s = '''
        text
        '''  # noqa: FAL301
        t = 1 + \\
            2  # noqa: FAL102
        u = 1
    """
    assert [silenced(text, line) for line in range(1, 11)] == [
        *[{"FAL101"}] * 4,
        *[{"FAL301"}] * 3,
        *[{"FAL102"}] * 2,
        set(),
    ]


def test_the_body_of_a_function_is_not_its_line() -> None:
    text = """
        @app.post(  # fastapi-lint: ignore[FAL101]
            "/x"
        )
        def f():
            return 1
    """
    assert [silenced(text, line) for line in range(1, 6)] == [{"FAL101"}] * 3 + [set()] * 2


def test_our_own_comment_alone_on_its_line_speaks_for_the_next_code() -> None:
    text = """
        # fastapi-lint: ignore[FAL101] a reason
        # more about it

        # fastapi-lint: ignore[FAL301] another
        @app.post(
            "/x"
        )
        def f(): ...
    """
    assert [silenced(text, line) for line in range(1, 9)] == [set()] * 4 + [{"FAL101", "FAL301"}] * 3 + [set()]


def test_a_noqa_alone_on_its_line_speaks_for_nothing_else() -> None:
    assert silenced("# noqa\na = 1\n", 2) == set()


def test_our_own_comment_inside_a_call_speaks_for_the_call() -> None:
    text = """
        app.include_router(
            # fastapi-lint: ignore[FAL301] a reason
            router,
        )
        x = 1
    """
    assert [silenced(text, line) for line in (1, 5)] == [{"FAL301"}, set()]


def test_a_comment_at_the_end_of_the_file_does_no_harm() -> None:
    assert silenced("a = 1\n# fastapi-lint: ignore[FAL101]", 1) == set()


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("# flake8: noqa", EVERY_CODE),
        ("# flake8: noqa: FAL3", {"FAL301"}),
        ("# flake8=NOQA", EVERY_CODE),
        ("# fastapi-lint: ignore-file[FAL101] generated", {"FAL101"}),
        ("# fastapi-lint: ignore-file", set()),
    ],
)
def test_comments_for_a_whole_file(comment: str, codes: set[str]) -> None:
    assert silenced(f"a = 1\n{comment}\nb = 2\n", 1) == silenced(f"a = 1\n{comment}\nb = 2\n", 3) == codes


def test_a_noqa_for_the_file_beside_code_is_one_for_the_line() -> None:
    assert silenced("a = 1  # flake8: noqa\nb = 1\n", 2) == set()


def test_flake8s_comments_can_be_left_to_flake8() -> None:
    assert silenced("a = 1  # noqa  # fastapi-lint: ignore[FAL101]\n", 1, noqa=False) == {"FAL101"}
    assert silenced("# flake8: noqa\na = 1\n", 2, noqa=False) == set()


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("# noqa: FAL999", "no rule, prefix or group is called 'FAL999'"),
        ("# noqa: FAL9", "no rule, prefix or group is called 'FAL9'"),
        ("# noqa: unauthenticated-route", "`noqa` takes codes such as FAL301; with `unauthenticated-route`"),
        ("# noqa: FAL", "`noqa` takes codes such as FAL101; with `FAL` it silences everything"),
        ("# fastapi-lint: ignore[FAL999]", "no rule, prefix or group is called 'FAL999'"),
        ("# fastapi-lint: ignore[unauthenticated-rout]", "did you mean unauthenticated-route"),
        ("# fastapi-lint: ignore", "`ignore` names no rule"),
        ("# fastapi-lint: ignore[ , ]", "`ignore` names no rule"),
        ("# fastapi-lint: ingore[FAL101]", "Did you mean `ignore`?"),
        ("# fastapi-lint: disable[FAL101]", "`fastapi-lint: disable` means nothing. Write"),
        ("# fastapi-lint:", "`fastapi-lint: ` means nothing"),
        ("# fastapi-lint: ignore[FAL101", "`ignore` names no rule"),
    ],
)
def test_malformed_comments(comment: str, said: str) -> None:
    (found,) = read(f"a = 1  {comment}\n").malformed
    assert said in found.message
    assert found.start == len("a = 1  ") and found.end <= len(f"a = 1  {comment}")


@pytest.mark.parametrize("comment", ["# noqa: E999", "# noqa", "# noqa: FAL101", "# see fastapi-lint for more"])
def test_comments_that_are_well_formed_or_none_of_our_business(comment: str) -> None:
    assert read(f"a = 1  {comment}\n").malformed == []


def test_a_reason_where_one_is_required() -> None:
    assert read("a = 1  # fastapi-lint: ignore[FAL101]\n").malformed == []
    (found,) = read("a = 1  # fastapi-lint: ignore[FAL101] -\n", require_reason=True).malformed
    assert "gives no reason" in found.message
    assert read("a = 1  # fastapi-lint: ignore[FAL101]: the gateway\n", require_reason=True).malformed == []
    assert read("a = 1  # noqa: FAL101\n", require_reason=True).malformed == []


def test_what_silenced_nothing() -> None:
    text = "a = 1  # noqa: FAL101, FAL301, E501\nb = 1  # noqa\nc = 1  # fastapi-lint: ignore[FAL1, FAL999]\n"
    suppressions = read(text)
    assert suppressions.silence("FAL301", 1)
    idle = [[item.text for item in items] for _, items in suppressions.unused(EVERY_CODE)]
    assert idle == [["FAL101"], ["FAL1"]]


def test_nothing_is_said_of_rules_that_did_not_run() -> None:
    suppressions = read("a = 1  # noqa: FAL1\nb = 1  # noqa: FAL101\n")
    assert [[item.text for item in items] for _, items in suppressions.unused(frozenset({"FAL101"}))] == [["FAL101"]]


def test_two_comments_that_say_the_same_are_both_of_use() -> None:
    suppressions = read("# fastapi-lint: ignore-file[FAL101]\na = 1  # noqa: FAL101\n")
    assert suppressions.silence("FAL101", 2)
    assert list(suppressions.unused(EVERY_CODE)) == []


def test_files_without_such_comments_are_passed_over() -> None:
    assert not speaks(extract(Source.from_bytes(b"a = 1  # plain\n", "a.py")))
    assert speaks(extract(Source.from_bytes(b"a = 1  # NoQA\n", "a.py")))
