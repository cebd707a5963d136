"""Applications: how they are made, and what is registered on them beside routes."""

from __future__ import annotations

from generated.arguments import call
from generated.choices import Choices
from generated.contents import content, fill
from generated.contexts import stand
from generated.definitions import made
from generated.dependencies import dependency_list
from generated.endpoints import endpoint
from generated.imports import use
from generated.inclusions import write_inclusion
from generated.routers import in_module
from generated.routes import methods, path
from generated.source import Scope, SourceModule
from generated.texts import prefix, word

ROLES = ("routers",)


def write_app(choices: Choices, top: Scope) -> str:
    """Writes the application of a project. Returns what names it: a variable, or a call of a factory."""
    form = choices.pick("form", ["module", "module", "module", "factory", "called factory", "class"])
    if form == "module":
        top.write(f"app = {_construction(choices.within('made'), top, is_main=True)}")
        _fill_app(choices.within("fill"), top, "app")
        if choices.chance("views", 15):
            _write_views(choices.within("views"), top)
        return "app"
    if form == "class":
        with top.block("class Server:", is_class=True) as cls:
            with cls.block("def __init__(self):", is_function=True) as body:
                body.write(f"self.app = {_construction(choices.within('made'), body, is_main=True)}")
                _fill_app(choices.within("fill"), body, "self.app")
        top.write("app = Server().app")
        return "app"
    with top.block("def create_app():", is_function=True) as body:
        body.write(f"application = {_construction(choices.within('made'), body, is_main=True)}")
        _fill_app(choices.within("fill"), body, "application")
        body.write("return application")
    if form == "factory":
        return "create_app()"
    top.write("app = create_app()")
    return "app"


def _write_views(choices: Choices, top: Scope) -> None:
    """A module that imports the application from the main one, which imports it in turn, at its end."""
    main = top.module
    name = top.fresh("views")
    views = SourceModule(main.draft, f"{main.path.rpartition('/')[0]}/{name}.py".lstrip("/"), "views", style=main.style)
    main.draft.modules.append(views)
    sources = [main.name, f".{main.name.rpartition('.')[2]}"] if main.package else [main.name]
    source = choices.pick("source", sources)
    form = choices.pick("form", ["app", "renamed", "module"])
    if form == "module":
        views.imports[f"import {main.name} as main_module"] = None
    else:
        views.imports[f"from {source} import app{' as application' if form == 'renamed' else ''}"] = None
    target = {"app": "app", "renamed": "application", "module": "main_module.app"}[form]
    fill(choices.within("fill"), views.top, target, 1, 2)
    around = choices.pick("around", [main.package, "."]) if main.package else ""
    top.write(f"from {around} import {name}" if around else f"import {name}")


def _fill_app(choices: Choices, scope: Scope, target: str) -> None:
    for node in choices.several("handler", 0, 2):
        if node.chance("before", 30):
            stand(node, scope, target, _write_handler, 15)
    for node in choices.several("inclusion", 1, 2):
        stand(node, scope, target, write_inclusion)
    fill(choices.within("own"), scope, target, 0, 2)
    for node in choices.several("other", 0, 2):
        kinds = [_write_handler, _write_mount, _write_through_router, _write_startup]
        stand(node, scope, target, node.pick("kind", kinds), 20)


def _construction(choices: Choices, scope: Scope, is_main: bool = False) -> str:
    """A call that makes an application; only the main one is started."""
    arguments = []
    if is_main and choices.chance("lifespan", 12):
        arguments.append(f"lifespan={use(choices, scope, made(choices, scope, 'lifespan', _lifespan, *ROLES))}")
    if choices.chance("routes", 8):
        arguments.append(f"routes={_route_objects(choices.within('routes'), scope)}")
    if choices.chance("dependencies", 25):
        arguments.append(f"dependencies={dependency_list(choices.within('dependencies'), scope)}")
    if choices.chance("title", 20):
        arguments.append(f"title={word(choices.within('title'), scope)}")
    if choices.chance("deprecated", 5):
        arguments.append("deprecated=True")
    if choices.chance("middleware", 10):
        middleware = use(choices, scope, made(choices, scope, "middleware", _middleware, *ROLES))
        arguments.append(f"middleware=[{scope.get('starlette.middleware.Middleware')}({middleware})]")
    if choices.chance("subclass", 15):
        return call(use(choices, scope, made(choices, scope, "app class", _app_class, *ROLES)), *arguments)
    return call(scope.get("fastapi.FastAPI"), *arguments)


def _lifespan(choices: Choices, top: Scope) -> str:
    """A lifespan that registers routes."""
    name = top.fresh("lifespan")
    manager = top.get("contextlib.asynccontextmanager")
    with top.block(f"@{manager}", f"async def {name}(application):", is_function=True) as body:
        _write_at_start(choices.within("start"), body, "application")
        body.write("yield")
    return name


def _write_at_start(choices: Choices, scope: Scope, target: str) -> None:
    """What is registered when an application starts: plain things, since what runs then builds no application."""
    ready = use(choices, scope, made(choices, scope, "router in_module", in_module, *ROLES))
    if choices.chance("setup", 40):
        local, name = scope.fresh("target"), scope.fresh("setup")
        scope.write(
            f"def {name}({local}):", f'    {local}.include_router({ready}, prefix="/started")', f"{name}({target})"
        )
    else:
        scope.write(f'{target}.include_router({ready}, tags=["started"])')


def _write_startup(choices: Choices, scope: Scope, target: str) -> None:
    """A function that registers routes when the application starts."""
    name = scope.fresh("start")
    header = [f'@{target}.on_event("startup")'] if choices.chance("decorated", 50) else []
    with scope.block(*header, f"{choices.pick('def', ['def', 'async def'])} {name}():", is_function=True) as body:
        _write_at_start(choices.within("start"), body, target)
    if not header:
        scope.write(f'{target}.router.add_event_handler("startup", {name})')


def _route_objects(choices: Choices, scope: Scope) -> str:
    """An expression for a list of route objects."""
    items = []
    for node in choices.several("route", 1, 2):
        text, names = path(node.within("path"), scope)
        handler = endpoint(node.within("endpoint"), scope, names)
        given = [f"methods={methods(node, scope)}"] if node.chance("methods", 50) else []
        items.append(call(scope.get("fastapi.routing.APIRoute"), text, handler, *given))
    return f"[{', '.join(items)}]"


def _app_class(choices: Choices, top: Scope) -> str:
    name = top.fresh("Application")
    listed = dependency_list(choices.within("dependencies"), top)
    bodies = {
        "plain": ["pass"],
        "dependencies": [
            "def __init__(self, **kwargs):",
            f"    kwargs.setdefault('dependencies', {listed})",
            "    super().__init__(**kwargs)",
        ],
        "registers": [
            "def __init__(self, *args, **kwargs):",
            "    super().__init__(*args, **kwargs)",
            "    self.add_api_route('/health', self.health, methods=['GET'])",
            "def health(self): ...",
        ],
        "include": [
            "def include_router(self, router, **kwargs):",
            f"    kwargs.setdefault('prefix', {prefix(choices.within('prefix'), top)})",
            "    super().include_router(router, **kwargs)",
        ],
    }
    top.write(f"class {name}({top.get('fastapi.FastAPI')}):")
    top.write(*(f"    {line}" for line in bodies[choices.pick("form", list(bodies))]))
    return name


def _write_through_router(choices: Choices, scope: Scope, target: str) -> None:
    """Routes registered on the router inside an application."""
    fill(choices, scope, f"{target}.router", 1, 1)


@content(weight=1)
def _write_mount(choices: Choices, scope: Scope, target: str) -> None:
    """A mounted application, with its own routes."""
    name = scope.fresh("sub_app")
    if choices.chance("factory", 30):
        factory = use(choices, scope, made(choices, scope, "app factory", _app_factory, *ROLES))
        scope.write(f"{name} = {factory}({prefix(choices.within('prefix'), scope)})")
    else:
        scope.write(f"{name} = {_construction(choices.within('made'), scope)}")
        fill(choices.within("fill"), scope, name, 1, 2)
    path = prefix(choices.within("path"), scope)
    form = choices.pick("call", ["{}.mount({}, {})", "{}.mount(path={}, app={})", "{}.mount({}, app={}, name='sub')"])
    scope.write(form.format(target, path, name))


def _app_factory(choices: Choices, top: Scope) -> str:
    """A function that makes an application to mount."""
    name = top.fresh("make_app")
    with top.block(f"def {name}(path):", is_function=True) as body:
        body.know("prefix", "path")
        body.write(f"made_app = {_construction(choices.within('made'), body)}")
        fill(choices.within("fill"), body, "made_app", 1, 2)
        body.write("return made_app")
    return name


def _write_handler(choices: Choices, scope: Scope, target: str) -> None:
    """A middleware or an exception handler."""
    form = choices.pick("form", ["add_middleware", "decorated middleware", "external", "exception", "added exception"])
    if form == "add_middleware":
        middleware = use(choices, scope, made(choices, scope, "middleware", _middleware, *ROLES))
        scope.write(f"{target}.add_middleware({middleware})")
    elif form == "external":
        cls = scope.get("fastapi.middleware.cors.CORSMiddleware")
        scope.write(f'{target}.add_middleware({cls}, allow_origins=["*"])')
    elif form == "decorated middleware":
        name = scope.fresh("add_header")
        scope.write(f'@{target}.middleware("http")', f"async def {name}(request, call_next):")
        scope.write("    return await call_next(request)")
    else:
        name, key = scope.fresh("on_error"), scope.fresh("OutOfStock")
        scope.write(f"class {key}(Exception): ...")
        if form == "exception":
            scope.write(f"@{target}.exception_handler({key})")
        scope.write(f"async def {name}(request, error): ...")
        if form == "added exception":
            scope.write(f"{target}.add_exception_handler({key}, {name})")


def _middleware(choices: Choices, top: Scope) -> str:
    name = top.fresh("TimingMiddleware")
    if choices.chance("plain", 40):
        top.write(f"class {name}:", "    def __init__(self, app):", "        self.app = app")
        top.write("    async def __call__(self, scope, receive, send):", "        await self.app(scope, receive, send)")
        return name
    top.write(f"class {name}({top.get('starlette.middleware.base.BaseHTTPMiddleware')}):")
    top.write("    async def dispatch(self, request, call_next):", "        return await call_next(request)")
    return name
