"""Calls: what calling a value does and returns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from fastapi_lint.facts.expressions import Expression, Parameter
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Scope
from fastapi_lint.model.interpreter import files, signatures
from fastapi_lint.model.interpreter.attributes import DATA_BASES, ENUM_BASES, PLAIN_BASES
from fastapi_lint.model.interpreter.bodies import PassedArguments, is_bound
from fastapi_lint.model.interpreter.evaluation import Evaluator
from fastapi_lint.model.interpreter.frames import Frame
from fastapi_lint.model.interpreter.higher_order import call_higher_order
from fastapi_lint.model.interpreter.limits import Limits
from fastapi_lint.model.interpreter.natives import call_builtin, call_native
from fastapi_lint.model.interpreter.operations import constant, operate, truth
from fastapi_lint.model.interpreter.records import NAMED_TUPLE, call_record, fill, finisher, named_tuple
from fastapi_lint.model.interpreter.reflection import call_reflection, conditions_of_name, member_names
from fastapi_lint.model.interpreter.writes import Writes
from fastapi_lint.model.knowledge.library_routers import LIBRARY_ENDPOINT, LIBRARY_ROUTERS, LibraryRouter
from fastapi_lint.model.knowledge.persistence import CONSTRUCTING_METHODS, RECORD_CLASSES, RECORD_GIVING_METHODS
from fastapi_lint.model.knowledge.routers import (
    APP_CLASSES,
    DEFAULT_PLACEHOLDER,
    PASSED_ON_WHEN_ABSENT,
    ROUTER_ATTRIBUTES,
    ROUTER_CLASSES,
    ROUTER_METHODS,
)
from fastapi_lint.model.orm.queries import QueryResults, has_origin
from fastapi_lint.model.routing.registration import Registrar
from fastapi_lint.model.routing.route_objects import RouteList, RouteObject
from fastapi_lint.model.routing.routers import HTTP_METHODS, HandlerDecorator, RouteDecorator, Router
from fastapi_lint.model.types import bases_are_known
from fastapi_lint.model.values import (
    Ambiguous,
    Arguments,
    Collection,
    Condition,
    Dictionary,
    External,
    ExternalResult,
    FilePath,
    Instance,
    Literal,
    Method,
    ModuleReference,
    Native,
    Parametrized,
    Partial,
    Site,
    Super,
    Unknown,
    Value,
    as_setting,
    external_name,
    possibilities,
    possible,
    text_of,
    union,
)

if TYPE_CHECKING:
    from fastapi_lint.model.orm.models import OrmModels

CACHES = frozenset({"functools.lru_cache", "functools.cache"})
"""Decorators of functions that are entered once for the same arguments."""


class Caller(Evaluator):
    """Makes the calls. In a frame with effects project functions are entered; elsewhere their annotation speaks."""

    def __init__(self) -> None:
        super().__init__()
        self.registrar = Registrar()
        self.queries = QueryResults()
        self.limits = Limits(self.registrar)
        self.writes = Writes()
        self._routing_only = False
        self.entered: set[FunctionDefinition] = set()
        """The project functions that were entered with effects."""
        self.passed = PassedArguments()
        self.declared_types = {}
        self.type_arguments = {}
        self._cached: dict[tuple[object, ...], Value] = {}
        self._returned: dict[FunctionDefinition, Value] = {}
        self._returned_by_receiver: dict[tuple[FunctionDefinition, object], Value] = {}
        self._properties: dict[tuple[FunctionDefinition, object, tuple[object, ...]], Value] = {}

    def call(self, callee: Value, arguments: Arguments, site: Site) -> Value:
        """What calling a value returns, without effects."""
        return self.make_call(callee, arguments, site, Frame(Scope(site.module, site.module.scope), effects=False))

    def make_call(self, callee: Value, arguments: Arguments, site: Site, frame: Frame) -> Value:
        if frame.effects and len(arguments.positional) == 1 and not arguments.keywords:
            alone = arguments.positional[0]
            if isinstance(alone, ClassDefinition):
                alone.handed_to.append(callee)
        if isinstance(callee, FunctionDefinition):
            return self._call_function(callee, arguments, None, site, frame)
        if isinstance(callee, Method):
            return self._call_function(callee.function, arguments, callee.receiver, site, frame)
        if isinstance(callee, ClassDefinition):
            return self.instantiate(callee, arguments, site, frame)
        if isinstance(callee, (External, ExternalResult)):
            return self._call_external(callee, arguments, site, frame)
        if isinstance(callee, Native):
            return self._call_native(callee, arguments, site, frame)
        if isinstance(callee, (RouteDecorator, HandlerDecorator)):
            return self._apply(callee, arguments, frame)
        if isinstance(callee, Partial):
            return self.make_call(callee.function, _joined(callee.arguments, arguments), site, frame)
        if isinstance(callee, Instance):
            method = callee.cls.find_method("__call__")
            if method is not None:
                return self._call_function(method, arguments, callee, site, frame)
            return Unknown(f"the result of calling an instance of {callee.cls.name}")
        if isinstance(callee, Parametrized):
            made = self.make_call(callee.origin, arguments, site, frame)
            if isinstance(made, Instance):
                made.type_arguments = callee.arguments
            return made
        if isinstance(callee, Ambiguous):
            return union([self.make_call(option, arguments, site, frame) for option in callee.options])
        if isinstance(callee, Unknown):
            self.registrar.hand_over(callee, arguments, site, frame)
            return callee
        return Unknown("the result of calling a value that is not callable")

    # project functions

    def _call_function(
        self, function: FunctionDefinition, arguments: Arguments, receiver: Value | None, site: Site, frame: Frame
    ) -> Value:
        if function.fact.yields and not self._routing_only and self._may_enter(function, receiver, frame):
            return self._generated(function, arguments, receiver, frame)
        if (
            function.fact.yields
            or not self._may_enter(function, receiver, frame)
            or not self._is_of_interest(function, arguments, receiver, frame)
        ):
            if frame.effects and not self._may_enter(function, receiver, frame):
                self.registrar.give_up(function, (*arguments, receiver), site, frame)
            if not frame.effects and self.passed.observe(function, arguments):
                self._returned.pop(function, None)  # what it returns may depend on what is passed
            result = self.returned(function)
            if isinstance(receiver, Instance) and self.queries.models is not None and _is_open(result):
                return self._returned_to(function, receiver)
            return result
        if isinstance(receiver, Router) and function.name in ROUTER_METHODS and frame.behalf is None:
            frame = replace(frame, behalf=site)
        if _is_cached(function):
            return self._remembered(function, arguments, receiver, frame)
        return self._enter(function, arguments, receiver, frame)

    def _is_of_interest(
        self, function: FunctionDefinition, arguments: Arguments, receiver: Value | None, frame: Frame
    ) -> bool:
        """Whether a call is entered where only routing is asked for (see :meth:`routing_only`)."""
        if not self._routing_only or function.module.is_test or frame.behalf is not None:
            return True
        return _carries_router(arguments, receiver)

    def _remembered(
        self, function: FunctionDefinition, arguments: Arguments, receiver: Value | None, frame: Frame
    ) -> Value:
        """What a cached function returns: for the same arguments the very same."""
        given = [("", receiver), *enumerate(arguments.positional), *sorted(arguments.keywords.items())]
        key = (function, *((name, _identity(value)) for name, value in given))
        if key not in self._cached:
            self._cached[key] = self._enter(function, arguments, receiver, frame)
        return self._cached[key]

    @contextmanager
    def routing_only(self) -> Iterator[None]:
        """Inside, of the functions that are called only those are entered that are handed a router, what methods of
        routers call, and those of tests: for code that does not build the application, such as what a running server
        does, and tests."""
        outside, self._routing_only = self._routing_only, True
        try:
            yield
        finally:
            self._routing_only = outside

    def run_at_startup(
        self, function: FunctionDefinition, arguments: Arguments, site: Site, conditions: tuple[Condition, ...] = ()
    ) -> None:
        """Executes a function that the application runs when it starts: a lifespan (both sides of its ``yield``) or an
        event handler, which was registered under conditions. Some applications register their routes there."""
        receiver = Instance(function.owner) if function.owner is not None else None
        frame = Frame(Scope(site.module, site.module.scope), effects=True, conditions=conditions)
        with self.routing_only():
            self._enter(function, arguments, receiver, frame)

    def property_value(
        self, receiver: Value, function: FunctionDefinition, frame: Frame, arguments: Arguments | None = None
    ) -> Value:
        """What reading an attribute of a known receiver gives that a function makes: its body is run, with effects only
        where the frame has them. Once all modules were executed it gives the same at each reading."""
        if frame.effects or self.queries.models is None:
            return self._property_value(receiver, function, frame, arguments or Arguments())
        asked = tuple(map(_identity, arguments)) if arguments is not None else ()
        key = (function, _as_receiver(receiver), asked)
        if key not in self._properties:
            self._properties[key] = self._property_value(receiver, function, frame, arguments or Arguments())
        return self._properties[key]

    def _property_value(
        self, receiver: Value, function: FunctionDefinition, frame: Frame, arguments: Arguments
    ) -> Value:
        if self.limits.is_running(function, receiver):
            return Unknown(f"what {function.name} returns")
        if not self.limits.allow(function, receiver, frame):
            return self.returned(function)
        inner = Frame(Scope(function.module, function.scope), frame.effects, function=function, depth=frame.depth + 1)
        self.bind_parameters(function, arguments, receiver, inner)
        with self.limits.entering(function, receiver, frame):
            self.run_body(function.fact.body.statements, inner)
        result = union(inner.returns) if inner.returns else Unknown(f"what {function.name} returns")
        return self.returned(function) if isinstance(result, Unknown) else result

    def _generated(
        self, function: FunctionDefinition, arguments: Arguments, receiver: Value | None, frame: Frame
    ) -> Value:
        """What calling a generator function gives: all that it yields. It is run at once, as if somebody asked it for
        everything."""
        yielded: list[Value] = []
        self._enter(function, arguments, receiver, frame, yielded)
        if not yielded:
            return self.returned(function)
        known = not any(isinstance(value, Unknown) for value in yielded)
        return Collection("generator", yielded, known and not function.is_async, None if known else union(yielded))

    def _enter(
        self,
        function: FunctionDefinition,
        arguments: Arguments,
        receiver: Value | None,
        frame: Frame,
        yielded: list[Value] | None = None,
    ) -> Value:
        self.entered.add(function)
        scope = Scope(function.module, function.scope)
        inner = Frame(
            scope,
            effects=True,
            function=function,
            conditions=frame.conditions,
            depth=frame.depth + 1,
            loops=frame.loops,
            behalf=frame.behalf,
            yielded=yielded,
        )
        self.bind_parameters(function, arguments, receiver, inner)
        with self.limits.entering(function, receiver, frame):
            if self.run_body(function.fact.body.statements, inner):
                inner.give(Literal(None))
        result = union(inner.returns) if inner.returns else Unknown(f"what {function.name} returns")
        for made in possibilities(result):
            if isinstance(made, Router):
                made.maker = function
        if isinstance(result, Unknown) and function.fact.returns is not None:
            return self.instance_of(self.annotation(function.fact.returns, function.annotated))
        return result

    def call_method(
        self, receiver: Value, function: FunctionDefinition, arguments: Arguments, site: Site, frame: Frame
    ) -> Value:
        """What calling a method on a receiver returns."""
        return self._call_function(function, arguments, receiver, site, frame)

    @staticmethod
    def is_app_class(value: Value) -> bool:
        """Whether a value is FastAPI or a subclass."""
        if isinstance(value, ClassDefinition):
            return value.derives_from(*APP_CLASSES)
        return external_name(value) in APP_CLASSES

    def _may_enter(self, function: FunctionDefinition, receiver: Value | None, frame: Frame) -> bool:
        return frame.effects and self.limits.allow(function, receiver, frame)

    def bind_parameters(
        self, function: FunctionDefinition, arguments: Arguments, receiver: Value | None, frame: Frame
    ) -> None:
        """Binds the parameters of a function in its new frame; what was not passed takes its default or its type."""
        names = frame.scope.names
        positional = ([receiver] if receiver is not None else []) + arguments.positional
        keywords = dict(arguments.keywords)
        for parameter in function.fact.parameters:
            if parameter.form == "*":
                names[parameter.name] = Collection("tuple", positional, arguments.complete, conditions=frame.conditions)
                positional = []
            elif parameter.form == "**":
                items = [(Literal(name), value) for name, value in keywords.items()]
                names[parameter.name] = Dictionary(list(items), arguments.complete, conditions=frame.conditions)
            elif positional and parameter.form != "keyword":
                names[parameter.name] = positional.pop(0)
            elif parameter.name in keywords:
                names[parameter.name] = keywords.pop(parameter.name)
            else:
                names[parameter.name] = self._unpassed(parameter, arguments.complete, function, receiver, frame.effects)

    def _unpassed(
        self,
        parameter: Parameter,
        complete: bool,
        function: FunctionDefinition,
        receiver: Value | None,
        effects: bool,
    ) -> Value:
        """What a parameter holds for which no argument is seen: its default where nothing else can have been passed
        (or where something runs that nobody was seen to call: there it is assumed), what its dependency gives, an
        instance of its annotated type."""
        if parameter.default is not None and (complete or effects):
            default = self.evaluate(parameter.default, function.header)
            if complete:
                return default
            if isinstance(default, Literal) and default.value is not None:
                return Literal(default.value, assumed=True)
            if isinstance(default, Literal) and parameter.annotation is not None:
                given = self._declared(parameter.annotation, function, receiver)
                return union([as_setting(default), given])
        if parameter.annotation is not None:
            value = self._declared(parameter.annotation, function, receiver)
            if not isinstance(value, Unknown):
                return value
        if parameter.default is not None:
            default = self.evaluate(parameter.default, function.header)
            if isinstance(default, ExternalResult) and default.name in ("fastapi.Depends()", "fastapi.Security()"):
                dependency = default.arguments.get("dependency", 0)
                return self.injected(dependency) if dependency is not None else Unknown("what a dependency gives")
        return Unknown(f"the parameter {parameter.name!r}")

    def _declared(self, annotation: Expression, function: FunctionDefinition, receiver: Value | None) -> Value:
        """A value of the type with which a function annotates a parameter or its result, for this receiver."""
        declared = self.annotation(annotation, function.annotated)
        return self.instance_of(self.concrete(declared, function.owner, receiver))

    def injected(self, dependency: Value) -> Value:
        """What FastAPI injects for a dependency: what it returns or, for a generator, yields."""
        if isinstance(dependency, FunctionDefinition):
            if not dependency.fact.yields:
                return self.returned(dependency)
            if dependency.fact.returns is None:
                return self.yielded(dependency)
            declared = self.instance_of(self.annotation(dependency.fact.returns, dependency.annotated))
            return self.iterate(declared)[0][0] if isinstance(declared, Collection) else declared
        if isinstance(dependency, ClassDefinition):
            return Instance(dependency)
        if isinstance(dependency, Instance):
            method = dependency.cls.find_method("__call__")
            return self.injected(method) if method is not None else Unknown("what a dependency gives")
        if isinstance(dependency, Method):
            return self.injected(dependency.function)
        return Unknown("what a dependency gives")

    def yielded(self, function: FunctionDefinition) -> Value:
        """What a generator function yields."""
        raise NotImplementedError

    def learn_models(self, models: OrmModels) -> None:
        """Says which classes are mapped, once all modules were executed: from now on relationships are known, and what
        functions return is asked anew."""
        self.queries.models = models
        self._returned.clear()

    def returned(self, function: FunctionDefinition) -> Value:
        """What calling a function gives, from its return annotation, else from its return statements."""
        if function.fact.yields and function.fact.returns is None and self.queries.models is not None:
            return Collection("generator", [], False, self.yielded(function))
        if function not in self._returned:
            self._returned[function] = Unknown(f"what {function.name} returns")  # a recursive function asks again
            if function.fact.returns is not None:
                declared = self.annotation(function.fact.returns, function.annotated)
                self._returned[function] = self.instance_of(declared)
            known = self._returned[function]
            is_app = external_name(known).removesuffix("()") in APP_CLASSES
            may_be_told = isinstance(known, Unknown) or is_app or self.queries.may_be_queried(known)
            if not function.fact.yields and may_be_told:
                inferred = self._inferred_return(function)
                if isinstance(known, Unknown) or isinstance(inferred, Router) or has_origin(inferred):
                    self._returned[function] = inferred
        return self._returned[function]

    def _returned_to(self, function: FunctionDefinition, receiver: Instance) -> Value:
        """What a method gives when called on this very receiver: a generic repository's depends on its model."""
        told_by = _as_receiver(receiver)
        key = (function, told_by)
        if key not in self._returned_by_receiver:
            result = self._returned_by_receiver[key] = self.returned(function)
            if not function.fact.yields and told_by is not function.owner:
                inferred = self._inferred_return(function, receiver)
                if not has_origin(inferred) and function.fact.returns is not None:
                    inferred = self._declared(function.fact.returns, function, receiver)
                self._returned_by_receiver[key] = result if _is_open(inferred) else inferred
        return self._returned_by_receiver[key]

    def _inferred_return(self, function: FunctionDefinition, receiver: Value | None = None) -> Value:
        frame = Frame(Scope(function.module, function.scope), effects=False, function=function)
        if receiver is None and function.owner is not None and is_bound(function):
            receiver = function.owner if function.has_decorator("classmethod") else Instance(function.owner)
        self.bind_parameters(function, self.passed.of(function), receiver, frame)
        if self.run_body(function.fact.body.statements, frame):
            frame.give(Literal(None))
        return union(frame.returns) if frame.returns else Unknown(f"what {function.name} returns")

    def run_body(self, statements: tuple, frame: Frame) -> bool:
        """Executes a body in a frame; returns whether its end can be reached."""
        raise NotImplementedError

    # classes

    def instantiate(self, cls: ClassDefinition, arguments: Arguments, site: Site, frame: Frame) -> Value:
        """An instance of a project class; a router where the class is one."""
        if cls.derives_from(*ROUTER_CLASSES):
            router = Router(cls, cls.derives_from(*APP_CLASSES), arguments, site, frame.function, frame.conditions)
            initializer = cls.find_method("__init__")
            if frame.effects:
                self.registrar.routers.append(router)
                if initializer is not None:
                    router.arguments = Arguments(complete=False)
                    self._call_function(initializer, arguments, router, site, frame)
                else:
                    self.registrar.adopt(router, arguments, site, frame)
            return router
        if cls.derives_from(*ENUM_BASES):
            return self.enum_member(cls, arguments)
        instance = Instance(cls, {}, arguments, site)
        self.writes.made(instance.attributes)
        initializer = cls.find_method("__init__")
        if initializer is not None:
            if self._may_enter(initializer, instance, frame):
                self._call_function(initializer, arguments, instance, site, frame)
        else:
            fill(instance, arguments, self)
            finish = finisher(cls)
            if finish is not None and self._may_enter(finish, instance, frame):
                self._call_function(finish, Arguments(), instance, site, frame)
        return instance

    # what is outside the project

    def _call_external(
        self, callee: External | ExternalResult, arguments: Arguments, site: Site, frame: Frame
    ) -> Value:
        name = callee.name
        if name in ROUTER_CLASSES:
            router = Router(External(name), name in APP_CLASSES, arguments, site, frame.function, frame.conditions)
            if frame.effects:
                self.registrar.routers.append(router)
                self.registrar.adopt(router, arguments, site, frame)
            return router
        if name in LIBRARY_ROUTERS:
            return self._library_router(callee, LIBRARY_ROUTERS[name], arguments, site, frame)
        if name == "super":
            return self._super(frame)
        if name == "getattr" and len(arguments.positional) >= 2:
            names = [text_of(option) for option in possibilities(arguments.positional[1])]
            if None not in names:
                return union([self._attribute_or_default(arguments, str(text), frame) for text in names])
            if isinstance(arguments.positional[0], Router) and frame.effects:
                self.registrar.call_unknown(arguments.positional[0], site, frame)
        if name == "functools.partial" and arguments.positional:
            return _partial(
                arguments.positional[0], Arguments(arguments.positional[1:], arguments.keywords, arguments.complete)
            )
        if name == "functools.wraps()" and arguments.positional and isinstance(callee, ExternalResult):
            wrapper = arguments.positional[0]
            _wrap(wrapper, callee.arguments.get("wrapped", 0))
            return wrapper
        if name == "functools.update_wrapper" and len(arguments.positional) > 1:
            wrapper, wrapped = arguments.positional[:2]
            if _wrap(wrapper, wrapped):
                return wrapper
        if name == NAMED_TUPLE and isinstance(callee, ExternalResult):
            return named_tuple(callee.arguments, arguments)
        if name == "typing.get_type_hints" and arguments.positional:
            return self._type_hints(arguments.positional[0])
        if name == "importlib.import_module" and arguments.positional:
            return self.import_by_name(arguments.positional[0], arguments.get("package", 1), frame)
        if name == "inspect.getmembers" and arguments.positional:
            return self._members(arguments, site, frame)
        if name == "hasattr" and len(arguments.positional) == 2:
            return self._has_attribute(*arguments.positional, frame)
        if name == "setattr" and len(arguments.positional) == 3:
            receiver, attribute, value = arguments.positional
            if isinstance(attribute, Literal) and isinstance(attribute.value, str):
                self.set_attribute(receiver, attribute.value, value, site, frame)
            return Literal(None)
        if frame.effects and (cls := _constructed(callee)) is not None:
            return Instance(cls, {}, Arguments(complete=False), site)
        if (cls := _found(callee)) is not None:
            return Instance(cls)
        result = (
            call_reflection(name, arguments)
            or call_record(name, arguments)
            or signatures.call(callee, arguments, site)
            or files.call_function(name, arguments, self.linker)
            or call_higher_order(name, arguments, self, site, frame)
            or call_builtin(name, arguments, self, frame)
            or self.queries.called(callee, arguments, site)
        )
        if result is not None:
            return result
        self.registrar.hand_over(callee, arguments, site, frame)
        external = callee if isinstance(callee, External) else External(name, callee)
        return ExternalResult(external, arguments, site)

    def _library_router(
        self,
        callee: External | ExternalResult,
        library: LibraryRouter,
        arguments: Arguments,
        site: Site,
        frame: Frame,
    ) -> Router:
        """A router that registers routes of its own when it is made."""
        given = Arguments([], arguments.keywords, arguments.complete)
        router = Router(External(callee.name, callee), False, given, site, frame.function, frame.conditions)
        if not frame.effects:
            return router
        self.registrar.routers.append(router)
        called = [arguments.keywords[name] for name in library.dependencies if name in arguments.keywords]
        owner = callee.receiver if isinstance(callee, External) else None
        if isinstance(owner, ExternalResult):
            known = [owner.arguments.get(*place) for place in library.owner_dependencies]
            called += [value for value in known if value is not None]
        name, position, default = library.path or ("", None, "")
        before = arguments.get(name, position) or Literal(default)
        for route in library.routes:
            guard = [External(library.guard)] if route.guarded else []
            depends = [ExternalResult(External("fastapi.Depends"), Arguments([call]), site) for call in guard + called]
            passed: dict[str, Value] = {"dependencies": Collection("list", [*depends])}
            if route.status_code is not None:
                passed["status_code"] = Literal(route.status_code)
            path = operate("+", before, Literal(route.path)) if route.path else before
            decorator = RouteDecorator(router, route.kind, route.methods, Arguments([path], passed), site)
            self.registrar.apply(decorator, Unknown(LIBRARY_ENDPOINT + callee.name), frame)
        return router

    def _attribute_or_default(self, arguments: Arguments, name: str, frame: Frame) -> Value:
        """``getattr(receiver, name, default)`` for a known name."""
        receiver, default = arguments.positional[0], arguments.positional[2:3]
        options = [self.attribute(option, name, frame) for option in possibilities(receiver)]
        return union([default[0] if default and isinstance(option, Unknown) else option for option in options])

    def _members(self, arguments: Arguments, site: Site, frame: Frame) -> Value:
        """``inspect.getmembers(object, predicate)``."""
        names = member_names(arguments.positional[0])
        if names is None:
            return Unknown("the members of something that is not known")
        predicate = arguments.get("predicate", 1)
        pairs: list[Value] = []
        for name in sorted(names):
            member = self.attribute(arguments.positional[0], name, frame)
            if predicate is not None:
                verdict = truth(self.make_call(predicate, Arguments([member]), site, frame))
                if verdict is None and not external_name(member):  # what is outside the project is none of its own
                    return Unknown("members that a predicate does not tell apart")
                if not verdict:
                    continue
            pair = Collection("tuple", [Literal(name), member])
            pairs.append(possible(pair, (), conditions_of_name(arguments.positional[0], name)))
        return Collection("list", pairs)

    def _has_attribute(self, receiver: Value, name: Value, frame: Frame) -> Value:
        """``hasattr(receiver, name)``."""
        if isinstance(name, Literal) and isinstance(name.value, str) and not isinstance(receiver, (Ambiguous, Unknown)):
            found = self.attribute(receiver, name.value, frame)
            settled = isinstance(receiver, ModuleReference) and receiver.module.state == "done"
            if isinstance(receiver, Instance):
                settled = receiver.arguments is not None and not receiver.cls.external_bases
            if isinstance(receiver, ClassDefinition):
                settled = bases_are_known(receiver) and PLAIN_BASES.issuperset(receiver.external_bases)
            if isinstance(receiver, Router) and isinstance(found, Native) and not receiver.is_app:
                return Literal(name.value in ROUTER_ATTRIBUTES)
            if isinstance(receiver, (RouteObject, Method)):
                return Literal(not isinstance(found, Unknown))
            if isinstance(receiver, FunctionDefinition):
                settled = not any(map(external_name, receiver.decorators))
            if settled or isinstance(found, (Method, FunctionDefinition, Router, Literal)):
                return Literal(not isinstance(found, Unknown))
        return Unknown("whether an attribute is there")

    def set_attribute(self, receiver: Value, name: str, value: Value, site: Site, frame: Frame) -> None:
        """``receiver.name = value``."""
        raise NotImplementedError

    def _type_hints(self, annotated: Value) -> Value:
        """``typing.get_type_hints(annotated)``."""
        if isinstance(annotated, FunctionDefinition):
            hints = [(parameter.name, parameter.annotation) for parameter in annotated.fact.parameters]
            hints.append(("return", annotated.fact.returns))
            given = [(Literal(name), hint) for name, hint in hints if hint is not None]
            return Dictionary([(name, self.annotation(hint, annotated.scope)) for name, hint in given])
        if not isinstance(annotated, ClassDefinition) or not bases_are_known(annotated):
            return Unknown("the annotations of something that is no function and no class")
        found = Dictionary([], PLAIN_BASES.issuperset(annotated.external_bases))
        for cls in reversed([*annotated.project_lineage]):
            for name, statement in cls.declared.items():
                found.put(Literal(name), self.annotation(statement.annotation, cls.namespace))
        return found

    def import_by_name(self, name: Value, package: Value | None, frame: Frame) -> Value:
        """``importlib.import_module(name, package)``."""
        raise NotImplementedError

    @staticmethod
    def _super(frame: Frame) -> Value:
        function = frame.function
        if function is None or function.owner is None or not function.fact.parameters:
            return Unknown("super() outside a method")
        receiver = frame.scope.lookup(function.fact.parameters[0].name)
        return Super(receiver, function.owner) if receiver is not None else Unknown("super() outside a method")

    def _call_native(self, callee: Native, arguments: Arguments, site: Site, frame: Frame) -> Value:
        receiver = callee.receiver
        if isinstance(receiver, Router):
            overridden = self._overridden(receiver, "api_route") if callee.name in HTTP_METHODS else None
            if overridden is not None:  # FastAPI's get() and kin call self.api_route()
                passed = _passed_on(arguments, (callee.name.upper(),))
                return self.make_call(overridden, passed, site, frame)
            return self.registrar.call(receiver, callee.name, arguments, frame.behalf or site, frame)
        if isinstance(receiver, FilePath):
            result = files.call_method(receiver, callee.name, arguments, self.linker)
            external = External(f"{receiver.type_name}().{callee.name}", receiver)
            return ExternalResult(external, arguments, site) if result is None else result
        if isinstance(receiver, RouteList) and frame.effects:
            self._edit_routes(receiver, callee.name, arguments, site, frame)
        return call_native(receiver, callee.name, arguments, frame)

    def _edit_routes(self, routes: RouteList, name: str, arguments: Arguments, site: Site, frame: Frame) -> None:
        """``router.routes.name(arguments)``."""
        assert routes.router is not None
        given = arguments.positional[-1] if arguments.positional else None
        if name == "remove" and isinstance(given, RouteObject):
            routes.drop([given], frame.conditions)
        elif name in ("append", "insert") and given is not None:
            self.registrar.adopt_route(routes.router, given, site, frame)
        elif name == "extend":
            self.registrar.adopt_routes(routes.router, given, site, frame)
        elif name in ("remove", "pop", "clear"):
            self.registrar.lose_routes(routes.router, f"code changes them by routes.{name}()", site, frame)

    def _apply(self, decorator: RouteDecorator | HandlerDecorator, arguments: Arguments, frame: Frame) -> Value:
        target = arguments.positional[0] if arguments.positional else Unknown("an endpoint that was not given")
        if not frame.effects:
            return target
        overridden = self._overridden(decorator.router, "add_api_route")
        if overridden is not None and isinstance(decorator, RouteDecorator) and decorator.kind == "api":
            passed = _passed_on(decorator.arguments, decorator.methods)
            passed.keywords["endpoint"] = target
            self.make_call(overridden, passed, decorator.site, frame)
        else:
            self.registrar.apply(decorator, target, frame)
        return target

    @staticmethod
    def _overridden(router: Router, name: str) -> Method | None:
        """The method with which a router's own class overrides one of FastAPI's that others go through."""
        if router.is_app or not isinstance(router.cls, ClassDefinition):
            return None
        method = router.cls.find_method(name)
        return Method(router, method) if method is not None else None

    def decorate(self, decorator: Value, target: Value, site: Site, frame: Frame) -> Value:
        """What remains of a function or class after a decorator: the wrapper that a project's decorator returns, a
        function or a callable instance; the target itself where the decorator is outside the project (they use
        ``functools.wraps``, or should) or makes a descriptor."""
        result = self.make_call(decorator, Arguments([target]), site, frame)
        replaced = isinstance(target, (FunctionDefinition, Instance))
        return result if replaced and (isinstance(result, FunctionDefinition) or _is_wrapper(result)) else target


def _wrap(wrapper: Value, wrapped: Value | None) -> bool:
    """Notes what a wrapper says that it wraps; False where it cannot be noted."""
    if isinstance(wrapper, FunctionDefinition):
        wrapper.wrapped = wrapped
    elif isinstance(wrapper, Instance) and wrapped is not None:
        wrapper.attributes["__wrapped__"] = wrapped
    return isinstance(wrapper, (FunctionDefinition, Instance))


def _is_wrapper(value: Value) -> bool:
    """Whether a value is an instance that stands in a function's place: it can be called, and is no descriptor."""
    if not isinstance(value, Instance):
        return False
    return value.cls.find_method("__call__") is not None and value.cls.find_method("__get__") is None


def _is_open(value: Value) -> bool:
    """Whether a value, or what a collection holds, is not known, the result of a query for something not known, or
    what a type variable gives."""
    if isinstance(value, Collection):
        return isinstance(value.element, Unknown)
    return isinstance(value, Unknown) or external_name(value).startswith(("sqlalchemy.", "typing.TypeVar()"))


def _constructed(callee: External | ExternalResult) -> ClassDefinition | None:
    """The class of which ``Model.model_validate(…)`` and its kin make an instance, or None."""
    cls = callee.receiver if isinstance(callee, External) else None
    if not isinstance(cls, ClassDefinition) or callee.name.rpartition(".")[2] not in CONSTRUCTING_METHODS:
        return None
    return cls if cls.derives_from(*DATA_BASES) else None


def _found(callee: External | ExternalResult) -> ClassDefinition | None:
    """The class of which ``Model.get(…)`` and its kin give a stored object, or None."""
    cls = callee.receiver if isinstance(callee, External) else None
    if not isinstance(cls, ClassDefinition) or callee.name.rpartition(".")[2] not in RECORD_GIVING_METHODS:
        return None
    return cls if cls.derives_from(*RECORD_CLASSES) else None


def _is_cached(function: FunctionDefinition) -> bool:
    return any(external_name(decorator).removesuffix("()") in CACHES for decorator in function.decorators)


def _identity(value: Value | None) -> object:
    """What a cache tells an argument by: what it is equal to where that is known."""
    known = constant(value) if value is not None else None
    return known.value if known is not None else value


def _as_receiver(value: Value) -> Value:
    """What a receiver is told by: its class, where nothing more is known of it."""
    if isinstance(value, Instance) and value.arguments is None and not value.attributes:
        return value.cls
    return value


def _carries_router(arguments: Arguments, receiver: Value | None) -> bool:
    """Whether a call hands on a router, or an object that stands before one."""
    values = (*arguments, receiver)
    held = [inner for value in values if isinstance(value, Instance) for inner in value.attributes.values()]
    return any(isinstance(value, Router) for value in (*values, *held))


def _passed_on(arguments: Arguments, methods: tuple[str, ...] | None) -> Arguments:
    """The arguments of a route as FastAPI's own methods hand them on."""
    keywords: dict[str, Value] = {name: Literal(value) for name, value in PASSED_ON_WHEN_ABSENT.items()}
    for name in ("response_model", "response_class"):
        keywords[name] = ExternalResult(External(DEFAULT_PLACEHOLDER), Arguments())
    keywords.update(arguments.keywords)
    if methods is not None:
        keywords["methods"] = Collection("list", [Literal(method) for method in methods])
    return Arguments(list(arguments.positional), keywords, arguments.complete)


def _partial(function: Value, arguments: Arguments) -> Partial:
    """``functools.partial(function, …)``; that of a partial is one of what it wraps."""
    if isinstance(function, Partial):
        return Partial(function.function, _joined(function.arguments, arguments))
    return Partial(function, arguments)


def _joined(first: Arguments, then: Arguments) -> Arguments:
    return Arguments(
        first.positional + then.positional, {**first.keywords, **then.keywords}, first.complete and then.complete
    )
