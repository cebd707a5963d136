"""Signatures that code computes, held against what FastAPI reads from them."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from linking import project_of, route_of
from oracle import describe, describe_real, real_dependant
from running import imported, linked

from fastapi_lint.model.dependencies.dependants import build_dependant

HEAD = """
import inspect
from functools import wraps
from inspect import Parameter, Signature
from typing import Annotated
from fastapi import Depends, FastAPI, Form, Header, Query, Request, Security
from fastapi.security import HTTPBearer
from pydantic import BaseModel, Field
class Filter(BaseModel):
    name: str
    size: int = 10
    tags: list[str] = Field(default_factory=list)
def get_user(token=Security(HTTPBearer())): ...
"""
ALIASES = """
from typing import Generic, TypeVar
Item = TypeVar("Item")
class Box(Generic[Item]):
    def __init__(self, size: int): ...
class Page(BaseModel, Generic[Item]):
    limit: int
class Session:
    def __init__(self, name: str = "main"): ...
def get_session() -> Session: ...
Current = Annotated[Session, Depends(get_session)]
def endpoint(
    one: Session = Depends(Current), two: Box = Depends(Box[int]), three: Page = Depends(Page[int])
): ...
"""
CASES = {
    "a model as query parameters": """
        def dependable(cls):
            def make(*args, **kwargs): return cls(*args, **kwargs)
            parameters = {own.name: own for own in inspect.signature(cls).parameters.values()}
            for name in parameters.keys():
                if name != "name":
                    parameters[name] = inspect.Parameter(
                        name=parameters[name].name,
                        default=Query(parameters[name].default),
                        kind=parameters[name].kind,
                        annotation=parameters[name].annotation,
                    )
            make.__signature__ = inspect.Signature(parameters=[own for own in parameters.values()])
            return make
        class Plain(BaseModel):
            name: str
            size: int = 10
        def endpoint(given: Plain = Depends(dependable(Plain))): ...
        """,
    "the fields of a model as a form": """
        def as_form(cls):
            parameters = [
                Parameter(
                    name, Parameter.POSITIONAL_ONLY, default=Form(...) if field.is_required() else Form(field.default),
                    annotation=field.annotation,
                )
                for name, field in cls.model_fields.items()
            ]
            async def _as_form(**data): return cls(**data)
            signature = inspect.signature(_as_form)
            signature = signature.replace(parameters=parameters)
            _as_form.__signature__ = signature
            setattr(cls, "as_form", _as_form)
            return cls
        @as_form
        class Given(BaseModel):
            name: str
            size: int = 10
        def endpoint(given: Given = Depends(Given.as_form)): ...
        """,
    "metaclasses that make the objects of their classes": """
        class Single(type):
            made = {}
            def __call__(cls, name: str = "main"):
                return cls.made.setdefault(name, super().__call__(name, 1))
        class Anyhow(type):
            def __call__(cls, *args, **kwargs): return super().__call__(*args, **kwargs)
        class Marked(type):
            marks = ("a", "b")
        class Mail(metaclass=Single):
            def __init__(self, name: str, size: int): ...
        class Letter(Mail):
            def __init__(self, name: str, size: int, colour: str): ...
        class Parcel(metaclass=Anyhow):
            def __init__(self, weight: int): ...
        class Card(metaclass=Marked):
            def __init__(self, text: str): ...
        def endpoint(
            mail: Mail = Depends(), letter: Letter = Depends(), parcel: Parcel = Depends(), card: Card = Depends()
        ): ...
        """,
    "a parameter more": """
        def with_user(function):
            @wraps(function)
            def wrapper(*args, **kwargs): return function(*args, **kwargs)
            signature = inspect.signature(function)
            user = Parameter("user", Parameter.KEYWORD_ONLY, default=Depends(get_user), annotation=str)
            wrapper.__signature__ = signature.replace(parameters=[*signature.parameters.values(), user])
            return wrapper
        @with_user
        def endpoint(item_id: int, q: str = ""): ...
        """,
    "parameters less": """
        def hide(*names):
            def decorate(function):
                @wraps(function)
                def wrapper(*args, **kwargs): ...
                kept = []
                for name, parameter in inspect.signature(function).parameters.items():
                    if parameter.kind in (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD) or name in names:
                        continue
                    if parameter.annotation is Parameter.empty and parameter.default is not Parameter.empty:
                        parameter = parameter.replace(annotation=int)
                    kept.append(parameter)
                setattr(wrapper, "__signature__", Signature(kept))
                return wrapper
            return decorate
        @hide("secret")
        def endpoint(item_id: int, secret: str, limit=Query(3), *args, user=Depends(get_user), **kwargs): ...
        """,
    "the attributes of a class": """
        from typing import get_type_hints
        def controller(cls):
            hints = get_type_hints(cls)
            defaults = {name: getattr(cls, name) for name in hints if hasattr(cls, name)}
            parameters = [
                Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=hints[name])
                for name, default in defaults.items()
            ]
            def __init__(self, **values): ...
            own = Parameter("self", Parameter.POSITIONAL_OR_KEYWORD)
            __init__.__signature__ = Signature([own, *parameters])
            cls.__init__ = __init__
            return cls
        class Base:
            page: int = 1
            missing: str
        @controller
        class View(Base):
            user: str = Depends(get_user)
            page: int = 2
        def endpoint(item_id: int, view: View = Depends(View)): ...
        """,
    "a request that is added when there is none": """
        def limited(function):
            signature = inspect.signature(function)
            if not any(own.annotation == Request for own in signature.parameters.values()):
                own = Parameter("request", Parameter.KEYWORD_ONLY, annotation=Request)
                parameters = list(signature.parameters.values())
                parameters.append(own)
                signature = signature.replace(parameters=parameters)
            def wrapper(*args, **kwargs): ...
            wrapper.__signature__ = signature
            return wrapper
        @limited
        def endpoint(item_id: int): ...
        """,
}


@pytest.mark.parametrize("case", CASES)
def test_computed_signatures_are_those_of_fastapi(case: str, tmp_path: Path) -> None:
    sources = {"app.py": HEAD + textwrap.dedent(CASES[case])}
    interpreter = linked(sources).interpreter
    endpoint = interpreter.linker.modules["app.py"].scope.names["endpoint"]
    ours = build_dependant(endpoint, "/{item_id}", (), interpreter)
    assert not list(ours.unresolved())
    with imported(sources, tmp_path) as modules:
        theirs = describe_real(real_dependant(modules["app"].endpoint, "/{item_id}"))
    assert describe(ours) == theirs


def test_annotations_and_subscripted_classes_as_dependencies(tmp_path: Path) -> None:
    sources = {"app.py": HEAD + ALIASES}
    interpreter = linked(sources).interpreter
    endpoint = interpreter.linker.modules["app.py"].scope.names["endpoint"]
    ours = describe(build_dependant(endpoint, "/", (), interpreter))["dependencies"]
    with imported(sources, tmp_path) as modules:
        theirs = describe_real(real_dependant(modules["app"].endpoint, "/"))["dependencies"]
    assert [each["parameters"] for each in ours] == [each["parameters"] for each in theirs]
    assert [[name for _, name, *_ in each["parameters"]] for each in ours] == [["args", "kwargs"]] * 2 + [["limit"]]


def test_what_is_known_of_a_signature_is_there() -> None:
    source = (
        HEAD
        + """
def searched(registry):
    def decorate(function):
        @wraps(function)
        def wrapper(*args, **kwargs): ...
        signature = inspect.signature(function)
        parameters = list(signature.parameters.values())
        parameters.pop()
        for query in registry:
            parameters.append(Parameter(query.name, Parameter.KEYWORD_ONLY, default=Query(None)))
        wrapper.__signature__ = signature.replace(parameters=parameters)
        return wrapper
    return decorate
app = FastAPI()
@app.get("/{item_id}")
@searched(open("queries"))
def endpoint(item_id: int, user=Depends(get_user), **filters): ...
"""
    )
    dependant = route_of(project_of(source), "GET /{item_id}").dependant
    assert dependant.unknown == "its signature is computed"
    assert [parameter.name for parameter in dependant.parameters][:1] == ["item_id"]
    assert [below.qualified_name for below in dependant.dependencies] == ["main.get_user"]
