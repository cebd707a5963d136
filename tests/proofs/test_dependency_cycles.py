"""What FastAPI does with dependencies that need each other: the reason of FAL147."""

from __future__ import annotations

from typing import Annotated

import pytest
from fastapi import Depends, FastAPI


def read_account(user: Annotated[str, Depends(lambda: "me")]) -> str:
    return user


def read_user(account: Annotated[str, Depends(read_account)]) -> str:
    return account


def first(value: Annotated[str, Depends(second)]) -> str:
    return value


def second(value: Annotated[str, Depends(first)]) -> str:
    return value


def test_the_route_cannot_be_registered() -> None:
    app = FastAPI()

    def endpoint(value: Annotated[str, Depends(first)]) -> str:
        return value

    with pytest.raises(RecursionError):
        app.add_api_route("/", endpoint)


def test_a_chain_without_a_way_back_can() -> None:
    app = FastAPI()

    def endpoint(value: Annotated[str, Depends(read_user)]) -> str:
        return value

    app.add_api_route("/", endpoint)
    assert [route.path for route in app.routes][-1] == "/"
