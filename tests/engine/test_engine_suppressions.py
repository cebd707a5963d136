"""Comments that silence findings."""

from __future__ import annotations

from textwrap import dedent

import pytest

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.engine.directives import Directives, speaks
from fastapi_lint.engine.suppressions import Suppressions
from fastapi_lint.facts.extract import extract
from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.registry import Registry
from fastapi_lint.text.location import Location, Position
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
    return Directives(REGISTRY, noqa, require_reason).read(facts, text.split("\n"))


def finding(code: str, line: int, last_line: int | None = None) -> Diagnostic:
    return Diagnostic(code, "a-rule", "", Location("a.py", Position(line, 1), Position(last_line or line, 2)))


def silenced(text: str, line: int, last_line: int | None = None, **options: bool) -> set[str]:
    """The codes that are silenced for a finding that stands on these lines."""
    return {code for code in EVERY_CODE if not read(text, **options).keep([finding(code, line, last_line)])}


def whose(text: str, count: int, **options: bool) -> list[set[str]]:
    """The codes that are silenced on each of the first lines."""
    return [silenced(text, line, **options) for line in range(1, count + 1)]


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("# noqa", EVERY_CODE),
        ("# NOQA", EVERY_CODE),
        ("# noqa: FAL101", {"FAL101"}),
        ("# noqa:FAL101,FAL301", {"FAL101", "FAL301"}),
        ("# noqa: FAL101 FAL301", {"FAL101", "FAL301"}),
        ("# noqa: fal101", set()),
        ("# noqa:FAL101\tFAL301", {"FAL101", "FAL301"}),
        ("# noqa: FAL101FAL301", set()),
        ("# noqa: FAL10", {"FAL101", "FAL102"}),
        ("# noqa: FAL1010", set()),
        ("# noqa: E501 # noqa: FAL101", set()),
        ("# noqa:  FAL101", EVERY_CODE),
        ("# noqa FAL101", EVERY_CODE),
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


def test_our_own_comments_are_no_texts() -> None:
    assert silenced('a = "# fastapi-lint: ignore[FAL101]"\n', 1) == set()


def test_a_noqa_speaks_for_a_line_and_what_strings_and_backslashes_join_to_it() -> None:
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
    assert whose(text, 10) == [
        *[set(), {"FAL101"}, set(), set()],
        *[{"FAL301"}] * 3,
        *[{"FAL102"}] * 2,
        set(),
    ]


def test_a_noqa_speaks_for_findings_that_begin_on_its_line() -> None:
    text = "f(\n  1,  # noqa: FAL101\n)\n"
    assert (silenced(text, 1, 3), silenced(text, 2, 3)) == (set(), {"FAL101"})


def test_flake8_takes_the_text_of_a_string_for_a_comment_and_so_do_we() -> None:
    assert silenced("a = '# noqa: FAL101'  # noqa: FAL301\n", 1) == {"FAL101"}
    assert whose("a = '''\n# flake8: noqa\n'''\nb = 1\n", 4) == [EVERY_CODE] * 4
    text = "a = '''\n# noqa: FAL101\n# noqa: FAL999\n'''\n"
    assert read(text).malformed == [] and list(read(text).unused(EVERY_CODE)) == []


HEAD = """
    @first
    @app.post({0}
        "/x",{1}
    ){2}
    def f({3}
        a: int,{4}
    ):{5}
        return 1
"""
WHOLE_HEAD = [{"FAL101"}] * 7 + [set()]
DECORATOR = [set(), *[{"FAL101"}] * 3, *[set()] * 4]


@pytest.mark.parametrize(
    ("place", "lines"),
    [
        (0, DECORATOR),
        (1, [*[set()] * 2, {"FAL101"}, *[set()] * 5]),
        (2, DECORATOR),
        (3, WHOLE_HEAD),
        (4, [*[set()] * 5, {"FAL101"}, *[set()] * 2]),
        (5, WHOLE_HEAD),
    ],
)
def test_our_own_comment_beside_code(place: int, lines: list[set[str]]) -> None:
    text = HEAD.format(*["  # fastapi-lint: ignore[FAL101]" if place == number else "" for number in range(6)])
    assert whose(text, 8) == lines


def test_our_own_comment_speaks_for_findings_that_touch_its_line() -> None:
    text = HEAD.format("", "  # fastapi-lint: ignore[FAL101]", "", "", "", "")
    assert [silenced(text, *place) for place in ((2, 4), (2, 3), (3, 4), (4, 4))] == [{"FAL101"}] * 3 + [set()]


def test_our_own_comment_alone_on_its_line_speaks_for_the_next_statement() -> None:
    text = """
        # fastapi-lint: ignore[FAL101] a reason
        # more about it

        # fastapi-lint: ignore[FAL301] another
        @app.post(
            "/x"
        )
        # fastapi-lint: ignore[FAL102] a third
        @app.put("/x")

        def f():
            return 1
        x = 1
    """
    assert whose(text, 13) == [
        *[{"FAL101"}] * 3,
        *[{"FAL101", "FAL301"}] * 4,
        *[{"FAL101", "FAL301", "FAL102"}] * 4,
        *[set()] * 2,
    ]


def test_a_noqa_alone_on_its_line_speaks_for_nothing_else() -> None:
    assert silenced("# noqa\na = 1\n", 2) == set()


def test_our_own_comment_alone_inside_brackets_speaks_for_the_next_line() -> None:
    text = """
        app.include_router(
            # fastapi-lint: ignore[FAL301] a reason
            # and more
            router,
            prefix="/x",
        )
        x = 1
    """
    assert whose(text, 7) == [set(), *[{"FAL301"}] * 3, *[set()] * 3]
    assert silenced(text, 1, 6) == {"FAL301"}


def test_a_comment_at_the_end_of_the_file_does_no_harm() -> None:
    assert silenced("a = 1\n# fastapi-lint: ignore[FAL101]", 1) == set()


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("# flake8: noqa", EVERY_CODE),
        ("# flake8: noqa: FAL3", {"FAL301"}),
        ("# flake8=NOQA", EVERY_CODE),
        ("    # flake8:noqa because", EVERY_CODE),
        ("# flake8: noqa: E501", set()),
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
        ("# noqa: E501, fal301", "flake8 compares codes by case: write `FAL301` for `fal301`"),
        ("#noqa: unauthenticated-route", "`#noqa: unauthenticated-route` silences nothing: write `# noqa: FAL301`"),
        ("#  noqa:FAL301", "`#  noqa:FAL301` silences nothing: write `# noqa: FAL301`"),
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


@pytest.mark.parametrize(
    "comment",
    [
        *["# noqa: E999", "# noqa", "# noqa: FAL101", "# see fastapi-lint for more", "#noqa: E501", "# noqa: e501"],
        *["# noqa: because of F401", "# noqa: FALCON1", "# noqa: E501 # noqa: W291", "# noqa: FAL101 unauthenticated"],
    ],
)
def test_comments_that_are_well_formed_or_none_of_our_business(comment: str) -> None:
    assert read(f"a = 1  {comment}\n").malformed == []


@pytest.mark.parametrize(
    "text",
    ["a = 1  # noqa: E501  # noqa: FAL101\n", "a = '# noqa'  # noqa: FAL101\n", 'a = """# noqa\n"""  #noqa: FAL101\n'],
)
def test_a_second_noqa_is_dead(text: str) -> None:
    (found,) = read(text).malformed
    assert "silences nothing: name FAL101 in the first `# noqa` of the line" in found.message
    assert text[found.start : found.end] in ("# noqa: FAL101", "#noqa: FAL101")


@pytest.mark.parametrize("comment", ["# flake8: noqa: FAL999", "# flake8: noqa: E501, fal101"])
def test_malformed_comments_for_a_whole_file(comment: str) -> None:
    text = f"a = 1\n  {comment}\n"
    (found,) = read(text).malformed
    assert text[found.start :].startswith(text[found.start : found.end]) and found.start == text.index("#")


def test_a_reason_where_one_is_required() -> None:
    assert read("a = 1  # fastapi-lint: ignore[FAL101]\n").malformed == []
    (found,) = read("a = 1  # fastapi-lint: ignore[FAL101] -\n", require_reason=True).malformed
    assert "gives no reason" in found.message
    assert read("a = 1  # fastapi-lint: ignore[FAL101]: the gateway\n", require_reason=True).malformed == []
    assert read("a = 1  # noqa: FAL101\n", require_reason=True).malformed == []


def test_what_silenced_nothing() -> None:
    text = "a = 1  # noqa: FAL101, FAL301, E501\nb = 1  # noqa\nc = 1  # fastapi-lint: ignore[FAL1, FAL999]\n"
    suppressions = read(text)
    assert suppressions.keep([finding("FAL301", 1)]) == []
    idle = [[item.text for item in items] for _, items in suppressions.unused(EVERY_CODE)]
    assert idle == [["FAL101"], ["FAL1"]]


def test_nothing_is_said_of_rules_that_did_not_run() -> None:
    suppressions = read("a = 1  # noqa: FAL1\nb = 1  # noqa: FAL101\n")
    assert [[item.text for item in items] for _, items in suppressions.unused(frozenset({"FAL101"}))] == [["FAL101"]]


def test_two_comments_that_say_the_same_are_both_of_use() -> None:
    suppressions = read("# fastapi-lint: ignore-file[FAL101]\na = 1  # noqa: FAL101\n")
    assert suppressions.keep([finding("FAL101", 2)]) == []
    assert list(suppressions.unused(EVERY_CODE)) == []


def test_files_without_such_comments_are_passed_over() -> None:
    assert not speaks(extract(Source.from_bytes(b"a = 1  # plain\n", "a.py")))
    assert speaks(extract(Source.from_bytes(b"a = 1  # NoQA\n", "a.py")))
