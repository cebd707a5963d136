"""The editor of a module: makes the edits of a fix in the module's own style."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Protocol

from fastapi_lint.diagnostics import Edit, Fix
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.expressions import Argument, Attribute, Call, Comprehension, Name, Parameter
from fastapi_lint.facts.search import around, binds, bound_by_import, call_at, walk
from fastapi_lint.facts.statements import Function, If, Import, ImportFrom
from fastapi_lint.model.definitions import Module
from fastapi_lint.model.editing.items import Items, has_comment, items_of, tokens_of
from fastapi_lint.model.linker import Linker
from fastapi_lint.model.values import Site
from fastapi_lint.text.edits import TextEdit
from fastapi_lint.text.source import Source

_LINE_FEED = re.compile(r"(?<!\r)\n")
_PLAIN_STRING = re.compile(r"(?<![\w\"'])(\"[^\"'\\\n]+\"|'[^\"'\\\n]+')")


class Spanned(Protocol):
    """What stands somewhere in a module: any fact."""

    @property
    def start(self) -> int:
        """The offset of its first character."""

    @property
    def end(self) -> int:
        """The offset behind its last character."""


class Editor:
    """Makes edits of one module.

    Args:
        module: whose facts the edits go by.
        source: the very text that these were made from.
        linker: says which imports are of the project.
    """

    def __init__(self, module: Module, source: Source, linker: Linker) -> None:
        self.module = module
        self._linker = linker
        self.text = source.text
        self._newline = source.newline

    def written(self, node: Spanned) -> str:
        """How something is written."""
        return self.text[node.start : node.end]

    @cached_property
    def quote(self) -> str:
        """The quote that the module uses most for strings in which it could use either."""
        strings = _PLAIN_STRING.findall(self.text)
        return "'" if sum(text[0] == "'" for text in strings) > len(strings) / 2 else '"'

    def string(self, text: str) -> str:
        """A text without quotes and backslashes as a string literal."""
        return f"{self.quote}{text}{self.quote}"

    def fix(self, message: str, edits: Iterable[Edit | None], *, safe: bool = True) -> Fix | None:
        """The fix of some edits; None when one of them can't be made.

        Args:
            message: what it does, as an order: "replace `x` by `y`".
            edits: those of this module, and of others; None for one that can't be made. The same is made once; what is
                inserted at one place stands there in this order.
            safe: whether the application behaves as before.
        """
        made: dict[tuple[str, int, int], str] = {}
        for edit in dict.fromkeys(edits):
            if edit is None or (edit.start < edit.end and (edit.path, edit.start, edit.end) in made):
                return None
            place = edit.path, edit.start, edit.end
            made[place] = made.get(place, "") + edit.replacement
        return Fix(message, safe, tuple(Edit(*place, text) for place, text in made.items())) if made else None

    def edit(self, start: int, end: int, replacement: str) -> Edit | None:
        """A replacement of the characters ``start`` to ``end``, between tokens; None when a comment would be lost.

        Line feeds become the line ends of the module; what is copied from it has them already.
        """
        before = self.text[start:end]
        if has_comment(before) and before not in replacement:
            return None
        return Edit(self.module.path, start, end, _LINE_FEED.sub(lambda match: self._newline, replacement))

    def replace(self, node: Spanned, replacement: str) -> Edit | None:
        """Writes something else in the place of a node."""
        return self.edit(node.start, node.end, replacement)

    def insert(self, offset: int, text: str) -> Edit | None:
        """Writes something in front of a character."""
        return self.edit(offset, offset, text)

    def rename(self, node: Attribute, name: str) -> Edit | None:
        """Reads another attribute of the same object."""
        return self.edit(node.end - len(node.attr), node.end, name)

    def indentation(self, offset: int) -> str:
        """The blanks with which the line of a character begins."""
        starts = self.module.facts.line_starts
        line = self.text[starts[bisect_right(starts, offset) - 1] : offset]
        return line[: len(line) - len(line.lstrip(" \t\f"))]

    def call(self, site: Site) -> Call | None:
        """The call that a value of the model was made by, or None."""
        return call_at(self.module.facts.body, site.start, site.end) if site.module is self.module else None

    def is_own(self, package: str) -> bool:
        """Whether what the module imports under a dotted name is of the project."""
        return self._linker.absolute(self.module, package) is not None

    def is_global(self, name: Name) -> bool:
        """Whether a name certainly is that of a variable of the module where it stands."""
        if name.id not in self.module.scope.names or name.id in self.module.sometimes:
            return False
        if name.id in self._for_type_checkers:
            return False
        functions = [
            fact for fact in around(self.module.facts.body, name.start, name.end) if isinstance(fact, Function)
        ]
        return not any(binds(function, name.id) for function in functions)

    @cached_property
    def _for_type_checkers(self) -> frozenset[str]:
        """The names that are imported under ``if TYPE_CHECKING`` and so are not there when the module runs."""
        guarded = [
            statement.body
            for statement in self.module.facts.body
            if isinstance(statement, If) and self.written(statement.test).endswith("TYPE_CHECKING")
        ]
        imports = (node for node in walk(guarded) if isinstance(node, (Import, ImportFrom)))
        return frozenset(name for node in imports for name in bound_by_import(node))

    def parameter_ends(self, function: Function) -> dict[Parameter, int]:
        """Where each parameter ends, with its annotation and its default: facts say where its name stands."""
        ends = dict(self._parameters(function).spans)
        return {parameter: ends[parameter.start] for parameter in function.parameters if parameter.start in ends}

    def remove_parameter(self, function: Function, parameter: Parameter) -> Edit | None:
        """Takes a parameter out of a function; None where a ``*`` or ``/`` beside it would part nothing any more."""
        items = self._parameters(function)
        index = next((at for at, (start, _) in enumerate(items.spans) if start == parameter.start), None)
        of_form = [one for one in function.parameters if one.form == parameter.form]
        if index is None or (parameter.form != "ordinary" and len(of_form) == 1):
            return None
        return self._made(items.removal(index))

    def _parameters(self, function: Function) -> Items:
        tokens = tokens_of(self.text[function.name_start : function.end])
        opening = tokens.texts.index("(")
        start = function.name_start + tokens.ends[opening]
        return items_of(self.text, start, function.name_start + tokens.starts[tokens.closing[opening]])

    def remove_argument(self, call: Call, keyword: str | None) -> Edit | None:
        """Takes an argument out of a call: that of a keyword, or the first by position; None where there is none."""
        index = next((at for at, argument in enumerate(call.arguments) if argument.keyword == keyword), None)
        items = self._arguments(call)
        return self._made(items.removal(index)) if index is not None and items is not None else None

    def set_argument(self, call: Call, keyword: str, text: str, position: int | None = None) -> Edit | None:
        """Gives an argument another value, or adds it at the end of a call.

        Args:
            call: the call.
            keyword: of the argument.
            text: its value.
            position: of the parameter, where it may be passed by position, too.

        Returns:
            The edit; None where none can be added: a bare generator is the only argument, or what is unpacked
            (``**options``) may hold it already.
        """
        (edit,) = self.set_arguments(call, {keyword: text}, {} if position is None else {keyword: position})
        return edit

    def set_arguments(
        self, call: Call, values: Mapping[str, str], positions: Mapping[str, int]
    ) -> Iterator[Edit | None]:
        """The edits of :meth:`set_argument` for several arguments; those that are added are one edit."""
        added: list[str] = []
        for keyword, text in values.items():
            position = positions.get(keyword)
            value = call.keyword(keyword) if position is None else call.passed(keyword, position)
            if value is not None:
                yield self.replace(value, text)
            else:
                added.append(f"{keyword}={text}")
        if added:
            is_unpacked = any(argument.star for argument in call.arguments)
            yield None if is_unpacked else self.add_argument(call, *added)

    def add_argument(self, call: Call, *texts: str, behind: str | None = None) -> Edit | None:
        """Adds arguments at the end of a call, or behind the one of a keyword; None where none can be added."""
        items = self._arguments(call)
        if items is None:
            return None
        keywords = [argument.keyword for argument in call.arguments]
        index = keywords.index(behind) + 1 if behind is not None else len(keywords)
        return self._made(items.insertion(index, *texts))

    def insert_argument(self, call: Call, text: str) -> Edit | None:
        """Puts an argument by position in front of all others of a call; None where that can't be: there are some by
        position already."""
        items = self._arguments(call)
        if items is None or any(argument.keyword is None for argument in call.arguments):
            return None
        return self._made(items.insertion(0, text))

    def add_items(self, display: ex.Mapping | ex.Sequence, *texts: str) -> Edit | None:
        """Adds items at the end of a dict display, or of a list."""
        items = items_of(self.text, display.start + 1, display.end - 1)
        return self._made(items.insertion(len(items.spans), *texts))

    def remove_item(self, call: Call, keyword: str, index: int) -> Edit | None:
        """Takes an item out of the list that is an argument of a call, or that argument where it is the only one."""
        given = call.keyword(keyword)
        if not isinstance(given, ex.Sequence) or len(given.items) == 1:
            return self.remove_argument(call, keyword) if given is not None else None
        return self._made(items_of(self.text, given.start + 1, given.end - 1).removal(index))

    def _arguments(self, call: Call) -> Items | None:
        if len(call.arguments) == 1 and _is_bare_generator(call.arguments[0]):
            return None
        # The callee may have parentheses of its own: the ones of the call end with it.
        tokens = tokens_of(self.text[call.start : call.end])
        last = len(tokens.texts) - 1
        opening = next((first for first, partner in tokens.closing.items() if partner == last), None)
        if opening is None or tokens.texts[last] != ")":
            return None
        items = items_of(self.text, call.start + tokens.ends[opening], call.start + tokens.starts[last])
        return items if len(items.spans) == len(call.arguments) else None

    def _made(self, edit: TextEdit) -> Edit | None:
        return self.edit(*edit)


def _is_bare_generator(argument: Argument) -> bool:
    return isinstance(argument.value, Comprehension) and argument.value.form == "generator"
