"""Callables: what projects depend on. Functions, classes, instances, methods, security schemes, and what makes such."""

from __future__ import annotations

from generated.choices import Choices
from generated.dependencies import callable_form, inner_parameters
from generated.functions import decorator, write_function
from generated.parameters import Parameter, listed
from generated.source import Scope
from generated.texts import word

SCHEMES = (
    ("OAuth2PasswordBearer", 'tokenUrl="token"'),
    ("HTTPBearer", ""),
    ("HTTPBasic", ""),
    ("APIKeyHeader", 'name="X-Key"'),
    ("APIKeyCookie", 'name="session", auto_error=False'),
    ("OAuth2AuthorizationCodeBearer", 'authorizationUrl="a", tokenUrl="t"'),
    ("OpenIdConnect", 'openIdConnectUrl="o"'),
)


# functions


@callable_form(weight=3)
def function(choices: Choices, top: Scope) -> str:
    name = top.fresh(choices.pick("name", ["get_user", "get_db", "verify", "authenticate"]))
    decorators = (top.get("functools.lru_cache"),) if choices.chance("cached", 8) else ()
    write_function(choices, top, name, inner_parameters(choices, top), decorators)
    return name


@callable_form()
def generator(choices: Choices, top: Scope) -> str:
    name = top.fresh("get_session")
    returns = choices.pick("returns", ["", f"{top.get('collections.abc.Iterator')}[int]"])
    write_function(choices, top, name, inner_parameters(choices, top), returns=returns, body=("yield 1",))
    return name


@callable_form()
def wrapped(choices: Choices, top: Scope) -> str:
    name = top.fresh("get_wrapped")
    parameters = inner_parameters(choices, top)
    write_function(choices, top, name, parameters, (decorator(choices.within("decorator"), top),))
    return name


def _partial(choices: Choices, scope: Scope, text: str) -> str:
    return f"{scope.get('functools.partial')}({text}, {choices.pick('argument', ['first=1', '1', 'second=2'])})"


@callable_form(use_as=_partial)
def search(choices: Choices, top: Scope) -> str:
    """A function that partials are made of."""
    name = top.fresh("search")
    kind = choices.pick("type", ["int", "str"])
    third = Parameter("third", "str", "''", "keyword")
    write_function(choices, top, name, [Parameter("first", kind), Parameter("second", kind, "1"), third])
    return name


# classes, and their instances and methods


@callable_form()
def class_(choices: Choices, top: Scope) -> str:
    forms = ["class", "dataclass", "derived", "named tuple", "model", "empty"]
    return _class_of(choices, top, choices.pick("form", forms))


def _class_of(choices: Choices, top: Scope, form: str) -> str:
    """A class of one of the forms."""
    if form == "named tuple" and top.module.lazy:
        form = "class"  # FastAPI does not resolve the annotations of such a tuple
    name = top.fresh("Pages")
    if form == "model":
        top.write(f"class {name}({top.get('pydantic.BaseModel')}):", "    word: str = 'x'", "    number: int")
    elif form == "named tuple":
        top.write(f"class {name}({top.get('typing.NamedTuple')}):", "    number: int", "    size: int = 10")
    elif form == "empty":
        top.write(f"class {name}: ...")
    elif form == "dataclass":
        parameters = {own.name: own for own in inner_parameters(choices, top) if own.annotation}.values()
        top.write(f"@{top.get('dataclasses.dataclass')}(kw_only=True)", f"class {name}:")
        top.write(*(f"    {Parameter(own.name, own.annotation, own.default)}" for own in parameters))
        top.write("    size: int = 1")
    else:
        kind = choices.pick("base", ["class", "dataclass", "derived", "empty"]) if form == "derived" else ""
        base = f"({_class_of(choices.within('base'), top, kind)})" if kind else ""
        with top.block(f"class {name}{base}:", is_class=True) as body:
            if form == "class" or choices.chance("own constructor", 50):
                parameters = inner_parameters(choices, top)
                body.write(f"def __init__({', '.join(filter(None, ['self', listed(parameters)]))}): ...")
    return name


@callable_form(use_as=lambda choices, scope, text: f"{text}({word(choices, scope)})")
def checker(choices: Choices, top: Scope) -> str:
    """A class whose instances are called."""
    name = top.fresh("Checker")
    base = f"({checker(choices.within('base'), top)})" if choices.chance("derived", 20) else ""
    parameters = inner_parameters(choices, top)
    with top.block(f"class {name}{base}:", is_class=True) as body:
        if not base or choices.chance("own constructor", 30):
            body.write("def __init__(self, role):", "    self.role = role")
        if not base or choices.chance("own call", 50):
            write_function(choices, body, "__call__", parameters, receiver="self")
    return name


@callable_form()
def instance(choices: Choices, top: Scope) -> str:
    name = top.fresh("checker")
    top.write(f"{name} = {checker(choices.within('class'), top)}({word(choices.within('role'), top)})")
    return name


@callable_form()
def method(choices: Choices, top: Scope) -> str:
    """A bound method, class method or static method, by the name of a variable."""
    cls, name = top.fresh("Service"), top.fresh("get_service")
    decorators, receiver, call = choices.pick(
        "form", [((), "self", "()"), (("classmethod",), "cls", ""), (("staticmethod",), "", "")]
    )
    parameters = inner_parameters(choices, top)
    with top.block(f"class {cls}:", is_class=True) as body:
        write_function(choices, body, "provide", parameters, decorators, receiver=receiver)
    if choices.chance("inherited", 25):
        top.write(f"class {cls}Own({cls}): ...")
        cls += "Own"
    top.write(f"{name} = {cls}{call}.provide")
    return name


# security schemes


@callable_form()
def scheme(choices: Choices, top: Scope) -> str:
    name = top.fresh("scheme")
    cls, arguments = choices.pick("scheme", SCHEMES)
    top.write(f"{name} = {top.get(f'fastapi.security.{cls}')}({arguments})")
    return name


@callable_form()
def own_scheme(choices: Choices, top: Scope) -> str:
    """A scheme of the project's own."""
    name, bearer = top.fresh("Bearer"), top.fresh("bearer")
    with top.block(f"class {name}({top.get('fastapi.security.HTTPBearer')}):", is_class=True) as body:
        if choices.chance("constructor", 40):
            body.write("def __init__(self, auto_error: bool = True):", "    super().__init__(auto_error=auto_error)")
        body.write(f"async def __call__(self, {Parameter('request', top.get('fastapi.Request'))}): ...")
    top.write(f"{bearer} = {name}()")
    return bearer


# what makes dependencies


@callable_form(weight=2, use_as=lambda choices, scope, text: f"{text}({word(choices, scope)})")
def factory(choices: Choices, top: Scope) -> str:
    """A function that returns a dependency."""
    forms = [_closure, _closure, _of_class, _partials, _maker, _nested, _class_method]
    return choices.pick("form", forms)(choices, top)


def _closure(choices: Choices, top: Scope) -> str:
    name, parameters = top.fresh("require"), inner_parameters(choices, top)
    cached = [f"@{top.get('functools.lru_cache')}"] if choices.chance("cached", 15) else []
    with top.block(*cached, f"def {name}(role):", is_function=True) as body:
        if choices.chance("lambda", 20):
            body.write("return lambda: role")
        else:
            write_function(choices, body, "check", parameters)
            body.write("return check")
    return name


def _of_class(choices: Choices, top: Scope) -> str:
    name, cls = top.fresh("require"), checker(choices.within("class"), top)
    top.write(f"def {name}(role):", f"    return {cls}(role)")
    return name


def _partials(choices: Choices, top: Scope) -> str:
    name, inner = top.fresh("require"), search(choices.within("function"), top)
    top.write(f"def {name}(role):", f"    return {top.get('functools.partial')}({inner}, third=role)")
    return name


def _maker(choices: Choices, top: Scope) -> str:
    """A method that returns a function."""
    cls, name, parameters = top.fresh("Factory"), top.fresh("require"), inner_parameters(choices, top)
    with top.block(f"class {cls}:", is_class=True) as body:
        with body.block("def make(self, role):", is_function=True) as inside:
            write_function(choices, inside, "check", parameters)
            inside.write("return check")
    top.write(f"{name} = {cls}().make")
    return name


def _nested(choices: Choices, top: Scope) -> str:
    """A factory that calls another one."""
    name, inner = top.fresh("require"), factory(choices.within("inner"), top)
    top.write(f"def {name}(role, *, level=1):", "    def make():", f"        return {inner}(role)", "    return make()")
    return name


def _class_method(choices: Choices, top: Scope) -> str:
    """An alternative constructor."""
    name, cls = top.fresh("require"), checker(choices.within("class"), top)
    top.write(f"class {name}Class({cls}):", "    @classmethod", "    def of(cls, role):", "        return cls(role)")
    top.write(f"{name} = {name}Class.of")
    return name
