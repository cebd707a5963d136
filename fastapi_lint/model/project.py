"""The project: everything that rules may ask."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property

from fastapi_lint.diagnostics import Related
from fastapi_lint.facts.expressions import Attribute, Call, Comprehension
from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.facts.search import around
from fastapi_lint.facts.statements import For, Function, While
from fastapi_lint.model.concurrency.blocking import BlockingChains, computation, database_blockage
from fastapi_lint.model.concurrency.request_path import Reach, RequestPath
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Module
from fastapi_lint.model.dependencies.dependants import Dependant
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.endpoints.persistence import Persistence
from fastapi_lint.model.endpoints.streams import streamed_generators
from fastapi_lint.model.errors.catches import Catch, catches_in
from fastapi_lint.model.errors.flow import ExceptionFlow
from fastapi_lint.model.errors.raised import RaisedError, made_once, raised_errors
from fastapi_lint.model.interpreter.bodies import Bodies, RaiseEvent
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.knowledge.releases import Release
from fastapi_lint.model.linker import Linker
from fastapi_lint.model.orm.loading import Loading
from fastapi_lint.model.orm.models import OrmModels, build_orm_models
from fastapi_lint.model.orm.query_sites import QuerySites
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.building import RouteBuilder
from fastapi_lint.model.routing.discovery import execute, find_apps, routers_alone
from fastapi_lint.model.routing.factories import run_factories
from fastapi_lint.model.routing.incomplete import unresolved_in
from fastapi_lint.model.routing.named import chosen_apps, is_named, modules_named
from fastapi_lint.model.routing.precedence import Precedence
from fastapi_lint.model.routing.resources import Resource, resource_of
from fastapi_lint.model.routing.routers import InclusionRegistration, Registration, Router
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.routing.startups import run_startups
from fastapi_lint.model.routing.unresolved import Unresolved, once
from fastapi_lint.model.schemas.schemas import Schemas, build_schemas
from fastapi_lint.model.security.authentication import Authentication, Authenticator
from fastapi_lint.model.security.guards import Guards
from fastapi_lint.model.security.manual_authentication import ManualAuthentication, manual_authentication
from fastapi_lint.model.security.taint import Flow, flows
from fastapi_lint.model.settings import ModelSettings
from fastapi_lint.model.structure.environment import settings_lineage
from fastapi_lint.model.structure.imports import import_closure
from fastapi_lint.model.structure.layers import UpwardImport, upward_imports
from fastapi_lint.model.testsuite.app_requests import AppRequest, app_requests
from fastapi_lint.model.testsuite.requests import SentRequest, sent_requests
from fastapi_lint.model.values import Site
from fastapi_lint.text.source import Source

SourceOf = Callable[[str], Source | None]
"""Gives the source that the facts of a module were made from, by path; None where that can't be had."""


def link(
    modules: Mapping[str, ModuleFacts],
    settings: ModelSettings,
    source_of: SourceOf = lambda path: None,
    wanted: Collection[str] | None = None,
) -> Project:
    """Links the facts of all modules into the model of what FastAPI will build.

    Args:
        modules: facts by path, relative to the project root, with forward slashes.
        settings: what the user says of the project.
        source_of: gives the sources of modules, which only fixes ask for.
        wanted: the paths of the modules in which findings are wanted; None: of all.
    """
    linker = Linker(modules, settings.source_roots)
    interpreter = Interpreter(linker, settings)
    builder = RouteBuilder(interpreter)
    interpreter.list_routes = builder.listed
    execute(interpreter)
    run_factories(interpreter)
    run_startups(interpreter)
    apps = find_apps(interpreter)
    for app in apps:
        builder.build(app)
    builder.note_lost()
    alone = [] if any(not app.is_test for app in apps) else routers_alone(builder.unserved(), interpreter)
    for router in alone:
        builder.build(router)
    chosen = chosen_apps(apps, settings.apps, linker)
    return Project(linker, interpreter, chosen, alone, builder, settings, source_of, wanted)


class Project:
    """The model of a project.

    Attributes:
        apps: its applications, mounted ones too, in the order in which they are made.
        test_apps: those that only tests make, about which rules have nothing to say.
        routers_alone: where it has no applications, its routers for those of others.
        settings: what the user says of the project.
    """

    def __init__(
        self,
        linker: Linker,
        interpreter: Interpreter,
        apps: list[App],
        routers_alone: list[App],
        builder: RouteBuilder,
        settings: ModelSettings,
        source_of: SourceOf,
        wanted: Collection[str] | None,
    ) -> None:
        self.apps = [app for app in apps if not app.is_test]
        self.test_apps = [app for app in apps if app.is_test]
        self.routers_alone = [router for router in routers_alone if not router.is_test]
        self.settings = settings
        self.interpreter = interpreter
        self._linker = linker
        self._builder = builder
        self._source_of = source_of
        self._wanted = wanted
        self._editors: dict[str, Editor | None] = {}
        self._authenticated: dict[App, Route | None] = {}
        self._precedences: dict[App, Precedence] = {}

    @property
    def modules(self) -> list[Module]:
        """Its modules, by path."""
        return list(self._linker.modules.values())

    def editor(self, module: Module) -> Editor | None:
        """What makes the edits of a module; None where its source can't be had."""
        if module.path not in self._editors:
            source = self._source_of(module.path)
            self._editors[module.path] = Editor(module, source, self._linker) if source is not None else None
        return self._editors[module.path]

    def call_to_edit(self, site: Site) -> tuple[Editor, Call] | None:
        """The call that a value of the model was made by, and what edits its module; None where either can't be had."""
        editor = self.editor(site.module)
        call = editor.call(site) if editor is not None else None
        return (editor, call) if editor is not None and call is not None else None

    def registration_to_edit(self, route: Route) -> tuple[Editor, Call] | None:
        """The call that registers a route, and what edits its module; None where either can't be had, or the call may
        register other endpoints, too: in a loop, or in a function that is called for several."""
        outer = list(around(route.site.module.facts.body, route.site.start, route.site.end))
        if any(isinstance(node, Function) and route.site.end <= node.start for node in outer):
            return self.call_to_edit(route.site)  # a decorator: it registers what stands below it
        endpoints = {
            other.endpoint if other.function is None else other.function.fact
            for other in self.registered_routes
            if other.site == route.site
        }
        is_shared = len(endpoints) > 1 or any(isinstance(node, (For, While, Comprehension)) for node in outer)
        return self.call_to_edit(route.site) if not is_shared else None

    @property
    def serving(self) -> list[App]:
        """What serves its routes: the applications that no other one mounts; its routers where it has none."""
        return [app for app in self.apps if not app.mounted] or self.routers_alone

    @cached_property
    def routes(self) -> list[Route]:
        """The effective routes of all applications; those of a mounted one as the application around it serves them.
        Where there is no application, those of its routers."""
        return [route for app in self.serving for route in app.routes]

    @cached_property
    def unresolved(self) -> list[Unresolved]:
        """What of the routing is not known, each thing once, by place; tests apart."""
        tests = {module.path for module in self.modules if module.is_test}
        found = (*self._builder.unresolved, *unresolved_in(self.routes))
        return once(item for item in found if item.location.path not in tests)

    @cached_property
    def may_have_more_routes(self) -> bool:
        """Whether something of the routing is not known, tests apart, so that there may be routes that are not
        listed."""
        tests = {module.path for module in self.modules if module.is_test}
        return any(item.location.path not in tests for item in self._builder.unresolved)

    @cached_property
    def unserved_routers(self) -> list[Router]:
        """The routers of its modules, tests apart, that have routes and that no application serves; those apart whose
        routes some function reads, which may serve them by other means."""
        unserved = [router for router in self._builder.unserved() if not router.site.module.is_test]
        if not unserved:
            return []
        readers = (function for function in self.functions if function.fact.body.may_hold(".routes"))
        reads = (event for function in readers for event in self.bodies.of(function).reads)
        asked = {event.receiver for event in reads if isinstance(event.node, Attribute) and event.node.attr == "routes"}
        return [router for router in unserved if router not in asked]

    @cached_property
    def settings_lineage(self) -> frozenset[ClassDefinition]:
        """Its classes that read the environment by themselves, and those of which they are made."""
        return settings_lineage(self.classes)

    @cached_property
    def late_registrations(self) -> list[tuple[Registration, InclusionRegistration]]:
        """The routes and inclusions that nobody serves, tests apart, since FastAPI had copied their router before, with
        the inclusion that did so."""
        return [late for late in self._builder.late() if not late[0].site.module.is_test]

    @cached_property
    def registered_routes(self) -> list[Route]:
        """The effective routes, of each registration and endpoint the first: a router may be included twice."""
        return _registered_once(self.routes)

    @cached_property
    def documented_routes(self) -> list[Route]:
        """The registered routes, tests apart, that are in an OpenAPI document: a router may be included a second time
        without being shown."""
        shown = (route for route in self.routes if route.kind == "api" and route.include_in_schema)
        return [route for route in _registered_once(shown) if not self.is_test(route.site.module)]

    @cached_property
    def routes_by_endpoint(self) -> list[Route]:
        """The registered routes, tests apart, the first of each endpoint and methods: it may serve several paths."""
        found: dict[object, Route] = {}
        for route in self.registered_routes:
            if not self.is_test(route.site.module):
                found.setdefault((route.function or route, route.methods), route)
        return list(found.values())

    def precedence(self, app: App) -> Precedence:
        """Which routes of an application that no other one mounts come before which."""
        known = self._precedences.get(app)
        if known is None:
            known = self._precedences[app] = Precedence(app)
        return known

    @cached_property
    def _routes_by_resource(self) -> dict[Resource, list[Route]]:
        found: dict[Resource, list[Route]] = {}
        for route in self.routes:
            found.setdefault(resource_of(route), []).append(route)
        return found

    def routes_of(self, resource: Resource) -> list[Route]:
        """The routes of a resource, in the order of matching."""
        return self._routes_by_resource.get(resource, [])

    @property
    def functions(self) -> list[FunctionDefinition]:
        """Its functions and methods, in the order of definition; those inside functions where these were executed."""
        return self.interpreter.functions

    @property
    def classes(self) -> list[ClassDefinition]:
        """Its classes, in the order of definition."""
        return self.interpreter.classes

    @cached_property
    def dependencies(self) -> list[FunctionDefinition]:
        """The project functions and methods that some route depends on, each once."""
        found: dict[FunctionDefinition, None] = {}
        for route in self.routes:
            for dependency in route.dependencies:
                if dependency.function is not None:
                    found[dependency.function] = None
        return list(found)

    @cached_property
    def schemas(self) -> Schemas:
        """Its Pydantic models."""
        return build_schemas(self.classes, self.interpreter)

    @cached_property
    def orm_models(self) -> OrmModels:
        """Its mapped SQLAlchemy and SQLModel classes."""
        return build_orm_models(self.classes, self.interpreter)

    @cached_property
    def bodies(self) -> Bodies:
        """What happens inside its functions."""
        self.interpreter.learn_models(self.orm_models)
        endpoints = [route.function for route in self.routes if route.function is not None]
        self.interpreter.bodies.follow([*self.dependencies, *endpoints])
        return self.interpreter.bodies

    @cached_property
    def request_path(self) -> RequestPath:
        """Which functions run while requests are served."""
        return RequestPath(self.apps, self.routes, self.bodies)

    @cached_property
    def reached_functions(self) -> list[tuple[FunctionDefinition, Reach]]:
        """The functions that run while requests are served, each with the way there: not those of tests, nor those of
        modules about which nobody wants to know."""
        reached = self.request_path.reached.items()
        judged = {module for module in self.modules if not module.is_test and self.is_wanted(module)}
        return [(function, reach) for function, reach in reached if function.module in judged]

    @cached_property
    def raised_errors(self) -> list[RaisedError]:
        """The HTTP exceptions that its endpoints, their dependencies and what these call raise, each place where one is
        made once; tests apart."""
        return made_once(error for errors in self.errors_by_raise.values() for error in errors)

    @cached_property
    def errors_by_raise(self) -> dict[RaiseEvent, list[RaisedError]]:
        """The same HTTP exceptions by each ``raise``, of those that are made in one place all."""
        found: dict[RaiseEvent, list[RaisedError]] = {}
        for error in raised_errors(self.request_path.entries, self.bodies):
            if not error.site.module.is_test:
                found.setdefault(error.event, []).append(error)
        return found

    @cached_property
    def errors_by_function(self) -> dict[FunctionDefinition, list[RaisedError]]:
        """The same HTTP exceptions by the function that raises them."""
        found: dict[FunctionDefinition, list[RaisedError]] = {}
        for error in self.raised_errors:
            found.setdefault(error.function, []).append(error)
        return found

    @cached_property
    def catches(self) -> list[tuple[Catch, Reach]]:
        """The ``except`` clauses of the functions that run for requests, each with the way there; tests apart."""
        return [
            (catch, reach)
            for function, reach in self.request_path.reached.items()
            if not function.module.is_test
            for catch in catches_in(function, self.bodies, self.interpreter)
        ]

    @cached_property
    def flows(self) -> list[Flow]:
        """How what clients send comes to where it does harm; tests apart."""
        return flows(self)

    @cached_property
    def exception_flow(self) -> ExceptionFlow:
        """Which exceptions leave its functions."""
        return ExceptionFlow(self.bodies, self.interpreter)

    @cached_property
    def blocking(self) -> BlockingChains:
        """Which calls make their thread wait."""
        return BlockingChains(self.bodies)

    @cached_property
    def database_calls(self) -> BlockingChains:
        """Which calls of synchronous sessions, connections and engines make their thread wait."""
        return BlockingChains(self.bodies, database_blockage)

    @cached_property
    def query_sites(self) -> QuerySites:
        """Where its functions send queries and commit."""
        return QuerySites(self.bodies)

    @cached_property
    def computing(self) -> BlockingChains:
        """Which calls keep their thread busy for long."""
        return BlockingChains(self.bodies, computation)

    @cached_property
    def streams(self) -> dict[FunctionDefinition, Related]:
        """The generator functions whose items responses send one by one, and where they are handed over."""
        return streamed_generators(self.request_path.reached.values(), self.bodies)

    @cached_property
    def persistence(self) -> Persistence:
        """What its functions create, update and delete."""
        return Persistence(self.bodies, self.classes)

    @cached_property
    def sent_requests(self) -> list[SentRequest]:
        """What its tests may request."""
        return sent_requests(self.modules)

    @cached_property
    def app_requests(self) -> list[AppRequest]:
        """What its tests certainly request of applications whose paths are all known."""
        return app_requests(self)

    @cached_property
    def upward_imports(self) -> list[UpwardImport]:
        """The imports of the API by layers below it."""
        models = {model.cls.module for model in self.orm_models}
        return list(upward_imports(self.modules, self.routes, models, self._linker))

    @cached_property
    def loading(self) -> Loading:
        """Which relationships queries load."""
        return Loading(self.orm_models, self.bodies, self.functions)

    @cached_property
    def _authenticator(self) -> Authenticator:
        return Authenticator(self.bodies, self.settings)

    @property
    def guards(self) -> Guards:
        """What its functions do about credentials."""
        return self._authenticator.guards

    @cached_property
    def _authentications(self) -> dict[Route, Authentication]:
        return {}

    def authentication(self, route: Route) -> Authentication:
        """How a route authenticates, by its dependencies, its endpoint and the middlewares around it."""
        known = self._authentications.get(route)
        if known is None:
            applications = [level.site for level in route.levels if level.kind == "app"]
            middlewares = [
                middleware.handler
                for app in self.apps
                if app is route.app or any(app.router.site is site for site in applications)
                for middleware in app.middlewares
            ]
            known = self._authentications[route] = self._authenticator.of(route.dependant, middlewares)
        return known

    def authentication_by(self, dependant: Dependant) -> Authentication:
        """How a dependency on its own authenticates."""
        return self._authenticator.of_dependency(dependant)

    def manual_authentication(self, route: Route) -> ManualAuthentication | None:
        """How the endpoint of a route authenticates by hand, or None; what is around it may authenticate already."""
        if self.authentication(route).source in ("decorator", "middleware"):
            return None
        return manual_authentication(route, self.bodies, self._authenticator)

    def authenticates(self, app: App) -> bool:
        """Whether some route of an application authenticates by more than a check in its own body."""
        return self._authenticated_route(app) is not None

    def authentication_example(self, route: Route) -> Related | None:
        """The evidence that the application of a route authenticates elsewhere: a route that does and by what, of the
        same module where there is one."""
        beside = (other for other in route.app.routes if other.site.module is route.site.module)
        example = next(filter(self._is_example, beside), None) or self._authenticated_route(route.app)
        if example is None:
            return None
        authentication = self.authentication(example)
        by = f": {authentication.evidence[0].message}" if authentication.evidence else ""
        return Related(f"{example.label} does authenticate{by}", example.location)

    def _authenticated_route(self, app: App) -> Route | None:
        if app not in self._authenticated:
            self._authenticated[app] = next(filter(self._is_example, app.routes), None)
        return self._authenticated[app]

    def _is_example(self, route: Route) -> bool:
        authentication = self.authentication(route)
        return authentication.required is True and authentication.source != "endpoint"

    def has_app(self, name: str) -> bool:
        """Whether ``module:variable`` or ``module:factory`` names one of its applications."""
        return any(is_named(app, name, self._linker) for app in (*self.apps, *self.test_apps))

    def modules_named(self, name: str) -> list[Module]:
        """Its modules with a dotted name, counted from any folder that may be a source root."""
        return modules_named(name, self._linker)

    def has_name(self, name: str) -> bool:
        """Whether a bare or dotted name is that of a function, class or variable of a module, or of what a route
        depends on."""
        return any(f".{known}".endswith(f".{name}") for known in self._names)

    @cached_property
    def _names(self) -> set[str]:
        names = {definition.qualified_name for definition in (*self.functions, *self.classes)}
        names.update(f"{module.name}.{name}" for module in self.modules for name in module.scope.names)
        names.update(visit.dependant.qualified_name for route in self.routes for visit in route.dependant.walk())
        return names

    def version(self, distribution: str) -> Release:
        """The release of a library that the project uses; ``NEWEST`` when it is not known."""
        return self.settings.release(distribution)

    def import_closure(self, module: Module) -> set[Module]:
        """The module, and all modules of the project that run when it is imported."""
        return import_closure(module, self._linker)

    def is_migration(self, module: Module) -> bool:
        """Whether a module is an Alembic revision: it runs once, by hand."""
        return {"revision", "down_revision", "upgrade"} <= module.scope.names.keys()

    def is_test(self, module: Module) -> bool:
        """Whether a module belongs to the tests."""
        return module.is_test

    def is_wanted(self, module: Module) -> bool:
        """Whether somebody wants to know what rules find in a module. They may find more, which is not reported."""
        return self._wanted is None or module.path in self._wanted


def _registered_once(routes: Iterable[Route]) -> list[Route]:
    """Of each registration and endpoint the first route."""
    found: dict[object, Route] = {}
    for route in routes:
        found.setdefault((route.site.module, route.site.start, route.function or route, route.methods), route)
    return list(found.values())
