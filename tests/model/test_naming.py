"""How paths are written: verbs, case, slashes, singular collections."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from linking import project_of

from fastapi_lint.model.knowledge.paths import SINGULAR_NOUNS
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.naming import (
    misspelt_segments,
    odd_slashes,
    plural,
    singular_collections,
    style_of,
    verb_in,
)
from fastapi_lint.model.routing.paths import Segment, stem


def project_with(routes: Iterable[str]) -> Project:
    """A project with these routes: each a method and a path, and perhaps options and a return annotation behind."""
    lines = ["from fastapi import FastAPI", "app = FastAPI()"]
    for number, route in enumerate(routes):
        method, path, *rest = route.split(" ", 3)
        options, returned = [*rest, *("", "object")[len(rest) :]]
        lines.append(f"@app.{method.lower()}('{path}'{options})\ndef endpoint_{number}() -> {returned}: ...")
    return project_of("\n".join(lines))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("gift-cards", "kebab-case"),
        ("gift_cards", "snake_case"),
        ("giftCards", "camelCase"),
        ("GiftCards", "PascalCase"),
        ("cards", None),
        ("v1", None),
        ("gift_and-cards", None),
        ("_gift_cards", None),
        ("{gift_card}", None),
        ("file.tar.gz", None),
    ],
)
def test_styles_of_segments(text: str, expected: str | None) -> None:
    assert style_of(Segment(text)) == expected


@pytest.mark.parametrize(
    "route, expected",
    [
        ("GET /getUsers", ("getUsers", "get")),
        ("GET /get-users/{x}", ("get-users", "get")),
        ("GET /users/list", ("list", "list")),
        ("GET /list", None),
        ("GET /list/{x}", None),
        ("GET /users/{x}/edit", None),
        ("GET /create_user", None),
        ("POST /create_user", ("create_user", "create")),
        ("POST /users/{x}/create", ("create", "create")),
        ("POST /users/{x}/activate", None),
        ("POST /creators", None),
        ("PATCH /users/{x}/update", ("update", "update")),
        ("DELETE /users/{x}/delete", ("delete", "delete")),
        ("DELETE /users/{x}", None),
        ("GET /users/{get_user}", None),
    ],
)
def test_verbs_that_the_method_says_already(route: str, expected: tuple[str, str] | None) -> None:
    assert [verb_in(one) for one in project_with([route]).routes] == [expected]


def test_who_knows_post_alone_calls_procedures() -> None:
    calls = [f"POST /{name}/create" for name in "abcde"]
    assert [verb_in(route) for route in project_with(calls).routes] == [None] * 5
    assert all(verb_in(route) for route in project_with(calls[:4]).routes)


def test_segments_in_another_case_than_most() -> None:
    usual = [f"GET /{name}-items" for name in "abcde"]
    project = project_with([*usual, "GET /other_items", "POST /other_items", "GET /x/thirdItems"])
    assert [(found.text, found.style, found.majority[:3]) for found in misspelt_segments(project.apps[0])] == []
    project = project_with([*usual, "GET /f-items", "GET /other_items", "POST /other_items"])
    found = list(misspelt_segments(project.apps[0]))
    assert [(one.text, one.route.label, one.majority[:3]) for one in found] == [
        ("other_items", "GET /other_items", ("kebab-case", 6, 7))
    ]


def test_two_of_a_kind_make_no_style() -> None:
    project = project_with([*(f"GET /{name}-items" for name in "ab"), "GET /other_items"])
    assert list(misspelt_segments(project.apps[0])) == []
    project = project_with([*(f"GET /{name}-items" for name in "abc"), "GET /other_items"])
    assert [found.text for found in misspelt_segments(project.apps[0])] == ["other_items"]


def test_slashes_unlike_those_of_most_paths_of_a_kind() -> None:
    usual = [f"GET /{name}" for name in "abcde"]
    project = project_with([*usual, "GET /f/", "GET /", "GET /a/{x}/", "GET /g/ ,include_in_schema=False"])
    assert [found.route.label for found in odd_slashes(project.apps[0])] == ["GET /f/"]


def test_a_path_in_both_forms_is_no_odd_one() -> None:
    project = project_with([*(f"GET /{name}" for name in "abcdef"), "GET /f/"])
    assert list(odd_slashes(project.apps[0])) == []


@pytest.mark.parametrize(
    "routes, expected",
    [
        (["GET /user  list[str]", "GET /user/{x}"], [("user", "users")]),
        (["POST /sub_category/ ,status_code=201", "DELETE /sub_category/{x}"], [("sub_category", "sub_categories")]),
        (["POST /user", "GET /user/{x}"], []),
        (["GET /user  str", "GET /user/{x}"], []),
        (["GET /user  list[str]"], []),
        (["GET /users  list[str]", "GET /users/{x}"], []),
        (["GET /staff  list[str]", "GET /staff/{x}"], []),
    ],
)
def test_collections_in_the_singular(routes: list[str], expected: list[tuple[str, str]]) -> None:
    app = project_with(routes).apps[0]
    assert [(found.segment, found.plural) for found in singular_collections(app)] == expected


@pytest.mark.parametrize(
    "noun, expected", [("user", "users"), ("policy", "policies"), ("box", "boxes"), ("key", "keys")]
)
def test_plurals(noun: str, expected: str) -> None:
    assert plural(noun) == expected


def test_no_known_noun_is_plural_or_has_another_plural() -> None:
    irregular = ("z", "f", "fe", "us", "is", "man", "person", "child", "hero")
    assert [noun for noun in SINGULAR_NOUNS if noun.endswith(irregular) or stem(noun) != noun] == []
