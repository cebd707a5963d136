"""Streams: the generators whose items a response sends one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fastapi_lint.diagnostics import Related
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import assigned_once
from fastapi_lint.model.concurrency.request_path import Reach
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, Body
from fastapi_lint.model.knowledge.responses import STREAMING_CLASSES

_CONTENT = "content"


def streamed_generators(reaches: Iterable[Reach], bodies: Bodies) -> dict[FunctionDefinition, Related]:
    """The generator functions whose items are sent while they are made, each with where it is handed to a response:
    ``StreamingResponse(generator())``, in one step or through a variable, or an endpoint that is a generator itself.

    Args:
        reaches: the functions that run for requests.
        bodies: what happens in functions.
    """
    found: dict[FunctionDefinition, Related] = {}
    for reach in reaches:
        function = reach.function
        if reach.entry.kind == "endpoint" and function is reach.entry.function and function.fact.yields:
            found.setdefault(function, Related(f"{reach.entry.label} sends what it yields", reach.entry.location))
        elif function.fact.body.may_hold(*_BARE_NAMES):
            for generator, where in _handed_over(bodies.of(function)):
                found.setdefault(generator, where)
    return found


def _handed_over(body: Body) -> Iterator[tuple[FunctionDefinition, Related]]:
    for event in body.calls:
        if event.names and STREAMING_CLASSES.issuperset(event.names):
            node = _content(event.node)
            if isinstance(node, ex.Name):
                node = assigned_once(body.function.fact.body, node.id)
            for made in body.calls if node is not None else ():
                if (made.node.start, made.node.end) == (node.start, node.end):
                    where = Related("the response sends its items one by one", event.site.location)
                    yield from ((function, where) for function in made.functions if function.fact.yields)


def _content(call: object) -> ex.Expression | None:
    """What a response is made of."""
    arguments = call.arguments if isinstance(call, ex.Call) else ()
    named = (argument.value for argument in arguments if argument.keyword == _CONTENT)
    first = arguments[0].value if arguments and arguments[0].keyword is None and not arguments[0].star else None
    return next(named, first)


_BARE_NAMES = tuple({name.rpartition(".")[2] for name in STREAMING_CLASSES})
