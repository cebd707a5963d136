"""Blocking calls: which calls hold up their thread, waiting or computing, and where plain functions lead to one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from fastapi_lint.facts import expressions as ex
from fastapi_lint.model.concurrency.once import happens_once
from fastapi_lint.model.concurrency.request_path import Steps, inline_callees
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent
from fastapi_lint.model.knowledge.blocking import CALLS, CLIENTS, METHODS, BlockingCall
from fastapi_lint.model.knowledge.computation import COMPUTATIONS, ITERATIONS, LEAST_ITERATIONS
from fastapi_lint.model.knowledge.sessions import DATABASE
from fastapi_lint.model.knowledge.sqlalchemy import BLOCKING_CALLS
from fastapi_lint.model.values import Literal, possibilities

KERNEL_FILES = ("/proc/", "/sys/", "/dev/")
"""Where files are that are no files."""
MAX_CHAIN = 12
"""Chains of more calls than this are not followed."""


@dataclass(slots=True, frozen=True, eq=False)
class Blockage:
    """A call that holds up its thread.

    Attributes:
        event: the call.
        call: how messages name it: ``requests.get``, ``redis.Redis.get``.
        row: what a table says of it.
        chain: the calls that lead to it, each with the function that it enters.
    """

    event: CallEvent
    call: str
    row: BlockingCall
    chain: Steps = ()


def look_up(name: str) -> tuple[str, BlockingCall] | None:
    """What the tables say of a canonical name, and the short name by which to show it; None when it does not block as
    far as they know."""
    shown = name.replace("()", "")
    if name in CALLS:
        return shown, CALLS[name]
    owner, _, method = name.rpartition(".")
    client = CLIENTS.get(owner)
    if client is not None and method not in client[0] and not method.startswith("_"):
        return shown, client[1]
    while owner:
        entry = METHODS.get(owner) or METHODS.get(owner.removesuffix("()"))
        if entry is not None:
            if "__" in shown:
                shown = f"{owner.replace('()', '')}.{method}"  # an operator stands between, as in Path() / name
            return (shown, entry[1]) if method in entry[0] else None
        owner = owner.rpartition(".")[0]
    return None


def blockage(event: CallEvent) -> Blockage | None:
    """The blocking call that an event is, or None. A call that is awaited gives a coroutine, whatever its name says;
    one of several possible callees is enough only when all that are known block."""
    if event.awaited or not event.names or event.functions or _is_refused(event):
        return None
    found = [look_up(name) for name in event.names]
    known = [each for each in found if each is not None]
    return Blockage(event, *known[0]) if len(known) == len(found) and not _is_kernel_file(event.node) else None


def _is_refused(event: CallEvent) -> bool:
    """Whether a call says that it will not wait: ``queue.get(block=False)``, ``lock.acquire(blocking=False)``."""
    position = 0 if event.names == ("queue.Queue().get",) else None
    given = [event.arguments.get("block", position), event.arguments.get("blocking")]
    return any(isinstance(value, Literal) and value.value is False for value in given)


def _is_kernel_file(node: object) -> bool:
    """Whether a call names a file that the kernel makes up, so that no disk is waited for."""
    if isinstance(node, ex.Constant):
        return isinstance(node.value, str) and node.value.startswith(KERNEL_FILES)
    return isinstance(node, tuple) and any(_is_kernel_file(part) for part in node if isinstance(part, tuple))


def database_blockage(event: CallEvent) -> Blockage | None:
    """The call of a synchronous session, connection or engine that an event is, or None; as for :func:`blockage`."""
    if event.awaited or not event.names or event.functions or not BLOCKING_CALLS.issuperset(event.names):
        return None
    return Blockage(event, event.names[0].replace("()", ""), DATABASE)


def computation(event: CallEvent) -> Blockage | None:
    """The call that is busy for long that an event is, or None; as for :func:`blockage`."""
    if event.awaited or not event.names or event.functions:
        return None
    rows = [COMPUTATIONS.get(name) for name in event.names]
    known = [row for row in rows if row is not None]
    if len(known) < len(rows) or _is_short(event):
        return None
    return Blockage(event, event.names[0].replace("()", ""), known[0])


def _is_short(event: CallEvent) -> bool:
    """Whether a call takes as long as its arguments say, and these do not say that it takes long."""
    iterations = [event.arguments.get(*ITERATIONS[name]) for name in event.names if name in ITERATIONS]
    return any(
        not isinstance(option, Literal) or not isinstance(option.value, int) or option.value < LEAST_ITERATIONS
        for number in iterations
        for option in possibilities(number)
    )


class BlockingChains:
    """Which functions of a project lead to a call that holds up who calls them.

    Args:
        bodies: what happens in functions.
        find: which calls these are.
        enter: which functions a call runs before it gives its result: the plain ones, unless coroutines count too.
    """

    def __init__(
        self,
        bodies: Bodies,
        find: Callable[[CallEvent], Blockage | None] = blockage,
        enter: Callable[[CallEvent], tuple[FunctionDefinition, ...]] = inline_callees,
    ) -> None:
        self._bodies = bodies
        self.find = find
        self._enter = enter
        self._known: dict[FunctionDefinition, Blockage | None] = {}

    def direct(self, function: FunctionDefinition) -> list[Blockage]:
        """The blocking calls in a function's own body."""
        found = map(self.find, self._bodies.of(function).calls)
        return [each for each in found if each is not None and not happens_once(each.event, function)]

    def behind(self, event: CallEvent, function: FunctionDefinition) -> Blockage | None:
        """The nearest such call that a call in ``function`` of a project function leads to, or None; its
        chain holds the calls from ``event`` on, each with the function that it enters."""
        for callee in self._enter(event):
            if callee not in self._known:
                self._known[callee] = self._search(callee)
            nearest = self._known[callee]
            if nearest is not None:
                if happens_once(event, function):
                    return None
                return Blockage(nearest.event, nearest.call, nearest.row, ((event, callee), *nearest.chain))
        return None

    def _search(self, function: FunctionDefinition) -> Blockage | None:
        queue: deque[tuple[FunctionDefinition, Steps]] = deque([(function, ())])
        seen = {function}
        while queue:
            current, chain = queue.popleft()
            direct = self.direct(current)
            if direct:
                return Blockage(direct[0].event, direct[0].call, direct[0].row, chain)
            for event in self._bodies.of(current).calls if len(chain) < MAX_CHAIN else ():
                callees = [callee for callee in self._enter(event) if callee not in seen]
                if callees and not happens_once(event, current):
                    seen.update(callees)
                    queue += [(callee, (*chain, (event, callee))) for callee in callees]
        return None
