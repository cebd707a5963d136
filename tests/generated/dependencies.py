"""Dependencies: the ways of depending on something. What that is the module of callables says."""

from __future__ import annotations

import sys
from collections.abc import Callable

from generated.carriers import carried
from generated.choices import Choices
from generated.definitions import Definer, made
from generated.imports import use
from generated.parameters import Parameter, parameter
from generated.source import Scope
from generated.texts import word

ROLES = ("dependencies",)
PARAMETER_NAMES = ("user", "db", "session", "guard", "pages", "service")
User = Callable[[Choices, Scope, str], str]
"""Makes an expression for a callable from that for what was defined."""
_FORMS: dict[str, tuple[int, Definer, User]] = {}


def callable_form(weight: int = 1, use_as: User = lambda choices, scope, text: text) -> Callable[[Definer], Definer]:
    """Adds a way of defining something to depend on at the top level of a module.

    Args:
        weight: how often it is taken, compared to others.
        use_as: makes the expression for the callable.
    """

    def add(define: Definer) -> Definer:
        _FORMS[define.__name__] = (weight, define, use_as)
        return define

    return add


def dependency(choices: Choices, scope: Scope) -> str:
    """An expression for something to depend on."""
    known = scope.known("dependency")
    if known and choices.chance("known", 60):
        return choices.element("of", known)
    form = choices.pick("form", [name for name, (weight, _, _) in _FORMS.items() for _ in range(weight)] + ["lambda"])
    if form == "lambda":
        text = choices.pick("lambda", ["(lambda: None)", "(lambda q=1: q)", "(lambda trace: trace)"])
    else:
        _, define, use_as = _FORMS[form]
        symbol = made(choices, scope, f"dependency {form}", define, *ROLES)
        text = use_as(choices.within("use"), scope, use(choices, scope, symbol))
    return carried(choices.within("carried"), scope, text, 15)


def dependency_parameter(choices: Choices, scope: Scope, in_endpoint: bool = False) -> Parameter:
    """A parameter that is a dependency."""
    name = choices.pick("name", PARAMETER_NAMES)
    style = choices.pick("style", ["default", "annotated", "alias", "class"])
    if scope.module.lazy and (style == "annotated" or scope.is_local or scope.is_class):
        style = "default"  # FastAPI knows no names of functions and classes, and evaluates anew what it knows
    if style == "alias":
        return Parameter(name, use(choices, scope, made(choices, scope, "dependency alias", _alias, *ROLES)))
    if style == "class":
        return _of_annotation(choices, scope, name)
    marker = depends(choices.within("depends"), scope, in_endpoint)
    if style == "annotated":
        annotation = choices.pick("annotation", ["object", "int"])
        default = "None" if choices.chance("default", 10) else ""
        return Parameter(name, f"{scope.get('typing.Annotated')}[{annotation}, {marker}]", default)
    return Parameter(name, choices.pick("annotation", ["", "object"]), marker)


def dependency_list(choices: Choices, scope: Scope) -> str:
    """An expression for what ``dependencies=`` takes."""
    items = [depends(node, scope, True) for node in choices.several("item", 1, 2)]
    if choices.chance("constant", 15):
        return use(choices, scope, made(choices, scope, "dependency list", _constant_list, *ROLES))
    form = choices.pick("form", ["list", "list", "list", "sum", "starred", "condition", "tuple", "comprehension"])
    listed = f"[{', '.join(items)}]"
    if form == "sum":
        listed += f" + [{depends(choices.within('more'), scope)}]"
    elif form == "starred":
        listed = f"[*{listed}]"
    elif form == "condition":
        listed = f"({listed} if {choices.pick('test', ['True', 'not None', '1 > 0'])} else [])"
    elif form == "tuple":
        listed = f"({''.join(f'{item}, ' for item in items)})"
    elif form == "comprehension":
        callables = [dependency(node, scope) for node in choices.several("called", 1, 2)]
        listed = f"[{scope.get('fastapi.Depends')}(call) for call in [{', '.join(callables)}]]"
    return carried(choices.within("carried"), scope, listed)


def depends(choices: Choices, scope: Scope, may_end_early: bool = False) -> str:
    """``Depends(…)`` or ``Security(…)``; ``may_end_early`` when it may be of function scope."""
    if choices.chance("constant", 12):
        return use(choices, scope, made(choices, scope, "marker", _marker, *ROLES))
    call = dependency(choices, scope)
    keyword = "dependency=" if choices.chance("keyword", 15) else ""
    if choices.chance("security", 20):
        scopes = ", ".join(word(node, scope) for node in choices.several("scope", 0, 2))
        return f"{scope.get('fastapi.Security')}({keyword}{call}, scopes=[{scopes}])"
    options = ", use_cache=False" if choices.chance("use_cache", 10) else ""
    if may_end_early and choices.chance("function scope", 10):
        options += ', scope="function"'
    return f"{scope.get('fastapi.Depends')}({keyword}{call}{options})"


def _of_annotation(choices: Choices, scope: Scope, name: str) -> Parameter:
    """``pages: Pages = Depends()``."""
    _, define, _ = _FORMS["class_"]
    cls = use(choices, scope, made(choices, scope, "dependency class_", define, *ROLES))
    marker = f"{scope.get('fastapi.Depends')}()"
    if choices.chance("annotated", 50):
        return Parameter(name, f"{scope.get('typing.Annotated')}[{cls}, {marker}]")
    return Parameter(name, cls, marker)


def _marker(choices: Choices, top: Scope) -> str:
    name = top.fresh("CURRENT_USER")
    top.write(f"{name} = {depends(choices.within('marker'), top)}")
    return name


def _constant_list(choices: Choices, top: Scope) -> str:
    name = top.fresh("PROTECTED")
    top.write(f"{name} = {dependency_list(choices.within('list'), top)}")
    return name


def _alias(choices: Choices, top: Scope) -> str:
    name = top.fresh("CurrentUser")
    marker = depends(choices.within("depends"), top)
    keyword = "type " if sys.version_info >= (3, 12) and choices.chance("type", 30) else ""
    top.write(f"{keyword}{name} = {top.get('typing.Annotated')}[object, {marker}]")
    return name


def inner_parameters(choices: Choices, scope: Scope) -> list[Parameter]:
    """The parameters of a dependency."""
    found = [parameter(node, scope) for node in choices.several("parameter", 0, 2)]
    depending = [node for node in choices.several("depends", 0, 1) if node.chance("deeper", 60)]
    return found + [dependency_parameter(node, scope) for node in depending]
