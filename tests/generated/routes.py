"""Routes: how endpoints are registered on a router, at which paths and with which options."""

from __future__ import annotations

from generated import annotations as types
from generated.arguments import as_arguments, common_options
from generated.carriers import carried
from generated.choices import Choices
from generated.contents import content
from generated.dependencies import dependency_list
from generated.endpoints import RESPONSES, PathNames, endpoint, endpoint_name, write_endpoint
from generated.names import NOUNS, PATH_NAMES
from generated.source import Scope
from generated.texts import prefix, tags, word

METHODS = ("get", "post", "put", "delete", "patch", "options", "head", "trace")
STATUSES: dict[str, tuple[tuple[str, str], ...]] = {
    "201": (("", "201"), ("fastapi.status", "HTTP_201_CREATED"), ("http.HTTPStatus", "CREATED")),
    "202": (("", "202"), ("starlette.status", "HTTP_202_ACCEPTED"), ("http.HTTPStatus", "ACCEPTED")),
    "204": (("", "204"), ("fastapi.status", "HTTP_204_NO_CONTENT"), ("http.HTTPStatus", "NO_CONTENT")),
    "200": (("", "200"), ("fastapi.status", "HTTP_200_OK"), ("http.HTTPStatus", "OK.value")),
}
"""Status codes as they are written: the name from which a member is read, and the member."""


@content(weight=14, in_class=True)
def write_route(choices: Choices, scope: Scope, target: str) -> None:
    """Writes the registration of a route on the router ``target``."""
    if choices.chance("websocket", 8):
        _write_websocket(choices, scope, target)
    elif choices.chance("by call", 35) and not scope.is_class:
        _write_call(choices, scope, target)
    else:
        _write_decorated(choices, scope, target)


def _write_decorated(choices: Choices, scope: Scope, target: str) -> None:
    name = "endpoint" if choices.chance("common name", 15) else endpoint_name(choices, scope)
    text, names = path(choices.within("path"), scope)
    decorators = [_decorator(choices.within("registration"), scope, target, text)]
    for node in choices.several("more", 0, 2):
        if node.chance("is", 20):
            another, more = path(node.within("path"), scope)
            names.update(more)
            decorators.append(_decorator(node, scope, target, another))
    if scope.is_class and choices.chance("static", 25):
        decorators.insert(choices.pick("static first", [0, len(decorators)]), "staticmethod")
    write_endpoint(choices.within("endpoint"), scope, name, names, tuple(decorators))


def _decorator(choices: Choices, scope: Scope, target: str, text: str) -> str:
    """The registering decorator without its ``@``."""
    keyword = "path=" if choices.chance("keyword", 10) else ""
    given = options(choices.within("options"), scope)
    if choices.chance("api_route", 15):
        return f"{target}.api_route({', '.join([keyword + text, *given, f'methods={methods(choices, scope)}'])})"
    return f"{target}.{choices.pick('method', METHODS)}({', '.join([keyword + text, *given])})"


def _write_call(choices: Choices, scope: Scope, target: str) -> None:
    """A registration without decorator syntax."""
    text, names = path(choices.within("path"), scope)
    handler = endpoint(choices.within("endpoint"), scope, names)
    given = options(choices.within("options"), scope)
    form = choices.pick("form", ["add_api_route", "add_api_route", "applied", "add by keyword", "getattr", "bound"])
    if form == "applied":
        scope.write(f"{target}.{choices.pick('method', METHODS)}({', '.join([text, *given])})({handler})")
        return
    if form == "getattr":
        method = word_of_method(choices, scope)
        scope.write(f"getattr({target}, {method})({', '.join([text, *given])})({handler})")
        return
    if choices.chance("methods", 70):
        given.append(f"methods={methods(choices, scope)}")
    if form == "bound":
        name = scope.fresh("add")
        scope.write(f"{name} = {target}.add_api_route", f"{name}({', '.join([text, handler, *given])})")
    elif form == "add by keyword":
        scope.write(f"{target}.add_api_route({', '.join([f'path={text}', f'endpoint={handler}', *given])})")
    else:
        scope.write(f"{target}.add_api_route({', '.join([text, handler, *given])})")


def word_of_method(choices: Choices, scope: Scope) -> str:
    """An expression for the name of a registering method."""
    return carried(choices.within("name"), scope, f'"{choices.pick("method", METHODS)}"')


def methods(choices: Choices, scope: Scope) -> str:
    """An expression for ``methods=``."""
    names = list(dict.fromkeys(node.pick("name", METHODS) for node in choices.several("method", 1, 2))) or ["get"]
    texts = [f'"{name.upper()}"' if choices.chance(f"upper {name}", 70) else f'"{name}"' for name in names]
    form = choices.pick("methods form", ["[{}]", "({},)", "{{{}}}"])
    return carried(choices.within("methods"), scope, form.format(", ".join(texts)))


def _write_websocket(choices: Choices, scope: Scope, target: str) -> None:
    text, names = path(choices.within("path"), scope)
    given = [f"dependencies={dependency_list(choices.within('list'), scope)}"] if choices.chance("list", 30) else []
    if choices.chance("by call", 40) and not scope.is_class:
        handler = endpoint(choices.within("endpoint"), scope, names, socket=True)
        scope.write(f"{target}.add_api_websocket_route({', '.join([text, handler, *given])})")
        return
    name = endpoint_name(choices, scope)
    decorator = f"{target}.websocket({', '.join([text, *given])})"
    write_endpoint(choices.within("endpoint"), scope, name, names, (decorator,), socket=True)


def path(choices: Choices, scope: Scope) -> tuple[str, PathNames]:
    """An expression for the path of a route, and the parameters in it that are known."""
    names: PathNames = {}
    for node in choices.several("parameter", 0, 2):
        name = node.pick("name", PATH_NAMES)
        if name not in names:
            names[name] = node.pick("convertor", ["", "", "", "int", "path", "float", "uuid"])
    tail = "".join(f"/{{{name}{':' if convertor else ''}{convertor}}}" for name, convertor in names.items())
    noun = choices.pick("noun", NOUNS)
    form = choices.pick("form", ["plain", "plain", "root", "slash", "known", "sum", "formatted"])
    if form == "known":
        return carried(choices.within("carried"), scope, f'"/{noun}{tail}"'), names
    if form == "sum":
        return f'{prefix(choices.within("prefix"), scope)} + "{tail}"' if tail else prefix(choices, scope), names
    if form == "formatted":
        value = scope.fresh("part")
        scope.write(f"{value} = {word(choices.within('word'), scope)}")
        escaped = tail.replace("{", "{{").replace("}", "}}")
        return f'f"/{{{value}}}{escaped}"', names
    text = {"plain": f"/{noun}{tail}", "root": tail or "/", "slash": f"/{noun}{tail}/"}[form]
    return f'"{text}"', names


def options(choices: Choices, scope: Scope) -> list[str]:
    """The keyword arguments of a registration."""
    found: dict[str, str] = {}
    if choices.chance("status", 35):
        status = choices.pick("status code", list(STATUSES))
        found["status_code"] = _status(choices.within("status"), scope, status)
        if status == "204":
            found["response_model"] = "None"
    if "response_model" not in found and choices.chance("model", 30):
        form = choices.pick("model form", ["structured", "none", "scalar"])
        found["response_model"] = (
            "None"
            if form == "none"
            else (types.structured if form == "structured" else types.simple)(choices.within("model"), scope)
        )
    if choices.chance("tags", 25):
        found["tags"] = tags(choices.within("tags"), scope)
    if choices.chance("dependencies", 20):
        found["dependencies"] = dependency_list(choices.within("dependencies"), scope)
    if choices.chance("operation id", 12):
        found["operation_id"] = word(choices.within("operation"), scope)
    if choices.chance("summary", 8):
        found["summary"] = '"what it does"'
    if choices.chance("nothing", 10):
        nothing = ["tags", "dependencies", "status_code", "operation_id", "responses", "name"]
        found.setdefault(choices.pick("what", nothing), "None")
    if choices.chance("response class", 8):
        found["response_class"] = scope.get(choices.pick("class", RESPONSES))
    return as_arguments(choices, scope, found | common_options(choices, scope))


def _status(choices: Choices, scope: Scope, status: str) -> str:
    owner, member = choices.pick("form", STATUSES[status])
    text = f"{scope.get(owner)}.{member}" if owner else member
    return carried(choices.within("carried"), scope, text)
