"""Texts: words, path prefixes and tags, written in the ways in which projects write them.

A word is letters only; a prefix begins with a slash and does not end with one. Since both are closed under composition,
what they are need not be known here.
"""

from __future__ import annotations

from generated.carriers import carried
from generated.choices import Choices
from generated.constants import HOMES, enumeration, setting
from generated.definitions import made
from generated.imports import use
from generated.layout import home
from generated.names import NOUNS
from generated.source import Scope, Symbol


def word(choices: Choices, scope: Scope) -> str:
    """An expression for a word."""
    known = scope.known("word")
    if known and choices.chance("known", 50):
        return choices.element("of", known)
    if not choices.chance("elaborate", 35):
        return repr(choices.pick("literal", NOUNS))
    text = choices.pick("form", _WORDS)
    return carried(choices.within("carried"), scope, text(choices.within("word"), scope))


def prefix(choices: Choices, scope: Scope) -> str:
    """An expression for a path prefix."""
    known = scope.known("prefix")
    if known and choices.chance("known", 50):
        return choices.element("of", known)
    if not choices.chance("elaborate", 40):
        return f'"/{choices.pick("literal", NOUNS)}"'
    text = choices.pick("form", _PREFIXES)
    return carried(choices.within("carried"), scope, text(choices.within("prefix"), scope))


def tags(choices: Choices, scope: Scope) -> str:
    """An expression for a list of tags: words, or members of an enumeration."""
    items = [_tag(node, scope) for node in choices.several("tag", 1, 2)]
    form = choices.pick("form", ["list", "list", "sum", "starred", "copied", "comprehension"])
    listed = f"[{', '.join(items)}]"
    text = {
        "list": listed,
        "sum": f"{listed} + [{word(choices.within('more'), scope)}]",
        "starred": f"[*{listed}, {word(choices.within('more'), scope)}]",
        "copied": f"list({listed})",
        "comprehension": f"[tag for tag in {listed}]",
    }[form]
    return carried(choices.within("carried"), scope, text)


def _tag(choices: Choices, scope: Scope) -> str:
    if not choices.chance("member", 20):
        return word(choices, scope)
    cls, names = enumeration(choices, scope)
    return f"{cls}.{choices.pick('which', names)}"


# words


def _constant(choices: Choices, scope: Scope) -> str:
    return use(choices, scope, made(choices, scope, "word constant", _word_constant, *HOMES))


def _word_constant(choices: Choices, top: Scope) -> str:
    name = top.fresh(choices.pick("name", ["NAME", "KIND", "AREA"]))
    annotation = choices.pick("annotation", ["", ": str", ": Final"])
    if "Final" in annotation:
        annotation = f": {top.get('typing.Final')}"
    top.write(f"{name}{annotation} = {word(choices.within('value'), top)}")
    return name


def _member(choices: Choices, scope: Scope) -> str:
    """A member's name."""
    cls, names = enumeration(choices, scope)
    return f"{cls}.{choices.pick('member', names)}.name"


def _member_value(choices: Choices, scope: Scope) -> str:
    cls, names = enumeration(choices, scope)
    name = choices.pick("member", names)
    return choices.pick("by", [f"{cls}.{name}.value", f'{cls}["{name}"].value', f'{cls}("{name}").value'])


def _formatted(choices: Choices, scope: Scope) -> str:
    return 'f"{' + _unquoted(scope, word(choices.within("inner"), scope)) + '}s"'


def _unquoted(scope: Scope, text: str) -> str:
    """The expression, or a variable for it, that can stand inside an f-string."""
    if '"' not in text and "'" not in text:
        return text
    name = scope.fresh("part")
    scope.write(f"{name} = {text}")
    return name


def _method(choices: Choices, scope: Scope) -> str:
    inner = word(choices.within("inner"), scope)
    method = choices.pick("method", ["lower()", "strip()", "replace('e', 'i')", "removesuffix('s')", "casefold()"])
    return f"{inner}.{method}"


def _slice(choices: Choices, scope: Scope) -> str:
    return f"{word(choices.within('inner'), scope)}[:3]"


def _setting(choices: Choices, scope: Scope) -> str:
    return setting(choices, scope, "area", word)


def _of_model(choices: Choices, scope: Scope) -> str:
    known = scope.known("model class")
    if not known:
        return _member_value(choices, scope)
    return f"{choices.element('model', known)}.__name__.lower()"


def _of_module(choices: Choices, scope: Scope) -> str:
    """The last part of a module's own name."""
    return choices.pick("name", ['__name__.rpartition(".")[2]', '__name__.split(".")[-1]'])


def _numbered(choices: Choices, scope: Scope) -> str:
    """A word with a number."""
    number = choices.pick("number", ["1", "2 + 1", "len([1, 2])", "int(True)", "max(1, 2)", "sum([1, 2])", "7 // 2"])
    return choices.pick("form", ["('v' + str({}))", 'f"v{{{}}}"', '("v%d" % ({}))', '"v{{}}".format({})']).format(
        number
    )


def _looked_up(choices: Choices, scope: Scope) -> str:
    key, value = repr(choices.pick("key", NOUNS)), word(choices.within("value"), scope)
    form = choices.pick(
        "form", ["{{{0}: {1}}}[{0}]", '{{{0}: {1}}}.get({0}, "x")', "dict([({0}, {1})])[{0}]", "max([{1}])"]
    )
    return form.format(key, value)


# prefixes


def _slash(choices: Choices, scope: Scope) -> str:
    return 'f"/{' + _unquoted(scope, word(choices.within("inner"), scope)) + '}"'


def _joined(choices: Choices, scope: Scope) -> str:
    words = [word(node, scope) for node in choices.several("part", 1, 3)]
    if not words:
        return '"/joined"'
    return f'("/" + "/".join({choices.pick("of", ["[{}]", "({},)"]).format(", ".join(words))}))'


def _concatenated(choices: Choices, scope: Scope) -> str:
    return f"({prefix(choices.within('first'), scope)} + {prefix(choices.within('second'), scope)})"


def _percent(choices: Choices, scope: Scope) -> str:
    inner = word(choices.within("inner"), scope)
    return f'("/%s" % {inner})' if choices.chance("bare", 50) else f'("/%s" % ({inner},))'


def _old_format(choices: Choices, scope: Scope) -> str:
    inner = word(choices.within("inner"), scope)
    return f'"/{{}}".format({inner})' if choices.chance("positional", 50) else f'"/{{name}}".format(name={inner})'


def _from_list(choices: Choices, scope: Scope) -> str:
    items = [prefix(node, scope) for node in choices.several("item", 1, 2)]
    index = choices.pick("index", ["0", "-1"])
    return f"[{', '.join(items)}][{index}]" if items else '"/listed"'


def _prefix_constant(choices: Choices, scope: Scope) -> str:
    return use(choices, scope, made(choices, scope, "prefix constant", _new_prefix_constant, *HOMES))


def _new_prefix_constant(choices: Choices, top: Scope) -> str:
    name = top.fresh(choices.pick("name", ["PREFIX", "API_PREFIX", "ROOT"]))
    top.write(f"{name} = {prefix(choices.within('value'), top)}")
    return name


def _path_function(choices: Choices, scope: Scope) -> str:
    """What a function of the project makes of a word."""
    function = use(choices, scope, made(choices, scope, "path function", _new_path_function, *HOMES))
    given = ["version=2"] if choices.chance("version", 40) else []
    return f"{function}({', '.join([word(choices.within('word'), scope), *given])})"


def _new_path_function(choices: Choices, top: Scope) -> str:
    name = top.fresh("path_for")
    form = choices.pick("form", ["def", "lambda", "nested", "steps"])
    if form == "lambda":
        top.write(f'{name} = lambda noun, version=1: f"/v{{version}}/{{noun}}"')
    elif form == "nested":
        top.write(f"def {name}(noun, *, version=1):", "    def join(*parts):", '        return "/" + "/".join(parts)')
        top.write('    return join(f"v{version}", noun)')
    elif form == "steps":
        top.write(f"def {name}(noun, version=None):", "    parts = []", "    if version is not None:")
        top.write('        parts.append("v" + str(version))', "    parts += [noun]", "    path = ''")
        top.write("    for part in parts:", '        path += f"/{part}"', "    return path")
    else:
        top.write(f"def {name}(noun, version=1):", '    return f"/v{version}/{noun}"')
    return name


def _paths_class(choices: Choices, scope: Scope) -> str:
    """An attribute of a class of paths."""
    cls = use(choices, scope, made(choices, scope, "paths class", _new_paths_class, *HOMES))
    return f"{cls}.{choices.pick('path', ['ROOT', 'USERS', 'Items.ROOT', 'Items.ALL'])}"


def _new_paths_class(choices: Choices, top: Scope) -> str:
    name = top.fresh("Paths")
    root = prefix(choices.within("root"), top)
    top.write(
        f"class {name}:",
        f"    ROOT = {root}",
        f"    USERS = {choices.pick('sum', ['ROOT + ' + repr('/users'), 'f' + repr('{ROOT}/users')])}",
    )
    top.write("    class Items:", '        ROOT = "/items"', '        ALL = ROOT + "/all"')
    return name


def _member_path(choices: Choices, scope: Scope) -> str:
    """What a property or method of an enumeration gives."""
    cls, names = enumeration(choices, scope)
    return f"{cls}.{choices.pick('member', names)}.{choices.pick('by', ['path', 'path_of(1)'])}"


def _environment(choices: Choices, scope: Scope) -> str:
    """A variable of the environment that nobody sets."""
    scope.module.draft.has_settings = True
    default = f'"/{choices.pick("default", NOUNS)}"'
    get = choices.pick("get", [f"{scope.get('os.environ')}.get", scope.get("os.getenv")])
    return f'{get}("API_PREFIX_THAT_NOBODY_SETS", {default})'


def _of_router(choices: Choices, scope: Scope) -> str:
    """The prefix of another router and more."""
    top = home(choices, scope, "routers")
    name = top.fresh("other_router")
    top.write(f"{name} = {top.get('fastapi.APIRouter')}(prefix={prefix(choices.within('prefix'), top)})")
    other = use(choices, scope, Symbol(top.module, name))
    return f'f"{{{other}.prefix}}/more"' if '"' not in other else f'({other}.prefix + "/more")'


def _prefix_setting(choices: Choices, scope: Scope) -> str:
    return setting(choices, scope, "api_prefix", prefix)


_WORDS = [
    _constant,
    _member,
    _member_value,
    _formatted,
    _method,
    _setting,
    _of_model,
    _slice,
    _of_module,
    _numbered,
    _looked_up,
]
_PREFIXES = [
    _slash,
    _joined,
    _concatenated,
    _prefix_constant,
    _prefix_setting,
    _percent,
    _old_format,
    _from_list,
    _path_function,
    _paths_class,
    _member_path,
    _environment,
    _of_router,
]
