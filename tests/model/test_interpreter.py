"""What import time leaves in the names of a module, held against Python itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from linking import project_of
from namespaces import assert_like_python, describe, names_of
from running import linked

from fastapi_lint.model.interpreter import limits
from fastapi_lint.model.values import Literal, Unknown

CASES = {
    "constants": """
        number, negative, fraction, text, raw, flag, nothing = 1, -1, 1.5, "a" "b", b"x", True, None
        first = second = "both"
        annotated: str = "annotated"
        joined = "a" + "b" + str(3)
        formatted = "%s/%d" % ("v", 1) + "%s" % "x"
        calculated = (2 + 3) * 4 - 6 // 2
        lower = "API".lower().strip("/").replace("a", "o").removesuffix("i")
        path = "/".join(["", "api", "v1"])
        parts = "a.b.c".split(".")
        last = parts[-1]
        character = "abc"[0]
        slices = [parts[1:], text[:1]]
        tested = [1 == 1, 1 != 1, "a" in "abc", "a" in ["a"], not 1, 1 < 2, 1 if flag else 2]
        spoken = "{}/{name}".format("a", name="b")
        """,
    "f-strings": """
        VERSION, NUMBER = "v1", 3
        class Paths:
            root = "/root"
        one = f"/api/{VERSION}"
        two = f"{Paths.root}/{VERSION.upper()}/{NUMBER + 1}/{{literal}}"
        three = f"{one}{two!s}"
        """,
    "sequences": """
        base = ["a", "b"]
        more = [*base, "c"]
        summed = base + ["d"] + list(("e",))
        grown = []
        grown.append("x")
        grown.extend(["y", "z"])
        grown.insert(0, "w")
        grown += ["end"]
        alias = grown
        alias.append("through an alias")
        pair = 1, "two"
        a, b = pair
        (c, (d, e)) = (1, (2, 3))
        head, *rest = [1, 2, 3]
        key, = {"k": 1}
        letter, other = "ab"
        taken, = iter(["t"])
        *start, end = base
        unique = {"a", "b"}
        unique.add("c")
        count = len(more)
        numbered = list(enumerate(base))
        indexed = list(enumerate(base, 1))
        zipped = list(zip(base, [1, 2]))
        ordered = sorted(["b", "a"])
        backwards = list(reversed(base))
        repeated = [0] * 3
        ranged = list(range(3)) + list(range(1, 7, 3))
        copied = base.copy()
        copied.append("only in the copy")
        several = [x for xs in [[1], [2, 3]] for x in xs]
        popped = base.pop()
        """,
    "dictionaries": """
        base = {"a": 1, "b": 2}
        more = {**base, "c": 3}
        merged = base | {"d": 4}
        made = dict(x=1, **base)
        made["y"] = 5
        made.update({"x": 6}, z=7)
        found = made["x"]
        missing = made.get("none", "default")
        nothing = made.get("none")
        keys = list(base)
        values = list(base.values())
        items = [f"{key}={value}" for key, value in base.items()]
        nested = {"outer": {"inner": "deep"}}
        deep = nested["outer"]["inner"]
        mapped = dict([("k", "v")])
        inside = "a" in base
        popped = made.pop("y")
        default = made.setdefault("fresh", [])
        default.append("item")
        def take(**options): return options
        passed = take(**base, own=True)
        """,
    "comprehensions": """
        names = ["users", "items"]
        paths = [f"/{name}" for name in names]
        some = [name for name in names if name != "users"]
        table = {name: f"/{name}" for name in names}
        unique = {name[0] for name in names}
        lazy = tuple(name.upper() for name in names)
        crossed = [(a, b) for a in (1, 2) for b in "xy".upper().split("Y")]
        nested = [[inner for inner in range(2)] for _ in names]
        name = "kept"
        after = [name for name in names] and name
        """,
    "loops": """
        made = []
        for name in ("a", "b", "c", "d"):
            if name == "b":
                continue
            if name == "d":
                break
            made.append(name)
        else:
            made.append("never")
        for index, name in enumerate(made):
            made[index] = name
        for name in []:
            pass
        else:
            done = True
        for key, value in {"k": "v"}.items():
            pair = key + value
        total = 0
        for number in range(4):
            total += number
        for outer in (1, 2):
            for inner in (1, 2):
                if inner == 2:
                    break
                total = total + 10
        """,
    "while loops": """
        count, made = 0, []
        while count < 3:
            made.append(count)
            count += 1
        while False:
            made.append("never")
        else:
            done = True
        """,
    "conditions": """
        DEBUG = False
        if DEBUG:
            path = "/debug"
        elif "x" == "x":
            path = "/x"
        else:
            path = "/other"
        value = None or "default"
        both = "first" and "second"
        if value is not None and not DEBUG:
            final = "yes"
        if isinstance(path, str):
            kind = "text"
        chained = 1 < 2 < 3
        """,
    "enumerations": """
        from enum import Enum, Flag, IntEnum, auto
        class Numbered(IntEnum):
            first = auto()
            third = 3
            fourth = auto()
        class Bits(Flag):
            one = auto()
            two = auto()
            four = auto()
        class Own(Enum):
            @staticmethod
            def _generate_next_value_(name, start, count, last_values):
                return f"{name}-{count}"
            plain = auto()
            set_apart = "x"
            other = auto()
        automatic = [member.value for cls in (Numbered, Bits, Own) for member in cls]
        class Tag(str, Enum):
            users = "users"
            items = "items"
            def path(self): return f"/{self.value}"
            @property
            def title(self): return self.name.title()
        class Code(IntEnum):
            ok = 200
            made = 201
        class Plain(Enum):
            a = 1
            b = "two"
        member = Tag.users
        value = Tag.users.value
        name = Tag.items.name
        prefix = "/" + Tag.items.value
        formatted = f"/{Tag.items.value}"
        all_values = [tag.value for tag in Tag]
        members = list(Plain)
        method = Tag.users.path()
        title = Tag.users.title
        equal = Tag.users == "users"
        looked_up = Tag("items")
        indexed = Tag["users"]
        number = Code.made + 1
        """,
    "functions": """
        def plain(): return "plain"
        def nothing(): pass
        def early(flag):
            if flag:
                return "early"
            return "late"
        def default(a, b="b", *, c="c"): return a + b + c
        def star(*args, **kwargs): return args, kwargs
        def mixed(first, /, second, *rest, only, **more): return [first, second, rest, only, more]
        results = [plain(), nothing(), early(True), early(False)]
        defaults = [default("a"), default("a", "x"), default("a", c="y"), default(b="1", a="0")]
        starred = star(1, 2, a=3)
        everything = mixed(1, 2, 3, 4, only=5, extra=6)
        passed = mixed(*[1, 2], **{"only": 3})
        square = lambda x: x * x
        four = square(2)
        def forward(*args, **kwargs): return default(*args, **kwargs)
        forwarded = forward("a", c="z")
        """,
    "defaults of what a loop defines": """
        _functions = [lambda number=number: number for number in (1, 2)]
        numbers = [function() for function in _functions]
        for word in ("a", "b"):
            def take(value=word): return value
            numbers.append(take)
        taken = [numbers[2](), numbers[3]()]
        """,
    "closures": """
        def prefixer(prefix):
            def add(path):
                return prefix + path
            return add
        v1, v2 = prefixer("/v1"), prefixer("/v2")
        paths = [v1("/a"), v2("/b")]
        def counter():
            count = 0
            def increment():
                nonlocal count
                count += 1
                return count
            return increment
        step = counter()
        step()
        steps = step()
        def outer():
            x = "outer"
            def middle():
                def inner(): return x
                return inner
            return middle()()
        deep = outer()
        """,
    "globals": """
        registry = []
        current = None
        def configure(value):
            global current
            current = value
            registry.append(value)
        configure("one")
        configure("two")
        def shadow():
            current = "local"
            return current
        local = shadow()
        """,
    "decorators": """
        from functools import wraps
        seen = []
        def register(function):
            seen.append(function.__name__)
            return function
        def tagged(tag):
            def decorate(function):
                seen.append(tag + function.__name__)
                return function
            return decorate
        def wrapping(function):
            @wraps(function)
            def wrapper(*args, **kwargs):
                return ["wrapped", function(*args, **kwargs)]
            return wrapper
        @register
        def first(): return 1
        @tagged("t:")
        @register
        def second(): return 2
        @wrapping
        def third(x): return x
        @register
        class Fourth: ...
        called = [first(), second(), third(3)]
        def replacing(function): return "replaced"
        """,
    "attributes of functions": """
        def tagged(*tags):
            def decorate(function):
                function.tags = list(tags)
                return function
            return decorate
        @tagged("a", "b")
        def _first(): ...
        def _second(): ...
        setattr(_second, "path", "/x")
        tags, path = _first.tags, _second.path
        has = [hasattr(_first, "tags"), hasattr(_second, "tags"), hasattr(_second, "__name__")]
        found = [getattr(function, "tags", None) for function in (_first, _second)]
        """,
    "a decorator keeps its function in a dict": """
        handlers = {}
        def handler(name):
            def decorate(function):
                handlers[name] = function
                return function
            return decorate
        @handler("a")
        def one(): return "one"
        @handler("b")
        def two(): return "two"
        results = [function() for function in handlers.values()]
        """,
    "partials": """
        from functools import partial
        import functools
        def join(a, b, c="c"): return a + b + c
        one = partial(join, "a")
        two = functools.partial(one, c="z")
        results = [one("b"), two("b")]
        """,
    "classes": """
        class Base:
            prefix = "/base"
            tags = ["base"]
            def __init__(self, name, *, active=True):
                self.name = name
                self.active = active
                self.path = f"{self.prefix}/{name}"
                self.setup()
            def setup(self): self.kind = "base"
            def full(self): return self.path + "/full"
            @property
            def title(self): return self.name.title()
            @classmethod
            def build(cls, name="built"): return cls(name)
            @staticmethod
            def helper(x): return x + "!"
        class Child(Base):
            prefix = "/child"
            def __init__(self, name):
                super().__init__(name, active=False)
                self.extra = 1
            def setup(self): self.kind = "child"
            def full(self): return super().full() + "/child"
        class Grandchild(Child):
            tags = Base.tags + ["grand"]
        base, child, grand = Base("b"), Child("c"), Grandchild("g")
        attributes = [base.path, child.path, grand.path, child.active, grand.kind, grand.tags]
        methods = [base.full(), grand.full(), child.title, Base.helper("h"), child.helper("i")]
        built = Child.build("x").path
        base.name = "changed"
        Base.added = "later"
        late = child.added
        bound = base.full
        again = bound()
        named = [Base.__name__, child.__class__.__name__]
        """,
    "inheritance": """
        class Left:
            side = "left"
            def hello(self): return ["left"]
        class Right:
            side = "right"
            other = "right"
            def hello(self): return ["right"]
        class Both(Left, Right):
            def hello(self): return ["both"] + super().hello()
        class Root:
            def chain(self): return ["root"]
        class A(Root):
            def chain(self): return ["a"] + super().chain()
        class B(Root):
            def chain(self): return ["b"] + super().chain()
        class Diamond(A, B):
            def chain(self): return ["d"] + super().chain()
        both = Both()
        seen = [both.side, both.other, both.hello(), Diamond().chain()]
        checks = [issubclass(Both, Left), isinstance(both, Right), isinstance(both, Root)]
        """,
    "mixins and abstract classes": """
        from abc import ABC, abstractmethod
        from typing import Generic, TypeVar
        T = TypeVar("T")
        class Service(ABC, Generic[T]):
            model = None
            @abstractmethod
            def name(self): ...
            def path(self): return "/" + self.name()
        class Users(Service[int]):
            model = "user"
            def name(self): return self.model + "s"
        path = Users().path()
        """,
    "dataclasses": """
        from dataclasses import dataclass, field
        @dataclass
        class Base:
            name: str
            path: str = "/"
        @dataclass
        class Config(Base):
            tags: list = field(default_factory=list)
            debug: bool = False
            def full(self): return self.path + self.name
        config = Config("a", debug=True)
        other = Config("b", "/p", ["t"])
        seen = [config.name, config.path, config.debug, other.tags, other.full()]
        """,
    "dataclasses of Pydantic": """
        from pydantic.dataclasses import dataclass
        @dataclass
        class Entry:
            path: str
            tags: list = ()
        path, tags = Entry("/x").path, Entry("/y", ["t"]).tags
        """,
    "named tuples": """
        from typing import NamedTuple
        from collections import namedtuple
        class Entry(NamedTuple):
            path: str
            tag: str = "none"
        _Row = namedtuple("Row", "path, tag", defaults=["t"])
        _Cell = namedtuple("Cell", ["x", "y"])
        named = dict.__name__
        class Point(namedtuple("Point", "x y")):
            def total(self): return self.x + self.y
        rows = [(row.path, row.tag) for row in (_Row("/a"), _Row(path="/b", tag="u"))]
        x, y = _Cell(1, y=2)
        first, *others = Entry("/c")
        indexed = [Entry("/d")[0], _Cell(3, 4)[-1], Point(5, 6)[1], Point(5, y=6).total(), len(Entry("/e"))]
        spread = [*Point(7, 8), *(path for path, tag in [Entry("/f")])]
        _entries = [Entry("/a"), Entry("/b", "t")]
        seen = [(entry.path, entry.tag) for entry in _entries]
        unpacked = [path + tag for path, tag in [("x", "y")]]
        """,
    "class namespaces": """
        class Outer:
            BASE = "/outer"
            FULL = BASE + "/full"
            NAMES = [name for name in ("a", "b")]
            class Inner:
                value = "inner"
            table = {"k": Inner.value}
            if BASE:
                conditional = True
        seen = [Outer.FULL, Outer.NAMES, Outer.Inner.value, Outer.table, Outer().conditional]
        """,
    "callable instances": """
        class Adder:
            def __init__(self, value): self.value = value
            def __call__(self, more): return self.value + more
        added = Adder("v")("!")
        """,
    "reflection": """
        class Settings:
            first = "a"
            second = "b"
        settings = Settings()
        read = [getattr(settings, name) for name in ("first", "second")]
        missing = getattr(settings, "third", "default")
        class Child(Settings): ...
        classes = [issubclass(Child, Settings), issubclass(Settings, Child), isinstance(settings, (Child, Settings))]
        kinds = [isinstance("a", str), isinstance(1, str), isinstance([], (dict, list)), isinstance({}, list)]
        setattr(settings, "fourth", "set")
        fourth = settings.fourth
        known = [hasattr(settings, "first"), hasattr(settings, "none")]
        """,
    "walrus": """
        if (found := {"a": "b"}.get("a")):
            used = found
        squares = [y for x in (1, 2) if (y := x * x) > 1]
        last = y
        """,
    "context managers": """
        from contextlib import contextmanager
        class Scope:
            def __init__(self, name): self.name = name
            def __enter__(self): return self.name
            def __exit__(self, *args): ...
        with Scope("a") as name, Scope("b") as other:
            both = name + other
        @contextmanager
        def managed():
            yield "managed"
        with managed() as inside:
            value = inside
        """,
    "exceptions": """
        try:
            value = "tried"
        except ValueError:
            value = "handled"
        else:
            other = "else"
        finally:
            final = "final"
        def attempt():
            try:
                return "returned"
            finally:
                final = 1
        returned = attempt()
        try:
            raise KeyError("x")
        except KeyError:
            raised = "caught"
        """,
    "names of caught exceptions": """
        try:
            raise ValueError("x")
        except (ValueError, KeyError) as error:
            caught = "yes"
        try:
            number = 1
        except Exception as failure:
            number = 2
        """,
    "generators": """
        def paths():
            yield "/a"
            yield "/b"
        collected = list(paths())
        made = [path + "!" for path in paths()]
        def delegated():
            yield from paths()
            yield "/c"
        everything = list(delegated())
        """,
    "recursion": """
        def factorial(n):
            return 1 if n <= 1 else n * factorial(n - 1)
        five = factorial(5)
        def flatten(value):
            if not isinstance(value, list):
                return [value]
            result = []
            for item in value:
                result += flatten(item)
            return result
        flat = flatten([1, [2, [3]]])
        def even(n): return True if n == 0 else odd(n - 1)
        def odd(n): return False if n == 0 else even(n - 1)
        answer = even(6)
        """,
    "iterators": """
        _iterator = iter(["a", "b"])
        first, second, none = next(_iterator), next(_iterator), next(_iterator, "none")
        def numbers():
            yield 1
            yield 2
        number = next(numbers())
        _numbers = numbers()
        taken = [next(_numbers), next(_numbers)]
        from_keys = dict.fromkeys(["a", "b", "a"], 1)
        flags = dict.fromkeys("x y".split())
        spread = [*{"k": 1}, *("l",)]
        """,
    "functions that call others": """
        from functools import reduce
        numbers = list(map(lambda x: x + 1, [1, 2]))
        sums = list(map(lambda a, b: a + b, [1, 2], [10, 20]))
        upper = [*map(str.upper, [])] + list(map(lambda text: text.upper(), ["a"]))
        even = list(filter(lambda x: x != 1, [1, 2, 3]))
        there = list(filter(None, ["a", "", None, "b"]))
        by_length = sorted(["ccc", "a", "bb"], key=lambda text: len(text))
        by_second = sorted([("a", 2), ("b", 1)], key=lambda pair: pair[1], reverse=True)
        least, greatest = min([3, 1, 2]), max(1, 5, 3)
        longest = max(["a", "bbb"], key=len)
        total = reduce(lambda a, b: a + b, [1, 2, 3], 10)
        path = reduce(lambda a, b: f"{a}/{b}", ["x", "y"])
        """,
    "classes that know their subclasses": """
        known = []
        class Base:
            def __init_subclass__(cls, path="/default", **kwargs):
                super().__init_subclass__(**kwargs)
                cls.path = path
                known.append(cls.__name__)
        class First(Base, path="/first"): ...
        class Second(First): ...
        paths = [First.path, Second.path]
        def register(cls):
            known.append(cls)
            return cls
        @register
        class Third: ...
        has = [hasattr(Third, "x"), hasattr(First, "path")]
        """,
    "repetitions": """
        word = "a"
        kept = {"a": 1, f"{word}": 2}
        counted = {key: key for key in ["a", "a"]}
        pairs = dict([("a", 1), ("a", 2)])
        unique = sorted({word, "a", "b"})
        found = [any(name == "a" for name in unique), all(name == "a" for name in unique), any([]), all([])]
        added = [sum([1, 2]), sum([[1], [2]], [])]
        size = len({word, "a"})
        """,
    "namespaces of attributes": """
        from types import SimpleNamespace
        settings = SimpleNamespace(prefix="/api", debug=False)
        prefix = settings.prefix
        settings.debug = True
        setattr(settings, "name", "x")
        read = [settings.debug, settings.name]
        """,
    "caches": """
        from functools import cache, lru_cache
        class Settings: ...
        @lru_cache
        def _get_settings(): return Settings()
        @cache
        def _get_named(name, other=None): return Settings()
        @lru_cache(maxsize=None)
        def _fill(name): names.append(name)
        names = []
        _fill("a"), _fill("a"), _fill("b")
        _get_settings().prefix = "/x"
        prefix = _get_settings().prefix
        _get_named("a").prefix = "/a"
        _get_named("b").prefix = "/b"
        prefixes = [_get_named("a").prefix, _get_named("b").prefix]
        """,
    "something that is not None": """
        from fastapi.security import HTTPBearer
        from functools import partial
        def choose(guard=None):
            if guard is None:
                return "default"
            return "chosen"
        def given(): ...
        class Service:
            def method(self): ...
            def __len__(self): return 0
        chosen = [choose(value) for value in (given, partial(given), Service().method, Service(), HTTPBearer(), [], {})]
        chosen_by_truth = [bool(value or False) for value in (partial(given), Service().method)]
        """,
    "self-reference": """
        items = []
        items.append(items)
        table = {"a": 1}
        table["self"] = table
        """,
    "names used later": """
        def use(): return LATER
        LATER = "later"
        used = use()
        class Config:
            def path(self): return PREFIX + "/x"
        PREFIX = "/p"
        path = Config().path()
        """,
    "redefinition": """
        def thing(): return 1
        first = thing()
        def thing(): return 2
        second = thing()
        value = "a"
        value += "b"
        value = value + "c"
        """,
    "type aliases": """
        from typing import cast, Final
        LIMIT: Final = 3
        casted = cast(str, "value")
        casted_str = cast("list[str]", ["a"])
        """,
}


@pytest.mark.parametrize("case", CASES)
def test_names_hold_what_python_gives_them(case: str, tmp_path: Path) -> None:
    assert_like_python(CASES[case], tmp_path)


# what Python decides when it runs, and source code does not


UNDECIDED = "import os\nDEBUG = os.environ['DEBUG'] == '1'\n"


@pytest.mark.parametrize(
    ("source", "name", "expected"),
    [
        ("if DEBUG:\n    a = 1\nelse:\n    a = 2", "a", "<1 or 2>"),
        ("a = 1\nif DEBUG:\n    a = 2", "a", "<1 or 2>"),
        ("a = 1\nif DEBUG:\n    a = 1", "a", 1),
        ("a = 1 if DEBUG else 2", "a", "<1 or 2>"),
        ("b = 1 if DEBUG else 2\na = f'v{b}'", "a", "<v1 or v2>"),
        ("a = DEBUG or 'fallback'", "a", "<<unknown: an undecided comparison> or fallback>"),
        ("def f():\n    if DEBUG:\n        return 1\n    return 2\na = f()", "a", "<1 or 2>"),
        ("def f():\n    if DEBUG:\n        raise ValueError\n    return 2\na = f()", "a", 2),
        ("a = []\nif DEBUG:\n    a = ['x']", "a", "<['x'] or []>"),
        ("match os.name:\n    case 'nt':\n        a = 1\n    case _:\n        a = 2", "a", "<1 or 2>"),
        ("a = 0\nmatch os.name:\n    case 'nt':\n        a = 1", "a", "<0 or 1>"),
        ("try:\n    a = 1\nexcept ValueError:\n    a = 2", "a", 1),
        ("try:\n    a = missing\nexcept NameError:\n    a = 2", "a", 2),
        ("a = []\nfor x in os.listdir():\n    a.append(1)", "a", ["<perhaps 1>"]),
        ("a = [0]\nif DEBUG:\n    a += [1]\n    a.insert(0, 2)", "a", ["<perhaps 2>", 0, "<perhaps 1>"]),
        ("a = [x for x in (1, 2) if x == 2 or DEBUG]", "a", ["<perhaps 1>", 2]),
        ("a = {'x': 1}\nif DEBUG:\n    a['x'] = 2\n    a['y'] = 3", "a", {"x": "<1 or 2>", "y": "<perhaps 3>"}),
        ("if DEBUG:\n    b = []\n    b.append(1)\n    a = tuple(b)\nelse:\n    a = ()", "a", "<() or (1,)>"),
        ("b = [1]\nif DEBUG:\n    b.append(2)\na = [x + 1 for x in b]", "a", [2, "<perhaps 3>"]),
        (
            "b = []\nif DEBUG:\n    b.append(2)\na = len(b)",
            "a",
            "<unknown: the length of a collection that is not known>",
        ),
        ("b = {}\nif DEBUG:\n    b['k'] = 2\na = [*b.items()]", "a", ["<perhaps ('k', 2)>"]),
        ("b = []\nif DEBUG:\n    b.append(2)\na = 'some' if b else 'none'", "a", "<none or some>"),
        ("a = 'some' if DEBUG in {} else 'none'", "a", "none"),
        ("a = [1 for x in os.listdir()]", "a", "<list with []>"),
        ("for x in (1, 2):\n    if DEBUG:\n        continue\n    else:\n        break\na = x", "a", 2),
    ],
)
def test_undecided(source: str, name: str, expected: object) -> None:
    assert names_of(UNDECIDED + source)[name] == expected


def test_settings_are_assumed() -> None:
    names = (
        linked(
            {
                "main.py": """
                import os
                from pydantic_settings import BaseSettings
                class Settings(BaseSettings):
                    prefix: str = "/api"
                    debug: bool = False
                    name: str
                    @property
                    def full(self) -> str:
                        return self.prefix + "/v1"
                settings = Settings()
                prefix, full, name = settings.prefix, settings.full, settings.name
                formatted = f"{settings.prefix}/v2"
                given = os.getenv("PREFIX", "/default")
                if settings.debug:
                    choice = 1
                else:
                    choice = 2
                """
            }
        )
        .interpreter.linker.modules["main.py"]
        .scope.names
    )
    assert names["prefix"] == Literal("/api", assumed=True)
    assert names["full"] == Literal("/api/v1", assumed=True)
    assert names["formatted"] == Literal("/api/v2", assumed=True)
    assert names["given"] == Literal("/default", assumed=True)
    assert describe(names["choice"]) == "<1 or 2>"
    assert not isinstance(names["name"], Literal)


def test_what_is_registered_under_a_condition_is_conditional() -> None:
    project = project_of(
        UNDECIDED
        + """
from fastapi import APIRouter, FastAPI
app = FastAPI()
def setup(app, strict):
    @app.get("/before")
    def before(): ...
    if DEBUG:
        return
    @app.get("/after")
    def after(): ...
setup(app, True)
@app.get("/always")
def always(): ...
if DEBUG:
    @app.get("/debug")
    def debug(): ...
else:
    @app.get("/other")
    def other(): ...
for name in os.listdir():
    app.add_api_route("/listed", always)
try:
    import uvloop
    @app.get("/tried")
    def tried(): ...
except ImportError:
    @app.get("/handled")
    def handled(): ...
@app.get("/end")
def end(): ...
"""
    )
    assert {route.path: route.conditional for route in project.routes} == {
        "/before": False,
        "/after": True,
        "/always": False,
        "/debug": True,
        "/other": True,
        "/listed": True,
        "/tried": False,
        "/handled": True,
        "/end": False,
    }


def attribute(source: str, cls: str, name: str) -> object:
    interpreter = linked({"main.py": source}).interpreter
    (found,) = (known for known in interpreter.classes if known.name == cls)
    return describe(interpreter.instance_attributes(found).get(name, Unknown("nothing")))


def test_attributes_of_instances_that_nobody_was_seen_to_make() -> None:
    source = """
        class Repository: ...
        class Base:
            def __init__(self, name: str = "x"):
                self.repository = Repository()
                self.name = name
        class Service(Base):
            def __init__(self, other: Repository, untyped):
                super().__init__()
                self.other = other
                self.untyped = untyped
                self.pair, self.second = Repository(), 2
        """
    assert attribute(source, "Service", "repository") == {"": "<main.Repository>"}
    assert attribute(source, "Service", "other") == {"": "<main.Repository>"}
    assert attribute(source, "Service", "pair") == {"": "<main.Repository>"}
    assert attribute(source, "Service", "untyped") == "<unknown: the parameter 'untyped'>"


@pytest.mark.parametrize(
    "source",
    [
        "while True:\n    pass\nend = 1",
        "while True:\n    x = 1\nend = 1",
        "i = 1\nwhile i > 0:\n    i += 1\nend = 1",
        "def f(): return f()\nf()\nend = 1",
        "def f(n): return f(n + 1) + f(n + 2)\nf(0)\nend = 1",
        "def f(n):\n    for i in range(900):\n        f(n + 1)\nf(0)\nend = 1",
        "def f():\n    while True:\n        f()\nf()\nend = 1",
        "def f(): return g()\ndef g(): return f()\nx = f()\nend = 1",
        "class A:\n    def __init__(self): self.a = A()\nx = A()\nend = 1",
        "class A(A): ...\nend = 1",
        "class A:\n    @property\n    def a(self): return self.a\nx = A().a\nend = 1",
        "def f(x=f): return x\nf()\nend = 1",
        "x = x\nend = 1",
        "x = []\nfor y in x:\n    x.append(y)\nfor y in [1]:\n    x.append(y)\nend = 1",
        "x = [1]\nfor y in x:\n    x.append(y)\nend = 1",
        "def g():\n    yield from g()\nx = list(g())\nend = 1",
        "f = lambda: f()\nf()\nend = 1",
        "from functools import partial\ndef f(g): return partial(f, f)()\nf(f)\nend = 1",
        "x = 'a' * 10 ** 9\ny = [0] * 10 ** 9\nz = 10 ** 10 ** 10\nw = range(10 ** 12)\nend = 1",
        "x = 'a'\nfor i in range(1000):\n    x += x\nend = 1",
        "x = [1]\nfor i in range(1000):\n    x += x\nend = 1",
        "x = [1]\nfor i in range(1000):\n    x = x + x\nend = 1",
        "x = 2\nfor i in range(1000):\n    x = x * x\nend = 1",
    ],
)
def test_what_never_ends_ends(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CALL_STEPS", 3000)
    assert names_of(source)["end"] == 1


def test_steps_of_all_calls_together_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_STEPS", 100)
    source = "def f(n):\n    x = n\n    return x\n" + "f(1)\n" * 200 + "last = f(2)"
    interpreter = linked({"main.py": source}).interpreter
    assert interpreter.limits.steps <= 110
    assert names_of("def f(): return 1\n" + "a = f()\n" * 10)["a"] == 1


WRITTEN = """
    import os
    mode = "start"
    class Part:
        size = 1
        def __init__(self):
            self.size = 2
    class Settings:
        scheme, level = "basic", 0
        def __init__(self):
            self.prefix = "/a"
            self.part = None
    settings = Settings()
    def configure():
        global mode
        if os.path.exists("x"):
            settings.prefix = "/b"
            settings.scheme = "external"
            settings.part = Part()
            settings.only = 1
            mode = "changed"
        elif os.path.exists("y"):
            settings.scheme = "none"
        else:
            raise ValueError
        for name in os.listdir():
            setattr(settings, "level", 3)
        try:
            settings.read = 4
        except ValueError:
            settings.read = 5
    configure()
    part = settings.part.size
    """


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("settings.prefix", "</a or /b>"),
        ("settings.scheme", "<external or none>"),
        ("settings.only", 1),
        ("settings.level", "<0 or 3>"),
        ("settings.read", "<4 or 5>"),
        ("mode", "<changed or start>"),
        ("part", "<2 or <unknown: None has no attribute 'size'>>"),
    ],
)
def test_attributes_are_what_a_choice_left(expression: str, expected: object) -> None:
    assert names_of(WRITTEN + f"result = {expression}")["result"] == expected


MEMBERS = """
    import inspect
    class Entry:
        def __init__(self, default, index):
            self.default, self.index = default, index
    class Settings:
        second = Entry("/second", 2)
        first = Entry("/first", 1)
        other = 3
        def __init__(self):
            for name, entry in sorted(inspect.getmembers(self, self._is_entry), key=self._index_of):
                setattr(self, name, entry.default)
        def _is_entry(self, member):
            return isinstance(member, Entry)
        def _index_of(self, member):
            return member[1].index
    _settings = Settings()
    values = [_settings.first, _settings.second, _settings.other]
    functions = [name for name, _ in inspect.getmembers(Settings, inspect.isfunction) if "__" not in name]
    """


def test_members_of_instances_and_classes(tmp_path: Path) -> None:
    assert_like_python(MEMBERS, tmp_path)


def test_what_a_handler_leaves_is_assumed_where_nothing_is_known() -> None:
    interpreter = linked({"main.py": "try:\n    flag = read()\nexcept ValueError:\n    flag = False"}).interpreter
    assert interpreter.linker.modules["main.py"].scope.names["flag"] == Literal(False, assumed=True)


NARROWED = """
    import os
    unset, empty, given = os.getenv("A"), os.getenv("B", ""), os.getenv("C", "/c")
    found = "x" if os.path.exists("x") else None
    if found:
        first = found
    if found is None:
        second = found
    if not found and given:
        third = found
    if unset:
        fourth = unset
    if empty or os.path.exists("y"):
        fifth = empty
    sixth = given[1:] if given.startswith("/") else given
    """


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("first", "x"),
        ("second", None),
        ("third", None),
        ("fourth", "<unknown: what the setting 'unset' is when it is not left at its default>"),
        ("fifth", ""),
        ("sixth", "<<unknown: what the setting 'given' is when it is not left at its default> or c>"),
    ],
)
def test_names_are_what_the_condition_around_says(name: str, expected: object) -> None:
    assert names_of(NARROWED)[name] == expected


def test_descriptors_of_settings() -> None:
    source = """
        from traitlets import Bool, Type, Unicode
        from traitlets.config import Application
        class View: ...
        class Server(Application):
            prefix = Unicode("/api", config=True)
            debug = Bool(default_value=False)
            view = Type(View)
            name = Unicode()
        server = Server()
        values = [server.prefix, server.debug]
        view = server.view
        """
    names = names_of(source)
    assert names["values"] == ["/api", False]
    assert names["view"] == "<main.View>"


UNDECIDED_RECURSION = """
    import os
    class Node:
        def resolve(self, name):
            if os.path.exists(name):
                return self.resolve(name + "/a")
            if os.path.isdir(name):
                return self.resolve(name + "/b")
            return name
    end = Node().resolve("x")
    """


def test_a_recursion_that_nothing_ends_is_entered_once() -> None:
    interpreter = linked({"main.py": UNDECIDED_RECURSION}).interpreter
    assert interpreter.limits.steps < 20
    assert not interpreter.limits.cut_short


COMPUTING = """
    def compute(n):
        for i in range(900):
            n = n + 1
    def build(routers):
        compute(0)
        register(routers)
        return routers
    def register(routers):
        routers.append("registered")
    """


def test_what_takes_too_long_and_registers_nothing_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CALL_STEPS", 3000)
    monkeypatch.setattr(limits, "MAX_FRUITLESS_STEPS", 1500)
    monkeypatch.setattr(limits, "COSTLY_STEPS", 500)
    computing = COMPUTING + "def outer(): return compute(0)\n    first, *more = [outer() for i in range(9)]"
    alone = linked({"main.py": computing}).interpreter.limits
    assert 1500 <= alone.steps < 3000
    assert not alone.cut_short
    beside = linked({"main.py": "    import fastapi" + computing}).interpreter.limits
    assert 3000 <= beside.steps < 4500
    assert {function.name for function in beside.cut_short} == {"compute", "outer"}


def test_functions_beside_fastapi_are_entered_whatever_others_took(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CALL_STEPS", 800)
    monkeypatch.setattr(limits, "MAX_STEPS", 100)
    assert names_of(COMPUTING + "built = build([])")["built"] == []
    assert names_of("    import fastapi" + COMPUTING + "built = build([])")["built"] == ["registered"]


def test_depth_of_calls_is_limited() -> None:
    source = "def f(n, last): return n if n > last else f(n + 1, last)\n"
    names = names_of(source + "near, far = f(0, 30), f(0, 90)")
    assert names["near"] == 31
    assert "unknown" in str(names["far"])


def test_a_project_that_is_its_own_value() -> None:
    names = names_of("a = {}\na['a'] = a\nb = [a]\nb.append(b)\nclass C: ...\nc = C()\nc.c = c\nd = c.c.c.c")
    assert names["a"] == {"a": "<itself>"}
    assert names["b"] == [{"a": "<itself>"}, "<itself>"]
    assert names["d"] == {"": "<main.C>", "c": "<itself>"}


def test_a_format_of_its_own_is_not_known() -> None:
    names = names_of('NUMBER = 3\nPADDED = f"/v{NUMBER:03d}"\nPLAIN = f"/v{NUMBER!s}"\n')
    assert "unknown" in names["PADDED"]
    assert names["PLAIN"] == "/v3"


def test_generated_constructors_run_what_finishes_them() -> None:
    names = names_of(
        """
from dataclasses import dataclass, field

from attrs import define
from attrs import field as attribute


@dataclass
class Plain:
    names: list = field(default_factory=list)

    def __post_init__(self):
        self.names.append("plain")


@define(kw_only=True)
class Defined:
    prefix: str = "/a"
    names: list = attribute(factory=list)

    def __attrs_post_init__(self):
        self.names.append(self.prefix)


plain = Plain().names[0]
defined = Defined(prefix="/b").names[0]
"""
    )
    assert names["plain"] == "plain"
    assert names["defined"] == "/b"
