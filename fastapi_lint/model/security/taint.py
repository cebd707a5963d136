"""Taint: how what a client sends comes to where it does harm.

Followed are parameters of endpoints and dependencies, fields of their bodies, uploads and what is read off the request,
through assignments, texts, containers, functions of the project and what dependencies return. What is not understood
ends a flow: a call that is not known, a comparison or a check of the variable, another type than a text. So what is
found is likely, and much is missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fastapi_lint.diagnostics import Related
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import is_name, within
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.dependencies.dependants import Dependant
from fastapi_lint.model.dependencies.parameters import RouteParameter
from fastapi_lint.model.interpreter.bodies import Body, CallEvent
from fastapi_lint.model.knowledge.taint import (
    CHECKING_WORDS,
    OPEN_HOST,
    PASSING_CALLS,
    PASSING_METHODS,
    PATH_METHODS,
    SHELL_CALLS,
    SINKS,
    SQL_ARGUMENTS,
    SQL_METHODS,
    SQL_PACKAGES,
    TEXT_TYPES,
    UNSAFE_YAML,
    URL_TYPES,
    YAML_LOADER,
)
from fastapi_lint.model.passing import by_parameter
from fastapi_lint.model.security.redirects import (
    LOCATION_WORDS,
    STATUS_POSITIONS,
    is_header_of_redirect,
    is_location,
    location_passed,
)
from fastapi_lint.model.security.rejections import called_word
from fastapi_lint.model.security.request_reads import REQUESTS
from fastapi_lint.model.types import is_model, is_upload, origin_name, strip, without_none
from fastapi_lint.model.values import Literal, Site, Value, external_name, possibilities

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

_MAX_DEPTH = 4
_CARRIERS = frozenset(
    f"{request}.{name}" for request in REQUESTS for name in ("headers", "cookies", "query_params", "path_params")
)
_BODY_READERS = frozenset(f"starlette.requests.Request().{method}" for method in ("body", "json", "form"))
_CONTENT = frozenset({"file", "read"})
"""Members of an upload that give its content."""
_HOSTS = frozenset({"redirect", "url"})
"""Kinds of harm that need the beginning of a text."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """What a client sends: ``label`` says it in words; ``place`` is that of a parameter, "" for what is read off the
    request; ``may_climb`` is False for what leads out of no folder: a part of the path, which holds no slash, and what
    stands behind the last dot of a text."""

    label: str
    place: str
    route: Route
    may_climb: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Taint:
    """That something holds what a client sends.

    Attributes:
        source: what.
        steps: the way so far.
        leads: whether the text begins with it, or its host does.
        model: for a body or another model, its type: only its fields hold something.
        is_url: whether it is the URL of any host, and no other text.
        attributes: for another object, those of its attributes that hold something.
        items: for a tuple or list that is written out, what each of its items holds.
        in_values: whether it is that of a dict with keys of the project's own.
    """

    source: Source
    steps: tuple[Related, ...] = ()
    leads: bool = True
    model: Value | None = None
    is_url: bool = False
    attributes: Mapping[str, Taint] = field(default_factory=dict)
    items: tuple[Taint | None, ...] = ()
    in_values: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is what the client sends itself, and no object that holds it."""
        return self.model is None and not self.attributes

    def after(self, step: Related) -> Taint:
        """What is held one step further on the way."""
        attributes = {name: taint.after(step) for name, taint in self.attributes.items()}
        items = tuple(taint.after(step) if taint is not None else None for taint in self.items)
        return replace(self, steps=(*self.steps, step), attributes=attributes, items=items)


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """A way from a client to where it does harm: the ``kind`` of harm, where it is done, by which call, and the
    taint."""

    kind: str
    site: Site
    call: str
    taint: Taint


def flows(project: Project) -> list[Flow]:
    """The flows of a project's endpoints and dependencies, tests apart, each harmful call once for a kind."""
    found: dict[object, Flow] = {}
    search = _Search(project)
    for route in project.routes_by_endpoint:
        for dependant in (route.dependant, *route.dependencies):
            for function in dependant.functions[:1]:
                if function in search.harmful and not project.is_test(function.module):
                    search.enter(function, search.given(dependant, route), 0)
    for flow in search.found:
        found.setdefault((flow.kind, flow.site), flow)
    return list(found.values())


def _sources(parameters: Iterable[RouteParameter], route: Route) -> dict[str, Taint]:
    found: dict[str, Taint] = {}
    for parameter in parameters:
        bare = without_none(strip(parameter.type))
        open_path = parameter.place != "path" or f"{{{parameter.alias}:path}}" in route.path
        label = f"the {parameter.place} parameter {parameter.alias} of {route.label}"
        source = Source(label, parameter.place, route, open_path)
        step = (Related(f"{label} is what the client sends", parameter.location),) if parameter.location else ()
        if is_upload(bare) or is_model(bare):
            found[parameter.name] = Taint(source, step, model=bare)
        elif (_is_text(bare) or _is_url(bare)) and not _is_restricted(parameter):
            found[parameter.name] = Taint(source, step, is_url=_is_url(bare))
    return found


def _is_text(type_: Value) -> bool:
    return origin_name(without_none(strip(type_))) in TEXT_TYPES


def _is_url(type_: Value) -> bool:
    return external_name(without_none(strip(type_))) in URL_TYPES


def _is_restricted(parameter: RouteParameter) -> bool:
    """Whether a marker or a validator says what the text may be."""
    marker = parameter.marker
    if marker is not None and any(marker.arguments.get(word) is not None for word in ("pattern", "regex")):
        return True
    return any(
        external_name(item).startswith(("pydantic.", "annotated_types.")) and marker is not item
        for item in parameter.metadata
    ) or any(not external_name(item) and not isinstance(item, Literal) for item in parameter.metadata)


def _harmful(project: Project) -> set[FunctionDefinition]:
    """The functions that may come to a call that does harm, by themselves or in what they call."""
    callers: dict[FunctionDefinition, list[FunctionDefinition]] = {}
    found: list[FunctionDefinition] = []
    for function in project.request_path.reached:
        calls = project.bodies.of(function).calls
        for callee in (callee for event in calls for callee in event.functions):
            callers.setdefault(callee, []).append(function)
        harms = any(map(_may_harm, (name for event in calls for name in _called(event))))
        if harms or function.fact.body.may_hold(*LOCATION_WORDS):
            found.append(function)
    seen = set(found)
    while found:
        for caller in callers.get(found.pop(), ()):
            if caller not in seen:
                seen.add(caller)
                found.append(caller)
    return seen


def _called(event: CallEvent) -> Iterator[str]:
    """The names of what is called outside the project: also through a class of the project that has no constructor of
    its own, and by such a constructor through ``super()``."""
    yield from (name.removesuffix("().__init__") for name in event.names)
    for cls in possibilities(event.callee):
        if isinstance(cls, ClassDefinition) and cls.find("__init__") is None:
            yield from cls.external_bases


def _may_harm(name: str) -> bool:
    root, _, method = name.rpartition(".")
    if name in SINKS or name in SHELL_CALLS or name == YAML_LOADER:
        return True
    if method in SQL_METHODS:
        return root.partition(".")[0] in SQL_PACKAGES
    return method in PATH_METHODS and root.startswith("pathlib.")


class _Search:
    """Follows what clients send through functions."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.found: list[Flow] = []
        self.harmful = _harmful(project)
        self._known: dict[object, Taint | None] = {}

    def given(self, dependant: Dependant, route: Route) -> dict[str, Taint]:
        """What FastAPI hands to an endpoint or a dependency of what the client sends: by parameters, and by what its
        own dependencies return."""
        found = _sources(dependant.parameters, route)
        for below in dependant.dependencies:
            if below.name is None:
                continue
            given = self.given(below, route)
            for function in below.functions[:1]:
                returned = self.enter(function, given, 0)
                if returned is not None:
                    step = Related(f"the dependency {function.call_name} returns it", function.location)
                    found[below.name] = returned.after(step)
            if not below.functions and isinstance(below.call, ClassDefinition):
                returned = _object(given)  # a dataclass, or a model: its fields are what it is given
                if returned is not None:
                    found[below.name] = returned
        return found

    def enter(self, function: FunctionDefinition, given: dict[str, Taint], depth: int) -> Taint | None:
        """Follows what is given to a function; returns what it returns of that."""
        key = (function, *sorted((name, *_key(taint)) for name, taint in given.items()))
        if key not in self._known:
            self._known[key] = None
            walk = _Walk(self, self.project.bodies.of(function), given, depth)
            walk.run(function.fact.body)
            self._known[key] = walk.returned if function.name != "__init__" else _object(walk.attributes)
        return self._known[key]


class _Walk:
    """Follows what clients send through one function, statement by statement."""

    def __init__(self, search: _Search, body: Body, given: dict[str, Taint], depth: int) -> None:
        self._search, self._body, self._depth = search, body, depth
        self._held = dict(given)
        self._calls = {(event.node.start, event.node.end): event for event in body.calls}
        self._reads = {(event.node.start, event.node.end): external_name(event.result) for event in body.reads}
        self._self = body.function.fact.parameters[0].name if body.function.name == "__init__" else None
        self.attributes: dict[str, Taint] = {}
        self.returned: Taint | None = None

    def run(self, statements: Iterable[st.Statement]) -> None:
        """Statements, in order; those of branches one after the other."""
        for statement in statements:
            self._statement(statement)

    def _statement(self, node: st.Statement) -> None:
        if isinstance(node, st.Assign):
            taint = self.of(node.value)
            for target in node.targets:
                self._bind(target, taint)
                self._note_header(target, taint)
        elif isinstance(node, st.Annotate):
            if node.value is not None:
                self._bind(node.target, self.of(node.value))
        elif isinstance(node, st.Augment):
            taint = self.of(node.value)
            if taint is not None and isinstance(node.target, ex.Name) and node.target.id not in self._held:
                self._bind(node.target, replace(taint, leads=False))
        elif isinstance(node, st.Evaluate):
            self.of(node.value)
            self._settle_by_call(node.value)
        elif isinstance(node, st.Return):
            taint = self.of(node.value)
            self.returned = self.returned or taint
        elif isinstance(node, (st.If, st.While)):
            self.of(node.test)
            self._settle(node.test)
            self.run(node.body)
            self.run(node.orelse)
        elif isinstance(node, st.Assert):
            self._settle(node.test)
        elif isinstance(node, st.For):
            self._bind_each(node.target, node.iterable)
            self.run(node.body)
            self.run(node.orelse)
        elif isinstance(node, st.With):
            for item in node.items:
                self._bind(item.target, self.of(item.context))
            self.run(node.body)
        elif isinstance(node, st.Try):
            self.run(node.body)
            for handler in node.handlers:
                self.run(handler.body)
            self.run(node.orelse)
            self.run(node.final)
        elif isinstance(node, st.Match):
            self._forget(node.subject)
            for case in node.cases:
                self.run(case.body)
        elif isinstance(node, st.Raise):
            self.of(node.exception)

    def _bind(self, target: ex.Expression | None, taint: Taint | None) -> None:
        if isinstance(target, ex.Name):
            if taint is None:
                self._held.pop(target.id, None)
            else:
                self._held[target.id] = taint
        elif isinstance(target, ex.Attribute) and is_name(target.value, self._self):
            if taint is None:
                self.attributes.pop(target.attr, None)
            else:
                self.attributes[target.attr] = taint
        elif isinstance(target, ex.Sequence):
            known = taint.items if taint is not None and len(taint.items) == len(target.items) else None
            for item, held in zip(target.items, known or [taint] * len(target.items)):
                self._bind(item, held)

    def _bind_each(self, target: ex.Expression | None, iterable: ex.Expression) -> None:
        """Binds the targets of a loop; the keys of a dict that the project writes are its own."""
        taint = self.of(iterable)
        if taint is not None:
            taint = replace(taint, items=(None, replace(taint, in_values=False)) if taint.in_values else ())
        self._bind(target, taint)

    def _settle(self, test: ex.Expression) -> None:
        """Variables that a condition looks into are not what a client sends any more."""
        if isinstance(test, ex.Operation) and test.operator in ("and", "or"):
            self._settle(test.left)
            self._settle(test.right)
        elif isinstance(test, ex.Unary):
            self._settle(test.operand)
        elif isinstance(test, ex.Comparison) and set(test.operators) <= {"is", "is not"}:
            self._settle(test.left)
        elif not isinstance(test, (ex.Name, ex.Attribute)):
            self._forget(test)

    def _settle_by_call(self, node: ex.Expression) -> None:
        """What is handed to a call whose result nobody wants, and which may raise, is checked by it."""
        node = node.value if isinstance(node, ex.Await) else node
        event = self._calls.get((node.start, node.end)) if isinstance(node, ex.Call) else None
        if event is not None and self._may_check(event):
            self._forget(*(argument.value for argument in event.node.arguments))  # type: ignore[union-attr]

    def _may_check(self, event: CallEvent) -> bool:
        """Whether a call may raise for what it is given: a function of the project that raises, or one whose name says
        so."""
        if event.functions:
            return any(self._search.project.bodies.of(function).raises for function in event.functions)
        return CHECKING_WORDS.search(called_word(event)) is not None

    def _forget(self, *nodes: ex.Expression) -> None:
        for node in within(nodes):
            if isinstance(node, ex.Name):
                self._held.pop(node.id, None)

    def of(self, node: ex.Expression | None) -> Taint | None:
        """What an expression holds of what a client sends."""
        if isinstance(node, ex.Name):
            return self._held.get(node.id)
        if isinstance(node, ex.Attribute):
            return self._of_attribute(node)
        if isinstance(node, ex.Call):
            return self._of_call(node)
        if isinstance(node, ex.FormattedString):
            return self._of_text(node)
        if isinstance(node, ex.Operation):
            return self._of_operation(node)
        if isinstance(node, ex.Conditional):
            self._settle(node.test)
            return self._first(node.body, node.orelse)
        if isinstance(node, (ex.Await, ex.Subscript, ex.Starred)):
            taint = self._plain(self.of(node.value))
            if taint is not None and isinstance(node, ex.Subscript) and _is_behind_dot(node):
                return replace(taint, source=replace(taint.source, may_climb=False))
            return taint
        if isinstance(node, ex.Sequence):
            held = [self.of(item) for item in node.items]
            first = _foremost(held)
            is_plain = first is not None and not any(isinstance(item, ex.Starred) for item in node.items)
            return replace(first, items=tuple(held)) if is_plain else first
        if isinstance(node, ex.Mapping):
            first = self._first(*(value for _, value in node.items))
            is_own = all(key is not None and self.of(key) is None for key, _ in node.items)
            return replace(first, items=(), in_values=is_own) if first is not None else None
        if isinstance(node, ex.Walrus):
            taint = self.of(node.value)
            self._bind(node.target, taint)
            return taint
        if isinstance(node, ex.Comparison):
            self._first(node.left, *node.operands)
            return None
        if isinstance(node, ex.Unary):
            self.of(node.operand)
            return None
        if isinstance(node, ex.Comprehension):
            for clause in node.clauses:
                self._bind_each(clause.target, clause.iterable)
                for condition in clause.conditions:
                    self._settle(condition)
            return self._first(node.element, *([node.value] if node.value is not None else []))
        return None

    def _plain(self, taint: Taint | None) -> Taint | None:
        return taint if taint is None or taint.is_text else None

    def _first(self, *nodes: ex.Expression) -> Taint | None:
        return _foremost([self.of(node) for node in nodes])

    def _of_attribute(self, node: ex.Attribute) -> Taint | None:
        if self._reads.get((node.start, node.end)) in _CARRIERS:
            return self._read_off(node.attr.replace("_", " "), node)
        taint = self.of(node.value)
        if taint is not None and node.attr in taint.attributes:
            return taint.attributes[node.attr]
        if taint is None or taint.model is None:
            return None
        if is_upload(taint.model):
            return self._of_upload(taint, node)
        schema = self._search.project.schemas.of(taint.model)
        field = schema.field(node.attr) if schema is not None and not schema.validators else None
        if field is None or field.argument("pattern") is not None or field.argument("regex") is not None:
            return None
        if not _is_text(field.type) and not _is_url(field.type):
            inner = without_none(strip(field.type))
            return replace(taint, model=inner) if is_model(inner) else None
        part = self._part(taint, f"the field {node.attr} of {taint.source.label}", node)
        return replace(part, is_url=_is_url(field.type))

    def _of_upload(self, upload: Taint, node: ex.Attribute) -> Taint | None:
        if node.attr in _CONTENT:
            return self._part(upload, f"the content of {upload.source.label}", node)
        return self._part(upload, f"the file name of {upload.source.label}", node) if node.attr == "filename" else None

    def _read_off(self, what: str, node: ex.Expression) -> Taint | None:
        route = next((taint.source.route for taint in self._held.values()), None) or self._route()
        if route is None:
            return None
        label = f"the {what} of {route.label}"
        return Taint(Source(label, "", route), (self._step(f"here the client's {what} is read", node),))

    def _route(self) -> Route | None:
        reach = self._search.project.request_path.reached.get(self._body.function)
        return reach.entry.route if reach is not None else None

    def _part(self, taint: Taint, label: str, node: ex.Expression) -> Taint:
        source = replace(taint.source, label=label)
        return Taint(source, (*taint.steps, self._step(f"{label} is read here", node)))

    def _of_text(self, node: ex.FormattedString) -> Taint | None:
        before = ""
        for part in node.parts:
            if isinstance(part, ex.Constant):
                before += str(part.value)
            elif not isinstance(part, ex.Format):
                taint = self._plain(self.of(part))
                if taint is not None:
                    return replace(taint, leads=taint.leads and _leads(before))
                before += "/?"
        return None

    def _of_operation(self, node: ex.Operation) -> Taint | None:
        left, right = self._plain(self.of(node.left)), self._plain(self.of(node.right))
        if left is not None or right is None:
            return left
        before = node.left.value if isinstance(node.left, ex.Constant) else "/?"
        if node.operator == "%":
            before = str(before).partition("%")[0]
        passes = node.operator in ("/", "or", "and") or _leads(str(before))
        return replace(right, leads=right.leads and passes)

    def _of_call(self, node: ex.Call) -> Taint | None:
        event = self._calls.get((node.start, node.end))
        function = node.func
        receiver = self.of(function.value) if isinstance(function, ex.Attribute) else None
        passed = [(argument, self.of(argument.value)) for argument in node.arguments]
        if event is None:
            return None
        self._note(event, node, receiver, passed)
        if event.functions:
            return self._of_project_call(event, node, passed)
        if not _BODY_READERS.isdisjoint(event.names):
            return self._read_off("body", node)
        held = [taint for _, taint in passed if taint is not None and taint.is_text]
        if not PASSING_CALLS.isdisjoint(event.names):
            return _foremost(held)
        if isinstance(function, ex.Attribute) and function.attr in PASSING_METHODS:
            if receiver is not None and receiver.model is not None:
                return self._of_upload(receiver, function) if is_upload(receiver.model) else None
            if receiver is not None:
                return self._plain(receiver)
            if held and function.attr in ("format", "join", "joinpath"):
                text = function.value.value if isinstance(function.value, ex.Constant) else "/?"
                begins = function.attr != "format" or _leads(str(text).partition("{")[0])
                return replace(held[0], leads=held[0].leads and begins)
        return None

    def _of_project_call(
        self, event: CallEvent, node: ex.Call, passed: list[tuple[ex.Argument, Taint | None]]
    ) -> Taint | None:
        if self._depth >= _MAX_DEPTH or CHECKING_WORDS.search(called_word(event)):
            self._forget(*(argument.value for argument in node.arguments))
            return None
        returned: Taint | None = None
        for function in event.functions:
            given = {name: taint for name, taint in by_parameter(function, passed).items() if taint is not None}
            if given:
                step = self._step(f"{function.call_name} is called with it", node)
                entered = {name: taint.after(step) for name, taint in given.items()}
                returned = self._search.enter(function, entered, self._depth + 1) or returned
        return returned

    def _note(
        self,
        event: CallEvent,
        node: ex.Call,
        receiver: Taint | None,
        passed: list[tuple[ex.Argument, Taint | None]],
    ) -> None:
        """Notes a flow where a call does harm with what it is given."""
        for name in _called(event):
            kind, taint = self._harm(name, event, node, receiver, passed)
            self._note_flow(kind, event.site, name.replace("()", "").replace(".__truediv__", ""), taint)

    def _note_flow(self, kind: str, site: Site, call: str, taint: Taint | None) -> None:
        if taint is None or not taint.is_text:
            return
        if kind in _HOSTS and not taint.leads or kind == "path" and not taint.source.may_climb:
            return
        if not taint.is_url or kind in _HOSTS:
            self._search.found.append(Flow(kind, site, call, taint))

    def _note_header(self, target: ex.Expression, taint: Taint | None) -> None:
        """Notes a flow where an assignment sets the header by which a response redirects."""
        if isinstance(target, ex.Subscript) and is_location(target.index) and taint is not None:
            for read in self._body.reads:
                arguments = (self._body.function, taint.source.route, self._search.project.bodies)
                if read.node == target.value and is_header_of_redirect(read.result, *arguments):
                    self._note_flow("redirect", read.site, "headers", taint)

    def _harm(
        self,
        name: str,
        event: CallEvent,
        node: ex.Call,
        receiver: Taint | None,
        passed: list[tuple[ex.Argument, Taint | None]],
    ) -> tuple[str, Taint | None]:
        root, _, method = name.rpartition(".")
        if name in SINKS:
            kind, keyword, position = SINKS[name]
            return kind, _argument(passed, keyword, position)
        if name in STATUS_POSITIONS:
            return "redirect", self.of(location_passed(event, name, self._body.function))
        if method in SQL_METHODS and root.partition(".")[0] in SQL_PACKAGES:
            given = (_argument(passed, keyword, 0) for keyword in SQL_ARGUMENTS)
            return "sql", next((taint for taint in given if taint is not None), None)
        if method in PATH_METHODS and root.startswith("pathlib."):
            return "path", receiver
        if name == YAML_LOADER and external_name(event.arguments.get("Loader", 1)) in UNSAFE_YAML:
            return "command", _argument(passed, "stream", 0)
        shell = event.arguments.get("shell") if name in SHELL_CALLS else None
        if isinstance(shell, Literal) and shell.value:
            return "command", _argument(passed, "args", 0)
        return "", None

    def _step(self, message: str, node: ex.Expression) -> Related:
        return Related(message, self._body.function.module.location(node.start, node.end))


def _object(attributes: Mapping[str, Taint]) -> Taint | None:
    """An object whose attributes hold what the client sends; None where none does."""
    first = next(iter(attributes.values()), None)
    return replace(first, model=None, attributes=dict(attributes)) if first is not None else None


def _key(taint: Taint) -> tuple[object, ...]:
    """What of a taint decides what is found with it."""
    own = (taint.source.label, taint.source.may_climb, taint.leads)
    return *own, *sorted((name, *_key(held)) for name, held in taint.attributes.items())


def _foremost(held: Iterable[Taint | None]) -> Taint | None:
    """Of several the one that leads, else the first."""
    found = [taint for taint in held if taint is not None and taint.is_text]
    return max(found, key=lambda taint: taint.leads, default=None)


def _is_behind_dot(node: ex.Subscript) -> bool:
    """Whether an expression is what stands behind the last dot of a text: ``name.split(".")[-1]``."""
    call, index = node.value, node.index
    is_last = isinstance(index, ex.Unary) and isinstance(index.operand, ex.Constant) and index.operand.value == 1
    if not is_last or not isinstance(call, ex.Call) or not isinstance(call.func, ex.Attribute) or not call.arguments:
        return False
    separator = call.arguments[0].value
    return call.func.attr in ("split", "rsplit") and isinstance(separator, ex.Constant) and separator.value == "."


def _leads(before: str) -> bool:
    """Whether what follows a text still says where a URL leads."""
    return not before or OPEN_HOST.match(before) is not None


def _argument(passed: list[tuple[ex.Argument, Taint | None]], keyword: str, position: int) -> Taint | None:
    positional = [taint for argument, taint in passed if argument.keyword is None and not argument.star]
    named = next((taint for argument, taint in passed if argument.keyword == keyword), None)
    return named or (positional[position] if position < len(positional) else None)
