"""Expressions: from a fact to the value it has in a frame."""

from __future__ import annotations

import builtins
from abc import ABC, abstractmethod
from collections.abc import Callable

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.annotations import parse_expression
from fastapi_lint.facts.statements import Block, Function, Return
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Scope
from fastapi_lint.model.interpreter.attributes import ENUM_BASES, AttributeReader
from fastapi_lint.model.interpreter.frames import Frame
from fastapi_lint.model.interpreter.narrowing import narrowed
from fastapi_lint.model.interpreter.natives import CHANGES_OF_LISTS
from fastapi_lint.model.interpreter.operations import (
    compare,
    default_first,
    distinct,
    format_parts,
    likely,
    operate,
    sliced,
    subscript,
    truth,
)
from fastapi_lint.model.interpreter.records import as_tuple
from fastapi_lint.model.orm.queries import as_item
from fastapi_lint.model.values import (
    Ambiguous,
    Arguments,
    Collection,
    Dictionary,
    External,
    ExternalResult,
    Literal,
    ModuleReference,
    Parametrized,
    Possible,
    Site,
    Unknown,
    Value,
    as_setting,
    certain,
    external_name,
    possibilities,
    possible,
    union,
)

BUILTINS = frozenset(dir(builtins))
UNION = External("typing.Union")
UNLISTED_ITEM = "an item of a list that is not fully known"
MAX_ITEMS = 1000
"""Loops and comprehensions over more items than this are not unrolled."""
MAX_UNION = 16
"""An item of one of several collections is one of at most so many values."""


class Evaluator(AttributeReader, ABC):
    """Evaluates expressions. The calls themselves are made by the subclass."""

    def __init__(self) -> None:
        self._handlers: dict[str, Callable[[ex.Expression, Frame], Value]] = {
            "@constant": lambda node, frame: Literal(node.value),
            "@bytes": lambda node, frame: Literal(node.value.encode("latin-1")),
            "@opaque": lambda node, frame: External(node.text),
            "@format": lambda node, frame: Unknown("a value in a format of its own"),
            "@fstring": lambda node, frame: format_parts([self._evaluate(part, frame) for part in node.parts]),
            "@name": self._name,
            "@attribute": self._attribute,
            "@call": self._call,
            "@subscript": self._subscript,
            "@slice": lambda node, frame: Unknown("a slice"),
            "@sequence": self._sequence,
            "@mapping": self._mapping,
            "@starred": lambda node, frame: self._evaluate(node.value, frame),
            "@operation": self._operation,
            "@unary": self._unary,
            "@comparison": self._comparison,
            "@conditional": self._conditional,
            "@lambda": self._lambda,
            "@await": self._await,
            "@yield": self._yield,
            "@walrus": self._walrus,
            "@comprehension": self._comprehension,
        }

    def evaluate(self, expression: ex.Expression, scope: Scope, enter: bool = False) -> Value:
        """What an expression is in a scope.

        Args:
            expression: the fact.
            scope: where its names are looked up.
            enter: enter the project functions that it calls, as Python does with a default; without, the expression has
                no effect on the project, and calls give what annotations say.
        """
        return self._evaluate(expression, Frame(scope, effects=enter))

    def annotation(self, expression: ex.Expression, scope: Scope) -> Value:
        """What an annotation is in a scope: as :meth:`evaluate`, with strings read as forward references.

        A name that is not found is Unknown, inside a container too.
        """
        return self.resolve_references(self._evaluate(expression, Frame(scope, effects=False)), scope)

    def resolve_references(self, value: Value, scope: Scope, depth: int = 0) -> Value:
        """A type value with the strings in it replaced by the types that they name."""
        if isinstance(value, Literal) and isinstance(value.value, str):
            parsed = parse_expression(value.value)
            if parsed is None or depth > 5:
                return Unknown(f"the annotation {value.value!r} is not an expression")
            return self.resolve_references(self._evaluate(parsed, Frame(scope, effects=False)), scope, depth + 1)
        if isinstance(value, Parametrized):
            origin = external_name(value.origin)
            if origin == "typing.Literal":
                return value
            kept = 1 if origin == "typing.Annotated" else len(value.arguments)
            types = [self.resolve_references(argument, scope, depth) for argument in value.arguments[:kept]]
            if all(new is old for new, old in zip(types, value.arguments)):
                return value
            return self.parametrized(value.origin, (*types, *value.arguments[kept:]))
        if isinstance(value, Collection) and value.form == "list":  # Callable[["A"], B]
            return Collection("list", [self.resolve_references(item, scope, depth) for item in value.items])
        return value

    @staticmethod
    def parametrized(origin: Value, arguments: tuple[Value, ...]) -> Value:
        """``origin[arguments]`` with ``Optional`` and nested unions written as one flat union."""
        name = external_name(origin)
        if name == "typing.Optional":
            origin, arguments = UNION, (*arguments, Literal(None))
        if name in ("typing.Optional", "typing.Union", "types.UnionType"):
            flat: list[Value] = []
            for argument in arguments:
                nested = isinstance(argument, Parametrized) and external_name(argument.origin) == "typing.Union"
                for member in argument.arguments if nested else (argument,):
                    if not any(member is known or (isinstance(member, Literal) and member == known) for known in flat):
                        flat.append(member)
            return flat[0] if len(flat) == 1 else Parametrized(UNION, tuple(flat))
        return Parametrized(origin, arguments)

    def _evaluate(self, expression: ex.Expression, frame: Frame) -> Value:
        return self._handlers[expression.kind](expression, frame)

    @abstractmethod
    def make_call(self, callee: Value, arguments: Arguments, site: Site, frame: Frame) -> Value:
        """What calling ``callee`` returns; with effects in a frame that has them."""

    def _name(self, node: ex.Name, frame: Frame) -> Value:
        value = frame.scope.lookup(node.id)
        if value is None:
            if node.id in BUILTINS:
                return External(node.id)
            if frame.module.stars and (starred := self.starred(frame.module, node.id)) is not None:
                return starred
            return Unknown(f"the name {node.id!r} is not defined where it is used")
        return self.undefer(value)

    def _attribute(self, node: ex.Attribute, frame: Frame) -> Value:
        receiver = self._evaluate(node.value, frame)
        if isinstance(receiver, Ambiguous):
            result = union([self.attribute(option, node.attr, frame) for option in receiver.options])
        else:
            result = self.attribute(receiver, node.attr, frame)
        if frame.recorder is not None:
            frame.recorder.read(node, receiver, result, frame)
        return result

    def _call(self, node: ex.Call, frame: Frame) -> Value:
        callee = self._evaluate(node.func, frame)
        arguments = self._arguments(node.arguments, frame)
        site = frame.site(node)
        result = self.make_call(callee, arguments, site, frame)
        if frame.recorder is not None:
            frame.recorder.call(node, callee, arguments, result, frame)
        if not frame.effects and isinstance(node.func, ex.Attribute) and node.func.attr in CHANGES_OF_LISTS:
            self._change(node.func, arguments, frame)
        return result

    def _change(self, method: ex.Attribute, arguments: Arguments, frame: Frame) -> None:
        """A method that changes a list, in a frame without effects: the name of the list holds another one from now
        on, of which it is known what may be in it."""
        names = frame.scope.names
        held = names.get(method.value.id) if isinstance(method.value, ex.Name) else None
        if isinstance(held, Collection) and held.form in ("list", "set"):
            added: list[Value | None] = []
            if method.attr in ("append", "add", "insert"):
                added = arguments.positional[-1:]
            elif method.attr in ("extend", "update") and arguments.positional:
                added = self.iterate(arguments.positional[0])[0]
            known = [value for value in (held.element, *held.items, *added) if value is not None]
            names[method.value.id] = Collection(held.form, [], False, union(known) if known else None)

    def _arguments(self, nodes: tuple[ex.Argument, ...], frame: Frame) -> Arguments:
        arguments = Arguments()
        for node in nodes:
            value = self._evaluate(node.value, frame)
            if node.star == "*":
                if isinstance(value, Collection) and value.complete:
                    arguments.positional += value.items
                else:
                    arguments.complete = False
            elif node.star == "**":
                if isinstance(value, Dictionary) and value.complete:
                    for key, item in value.items:
                        if isinstance(key, Literal) and isinstance(key.value, str):
                            arguments.keywords[key.value] = item
                        else:
                            arguments.complete = False
                else:
                    arguments.complete = False
                    arguments.unpacked.append(value)
            elif node.keyword is not None:
                arguments.keywords[node.keyword] = value
            else:
                arguments.positional.append(value)
        return arguments

    def _subscript(self, node: ex.Subscript, frame: Frame) -> Value:
        receiver = self._evaluate(node.value, frame)
        if isinstance(receiver, ClassDefinition) and receiver.derives_from(*ENUM_BASES):
            return self.enum_named(receiver, self._evaluate(node.index, frame))
        if isinstance(receiver, (External, ClassDefinition, Parametrized)):
            index = node.index
            items = index.items if isinstance(index, ex.Sequence) and index.form == "tuple" else (index,)
            return self.parametrized(receiver, tuple(self._evaluate(item, frame) for item in items))
        if isinstance(node.index, ex.Slice):
            parts = (node.index.lower, node.index.upper, node.index.step)
            lower, upper, step = (self._evaluate(part, frame) if part is not None else None for part in parts)
            return union([sliced(as_tuple(option), (lower, upper, step)) for option in possibilities(receiver)])
        index_value = self._evaluate(node.index, frame)
        return union([subscript(as_tuple(option), index_value) for option in possibilities(receiver)])

    def _sequence(self, node: ex.Sequence, frame: Frame) -> Value:
        result = Collection(node.form, [], conditions=frame.conditions)
        for item in node.items:
            value = self._evaluate(item, frame)
            if not isinstance(item, ex.Starred):
                result.items.append(value)
            elif isinstance(value, Collection) and not value.complete:
                result.items += value.items
                result.complete, result.element = False, result.element or value.element
            else:
                items, complete = self.iterate(value)
                result.items += items if complete else []
                result.complete = result.complete and complete
        return result

    def _mapping(self, node: ex.Mapping, frame: Frame) -> Value:
        result = Dictionary([], conditions=frame.conditions)
        for key, item in node.items:
            value = self._evaluate(item, frame)
            if key is not None:
                result.put(self._evaluate(key, frame), value)
            elif isinstance(value, Dictionary):
                for own, item in value.items:
                    result.put(own, item)
                result.complete = result.complete and value.complete
            else:
                result.complete = False
        return result

    def _operation(self, node: ex.Operation, frame: Frame) -> Value:
        left = self._evaluate(node.left, frame)
        if node.operator in ("and", "or"):
            decided = truth(left) if frame.recorder is None else None
            if decided is (node.operator == "or"):
                return left
            right = self._evaluate(node.right, frame)
            if decided is not None:
                return right
            if frame.recorder is None:  # the left side is the result where its truth is not what the operator asks for
                kept = [option for option in possibilities(left) if likely(option) is not (node.operator == "and")]
                return union([*kept, right]) if kept else as_setting(right)
            return union(
                default_first(left, right, left) if node.operator == "and" else default_first(left, left, right)
            )
        right = self._evaluate(node.right, frame)
        if node.operator == "|" and _make_union_type(left, right):
            return self.parametrized(UNION, (left, right))
        results = [operate(node.operator, a, b) for a in possibilities(left) for b in possibilities(right)]
        for result in results:
            if isinstance(result, (Collection, Dictionary)):
                result.conditions = frame.conditions
        return union(results[:64])

    def _unary(self, node: ex.Unary, frame: Frame) -> Value:
        operand = self._evaluate(node.operand, frame)
        if node.operator == "not":
            decided = likely(operand)
            return (
                Unknown("an undecided condition") if decided is None else Literal(not decided, truth(operand) is None)
            )
        if node.operator == "-" and isinstance(operand, Literal) and isinstance(operand.value, (int, float)):
            return Literal(-operand.value, operand.assumed)
        return Unknown(f"the result of {node.operator}")

    def _comparison(self, node: ex.Comparison, frame: Frame) -> Value:
        operands = [self._evaluate(node.left, frame), *(self._evaluate(operand, frame) for operand in node.operands)]
        if len(operands) == 2:
            return compare(node.operators[0], operands[0], operands[1])
        verdicts = [
            truth(compare(operator, *pair)) for operator, pair in zip(node.operators, zip(operands, operands[1:]))
        ]
        if False in verdicts:
            return Literal(False)
        return Unknown("a chained comparison") if None in verdicts else Literal(True)

    def _conditional(self, node: ex.Conditional, frame: Frame) -> Value:
        test = self._evaluate(node.test, frame)
        decided = truth(test) if frame.decides(test) else None
        if decided is not None:
            return self._evaluate(node.body if decided else node.orelse, frame)
        names = frame.scope.names
        sides: list[Value] = []
        for side, verdict in ((node.body, True), (node.orelse, False)):
            known = narrowed(node.test, verdict, names, likely(test)) if frame.recorder is None else {}
            if known:
                frame.scope.names = {**names, **known}
            sides.append(self._evaluate(side, frame))
            frame.scope.names = names
        return union(default_first(test, *sides))

    def _lambda(self, node: ex.Lambda, frame: Frame) -> Value:
        body = Block((Return(node.body, node.body.start, node.body.end),))
        outer = ""
        if frame.cls is not None:
            outer = frame.cls.fact.qualname + "."
        elif frame.function is not None:
            outer = frame.function.fact.qualname + ".<locals>."
        fact = Function(
            "<lambda>",
            f"{outer}<lambda>",
            node.parameters,
            None,
            (),
            body,
            False,
            False,
            None,
            node.start,
            node.start,
            node.end,
        )
        function = FunctionDefinition(fact, frame.module, frame.scope)
        if frame.loops and frame.effects and node.parameters:
            function.header = frame.scope.as_now()
        return function

    def _await(self, node: ex.Await, frame: Frame) -> Value:
        if frame.recorder is not None:
            frame.recorder.awaited(node)
        return self._evaluate(node.value, frame)

    def _yield(self, node: ex.Yield, frame: Frame) -> Value:
        if node.value is not None:
            value = self._evaluate(node.value, frame)
            if frame.recorder is not None:
                frame.recorder.gave(node, value, frame)
            if frame.yielded is not None:
                frame.yielded += self.iterate(value)[0] if node.delegates else [value]
        return Unknown("what is sent into a generator")

    def _walrus(self, node: ex.Walrus, frame: Frame) -> Value:
        value = self._evaluate(node.value, frame)
        if isinstance(node.target, ex.Name):
            (frame.around or frame).scope.names[node.target.id] = value
        return value

    def _comprehension(self, node: ex.Comprehension, frame: Frame) -> Value:
        inner = Frame(
            Scope(frame.module, frame.scope),
            frame.effects,
            function=frame.function,
            conditions=frame.conditions,
            depth=frame.depth,
            loops=frame.loops + 1,
            around=frame.around or frame,
            recorder=frame.recorder,
        )
        results: list[tuple[Value, Value]] = []
        complete = self._clauses(node, 0, inner, results)
        if node.form == "dict":
            element = results[0][1] if results else None
            made = Dictionary([], complete, None if complete else element, frame.conditions)
            for key, item in results if complete else ():
                made.put(key, item)
            return made
        items = [element for element, _ in results]
        form = "list" if node.form == "generator" else node.form
        if complete:
            return Collection(form, items, conditions=frame.conditions)
        return Collection(form, [], False, certain(items[0]) if items else None, frame.conditions)

    def _clauses(self, node: ex.Comprehension, index: int, frame: Frame, results: list[tuple[Value, Value]]) -> bool:
        """Runs the clauses from ``index`` on; returns whether ``results`` will hold everything."""
        if index == len(node.clauses):
            element = self._evaluate(node.element, frame)
            value = self._evaluate(node.value, frame) if node.value is not None else element
            outside = frame.around.conditions if frame.around is not None else ()
            value = possible(value, outside, frame.conditions)
            results.append((element if node.value is not None else value, value))
            return True
        clause = node.clauses[index]
        iterable = self._evaluate(clause.iterable, frame)
        items, complete = self.iterate(iterable)
        if frame.recorder is not None:
            items = [as_item(union(items), clause)] if items else [Unknown("an item")]
            frame.recorder.enter("comprehension", clause, source=iterable)
        outside = frame.conditions
        for item in items:
            if isinstance(item, Possible):
                frame.conditions = (*outside, *item.conditions)
            self.bind(clause.target, item, frame)
            tests = [self._evaluate(condition, frame) for condition in clause.conditions]
            if frame.recorder is None and any(truth(test) is False for test in tests):
                frame.conditions = outside
                continue
            for condition, test in zip(clause.conditions, tests):
                if truth(test) is None and frame.effects:
                    frame.conditions = frame.under(condition, by_default=likely(test))
                elif truth(test) is None:
                    complete = False
            complete = self._clauses(node, index + 1, frame, results) and complete
            frame.conditions = outside
        if frame.recorder is not None:
            frame.recorder.leave()
        return complete

    def iterate(self, value: Value) -> tuple[list[Value], bool]:
        """The items that a loop over ``value`` sees, and whether they are all of them; one item stands for the rest."""
        value = as_tuple(value)
        if isinstance(value, Ambiguous):
            items = [item for option in value.options for item in self.iterate(option)[0][:MAX_UNION]]
            return [union(items[:MAX_UNION])] if items else [Unknown(UNLISTED_ITEM)], False
        queried = self.queries.iterated(value)
        if queried is not None:
            return [queried], False
        if isinstance(value, Collection) and value.complete and len(value.items) <= MAX_ITEMS:
            return distinct(value.items) if value.form == "set" else list(value.items), True
        if isinstance(value, Collection):
            return [
                union(
                    [*value.items[:8], value.element] if value.element else value.items[:8] or [Unknown(UNLISTED_ITEM)]
                )
            ], False
        if isinstance(value, Dictionary) and value.complete and len(value.items) <= MAX_ITEMS:
            return [key for key, _ in value.items], True
        if isinstance(value, Literal) and isinstance(value.value, str) and len(value.value) <= MAX_ITEMS:
            return [Literal(character, value.assumed) for character in value.value], True
        if isinstance(value, ClassDefinition) and value.derives_from(*ENUM_BASES):
            return self.enum_members(value), True
        if isinstance(value, External) or external_name(value):
            return [External(external_name(value) + ".__iter__()", value)], False
        return [Unknown("an item of an unknown iterable")], False

    @abstractmethod
    def bind(self, target: ex.Expression, value: Value, frame: Frame) -> None:
        """Assigns ``value`` to a target: a name, an attribute, an item, a tuple of them."""


def _make_union_type(left: Value, right: Value) -> bool:
    """Whether ``left | right`` is a union type: what a call gave may be a type, and is one beside a type."""
    sides = (left, right)
    return any(map(_is_type, sides)) and all(_is_type(side) or isinstance(side, ExternalResult) for side in sides)


def _is_type(value: Value) -> bool:
    """Whether ``|`` on the value makes a union type rather than a number, a set or a dict."""
    if isinstance(value, Literal):
        return value.value is None or isinstance(value.value, str)
    if isinstance(value, Ambiguous):
        return all(_is_type(option) for option in value.options)
    return isinstance(value, (ClassDefinition, External, Parametrized, ModuleReference))
