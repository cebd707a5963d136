"""Texts in which all syntax stands in its odd forms: parentheses, commas, comments and space wherever they may."""

from __future__ import annotations

EXPRESSIONS = r"""
f(x for x in y), g((x for x in y)), h( ( x ) ), f(x for x in y if z)(a)
((a)).b.c ( ( 1 ) , * b , ** c , d = ( e ) , )
(1, 2, ), (1, 2 ), ( ), (( )), ((a), (b)), ((a, b),), ((1),), (*a, b), (*a,)
a[1: ], a[ : ], a[::], a[1:2:3], a[:, ...], a[*b], a[*b, 1:], a[(1, 2)], a[1,], a[()], a[b][c], (a)[(b)]
a[b:=c], a[-1 :]
not a, - 1, ~ b, + c, not - a, -(-(a)), not(a)
lambda: 0, lambda a, /, b=1, *c, d, e=(2), **f: (a), lambda *, a: a, lambda a, : a, lambda *a, : a, (lambda: (yield))
lambda a=lambda: 0, *b: a, lambda a, /, : a, lambda **a, : a
a if b else c, (a) if (b) else (c), a if(b)else c, (a)if(b)else(c), a if b else c if d else e
{**a, 'b': 1, "c" : (2), }, {1, *a, }, [*a, (b), ], {}, [], {**{**a}}, {a: lambda: b}
{a: b for a in c if d if (e)}, {a for a in b}, [a for a, in b for c in d]
{**a for a in b}, [*a for a in b], {*a for a in b}
[a async for a in b if await c], (a for a in b for c in (d) if (e)), [1for x in y]
(await c), await c.d(), (a := b), f(a := 1), f((a := 1), b), [a := 1, b], {a := 1}
a < b <= c != d is e is not f in g not in h == i > j >= k, a not  in b, a is  not b, (a) < (b)
a and b or not c and (d or e), (a) and (b)
1 + 2 - 3 * 4 / 5 // 6 % 7 @ 8 ** -9 << 1 >> 2 & 3 | 4 ^ 5, (a)+(b), a ** b ** c, (a | b) | c
"a" 'b' "c" r'\d' u"x", ("a" "b"), b'a' rb"\x" Rb'c'
"a" f"{b}" "c", f"{a}" 'x' f'{b}' rf'{c}', f"{a}" "{b}" f"{c}"
f"", f'{a}', f"{a!r}", f"{a:>{b}}", f"{a!s:{b}.{c}}", f'{a=}', f"{a = !r:>10}", rf"\d{a}\\"
f"{{}}{a}}}", f'\N{EN DASH}{a}\n'
F"{a:{{}}}", f"{a['b']}{a["c"]}", f'{f'{f'{1}'}'}', f"{ {1: 2}[1] }", f"{(lambda x: 1)}", f"{a:%H:%M}"
f"{a:=3}", f"{(a:=3)}"
f"{a!r:^{b}}" "c", f"{a:{b:{c}}}", f"{a}{b}c{d}", f"{'a' 'b'}", f"{*a, b}", f"{a,}", f"{a:\n}", rf"{a:\d}"
f"\{a}", f"{ a  }"
f"{a != b}", f"{a:!r}", f"{a:'>10}", f'{a:">10}', f"{a}#{b}", f'{a["#"]}', (f"{a}"), f"{(a)}"
f"{a.b(c)[d]}", f"{a if b else c}"
t"{a}b{c!r:{d}}", rt'{a}', (t'')
0x_fF, 0b1, 0o7, 1_000, 1., .5, 1e5, 1.5e-3, 1j, 1_0.0_1e+1_0J, (1), 0xfor x, 1if x else 2
1 if 2else 3, 99999999999999999999999
"a"if"b"else"c", not"a", a.b . c, ..., a[...], None, (None), True, False, é.ü, नमस्ते, ℘·, '😀' + y, f('😀', z)
print(*a,**b), f(a)(b)[c].d, (((a))), ((a)), f(**a, b=1), f(*a, b, *c), f(a, b=(c), *(d), **(e))
"""
"""One expression or tuple a line."""

STATEMENTS = {
    "assignments": """\
x = y = (z) = 3
x: int; x: int = 3; x.y: 'str' = (1)
x[0]: int
x += 1; x @= (2); x //= 3; x **= 4; x >>= 5; x <<= 5; x &= 1; x |= 1; x ^= 1; x %= 1; x -= 1; x *= 2; x /= 3
a, b = c, = *d, e
(a, b), [c, *d] = e
x = 1, ; y = 2,  # c
x = yield_
type X = int
type X[T, *U] = (T) ; x
type = 1; match = 2; case = 3; _ = 4; lazy = 5
match(a); match[b]; case(c); type(d)
""",
    "functions": """\
@a
@ b . c ( 1 )
@(d)
# comment

async  def  f ( a , / , b : int = 1 , * , c , d : ( str ) = ( 2 ) , ** e , ) -> ( int ) : return  1
def f(*a: *b): pass
def f(a, /): pass
def f(*, a): pass
def f(*a, b, c=1, **d): "doc"
def f[T: int = str, *Ts = *U, **P](a: T) -> T: ...
def f(
    a,  # (
    b = [
        1],
):

    '''doc'''
    x
    # comment

def g():
    def h():
        yield
    class A:
        def i(self): return lambda: (yield)
    (yield), (yield a), (yield from b)
    a = yield
    a = yield b, c
    b = yield from c
    async def j():
        await k
    return
def g(): return 1, 2
def g(): return (1)
def g(): return *a, b
""",
    "classes": """\
class A [ T ] ( B , metaclass = M ) : x : T
class A: pass
class A(): pass
class A(*b, **c): pass
@a
class A(b.c[d], e=f,):
    '''
    doc
      indented
    '''
    x: int = 1

    class B:
        def f(self): pass
""",
    "imports": """\
import a, b . c as d
import a.b.c
from . import a
from .. a . b import ( c as d , e , )
from ... import *
from .... import x
from a import b, c as d
from a import (
    b,  # c
    d
)
lazy import x, y as z
lazy from a import b
""",
    "exceptions": """\
try:
    a
except A as b:
    c
except (A, B): d
except (A): d
except A, B:
    c
except:
    e
else: f
finally : g
try: a
except* (A): b
except * B as c: d
try: a
finally: b
raise
raise a
raise a from (b)
assert a, (b)
assert (a)
""",
    "with": """\
with a: pass
with (a): pass
with (a), (b): pass
with (a, b): pass
with (a as b, c as (d), ): pass
with (a) as b, c: pass
with (yield): pass
with a as (b, c), d as [e]: pass
with (a.b(c)) as d: pass
with (a, b) as c: pass
with (
    a,
    b as c
): pass
async def f():
    async  with a as b, c: pass
    async with (a): pass
    async  for a in b: pass
    else: d
""",
    "loops": """\
for a, b in c: pass
for (a) in (b): pass
for a in b, c:
    break
else:
    continue
for x in *a, b: pass
for x, in y: pass
while (a): b
else : c
if a: b; c ;
elif (d): e
elif f: g
else: h
if a:
    pass
else:
    if b: pass
# c
if not(a):
    pass; pass
# d

else:
    # e
    y
# f
global a, b
def f():
    nonlocal c, d
    del a, c[d]
    del (a)
    del [a]
    del a.b
""",
    "match": """\
match a:
    case 1 | 2: pass
    case -1 | 1+2j | 'a' 'b' | b.c | None | True: pass
    case [a, *_, b]: pass
    case (a, *b): pass
    case a, b: pass
    case a,: pass
    case *a,: pass
    case {'a': 1, b.c: d, -1: e, **f}: pass
    case {}: pass
    case {**e}: pass
    case A(): pass
    case A.B(1, c, d=2, e=(f),): pass
    case (a): pass
    case ((a) | (b)) as c if (d): pass
    case (1 as a): pass
    case []: pass
    case (): pass
    case [[a], (b, c), {'d': [e]}]: pass
    case [a] | [a, _]: pass
    case _: pass
    case a: pass
match a, b:
    case _: pass
match (a):
    case _: pass
match *a, b:
    case c if d: pass
""",
}

LINES = {
    "CRLF": "x = 1\r\ny = (\r\n 2)\r\n'''a\r\nb'''\r\nif x:\r\n  z  # noqa\r\n",
    "lone CR": "x = 1\ry = 2\rif x:\r  z\r",
    "mixed newlines": "x = 1\r\ny = 2\rif x:\n  z\r\n",
    "tabs": "if x:\n\ty = 1\n\tif z:\n\t\tw\n",
    "no newline at the end": "x = 1",
    "no newline behind a block": "if x:\n  y",
    "empty": "",
    "only newlines": "\n\n",
    "only comments": "# only\n# comments",
    "space at the end": "x = 1  \n  \n",
    "backslashes": "x = \\\n  1 + \\\n 2\nif a and \\\n  b:\n   pass\n",
    "comments everywhere": (
        "x = (  # a (\n 1  # b )\n)\ndef f(  # a\n  b,  # c\n):  # d\n  # e\n  return (  # f\n    b\n  )  # g\n"
    ),
    "triple quotes": 'x = """a\n"b" \'\'\'\n""" + f"""{\n  a\n}\n{b}"""\n',
    "decorated later": "@a\n\n# b\n\ndef f(): pass\n",
}

SAMPLES = {
    **{f"expressions {number}": line for number, line in enumerate(EXPRESSIONS.strip().split("\n"))},
    **STATEMENTS,
    **LINES,
}
