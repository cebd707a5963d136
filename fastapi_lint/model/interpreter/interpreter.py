"""The interpreter: executes module bodies as Python would at import time, on abstract values.

FastAPI applications are built by running code, so their routes are found by running it too: imports in order, factories
entered, loops over known lists unrolled, both branches of an undecided condition taken (and what they register marked).
Nothing of the project is ever imported; what source code does not decide is Unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Module, Scope
from fastapi_lint.model.generics import is_generic
from fastapi_lint.model.interpreter.attributes import ENUM_BASES, NAMESPACES
from fastapi_lint.model.interpreter.bodies import Bodies
from fastapi_lint.model.interpreter.calls import Caller
from fastapi_lint.model.interpreter.enumerations import fill_automatic
from fastapi_lint.model.interpreter.evaluation import MAX_ITEMS, UNLISTED_ITEM
from fastapi_lint.model.interpreter.frames import Frame
from fastapi_lint.model.interpreter.narrowing import narrowed
from fastapi_lint.model.interpreter.operations import TYPE_CHECKING_NAMES, likely, operate, truth
from fastapi_lint.model.interpreter.records import as_tuple
from fastapi_lint.model.interpreter.writes import Branch
from fastapi_lint.model.knowledge.packages import canonical
from fastapi_lint.model.linker import Linker
from fastapi_lint.model.orm.queries import as_item, latest
from fastapi_lint.model.routing.route_objects import RouteList, RouteObject
from fastapi_lint.model.routing.routers import Router
from fastapi_lint.model.settings import ModelSettings
from fastapi_lint.model.values import (
    Arguments,
    Collection,
    Deferred,
    Dictionary,
    External,
    ExternalResult,
    FilePath,
    Instance,
    Literal,
    ModuleReference,
    Possible,
    Site,
    Unknown,
    Value,
    as_setting,
    certain,
    external_name,
    possibilities,
    text_of,
    union,
)

if TYPE_CHECKING:
    from fastapi_lint.model.dependencies.signatures import Signature
    from fastapi_lint.model.schemas.fields import SchemaField

MAX_ROUNDS = 100
"""A ``while`` whose condition stays true for so many rounds is taken for endless."""
Signal = str
"""Why a block ended before its end: "return", "raise", "break" or "continue"; "" when it did not."""
_LIVELIEST = ("continue", "break", "return", "raise")
"""How a block may end, what runs most of the code around it first."""


class Interpreter(Caller):
    """Executes the modules of a project.

    Args:
        linker: the modules, by path and by import.
        settings: what the user says of the project.
    """

    def __init__(self, linker: Linker, settings: ModelSettings) -> None:
        super().__init__()
        self.linker = linker
        self.settings = settings
        self.functions: list[FunctionDefinition] = []
        """Every function and method whose ``def`` was executed at import time."""
        self.classes: list[ClassDefinition] = []
        """Every class whose statement was executed at import time."""
        self.bodies = Bodies(self)
        self.list_routes = lambda router: RouteList("list", [], False, router=router)
        self._attributes: dict[ClassDefinition, dict[str, Value]] = {}
        self._reachable: set[Module] = set()
        self._yielded: dict[FunctionDefinition, Value] = {}
        self._handlers_of_statements = {
            "@function": self._function,
            "@class": self._class,
            "@import": self._import,
            "@from": self._import_from,
            "@assign": self._assign,
            "@annotate": self._annotate,
            "@augment": self._augment,
            "@typealias": self._type_alias,
            "@evaluate": self._expression,
            "@return": self._return,
            "@raise": self._raise,
            "@assert": self._assert,
            "@delete": self._delete,
            "@jump": lambda statement, frame: statement.word,
            "@outer": self._outer,
            "@if": self._if,
            "@for": self._for,
            "@while": self._while,
            "@try": self._try,
            "@with": self._with,
            "@match": self._match,
        }

    def run_module(self, module: Module) -> None:
        """Executes a module's body, once."""
        if module.state != "new":
            return
        package = self.linker.parent(module)
        if package is not None:
            self.run_module(package)  # which may import this very module
        if module.state != "new":
            return
        module.state = "running"
        module.scope.names["__name__"] = Literal(module.name)
        module.scope.names["__package__"] = Literal(module.package)
        module.scope.names["__file__"] = FilePath(module.path, is_text=True)
        if module.is_package:
            module.scope.names["__path__"] = Collection("list", [FilePath(module.folder, is_text=True)])
        self.execute(module.facts.body, Frame(module.scope, effects=True))
        module.state = "done"

    def import_module(self, module: Module) -> None:
        """Executes a module because something imports it: afterwards the package around it has it as an attribute."""
        if module in self._reachable:
            return
        self.run_module(module)
        if module.state == "done":
            self._reachable.add(module)
        package = self.linker.parent(module)
        if package is not None:
            package.scope.names.setdefault(module.name.rpartition(".")[2], ModuleReference(module))
            self.import_module(package)

    def run_body(self, statements: Sequence[st.Statement], frame: Frame) -> bool:
        return self.execute(statements, frame) in ("", "break", "continue")

    def execute(self, statements: Sequence[st.Statement], frame: Frame) -> Signal:
        """Executes statements in a frame until one of them ends the block."""
        handlers = self._handlers_of_statements
        for statement in statements:
            self.limits.steps += frame.depth > 0
            signal = handlers[statement.kind](statement, frame)
            if signal:
                return signal
        return ""

    # definitions

    def _function(self, fact: st.Function, frame: Frame) -> Signal:
        function = FunctionDefinition(fact, frame.module, frame.scope, frame.cls)
        if frame.cls is not None and frame.scope.parent is not None:
            function.scope = function.header = frame.scope.parent
        if frame.loops and frame.effects:
            function.header = function.scope.as_now()
        if frame.cls is not None:
            function.header = Scope(frame.module, function.header, dict(frame.scope.names))
        if frame.effects:
            self.functions.append(function)
        if frame.recorder is not None:
            frame.recorder.defined(function, frame)
        decorators = [
            (self._evaluate(decorator.expression, frame), frame.site(decorator)) for decorator in fact.decorators
        ]
        function.decorators = tuple(value for value, _ in decorators)
        for node, (value, _) in zip(fact.decorators, decorators):
            self.registrar.decorated(node.expression, value, fact.name, frame)
        value: Value = function
        for decorator, site in reversed(decorators):
            wrapper = value
            value = self.decorate(decorator, value, site, frame)
            if value is wrapper and value is not function and isinstance(value, FunctionDefinition):
                value.decorators = (decorator, *value.decorators)
        name = fact.name
        if name in frame.scope.names and fact.decorators and external_name(frame.scope.names[name]) == "":
            setter = fact.decorators[0].expression
            if isinstance(setter, ex.Attribute) and setter.attr in ("setter", "deleter", "getter"):
                return ""
        self.assign_name(name, value, frame)
        return ""

    def _class(self, fact: st.Class, frame: Frame) -> Signal:
        arguments = self._arguments(fact.bases, frame)
        cls = ClassDefinition(fact, frame.module, frame.scope, tuple(arguments.positional), arguments.keywords)
        if frame.effects:
            self.classes.append(cls)
        decorators = [
            (self._evaluate(decorator.expression, frame), frame.site(decorator)) for decorator in fact.decorators
        ]
        cls.decorators = tuple(value for value, _ in decorators)
        self.assign_name(fact.name, cls, frame)
        body = Frame(
            cls.namespace,
            frame.effects,
            function=frame.function,
            cls=cls,
            conditions=frame.conditions,
            depth=frame.depth,
            loops=frame.loops,
        )
        self.execute(fact.body, body)
        self._announce_subclass(cls, frame)
        if cls.derives_from(*ENUM_BASES):
            fill_automatic(cls, lambda generate, arguments: self.make_call(generate, arguments, cls.site(), frame))
        for decorator, site in reversed(decorators):
            self.decorate(decorator, cls, site, frame)
        return ""

    def _announce_subclass(self, cls: ClassDefinition, frame: Frame) -> None:
        """Calls the ``__init_subclass__`` of the bases of a new class."""
        hooks = (base.namespace.names.get("__init_subclass__") for base in cls.project_lineage if base is not cls)
        hook = next((hook for hook in hooks if isinstance(hook, FunctionDefinition)), None)
        if frame.effects and hook is not None:
            keywords = {name: value for name, value in cls.keywords.items() if name != "metaclass"}
            self.call_method(cls, hook, Arguments([], keywords), cls.site(), frame)

    # imports

    def _import(self, statement: st.Import, frame: Frame) -> Signal:
        module = self.linker.absolute(frame.module, statement.module)
        top = statement.module.partition(".")[0]
        if module is not None and not frame.type_checking:
            self.import_module(module)
        if statement.alias is not None:
            value: Value = ModuleReference(module) if module is not None else External(canonical(statement.module))
            self.assign_name(statement.alias, value, frame)
            return ""
        package = self.linker.absolute(frame.module, top) if module is not None else None
        self.assign_name(top, ModuleReference(package) if package is not None else External(top), frame)
        return ""

    def _import_from(self, statement: st.ImportFrom, frame: Frame) -> Signal:
        if statement.level:
            module = self.linker.relative(frame.module, statement.level, statement.module)
        else:
            module = self.linker.absolute(frame.module, statement.module)
        for name, alias in statement.names:
            if name == "*":
                if module is not None:
                    self._import_star(module, frame)
                elif not statement.level:
                    frame.module.stars.append(statement.module)
            elif module is not None:
                self.assign_name(alias or name, self._imported(module, name, frame), frame)
            elif statement.level:
                self.assign_name(alias or name, Unknown(f"the relative import of {name!r} finds no module"), frame)
            else:
                self.assign_name(alias or name, self.external_attribute(statement.module, name), frame)
        return ""

    def _imported(self, module: Module, name: str, frame: Frame) -> Value:
        """What ``from module import name`` binds."""
        if frame.type_checking:
            return Deferred(module, name)
        self.import_module(module)
        if name in module.scope.names:
            return module.scope.names[name]
        submodule = self.linker.submodule(module, name)
        if submodule is not None:
            self.import_module(submodule)
            return ModuleReference(submodule)
        if module.state == "done":
            return self.missing_name(module, name)
        return Deferred(module, name)

    def _import_star(self, module: Module, frame: Frame) -> None:
        self.import_module(module)
        exported = module.scope.names.get("__all__")
        names = list(module.scope.names)
        if isinstance(exported, Collection) and exported.complete:
            names = [item.value for item in exported.items if isinstance(item, Literal) and isinstance(item.value, str)]
        elif exported is None:
            names = [name for name in names if not name.startswith("_")]
        for name in names:
            frame.scope.names[name] = self._imported(module, name, frame)
        if exported is None:
            frame.module.stars += module.stars

    def import_by_name(self, name: Value, package: Value | None, frame: Frame) -> Value:
        dotted = _dotted_name(name, package)
        if dotted is None:
            return Unknown("a module imported by a name that is not known")
        module = self.linker.absolute(frame.module, dotted)
        if module is None:
            return External(canonical(dotted))
        if frame.effects:
            self.import_module(module)
        return ModuleReference(module)

    # assignments

    def assign_name(self, name: str, value: Value, frame: Frame) -> None:
        """Binds a name in a frame."""
        scope = frame.outer_names.get(name, frame.scope)
        if scope is frame.scope:
            scope.names[name] = value
        elif frame.effects:
            self.writes.store(scope.names, name, value)

    def bind(self, target: ex.Expression, value: Value, frame: Frame) -> None:
        value = certain(value)
        if isinstance(target, ex.Name):
            self.assign_name(target.id, value, frame)
        elif isinstance(target, ex.Attribute):
            self._bind_attribute(target, value, frame)
        elif isinstance(target, ex.Subscript):
            self._bind_item(target, value, frame)
        elif isinstance(target, ex.Sequence):
            self._bind_sequence(target.items, value, frame)
        elif isinstance(target, ex.Starred):
            self.bind(target.value, value, frame)

    def _bind_attribute(self, target: ex.Attribute, value: Value, frame: Frame) -> None:
        receiver = self._evaluate(target.value, frame)
        if frame.recorder is not None:
            frame.recorder.stored(target, receiver, value, frame)
        self.set_attribute(receiver, target.attr, value, frame.site(target), frame)

    def set_attribute(self, receiver: Value, name: str, value: Value, site: Site, frame: Frame) -> None:
        if isinstance(receiver, Instance) and (frame.effects or receiver.arguments is None):
            self.writes.store(receiver.attributes, name, value, receiver)
        elif not frame.effects:
            return
        elif isinstance(receiver, RouteObject):
            receiver.change(name, value)
        elif isinstance(receiver, Router) and name == "routes":
            self._replace_routes(receiver, value, site, frame)
        elif isinstance(receiver, (Router, FunctionDefinition)):
            self.writes.store(receiver.attributes, name, value)
        elif isinstance(receiver, ClassDefinition):
            self.writes.store(receiver.namespace.names, name, value)
        elif external_name(receiver) in NAMESPACES and isinstance(receiver, ExternalResult):
            receiver.arguments.keywords[name] = value

    def _replace_routes(self, router: Router, value: Value, site: Site, frame: Frame) -> None:
        """``router.routes = value``: the routes of its own that are in it stay, others are added."""
        if isinstance(value, Collection) and value.complete:
            self.list_routes(router).keep(value.items, frame.conditions)
            self.registrar.adopt_routes(router, value, site, frame)
        else:
            self.registrar.lose_routes(router, "code replaces them", site, frame)

    def _bind_item(self, target: ex.Subscript, value: Value, frame: Frame) -> None:
        receiver = self._evaluate(target.value, frame)
        key = self._evaluate(target.index, frame)
        if frame.effects and isinstance(receiver, Dictionary):
            receiver.put(key, value, frame.conditions)
        elif frame.effects and isinstance(receiver, Collection):
            index = key.value if isinstance(key, Literal) else None
            if isinstance(index, int) and receiver.complete and -len(receiver.items) <= index < len(receiver.items):
                receiver.items[index] = value
            else:
                receiver.complete = False

    def _bind_sequence(self, targets: tuple[ex.Expression, ...], value: Value, frame: Frame) -> None:
        value = as_tuple(value)
        if isinstance(value, (Dictionary, ClassDefinition)) or text_of(value) is not None:
            contents, complete = self.iterate(value)
            value = Collection("list", contents) if complete else value
        items = _unpacked(value, targets)
        for index, target in enumerate(targets):
            if items is not None:
                self.bind(target, items[index], frame)
            elif isinstance(value, Collection) and value.element is not None:
                self.bind(target, value.element, frame)
            else:
                self.bind(target, Unknown("part of a value that is not known"), frame)

    def _assign(self, statement: st.Assign, frame: Frame) -> Signal:
        value = self._evaluate(statement.value, frame)
        for target in statement.targets:
            self.bind(target, value, frame)
        return ""

    def _annotate(self, statement: st.Annotate, frame: Frame) -> Signal:
        if statement.value is not None:
            value = self._evaluate(statement.value, frame)
            if isinstance(value, Unknown) or (isinstance(value, Literal) and value.value is None and frame.function):
                value = self._declared_value(statement, value, frame)
            self.bind(statement.target, value, frame)
        elif isinstance(statement.target, ex.Name) and frame.cls is None and not frame.effects:
            self.bind(statement.target, self.instance_of(self.annotation(statement.annotation, frame.scope)), frame)
        return ""

    def _declared_value(self, statement: st.Annotate, value: Value, frame: Frame) -> Value:
        """What an annotated assignment holds where its value says less than its annotation."""
        if frame.effects:
            return value
        declared = self.instance_of(self.annotation(statement.annotation, frame.scope))
        return value if isinstance(declared, Unknown) else declared

    def _augment(self, statement: st.Augment, frame: Frame) -> Signal:
        right = self._evaluate(statement.value, frame)
        left = self._evaluate(statement.target, frame)
        if isinstance(left, Collection) and isinstance(right, Collection) and frame.effects:
            left.extend(right, frame.conditions)
            return ""
        results = [operate(statement.operator, a, b) for a in possibilities(left)[:8] for b in possibilities(right)[:8]]
        self.bind(statement.target, union(results), frame)
        return ""

    def _type_alias(self, statement: st.TypeAlias, frame: Frame) -> Signal:
        value = self.evaluate(statement.value, frame.scope, enter=frame.effects)
        self.assign_name(statement.name, self.resolve_references(value, frame.scope), frame)
        return ""

    def _delete(self, statement: st.Delete, frame: Frame) -> Signal:
        for target in statement.targets:
            if isinstance(target, ex.Name):
                frame.scope.names.pop(target.id, None)
            elif isinstance(target, ex.Subscript) and frame.effects:
                receiver = self._evaluate(target.value, frame)
                if isinstance(receiver, RouteList):
                    part = self._evaluate(target, frame)
                    receiver.drop(part.items if isinstance(part, Collection) else [part], frame.conditions)
        return ""

    # simple statements

    def _expression(self, statement: st.Evaluate, frame: Frame) -> Signal:
        if statement.value.kind != "@constant":
            self._evaluate(statement.value, frame)
        return ""

    def _return(self, statement: st.Return, frame: Frame) -> Signal:
        value: Value = Literal(None)
        if statement.value is not None:
            value = self._evaluate(statement.value, frame)
        if frame.recorder is not None:
            frame.recorder.gave(statement, value, frame)
        frame.give(value)
        return "return"

    def _raise(self, statement: st.Raise, frame: Frame) -> Signal:
        value = self._evaluate(statement.exception, frame) if statement.exception is not None else None
        if statement.cause is not None:
            self._evaluate(statement.cause, frame)
        if frame.recorder is not None:
            frame.recorder.raised(statement, value, frame)
        return "raise"

    def _assert(self, statement: st.Assert, frame: Frame) -> Signal:
        if frame.recorder is not None:
            self._evaluate(statement.test, frame)
        return ""

    def _outer(self, statement: st.Outer, frame: Frame) -> Signal:
        for name in statement.names:
            scope = frame.module.scope if statement.word == "global" else _holder(frame.scope.parent, name)
            if scope is not None:
                frame.outer_names[name] = scope
        return ""

    # compound statements

    def _if(self, statement: st.If, frame: Frame) -> Signal:
        test = self._evaluate(statement.test, frame)
        if external_name(test) in TYPE_CHECKING_NAMES:
            self._declare(statement.body, frame)
            return self.execute(statement.orelse, frame)
        decided = truth(test) if frame.decides(test) or _is_captured(statement.test, frame) else None
        if decided is not None:
            return self.execute(statement.body if decided else statement.orelse, frame)
        taken = {True: 0, False: 1}.get(likely(test))
        known = None
        if frame.recorder is None:
            known = [narrowed(statement.test, verdict, frame.scope.names, likely(test)) for verdict in (True, False)]
        return self._branches([statement.body, statement.orelse], statement.test, frame, statement, taken, known)

    def _declare(self, statements: Sequence[st.Statement], frame: Frame) -> None:
        """Executes what only type checkers see: names are bound, for annotations, and nothing else happens."""
        outside = frame.type_checking, frame.effects, frame.recorder
        frame.type_checking, frame.effects, frame.recorder = True, False, None
        self.execute(statements, frame)
        frame.type_checking, frame.effects, frame.recorder = outside

    def _branches(
        self,
        branches: Sequence[Sequence[st.Statement]],
        choice: ex.Expression,
        frame: Frame,
        owner: st.Statement,
        taken: int | None = None,
        known: Sequence[dict[str, Value]] | None = None,
    ) -> Signal:
        """Takes every branch of an undecided choice; afterwards a name may be what any of them that goes on left.
        ``taken`` is the branch that is taken by default, ``known`` what names are in each."""
        before, outside = dict(frame.scope.names), frame.conditions
        ways = [
            frame.under(choice, number, None if taken is None else number == taken) for number in range(len(branches))
        ]
        outcomes: list[tuple[Signal, dict[str, Value]]] = []
        written: list[Branch] = []
        for number, branch in enumerate(branches):
            frame.scope.names, frame.conditions = {**before, **(known[number] if known else {})}, ways[number]
            self.writes.begin()
            if frame.recorder is not None:
                frame.recorder.enter("branch", owner, number)
            signal = self.execute(branch, frame)
            if frame.recorder is not None:
                frame.recorder.leave()
            written.append(self.writes.take_back())
            outcomes.append((signal, frame.scope.names))
        going_on = [number for number, (signal, _) in enumerate(outcomes) if not signal]
        ended = [signal for signal, _ in outcomes if signal]
        left = sorted(going_on or range(len(branches)), key=lambda number: number != taken)
        frame.scope.names = _joined_names([outcomes[number][1] for number in left])
        if frame.scope is frame.module.scope:
            for number in left:
                for name in outcomes[number][1].keys() - before.keys():
                    if any(name not in outcomes[other][1] for other in left):
                        frame.module.sometimes[name] = ways[number]
        if taken is None:
            left.sort(key=lambda number: bool(branches[number]))  # where there is no else, what was there before
        self._settle([written[number] for number in left], frame)
        frame.conditions = outside
        if not going_on:
            return next(signal for signal in _LIVELIEST if signal in ended)
        if any(signal != "raise" for signal in ended):
            frame.conditions = ways[going_on[0]]
        return ""

    def _settle(self, branches: Sequence[Branch], frame: Frame) -> None:
        """After the branches of a choice: attributes and global names are what any of those that go on left."""

        def inherited(instance: Instance, name: str) -> Value | None:
            found = self.instance_attribute(instance, name, frame)
            return None if isinstance(found, Unknown) else found

        self.writes.settle(branches, inherited)

    def _for(self, statement: st.For, frame: Frame) -> Signal:
        iterable = self._evaluate(statement.iterable, frame)
        items, complete = self.iterate(iterable)
        if isinstance(iterable, Collection) and not complete and frame.effects and frame.recorder is None:
            rest = iterable.element or Unknown(UNLISTED_ITEM)
            items = [*iterable.items[:MAX_ITEMS], rest]
        if frame.recorder is not None:
            items = [as_item(union(items), statement)] if items else [Unknown("an item")]
            frame.recorder.enter("loop", statement, source=iterable)
        outside = frame.conditions
        around = outside if complete else frame.under(statement.iterable)
        signal = ""
        frame.loops += 1
        if not complete:
            self.writes.begin()
        for item in items:
            frame.conditions = (*around, *item.conditions) if isinstance(item, Possible) else around
            self.bind(statement.target, item, frame)
            signal = self.execute(statement.body, frame)
            if signal in ("return", "raise", "break"):
                break
        frame.loops -= 1
        if not complete:
            self._settle([Branch(), self.writes.take_back()], frame)
        frame.conditions = outside
        if frame.recorder is not None:
            frame.recorder.leave()
        elif complete and signal in ("return", "raise", "break"):
            return "" if signal == "break" else signal
        return self.execute(statement.orelse, frame)

    def _while(self, statement: st.While, frame: Frame) -> Signal:
        verdict = truth(self._evaluate(statement.test, frame))
        rounds = 0
        while verdict and frame.effects and statement.test.kind != "@constant" and rounds < MAX_ROUNDS:
            signal = self.execute(statement.body, frame)
            if signal in ("return", "raise", "break"):
                return "" if signal == "break" else signal
            verdict = truth(self._evaluate(statement.test, frame))
            rounds += 1
        if verdict is False:
            return self.execute(statement.orelse, frame)
        if frame.recorder is not None:
            frame.recorder.enter("loop", statement)
        outside = frame.conditions
        frame.conditions = frame.under(statement.test)
        self.writes.begin()
        self.execute(statement.body, frame)
        self._settle([Branch(), self.writes.take_back()], frame)
        frame.conditions = outside
        if frame.recorder is not None:
            frame.recorder.leave()
        return self.execute(statement.orelse, frame)

    def _try(self, statement: st.Try, frame: Frame) -> Signal:
        recorder = frame.recorder
        if recorder is not None:
            recorder.enter("try", statement)
        signal = self.execute(statement.body, frame)
        if recorder is not None:
            recorder.leave()
        if not signal:
            signal = self.execute(statement.orelse, frame)
        reached, outside = dict(frame.scope.names), frame.conditions
        handled: list[Signal] = []
        left: list[dict[str, Value]] = []
        for handler in statement.handlers:
            frame.conditions = frame.under(handler, by_default=signal == "raise")
            if recorder is not None:
                recorder.enter("handler", handler)
            if handler.name is not None:
                caught = self._evaluate(handler.type, frame) if handler.type is not None else External("BaseException")
                frame.scope.names[handler.name] = self._caught(caught)
            self.writes.begin()
            handled.append(self.execute(handler.body, frame))
            written = self.writes.take_back()
            self._settle([written] if signal == "raise" else [Branch(), written], frame)
            if handler.name is not None:
                frame.scope.names.pop(handler.name, None)  # as Python does
            if recorder is not None:
                recorder.leave()
            if signal != "raise":
                frame.scope.names = _reached_or_handled(reached, frame.scope.names)
            elif not handled[-1]:
                left.append(frame.scope.names)
                frame.scope.names = dict(reached)
        if left:  # what follows is reached through a handler
            frame.scope.names = _joined_names(left)
        frame.conditions = outside
        final = self.execute(statement.final, frame)
        if final:
            return final
        return signal if signal and all(outcome for outcome in handled) else ""

    def _caught(self, caught: Value) -> Value:
        classes = caught.items if isinstance(caught, Collection) else possibilities(caught)
        return union([self.instance_of(cls) for cls in classes]) if classes else Unknown("an exception")

    def _with(self, statement: st.With, frame: Frame) -> Signal:
        contexts: list[Value] = []
        for item in statement.items:
            context = self._evaluate(item.context, frame)
            contexts.append(context)
            if item.target is not None:
                site = frame.site(item.context)
                entered = [self._entered(option, site, frame) for option in possibilities(context)]
                self.bind(item.target, union(entered), frame)
        if frame.recorder is not None:
            frame.recorder.enter("with", statement, source=union(contexts))
        signal = self.execute(statement.body, frame)
        if frame.recorder is not None:
            frame.recorder.leave()
        return signal

    def _entered(self, context: Value, site: Site, frame: Frame) -> Value:
        """What ``with context as name`` binds: most context managers give themselves."""
        if isinstance(context, Instance):
            method = context.cls.find_method("__aenter__") or context.cls.find_method("__enter__")
            if method is not None:
                known = frame.effects and not method.is_async
                result = self.call_method(context, method, Arguments(), site, frame) if known else self.returned(method)
                return context if isinstance(result, Unknown) else result
        if isinstance(context, Collection) and (context.form == "generator" or context.element is not None):
            return context.items[0] if context.items else context.element or context  # of a @contextmanager
        if isinstance(context, ExternalResult) and context.name.endswith(".begin()"):
            for method in ("__enter__", "__aenter__"):
                given = ExternalResult(External(f"{context.name}.{method}", context), Arguments(), site)
                if not given.name.endswith(f"{method}()"):  # a table says what it is
                    return given
            receiver = context.callee.receiver
            return receiver if receiver is not None else context
        return context

    def _match(self, statement: st.Match, frame: Frame) -> Signal:
        self._evaluate(statement.subject, frame)
        for case in statement.cases:
            for name in case.captures:
                frame.scope.names.setdefault(name, Unknown("what a pattern captured"))
        branches: list[Sequence[st.Statement]] = [case.body for case in statement.cases]
        if not any(case.irrefutable for case in statement.cases):
            branches.append(())
        return self._branches(branches, statement.subject, frame, statement)

    def yielded(self, function: FunctionDefinition) -> Value:
        if function not in self._yielded:
            self._yielded[function] = Unknown(f"what {function.name} yields")
            body = self.bodies.of(function)
            self._yielded[function] = union([event.value for event in body.yields] or [Unknown("nothing")])
        return self._yielded[function]

    # callables and classes as seen from outside

    def read_signature(self, call: Value) -> Signature:
        from fastapi_lint.model.dependencies.signatures import SignatureReader  # which is built on this

        return SignatureReader(self).read(call)

    def read_fields(self, cls: ClassDefinition) -> dict[str, SchemaField]:
        from fastapi_lint.model.schemas.fields import FieldCollector  # which is built on this

        return FieldCollector(self, pydantic_major=2).collect(cls, (), None)

    def instance_attributes(self, cls: ClassDefinition) -> dict[str, Value]:
        known = self._attributes.get(cls)
        if known is not None:
            return known
        instance = Instance(cls)
        self._attributes[cls] = instance.attributes
        initializer = cls.find_method("__init__")
        if initializer is not None:
            self._analyse_initializer(initializer, instance)
        return instance.attributes

    def _analyse_initializer(self, initializer: FunctionDefinition, instance: Instance) -> None:
        frame = Frame(Scope(initializer.module, initializer.scope), effects=False, function=initializer)
        self.bind_parameters(initializer, Arguments(complete=False), instance, frame)
        self.execute(initializer.fact.body.statements, frame)
        owner = initializer.owner
        if owner is not None and len(instance.cls.lineage) > 1:
            for base in instance.cls.lineage[instance.cls.lineage.index(owner) + 1 :]:
                if isinstance(base, ClassDefinition) and "__init__" in base.namespace.names:
                    inherited = self._inherited_attributes(base, instance)
                    for name, value in inherited.items():
                        instance.attributes.setdefault(name, value)
                    break

    def _inherited_attributes(self, base: ClassDefinition, instance: Instance) -> dict[str, Value]:
        """What the initializer of a base assigns: in a generic base it depends on what its subclass makes of it."""
        initializer = base.namespace.names["__init__"]
        if not is_generic(base) or not isinstance(initializer, FunctionDefinition):
            return self.instance_attributes(base)
        inherited = Instance(instance.cls)
        self._analyse_initializer(initializer, inherited)
        return inherited.attributes


def _is_captured(test: ex.Expression, frame: Frame) -> bool:
    """Whether a test is a name of a function around, which each function made there keeps as it was."""
    if not isinstance(test, ex.Name) or test.id in frame.scope.names:
        return False
    holder = _holder(frame.scope.parent, test.id)
    return holder is not None and holder is not frame.module.scope


def _holder(scope: Scope | None, name: str) -> Scope | None:
    """The scope that binds a name, from this one outwards."""
    while scope is not None and name not in scope.names:
        scope = scope.parent
    return scope


def _unpacked(value: Value, targets: tuple[ex.Expression, ...]) -> list[Value] | None:
    """What each target of ``a, *b, c = value`` gets; None when that is not known."""
    if not isinstance(value, Collection) or not value.complete:
        return None
    items = list(value.items)
    starred = [index for index, target in enumerate(targets) if isinstance(target, ex.Starred)]
    if starred and len(items) >= len(targets) - 1:
        first, after = starred[0], len(items) - (len(targets) - 1 - starred[0])
        return [*items[:first], Collection("list", items[first:after]), *items[after:]]
    return items if len(items) == len(targets) and not starred else None


def _dotted_name(name: Value, package: Value | None) -> str | None:
    """The absolute name of a module that is imported by a text, which may be relative to a package."""
    if not isinstance(name, Literal) or not isinstance(name.value, str):
        return None
    dotted = name.value.lstrip(".")
    level = len(name.value) - len(dotted)
    if not level:
        return dotted
    if not isinstance(package, Literal) or not isinstance(package.value, str):
        return None
    parts = package.value.split(".")
    return ".".join([*parts[: len(parts) - level + 1], dotted])


def _joined_names(outcomes: list[dict[str, Value]]) -> dict[str, Value]:
    """The names after a choice: what every branch left alike stays, what differs is ambiguous."""
    first, *others = outcomes
    if not others:
        return first
    joined = dict(first)
    for names in others:
        for name, value in names.items():
            known = joined.get(name)
            if known is None:
                joined[name] = value
            elif known is not value:
                joined[name] = union(latest([known, value]))
    return joined


def _reached_or_handled(reached: dict[str, Value], handled: dict[str, Value]) -> dict[str, Value]:
    """The names after a ``try`` that may end well: what a handler leaves speaks for what is unknown then, and is only
    assumed."""
    names = dict(handled)
    for name, value in reached.items():
        if not isinstance(value, Unknown):
            names[name] = value
        elif name in names:
            names[name] = as_setting(names[name])
    return names
