"""Routers: how they are made, and how an expression comes by one that has routes."""

from __future__ import annotations

from collections.abc import Callable

from generated.annotations import model
from generated.arguments import as_arguments, call, shared_options
from generated.carriers import carried
from generated.choices import Choices
from generated.contents import fill
from generated.definitions import Definer, made
from generated.dependencies import dependency, depends
from generated.imports import use
from generated.router_classes import route_class, router_class
from generated.source import Scope
from generated.texts import prefix, word

ROLES = ("routers",)
User = Callable[[Choices, Scope, str], str]
"""Makes an expression for a router from that for what was defined."""
_FORMS: dict[str, tuple[Definer, User]] = {}


def router_form(use_as: User = lambda choices, scope, text: text) -> Callable[[Definer], Definer]:
    """Adds a way of defining routers at the top level of a module.

    Args:
        use_as: makes the expression for the router.
    """

    def add(define: Definer) -> Definer:
        _FORMS[define.__name__] = (define, use_as)
        return define

    return add


def router(choices: Choices, scope: Scope) -> str:
    """An expression for a router that has routes."""
    form = choices.pick("form", [*_FORMS, "local", "in_module"])
    if form == "local" and not scope.is_class:
        text = _local(choices, scope)
    else:
        define, use_as = _FORMS.get(form) or _FORMS["in_module"]
        symbol = made(choices, scope, f"router {form}", define, *ROLES)
        text = use_as(choices.within("use"), scope, use(choices, scope, symbol))
    return carried(choices.within("carried"), scope, text)


def construction(choices: Choices, scope: Scope) -> str:
    """A call that makes an empty router."""
    found = shared_options(choices.within("options"), scope, 55)
    if choices.chance("route_class", 8):
        found["route_class"] = use(choices, scope, made(choices, scope, "route class", route_class, *ROLES))
    if choices.chance("subclass", 20):
        cls = use(choices, scope, made(choices, scope, "router class", router_class, *ROLES))
    else:
        cls = scope.get("fastapi.APIRouter")
    return call(cls, *as_arguments(choices, scope, found))


def _local(choices: Choices, scope: Scope) -> str:
    name = scope.fresh("own_router")
    scope.write(f"{name} = {construction(choices.within('made'), scope)}")
    fill(choices.within("fill"), scope, name, 1, 2)
    return name


@router_form()
def in_module(choices: Choices, top: Scope) -> str:
    """A variable of a module."""
    module, name = top.module, "router"
    if module.has_router or choices.chance("named", 30):
        name = top.fresh("users_router")
    else:
        module.has_router = True
    top.write(f"{name} = {construction(choices.within('made'), top)}")
    if choices.chance("changed", 8):
        fill(choices.within("before"), top, name, 1, 1)
        change = choices.pick(
            "change", ["tags.append({0})", "tags.extend([{0}])", "dependencies.append({1})", "tags = [{0}]"]
        )
        top.write(f"{name}.{change}".format(word(choices.within("tag"), top), depends(choices.within("guard"), top)))
    fill(choices.within("fill"), top, name, 1, 3)
    return name


def _call_factory(choices: Choices, scope: Scope, factory: str) -> str:
    arguments = [word(choices.within("word"), scope)]
    if choices.chance("prefix", 60):
        keyword = "path=" if choices.chance("prefix by keyword", 50) else ""
        arguments.append(keyword + prefix(choices.within("prefix"), scope))
    if choices.chance("guard", 60):
        arguments.append(f"guard={dependency(choices.within('guard'), scope)}")
    if choices.chance("schema", 70):
        arguments.append(f"schema={model(choices.within('model'), scope)}")
    return call(factory, *arguments)


@router_form(_call_factory)
def factory(choices: Choices, top: Scope) -> str:
    """A function that makes a router from a word, a prefix, a dependency and a model."""
    name = top.fresh("build_router")
    with top.block(f"def {name}(noun, path='/made', *, guard=None, schema=dict):", is_function=True) as body:
        body.know("word", "noun")
        body.know("prefix", "path")
        body.know("model class", "schema")
        local = body.fresh("made")
        body.write("if guard is None:", "    guard = lambda: None")
        body.know("dependency", "guard")
        body.write(f"{local} = {construction(choices.within('made'), body)}")
        fill(choices.within("fill"), body, local, 1, 3)
        body.write(f"return {local}")
    return name
