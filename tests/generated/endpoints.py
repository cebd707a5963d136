"""Endpoints: the callables that handle routes."""

from __future__ import annotations

from generated import annotations as types
from generated.carriers import carried
from generated.choices import Choices
from generated.definitions import made
from generated.dependencies import dependency_parameter
from generated.functions import decorator, write_function
from generated.imports import use
from generated.names import NOUNS, VERBS
from generated.parameters import Parameter, parameter, path_parameter, quoted
from generated.source import Scope

RESPONSES = ("fastapi.Response", "fastapi.responses.JSONResponse", "fastapi.responses.HTMLResponse")
PathNames = dict[str, str]
"""The names of the parameters in a path, and the convertor of each, "" where there is none."""


def endpoint_name(choices: Choices, scope: Scope) -> str:
    """A name for an endpoint."""
    return scope.fresh(f"{choices.pick('verb', VERBS)}_{choices.pick('noun', NOUNS)}")


def write_endpoint(
    choices: Choices, scope: Scope, name: str, path: PathNames, decorators: tuple[str, ...] = (), socket: bool = False
) -> None:
    """Writes the function of an endpoint.

    Args:
        choices: where the choices are made.
        scope: where it is written.
        name: its name.
        path: the parameters in the path of its route.
        decorators: those that register it, from the top.
        socket: whether it serves a websocket.
    """
    parameters = endpoint_parameters(choices, scope, path, socket)
    returns = "" if socket else return_annotation(choices.within("returns"), scope)
    body: tuple[str, ...] = ()
    if not socket and choices.chance("stream", 4):
        generic = choices.pick("stream type", ["Iterator", "AsyncIterator", "Iterable"])
        returns = f"{scope.get(f'collections.abc.{generic}')}[{types.model(choices, scope)}]"
        body = ("yield None",)
    others = tuple(decorator(node, scope) for node in choices.several("decorator", 0, 2) if node.chance("is", 20))
    write_function(choices, scope, name, parameters, (*decorators, *others), returns, body=body)


def endpoint_parameters(choices: Choices, scope: Scope, path: PathNames, socket: bool = False) -> list[Parameter]:
    """The parameters of an endpoint."""
    found = []
    if socket:
        found.append(Parameter("websocket", scope.get("fastapi.WebSocket")))
    for name, convertor in path.items():
        if not choices.chance(f"without {name}", 10):
            found.append(path_parameter(choices.within(name), scope, name, convertor))
    for name in scope.known("path name"):
        if choices.chance(f"with {name}", 40):
            found.append(Parameter(name, types.scalar(choices.within(name), scope)))
    kinds = "no body" if socket else "all"
    found += [parameter(node, scope, kinds) for node in choices.several("parameter", 0, 2)]
    found += [
        dependency_parameter(node, scope, True) for node in choices.several("depends", 0, 2) if node.chance("is", 60)
    ]
    return found


def return_annotation(choices: Choices, scope: Scope) -> str:
    """A return annotation, or ""."""
    form = choices.pick(
        "form", ["none", "none", "model", "structured", "scalar", "optional", "None", "response", "text"]
    )
    if form in ("none", "None"):
        return "" if form == "none" else "None"
    if form == "response" and choices.chance("own", 30):
        return use(choices, scope, made(choices, scope, "response", _response, "schemas", "dependencies"))
    if form == "response":
        return scope.get(choices.pick("class", RESPONSES))
    if form == "scalar":
        return types.simple(choices, scope)
    if form == "structured":
        return types.structured(choices, scope)
    model = types.model(choices, scope)
    return {"model": model, "optional": types.optional(choices, scope, model), "text": quoted(scope, model)}[form]


def _response(choices: Choices, top: Scope) -> str:
    name = top.fresh("OwnResponse")
    top.write(f"class {name}({top.get(choices.pick('base', RESPONSES))}):", '    media_type = "text/x-own"')
    return name


def endpoint(choices: Choices, scope: Scope, path: PathNames, socket: bool = False) -> str:
    """An expression for an endpoint."""
    known = scope.known("endpoint")
    if known and not socket and choices.chance("known", 50):
        return choices.element("of", known)
    if socket:
        name = endpoint_name(choices, scope)
        write_endpoint(choices.within("function"), scope, name, path, socket=True)
        return name
    form = choices.pick(
        "form", ["here", "shared", "shared", "partial", "method", "instance", "lambda", "wrapped", "made"]
    )
    if form == "here":
        text = endpoint_name(choices, scope)
        write_endpoint(choices.within("function"), scope, text, path)
    elif form == "lambda":
        names = ", ".join(f"{name}=1" for name in path)
        text = choices.pick("lambda", ["(lambda: 1)", f"(lambda {names}: 1)", "(lambda q: q)"])
    elif form == "method":
        text = _method(choices, scope)
    elif form == "instance":
        cls = use(choices, scope, made(choices, scope, "callable class", _callable_class, "dependencies", "routers"))
        text = f"{cls}()"
    elif form == "made":
        factory = use(choices, scope, made(choices, scope, "endpoint factory", _factory, "dependencies", "routers"))
        text = f"{factory}({types.model(choices.within('model'), scope)})"
    else:
        text = use(choices, scope, made(choices, scope, "endpoint", _function, "dependencies", "routers"))
        if form == "partial":
            text = f"{scope.get('functools.partial')}({text})"
        elif form == "wrapped":
            text = f"{decorator(choices.within('decorator'), scope)}({text})"
    return carried(choices.within("carried"), scope, text)


def _function(choices: Choices, top: Scope) -> str:
    name = endpoint_name(choices, top)
    write_endpoint(choices, top, name, {"item_id": ""} if choices.chance("item", 40) else {})
    return name


def _factory(choices: Choices, top: Scope) -> str:
    """A function that makes an endpoint for a model."""
    name = top.fresh("make_endpoint")
    with top.block(f"def {name}(model):", is_function=True) as body:
        body.know("model class", "model")
        write_endpoint(choices, body, "endpoint", {})
        body.write("return endpoint")
    return name


def _callable_class(choices: Choices, top: Scope) -> str:
    name = top.fresh("Handler")
    parameters = endpoint_parameters(choices, top, {})
    with top.block(f"class {name}:", is_class=True) as body:
        write_function(choices, body, "__call__", parameters, receiver="self")
    return name


def _method(choices: Choices, scope: Scope) -> str:
    """A method of a class: bound, static or of the class, perhaps inherited."""
    form = choices.pick("form of method", ["bound", "class", "static"])
    cls = use(choices, scope, made(choices, scope, f"{form} view", _view(form), "dependencies", "routers"))
    return f"{cls}{'()' if form == 'bound' else ''}.handle"


def _view(form: str):
    decorators = {"bound": (), "class": ("classmethod",), "static": ("staticmethod",)}[form]
    receiver = {"bound": "self", "class": "cls", "static": ""}[form]

    def define(choices: Choices, top: Scope) -> str:
        name = top.fresh("View")
        parameters = endpoint_parameters(choices, top, {})
        with top.block(f"class {name}:", is_class=True) as body:
            write_function(choices, body, "handle", parameters, decorators, receiver=receiver)
        if choices.chance("inherited", 25):
            top.write(f"class {name}Own({name}): ...")
            return f"{name}Own"
        return name

    return define
