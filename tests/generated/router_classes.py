"""Subclasses of ``APIRouter`` and ``APIRoute``, with what projects put into them."""

from __future__ import annotations

from generated.choices import Choices
from generated.dependencies import dependency_list
from generated.source import Scope
from generated.texts import prefix, word


def router_class(choices: Choices, top: Scope) -> str:
    """A subclass of ``APIRouter``."""
    name, base = top.fresh("Router"), top.get("fastapi.APIRouter")
    form = choices.pick("form", list(_BODIES))
    body = [line.format(**_values(choices, top, form)) for line in _BODIES[form]]
    top.write(f"class {name}({base}):", *(f"    {line}" for line in body))
    if choices.chance("derived", 20):
        top.write(f"class {name}Own({name}):", "    pass")
        return f"{name}Own"
    return name


def _values(choices: Choices, top: Scope, form: str) -> dict[str, str]:
    """What the body of a class mentions of the project."""
    text = "\n".join(_BODIES[form])
    makers = {"noun": word, "listed": dependency_list, "path": prefix}
    return {name: make(choices.within(name), top) for name, make in makers.items() if f"{{{name}}}" in text}


def route_class(choices: Choices, top: Scope) -> str:
    """A subclass of ``APIRoute``."""
    name = top.fresh("Route")
    top.write(f"class {name}({top.get('fastapi.routing.APIRoute')}):", "    def get_route_handler(self):")
    top.write("        return super().get_route_handler()")
    return name


_BODIES = {
    "plain": ["pass"],
    "setdefault": [
        "def __init__(self, *args, **kwargs):",
        "    kwargs.setdefault('tags', [{noun}])",
        "    super().__init__(*args, **kwargs)",
    ],
    "tags": [
        "def __init__(self, *, tags=None, **kwargs):",
        "    super().__init__(tags=[{noun}, *(tags or [])], **kwargs)",
    ],
    "dependencies": [
        "def __init__(self, **kwargs):",
        "    dependencies = [*(kwargs.pop('dependencies', None) or []), *{listed}]",
        "    super().__init__(dependencies=dependencies, **kwargs)",
    ],
    "class attribute": [
        "area = {noun}",
        "def __init__(self, **kwargs):",
        "    super().__init__(**{{'tags': [self.area], **kwargs}})",
    ],
    "registers": [
        "def __init__(self, **kwargs):",
        "    super().__init__(**kwargs)",
        "    self.add_api_route('/ping', self.ping, methods=['GET'], include_in_schema=False)",
        "async def ping(self): ...",
    ],
    "own decorator": [
        "def __init__(self, **kwargs):",
        "    super().__init__(**kwargs)",
        "    @self.get({path} + '/own')",
        "    def own(): ...",
    ],
    "get": [
        "def get(self, path, **kwargs):",
        "    return super().get({path} + path, **{{**kwargs, 'deprecated': True}})",
    ],
    "add_api_route": [
        "def add_api_route(self, path, endpoint, **kwargs):",
        "    kwargs['tags'] = [*(kwargs.get('tags') or []), {noun}]",
        "    super().add_api_route(path, endpoint, **kwargs)",
    ],
    "api_route": [
        "def api_route(self, path, **kwargs):",
        "    kwargs['status_code'] = kwargs.get('status_code') or 203",
        "    return super().api_route(path, **kwargs)",
    ],
    "twice": [
        "def add_api_route(self, path, endpoint, **kwargs):",
        "    super().add_api_route(path, endpoint, **kwargs)",
        "    super().add_api_route(path + '/twice', endpoint, **{{**kwargs, 'include_in_schema': False}})",
    ],
    "with and without a slash": [
        "def add_api_route(self, path, endpoint, *, include_in_schema=True, **kwargs):",
        "    if path.endswith('/'):",
        "        path = path[:-1]",
        "    super().add_api_route(path + '/', endpoint, include_in_schema=False, **kwargs)",
        "    super().add_api_route(path or '/', endpoint, include_in_schema=include_in_schema, **kwargs)",
    ],
    "include": [
        "def include_router(self, router, **kwargs):",
        "    super().include_router(router, **{{**kwargs, 'tags': [{noun}]}})",
    ],
}
"""Bodies of subclasses. ``{noun}``, ``{listed}`` and ``{path}`` stand for a word, a list of dependencies, a prefix."""
