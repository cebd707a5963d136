"""Edits of the parameters of functions."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum

from fastapi_lint.diagnostics import Edit
from fastapi_lint.facts.expressions import Call, Constant, Expression, Name, Parameter
from fastapi_lint.facts.search import around, walk
from fastapi_lint.facts.statements import Function, ImportFrom
from fastapi_lint.model.dependencies.parameters import RouteParameter
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.editing.imports import imported_as, reference
from fastapi_lint.model.editing.items import has_comment
from fastapi_lint.model.values import ExternalResult, Site
from fastapi_lint.text.edits import apply_edits

_ANNOTATED = ("typing.Annotated", "typing_extensions.Annotated")
_BOUNDS = ("gt", "ge", "lt", "le")
"""The arguments of markers that limit a number."""


class Marker(Enum):
    """What a marker such as ``Query(…)`` that is the default of a parameter says of its own default."""

    NOTHING = 0
    REQUIRED = 1
    """``...``"""
    DEFAULT = 2


def default_none(editor: Editor, site: Site) -> Edit | None:
    """The edit that gives a parameter the default None, or its marker if that is its default; None where one without
    default follows."""
    found = parameter_at(editor, site)
    if found is None:
        return None
    function, parameter = found
    behind = function.parameters[function.parameters.index(parameter) + 1 :]
    if any(one.form == parameter.form == "ordinary" and one.default is None for one in behind):
        return None
    if isinstance(parameter.default, Call):
        return editor.insert_argument(parameter.default, "None")
    end = editor.parameter_ends(function).get(parameter)
    space = " " if parameter.annotation is not None else ""
    return editor.insert(end, f"{space}={space}None") if end is not None and parameter.default is None else None


def constrained(editor: Editor, parameter: RouteParameter, keyword: str, value: str) -> Iterator[Edit | None]:
    """The edits that give a query parameter a constraint: in its marker, or in a new one, which stands in ``Annotated``
    unless the module does without. Among them is None where it can't be given.

    Args:
        editor: of the module.
        parameter: without such a constraint.
        keyword: the argument of ``Query``.
        value: of the argument.
    """
    if parameter.marker is not None:
        made = parameter.marker.value
        call = editor.call(made.site) if isinstance(made, ExternalResult) and made.site is not None else None
        yield _with_constraint(editor, call, f"{keyword}={value}") if call is not None else None
        return
    found = parameter_at(editor, parameter.site) if parameter.site is not None else None
    query = reference(editor, "fastapi.Query")
    if found is None or found[1].annotation is None or query is None:
        yield None
        return
    default, annotation = found[1].default, found[1].annotation
    yield from query.edits
    if default is not None and not query.edits and imported_as(editor, *_ANNOTATED) is None:
        yield editor.insert(default.start, f"{query.text}(")
        yield editor.insert(default.end, f", {keyword}={value})")
        return
    annotated = reference(editor, *_ANNOTATED)
    yield from annotated.edits if annotated is not None else [None]
    yield editor.insert(annotation.start, f"{annotated.text if annotated is not None else ''}[")
    yield editor.insert(annotation.end, f", {query.text}({keyword}={value})]")


def _with_constraint(editor: Editor, call: Call, text: str) -> Edit | None:
    """The edit that adds a constraint to a marker: behind another one, or at the end."""
    last = next((one.keyword for one in reversed(call.arguments) if one.keyword in _BOUNDS), None)
    return editor.add_argument(call, text, behind=last)


def parameter_at(editor: Editor, site: Site) -> tuple[Function, Parameter] | None:
    """The function and the parameter that stand at a place of the module, or None."""
    functions = [fact for fact in around(editor.module.facts.body, site.start, site.end) if isinstance(fact, Function)]
    for function in reversed(functions):
        for parameter in function.parameters:
            if parameter.start == site.start:
                return function, parameter
    return None


def with_annotated(editor: Editor, function: Function, markers: Mapping[str, Marker]) -> tuple[list[Edit | None], bool]:
    """The edits that move markers from defaults into ``Annotated``, and whether the order of parameters stays: one
    without default can't follow one with. Among the edits is None where a marker can't be moved.

    Args:
        editor: of the module.
        function: whose parameters they are.
        markers: the markers to move, by the name of the parameter.
    """
    annotated = reference(editor, *_ANNOTATED)
    if annotated is None:
        return [None], True
    moved = [part for one in function.parameters if one.name in markers for part in (one.annotation, one.default)]
    if _postpones_annotations(editor) and not all(_is_global(editor, name) for name in _names(moved)):
        return [None], True
    edits: dict[Parameter, list[Edit | None]] = {
        parameter: list(_annotated(editor, annotated.text, parameter, markers[parameter.name]))
        for parameter in function.parameters
        if parameter.name in markers
    }
    ordinary = [parameter for parameter in function.parameters if parameter.form == "ordinary"]
    with_default = [
        parameter.default is not None and markers.get(parameter.name, Marker.DEFAULT) is Marker.DEFAULT
        for parameter in ordinary
    ]
    made = [edit for of_one in edits.values() for edit in of_one]
    if with_default == sorted(with_default):
        return [*annotated.edits, *made], True
    order = sorted(ordinary, key=lambda parameter: with_default[ordinary.index(parameter)])
    return [*annotated.edits, *_in_order(editor, ordinary, order, editor.parameter_ends(function), edits)], False


def _postpones_annotations(editor: Editor) -> bool:
    """Whether annotations of a module are texts, which FastAPI evaluates with the names of the module alone."""
    return any(
        isinstance(statement, ImportFrom)
        and statement.module == "__future__"
        and any(name == "annotations" for name, _ in statement.names)
        for statement in editor.module.facts.body
    )


def _names(nodes: Iterable[Expression | None]) -> Iterator[Name]:
    return (node for node in walk([node for node in nodes if node is not None]) if isinstance(node, Name))


def _is_global(editor: Editor, name: Name) -> bool:
    return hasattr(builtins, name.id) or editor.is_global(name)


def _annotated(editor: Editor, annotated: str, parameter: Parameter, marker: Marker) -> Iterator[Edit | None]:
    """The edits that move the marker of one parameter."""
    annotation, call = parameter.annotation, parameter.default
    if annotation is None or isinstance(annotation, Constant) or not isinstance(call, Call):
        yield None
        return
    between = editor.text[annotation.end : call.start]
    if between.strip(" ") != "=" or editor.text[parameter.start : annotation.start].strip(" ")[-1:] != ":":
        yield None  # parentheses, or lines
        return
    yield editor.insert(annotation.start, f"{annotated}[")
    yield editor.edit(annotation.end, call.start, ", ")
    default = ""
    if marker is not Marker.NOTHING:
        stated = next((one for one in call.arguments if one.keyword in (None, "default")), None)
        if stated is None or stated.star:
            yield None
            return
        yield editor.remove_argument(call, stated.keyword)
        default = f" = {editor.written(stated.value)}" if marker is Marker.DEFAULT else ""
    yield editor.insert(call.end, f"]{default}")


def _in_order(
    editor: Editor,
    before: Sequence[Parameter],
    after: Sequence[Parameter],
    ends: Mapping[Parameter, int],
    edits: Mapping[Parameter, Sequence[Edit | None]],
) -> Iterator[Edit | None]:
    """The edits that write parameters in another order, each with its own edits; None where comments stand among
    them."""
    if has_comment(editor.text[before[0].start : ends[before[-1]]]):
        yield None
        return
    for slot, parameter in zip(before, after):
        own = edits.get(parameter, ())
        if slot is parameter:
            yield from own
            continue
        spans = [(edit.start - parameter.start, edit.end - parameter.start, edit.replacement) for edit in own if edit]
        if len(spans) < len(own):
            yield None
            return
        written = editor.text[parameter.start : ends[parameter]]
        yield editor.edit(slot.start, ends[slot], apply_edits(written, spans))
