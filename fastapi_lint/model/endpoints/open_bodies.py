"""Open bodies: dicts and parsed JSON of requests that no schema validates, and what code takes of them.

A body is followed by name: through assignments, loops over it and functions of the project that it is handed to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import contains, is_name, last_word, within
from fastapi_lint.model.concurrency.request_path import TASK_CALLS
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.dependencies.dependants import Dependant
from fastapi_lint.model.dependencies.markers import read_field_marker
from fastapi_lint.model.dependencies.parameters import BODY_PLACES, RouteParameter
from fastapi_lint.model.errors.catches import CATCH_ALL
from fastapi_lint.model.interpreter.bodies import CallEvent, passable
from fastapi_lint.model.knowledge.logs import LEVELS, REPORTING_WORDS
from fastapi_lint.model.knowledge.open_bodies import (
    DUMPERS,
    LIBRARY_LOADERS,
    LOADERS,
    LOOKUP_ERRORS,
    OPEN_MAPPINGS,
    OPEN_TYPES,
    PARSED_BODY,
    PROTOCOL_KEYS,
    PROTOCOLS,
    RAW_BODY,
    READERS,
    VALIDATING_WORDS,
)
from fastapi_lint.model.knowledge.persistence import DOCUMENT_CREATING_METHODS, DOCUMENT_STORES
from fastapi_lint.model.knowledge.types import SEQUENCES
from fastapi_lint.model.knowledge.updates import INSERTED_VALUES, STATEMENT_WRITES
from fastapi_lint.model.routing.paths import shape, split_words
from fastapi_lint.model.security.nature import checks_signature
from fastapi_lint.model.security.rejections import called_word
from fastapi_lint.model.types import element, is_dataclass, is_model, mapping_items, members, origin_name, strip
from fastapi_lint.model.values import Literal, Site, Unknown, Value, external_name, possibilities

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

MAX_DEPTH = 5
"""Uses behind more calls than this are not looked for."""
_ANSWERS = frozenset({st.Return, st.Raise})
_START = -1
_READINGS = frozenset({PARSED_BODY, RAW_BODY})
_SETTING = "setattr"


class Use(NamedTuple):
    """What code takes of a body: the value of a ``key``, or all of it for a class or statement (``target``); the place,
    and the calls that lead there."""

    key: str
    target: str
    site: Site
    chain: tuple[CallEvent, ...]


@dataclass(slots=True)
class OpenBody:
    """A body that no schema validates.

    Attributes:
        route: the route.
        label: how messages name it.
        site: the parameter that takes it, or the call that reads it.
        uses: what is taken of it, the nearest first.
    """

    route: Route
    label: str
    site: Site
    uses: list[Use] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        """The keys whose values are read, each once."""
        return list(dict.fromkeys(use.key for use in self.uses if use.key))


def open_bodies(project: Project) -> Iterator[OpenBody]:
    """The bodies of requests that nothing validates and of which code takes something; tests apart.

    Silent where a signature is checked, a webhook or a protocol says what the body holds; where it is handed to a
    schema or to what by its name validates, goes on to another service, or is looked at by ``isinstance``; where code
    parses what a parameter declares, too.
    """
    for body in (*_taken(project), *_parsed(project)):
        if body.uses and PROTOCOL_KEYS.isdisjoint(body.keys) and not _is_known_elsewhere(body.route, project):
            yield body


def is_open(type_: Value) -> bool:
    """Whether a type tells nothing of what a body holds: ``dict``, ``Any``, a list of such, also beside other types."""
    return any(_is_open(strip(member)) for member in members(strip(type_)))


def _is_open(type_: Value) -> bool:
    name = origin_name(type_)
    if name in OPEN_TYPES:
        return True
    if name in OPEN_MAPPINGS:
        items = mapping_items(type_)
        return items is None or is_open(items[1])
    inner = element(type_) if name in SEQUENCES else None
    return inner is not None and is_open(inner)


def _taken(project: Project) -> Iterator[OpenBody]:
    """The bodies that parameters of endpoints take."""
    for route in project.routes_by_endpoint:
        for parameter in route.dependant.parameters if route.function is not None else ():
            if parameter.place == "body" and parameter.site is not None and _takes_anything(parameter):
                body = OpenBody(route, f"the body `{parameter.name}`", parameter.site)
                yield _followed(body, route.function, {parameter.name: _START}, (), project)
        for dependency in route.dependant.dependencies if route.function is not None else ():
            if dependency.name is not None and dependency.site is not None and _gives_body(dependency, project):
                body = OpenBody(route, f"the body `{dependency.name}`", dependency.site)
                yield _followed(body, route.function, {dependency.name: _START}, (), project)


def _parsed(project: Project) -> Iterator[OpenBody]:
    """The bodies that functions read off the request."""
    for function, reach in project.request_path.reached.items():
        route = reach.entry.route
        if route is None or function.module.is_test or not function.fact.body.may_hold(".json", ".body"):
            continue
        if any(parameter.likely in BODY_PLACES and not is_open(parameter.type) for parameter in route.parameters):
            continue  # FastAPI validates it, too
        for event in project.bodies.of(function).calls:
            if not _READINGS.isdisjoint(event.names):
                body = OpenBody(route, "the JSON of the request", event.site)
                yield _followed(body, function, {}, tuple(call for call, _ in reach.steps), project)
                break


def _takes_anything(parameter: RouteParameter) -> bool:
    """Whether neither the type of a parameter nor anything beside it says what it takes."""
    return is_open(parameter.type) and all(
        read_field_marker(value) is not None or isinstance(value, Literal) for value in parameter.metadata
    )


def _gives_body(dependency: Dependant, project: Project) -> bool:
    """Whether a dependency gives the parsed body as it is."""
    functions = (each for each in dependency.functions[:1] if each.fact.body.may_hold(".json"))
    returned = [event.value for each in functions for event in project.bodies.of(each).returns]
    return any(external_name(value) == f"{PARSED_BODY}()" for value in returned)


def _is_known_elsewhere(route: Route, project: Project) -> bool:
    """Whether something else than code of a route says what its body holds: who sends it, or a protocol."""
    words = {word for segment in shape(route.path).segments for word in segment.words}
    words.update(split_words(route.endpoint_name))
    return not words.isdisjoint(PROTOCOLS) or checks_signature(route, project.bodies, of_body=True)


def _followed(
    body: OpenBody,
    function: FunctionDefinition,
    held: dict[str, int],
    chain: tuple[CallEvent, ...],
    project: Project,
) -> OpenBody:
    """A body with its uses; without any where it is validated."""
    search = _Search(body, project, parses=not held)
    search.enter(function, held, chain)
    body.uses = [] if search.is_validated else [use for use in body.uses if use.key not in search.checked]
    return body


class _Search:
    """Looks for the uses of a body in functions; ``parses`` when code reads it off the request."""

    def __init__(self, body: OpenBody, project: Project, parses: bool) -> None:
        self.body, self.project, self.parses = body, project, parses
        self.is_validated = False
        self.checked: set[str] = set()
        """The keys whose values are validated."""
        self._entered: set[FunctionDefinition] = set()

    def enter(self, function: FunctionDefinition, held: dict[str, int], chain: tuple[CallEvent, ...]) -> None:
        """Looks into a function that holds the body under some names, each from a place on."""
        if function not in self._entered and len(chain) <= MAX_DEPTH:
            self._entered.add(function)
            _Walk(self, function, held, chain).run()


class _Walk:
    """Looks for the uses of a body in one function."""

    def __init__(
        self, search: _Search, function: FunctionDefinition, held: dict[str, int], chain: tuple[CallEvent, ...]
    ) -> None:
        self._search, self._function, self._chain = search, function, chain
        self._calls = {(event.node.start, event.node.end): event for event in search.project.bodies.of(function).calls}
        self._held = dict(held)
        """From where on names hold the body."""
        self._raw: set[str] = set()
        self._read: dict[str, str] = {}
        """The keys whose values names hold."""
        self._caught: list[tuple[int, int]] = []
        self._targets: set[int] = set()

    def run(self) -> None:
        """Notes the uses."""
        nodes = list(within(self._function.fact.body))
        for node in nodes:
            self._learn(node)
        for node in nodes:
            if isinstance(node, ex.Call):
                self._look_at_call(node)
            elif isinstance(node, st.For):
                self._look_at_loop(node)
            elif isinstance(node, ex.Subscript) and id(node) not in self._targets:
                self._note_read(node)

    def _learn(self, node: object) -> None:
        """Learns what names hold, where errors of reading are caught, and what is written to."""
        if isinstance(node, (st.Assign, st.Annotate, ex.Walrus)) and node.value is not None:
            targets = node.targets if isinstance(node, st.Assign) else (node.target,)
            self._targets.update(map(id, targets))
            for target in targets:
                if isinstance(target, ex.Name):
                    self._bind(target.id, node.value, node.end)
        elif isinstance(node, st.Delete):
            self._targets.update(map(id, node.targets))
        elif isinstance(node, (st.For, ex.Clause)) and self._is_body(node.iterable):
            if isinstance(node.target, ex.Name):
                self._held.setdefault(node.target.id, _START)
        elif isinstance(node, st.Try) and node.body and any(map(_catches_lookups, node.handlers)):
            self._caught.append((node.body[0].start, node.body[-1].end))

    def _bind(self, name: str, value: ex.Expression, end: int) -> None:
        if self._is_body(value):
            self._held.setdefault(name, end)
        elif name in self._held:
            self._search.is_validated = True  # or made into something else
        elif self._is_call_of(value, RAW_BODY):
            self._raw.add(name)
        elif key := self._key_of(value):
            self._read[name] = key

    def _is_body(self, node: ex.Expression) -> bool:
        """Whether an expression is the body."""
        if isinstance(node, ex.Name):
            return self._held.get(node.id, node.end) < node.start
        if isinstance(node, ex.Operation) and node.operator == "or":
            return self._is_body(node.left)
        if isinstance(node, ex.Conditional):
            return self._is_body(node.body) or self._is_body(node.orelse)
        if self._search.parses and self._is_call_of(node, PARSED_BODY):
            return True
        return isinstance(node, ex.Call) and self._gives_body(node)

    def _gives_body(self, node: ex.Call) -> bool:
        """Whether a call parses the body or copies it."""
        given = node.arguments[0].value if node.arguments else None
        if given is None:
            return isinstance(node.func, ex.Attribute) and node.func.attr == "copy" and self._is_body(node.func.value)
        if LOADERS.isdisjoint(self._names(node)):
            return is_name(node.func, "dict") and self._is_body(given)
        return self._search.parses and (is_name(given, *self._raw) or self._is_call_of(given, RAW_BODY))

    def _is_call_of(self, node: ex.Expression, name: str) -> bool:
        """Whether an expression is what an asynchronous method gives."""
        return isinstance(node, ex.Await) and isinstance(node.value, ex.Call) and name in self._names(node.value)

    def _names(self, node: ex.Call) -> tuple[str, ...]:
        event = self._calls.get((node.start, node.end))
        return event.names if event is not None else ()

    def _key_of(self, node: ex.Expression) -> str:
        """The key whose value an expression reads from the body, or ""."""
        if isinstance(node, ex.Subscript) and self._is_body(node.value):
            key = node.index
        elif isinstance(node, ex.Call) and isinstance(node.func, ex.Attribute) and node.arguments:
            if node.func.attr not in READERS or not self._is_body(node.func.value):
                return ""
            key = node.arguments[0].value
        else:
            return ""
        return key.value if isinstance(key, ex.Constant) and isinstance(key.value, str) else ""

    def _note_read(self, node: ex.Subscript | ex.Call) -> None:
        key = self._key_of(node)
        if key and not any(start <= node.start < end for start, end in self._caught):
            self._note(key, "", node)

    def _note(self, key: str, target: str, node: ex.Expression | st.Statement) -> None:
        site = Site(self._function.module, node.start, node.end)
        self._search.body.uses.append(Use(key, target, site, self._chain))

    def _look_at_loop(self, node: st.For) -> None:
        """A loop that gives an object all that is in the body."""
        items = node.iterable.func if isinstance(node.iterable, ex.Call) else None
        if not isinstance(items, ex.Attribute) or items.attr != "items" or not self._is_body(items.value):
            return
        key = node.target.items[0] if isinstance(node.target, ex.Sequence) and node.target.items else None
        for call in within(node.body):
            if isinstance(call, ex.Call) and is_name(call.func, _SETTING) and len(call.arguments) == 3:
                given = call.arguments[1].value
                if isinstance(key, ex.Name) and is_name(given, key.id):
                    self._note("", last_word(call.arguments[0].value) or "an object", call)

    def _look_at_call(self, node: ex.Call) -> None:
        self._note_read(node)
        event = self._calls.get((node.start, node.end))
        for argument in node.arguments if event is not None else ():
            if self._is_body(argument.value):
                self._hand_over(event, node, argument)
            elif key := (self._key_of(argument.value) or self._read.get(last_word(argument.value), "")):
                if self._validates(event):
                    self._search.checked.add(key)

    def _hand_over(self, event: CallEvent, node: ex.Call, argument: ex.Argument) -> None:
        """The body is handed to a call."""
        stored = self._stored_in(event, argument)
        entered = _entered(event, node)
        if stored:
            self._note("", stored, node)
        elif self._validates(event) or (not entered and _goes_on(event)):
            self._search.is_validated = True
        else:
            for function, arguments in entered:
                held = _taking(function, arguments, argument)
                if held:
                    self._search.enter(function, {held: _START}, (*self._chain, event))

    def _stored_in(self, event: CallEvent, argument: ex.Argument) -> str:
        """What a call stores all of an argument in, or ""."""
        for callee in possibilities(event.callee):
            if isinstance(callee, ClassDefinition) and argument.star == "**":
                model = self._search.project.orm_models.of(callee)
                return callee.name if model is not None or is_dataclass(callee) else ""
            owner, _, method = external_name(callee).rpartition(".")
            if external_name(callee) in STATEMENT_WRITES | INSERTED_VALUES and argument.star == "**":
                return "a statement"
            if owner.startswith(DOCUMENT_STORES) and method in DOCUMENT_CREATING_METHODS:
                return "a collection"
        return ""

    def _validates(self, event: CallEvent) -> bool:
        """Whether a call validates what it is given, by its name or as the class that it makes an object of."""
        word = called_word(event)
        if VALIDATING_WORDS.search(word) or (word in LIBRARY_LOADERS and LOADERS.isdisjoint(event.names)):
            return True
        classes = [callee for callee in possibilities(event.callee) if isinstance(callee, ClassDefinition)]
        mapped = self._search.project.orm_models  # which take what they are given
        return any(mapped.of(cls) is None and is_model(cls) is not False for cls in classes)


def _entered(event: CallEvent, node: ex.Call) -> list[tuple[FunctionDefinition, tuple[ex.Argument, ...]]]:
    """The functions of the project that a call enters, now or after the response, with the arguments for each."""
    if not TASK_CALLS.keys().isdisjoint(event.names) and event.arguments.positional:
        task = event.arguments.positional[0]
        return [(task, node.arguments[1:])] if isinstance(task, FunctionDefinition) else []
    return [(function, node.arguments) for function in event.functions]


def _goes_on(event: CallEvent) -> bool:
    """Whether a call may send the body on, to another service or into a library, where its shape is known."""
    word = called_word(event)
    if word in DUMPERS or REPORTING_WORDS.search(word) or word in LEVELS:
        return False
    return any("." in name for name in event.names) or any(
        isinstance(each, Unknown) for each in possibilities(event.callee)
    )


def _taking(function: FunctionDefinition, arguments: tuple[ex.Argument, ...], argument: ex.Argument) -> str:
    """The parameter of a function that takes an argument of a call, or ""."""
    parameters = passable(function)
    if argument.star == "**":
        return next((each.name for each in function.fact.parameters if each.form == "**"), "")
    if argument.keyword is not None:
        return argument.keyword if any(each.name == argument.keyword for each in parameters) else ""
    before = arguments[: arguments.index(argument)]
    if argument.star or any(each.star for each in before):
        return ""
    positional = [each.name for each in parameters if each.form != "keyword"]
    return positional[len(before)] if len(before) < len(positional) else ""


def _catches_lookups(handler: st.Handler) -> bool:
    """Whether a clause is there for what reading a body of the wrong shape raises, or goes on whatever happens."""
    kinds: Iterable[ex.Expression | None] = (
        handler.type.items if isinstance(handler.type, ex.Sequence) else (handler.type,)
    )
    words = {last_word(kind) for kind in kinds}
    is_broad = handler.type is None or not CATCH_ALL.isdisjoint(words)
    return not LOOKUP_ERRORS.isdisjoint(words) or (is_broad and not contains(handler.body, _ANSWERS))
