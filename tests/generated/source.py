"""Sources in the making: modules, and the scopes in which statements are written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from generated.names import Names


@dataclass(eq=False)
class Draft:
    """A project in the making.

    Attributes:
        modules: in an order in which each may import those before it.
        names: which names are free.
        made: what may be used again, by kind.
        flags: the environment variables that conditions depend on.
        has_settings: whether there are settings that the environment may replace.
    """

    modules: list[SourceModule] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    made: dict[str, list[Symbol]] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)
    has_settings: bool = False

    def texts(self) -> dict[str, str]:
        """The sources by path."""
        return {module.path: module.text() for module in self.modules}


@dataclass(eq=False)
class SourceModule:
    """A module.

    Attributes:
        role: what is defined in it.
        lazy: whether it has ``from __future__ import annotations``.
        lists_names: whether it has an ``__all__``.
        style: how it imports what is outside the project: "names", "dotted" or "renamed".
        imports: its import statements.
        reached: the expressions for the symbols of other modules that it uses.
        exported: for a package, what it calls the symbols of its modules that it imports for others.
        starred: what others take from it by ``import *``.
        outside: where the names that it imports from outside the project come from.
        has_router: whether it has the name ``router``, as others may too.
    """

    draft: Draft
    path: str
    role: str
    lazy: bool = False
    lists_names: bool = False
    style: str = "names"
    imports: dict[str, None] = field(default_factory=dict)
    reached: dict[Symbol, str] = field(default_factory=dict)
    exported: dict[Symbol, str] = field(default_factory=dict)
    starred: dict[str, None] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)
    has_router: bool = False

    def __post_init__(self) -> None:
        self.top = Scope(self)

    @property
    def name(self) -> str:
        """The dotted name."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def is_package(self) -> bool:
        """Whether it is the ``__init__`` of a package."""
        return self.path.endswith("__init__.py")

    @property
    def package(self) -> str:
        """The dotted name of the package it belongs to, its own for a package; "" outside packages."""
        return self.name if self.is_package else self.name.rpartition(".")[0]

    @property
    def order(self) -> int:
        """Its place among the modules of the project."""
        return self.draft.modules.index(self)

    def text(self) -> str:
        """The source."""
        future = ["from __future__ import annotations"] if self.lazy else []
        listed = [f"__all__ = {list(self.starred)}"] if self.starred and self.lists_names else []
        return "\n".join([*future, *self.imports, *self.top.lines, *listed, ""])

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Symbol:
    """A name that a module binds at its top level."""

    module: SourceModule
    name: str

    def __str__(self) -> str:
        return f"{self.module.name}.{self.name}"

    def __hash__(self) -> int:
        return hash((id(self.module), self.name))


class Scope:
    """Where statements are written: the top level of a module, or a block in it.

    Attributes:
        module: the module.
        lines: what was written so far.
        is_class: whether it is the body of a class, whose names functions in it do not see.
        is_local: whether it is inside a function.
    """

    def __init__(self, module: SourceModule, outer: Scope | None = None, is_class: bool = False) -> None:
        self.module = module
        self.lines: list[str] = []
        self.is_class = is_class
        self.is_local = outer is not None and outer.is_local
        self._outer = outer
        self._known: dict[str, list[str]] = {}

    def write(self, *lines: str) -> None:
        """Adds statements."""
        self.lines += lines

    @contextmanager
    def block(self, *header: str, is_class: bool = False, is_function: bool = False) -> Iterator[Scope]:
        """A block under a header, decorators included. What is written to the module meanwhile stands before it."""
        inner = self.inner(is_class, is_function)
        yield inner
        self.join((header, inner))

    def inner(self, is_class: bool = False, is_function: bool = False) -> Scope:
        """A scope inside this one, which :meth:`join` puts in its place."""
        scope = Scope(self.module, self, is_class)
        scope.is_local = self.is_local or is_function
        return scope

    def join(self, *blocks: tuple[tuple[str, ...], Scope]) -> None:
        """Writes scopes inside this one under their headers, such as an ``if`` and its ``else``."""
        for header, inner in blocks:
            self.lines += [*header, *(f"    {line}" for line in inner.lines or ["pass"])]

    def know(self, kind: str, *expressions: str) -> None:
        """Notes values of a kind that expressions in this scope may use."""
        self._known.setdefault(kind, []).extend(expressions)

    def known(self, kind: str) -> list[str]:
        """The values of a kind that expressions here may use."""
        found: list[str] = []
        scope: Scope | None = self
        in_class = False
        while scope is not None:
            values = scope._known.get(kind, []) if scope is self or not scope.is_class else []
            found = [value for value in values if not (in_class and value.startswith(("self.", "cls.")))] + found
            in_class = in_class or scope.is_class
            scope = scope._outer
        return found

    def fresh(self, word: str) -> str:
        """A name that nothing else in the project has."""
        return self.module.draft.names.fresh(word)

    def get(self, dotted: str) -> str:
        """An expression for a name from outside the project, which the module imports."""
        module, _, name = dotted.rpartition(".")
        if self.module.style == "names":
            if self.module.outside.setdefault(name, dotted) == dotted:
                self.module.imports[f"from {module} import {name}"] = None
                return name
            alias = dotted.replace(".", "_")
            self.module.imports[f"from {module} import {name} as {alias}"] = None
            return alias
        if self.module.style == "dotted":
            self.module.imports[f"import {module}"] = None
            return dotted
        alias = f"x_{module.replace('.', '_')}"
        self.module.imports[f"import {module} as {alias}"] = None
        return f"{alias}.{name}"
