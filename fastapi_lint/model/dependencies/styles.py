"""The two ways to declare a parameter: ``= Depends(…)`` as its default, or ``Annotated[…, Depends(…)]``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.dependencies.dependants import reader_of
from fastapi_lint.model.dependencies.markers import is_placed, read_dependency_marker
from fastapi_lint.model.types import split_annotated
from fastapi_lint.model.values import Value

if TYPE_CHECKING:
    from fastapi_lint.model.interpreter.interpreter import Interpreter


@dataclass(frozen=True, slots=True)
class Styles:
    """The names of the parameters of a function that FastAPI's markers declare, by where the marker stands; those that
    are defaults with their values."""

    function: FunctionDefinition
    by_default: Mapping[str, Value]
    annotated: tuple[str, ...]


def styles_of(functions: Iterable[FunctionDefinition], interpreter: Interpreter) -> list[Styles]:
    """How endpoints and dependencies declare their parameters, each function once, those without markers left out."""
    found: list[Styles] = []
    for function in dict.fromkeys(functions):
        by_default: dict[str, Value] = {}
        annotated: list[str] = []
        for parameter in reader_of(interpreter).signatures.read(function).parameters:
            if parameter.default is not None and _is_marker(parameter.default):
                by_default[parameter.name] = parameter.default
            elif parameter.annotation is not None and any(map(_is_marker, split_annotated(parameter.annotation)[1])):
                annotated.append(parameter.name)
        if by_default or annotated:
            found.append(Styles(function, by_default, tuple(annotated)))
    return found


def _is_marker(value: Value | None) -> bool:
    return read_dependency_marker(value) is not None or is_placed(value)
