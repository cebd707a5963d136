"""What paths say."""

from __future__ import annotations

import pytest

from fastapi_lint.model.routing.paths import shape, split_words, stem


@pytest.mark.parametrize(
    "path, collection, item, action",
    [
        ("/users", True, False, False),
        ("/users/", True, False, False),
        ("/users/{id}", False, True, False),
        ("/files/{name:path}", False, True, False),
        ("/users/{id}/activate", False, False, True),
        ("/users/{id}/change-password", False, False, True),
        ("/login", False, False, True),
        ("/Login", False, False, True),
        ("/run/{flow}", False, True, True),
        ("/auth/access-token", False, False, True),
        ("/webhooks", True, False, False),
        ("/test-cases", True, False, False),
        ("/tag_types", True, False, False),
        ("/search/filters", True, False, False),
        ("/reports/{name}.csv", False, False, False),
        ("/", False, False, False),
        ("", False, False, False),
    ],
)
def test_kinds_of_paths(path: str, collection: bool, item: bool, action: bool) -> None:
    found = shape(path)
    assert (found.is_collection, found.is_item, found.is_action) == (collection, item, action)


def test_parameters_and_resource_words() -> None:
    found = shape("/shops/{shop_id:int}/orderLines/{a}-{b}")
    assert found.parameters == (("shop_id", "int"), ("a", "str"), ("b", "str"))
    assert found.resource_words == ("order", "lines")
    assert [segment.is_parameter for segment in found.segments] == [False, True, False, False]


@pytest.mark.parametrize(
    "name, words",
    [
        ("user_groups", ("user", "groups")),
        ("user-groups", ("user", "groups")),
        ("UserGroup", ("user", "group")),
        ("HTTPServer", ("http", "server")),
        ("v2", ("v", "2")),
    ],
)
def test_words(name: str, words: tuple[str, ...]) -> None:
    assert split_words(name) == words


@pytest.mark.parametrize(
    "plural, singular",
    [("users", "user"), ("categories", "category"), ("boxes", "box"), ("classes", "class"), ("batches", "batch")],
)
def test_stems_of_plurals_and_singulars_agree(plural: str, singular: str) -> None:
    assert stem(plural) == stem(singular)


@pytest.mark.parametrize("word", ["status", "analysis", "address", "bus"])
def test_what_only_looks_like_a_plural_stays(word: str) -> None:
    assert stem(word) == word
