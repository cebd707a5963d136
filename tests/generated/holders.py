"""Holders: classes and dicts that have routers."""

from __future__ import annotations

from generated.choices import Choices
from generated.contents import fill
from generated.endpoints import endpoint_parameters
from generated.functions import write_function
from generated.routers import construction, router, router_form
from generated.source import Scope
from generated.texts import prefix, word


@router_form(lambda choices, scope, text: f"{text}.router")
def class_attribute(choices: Choices, top: Scope) -> str:
    """A class with a router as its attribute, whose functions are endpoints."""
    name = top.fresh("Api")
    made = construction(choices.within("made"), top)
    with top.block(f"class {name}:", is_class=True) as body:
        body.write(f"router = {made}")
        fill(choices.within("fill"), body, "router", 1, 3)
    if choices.chance("derived", 20):
        top.write(f"class {name}Own({name}): ...")
        return f"{name}Own"
    return name


@router_form(lambda choices, scope, text: f"{text}({word(choices, scope)}).router")
def controller(choices: Choices, top: Scope) -> str:
    """A class whose instances make their router, with their own methods as endpoints."""
    name = top.fresh("Controller")
    parameters = [endpoint_parameters(node, top, {}) for node in choices.several("method", 1, 2)]
    base = choices.pick("base", ["", "", _base, _mixin, _diamond])
    bases = f"({base(choices.within('base'), top)})" if base else ""
    with top.block(f"class {name}{bases}:", is_class=True) as body:
        with body.block("def __init__(self, noun):", is_function=True) as init:
            init.know("word", "noun", "self.noun")
            init.know("endpoint", *(f"self.handle_{index}" for index in range(len(parameters))))
            init.write("self.noun = noun")
            init.write(f"self.router = {construction(choices.within('made'), init)}")
            fill(choices.within("fill"), init, "self.router", 1, 2)
            if base:
                init.write("self.register()")
        for index, own in enumerate(parameters):
            write_function(choices.within(f"handle {index}"), body, f"handle_{index}", own, receiver="self")
        if base and choices.chance("override", 50):
            body.write("def extra(self): ...")
    return name


def _base(choices: Choices, top: Scope) -> str:
    """A base class that registers a method which subclasses may override."""
    name = top.fresh("BaseController")
    with top.block(f"class {name}:", is_class=True) as body:
        body.write('path = "/extra"')
        with body.block("def register(self):", is_function=True) as register:
            register.know("prefix", "self.path")
            register.know("endpoint", "self.extra")
            fill(choices.within("fill base"), register, "self.router", 0, 2)
            register.write("self.router.add_api_route(self.path, self.extra)")
        body.write("def extra(self, q: int = 1): ...")
    return name


def _mixin(choices: Choices, top: Scope) -> str:
    """Two bases whose methods call each other by ``super()``."""
    base, mixin = _base(choices, top), top.fresh("Mixin")
    with top.block(f"class {mixin}:", is_class=True) as body:
        with body.block("def register(self):", is_function=True) as register:
            register.write("super().register()")
            fill(choices.within("fill mixin"), register, "self.router", 0, 1)
    return f"{mixin}, {base}"


def _diamond(choices: Choices, top: Scope) -> str:
    """Two bases with a common one."""
    base, names = _base(choices, top), []
    for node in choices.several("side", 2, 2):
        name = top.fresh("Side")
        with top.block(f"class {name}({base}):", is_class=True) as body:
            with body.block("def register(self):", is_function=True) as register:
                if node.chance("before", 50):
                    fill(node.within("fill side"), register, "self.router", 0, 1)
                register.write("super().register()")
                fill(node.within("fill more"), register, "self.router", 0, 1)
        names.append(name)
    return ", ".join(names) or base


@router_form(lambda choices, scope, text: choices.pick("item", [f'{text}["first"]', f'{text}.get("first")']))
def registry(choices: Choices, top: Scope) -> str:
    """A dict of routers."""
    name = top.fresh("ROUTERS")
    others = [router(node, top) for node in choices.several("router", 0, 1)]
    items = [router(choices.within("first"), top), *others]
    texts = [f'"{key}": {own}' for key, own in zip(("first", "second"), items)]
    top.write(f"{name} = {{{', '.join(texts)}}}")
    return name


@router_form(lambda choices, scope, text: f"{text}().build()")
def builder(choices: Choices, top: Scope) -> str:
    """A class whose method builds a router, asking hooks that a subclass overrides."""
    name, local = top.fresh("Builder"), top.fresh("built")
    with top.block(f"class {name}:", is_class=True) as body:
        body.write('path = "/built"', "def word(self):", '    return "base"')
        with body.block("def build(self):", is_function=True) as build:
            build.know("prefix", "self.path")
            build.know("word", "self.word()")
            build.write(f"{local} = {construction(choices.within('made'), build)}")
            fill(choices.within("fill"), build, local, 1, 2)
            build.write(f"self.extend({local})", f"return {local}")
        body.write(f"def extend(self, {local}): ...")
    return _derived_builder(choices.within("derived"), top, name, local) if choices.chance("derived", 60) else name


def _derived_builder(choices: Choices, top: Scope, base: str, local: str) -> str:
    name = f"{base}Own"
    with top.block(f"class {name}({base}):", is_class=True) as body:
        if choices.chance("path", 50):
            body.write(f"path = {prefix(choices.within('path'), top)}")
        if choices.chance("word", 50):
            body.write("def word(self):", f"    return super().word() + {word(choices.within('word'), top)}")
        if choices.chance("extend", 60):
            with body.block(f"def extend(self, {local}):", is_function=True) as extend:
                fill(choices.within("extension"), extend, local, 1, 2)
    return name


@router_form(lambda choices, scope, text: f"{text}.create({word(choices, scope)})")
def alternative_constructor(choices: Choices, top: Scope) -> str:
    """A class with a class method that makes a router from what the class says, which subclasses change."""
    name, local = top.fresh("Resource"), top.fresh("built")
    with top.block(f"class {name}:", is_class=True) as body:
        body.write('path = "/resource"', "endpoints = {}")
        with body.block("@classmethod", "def create(cls, noun):", is_function=True) as create:
            create.know("prefix", "cls.path")
            create.know("word", "noun")
            create.write(f"{local} = {construction(choices.within('made'), create)}")
            create.write("for path, endpoint in cls.endpoints.items():", f"    {local}.add_api_route(path, endpoint)")
            fill(choices.within("fill"), create, local, 0, 2)
            create.write(f"return {local}")
    parameters = endpoint_parameters(choices.within("endpoint"), top, {})
    with top.block(f"class {name}Own({name}):", is_class=True) as body:
        write_function(choices, body, "listed", parameters)
        body.write(f"endpoints = {{{prefix(choices.within('path'), top)}: listed}}")
    return f"{name}Own"


@router_form(lambda choices, scope, text: f"{text}.V1.router")
def nested_class(choices: Choices, top: Scope) -> str:
    """A class in a class."""
    name, made = top.fresh("Versions"), construction(choices.within("made"), top)
    with top.block(f"class {name}:", is_class=True) as body:
        with body.block("class V1:", is_class=True) as inner:
            inner.write(f"router = {made}")
            fill(choices.within("fill"), inner, "router", 1, 2)
    return name


@router_form(lambda choices, scope, text: f"{text}({choices.pick('name', ['1', '2'])})")
def once_made(choices: Choices, top: Scope) -> str:
    """A function that makes a router for each number once."""
    name, known, local = top.fresh("router_of"), top.fresh("known_routers"), top.fresh("built")
    form = choices.pick("form", ["dict", "cache", "setdefault"])
    if form == "cache":
        header = [f"@{top.get('functools.cache')}"]
    else:
        header = []
        top.write(f"{known} = {{}}")
    with top.block(*header, f"def {name}(number):", is_function=True) as body:
        if form == "dict":
            body.write(f"if number in {known}:", f"    return {known}[number]")
        body.write(f"{local} = {construction(choices.within('made'), body)}")
        if form == "dict":
            body.write(f"{known}[number] = {local}")
        fill(choices.within("fill"), body, local, 1, 2)
        body.write(f"return {known}.setdefault(number, {local})" if form == "setdefault" else f"return {local}")
    return name


@router_form(lambda choices, scope, text: f"{text}().router")
def lazily_made(choices: Choices, top: Scope) -> str:
    """A property that makes a router."""
    name, local = top.fresh("Lazy"), top.fresh("built")
    decorator = top.get("functools.cached_property") if choices.chance("cached", 50) else "property"
    with top.block(f"class {name}:", is_class=True) as body:
        with body.block(f"@{decorator}", "def router(self):", is_function=True) as inside:
            inside.write(f"{local} = {construction(choices.within('made'), inside)}")
            fill(choices.within("fill"), inside, local, 1, 2)
            inside.write(f"return {local}")
    return name
