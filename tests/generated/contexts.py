"""Contexts: where statements about a router stand: at once, in functions, loops, branches, classes."""

from __future__ import annotations

from collections.abc import Callable

from generated.choices import Choices
from generated.constants import enumeration
from generated.dependencies import dependency
from generated.source import Scope
from generated.texts import prefix, word

Writer = Callable[[Choices, Scope, str], None]
"""Writes statements about a router, given the expression for it."""
MAX_FLAGS = 2
"""As many undecided conditions a project may have: it is run once for each combination."""


def stand(
    choices: Choices, scope: Scope, target: str, write: Writer, percent: int = 25, in_class: bool = False
) -> None:
    """Writes statements about the router ``target`` somewhere, with ``in_class`` in the body of a class too."""
    if scope.is_class or not choices.chance("elsewhere", percent):
        write(choices.within("statement"), scope, target)
        return
    place = choices.pick("place", [*_PLACES, _class_body] if in_class else _PLACES)

    def inside(scope: Scope, target: str) -> None:
        stand(choices.within("inside"), scope, target, write, percent // 2 + 5, in_class)

    place(choices, scope, target, inside)


Inside = Callable[[Scope, str], None]


def _function(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """A function that is called, with or without the router."""
    name, local = scope.fresh("setup"), scope.fresh("target")
    signature, inner, call = choices.pick(
        "form",
        [
            (local, local, "{}({})"),
            ("", target, "{}()"),
            (f"*, {local}", local, f"{{}}({local}={{}})"),
            (f"{local}=None", local, "{}({})"),
            (f"other, {local}", local, "{}(None, {})"),
            (f"{local}, **options", local, "{}({}, debug=True)"),
        ],
    )
    router = f": {scope.get('fastapi.APIRouter')}" if signature == local and choices.chance("annotated", 40) else ""
    with scope.block(f"def {name}({signature}{router}):", is_function=True) as body:
        inside(body, inner)
    statement = call.format(name, target)
    if choices.chance("partial", 15):
        statement = f"{scope.get('functools.partial')}({name}{f', {target}' if call == '{}({})' else ''})"
        statement += "()" if call in ("{}({})", "{}()") else call.format("", target)
    scope.write(statement)


def _function_with_values(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """A function that is given a word and a prefix too, and perhaps called twice."""
    name, local, noun, path = (scope.fresh(base) for base in ("setup", "target", "noun", "path"))
    with scope.block(f"def {name}({local}, {noun}, *, {path}='/default'):", is_function=True) as body:
        body.know("word", noun)
        body.know("prefix", path)
        inside(body, local)
    for index in range(1 + choices.chance("twice", 40)):
        node = choices.within(f"call {index}")
        given = f", {path}={prefix(node, scope)}" if node.chance("prefix", 50) else ""
        scope.write(f"{name}({target}, {word(node, scope)}{given})")


def _loop(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """A loop over known words."""
    item = scope.fresh("noun")
    words = [word(node, scope) for node in choices.several("item", 1, 2)]
    form = choices.pick(
        "form", ["list", "tuple", "enumerate", "dict", "items", "zip", "sorted", "range", "set", "split"]
    )
    listed = f"[{', '.join(words)}]"
    number = scope.fresh("number")
    header = {
        "list": f"for {item} in {listed}:",
        "tuple": f"for {item} in ({''.join(f'{own}, ' for own in words)}):",
        "enumerate": f"for {number}, {item} in enumerate({listed}):",
        "dict": f"for {item} in dict.fromkeys({listed}):",
        "items": f"for {item}, {number} in {{{', '.join(f'{own}: 1' for own in words)}}}.items():",
        "zip": f"for {item}, {number} in zip({listed}, [1, 2, 3]):",
        "sorted": f"for {item} in sorted({listed}):",
        "range": f"for {number} in range({len(words)}):",
        "set": f"for {item} in sorted({{{', '.join(words) or repr('x')}}}):",
        "split": f'for {item} in "users items".split():',
    }[form]
    with scope.block(header) as body:
        if form != "range":
            body.know("word", item)
        inside(body, target)


def _loop_over_dependencies(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    item, noun = scope.fresh("guard"), scope.fresh("noun")
    pairs = [
        f"({word(node.within('word'), scope)}, {dependency(node.within('dependency'), scope)})"
        for node in choices.several("item", 1, 2)
    ]
    with scope.block(f"for {noun}, {item} in [{', '.join(pairs)}]:") as body:
        body.know("word", noun)
        body.know("dependency", item)
        inside(body, target)


def _decided(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """The branch of a condition that source code decides."""
    test, negated = choices.pick("test", _TESTS)
    constant = scope.fresh("ENABLED")
    if "{0}" in test:
        scope.write(f"{constant} = {choices.pick('constant', ['True', '1', repr('yes')])}")
    test = test.format(constant, target)
    taken, other = scope.inner(), scope.inner()
    inside(taken, target)
    other.write(f"{target}.never()")
    first, second = (other, taken) if negated else (taken, other)
    if negated or choices.chance("else", 40):
        scope.join(((f"if {test}:",), first), (("else:",), second))
    else:
        scope.join(((f"if {test}:",), first))


_TESTS = [
    ("True", False),
    ("{0}", False),
    ("not {0}", True),
    ("{0} and {1} is not None", False),
    ("2 > 1", False),
    ("'a' in ['a', 'b']", False),
    ("__name__ == '__main__'", True),
    ("hasattr({1}, 'routes')", False),
    ("{1} is None", True),
    ("len('ab') == 3", True),
    ("'x' == 'y' or not {0}", True),
    ("isinstance({0}, (str, int))", False),
]
"""Conditions with whether they are false; ``{0}`` stands for a true constant, ``{1}`` for the router."""


def _undecided(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """A branch of a condition that the environment decides."""
    flags = scope.module.draft.flags
    if len(flags) >= MAX_FLAGS:
        inside(scope, target)
        return
    flag = f"FLAG_{len(flags)}"
    flags.append(flag)
    get = choices.pick("form", [f"{scope.get('os.environ')}.get", scope.get("os.getenv")])
    asked = f'{get}("{flag}")'
    test = choices.pick("test", [asked, f"not {asked}", f'{asked} == "1"', f"bool({asked})"])
    first, second = scope.inner(), scope.inner()
    inside(first, target)
    blocks = [((f"if {test}:",), first)]
    if choices.chance("else", 30):
        inside(second, target)
        blocks.append((("else:",), second))
    scope.join(*blocks)


def _class(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """A class that is given the router."""
    name, local = scope.fresh("Setup"), scope.fresh("target")
    form = choices.pick("form", ["constructor", "method", "static", "classmethod", "call", "base", "attribute"])
    if form in ("static", "classmethod"):
        decorator, receiver = ("@staticmethod", "") if form == "static" else ("@classmethod", "cls, ")
        with scope.block(f"class {name}:", is_class=True) as cls:
            with cls.block(decorator, f"def run({receiver}{local}):", is_function=True) as body:
                inside(body, local)
        scope.write(f"{name}.run({target})")
        return
    if form == "attribute":
        with scope.block(f"class {name}:", is_class=True) as cls:
            cls.write(f"def __init__(self, {local}):", f"    self.{local} = {local}")
            with cls.block("def run(self):", is_function=True) as body:
                inside(body, f"self.{local}")
        scope.write(f"{name}({target}).run()")
        return
    method = {"constructor": "__init__", "call": "__call__"}.get(form, "run")
    base = ""
    if form == "base":
        base = f"({name}Base)"
        scope.write(f"class {name}Base:", f"    def start(self, {local}):", f"        self.run({local})")
        scope.write(f"    def run(self, {local}):", f"        {local}.never()")
    with scope.block(f"class {name}{base}:", is_class=True) as cls:
        with cls.block(f"def {method}(self, {local}):", is_function=True) as body:
            inside(body, local)
    call = {"constructor": "{}({})", "call": "{}()({})", "base": "{}().start({})"}.get(form, "{}().run({})")
    scope.write(call.format(name, target))


def _class_body(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """The body of a class, which is executed at once."""
    with scope.block(f"class {scope.fresh('Section')}:", is_class=True) as body:
        inside(body, target)


def _members(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """A loop over an enumeration."""
    cls, item = enumeration(choices, scope)[0], scope.fresh("member")
    header = choices.pick(
        "form", [f"for {item} in {cls}:", f"for {item} in list({cls})[:1]:", f"for {item} in [{cls}.item]:"]
    )
    with scope.block(header) as body:
        body.know("word", f"{item}.value", f"{item}.name")
        inside(body, target)


def _jumps(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """A loop or function that is left early."""
    name = scope.fresh("item")
    form = choices.pick("form", ["continue", "break", "return", "else"])
    if form == "return":
        name = scope.fresh("register")
        body = scope.inner(is_function=True)
        inside(body, target)
        body.write("if True:", "    return", f"{target}.never()")
        scope.join(((f"def {name}():",), body))
        scope.write(f"{name}()")
        return
    body = scope.inner()
    body.write(f"if {name} == 1:", f"    {'continue' if form == 'else' else form}") if form != "break" else None
    inside(body, target)
    if form == "break":
        body.write(f"if {name} == 2:", "    break")
    blocks = [((f"for {name} in [1, 2, 3][:2]:",), body)]
    if form == "else":
        last = scope.inner()
        inside(last, target)
        blocks.append((("else:",), last))
    scope.join(*blocks)


def _failure(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """What handles an exception that is raised for certain."""
    failing, handling = scope.inner(), scope.inner()
    failing.write("raise ValueError", f"{target}.never()")
    inside(handling, target)
    scope.join(
        (("try:",), failing),
        ((choices.pick("handler", ["except ValueError:", "except Exception as error:"]),), handling),
    )


def _manager(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """A ``with`` over a context manager of the project's, which gives the router."""
    name, local = scope.fresh("Manager"), scope.fresh("target")
    if choices.chance("generator", 50):
        scope.write(f"@{scope.get('contextlib.contextmanager')}", f"def {name}(router):", "    yield router")
    else:
        scope.write(f"class {name}:", "    def __init__(self, router):", "        self.router = router")
        scope.write("    def __enter__(self):", "        return self.router", "    def __exit__(self, *error): ...")
    with scope.block(f"with {name}({target}) as {local}:") as body:
        inside(body, local)


def _proxy(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """An object that hands on all that it is asked for."""
    name, local = scope.fresh("Proxy"), scope.fresh("target")
    scope.write(f"class {name}:", "    def __init__(self, inner):", "        self._inner = inner")
    scope.write("    def __getattr__(self, name):", "        return getattr(self._inner, name)")
    scope.write(f"{local} = {name}({target})")
    inside(scope, local)


def _facade(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """An object with methods like a router's, which adds something of its own to each call."""
    name, local = scope.fresh("Facade"), scope.fresh("target")
    path, noun = prefix(choices.within("path"), scope), word(choices.within("word"), scope)
    held_path, held_noun = scope.fresh("held_path"), scope.fresh("held_noun")
    scope.write(f"{held_path} = {path}", f"{held_noun} = {noun}")
    scope.write(f"class {name}:", "    def __init__(self, inner):", "        self.inner = inner")
    scope.write("    def __getattr__(self, name):", "        return getattr(self.inner, name)")
    scope.write("    def add_api_route(self, path, endpoint, **options):")
    scope.write(f"        self.inner.add_api_route({held_path} + path, endpoint, **options)")
    scope.write("    def get(self, path, **options):")
    scope.write(f"        options['tags'] = [{held_noun}, *(options.get('tags') or [])]")
    scope.write(f"        return self.inner.get({held_path} + path, **options)")
    scope.write("    def include_router(self, router, **options):")
    scope.write(f"        self.inner.include_router(router, **{{'tags': [{held_noun}], **options}})")
    scope.write(f"{local} = {name}({target})")
    inside(scope, local)


def _late(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """Functions that a loop makes, called when it is over."""
    pending, noun, setup = scope.fresh("pending"), scope.fresh("noun"), scope.fresh("setup")
    words = [word(node, scope) for node in choices.several("item", 1, 2)]
    scope.write(f"{pending} = []")
    with scope.block(f"for {noun} in [{', '.join(words)}]:") as loop:
        given = f"{noun}={noun}" if choices.chance("default", 50) else ""
        with loop.block(f"def {setup}({given}):", is_function=True) as body:
            body.know("word", noun)
            inside(body, target)
        loop.write(f"{pending}.append({setup})")
    scope.write(f"for {setup} in {pending}:", f"    {setup}()")


def _match(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """A ``match`` over a known value."""
    taken, other = scope.inner(), scope.inner()
    inside(taken, target)
    other.write(f"{target}.never()")
    subject, pattern = choices.pick("subject", [("'a'", "'a'"), ("1", "1 | 2"), ("'x'", "_")])
    cases = scope.inner()
    cases.join(((f"case {pattern}:",), taken))
    if pattern != "_":
        cases.join((("case _:",), other))
    scope.join(((f"match {subject}:",), cases))


def _guarded(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """A ``try`` or a ``with`` that changes nothing."""
    form = choices.pick("form", ["try", "finally", "with", "suppress"])
    header = {
        "with": f"with {scope.get('contextlib.nullcontext')}():" if form == "with" else "",
        "suppress": f"with {scope.get('contextlib.suppress')}(ImportError):" if form == "suppress" else "",
    }.get(form, "try:")
    with scope.block(header) as body:
        inside(body, target)
    if form == "try":
        scope.write("except ImportError:", "    pass")
    elif form == "finally":
        scope.write("finally:", "    pass")


def _renamed(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """Another name for the router."""
    name = scope.fresh("target")
    scope.write(choices.pick("form", [f"{name} = {target}", f"({name} := {target})", f"{name}, _ = {target}, 1"]))
    inside(scope, name)


def _while(choices: Choices, scope: Scope, target: str, inside: Inside) -> None:
    """A loop that counts."""
    number = scope.fresh("number")
    form = choices.pick("form", ["count", "break", "pop"])
    if form == "pop":
        scope.write(f"{number} = ['a']")
    else:
        scope.write(f"{number} = 0")
    with scope.block(
        {"count": f"while {number} < 1:", "break": "while True:", "pop": f"while {number}:"}[form]
    ) as body:
        inside(body, target)
        body.write({"count": f"{number} += 1", "break": "break", "pop": f"{number}.pop()"}[form])


_PLACES = [
    _function,
    _function_with_values,
    _loop,
    _loop_over_dependencies,
    _decided,
    _undecided,
    _class,
    _guarded,
    _renamed,
    _while,
    _members,
    _jumps,
    _failure,
    _manager,
    _match,
    _proxy,
    _facade,
    _late,
]
