"""Signatures: the parameters that FastAPI reads from a callable, whatever kind of callable it is.

FastAPI asks ``inspect.signature``, which looks through ``functools.wraps``, drops the receiver of bound methods, takes
the ``__init__`` of classes (or what a dataclass, attrs or Pydantic makes of the fields) and the ``__call__`` of
instances. It keeps ``*args`` and ``**kwargs``, which so become parameters named ``args`` and ``kwargs`` (observed on
FastAPI 0.165).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fastapi_lint.facts.expressions import Expression, Parameter
from fastapi_lint.facts.statements import Annotate
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Scope
from fastapi_lint.model.dependencies.markers import FieldMarker, read_field_marker
from fastapi_lint.model.dependencies.stated_signatures import (
    assigned_expression,
    signed_like,
    stated_by_decorator,
    stated_parameters,
)
from fastapi_lint.model.knowledge.parameters import (
    ATTRS_DECORATORS,
    EXTERNAL_SIGNATURES,
    FIELD_FUNCTIONS,
)
from fastapi_lint.model.knowledge.security import SECURITY_SCHEMES
from fastapi_lint.model.knowledge.types import DATACLASS_DECORATORS, MODELS
from fastapi_lint.model.schemas.config import configuration
from fastapi_lint.model.schemas.fields import FieldCollector
from fastapi_lint.model.types import UNION, render, split_annotated, split_qualifiers
from fastapi_lint.model.values import (
    Ambiguous,
    Arguments,
    External,
    ExternalResult,
    Instance,
    Literal,
    Method,
    Parametrized,
    Partial,
    Site,
    Unknown,
    Value,
    external_name,
    is_false,
)

if TYPE_CHECKING:
    from fastapi_lint.model.interpreter.interpreter import Interpreter

_PLAIN_BASES = frozenset({"object", "abc.ABC", "typing.Generic", "typing.Protocol"})
_STATING_DECORATORS = frozenset({"pydantic.dataclasses.dataclass"})
_NAMED_TUPLE = "typing.NamedTuple"
_FACTORY = External("dataclasses.MISSING")
"""Stands for a default that a factory makes: the parameter has one, its value is nobody's business."""


@dataclass(slots=True, frozen=True, eq=False)
class SignatureParameter:
    """A parameter as FastAPI sees it: ``annotation`` and ``default`` are None where there is none.

    ``place`` is set only for parameters of external callables, of which we know where they come from but have no
    source; what FastAPI injects has the place "injected" and is named after what it is.
    """

    name: str
    annotation: Value | None
    default: Value | None
    site: Site | None
    place: str | None = None
    form: str = "ordinary"
    """As that of :class:`fastapi_lint.facts.expressions.Parameter`."""

    @property
    def variadic(self) -> bool:
        """Whether it is ``*args`` or ``**kwargs``."""
        return self.form in ("*", "**")


@dataclass(slots=True, frozen=True, eq=False)
class Signature:
    """What FastAPI reads from a callable.

    Attributes:
        parameters: in order.
        functions: the project functions whose bodies run when it is called: the outermost wrapper first, then what it
            wraps or is signed like; the ``__init__`` or ``__call__`` of classes and instances. Empty where the body is
            outside the project or generated.
        unknown: why the parameters are not known, or None.
    """

    parameters: tuple[SignatureParameter, ...] = ()
    functions: tuple[FunctionDefinition, ...] = ()
    unknown: str | None = None


def call_key(call: Value) -> object:
    """What identifies a callable: bound methods of one receiver are the same, whenever they were read from it; so are
    subscripted classes, and what is imported from outside the project."""
    if isinstance(call, Method):
        return call.receiver, call.function
    if isinstance(call, External) and call.receiver is None:
        return call.name
    return render(call) if isinstance(call, Parametrized) else call


def as_wrapped(call: Value) -> Value:
    """What a callable shows of itself: of ``functools.update_wrapper(wrapper, wrapped)`` the wrapped one."""
    seen: set[int] = set()
    while id(call) not in seen:
        seen.add(id(call))
        wrapped = None
        if isinstance(call, ExternalResult) and call.callee.name == "functools.update_wrapper":
            wrapped = call.arguments.get("wrapped", 1)
        elif isinstance(call, Instance):
            wrapped = call.attributes.get("__wrapped__")
        call = wrapped or call
    return call


_ANY_ARGUMENTS = tuple(
    SignatureParameter(name, None, None, None, form=form) for name, form in (("args", "*"), ("kwargs", "**"))
)


class SignatureReader:
    """Reads signatures; each callable's once.

    Args:
        interpreter: evaluates annotations and defaults.
    """

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self._pydantic_major = interpreter.settings.pydantic_major
        self._collector = FieldCollector(interpreter, self._pydantic_major)
        self._known: dict[object, Signature] = {}
        self._views: dict[ClassDefinition, Signature] = {}
        self._defined: dict[tuple[ClassDefinition, str], FunctionDefinition] | None = None

    def read(self, call: Value) -> Signature:
        """The signature of a callable. What cannot be known is a signature with a reason, never an exception."""
        if isinstance(call, Literal):
            return Signature(unknown=f"{call.value!r} is not callable")
        key = call_key(call)
        if key not in self._known:
            self._known[key] = Signature(unknown="it wraps itself")
            self._known[key] = self._read(call)
        return self._known[key]

    def read_view(self, cls: ClassDefinition) -> Signature:
        """The signature that a class-based view decorator gives its class: the parameters of ``__init__``, then the
        annotated attributes of the class and its bases, each with its class-level value as default; ``*args`` and
        private names are left out.

        Source: https://fastapi-utils.davidmontague.xyz/user-guide/class-based-views/ and its descendants.
        """
        if cls not in self._views:
            stated = self._stated_by_class(cls)
            if stated is not None:
                self._views[cls] = stated
                return stated
            own = self._of_class(cls)
            constructor = [parameter for parameter in own.parameters if not parameter.variadic]
            attributes = [
                SignatureParameter(name, annotation, default, site)
                for name, annotation, default, site in self._attributes(cls)
                if not name.startswith("_") and all(name != parameter.name for parameter in constructor)
            ]
            self._views[cls] = Signature((*constructor, *attributes), own.functions, own.unknown)
        return self._views[cls]

    def _read(self, call: Value) -> Signature:
        if isinstance(call, FunctionDefinition):
            return self._of_function(call)
        if isinstance(call, Method):
            return _without_receiver(self._of_function(call.function))
        if isinstance(call, ClassDefinition):
            return self._of_class(call)
        if isinstance(call, Parametrized):
            return self._of_parametrized(call)
        if isinstance(call, Instance):
            return self._of_instance(call)
        if isinstance(call, Partial):
            return _bind(self.read(call.function), call.arguments)
        if as_wrapped(call) is not call:
            return self.read(as_wrapped(call))
        if isinstance(call, (External, ExternalResult)):
            return _of_external(call.name, "it")
        if isinstance(call, Ambiguous):
            return self.read(call.options[0])
        return Signature(unknown=call.reason if isinstance(call, Unknown) else "it is not a callable we know")

    # functions

    def _of_function(self, function: FunctionDefinition) -> Signature:
        stated = self._stated(function)
        if stated is not None:
            return replace(stated, functions=(function, *stated.functions))
        wrapped = function.wrapped
        if wrapped is not None and wrapped is not function:
            inner = self.read(wrapped)
            return replace(inner, functions=(function, *inner.functions))
        return Signature(tuple(self._parameters(function)), (function,))

    def _stated(self, function: FunctionDefinition) -> Signature | None:
        """The signature that code states for a function by hand, or None."""
        value = function.attributes.get("__signature__") or stated_by_decorator(function)
        expression = assigned_expression(function) if value is None else None
        if expression is not None:
            value = self._executed(expression, function.header, is_type=False)
        if value is None:
            return None
        like = signed_like(value)
        if like is not None:
            return self.read(like)
        stated, complete = stated_parameters(value)
        parameters = tuple(SignatureParameter(own.name, own.annotation, own.default, own.site) for own in stated)
        return Signature(parameters, unknown=None if complete else "its signature is computed")

    def _parameters(self, function: FunctionDefinition) -> Iterator[SignatureParameter]:
        for parameter in function.fact.parameters:
            yield self._parameter(parameter, function)

    def _parameter(self, parameter: Parameter, function: FunctionDefinition) -> SignatureParameter:
        annotation = default = None
        if parameter.annotation is not None:
            annotation = self._in_function(parameter.annotation, function, is_type=True)
        if parameter.default is not None:
            default = self._in_function(parameter.default, function, is_type=False)
        return SignatureParameter(
            parameter.name,
            annotation,
            default,
            Site(function.module, parameter.start, parameter.end),
            form=parameter.form,
        )

    def _in_function(self, expression: Expression, function: FunctionDefinition, is_type: bool) -> Value:
        """An annotation or default, in the scope of the definition."""
        return self._executed(expression, function.annotated if is_type else function.header, is_type)

    def _executed(self, expression: Expression, scope: Scope, is_type: bool) -> Value:
        """An annotation or default as Python computes it when it executes the definition: dependency factories are
        entered, which a plain evaluation does not do."""
        value = self._interpreter.evaluate(expression, scope, enter=True)
        return self._interpreter.resolve_references(value, scope) if is_type else value

    # classes and their instances

    def _of_instance(self, instance: Instance) -> Signature:
        method, wrapped = instance.cls.find_method("__call__"), instance.attributes.get("__wrapped__")
        if method is not None and wrapped is not None:
            inner = self.read(wrapped)
            return replace(inner, functions=(*self.read(method).functions, *inner.functions))
        if method is not None:
            signature = self.read(method)
            return signature if method.has_decorator("staticmethod") else _without_receiver(signature)
        for base in instance.cls.external_bases:
            if base not in _PLAIN_BASES:
                return _of_external(f"{base}()")
        return Signature(unknown=f"instances of {instance.cls.name} cannot be called")

    def _of_parametrized(self, type_: Parametrized) -> Signature:
        """``Annotated[…]`` and subscripted generic classes take any arguments as far as Python says (observed on 3.10
        to 3.13), and call what they subscript; subscripted models are classes of their own."""
        bare = split_annotated(type_)[0]
        called = self.read(bare if bare is not type_ else type_.origin)
        is_alias = isinstance(type_.origin, ClassDefinition) and not type_.origin.derives_from(*MODELS)
        if bare is type_ and (not is_alias or called.unknown is not None):
            return called
        return Signature(_ANY_ARGUMENTS, called.functions)

    def _of_class(self, cls: ClassDefinition) -> Signature:
        """The signature of a class: that of the nearest class along its lineage which makes one. A dataclass of
        Pydantic states a ``__signature__``, which classes below it have too, whatever their constructor (observed)."""
        stating = next((entry for entry in cls.project_lineage if _decorated(entry, _STATING_DECORATORS)), cls)
        if stating is not cls:
            return self.read(stating)
        stated = self._stated_by_class(cls)
        if stated is not None:
            return stated
        called = self._metaclass_call(cls)
        if called is not None:
            return _without_receiver(self.read(called))
        for entry in cls.lineage:
            if isinstance(entry, External):
                if entry.name in MODELS:
                    return self._of_model(cls)
                if entry.name == _NAMED_TUPLE:
                    return Signature(tuple(self._fields(cls)))
                if entry.name not in _PLAIN_BASES:
                    return _of_external(entry.name)
            elif (constructor := self._constructor(entry)) is not None and not cls.derives_from(*MODELS):
                return _without_receiver(self.read(constructor))
            elif _decorated(entry, DATACLASS_DECORATORS | ATTRS_DECORATORS):
                return Signature(tuple(self._fields(cls)))
        for base in (base for own in cls.project_lineage for base in own.bases):
            if isinstance(base, Unknown):
                return Signature(unknown=f"a base of {cls.name} is unknown: {base.reason}")
        return Signature()

    def _metaclass_call(self, cls: ClassDefinition) -> FunctionDefinition | None:
        """The ``__call__`` of the metaclass of the project that a class or one above it names, which is asked before
        the constructor."""
        for entry in cls.project_lineage:
            for argument in entry.fact.bases:
                if argument.keyword == "metaclass":
                    metaclass = self._executed(argument.value, entry.scope, is_type=False)
                    return metaclass.find_method("__call__") if isinstance(metaclass, ClassDefinition) else None
        return None

    def _stated_by_class(self, cls: ClassDefinition) -> Signature | None:
        """The signature that code assigned to ``__signature__`` of a class, None where it is not all known."""
        value = cls.find("__signature__")
        stated, complete = stated_parameters(value) if value is not None else ([], False)
        if not complete:
            return None
        constructor = self._constructor(cls)
        parameters = tuple(SignatureParameter(own.name, own.annotation, own.default, own.site) for own in stated)
        return Signature(parameters, (constructor,) if constructor is not None else ())

    def _constructor(self, cls: ClassDefinition) -> FunctionDefinition | None:
        """The constructor that a class itself has. Where a decorator put another in its place and declared
        ``__signature__``, as view decorators do, it is the one of the class body, if any."""
        replaced = "__signature__" in cls.namespace.names
        for name in ("__new__", "__init__"):
            found = cls.namespace.names.get(name)
            if isinstance(found, FunctionDefinition):
                return self._methods().get((cls, name)) if replaced and found.owner is not cls else found
        return None

    def _methods(self) -> dict[tuple[ClassDefinition, str], FunctionDefinition]:
        """The methods that class bodies define, by class and name."""
        if self._defined is None:
            self._defined = {
                (function.owner, function.name): function
                for function in self._interpreter.functions
                if function.owner is not None
            }
        return self._defined

    def _of_model(self, cls: ClassDefinition) -> Signature:
        """A Pydantic model as a dependency: its own ``__init__`` where it has one, then the fields, by alias where that
        is an identifier. Markers on fields are lost on the way (observed on Pydantic 2.14)."""
        constructor = cls.find_method("__init__")
        found: dict[str, SignatureParameter] = {}
        functions: tuple[FunctionDefinition, ...] = ()
        takes_more = True
        if constructor is not None:
            signature = _without_receiver(self.read(constructor))
            found = {parameter.name: parameter for parameter in signature.parameters if not parameter.variadic}
            functions, takes_more = signature.functions, len(found) < len(signature.parameters)
        if takes_more:
            for base in cls.external_bases:
                for parameter in _of_external(base).parameters:
                    found.setdefault(parameter.name, parameter)
            for field in self._model_fields(cls):
                found[field.name] = field if field.name not in found or found[field.name].place else found[field.name]
        return Signature(tuple(found.values()), functions)

    def _model_fields(self, cls: ClassDefinition) -> Iterator[SignatureParameter]:
        generator = configuration(cls, self._pydantic_major).get("alias_generator")
        for field in self._collector.collect(cls, (), generator).values():
            default = _FACTORY if field.default_factory is not None else field.default
            alias = next((text for text in (field.alias, field.validation_alias) if isinstance(text, str)), None)
            for value in (*field.metadata, default):
                marker = read_field_marker(value)
                if marker is not None:
                    alias = marker.text("alias") or marker.text("validation_alias") or alias
                    default = _marker_default(marker) if value is default else default or _marker_default(marker)
            name = alias if alias is not None and alias.isidentifier() else field.name
            yield SignatureParameter(name, field.type, default, field.site)

    def _fields(self, cls: ClassDefinition) -> Iterator[SignatureParameter]:
        """The fields of a dataclass, attrs class or named tuple, as parameters of its constructor."""
        is_validated = _decorated(cls, _STATING_DECORATORS)
        is_attrs = _decorated(cls, ATTRS_DECORATORS)
        for name, annotation, default, site in self._attributes(cls):
            if isinstance(default, ExternalResult) and default.callee.name in FIELD_FUNCTIONS:
                if is_false(default.arguments.get("init")):
                    continue
                default = _field_default(default)
            for value in (*split_annotated(annotation)[1], default) if is_validated else ():
                marker = read_field_marker(value)
                if marker is not None:
                    alias = marker.text("alias") or marker.text("validation_alias")
                    name = alias if alias is not None and alias.isidentifier() else name
                    default = _marker_default(marker) if value is default else default or _marker_default(marker)
            yield SignatureParameter(name.lstrip("_") if is_attrs else name, annotation, default, site)

    def _attributes(self, cls: ClassDefinition) -> Iterator[tuple[str, Value, Value | None, Site]]:
        """The annotated attributes of a class and its project bases, the bases first, class variables left out: name,
        type, class-level value, place."""
        found: dict[str, tuple[Value, Value | None, Site]] = {}
        for entry in reversed(tuple(cls.project_lineage)):
            for name, statement in entry.declared.items():
                qualifiers, annotation = split_qualifiers(self._type_in_class(statement.annotation, entry))
                if "typing.ClassVar" in qualifiers:
                    found.pop(name, None)
                    continue
                default = self._value_in_class(name, statement, entry)
                found[name] = (annotation, default, Site(entry.module, statement.start, statement.end))
        for name, (annotation, default, site) in found.items():
            yield name, annotation, default, site

    def _type_in_class(self, expression: Expression, cls: ClassDefinition) -> Value:
        """An annotation in a class body. The name of a field often is that of its type, so that the scope around the
        class is asked first."""
        value = self._executed(expression, cls.scope, is_type=True)
        return value if not isinstance(value, Unknown) else self._executed(expression, cls.namespace, is_type=True)

    def _value_in_class(self, name: str, statement: Annotate, cls: ClassDefinition) -> Value | None:
        """What a class body assigns to an annotated attribute, or None."""
        if statement.value is None:
            return None
        known = cls.namespace.names.get(name)
        return known if known is not None else self._executed(statement.value, cls.namespace, is_type=False)


def _without_receiver(signature: Signature) -> Signature:
    return replace(signature, parameters=signature.parameters[1:])


def _bind(signature: Signature, arguments: Arguments) -> Signature:
    """The signature of a ``functools.partial``: positional arguments fill parameters, keywords become defaults."""
    if not arguments.complete:
        return replace(signature, parameters=(), unknown=signature.unknown or "a partial with unknown arguments")
    parameters = signature.parameters[len(arguments.positional) :]
    return replace(
        signature,
        parameters=tuple(
            replace(parameter, default=arguments.keywords[parameter.name])
            if parameter.name in arguments.keywords
            else parameter
            for parameter in parameters
        ),
    )


def _of_external(name: str, shown: str = "") -> Signature:
    """The signature of something outside the project, where a table says it; ``shown`` is how a reason calls it."""
    if name in EXTERNAL_SIGNATURES:
        return Signature(
            tuple(
                SignatureParameter(parameter, _type_named(type_), None if required else _FACTORY, None, place)
                for parameter, place, required, type_ in EXTERNAL_SIGNATURES[name]
            )
        )
    if name.removesuffix("()") in SECURITY_SCHEMES and name.endswith("()"):
        return Signature((SignatureParameter("request", None, None, None, "injected"),))
    return Signature(unknown=f"{shown or name} is outside the project")


def _type_named(text: str) -> Value:
    """The builtin type or union of such that a table names."""
    members = tuple(Literal(None) if name == "None" else External(name) for name in text.split(" | "))
    return members[0] if len(members) == 1 else Parametrized(External(UNION), members)


def _decorated(cls: ClassDefinition, names: frozenset[str]) -> bool:
    return any(external_name(decorator).removesuffix("()") in names for decorator in cls.decorators)


def _marker_default(marker: FieldMarker) -> Value | None:
    """The default that a field's marker gives the constructor's parameter, or None."""
    return _FACTORY if marker.arguments.get("default_factory") is not None else marker.default


def _field_default(field: ExternalResult) -> Value | None:
    """The default that ``field(…)`` or ``attr.ib(…)`` gives a constructor's parameter, or None."""
    if field.arguments.get("default_factory") is not None or field.arguments.get("factory") is not None:
        return _FACTORY
    if field.callee.name.endswith("Factory"):
        return _FACTORY
    return field.arguments.get("default", 0)
