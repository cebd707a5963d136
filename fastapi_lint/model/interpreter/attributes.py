"""Attributes: what ``value.name`` is, for every kind of value, and what an instance of a type is."""

from __future__ import annotations

import builtins
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Module, Scope
from fastapi_lint.model.generics import Substitution, is_generic, is_type_variable, substitute, substitutions
from fastapi_lint.model.interpreter import files, signatures
from fastapi_lint.model.interpreter.frames import Frame
from fastapi_lint.model.interpreter.operations import plain
from fastapi_lint.model.knowledge.constants import SETTING_DESCRIPTORS
from fastapi_lint.model.knowledge.packages import canonical
from fastapi_lint.model.knowledge.parameters import FIELD_MARKERS
from fastapi_lint.model.knowledge.routers import ROUTER_DEFAULTS
from fastapi_lint.model.knowledge.sqlalchemy import DECLARATIVE_BASES, DECLARED_ATTRIBUTES, GENERATED_BASES
from fastapi_lint.model.knowledge.star_exports import STAR_EXPORTS
from fastapi_lint.model.knowledge.types import MODELS
from fastapi_lint.model.linker import Linker
from fastapi_lint.model.orm.queries import QueryResults
from fastapi_lint.model.routing.route_objects import RouteList, RouteObject
from fastapi_lint.model.routing.routers import OWN_LISTS, Router
from fastapi_lint.model.routing.unresolved import NO_ATTRIBUTE
from fastapi_lint.model.values import (
    Ambiguous,
    Arguments,
    ClassMember,
    Collection,
    Deferred,
    Dictionary,
    EnumMember,
    External,
    ExternalResult,
    FilePath,
    Instance,
    Literal,
    Method,
    ModuleReference,
    NamedItems,
    Native,
    Parametrized,
    Super,
    Unknown,
    Value,
    as_setting,
    external_name,
    text_of,
    union,
)

if TYPE_CHECKING:
    from fastapi_lint.model.dependencies.signatures import Signature
    from fastapi_lint.model.schemas.fields import SchemaField

ENUM_BASES = ("enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag")
SETTINGS_BASES = ("pydantic_settings.BaseSettings",)
DATA_BASES = frozenset({"pydantic.BaseModel", "sqlmodel.SQLModel"}) | DECLARATIVE_BASES | GENERATED_BASES
PLAIN_BASES = frozenset({"object", "abc.ABC", "typing.Generic", "typing.Protocol", "typing.Generic[]", "Exception"})
NAMESPACES = frozenset({"types.SimpleNamespace()", "argparse.Namespace()"})
"""Objects whose attributes are what they were made with."""
SEQUENCE_TYPES = frozenset(
    """list List set Set frozenset FrozenSet Sequence Iterable Iterator Collection MutableSequence AsyncIterator
    AsyncIterable Generator AsyncGenerator deque Deque AbstractSet KeysView ValuesView""".split()
)
MAPPING_TYPES = frozenset("dict Dict Mapping MutableMapping OrderedDict defaultdict DefaultDict".split())
AWAITABLE_TYPES = frozenset("Awaitable Coroutine Future Task".split())
_STATUS = re.compile(r"(?:starlette|fastapi)\.status\.HTTP_(\d{3})_")
_HTTP_STATUS = re.compile(r"http\.HTTPStatus\.([A-Z_]+)$")


class AttributeReader(ABC):
    """Reads attributes of values."""

    linker: Linker
    queries: QueryResults
    list_routes: Callable[[Router], RouteList]
    """Says what ``router.routes`` is."""
    declared_types: dict[tuple[ClassDefinition, str], Value]
    """The types of annotated attributes that were asked for since all modules were executed."""
    type_arguments: dict[tuple[ClassDefinition, tuple[Value, ...]], dict[ClassDefinition, Substitution]]
    """What type variables stand for in classes that were asked for, by the class and its own arguments."""

    @abstractmethod
    def make_call(self, callee: Value, arguments: Arguments, site: object, frame: Frame) -> Value:
        """What calling ``callee`` returns."""

    @abstractmethod
    def annotation(self, expression: ex.Expression, scope: Scope) -> Value:
        """What an annotation is in a scope."""

    @abstractmethod
    def run_module(self, module: Module) -> None:
        """Executes a module unless that has begun already."""

    @abstractmethod
    def instance_attributes(self, cls: ClassDefinition) -> dict[str, Value]:
        """What the methods of a class assign to ``self``."""

    @abstractmethod
    def property_value(
        self, receiver: Value, function: FunctionDefinition, frame: Frame, arguments: Arguments | None = None
    ) -> Value:
        """What reading an attribute gives that a function makes: a property, or ``__getattr__`` with its arguments."""

    @abstractmethod
    def read_signature(self, call: Value) -> Signature:
        """What FastAPI reads from a callable, as things stand."""

    @abstractmethod
    def read_fields(self, cls: ClassDefinition) -> dict[str, SchemaField]:
        """The fields of a Pydantic model, as things stand."""

    @abstractmethod
    def returned(self, function: FunctionDefinition) -> Value:
        """What calling a function gives, without entering it for effects."""

    def attribute(self, receiver: Value, name: str, frame: Frame) -> Value:
        """What ``receiver.name`` is.

        Args:
            receiver: a value that is not Ambiguous.
            name: the attribute.
            frame: where it is read.
        """
        if isinstance(receiver, External):
            if name == "__name__" and receiver.receiver is None:
                last = receiver.name.rpartition(".")[2]
                return Literal(last, assumed=not hasattr(builtins, receiver.name))
            return self.external_attribute(receiver.name, name, receiver.receiver)
        if isinstance(receiver, ExternalResult):
            if receiver.name in NAMESPACES and name in receiver.arguments.keywords:
                return receiver.arguments.keywords[name]
            return signatures.attribute(receiver, name, self) or External(f"{receiver.name}.{name}", receiver)
        if isinstance(receiver, ModuleReference):
            return self.module_attribute(receiver.module, name)
        if isinstance(receiver, Instance):
            return self.instance_attribute(receiver, name, frame)
        if isinstance(receiver, ClassDefinition):
            return self.class_attribute(receiver, name)
        if isinstance(receiver, Router):
            return self.router_attribute(receiver, name, frame)
        if isinstance(receiver, RouteObject):
            return receiver.attribute(name)
        if isinstance(receiver, Super):
            return self._super_attribute(receiver, name, frame)
        if isinstance(receiver, EnumMember):
            return self._enum_attribute(receiver, name, frame)
        if isinstance(receiver, NamedItems) and name in receiver.names:
            return receiver.items[receiver.names.index(name)]
        if isinstance(receiver, Literal) and name == "value":
            return receiver  # of HTTPStatus, which is known by its number alone
        if isinstance(receiver, Literal) and not receiver.assumed and not hasattr(receiver.value, name):
            return Unknown(f"{receiver.value!r} {NO_ATTRIBUTE} {name!r}")
        if isinstance(receiver, (Literal, Collection, Dictionary)):
            return Native(receiver, name)
        if isinstance(receiver, FilePath):
            return self._path_attribute(receiver, name)
        if isinstance(receiver, FunctionDefinition):
            return _function_attribute(receiver, name)
        if isinstance(receiver, Method):
            own = {"__self__": receiver.receiver, "__func__": receiver.function}
            return own.get(name) or _function_attribute(receiver.function, name)
        if isinstance(receiver, Parametrized):
            return self.attribute(receiver.origin, name, frame)
        if isinstance(receiver, ClassMember):
            if name in ("key", "name") and not receiver.cls.derives_from("pydantic.BaseModel"):
                return Literal(_column_name(receiver) if name == "name" else receiver.name)
            return External(f"{receiver.cls.name}.{receiver.name}.{name}", receiver)
        if isinstance(receiver, Unknown):
            return receiver
        return Unknown(f"the attribute {name!r} of a value that has none")

    @staticmethod
    def _path_attribute(path: FilePath, name: str) -> Value:
        known = files.attribute(path, name)
        if known is not None:
            return known
        return Native(path, name) if files.is_method(path, name) else External(f"{path.type_name}().{name}", path)

    @staticmethod
    def external_attribute(owner: str, name: str, receiver: Value | None = None) -> Value:
        """An attribute of something outside the project: named status codes are numbers, all else stays a name."""
        dotted = canonical(f"{owner}.{name}")
        status = _STATUS.match(dotted)
        if status:
            return Literal(int(status[1]))
        status = _HTTP_STATUS.match(dotted)
        if status and status[1] in HTTPStatus.__members__:
            return Literal(int(HTTPStatus[status[1]]))
        return External(dotted, receiver)

    def module_attribute(self, module: Module, name: str) -> Value:
        """The name ``name`` of a module: what it binds, else the submodule of that name."""
        self.run_module(module)
        bound = module.scope.names.get(name)
        if bound is not None and not isinstance(bound, Deferred):
            return bound
        submodule = self.linker.submodule(module, name)
        if submodule is not None:
            return ModuleReference(submodule)
        if bound is not None:
            return self.undefer(bound)
        return self.missing_name(module, name)

    def missing_name(self, module: Module, name: str) -> Value:
        """What a name gives that a module does not bind: its ``__getattr__`` is asked, if it has one."""
        getter = module.scope.names.get("__getattr__")
        if isinstance(getter, FunctionDefinition):
            return self.returned(getter)
        return self.starred(module, name) or Unknown(f"{module.name} has no name {name!r}")

    def starred(self, module: Module, name: str) -> Value | None:
        """What a name is that a module has from a ``from package import *`` outside the project, or None."""
        known = [package for package in module.stars if name in STAR_EXPORTS.get(package, ())]
        others = [package for package in module.stars if package not in STAR_EXPORTS]
        candidates = known[-1:] or (others if len(others) == 1 else [])
        return self.external_attribute(candidates[0], name) if candidates else None

    def undefer(self, value: Value) -> Value:
        """The value behind a name that was imported before it was bound."""
        seen: set[tuple[str, str]] = set()
        while isinstance(value, Deferred):
            step = (value.module.path, value.name)
            bound = value.module.scope.names.get(value.name)
            if step in seen or bound is None:
                submodule = self.linker.submodule(value.module, value.name)
                if submodule is not None:
                    return ModuleReference(submodule)
                return Unknown(f"{value.module.name} never binds {value.name!r}")
            seen.add(step)
            value = bound
        return value

    def class_attribute(self, cls: ClassDefinition, name: str) -> Value:
        """``cls.name``: a member of an enumeration, a method, or what the class body assigns."""
        found = cls.find(name)
        if cls.derives_from(*ENUM_BASES) and found is not None and not isinstance(found, FunctionDefinition):
            return EnumMember(cls, name, found)
        if isinstance(found, FunctionDefinition):
            if found.has_decorator(*DECLARED_ATTRIBUTES):
                return ClassMember(cls, name, found)
            return Method(cls, found) if found.has_decorator("classmethod") else found
        if cls.derives_from(*DATA_BASES) and (found is None or external_name(found).endswith("()")):
            if found is not None or self.declared_type(cls, name) is not None:
                return ClassMember(cls, name, found)
        if found is not None:
            return self.undefer(found)
        if name in ("model_fields", "__fields__") and cls.derives_from(*MODELS):
            return signatures.fields(cls, self)
        if name in ("__name__", "__qualname__"):
            return Literal(cls.name)
        for base in cls.external_bases:
            if base not in PLAIN_BASES:
                return External(f"{base}.{name}", cls)
        return Unknown(f"the class {cls.name} {NO_ATTRIBUTE} {name!r}")

    def enum_named(self, cls: ClassDefinition, name: Value) -> Value:
        """``Enumeration[name]``."""
        text = name.value if isinstance(name, Literal) else None
        members = [
            member for member in self.enum_members(cls) if isinstance(member, EnumMember) and member.name == text
        ]
        return members[0] if members else Unknown(f"a member of {cls.name}")

    def enum_member(self, cls: ClassDefinition, arguments: Arguments) -> Value:
        """``Enumeration(value)``."""
        value = plain(arguments.positional[0]) if arguments.positional else None
        for member in self.enum_members(cls) if value is not None and not value.assumed else ():
            if isinstance(member, EnumMember) and plain(member) == value:
                return member
        return Unknown(f"a member of {cls.name}")

    def enum_members(self, cls: ClassDefinition) -> list[Value]:
        """The members of an enumeration in order."""
        return [
            EnumMember(cls, target.id, cls.namespace.names[target.id])
            for statement in cls.fact.body
            if isinstance(statement, st.Assign)
            for target in statement.targets
            if isinstance(target, ex.Name) and not target.id.startswith("_") and target.id in cls.namespace.names
        ]

    def _enum_attribute(self, member: EnumMember, name: str, frame: Frame) -> Value:
        if name == "value":
            return as_setting(member.value) if member.assumed else member.value
        if name == "name":
            return Literal(member.name)
        found = member.cls.find(name)
        if isinstance(found, FunctionDefinition):
            if found.is_property:
                return self.property_value(member, found, frame)
            return Method(member, found)
        return Native(member.value, name)

    def _super_attribute(self, proxy: Super, name: str, frame: Frame) -> Value:
        receiver = proxy.receiver
        cls = receiver if isinstance(receiver, ClassDefinition) else getattr(receiver, "cls", None)
        if not isinstance(cls, ClassDefinition) or proxy.owner not in cls.lineage:
            return Unknown("super() of an unknown class")
        for entry in cls.lineage[cls.lineage.index(proxy.owner) + 1 :]:
            if isinstance(entry, ClassDefinition):
                found = entry.namespace.names.get(name)
                if isinstance(found, FunctionDefinition):
                    return self._bound(receiver, cls, found, frame)
            elif entry.name not in PLAIN_BASES:
                return (
                    Native(receiver, name)
                    if isinstance(receiver, Router)
                    else External(f"{entry.name}().{name}", receiver)
                )
        return External(f"object().{name}", receiver)

    def router_attribute(self, router: Router, name: str, frame: Frame) -> Value:
        """``router.name``: what the project stored or its subclass defines, else what FastAPI gives a router."""
        if name in router.attributes:
            return router.attributes[name]
        if name in OWN_LISTS and not router.is_app:
            return router.own_list(name)
        if isinstance(router.cls, ClassDefinition):
            found = router.cls.find(name)
            if isinstance(found, FunctionDefinition):
                return self._bound(router, router.cls, found, frame)
            if found is not None:
                return found
        if name == "router" and router.is_app:
            return router.inner
        if name == "routes":
            return self.list_routes(router)
        if name == "dependency_overrides" and router.is_app:
            return router.overrides
        if name == "webhooks" and router.is_app and router.argument(name) is None:
            return Router(External("fastapi.APIRouter"), False, Arguments(), router.site)  # documented, never served
        if router.argument(name) is not None and name != "middleware":  # FastAPI(middleware=…) hides no app.middleware
            return router.argument(name) or Literal(None)
        if name in ROUTER_DEFAULTS:
            return Literal(ROUTER_DEFAULTS[name])
        return Native(router, name)

    def instance_attribute(self, instance: Instance, name: str, frame: Frame) -> Value:
        """``instance.name``: what was assigned to it, a method or property of its class, or what its annotation
        says."""
        if name in instance.attributes:
            return instance.attributes[name]
        related = self.queries.related(instance, name)
        if related is not None:
            return related
        cls = instance.cls
        found = cls.find(name)
        if isinstance(found, FunctionDefinition):
            return self._bound(instance, cls, found, frame)
        if isinstance(found, ClassDefinition):
            return found  # ``model = User`` in a subclass says more than ``model: type[Model]`` in its base
        default = self._default(instance, name, found, frame)
        if default is not None:
            return default
        declared = self.declared_type(cls, name, instance)
        settled = found is not None and not external_name(found) and not cls.derives_from(*DATA_BASES)
        if declared is not None and not (settled and instance.arguments is not None):
            return self.instance_of(declared)
        if found is not None:
            return self.undefer(found)
        inferred = self.instance_attributes(cls).get(name)
        if inferred is not None:
            return inferred
        if name == "__class__":
            return cls
        getter = cls.find_method("__getattr__")
        if getter is not None:
            return self.property_value(instance, getter, frame, Arguments([Literal(name)]))
        for base in cls.external_bases:
            if base not in PLAIN_BASES:
                return External(f"{base}().{name}", instance)
        if cls.find_method("__getattr__") is not None:
            return Unknown(f"{cls.name}.__getattr__ gives it")
        return Unknown(f"no attribute {name!r} of {cls.name} was found")

    def _default(self, instance: Instance, name: str, found: Value | None, frame: Frame) -> Value | None:
        """The default of a field that nobody was seen to pass. Settings have it unless the environment says otherwise,
        and so do other validated models at import time, which are configuration then: it is assumed."""
        if isinstance(found, ExternalResult) and found.callee.name in SETTING_DESCRIPTORS:
            default = found.arguments.get("default_value", 0)
            return as_setting(default) if isinstance(default, (Literal, EnumMember, ClassDefinition)) else None
        if not instance.cls.derives_from(*SETTINGS_BASES):
            if not frame.effects or not instance.cls.derives_from(*DATA_BASES) or _is_made_by_alias(instance):
                return None
        if isinstance(found, ExternalResult) and found.callee.name in FIELD_MARKERS:
            factory, site = found.arguments.get("default_factory"), found.site
            if factory is not None and site is not None:
                instance.attributes[name] = self.make_call(factory, Arguments(), site, frame)
                return instance.attributes[name]
            found = found.arguments.get("default", 0)
        return as_setting(found) if isinstance(found, (Literal, EnumMember)) else None

    def _bound(self, receiver: Value, cls: ClassDefinition, function: FunctionDefinition, frame: Frame) -> Value:
        """A function of a class read from an instance of it."""
        if function.has_decorator("staticmethod"):
            return function
        if function.has_decorator("classmethod"):
            return Method(cls, function)
        if function.is_property:
            made = not isinstance(receiver, Instance) or receiver.arguments is not None
            if frame.effects or made or function.fact.returns is None:
                return self.property_value(receiver, function, frame)
            return self.returned(function)
        return Method(receiver, function)

    def declared_type(self, cls: ClassDefinition, name: str, receiver: Value | None = None) -> Value | None:
        """The type with which a class or a base annotates an attribute, as it is for a receiver; or None."""
        for entry in cls.project_lineage:
            statement = entry.declared.get(name)
            if statement is not None:
                if self.queries.models is None:  # names may come to be bound yet
                    return self.annotation(statement.annotation, entry.namespace)
                if (entry, name) not in self.declared_types:
                    self.declared_types[entry, name] = self.annotation(statement.annotation, entry.namespace)
                return self.concrete(self.declared_types[entry, name], entry, receiver)
        return None

    def concrete(self, declared: Value, owner: ClassDefinition | None, receiver: Value | None) -> Value:
        """A type that a class declares, with what its type variables stand for in the class of a receiver."""
        if owner is None or not isinstance(receiver, Instance) or not is_generic(owner):
            return declared
        key = (receiver.cls, receiver.type_arguments)
        if key not in self.type_arguments:
            self.type_arguments[key] = substitutions(*key)
        return substitute(declared, self.type_arguments[key].get(owner, {}))

    def instance_of(self, declared: Value) -> Value:
        """A value of a type: what a parameter or attribute of that annotation holds."""
        if isinstance(declared, ClassDefinition):
            return Instance(declared)
        if isinstance(declared, External):
            return ExternalResult(declared, Arguments())
        if isinstance(declared, Ambiguous):
            return union([self.instance_of(option) for option in declared.options])
        if isinstance(declared, Parametrized):
            return self._instance_of_parametrized(declared)
        if isinstance(declared, Literal) and declared.value is None:
            return declared
        if isinstance(declared, ExternalResult) and is_type_variable(declared):
            return self._instance_of_bound(declared)
        return declared if isinstance(declared, Unknown) else Unknown("a value of an unknown type")

    def _instance_of_bound(self, variable: ExternalResult) -> Value:
        """What a type variable holds of which only the bound is known. That of a mapped or validated class says too
        little: what is asked of these are fields, which its subclasses have."""
        bound = variable.arguments.get("bound")
        cls = bound.origin if isinstance(bound, Parametrized) else bound
        if bound is None or not isinstance(cls, ClassDefinition) or cls.derives_from(*DATA_BASES):
            return Unknown("a value of an unknown type")
        return self.instance_of(bound)

    def _instance_of_parametrized(self, declared: Parametrized) -> Value:
        name, arguments = external_name(declared.origin), declared.arguments
        if name == "typing.Annotated":
            return self.instance_of(arguments[0])
        if name == "typing.Union":
            members = [member for member in arguments if not (isinstance(member, Literal) and member.value is None)]
            return union([self.instance_of(member) for member in members]) if members else Literal(None)
        word = name.rpartition(".")[2]
        if word in SEQUENCE_TYPES:
            return Collection("list", [], complete=False, element=self.instance_of(arguments[0]))
        if word in ("tuple", "Tuple"):
            if len(arguments) == 2 and external_name(arguments[1]) == "...":
                return Collection("tuple", [], complete=False, element=self.instance_of(arguments[0]))
            return Collection("tuple", [self.instance_of(argument) for argument in arguments])
        if word in MAPPING_TYPES and len(arguments) == 2:
            return Dictionary([], complete=False, element=self.instance_of(arguments[1]))
        if word in AWAITABLE_TYPES:
            return self.instance_of(arguments[-1])
        if word in ("type", "Type") and name in ("type", "typing.Type"):
            return arguments[0]
        if word in ("ClassVar", "Final", "Required", "NotRequired", "Mapped", "ReadOnly"):
            return self.instance_of(arguments[0])
        if isinstance(declared.origin, ClassDefinition):
            return Instance(declared.origin, type_arguments=arguments)
        return self.instance_of(declared.origin)


def _function_attribute(function: FunctionDefinition, name: str) -> Value:
    """What an attribute of a function is: what code assigned, or what Python gives it."""
    assigned = function.find_attribute(name)
    if assigned is not None:
        return assigned
    texts = {"__name__": function.name, "__qualname__": function.fact.qualname, "__module__": function.module.name}
    if name in texts:
        return Literal(texts[name])
    if name == "__wrapped__" and function.wrapped is not None:
        return function.wrapped
    if not hasattr(_function_attribute, name):
        return Unknown(f"the function {function.name} has no attribute {name!r}")
    return Native(function, name)


def _column_name(member: ClassMember) -> str:
    """The name of a mapped column: what it was given, else that of its attribute."""
    given = member.value.arguments.get("name", 0) if isinstance(member.value, ExternalResult) else None
    return text_of(given) or member.name


def _is_made_by_alias(instance: Instance) -> bool:
    """Whether the constructor of a validated model was given something that is no name of a field."""
    given = instance.arguments.keywords.keys() if instance.arguments is not None else ()
    return any(all(name not in entry.declared for entry in instance.cls.project_lineage) for name in given)
