"""Query sites: where statements are sent and transactions committed, directly or by what a call leads to, and which of
these sites a loop repeats for each of its items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import last_word, walk
from fastapi_lint.model.concurrency.blocking import Blockage, BlockingChains, blockage
from fastapi_lint.model.concurrency.once import happens_once
from fastapi_lint.model.concurrency.request_path import Steps, inline_callees
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, Body, CallEvent, Context, Event, is_bound
from fastapi_lint.model.knowledge.blocking import CACHING_DECORATORS, REMOVALS
from fastapi_lint.model.knowledge.sessions import (
    CHANGES,
    CHOOSING,
    COMMITS,
    DATABASE,
    EXECUTING,
    MAKERS,
    READS,
    SELECTS,
    SESSIONS,
    WRITES,
)
from fastapi_lint.model.orm.records import record_read, writes_records
from fastapi_lint.model.values import Collection, Dictionary, Literal, Value, external_name, possibilities

_EXECUTING_WORDS = frozenset(name.rpartition(".")[2] for name in EXECUTING)
MAX_DEPTH = 2
"""Through how many calls a query is looked for."""
_LOOPS = ("loop", "comprehension")
_LISTING_METHODS = frozenset({"in_", "not_in", "notin_", "any_"})
"""Methods of columns that compare with many values at once."""
_LISTING_OPERATORS = frozenset(
    {"beanie.operators.In", "beanie.operators.NotIn", "beanie.odm.operators.find.comparison.In"}
)
"""Operators that do so."""


@dataclass(slots=True, frozen=True, eq=False)
class LoopedCall:
    """A call that a loop repeats for each of its items.

    Attributes:
        event: the call in the loop.
        loop: the loop or the clause of a comprehension.
        found: the query or commit that it is or leads to.
    """

    event: CallEvent
    loop: st.For | ex.Clause
    found: Blockage


def read(event: CallEvent) -> Blockage | None:
    """The query that an event is, when it is sent whenever its function runs, or None: a SELECT as far as is known."""
    if not event.names or event.functions or event.inside("branch", "handler"):
        return None
    record = record_read(event)
    if record:
        return Blockage(event, record, DATABASE)
    if not READS.issuperset(event.names):
        return None
    sent = event.arguments.get("statement", 0) if EXECUTING.issuperset(event.names) else None
    if EXECUTING.issuperset(event.names) and not all(map(_selects, possibilities(sent))):
        return None
    return Blockage(event, _shown(event), DATABASE)


def commit(event: CallEvent) -> Blockage | None:
    """The commit that an event is, when it happens whenever its function runs, or None."""
    if not event.names or not COMMITS.issuperset(event.names) or event.inside("branch", "handler"):
        return None
    return Blockage(event, _shown(event), DATABASE)


def _acts_outside(event: CallEvent) -> bool:
    """Whether a call reaches files or other services by itself."""
    return blockage(event) is not None or bool(event.names and REMOVALS.issuperset(event.names))


def change(event: CallEvent) -> Blockage | None:
    """The call that certainly changes what the database holds which an event is, or None."""
    if not event.names or event.functions:
        return None
    sent = external_name(event.arguments.get("statement", 0)) if EXECUTING.issuperset(event.names) else ""
    return Blockage(event, _shown(event), DATABASE) if WRITES.issuperset(event.names) or sent in CHANGES else None


def _shown(event: CallEvent) -> str:
    return ".".join(event.names[0].replace("()", "").split(".")[-2:])


def _selects(statement: Value) -> bool:
    name = external_name(statement)
    if name == "sqlalchemy.text()":
        text = statement.arguments.get("text", 0)
        return isinstance(text, Literal) and str(text.value).lstrip().lower().startswith("select")
    return name in SELECTS


def _writes(event: CallEvent) -> bool:
    """Whether a call changes what the database holds, or may do so."""
    if not event.names or event.functions:
        return False
    sent = event.arguments.get("statement", 0)
    return (
        writes_records(event)
        or WRITES.issuperset(event.names)
        or (EXECUTING.issuperset(event.names) and not all(map(_selects, possibilities(sent))))
    )


def _changes(body: Body) -> Iterator[Event]:
    """What a body changes, or may: objects, rows, and whatever the functions do that it gives a session."""
    yield from body.stores
    for event in body.calls:
        given = [value for argument in event.arguments for value in possibilities(argument)]
        if _writes(event) or (event.functions and any(external_name(value) in SESSIONS for value in given)):
            yield event


def completed_callees(event: CallEvent) -> tuple[FunctionDefinition, ...]:
    """The project functions whose bodies a call runs to their end before it gives its result: plain ones, and coroutine
    functions where the call is awaited. Nothing of a call that depends on a condition, or that may enter several."""
    if event.inside("branch", "handler") or len(event.functions) != 1:
        return ()
    awaited = (function for function in event.functions if function.is_async and event.awaited)
    return (*inline_callees(event), *(function for function in awaited if _is_plain_coroutine(function)))


def _is_plain_coroutine(function: FunctionDefinition) -> bool:
    names = {external_name(decorator) for decorator in function.decorators}
    return not function.fact.yields and not names & CACHING_DECORATORS


class QuerySites:
    """Where a project's functions send queries and commit.

    Args:
        bodies: what happens in functions.
    """

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self._reads = BlockingChains(bodies, read, self._completed)
        self._changes = BlockingChains(bodies, change, lambda event: self._completed(_unconditional(event)))
        self._commits = BlockingChains(bodies, commit, completed_callees)

    def looped_reads(self, function: FunctionDefinition) -> Iterator[LoopedCall]:
        """The queries that a loop of a function sends for each of its items, and that depend on the item.

        Left out: loops of constant length; loops that end at some item; batches, whose query compares with many values;
        functions that read what they are about to write; those that have others read and write.
        """
        spread: dict[int, set[str]] = {}
        for event, loops, _ in self._looped(function, self._reads):
            for loop in reversed(loops):
                if id(loop) not in spread:
                    spread[id(loop)] = _spread(set(_names(loop.target)), loop, self._sessions(function))
                if any(context.kind == "handler" for context in _inside(event, loop)):
                    continue
                found = self._dependent_read(_unconditional(event), spread[id(loop)], function, ())
                if found is None or self._is_batch(found, loop, function) or self._is_work(found, event, function):
                    continue
                yield LoopedCall(event, loop, found)
                break

    def looped_commits(self, function: FunctionDefinition) -> Iterator[LoopedCall]:
        """The commits that a loop of a function makes for each of its items.

        Left out, besides the loops that :meth:`looped_reads` leaves out: those over numbers, which count attempts or
        batches; items whose failure is handled one by one, or for which the loop itself removes a file or asks another
        service, which no rollback would undo; commits that depend on a condition; functions that open a session of
        their own.
        """
        for event, loops, found in self._looped(function, self._commits):
            loop = loops[-1]
            if any(_acts_outside(call) and _is_in(call, loop) for call in self._bodies.of(function).calls):
                continue
            if _counts(loop) or any(context.kind in ("try", "branch", "handler") for context in _inside(event, loop)):
                continue
            if not _opens_on_the_way(found):
                yield LoopedCall(event, loop, found)

    def split_commits(self, function: FunctionDefinition) -> list[tuple[CallEvent, Blockage]]:
        """The calls of a function that commit one after the other whenever it runs to its end, each with the commit
        that it is or leads to; those apart that open a session of their own, and a commit before anything is written,
        which only ends a transaction that has read."""
        body = self._bodies.of(function)
        found = []
        for event in body.calls:
            if event.inside("branch", "handler", *_LOOPS):
                continue
            committed = commit(event) or self._commits.behind(event, function)
            if committed is None or _opens_on_the_way(committed):
                continue
            if committed.chain or any(write.site.start < event.site.start for write in _changes(body)):
                found.append((event, committed))
        return found

    def _looped(
        self, function: FunctionDefinition, chains: BlockingChains
    ) -> Iterator[tuple[CallEvent, list[st.For | ex.Clause], Blockage]]:
        """The calls inside loops over the items of something that are or lead to one of the calls looked for, with
        these loops from the outside in, and the call."""
        if not function.fact.body.may_hold("@for", "@comprehension"):
            return
        body = self._bodies.of(function)
        makers = [event for event in body.calls if event.names and MAKERS.keys() >= set(event.names)]
        for event in body.calls:
            if not event.inside(*_LOOPS):
                continue
            plain = _unconditional(event)
            found = chains.find(plain) or chains.behind(plain, function)
            if found is None or happens_once(event, function):
                continue
            nodes = [context.node for context in event.context if _goes_through_items(context)]
            loops = [node for node in nodes if isinstance(node, (st.For, ex.Clause)) and not _ends_early(node)]
            own = [
                loop
                for loop in loops
                if not any(_is_in(maker, loop) for maker in makers) and not _opened(_inside(event, loop), event)
            ]
            if own and len(own) == len(nodes):
                yield event, own, found

    def _dependent_read(
        self, event: CallEvent, names: set[str], function: FunctionDefinition, chain: Steps
    ) -> Blockage | None:
        """The query that a call sends or leads to and that depends on what one of these names holds."""
        nested = [callee for callee in event.functions if callee in self._bodies.of(function).nested]
        if not names.intersection(_names(event.node)) and not any(names & _free(callee) for callee in nested):
            return None
        found = read(event)
        if found is not None:
            return replace(found, chain=chain) if not self._chooses_table(found.event, names, function) else None
        for callee in self._completed(event) if len(chain) < MAX_DEPTH else ():
            if any(map(_writes, self._bodies.of(callee).calls)):
                continue
            given = set(_parameters_given(event, callee, names)) | (
                names & _free(callee) if callee in nested else set()
            )
            inner = _spread(given, callee.fact.body, self._sessions(callee)) if given else set()
            for call in self._bodies.of(callee).calls if inner else ():
                found = self._dependent_read(call, inner, callee, (*chain, (event, callee)))
                if found is not None and not happens_once(call, callee):
                    return found
        return None

    def _is_work(self, found: Blockage, event: CallEvent, function: FunctionDefinition) -> bool:
        """Whether a call has others ask for it, who open a session for that or write as well: a piece of work for each
        item, of which the query is a small part."""
        if len(found.chain) < 2:
            return False
        return _opens_on_the_way(found) or self._changes.behind(event, function) is not None

    def _completed(self, event: CallEvent) -> tuple[FunctionDefinition, ...]:
        """As :func:`completed_callees`, with the functions behind wrappers."""
        return tuple(found for found in map(self._wrapped, completed_callees(event)) if not found.fact.yields)

    def _wrapped(self, function: FunctionDefinition, depth: int = 0) -> FunctionDefinition:
        """The function that another hands all of its arguments to, as the wrappers of decorators do; else itself."""
        stars = {parameter.name for parameter in function.fact.parameters if parameter.form in ("*", "**")}
        for event in self._bodies.of(function).calls if len(stars) == 2 and depth < MAX_DEPTH else ():
            handed = {name for argument in _arguments(event) if argument.star for name in _names(argument.value)}
            if handed == stars and len(event.functions) == 1:
                return self._wrapped(event.functions[0], depth + 1)
        return function

    def _chooses_table(self, event: CallEvent, names: set[str], function: FunctionDefinition) -> bool:
        """Whether one of these names says which table is asked, so that no single query could ask for all; a class that
        asks for its own objects is not chosen."""
        if record_read(event):
            return False
        choosing = (call for call in self._bodies.of(function).calls if set(call.names) & CHOOSING)
        asked = (call.node for call in (event, *choosing) if isinstance(call.node, ex.Call))
        return any(
            isinstance(argument.value, ex.Name) and argument.value.id in names
            for call in asked
            for argument in call.arguments[:1]
            if not (isinstance(call.func, ex.Attribute) and call.func.attr in _EXECUTING_WORDS)
        )

    def _sessions(self, function: FunctionDefinition) -> set[tuple[int, int]]:
        """Where the calls of a function stand that give a session."""
        calls = self._bodies.of(function).calls
        return {(call.node.start, call.node.end) for call in calls if external_name(call.result) in SESSIONS}

    def _is_batch(self, found: Blockage, loop: st.For | ex.Clause, function: FunctionDefinition) -> bool:
        """Whether a query compares with many values at once."""
        asking = found.chain[-1][1] if found.chain else function
        return any(
            _compares_with_many(event) and (found.chain or _is_in(event, loop))
            for event in self._bodies.of(asking).calls
        )


def _compares_with_many(event: CallEvent) -> bool:
    """Whether a call is a comparison with many values (``column.in_(…)``, ``In(field, …)``), or is given one by name
    (``id__in=…``)."""
    node = event.node
    if not isinstance(node, ex.Call):
        return False
    if any((argument.keyword or "").endswith("__in") for argument in node.arguments):
        return True
    return last_word(node.func) in _LISTING_METHODS or not _LISTING_OPERATORS.isdisjoint(event.names)


def _unconditional(event: CallEvent) -> CallEvent:
    """A call as it happens when its conditions hold."""
    return CallEvent(event.node, (), event.site, event.callee, event.arguments, event.result, event.awaited)


def _parameters_given(event: CallEvent, callee: FunctionDefinition, names: set[str]) -> Iterator[str]:
    """The parameters of a called function whose arguments mention one of these names."""
    parameters = list(callee.fact.parameters)
    if is_bound(callee) and parameters:
        own = parameters.pop(0)
        if (
            isinstance(event.node, ex.Call)
            and isinstance(event.node.func, ex.Attribute)
            and names.intersection(_names(event.node.func.value))
        ):
            yield own.name
    known = {parameter.name for parameter in parameters}
    for position, argument in enumerate(_arguments(event)):
        if argument.star or not names.intersection(_names(argument.value)):
            continue
        if argument.keyword in known:
            yield argument.keyword
        elif argument.keyword is None and position < len(parameters) and parameters[position].form not in ("*", "**"):
            yield parameters[position].name


def _arguments(event: CallEvent) -> tuple[ex.Argument, ...]:
    return event.node.arguments if isinstance(event.node, ex.Call) else ()


def _free(function: FunctionDefinition) -> set[str]:
    """The names that a nested function may take from around it."""
    fact = function.fact
    assigned = (node for node in walk(fact.body) if isinstance(node, st.Assign))
    own = {parameter.name for parameter in fact.parameters}
    own.update(target.id for node in assigned for target in node.targets if isinstance(target, ex.Name))
    return {name for name in _names(fact.body) if name not in own}


def _spread(names: set[str], around: st.For | ex.Clause | st.Block, sessions: set[tuple[int, int]]) -> set[str]:
    """Names, and those that are assigned something that depends on them: in a loop, the conditions and further clauses
    of a comprehension apart, or in a function's body. A session is no part of a question, though it may be made for an
    item."""
    spread = set(names)
    statements = around.body if isinstance(around, st.For) else around if isinstance(around, st.Block) else ()
    kinds = (st.Assign, st.Annotate, st.Augment, st.For, ex.Clause, ex.Walrus)
    found = [node for node in walk(statements) if isinstance(node, kinds)]
    for node in sorted(found, key=lambda node: node.start):
        value = node.iterable if isinstance(node, (st.For, ex.Clause)) else node.value
        if value is None or (value.start, value.end) in sessions or not spread.intersection(_names(value)):
            continue
        for target in node.targets if isinstance(node, st.Assign) else (node.target,):
            if not isinstance(target, (ex.Attribute, ex.Subscript)):
                spread.update(_names(target))
    return spread


def _inside(event: CallEvent, loop: st.For | ex.Clause) -> tuple[Context, ...]:
    """What is around a call within a loop."""
    return event.context[[context.node for context in event.context].index(loop) + 1 :]


def _opened(around: tuple[Context, ...], event: CallEvent) -> bool:
    """Whether a call mentions what a ``with`` around it has opened: a session of its own."""
    heads = [context.node for context in around if isinstance(context.node, st.With)]
    opened = {name for head in heads for item in head.items if item.target is not None for name in _names(item.target)}
    return bool(opened.intersection(_names(event.node)))


def _opens_on_the_way(found: Blockage) -> bool:
    """Whether a function that leads to a call opens the session for it."""
    inner = [*(event for event, _ in found.chain[1:]), found.event] if found.chain else []
    return any(_opened(event.context, event) for event in inner)


def _is_in(event: CallEvent, loop: st.For | ex.Clause) -> bool:
    return any(context.node is loop for context in event.context)


def _goes_through_items(context: Context) -> bool:
    """Whether something around an event repeats it for each item of something whose length the code does not say."""
    node = context.node
    if not isinstance(node, (st.For, ex.Clause)):
        return context.kind == "loop"
    if isinstance(node.iterable, (ex.Sequence, ex.Mapping)):
        return False
    source = context.source
    if isinstance(source, Collection):
        return not source.complete or source.element is not None
    return not isinstance(source, (ClassDefinition, Dictionary))


def _ends_early(loop: st.For | ex.Clause) -> bool:
    """Whether a loop may end before its last item, as one that looks for something does."""
    if not isinstance(loop, st.For):
        return False
    return any(
        isinstance(node, st.Return) or (isinstance(node, st.Jump) and node.word == "break") for node in walk(loop.body)
    )


def _counts(loop: st.For | ex.Clause) -> bool:
    """Whether a loop goes through numbers."""
    call = loop.iterable
    return isinstance(call, ex.Call) and isinstance(call.func, ex.Name) and call.func.id == "range"


def _names(node: object) -> Iterator[str]:
    return (found.id for found in walk([node]) if isinstance(found, ex.Name))
