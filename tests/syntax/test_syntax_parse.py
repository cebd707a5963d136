"""Parsing: places and words of syntax errors, the switch of validation, the deep stack."""

from __future__ import annotations

import subprocess
import sys
import threading

import libcst
import pytest

from fastapi_lint.syntax import parse
from fastapi_lint.syntax.deep_stack import call_with_deep_stack, has_ample_stack, start_deep_thread
from fastapi_lint.syntax.faults import SyntaxFault, Unanalysable
from fastapi_lint.syntax.tokens import line_offsets, tokenise


def parse_text(text: str) -> libcst.Module:
    """The tree of a text."""
    return parse.parse_module(text, tokenise(text), line_offsets(text))


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("def f(:\n", 1, 7, "invalid syntax, expected"),
        ("x = 1\nprint 'a'\n", 2, 7, "invalid syntax"),
        ("x = 1\nexec 'a'\n", 2, 6, "invalid syntax"),
        ("f(\n  1,\n  2 3\n)\n", 3, 5, "invalid syntax"),
        ("x = foo(1\ny = 2\n", 1, 8, "'(' was never closed"),
        ("x = [1\n", 1, 6, "invalid syntax"),
        ("x = (1]\n", 1, 7, "']' has no matching bracket"),
        ("x = 1)\n", 1, 6, "')' has no matching bracket"),
        ("x = 1\ny = 'a\nz\n", 2, 5, "no end"),
        ("x = 1\n\n'''a\nz\n", 3, 1, "no end"),
        ("x = f'{a'\n", 1, 5, "no end"),
        ("x = f'{a b}'\n", 1, 10, "invalid syntax"),
        ("if x:\npass\n", 2, 1, "expected an indented block"),
        ("x = 1\n  y = 2\n", 2, 3, "invalid syntax"),
        ("  x = 1\n", 1, 3, "invalid syntax"),
        ("if a:\n    b\n  c\n", 3, 4, "dedent"),
        ("if a:\n\tb\n        c\n", 3, 1, "tabs"),
        ("x = 1\ny = 0777\n", 2, 5, "leading zeros"),
        ("x = 1\ny = $\n", 2, 5, "not a valid character"),
        ("x = 1\ny = a\\ b\n", 2, 7, "line continuation"),
        ("x = 1 +\n", 1, 7, "invalid syntax"),
        ("é = = 3\n", 1, 5, "invalid syntax"),
        ("x = 1\r\ny = = 3\r\n", 2, 5, "invalid syntax"),
        ("x = 1\ry = = 3\r", 2, 5, "invalid syntax"),
        ("try:\n a\nb\n", 3, 1, "'except' or 'finally'"),
        ("f(a=1, 2)\n", 1, 8, "invalid syntax, expected"),
        ("a `b`\n", 1, 3, "not a valid character"),
        ("\ufeffx = 1\n", 1, 1, "byte order mark"),
    ],
)
def test_syntax_errors(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(SyntaxFault) as caught:
        parse_text(text)
    error = caught.value
    assert message in error.message
    assert "parser error" not in error.message and "\n" not in error.message
    assert (error.line, error.column) == (line, column)


@pytest.mark.parametrize("text", ["x = " + "[" * 40 + "1 2" + "]" * 40, "x = " + "f(" * 40 + "1 2" + ")" * 40])
def test_errors_in_deep_brackets_do_not_take_forever(text: str) -> None:
    with pytest.raises(SyntaxFault):
        parse_text(text)


def test_a_lone_surrogate() -> None:
    with pytest.raises(SyntaxFault, match="surrogate") as caught:
        parse_text("x = 1\ny = '\ud800'")
    assert (caught.value.line, caught.value.column) == (2, 6)


@pytest.mark.parametrize("text", ["x = 1\n(y): int = 2\n", "class A(metaclass=M, *bases): pass\n"])
def test_valid_syntax_that_libcst_does_not_know(text: str) -> None:
    with pytest.raises(Unanalysable, match="libcst cannot parse this valid syntax"):
        parse_text(text)


def test_raw_template_strings_with_either_prefix() -> None:
    assert isinstance(parse_text("x = tr'\\d{a}' + Tr\"b\"\n"), libcst.Module)


MODERN = """
type Pair[T: int = int, *Ts = *tuple[int, ...], **P = [int]] = tuple[T, T]
def f[T](a: T, /, *args: *Ts, b: T = 1) -> T: ...
class A[T](B): ...
with (open(a) as b, open(c) as d,): pass
match x:
    case {"a": [1, *_], **rest} | A(b=c) if d: pass
try: ...
except* (A, B) as group: ...
try: ...
except A, B: ...
x = f"{a["b"]}{f"{c!r:>{d}}"}{
    e  # comment
}"
y = t"{a}" rt"{b}"
z = [*a for a in b], {**a for a in b}, a[*b, 1:2]
lambda: (yield)
if (n := 10) > 5: pass
async def g():
    return [await a async for a in b]
"""


def test_syntax_up_to_python_3_14() -> None:
    assert parse_text(MODERN).code == MODERN


def test_validation_is_off_during_parsing_only() -> None:
    before = libcst.CSTNode.__post_init__
    parse_text("x = 1\n")
    with pytest.raises(SyntaxFault):
        parse_text("x = = 1\n")
    assert libcst.CSTNode.__post_init__ is before
    with pytest.raises(libcst.CSTValidationError):
        libcst.Name("")


def test_validation_comes_back_after_parsing_in_threads() -> None:
    before = libcst.CSTNode.__post_init__
    text = "x = f(1, 2)\n" * 300
    threads = [threading.Thread(target=parse_text, args=(text,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert libcst.CSTNode.__post_init__ is before


def test_expressions() -> None:
    def parse_expression(text: str) -> libcst.BaseExpression:
        return parse.parse_expression(text, tokenise(text))

    node = parse_expression(" a\n | b  # c")
    assert isinstance(node, libcst.BinaryOperation) and len(node.lpar) == 1
    for text in ("", "a b", "a)+(b", "x = 1", "pass", "(a", "# c"):
        with pytest.raises(SyntaxFault):
            parse_expression(text)


def test_who_has_an_ample_stack() -> None:
    found: list[bool] = []
    thread = threading.Thread(target=lambda: found.append(has_ample_stack()))
    thread.start()
    thread.join()
    start_deep_thread(lambda: found.append(has_ample_stack())).join()
    assert found == [False, True]
    assert call_with_deep_stack(has_ample_stack)


def test_a_call_that_never_ends_holds_nobody_up() -> None:
    forever = threading.Event()
    waiting = threading.Thread(target=lambda: call_with_deep_stack(forever.wait), daemon=True)
    waiting.start()
    assert call_with_deep_stack(lambda: 1) == 1
    forever.set()
    waiting.join()


@pytest.mark.parametrize("kilobytes", [256, 512])
def test_small_stacks(kilobytes: int) -> None:
    script = f"""
import threading
from fastapi_lint.facts.extract import extract
from fastapi_lint.text.source import Source
def run():
    for text in (
        "".join(" " * level + "if a:\\n" for level in range(98)) + " " * 98 + "b\\n",
        "x = " + "f(lambda a=[" * 7 + "1" + "]: 0)" * 7,
        "x = 1" + " + 1" * 59,
    ):
        extract(Source.from_bytes(text.encode(), "a.py"))
    print("done")
threading.stack_size({kilobytes} * 1024)
thread = threading.Thread(target=run)
thread.start()
thread.join()
"""
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, "done\n", "")


def test_deep_stack() -> None:
    def depth(count: int) -> int:
        return 1 + depth(count - 1) if count else 0

    limit, size = sys.getrecursionlimit(), threading.stack_size()
    assert call_with_deep_stack(lambda: depth(3_000)) == 3_000
    assert call_with_deep_stack(lambda: call_with_deep_stack(lambda: depth(3_000))) == 3_000
    with pytest.raises(ZeroDivisionError):
        call_with_deep_stack(lambda: 1 // 0)
    with pytest.raises(RecursionError):
        call_with_deep_stack(lambda: depth(1_000_000))
    assert (sys.getrecursionlimit(), threading.stack_size()) == (limit, size)
