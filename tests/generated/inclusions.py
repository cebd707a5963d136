"""Inclusions: the ways in which projects include routers in others."""

from __future__ import annotations

from generated.arguments import as_arguments, call, shared_options, starred
from generated.choices import Choices
from generated.contents import content
from generated.definitions import made
from generated.imports import use_module
from generated.routers import ROLES, in_module, router
from generated.source import Scope
from generated.texts import prefix


@content(weight=3)
def write_inclusion(choices: Choices, scope: Scope, target: str) -> None:
    """Writes the inclusion of one router or of several in the router ``target``."""
    forms = [_single, _single, _single, _list, _table, _configurations, _tree, _found, _modules, _rebound]
    choices.pick("form", forms)(choices, scope, target)


def _options(choices: Choices, scope: Scope) -> list[str]:
    return as_arguments(choices, scope, shared_options(choices.within("options"), scope, 45))


def _single(choices: Choices, scope: Scope, target: str) -> None:
    options, child = _options(choices, scope), router(choices.within("router"), scope)
    child = f"router={child}" if choices.chance("keyword", 15) else starred(choices, child)
    scope.write(call(f"{target}.include_router", child, *options))


def _routers(choices: Choices, scope: Scope) -> list[str]:
    return [router(node, scope) for node in choices.several("router", 1, 2)]


def _list(choices: Choices, scope: Scope, target: str) -> None:
    """A loop over routers, in one of the forms that loops have."""
    routers, item, options = _routers(choices, scope), scope.fresh("router"), _options(choices, scope)
    listed, inclusion = f"[{', '.join(routers)}]", call(f"{target}.include_router", item, *options)
    form = choices.pick("list", ["loop", "comprehension", "generator", "constant", "map", "filter", "while"])
    if form == "comprehension":
        scope.write(f"[{inclusion} for {item} in {listed}]")
        return
    if form == "map":
        scope.write(f"list(map({target}.include_router, {listed}))")
        return
    if form == "while":
        pending = scope.fresh("pending")
        scope.write(f"{pending} = {listed}", f"while {pending}:", f"    {target}.include_router({pending}.pop(0))")
        return
    iterable = {"filter": f"filter(None, {listed})", "loop": listed}.get(form, "")
    if form == "constant":
        iterable = scope.fresh("ALL_ROUTERS")
        scope.write(f"{iterable} = []", *(f"{iterable}.append({own})" for own in routers))
    elif form == "generator":
        name = scope.fresh("all_routers")
        scope.write(f"def {name}():", f"    yield from {listed}")
        iterable = f"{name}()"
    scope.write(f"for {item} in {iterable}:", f"    {inclusion}")


def _table(choices: Choices, scope: Scope, target: str) -> None:
    """A loop over routers with their prefixes."""
    routers, item, path = _routers(choices, scope), scope.fresh("router"), scope.fresh("path")
    prefixes = [prefix(choices.within(f"prefix {index}"), scope) for index in range(len(routers))]
    pairs = list(zip(routers, prefixes))
    header = {
        "pairs": f"for {item}, {path} in [{', '.join(f'({own}, {text})' for own, text in pairs)}]:",
        "dict": f"for {path}, {item} in {{{', '.join(f'{text}: {own}' for own, text in pairs)}}}.items():",
        "zip": f"for {item}, {path} in zip([{', '.join(routers)}], [{', '.join(prefixes)}]):",
        "nested": f"for _, ({item}, {path}) in enumerate([{', '.join(f'({own}, {text})' for own, text in pairs)}]):",
    }[choices.pick("table", ["pairs", "dict", "zip", "nested"])]
    options = [option for option in _options(choices, scope) if not option.startswith(("prefix=", "**"))]
    scope.write(header, f"    {call(f'{target}.include_router', item, f'prefix={path}', *options)}")


def _rebound(choices: Choices, scope: Scope, target: str) -> None:
    """One name for several routers, each of which is included before the next one takes the name."""
    name = scope.fresh("current")
    for node in choices.several("router", 1, 2):
        scope.write(f"{name} = {router(node, scope)}", call(f"{target}.include_router", name, *_options(node, scope)))


def _configurations(choices: Choices, scope: Scope, target: str) -> None:
    """A loop over what describes inclusions: dicts of arguments, or records."""
    routers, item = _routers(choices, scope), scope.fresh("entry")
    prefixes = [prefix(choices.within(f"prefix {index}"), scope) for index in range(len(routers))]
    form = choices.pick("configuration", ["dicts", "dataclass", "named tuple"])
    if form == "dicts":
        entries = [f'{{"router": {own}, "prefix": {text}}}' for own, text in zip(routers, prefixes)]
        scope.write(f"for {item} in [{', '.join(entries)}]:", f"    {target}.include_router(**{item})")
        return
    name = scope.fresh("Inclusion")
    if form == "dataclass":
        scope.write(f"@{scope.get('dataclasses.dataclass')}", f"class {name}:")
        factory = f"{scope.get('dataclasses.field')}(default_factory=list)"
    else:
        scope.write(f"class {name}({scope.get('typing.NamedTuple')}):")
        factory = "[]"
    scope.write("    router: object", "    prefix: str = '/default'", f"    tags: list = {factory}")
    entries = [f"{name}({own}, {text})" for own, text in zip(routers, prefixes)]
    arguments = f"{item}.router, prefix={item}.prefix, tags={item}.tags"
    scope.write(f"for {item} in [{', '.join(entries)}]:", f"    {target}.include_router({arguments})")


def _modules(choices: Choices, scope: Scope, target: str) -> None:
    """A loop over modules, which have their routers by name."""
    symbols = [made(node, scope, "router in_module", in_module, *ROLES) for node in choices.several("module", 1, 2)]
    symbols = [symbol for symbol in symbols if symbol.module is not scope.module and symbol.module.role != "main"]
    if not symbols:
        _single(choices, scope, target)
        return
    item, name = scope.fresh("module"), scope.fresh("name")
    options = _options(choices, scope)
    form = choices.pick("modules", ["modules", "names", "pairs", "vars", "members"])
    if form in ("names", "pairs"):
        load = scope.get("importlib.import_module")
        pairs = [f'("{symbol.module.name}", "{symbol.name}")' for symbol in symbols]
        scope.write(f"for {item}, {name} in [{', '.join(pairs)}]:")
        inclusion = call(f"{target}.include_router", f"getattr({load}({item}), {name})", *options)
        scope.write(f"    {inclusion}")
        return
    modules = ", ".join(use_module(choices, scope, symbol.module) for symbol in symbols)
    if form == "modules":
        scope.write(f"for {item}, {name} in zip([{modules}], {[symbol.name for symbol in symbols]}):")
        scope.write(f"    {call(f'{target}.include_router', f'getattr({item}, {name})', *options)}")
        return
    value, is_router = scope.fresh("value"), f"isinstance({{}}, {scope.get('fastapi.APIRouter')})"
    members = f"vars({item}).items()" if form == "vars" else f"{scope.get('inspect.getmembers')}({item})"
    scope.write(f"for {item} in [{modules}]:", f"    for {name}, {value} in {members}:")
    scope.write(
        f"        if {is_router.format(value)}:", f"            {call(f'{target}.include_router', value, *options)}"
    )


def _tree(choices: Choices, scope: Scope, target: str) -> None:
    """A nested description that a recursive function follows."""
    name, tree = scope.fresh("include_tree"), scope.fresh("TREE")
    routers = _routers(choices, scope)
    paths = [prefix(choices.within(f"prefix {index}"), scope) for index in range(len(routers) + 1)]
    leaves = [f'{{"prefix": {path}, "routers": [{own}], "children": []}}' for own, path in zip(routers, paths)]
    scope.write(f'{tree} = {{"prefix": {paths[-1]}, "routers": [], "children": [{", ".join(leaves)}]}}')
    maker = scope.get("fastapi.APIRouter")
    scope.write(
        f"def {name}(parent, node):",
        f'    own = {maker}(prefix=node["prefix"])',
        '    for router in node["routers"]:',
        "        own.include_router(router)",
        '    for child in node["children"]:',
        f"        {name}(own, child)",
        "    parent.include_router(own)",
        f"{name}({target}, {tree})",
    )


def _found(choices: Choices, scope: Scope, target: str) -> None:
    """What is found in modules, or on classes, that may have a router."""
    holder, item = scope.fresh("Holder"), scope.fresh("value")
    routers, options = _routers(choices, scope), _options(choices, scope)
    scope.write(f"class {holder}:", "    version = 1")
    scope.write(*(f"{holder}.router_{index} = {own}" for index, own in enumerate(routers)))
    inclusion = call(f"{target}.include_router", item, *options)
    form = choices.pick("found", ["getattr", "hasattr", "isinstance"])
    name = scope.fresh("name")
    loop = f'for {name} in ["router_0", "router_1", "router_2"]:'
    if form == "getattr":
        scope.write(loop, f"    {item} = getattr({holder}, {name}, None)", f"    if {item} is not None:")
        scope.write(f"        {inclusion}")
    elif form == "hasattr":
        scope.write(loop, f"    if not hasattr({holder}, {name}):", "        continue")
        scope.write(f"    {item} = getattr({holder}, {name})", f"    {inclusion}")
    else:
        scope.write(loop, f"    {item} = getattr({holder}, {name}, 0)")
        scope.write(f"    if isinstance({item}, {scope.get('fastapi.APIRouter')}):", f"        {inclusion}")
