"""Definitions of the project: modules, scopes, functions and classes. The latter two are values themselves."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from dataclasses import dataclass, field

from fastapi_lint.facts.expressions import Name
from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.facts.statements import Annotate, Class, Function
from fastapi_lint.model.values import Condition, External, Parametrized, Site, Value, external_name, possibilities
from fastapi_lint.text.location import Location, position_at

SAMPLE_FOLDERS = frozenset(
    """
    example examples sample samples demo demos doc docs docs_src tutorial tutorials notebooks cookbook testing mock
    mocks fixtures playground sandbox
    """.split()
)
"""Folders of code that is shown, or helps tests, rather than run in production."""
PROPERTY_DECORATORS = ("property", "functools.cached_property", "sqlalchemy.ext.hybrid.hybrid_property")


@dataclass(slots=True, eq=False)
class Scope:
    """The names of a module, function or class body, and the scope around it."""

    module: Module
    parent: Scope | None = None
    names: dict[str, Value] = field(default_factory=dict)

    def lookup(self, name: str) -> Value | None:
        """The value of a name here or in a scope around, or None."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.parent
        return None

    def as_now(self) -> Scope:
        """The names as they are bound at this moment, here and in the scopes around."""
        return Scope(self.module, self.parent.as_now() if self.parent is not None else None, dict(self.names))


def is_test_path(path: str) -> bool:
    """Whether a file is a test by its place or name, as pytest and the usual layouts have it."""
    *folders, name = path.split("/")
    if any(folder in ("tests", "test") for folder in folders):
        return True
    return name.startswith("test_") or name.endswith(("_test.py", "_tests.py")) or name in ("conftest.py", "tests.py")


class Module:
    """A module of the project. A namespace package is a module without facts of its own. ``is_test`` says that it is
    one of the tests."""

    __slots__ = ("path", "name", "facts", "is_package", "is_test", "scope", "stars", "sometimes", "state")

    def __init__(self, path: str, name: str, facts: ModuleFacts, is_package: bool) -> None:
        self.path = path
        self.name = name
        self.facts = facts
        self.is_package = is_package
        self.is_test = is_test_path(path)
        self.scope = Scope(self)
        self.stars: list[str] = []
        """The packages outside the project from which it imported everything, in order."""
        self.sometimes: dict[str, tuple[Condition, ...]] = {}
        """The names that only one branch of an undecided choice binds, and when."""
        self.state = "new"
        """"new", "running" or "done": how far the interpreter has executed it."""

    def location(self, start: int, end: int) -> Location:
        """The location of the characters ``start`` to ``end``."""
        table = self.facts.line_starts
        return Location(self.path, position_at(table, start), position_at(table, end))

    @property
    def is_sample(self) -> bool:
        """Whether it is shown, or helps tests, rather than run in production."""
        return not SAMPLE_FOLDERS.isdisjoint(self.path.split("/")[:-1])

    @property
    def folder(self) -> str:
        """The path of the folder it is in, "" for the project root."""
        return self.path.rpartition("/")[0]

    @property
    def package(self) -> str:
        """The dotted name of the package that holds it, its own for a package."""
        return self.name if self.is_package else self.name.rpartition(".")[0]

    def __repr__(self) -> str:
        return f"<Module {self.name}>"


class FunctionDefinition(Value):
    """A function or method of the project.

    Attributes:
        scope: the scope in which it was defined.
        header: the scope of its defaults: ``scope``, or what was bound in one round of a loop, in a class body with
            what that held before.
        owner: the class whose body holds it, or None.
        wrapped: the function that ``functools.wraps`` says it stands for, or None.
        decorators: what its decorators evaluate to, from the top.
        attributes: what was assigned to its attributes.
    """

    __slots__ = ("fact", "module", "scope", "header", "owner", "wrapped", "decorators", "attributes")

    def __init__(self, fact: Function, module: Module, scope: Scope, owner: ClassDefinition | None = None) -> None:
        self.fact = fact
        self.module = module
        self.scope = scope
        self.header = scope
        self.owner = owner
        self.wrapped: Value | None = None
        self.decorators: tuple[Value, ...] = ()
        self.attributes: dict[str, Value] = {}

    @property
    def name(self) -> str:
        """Its bare name."""
        return self.fact.name

    @property
    def call_name(self) -> str:
        """Its bare name as a caller writes it: that of the class for ``__init__``."""
        return self.owner.name if self.owner is not None and self.name == "__init__" else self.name

    @property
    def qualified_name(self) -> str:
        """``package.module.qualname``."""
        return f"{self.module.name}.{self.fact.qualname}"

    @property
    def is_async(self) -> bool:
        """Whether it is an ``async def``."""
        return self.fact.is_async

    @property
    def innermost(self) -> FunctionDefinition:
        """The function at the end of the chain of ``functools.wraps``: the one whose signature FastAPI reads."""
        function, seen = self, {id(self)}
        while True:
            wrapped = next(iter(possibilities(function.wrapped)), None)
            if not isinstance(wrapped, FunctionDefinition) or id(wrapped) in seen:
                return function
            function = wrapped
            seen.add(id(function))

    def find_attribute(self, name: str) -> Value | None:
        """What was assigned to an attribute of it, or of what it wraps: ``functools.wraps`` copies these; or None."""
        function, seen = self, {id(self)}
        while name not in function.attributes:
            wrapped = next(iter(possibilities(function.wrapped)), None)
            if not isinstance(wrapped, FunctionDefinition) or id(wrapped) in seen:
                return None
            function = wrapped
            seen.add(id(function))
        return function.attributes[name]

    @property
    def location(self) -> Location:
        """The location of its name."""
        return self.module.location(self.fact.name_start, self.fact.name_start + len(self.fact.name))

    @property
    def line(self) -> int:
        """The line of its first decorator, or of ``def``."""
        start = self.fact.decorators[0].start if self.fact.decorators else self.fact.start
        return position_at(self.module.facts.line_starts, start).line

    @property
    def def_line(self) -> int:
        """The line of ``def``."""
        return position_at(self.module.facts.line_starts, self.fact.start).line

    @property
    def is_property(self) -> bool:
        """Whether reading it as an attribute runs it."""
        return self.has_decorator(*PROPERTY_DECORATORS)

    @property
    def annotated(self) -> Scope:
        """The scope of its annotations. The names of a class body often are those of types, which are not hidden by
        them."""
        outer = self.header.parent
        if self.owner is None or outer is None:
            return self.header
        own = {name: value for name, value in self.header.names.items() if outer.lookup(name) is None}
        return Scope(self.module, outer, {name: value for name, value in own.items() if not hasattr(builtins, name)})

    def has_decorator(self, *names: str) -> bool:
        """Whether a decorator is one of the external names."""
        return any(isinstance(value, External) and value.name in names for value in self.decorators)

    def is_around(self, site: Site) -> bool:
        """Whether a place is inside of it."""
        return site.module is self.module and self.fact.start <= site.start < self.fact.end

    def __repr__(self) -> str:
        return f"<Function {self.qualified_name}>"


class ClassDefinition(Value):
    """A class of the project.

    Attributes:
        scope: the scope in which it was defined.
        bases: what its bases evaluate to.
        keywords: the keyword arguments of the class statement (``table=True``, ``metaclass=…``).
        namespace: the scope of its body after execution.
        decorators: what its decorators evaluate to, from the top.
        handed_to: what was called at import time with the class as its only argument, decorators included.
    """

    __slots__ = (
        "fact",
        "module",
        "scope",
        "bases",
        "keywords",
        "namespace",
        "decorators",
        "handed_to",
        "_lineage",
        "_declared",
    )

    def __init__(
        self,
        fact: Class,
        module: Module,
        scope: Scope,
        bases: tuple[Value, ...] = (),
        keywords: dict[str, Value] | None = None,
    ) -> None:
        self.fact = fact
        self.module = module
        self.scope = scope
        self.bases = bases
        self.keywords = keywords or {}
        self.namespace = Scope(module, scope)
        self.decorators: tuple[Value, ...] = ()
        self.handed_to: list[Value] = []
        self._lineage: tuple[ClassDefinition | External, ...] | None = None
        self._declared: dict[str, Annotate] | None = None

    @property
    def name(self) -> str:
        """Its bare name."""
        return self.fact.name

    @property
    def qualified_name(self) -> str:
        """``package.module.qualname``."""
        return f"{self.module.name}.{self.fact.qualname}"

    @property
    def location(self) -> Location:
        """The location of its name."""
        return self.module.location(self.fact.name_start, self.fact.name_start + len(self.fact.name))

    @property
    def def_line(self) -> int:
        """The line of ``class``."""
        return position_at(self.module.facts.line_starts, self.fact.start).line

    @property
    def lineage(self) -> tuple[ClassDefinition | External, ...]:
        """The class itself and its bases, nearest first: Python's resolution order where it exists. Generic bases
        count as their origin; external bases are listed by name."""
        if self._lineage is None:
            self._lineage = tuple(_linearize(self, ()))
        return self._lineage

    @property
    def project_lineage(self) -> Iterator[ClassDefinition]:
        """The project's own classes of the lineage."""
        return (entry for entry in self.lineage if isinstance(entry, ClassDefinition))

    @property
    def declared(self) -> dict[str, Annotate]:
        """The annotated attributes of its own body, by name, in order."""
        if self._declared is None:
            self._declared = {
                statement.target.id: statement
                for statement in self.fact.body
                if isinstance(statement, Annotate) and isinstance(statement.target, Name)
            }
        return self._declared

    @property
    def external_bases(self) -> tuple[str, ...]:
        """The names of the external classes of the lineage."""
        return tuple(entry.name for entry in self.lineage if isinstance(entry, External))

    def derives_from(self, *names: str) -> bool:
        """Whether one of the external names is in the lineage."""
        return any(name in names for name in self.external_bases)

    def find(self, name: str) -> Value | None:
        """A class attribute, looked up along the lineage, or None."""
        for entry in self.project_lineage:
            if name in entry.namespace.names:
                return entry.namespace.names[name]
        return None

    def find_method(self, name: str) -> FunctionDefinition | None:
        """A method, looked up along the lineage, or None."""
        found = self.find(name)
        return found if isinstance(found, FunctionDefinition) else None

    def site(self) -> Site:
        """Where its name stands."""
        return Site(self.module, self.fact.name_start, self.fact.name_start + len(self.fact.name))

    def __repr__(self) -> str:
        return f"<Class {self.qualified_name}>"


class ClassView:
    """Something of the model that stands for a class: a schema, a mapped class.

    Attributes:
        cls: the class.
    """

    def __init__(self, cls: ClassDefinition) -> None:
        self.cls = cls

    @property
    def name(self) -> str:
        """The bare name of the class."""
        return self.cls.name

    @property
    def qualified_name(self) -> str:
        """``package.module.qualname`` of the class."""
        return self.cls.qualified_name

    @property
    def location(self) -> Location:
        """Where the name of the class stands."""
        return self.cls.location


def _linearize(cls: ClassDefinition, path: tuple[ClassDefinition, ...]) -> list[ClassDefinition | External]:
    """Depth first from left to right, keeping the last mention of each class, as C3 does for all but odd diamonds."""
    order: list[ClassDefinition | External] = [cls]
    if cls in path:
        return []
    for base in cls.bases:
        origin = base.origin if isinstance(base, Parametrized) else base
        if isinstance(origin, ClassDefinition):
            order += _linearize(origin, (*path, cls))
        elif name := external_name(origin):
            order.append(External(name))
    kept: list[ClassDefinition | External] = []
    seen: set[object] = set()
    for entry in reversed(order):
        key = entry.name if isinstance(entry, External) else entry
        if key not in seen:
            seen.add(key)
            kept.append(entry)
    return kept[::-1]
