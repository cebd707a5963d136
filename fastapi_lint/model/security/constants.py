"""Literal texts of a module with what they are bound to: who asks for constants by name or by form asks here.

A text keeps its name through what merely carries it on: ``KEY = SecretStr(os.getenv("APP_KEY") or "text")``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.model.definitions import ClassDefinition, Module
from fastapi_lint.model.interpreter.attributes import ENUM_BASES
from fastapi_lint.model.knowledge.constants import CARRIERS, COMMANDS, CONVERSIONS, SETTING_READERS, TEST_CLASS
from fastapi_lint.model.knowledge.pydantic import SETTINGS_BASES
from fastapi_lint.model.texts import written_text
from fastapi_lint.model.values import Site, external_name

_VARIABLE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")


@dataclass(frozen=True, slots=True)
class NamedText:
    """A literal text.

    Attributes:
        value: its characters; of bytes, those of latin-1; of an f-string, with HOLE for what is embedded.
        names: what it is bound to and what that is part of, from the outside in: the variables, attributes,
            parameters, keywords, keys and environment variables, but not the classes and functions around it.
        binding: how it is bound to the last of the names: "assignment", "parameter" (a default), "option" (the
            default of an option of a command), "keyword", "item" (of a dict), "fallback" (of an environment variable,
            or of a setting: what the class of settings assigns), "comparison", "argument" (positional: ``callee`` says
            of what), or "" for none of these.
        site: where it stands.
        in_enum: whether it stands in the body of an enumeration.
        callee: the dotted name of what is called with it, imports resolved; "" if it is no argument.
        position: of a positional argument, else -1.
    """

    value: str
    names: tuple[str, ...]
    binding: str
    site: Site
    in_enum: bool = False
    callee: str = ""
    position: int = -1

    @property
    def name(self) -> str:
        """What it is bound to, "" if that is nothing with a name."""
        return self.names[-1] if self.names and self.binding not in ("", "argument") else ""


class _Place(NamedTuple):
    """What is around the expression at hand: the fields of NamedText apart from the text itself, and whether it stands
    directly in the body of a class of settings."""

    names: tuple[str, ...] = ()
    binding: str = ""
    in_enum: bool = False
    callee: str = ""
    position: int = -1
    in_settings: bool = False

    def inside(self) -> _Place:
        """Somewhere in the value, but not the value itself."""
        return _Place(self.names, "", self.in_enum) if self.binding else self

    def assigned(self, name: str) -> _Place:
        """Assigned to ``name``; a name with an underscore before it is no setting."""
        return self.bound(name, "fallback" if self.in_settings and not name.startswith("_") else "assignment")

    def bound(self, name: str, binding: str, callee: str = "", position: int = -1) -> _Place:
        """Bound to ``name``."""
        names = (*self.names, name) if name else self.names
        return _Place(names, binding, self.in_enum, callee, position)


def named_texts(
    module: Module,
    min_length: int = 1,
    settings: Container[ClassDefinition] = frozenset(),
    is_wanted: Callable[[st.Function], bool] = lambda _: True,
) -> list[NamedText]:
    """The literal texts of a module in the order of the source: those of functions and classes too, docstrings,
    annotations, statements that are a mere text and what stands in classes for tests apart.

    Args:
        module: of the project, executed.
        min_length: of a text to be given.
        settings: further classes of settings, which get their nature from others that derive from them.
        is_wanted: whether to look into the body of a function.
    """
    walk = _Walk(module, min_length, settings, is_wanted)
    walk.statements(module.facts.body, _Place())
    return walk.found


class _Walk:
    """Walks the facts of one module."""

    def __init__(
        self,
        module: Module,
        min_length: int,
        settings: Container[ClassDefinition],
        is_wanted: Callable[[st.Function], bool],
    ) -> None:
        self._module = module
        self._settings = settings
        self._is_wanted = is_wanted
        self._min_length = min_length
        self.found: list[NamedText] = []
        self._handlers: dict[type, Callable[[Any, _Place], None]] = {
            ex.Constant: self._constant,
            ex.Bytes: self._constant,
            ex.FormattedString: self._formatted,
            ex.Name: self._nothing,
            ex.Attribute: lambda node, place: self._visit(node.value, place.inside()),
            ex.Call: self._call,
            ex.Mapping: self._mapping,
            ex.Comparison: self._comparison,
            ex.Operation: self._operation,
            ex.Conditional: self._conditional,
            ex.Parameter: self._parameter,
            ex.Await: self._await,
            st.Function: self._function,
            st.Class: self._class,
            st.Assign: self._assign,
            st.Annotate: self._annotate,
            st.Import: self._nothing,
            st.ImportFrom: self._nothing,
            st.TypeAlias: self._nothing,
            st.Evaluate: self._evaluate,
        }

    def statements(self, statements: tuple[st.Statement, ...], place: _Place) -> None:
        """The texts in a block."""
        for statement in statements:
            self._visit(statement, place)

    def _visit(self, node: Any, place: _Place) -> None:
        handler = self._handlers.get(type(node))
        if handler is not None:
            handler(node, place)
            return
        inside = place.inside()
        for child in node:
            if isinstance(child, tuple):
                self._visit(child, inside)

    def _nothing(self, node: Any, place: _Place) -> None:
        """No texts of interest in it."""

    # texts

    def _constant(self, node: ex.Constant | ex.Bytes, place: _Place) -> None:
        if isinstance(node.value, str):
            self._add(node.value, node, place)

    def _formatted(self, node: ex.FormattedString, place: _Place) -> None:
        self._add(written_text(node) or "", node, place)
        for part in node.parts:
            if not isinstance(part, ex.Constant):
                self._visit(part, place.inside())

    def _add(self, text: str, node: Any, place: _Place) -> None:
        if len(text) < self._min_length:
            return
        site = Site(self._module, node.start, node.end)
        self.found.append(
            NamedText(text, place.names, place.binding, site, place.in_enum, place.callee, place.position)
        )

    # expressions

    def _call(self, node: ex.Call, place: _Place) -> None:
        callee = self._dotted(node.func)
        if isinstance(node.func, ex.Attribute):
            carried = node.func.attr in CONVERSIONS and isinstance(node.func.value, (ex.Constant, ex.Bytes))
            self._visit(node.func.value, place if carried else place.inside())
        elif not isinstance(node.func, ex.Name):
            self._visit(node.func, place.inside())
        last = callee.rpartition(".")[2]
        variable = _setting_read(callee, node.arguments)
        for position, argument in enumerate(node.arguments):
            if variable is not None and position > variable and argument.keyword in (None, "default"):
                inner = place.bound(_text_of(node.arguments[variable].value), "fallback", callee)
            elif argument.keyword is not None:
                carried = bool(place.binding) and argument.keyword == "default"
                inner = place if carried else place.inside().bound(argument.keyword, "keyword", callee)
            elif place.binding and last in CARRIERS and position == 0:
                inner = place
            else:
                inner = place.inside() if argument.star else place.inside().bound("", "argument", callee, position)
            self._visit(argument.value, inner)

    def _mapping(self, node: ex.Mapping, place: _Place) -> None:
        for key, value in node.items:
            inner = place.inside()
            if isinstance(key, ex.Constant) and isinstance(key.value, str):
                inner = inner.bound(key.value, "item")
            elif isinstance(key, (ex.Name, ex.Attribute)):
                inner = inner.bound(_last_name(key), "")
            elif key is not None:
                self._visit(key, inner)
            self._visit(value, inner)

    def _comparison(self, node: ex.Comparison, place: _Place) -> None:
        sides = (node.left, *node.operands)
        equal = len(sides) == 2 and node.operators[0] in ("==", "!=")
        for side, other in ((node.left, sides[-1]), *((operand, node.left) for operand in node.operands)):
            name = _last_name(other) if equal else ""
            self._visit(side, place.inside().bound(name, "comparison") if name else place.inside())

    def _operation(self, node: ex.Operation, place: _Place) -> None:
        joined = _joined(node)
        if joined:
            self._add(joined, node, place)
            return
        carried = place if node.operator == "or" else place.inside()
        self._visit(node.left, carried)
        self._visit(node.right, carried)

    def _conditional(self, node: ex.Conditional, place: _Place) -> None:
        self._visit(node.body, place)
        self._visit(node.test, place.inside())
        self._visit(node.orelse, place)

    def _await(self, node: ex.Await, place: _Place) -> None:
        self._visit(node.value, place)

    def _parameter(self, node: ex.Parameter, place: _Place) -> None:
        if node.default is not None:
            self._visit(node.default, place.bound(node.name, "parameter"))

    # statements

    def _function(self, node: st.Function, place: _Place) -> None:
        for decorator in node.decorators:
            self._visit(decorator.expression, place.inside())
        decorators = (decorator.expression for decorator in node.decorators)
        is_command = any(isinstance(each, ex.Call) and self._dotted(each.func) in COMMANDS for each in decorators)
        for parameter in node.parameters:
            if not is_command:
                self._parameter(parameter, _Place())
            elif parameter.default is not None:
                self._visit(parameter.default, _Place().bound(parameter.name, "option"))
        if self._is_wanted(node):
            self.statements(node.body.statements, _Place())

    def _class(self, node: st.Class, place: _Place) -> None:
        if TEST_CLASS.match(node.name):
            return
        for decorator in node.decorators:
            self._visit(decorator.expression, place.inside())
        named = self._module.scope.names.get(node.name)
        cls = named if isinstance(named, ClassDefinition) and named.fact is node else None
        in_enum, in_settings = (cls is not None and cls.derives_from(*bases) for bases in (ENUM_BASES, SETTINGS_BASES))
        self.statements(node.body, _Place(in_enum=in_enum, in_settings=in_settings or cls in self._settings))

    def _assign(self, node: st.Assign, place: _Place) -> None:
        for target in node.targets:
            if not isinstance(target, (ex.Name, ex.Attribute, ex.Sequence)):
                self._visit(target, place.inside())
        targets = node.targets[0]
        sequences = isinstance(targets, ex.Sequence) and isinstance(node.value, ex.Sequence)
        if sequences and len(targets.items) == len(node.value.items):
            for target, value in zip(targets.items, node.value.items):
                self._visit(value, place.assigned(_last_name(target)))
            return
        self._visit(node.value, place.assigned(_last_name(targets)))

    def _annotate(self, node: st.Annotate, place: _Place) -> None:
        if node.value is not None:
            self._visit(node.value, place.assigned(_last_name(node.target)))

    def _evaluate(self, node: st.Evaluate, place: _Place) -> None:
        if not isinstance(node.value, ex.Constant):
            self._visit(node.value, place)

    def _dotted(self, node: ex.Expression) -> str:
        """The dotted name of a callee, with what the module imports by its first name put in its place."""
        parts: list[str] = []
        while isinstance(node, ex.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ex.Name):
            return ""
        parts.append(external_name(self._module.scope.names.get(node.id)) or node.id)
        return ".".join(reversed(parts))


def _setting_read(callee: str, arguments: tuple[ex.Argument, ...]) -> int | None:
    """The position of the name of the setting that a call reads with a fallback: ``getenv("NAME", …)``,
    ``getattr(settings, "NAME", …)``, any reader that is given a name as environment variables have it; or None."""
    position = 1 if callee == "getattr" else 0
    name = _text_of(arguments[position].value) if len(arguments) > position + 1 else ""
    return position if name and (callee in SETTING_READERS or _VARIABLE.fullmatch(name)) else None


def _joined(node: ex.Expression) -> str:
    """The text of string literals that are added to each other, "" for all else."""
    if isinstance(node, ex.Operation) and node.operator == "+":
        left, right = _joined(node.left), _joined(node.right)
        return left + right if left and right else ""
    return _text_of(node)


def _text_of(node: ex.Expression) -> str:
    """The text of a string literal, "" for all else."""
    return node.value if isinstance(node, ex.Constant) and isinstance(node.value, str) else ""


def _last_name(node: ex.Expression) -> str:
    """The name that an expression ends with: ``b`` of ``a.b``, ``a["b"]``, ``a.get("b")`` and ``b.strip()``, or ""."""
    if isinstance(node, ex.Name):
        return node.id
    if isinstance(node, ex.Attribute):
        return node.attr
    if isinstance(node, ex.Subscript):
        return _text_of(node.index)
    if isinstance(node, ex.Call) and isinstance(node.func, ex.Attribute):
        if node.func.attr == "get" and node.arguments:
            return _text_of(node.arguments[0].value)
        if node.func.attr in CONVERSIONS:
            return _last_name(node.func.value)
    return ""
