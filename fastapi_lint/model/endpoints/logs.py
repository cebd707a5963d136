"""Log calls: what is logged, at which level, and which functions tell somebody of an error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import within
from fastapi_lint.model.definitions import FunctionDefinition, Module
from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent, Event
from fastapi_lint.model.knowledge.logs import (
    DEBUG_WORDS,
    LEVELS,
    LOGGERS,
    LOGGING_PACKAGES,
    REPORTING_WORDS,
    TRACEBACK_REPORTS,
)
from fastapi_lint.model.security.rejections import called_word
from fastapi_lint.model.values import External, ExternalResult, Literal, external_name, possibilities

_MAX_DEPTH = 4
"""Through how many calls a function is followed that may tell of an error."""


class Logger(NamedTuple):
    """A logger that a module has a name for.

    Attributes:
        name: the name.
        package: "logging", "loguru" or "structlog".
        is_own: whether the module makes or imports it by itself, and not by a function or module of the project.
    """

    name: str
    package: str
    is_own: bool


def logger_of(module: Module) -> Logger | None:
    """The logger that a module certainly has, the first one if there are several."""
    for name, value in module.scope.names.items():
        packages = {LOGGERS.get(external_name(option)) for option in possibilities(value)}
        package = packages.pop() if len(packages) == 1 and name not in module.sometimes else None
        if package is not None:
            made_here = isinstance(value, ExternalResult) and value.site is not None and value.site.module is module
            return Logger(name, package, made_here or isinstance(value, External))
    return None


def usual_logger(modules: Iterable[Module]) -> Logger | None:
    """The logger that most modules which have one have, tests apart; None where they go by no majority."""
    used = Counter(logger for module in modules if not module.is_test and (logger := logger_of(module)) is not None)
    usual, count = next(iter(used.most_common(1)), (None, 0))
    return usual if count * 2 > used.total() else None


@dataclass(frozen=True, slots=True, eq=False)
class LogCall:
    """A call that logs.

    Attributes:
        level: the name of the method, which is that of the level.
        package: "logging", "loguru" or "structlog".
        event: the call.
    """

    level: str
    package: str
    event: CallEvent

    @property
    def shows_traceback(self) -> bool:
        """Whether the traceback of the error at hand is, or may be, logged."""
        given = self.event.arguments.get("exc_info")
        is_off = isinstance(given, Literal) and not given.value
        if self.level == "exception" or (given is not None and not is_off) or not self.event.arguments.complete:
            return True
        return self.package == "loguru" and any(".opt()" in name for name in self.event.names)


def log_call(event: CallEvent) -> LogCall | None:
    """The log call that an event certainly is, or None."""
    for name in event.names:
        package, _, rest = name.partition(".")
        level = rest.rpartition(".")[2]
        if package in LOGGING_PACKAGES and level in LEVELS:
            return LogCall(level, package, event)
    return None


def may_report(events: Iterable[CallEvent], bodies: Bodies, depth: int = _MAX_DEPTH) -> bool:
    """Whether some of these calls may tell somebody of an error: log it, print it or hand it to a service, by
    themselves or in a function of the project that they enter."""
    entered: set[FunctionDefinition] = set()
    for event in events:
        if REPORTING_WORDS.search(called_word(event)) or not TRACEBACK_REPORTS.isdisjoint(event.names):
            return True
        entered.update(event.functions)
    return depth > 0 and any(may_report(bodies.of(function).calls, bodies, depth - 1) for function in entered)


def while_debugging(event: Event) -> bool:
    """Whether something happens only where a setting says that somebody is debugging, or wants to hear much."""
    return any(isinstance(context.node, st.If) and asks_for_debugging(context.node) for context in event.context)


def asks_for_debugging(choice: st.If) -> bool:
    """Whether a choice depends on a setting that says that somebody is debugging, or wants to hear much."""
    return any(
        DEBUG_WORDS.search(node.id if isinstance(node, ex.Name) else node.attr)
        for node in within([choice.test])
        if isinstance(node, (ex.Name, ex.Attribute))
    )


def written_arguments(call: LogCall) -> list[ex.Expression]:
    """What is passed to a log call, as it is written."""
    node = call.event.node
    return [argument.value for argument in node.arguments] if isinstance(node, ex.Call) else []
