"""Tokens: held against the tokenizer of the standard library, and against input made to hurt."""

from __future__ import annotations

import io
import sys
import sysconfig
import time
import tokenize
from pathlib import Path

import pytest

from fastapi_lint.syntax.tokens import Tokens, comment_spans, continued_lines, joined_lines, line_offsets, tokenise

LIBRARY = Path(sysconfig.get_path("stdlib"))
SAMPLES = [
    "argparse.py",
    "ast.py",
    "dataclasses.py",
    "decimal.py",
    "textwrap.py",
    "tokenize.py",
    "enum.py",
    "ipaddress.py",
]


def texts(text: str) -> list[str]:
    """The tokens of a text that is in order."""
    tokens = tokenise(text)
    assert (tokens.broken, tokens.unclosed) == (None, None)
    check_invariants(text, tokens)
    return tokens.texts


def check_invariants(text: str, tokens: Tokens) -> None:
    """What holds for the tokens of any text."""
    assert len(tokens.texts) == len(tokens.starts) == len(tokens.ends)
    position = 0
    for token, start, end in zip(tokens.texts, tokens.starts, tokens.ends, strict=True):
        assert position <= start < end
        assert text[start:end] == token
        position = end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("# only a comment", ""),
        ("x = 1", "x = 1"),
        ("f(a, *b)[1:2]", "f ( a , * b ) [ 1 : 2 ]"),
        ("a;b ;; c", "a b c"),
        ("a  # c, (\n\n  b", "a b"),
        ("a \\\n b \\\r\n c \\\r d", "a b c d"),
        ("\x0ca\x0c b", "a b"),
        ("x->y:=z**=a//b>>=c...d.e", "x -> y := z **= a // b >>= c ... d . e"),
        ("a!=b<=c==d<>e@=f~g", "a != b <= c == d < > e @= f ~ g"),
        ("from ....a import b", "from ... . a import b"),
        ("0xfor x", "0xf or x"),
        ("1if x else 2", "1 if x else 2"),
        ("0b1_0 0o7 0XfF 1_0 1. .5 1.5e-3 1e5j 1.e1 00", "0b1_0 0o7 0XfF 1_0 1. .5 1.5e-3 1e5j 1.e1 00"),
        ("1..real 1else", "1. . real 1 else"),
        ("é नमस्ते ℘· x\u0301", "é नमस्ते ℘· x\u0301"),
        ("'a' \"b\" r'\\d' rb'c' Br'd' u'e' U'f'", "'a' \"b\" r'\\d' rb'c' Br'd' u'e' U'f'"),
        ("return'a'", "return 'a'"),
        ("not\"a\"in'b'", "not \"a\" in 'b'"),
        ("x'a'", "x 'a'"),
        ("''''a'''", "''''a'''"),
        ("'''a'b''c'''", "'''a'b''c'''"),
        ("'''a\\'''b'''", "'''a\\'''b'''"),
        ("'' ''", "'' ''"),
        ("'\\'' '\\\\'", "'\\'' '\\\\'"),
        ("'a\\\nb' 'a\\\r\nb'", "'a\\\nb' 'a\\\r\nb'"),
        ("f''", "f' '"),
        ("f'a'", "f' '"),
        ("f'{a}'", "f' { a } '"),
        ("f'{{a}}'", "f' '"),
        ("f'{{{a}}}'", "f' { a } '"),
        ("f'{a!r:>{b}}c'", "f' { a ! r : { b } } '"),
        ("f'{a:=3}{(a:=3)}'", "f' { a : } { ( a := 3 ) } '"),
        ("f'{a=}{a != b}{a=!r}'", "f' { a = } { a != b } { a = ! r } '"),
        ("f'{a[\"b\"]}'", "f' { a [ \"b\" ] } '"),
        ("f'{a['b']}'", "f' { a [ 'b' ] } '"),
        ("f'{f'{f'{1}'}'}'", "f' { f' { f' { 1 } ' } ' } '"),
        ("f'{ {1: 2}[1] }'", "f' { { 1 : 2 } [ 1 ] } '"),
        ("f'{a:{{}}}'", "f' { a : { { } } } '"),
        ("f'\\N{DASH}{a}'", "f' { a } '"),
        ("rf'\\N{a}'", "rf' { a } '"),
        ("f'\\{a}\\'{b}'", "f' { a } { b } '"),
        ("fr'\\'{a}'", "fr' { a } '"),
        ("f'''a'b''{c}\n{\nd # e\n}'''", "f''' { c } { d } '''"),
        ('f"{a:\'>10}"', 'f" { a : } "'),
        ("t'{a}' Rt'{a}' tR'' fb'a'", "t' { a } ' Rt' { a } ' tR' ' fb 'a'"),
        ("f'{a}' 'b' f'{c}'", "f' { a } ' 'b' f' { c } '"),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert " ".join(texts(text)) == expected


def test_partners_of_brackets_and_formatted_strings() -> None:
    tokens = tokenise("f(a[0], f'{b}')")
    pairs = {(tokens.starts[opening], tokens.starts[closing]) for opening, closing in tokens.closing.items()}
    assert pairs == {(1, 14), (3, 5), (8, 13), (10, 12)}
    assert tokens.depth == 2


@pytest.mark.parametrize(
    ("text", "broken", "unclosed"),
    [
        ("(a", None, 0),
        ("a(b[c", None, 1),
        ("(a]", 2, 0),
        ("a)", 1, None),
        ("x = 'a\ny", 4, None),
        ("x = '''a\ny", 4, None),
        ('x = "a', 4, None),
        ("x = b'", 4, None),
        ("x = f'a", 4, None),
        ("x = f'{a", 4, None),
        ("x = f'{a}'", None, None),
        ("x = f'{a'", 4, None),
        ("x = f'}'", 4, None),
        ("x = f'{a:{b}'", 4, None),
        ("x = f'a\nb'", 4, None),
        ("x = f'{(]}'", 8, 6),
        ("(f'{a}", 1, 0),
        ("'a' 'b", 4, None),
    ],
)
def test_what_is_broken_or_unclosed(text: str, broken: int | None, unclosed: int | None) -> None:
    tokens = tokenise(text)
    check_invariants(text, tokens)
    assert (tokens.broken, tokens.unclosed) == (broken, unclosed)


@pytest.mark.parametrize("name", SAMPLES)
def test_same_as_the_standard_library(name: str) -> None:
    text = (LIBRARY / name).read_bytes().decode()
    offsets = line_offsets(text)
    tokens = tokenise(text)
    check_invariants(text, tokens)
    ours = []
    index = 0
    while index < len(tokens.texts):
        last = tokens.closing[index] if tokens.texts[index][-1] in "'\"" and index in tokens.closing else index
        ours.append((tokens.starts[index], tokens.ends[last]))
        index = last + 1

    theirs, comments, depth = [], [], 0
    for token in tokenize.generate_tokens(io.StringIO(text, newline="").readline):
        start, end = (offsets[line - 1] + column for line, column in (token.start, token.end))
        kind = tokenize.tok_name[token.type]
        if kind == "FSTRING_START":
            depth += 1
            if depth == 1:
                theirs.append((start, end))
        elif kind == "FSTRING_END":
            depth -= 1
            if not depth:
                theirs[-1] = (theirs[-1][0], end)
        elif kind == "COMMENT":
            comments.append((start, end))
        elif not depth and kind in ("NAME", "NUMBER", "STRING", "OP") and token.string != ";":
            theirs.append((start, end))
    assert ours == theirs
    assert list(comment_spans(text, tokens)) == comments


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("", (0,)),
        ("a", (0,)),
        ("a\n", (0, 2)),
        ("a\nb\n\n", (0, 2, 4, 5)),
        ("a\r\nb\rc\n", (0, 3, 5, 7)),
        ("\r\r\n\n", (0, 1, 3, 4)),
        ("a\x0b\x0c\x1c\x85\u2028b", (0,)),
    ],
)
def test_line_offsets(text: str, offsets: tuple[int, ...]) -> None:
    assert line_offsets(text) == offsets


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("# a", ["# a"]),
        ("x # a\n# b\r\n#c\r#d", ["# a", "# b", "#c", "#d"]),
        ("'#' # a '#'\n\"# b\"", ["# a '#'"]),
        ("f'#{a}#' # b", ["# b"]),
        ("f'''{a # b\n}#'''", ["# b"]),
        ("f'{a:#}' f'{a:#{b}#}'", []),
        ("x = 1 # é 😀 # b", ["# é 😀 # b"]),
        ("# a \\\n# b", ["# a \\", "# b"]),
        ("'''\n# a\n'''  # b", ["# b"]),
    ],
)
def test_comments(text: str, comments: list[str]) -> None:
    assert [text[start:end] for start, end in comment_spans(text, tokenise(text))] == comments


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("x = 1\ny = 2\n", ()),
        ("f(\n)\n", ((1, 2),)),
        ("x = [\n  (\n  )\n]\ny = 1\nz = {\n}", ((1, 4), (6, 7))),
        ("f(\n)(\n)\ng()", ((1, 3),)),
        ("'''a\nb'''", ((1, 2),)),
        ("x = '''a\n\n''' + f(\n)", ((1, 4),)),
        ("x = 1 + \\\n 2\ny", ((1, 2),)),
        ("x = \\\n \\\n 2\ny", ((1, 3),)),
        ("x = 1 # a \\\ny", ()),
        ("# a \\\n# b", ()),
        ("'a\\\nb'", ((1, 2),)),
        ("f'''a\n{b}\n'''", ((1, 3),)),
        ("f'{\na\n}'", ((1, 3),)),
        ("if x: y = (\n1)\n'\\n'", ((1, 2),)),
        ("f(\r\n)\r\nx = (\r1)\r", ((1, 2), (3, 4))),
        ("'\"\"\"'\nx = '\\\\'\n", ()),
        ("'''a'''; '''b\n'''; '''c\n'''\n", ((1, 3),)),
        ("(\n", ()),
    ],
)
def test_joined_lines(text: str, lines: tuple[tuple[int, int], ...]) -> None:
    tokens, offsets = tokenise(text), line_offsets(text)
    assert joined_lines(tokens, offsets, continued_lines(text, tokens, offsets)) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("f(\n  1,\n)\n", ()),
        ("f(\n  '''a\n  b''',\n  c)\n", ((2, 3),)),
        ("f(\n  a + \\\n  b,\n  c)\n", ((2, 3),)),
        ("f(\n  f'''a\n  {b}''',\n  f'{c}')\n", ((2, 3),)),
        ("x = '''a\nb''' + '''c\nd'''\n", ((1, 3),)),
        ("x = 1 \\\n\ny", ((1, 2),)),
        ("x = 1 # a \\\ny", ()),
        ("'a\\\nb'", ((1, 2),)),
    ],
)
def test_lines_that_brackets_do_not_join(text: str, lines: tuple[tuple[int, int], ...]) -> None:
    assert continued_lines(text, tokenise(text), line_offsets(text)) == lines


MANY = 20_000
HOSTILE = {
    "escapes without end": "'" + "\\'" * MANY,
    "escapes without end, triple": '"""' + '\\"' * MANY,
    "formatted strings": "f'' " * MANY,
    "nested formatted strings without end": "f'{f\"{" * MANY,
    "names of characters without end": "f'\\N{f'\\N{" * MANY,
    "literal braces": "f'" + "{{" * MANY,
    "specifications": "f'{a:" * MANY,
    "quotes": "'" * MANY,
    "double quotes": '"' * (MANY + 1),
    "brackets": "(" * MANY,
    "closing brackets": ")" * MANY,
    "backslashes": "\\" * MANY,
    "continuations": "\\\n" * MANY,
    "comments": "#\n" * MANY,
    "hashes": "#" * MANY,
    "hashes in strings": "'#' # '\n" * MANY,
    "underscores": "0_" * MANY,
    "digits": "1" * MANY,
    "hexadecimal": "0x" + "_f" * MANY,
    "triple quotes and continuations": "'''a''' \\\n" * MANY,
    "space": " " * MANY + "$",
    "nothing": "\x00" * MANY,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_time_in_proportion(name: str) -> None:
    text = HOSTILE[name]
    start = time.process_time()
    tokens = tokenise(text)
    offsets = line_offsets(text)
    list(comment_spans(text, tokens))
    joined_lines(tokens, offsets, continued_lines(text, tokens, offsets))
    check_invariants(text, tokens)
    assert time.process_time() - start < 5, "quadratic: a tenth of this is usual"


def test_recursion_is_not_used() -> None:
    limit = sys.getrecursionlimit()
    assert tokenise("f'{" * limit * 2).broken == 0
    assert tokenise("f'{" * limit * 2 + "}'" * limit * 2).depth == limit * 2
