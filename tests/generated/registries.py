"""Registries: endpoints that are collected first, or registered by helpers of the project's own."""

from __future__ import annotations

from generated.choices import Choices
from generated.contents import content
from generated.endpoints import endpoint, endpoint_name, endpoint_parameters, write_endpoint
from generated.functions import write_function
from generated.routes import METHODS, methods, path
from generated.source import Scope
from generated.texts import word


@content(weight=1)
def write_collected(choices: Choices, scope: Scope, target: str) -> None:
    """Functions that a decorator puts into a list, and a loop that registers them."""
    registry, collect = scope.fresh("registry"), scope.fresh("collect")
    is_dict = choices.chance("dict", 50)
    scope.write(f"{registry} = {'{}' if is_dict else '[]'}")
    added = f"{registry}[path] = function" if is_dict else f"{registry}.append((path, function))"
    scope.write(f"def {collect}(path):", "    def decorate(function):", f"        {added}")
    scope.write("        return function", "    return decorate")
    for node in choices.several("function", 1, 2):
        text, names = path(node.within("path"), scope)
        write_endpoint(node, scope, endpoint_name(node, scope), names, (f"{collect}({text})",))
    url, function = scope.fresh("url"), scope.fresh("function")
    scope.write(f"for {url}, {function} in {registry}{'.items()' if is_dict else ''}:")
    method = choices.pick("method", METHODS)
    form = choices.pick("form", [f"{target}.add_api_route({url}, {function})", f"{target}.{method}({url})({function})"])
    scope.write(f"    {form}")


@content(weight=1)
def write_by_helper(choices: Choices, scope: Scope, target: str) -> None:
    """A function that is registered by a decorator which the project made of the router's own."""
    helper = scope.fresh("endpoint")
    form = choices.pick("form", ["add", "partial", "lambda", "stacked"])
    if form == "add":
        scope.write(f"def {helper}(path, **options):", "    def decorate(function):")
        scope.write(f"        {target}.add_api_route(path, function, **options)", "        return function")
        scope.write("    return decorate")
    elif form == "partial":
        tag = word(choices.within("tag"), scope)
        scope.write(f"{helper} = {scope.get('functools.partial')}({target}.get, tags=[{tag}])")
    elif form == "lambda":
        scope.write(f"{helper} = lambda path: {target}.put(path, deprecated=True)")
    else:
        scope.write(f"def {helper}(path):", "    def decorate(function):")
        scope.write(f"        return {target}.get(path)({target}.post(path)(function))", "    return decorate")
    for node in choices.several("function", 1, 2):
        text, names = path(node.within("path"), scope)
        write_endpoint(node, scope, endpoint_name(node, scope), names, (f"{helper}({text})",))


@content(weight=1)
def write_table(choices: Choices, scope: Scope, target: str) -> None:
    """A table of routes, and a loop that registers them."""
    table, entry = scope.fresh("ROUTES"), scope.fresh("entry")
    rows = []
    for node in choices.several("row", 1, 2):
        text, names = path(node.within("path"), scope)
        rows.append((text, endpoint(node.within("endpoint"), scope, names), methods(node, scope)))
    form = choices.pick("form", ["dicts", "tuples", "nested", "records"])
    if form == "dicts":
        items = [f'{{"path": {text}, "endpoint": {handler}, "methods": {names}}}' for text, handler, names in rows]
        scope.write(
            f"{table} = [{', '.join(items)}]", f"for {entry} in {table}:", f"    {target}.add_api_route(**{entry})"
        )
    elif form == "tuples":
        items = [f"({text}, {handler}, {names})" for text, handler, names in rows]
        scope.write(f"{table} = [{', '.join(items)}]", f"for {entry} in {table}:")
        scope.write(f"    {target}.add_api_route(*{entry}[:2], methods={entry}[2])")
    elif form == "nested":
        items = [f'{text}: {{"GET": {handler}}}' for text, handler, _ in rows]
        url, method, handler = scope.fresh("url"), scope.fresh("method"), scope.fresh("handler")
        scope.write(f"{table} = {{{', '.join(items)}}}", f"for {url}, {entry} in {table}.items():")
        scope.write(f"    for {method}, {handler} in {entry}.items():")
        scope.write(f"        getattr({target}, {method}.lower())({url})({handler})")
    else:
        cls = scope.fresh("Row")
        scope.write(f"{cls} = {scope.get('collections.namedtuple')}('{cls}', 'path endpoint methods')")
        items = [f"{cls}({text}, {handler}, methods={names})" for text, handler, names in rows]
        scope.write(f"{table} = ({''.join(f'{item}, ' for item in items)})", f"for {entry} in {table}:")
        scope.write(f"    {target}.add_api_route({entry}.path, {entry}.endpoint, methods={entry}.methods)")


@content(weight=1)
def write_view(choices: Choices, scope: Scope, target: str) -> None:
    """A class with a method for each HTTP method, registered by a helper."""
    name, view = scope.fresh("ItemView"), scope.fresh("view")
    text, names = path(choices.within("path"), scope)
    handled = list(dict.fromkeys(node.pick("name", METHODS[:5]) for node in choices.several("method", 1, 2)))
    parameters = {method: endpoint_parameters(choices.within(method), scope, names) for method in handled}
    with scope.block(f"class {name}:", is_class=True) as body:
        for method, own in parameters.items():
            write_function(choices.within(method), body, method, own, receiver="self")
    method, handler = scope.fresh("method"), scope.fresh("handler")
    scope.write(f"{view} = {name}()", f'for {method} in ("get", "post", "put", "delete", "patch"):')
    scope.write(f"    {handler} = getattr({view}, {method}, None)", f"    if {handler} is not None:")
    scope.write(f"        {target}.add_api_route({text}, {handler}, methods=[{method}.upper()])")


@content(weight=1)
def write_subclasses(choices: Choices, scope: Scope, target: str) -> None:
    """Classes that a base class collects, each with an endpoint."""
    base, known = scope.fresh("Action"), scope.fresh("actions")
    scope.write(f"{known} = []")
    form = choices.pick("form", ["decorator", "hook"])
    if form == "decorator":
        scope.write(f"def {base}(cls):", f"    {known}.append(cls)", "    return cls")
    else:
        scope.write(f"class {base}:", "    def __init_subclass__(cls, **kwargs):", f"        {known}.append(cls)")
    for node in choices.several("class", 1, 2):
        name = scope.fresh("OwnAction")
        parameters = endpoint_parameters(node.within("parameters"), scope, {})
        text, _ = path(node.within("path"), scope)
        header = [f"@{base}", f"class {name}:"] if form == "decorator" else [f"class {name}({base}):"]
        with scope.block(*header, is_class=True) as body:
            body.write(f"url = {text}")
            write_function(node, body, "run", parameters, receiver="self")
    cls = scope.fresh("action")
    scope.write(f"for {cls} in {known}:", f"    {target}.add_api_route({cls}.url, {cls}().run)")
