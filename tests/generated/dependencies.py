"""Dependencies: callables of all kinds, and the ways of depending on them."""

from __future__ import annotations

from generated.carriers import carried
from generated.choices import Choices
from generated.definitions import made
from generated.functions import decorator, write_function
from generated.imports import use
from generated.parameters import Parameter, listed, parameter
from generated.source import Scope
from generated.texts import word

ROLES = ("dependencies",)
SCHEMES = (
    ("OAuth2PasswordBearer", 'tokenUrl="token"'),
    ("HTTPBearer", ""),
    ("HTTPBasic", ""),
    ("APIKeyHeader", 'name="X-Key"'),
    ("APIKeyCookie", 'name="session", auto_error=False'),
    ("OAuth2AuthorizationCodeBearer", 'authorizationUrl="a", tokenUrl="t"'),
    ("OpenIdConnect", 'openIdConnectUrl="o"'),
)
PARAMETER_NAMES = ("user", "db", "session", "guard", "pages", "service")


def dependency(choices: Choices, scope: Scope) -> str:
    """An expression for something to depend on."""
    known = scope.known("dependency")
    if known and choices.chance("known", 60):
        return choices.element("of", known)
    form = choices.pick("form", ["defined", "defined", "defined", "defined", "factory", "instance", "partial", "lambda"])
    if form == "factory":
        factory = use(choices, scope, made(choices, scope, "dependency factory", _factory, *ROLES))
        text = f"{factory}({word(choices.within('argument'), scope)})"
    elif form == "instance":
        cls = use(choices, scope, made(choices, scope, "checker", _checker, *ROLES))
        text = f"{cls}({word(choices.within('argument'), scope)})"
    elif form == "partial":
        function = use(choices, scope, made(choices, scope, "function dependency", _search, *ROLES))
        text = f"{scope.get('functools.partial')}({function}, {choices.pick('argument', ['first=1', '1', 'second=2'])})"
    elif form == "lambda":
        text = choices.pick("lambda", ["(lambda: None)", "(lambda q=1: q)", "(lambda trace: trace)"])
    else:
        text = use(choices, scope, made(choices, scope, "dependency", _define, *ROLES))
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
    cls = use(choices, scope, made(choices, scope, "class dependency", _class, *ROLES))
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
    top.write(f"{name} = {top.get('typing.Annotated')}[object, {marker}]")
    return name


def inner_parameters(choices: Choices, scope: Scope) -> list[Parameter]:
    """The parameters of a dependency."""
    found = [parameter(node, scope) for node in choices.several("parameter", 0, 2)]
    return found + [
        dependency_parameter(node, scope) for node in choices.several("depends", 0, 1) if node.chance("deeper", 60)
    ]


def _define(choices: Choices, top: Scope) -> str:
    forms = [_function, _function, _generator, _class, _scheme, _instance, _method, _wrapped, _decorated_scheme]
    return choices.pick("form", forms)(choices, top)


def _function(choices: Choices, top: Scope) -> str:
    name = top.fresh(choices.pick("name", ["get_user", "get_db", "check", "authenticate"]))
    decorators = (top.get("functools.lru_cache"),) if choices.chance("cached", 8) else ()
    write_function(choices, top, name, inner_parameters(choices, top), decorators)
    return name


def _generator(choices: Choices, top: Scope) -> str:
    name = top.fresh("get_session")
    returns = choices.pick("returns", ["", f"{top.get('collections.abc.Iterator')}[int]"])
    write_function(choices, top, name, inner_parameters(choices, top), returns=returns, body=("yield 1",))
    return name


def _wrapped(choices: Choices, top: Scope) -> str:
    name = top.fresh("get_wrapped")
    parameters = inner_parameters(choices, top)
    write_function(choices, top, name, parameters, (decorator(choices.within("decorator"), top),))
    return name


def _class(choices: Choices, top: Scope) -> str:
    return _class_of(choices, top, choices.pick("form", ["class", "dataclass", "derived", "named tuple", "model", "empty"]))


def _class_of(choices: Choices, top: Scope, form: str) -> str:
    if form == "named tuple" and top.module.lazy:
        form = "class"  # FastAPI does not resolve the annotations of such a tuple
    name = top.fresh("Pages")
    if form == "model":
        top.write(f"class {name}({top.get('pydantic.BaseModel')}):", "    word: str = 'x'", "    number: int")
    elif form == "dataclass":
        parameters = {own.name: own for own in inner_parameters(choices, top) if own.annotation}.values()
        top.write(f"@{top.get('dataclasses.dataclass')}(kw_only=True)", f"class {name}:")
        top.write(*(f"    {Parameter(own.name, own.annotation, own.default)}" for own in parameters))
        top.write("    size: int = 1")
    elif form == "named tuple":
        top.write(f"class {name}({top.get('typing.NamedTuple')}):", "    number: int", "    size: int = 10")
    elif form == "empty":
        top.write(f"class {name}: ...")
    else:
        base = ""
        if form == "derived":
            kind = choices.pick("base", ["class", "dataclass", "derived", "empty"])
            base = f"({_class_of(choices.within('base'), top, kind)})"
        with top.block(f"class {name}{base}:", is_class=True) as body:
            if form == "class" or choices.chance("own constructor", 50):
                parameters = inner_parameters(choices, top)
                body.write(f"def __init__({', '.join(filter(None, ['self', listed(parameters)]))}): ...")
    return name


def _scheme(choices: Choices, top: Scope) -> str:
    name = top.fresh("scheme")
    cls, arguments = choices.pick("scheme", SCHEMES)
    top.write(f"{name} = {top.get(f'fastapi.security.{cls}')}({arguments})")
    return name


def _decorated_scheme(choices: Choices, top: Scope) -> str:
    """A scheme of the project's own."""
    name, instance = top.fresh("Bearer"), top.fresh("bearer")
    with top.block(f"class {name}({top.get('fastapi.security.HTTPBearer')}):", is_class=True) as body:
        if choices.chance("constructor", 40):
            body.write("def __init__(self, auto_error: bool = True):", "    super().__init__(auto_error=auto_error)")
        parameters = [Parameter("request", top.get("fastapi.Request"))]
        body.write(f"async def __call__(self, {listed(parameters)}): ...")
    top.write(f"{instance} = {name}()")
    return instance


def _checker(choices: Choices, top: Scope) -> str:
    """A class whose instances are dependencies."""
    name = top.fresh("Checker")
    base = f"({_checker(choices.within('base'), top)})" if choices.chance("derived", 20) else ""
    parameters = inner_parameters(choices, top)
    with top.block(f"class {name}{base}:", is_class=True) as body:
        if not base or choices.chance("own constructor", 30):
            body.write("def __init__(self, role):", "    self.role = role")
        if not base or choices.chance("own call", 50):
            write_function(choices, body, "__call__", parameters, receiver="self")
    return name


def _instance(choices: Choices, top: Scope) -> str:
    name = top.fresh("checker")
    top.write(f"{name} = {_checker(choices.within('class'), top)}({word(choices.within('role'), top)})")
    return name


def _method(choices: Choices, top: Scope) -> str:
    """A bound method, class method or static method, by the name of a variable."""
    cls, name = top.fresh("Service"), top.fresh("get_service")
    form = choices.pick("form", ["bound", "class", "static"])
    decorators = {"bound": (), "class": ("classmethod",), "static": ("staticmethod",)}[form]
    receiver = {"bound": "self", "class": "cls", "static": ""}[form]
    parameters = inner_parameters(choices, top)
    with top.block(f"class {cls}:", is_class=True) as body:
        write_function(choices, body, "provide", parameters, decorators, receiver=receiver)
    if choices.chance("inherited", 25):
        top.write(f"class {cls}Own({cls}): ...")
        cls += "Own"
    top.write(f"{name} = {cls}{'()' if form == 'bound' else ''}.provide")
    return name


def _factory(choices: Choices, top: Scope) -> str:
    """A function that returns a dependency."""
    name = top.fresh("require")
    form = choices.pick("form", ["closure", "closure", "class", "lambda", "partial", "method", "nested", "class method"])
    if form == "class":
        cls = _checker(choices.within("class"), top)
        top.write(f"def {name}(role):", f"    return {cls}(role)")
        return name
    if form == "partial":
        function = _search(choices.within("function"), top)
        top.write(f"def {name}(role):", f"    return {top.get('functools.partial')}({function}, third=role)")
        return name
    if form == "nested":
        inner = _factory(choices.within("inner"), top)
        top.write(f"def {name}(role, *, level=1):", "    def make():", f"        return {inner}(role)", "    return make()")
        return name
    if form == "class method":
        cls = _checker(choices.within("class"), top)
        top.write(f"class {name}Class({cls}):", "    @classmethod", "    def of(cls, role):", "        return cls(role)")
        top.write(f"{name} = {name}Class.of")
        return name
    if form == "method":
        cls = top.fresh("Factory")
        parameters = inner_parameters(choices, top)
        with top.block(f"class {cls}:", is_class=True) as body:
            with body.block("def make(self, role):", is_function=True) as made_in:
                write_function(choices, made_in, "check", parameters)
                made_in.write("return check")
        top.write(f"{name} = {cls}().make")
        return name
    parameters = inner_parameters(choices, top)
    cached = [f"@{top.get('functools.lru_cache')}"] if choices.chance("cached", 15) else []
    with top.block(*cached, f"def {name}(role):", is_function=True) as body:
        if form == "lambda":
            body.write("return lambda: role")
        else:
            write_function(choices, body, "check", parameters)
            body.write("return check")
    return name


def _search(choices: Choices, top: Scope) -> str:
    """A function that partials are made of."""
    name = top.fresh("search")
    kind = choices.pick("type", ["int", "str"])
    write_function(
        choices,
        top,
        name,
        [Parameter("first", kind), Parameter("second", kind, "1"), Parameter("third", "str", "''", "keyword")],
    )
    return name
