"""Questions about type values: what an annotation says, taken apart.

Types are the values that annotations evaluate to. Nothing here needs the interpreter. Answers about the nature of a
type are three-valued: True, False, or None where an external class or an unknown value leaves it open. What counts as a
scalar follows FastAPI, which has its own notion of it
(https://fastapi.tiangolo.com/tutorial/body/#request-body-path-query-parameters; observed on FastAPI 0.165).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.knowledge.types import (
    CONSTRAINED_TYPES,
    DATACLASS_BASES,
    DATACLASS_DECORATORS,
    GENERIC_ALIASES,
    ITERABLES,
    MAPPINGS,
    MODELS,
    QUALIFIERS,
    SCALAR_MODULES,
    SCALAR_PREFIXES,
    SCALARS,
    SEQUENCES,
    UPLOADS,
)
from fastapi_lint.model.values import (
    Ambiguous,
    Collection,
    EnumMember,
    External,
    ExternalResult,
    Literal,
    Parametrized,
    Unknown,
    Value,
    external_name,
)

ANNOTATED = "typing.Annotated"
UNION = "typing.Union"
LITERAL = "typing.Literal"
ELLIPSIS = "Ellipsis"

_ANNOTATED = frozenset({ANNOTATED, "pydantic.Json"})
_TEXT = frozenset({"str", "bytes"})
_COMPLEX = SEQUENCES | MAPPINGS | MODELS | UPLOADS | DATACLASS_BASES


# Taking a type apart


def split_annotated(type_: Value) -> tuple[Value, tuple[Value, ...]]:
    """The type and the metadata of an ``Annotated``; nested ones are flattened, inner metadata first, as Python does.

    Pydantic's ``Json[X]`` is an ``Annotated`` too. Any other type has no metadata.
    """
    metadata: tuple[Value, ...] = ()
    while isinstance(type_, Parametrized) and external_name(type_.origin) in _ANNOTATED and type_.arguments:
        own = type_.arguments[1:] if external_name(type_.origin) == ANNOTATED else (type_.origin,)
        metadata = own + metadata
        type_ = type_.arguments[0]
    return type_, metadata


def split_qualifiers(type_: Value) -> tuple[frozenset[str], Value]:
    """The names of the qualifiers around a type ("typing.ClassVar", "typing.Final", …) and the type in them."""
    names: set[str] = set()
    while True:
        if isinstance(type_, Parametrized) and external_name(type_.origin) in QUALIFIERS and type_.arguments:
            names.add(external_name(type_.origin))
            type_ = type_.arguments[0]
        elif external_name(type_) in QUALIFIERS:
            return frozenset({*names, external_name(type_)}), External("typing.Any")
        else:
            return frozenset(names), type_


def strip(type_: Value) -> Value:
    """The type without ``Annotated`` and without the None of an ``Optional``; of a union of several the union stays."""
    while True:
        bare = without_none(split_annotated(type_)[0])
        if bare is type_:
            return type_
        type_ = bare


def is_union(type_: Value) -> bool:
    """Whether the type is a union (``Optional`` is one)."""
    return isinstance(type_, Parametrized) and external_name(type_.origin) == UNION


def members(type_: Value) -> tuple[Value, ...]:
    """The members of a union, nested unions flattened; any other type is its only member."""
    if not is_union(type_):
        return (type_,)
    assert isinstance(type_, Parametrized)
    return tuple(inner for member in type_.arguments for inner in members(member))


def is_none(type_: Value) -> bool:
    """Whether the type is None itself."""
    return (isinstance(type_, Literal) and type_.value is None) or external_name(type_) in {"None", "types.NoneType"}


def accepts_none(type_: Value) -> bool:
    """Whether None is a member of the type (``Optional[X]``, ``X | None``, ``None``), inside ``Annotated`` too."""
    return any(is_none(member) or _accepts_none_inside(member) for member in members(split_annotated(type_)[0]))


def _accepts_none_inside(member: Value) -> bool:
    """Whether a member that is itself ``Annotated`` accepts None."""
    inner, metadata = split_annotated(member)
    return bool(metadata) and accepts_none(inner)


def without_none(type_: Value) -> Value:
    """The type without None: the only other member, or the union of the others; None alone stays."""
    if not is_union(type_):
        return type_
    all_members = members(type_)
    rest = tuple(member for member in all_members if not is_none(member))
    if not rest or len(rest) == len(all_members):
        return type_
    return rest[0] if len(rest) == 1 else Parametrized(External(UNION), rest)


def origin(type_: Value) -> Value:
    """The generic behind a subscripted type, the type itself otherwise; ``Annotated`` is looked through."""
    type_ = split_annotated(type_)[0]
    return origin(type_.origin) if isinstance(type_, Parametrized) else type_


def origin_name(type_: Value) -> str:
    """The canonical name of an external type's origin ("list" for ``List[int]``, "int" for ``conint(gt=0)``), "" for
    types of the project and unknown ones."""
    name = external_name(origin(type_))
    name = GENERIC_ALIASES.get(name, name)
    return CONSTRAINED_TYPES.get(name, name)


def arguments_of(type_: Value, *origins: str) -> tuple[Value, ...] | None:
    """The arguments of a type subscripted from one of the external ``origins``; () when it is that name without
    arguments, None when it is something else."""
    type_ = split_annotated(type_)[0]
    if isinstance(type_, Parametrized):
        return type_.arguments if external_name(type_.origin) in origins else None
    return () if external_name(type_) in origins else None


def element(type_: Value) -> Value | None:
    """What a sequence, set or iterable holds, or None where the type does not say or is no such container.

    ``tuple[X, ...]`` holds X; a tuple of several types holds their union.
    """
    type_ = split_annotated(type_)[0]
    if isinstance(type_, ExternalResult) and CONSTRAINED_TYPES.get(type_.name) in {"list", "set", "frozenset"}:
        return type_.arguments.get("item_type", 0)
    if not isinstance(type_, Parametrized) or not type_.arguments:
        return None
    name = origin_name(type_)
    if name not in ITERABLES:
        return None
    if name != "tuple":
        return type_.arguments[0]
    items = tuple(item for item in type_.arguments if not is_ellipsis(item))
    return items[0] if len(items) == 1 else Parametrized(External(UNION), items)


def mapping_items(type_: Value) -> tuple[Value, Value] | None:
    """The types of a mapping's keys and values, or None where the type does not say or is no mapping."""
    type_ = split_annotated(type_)[0]
    if isinstance(type_, Parametrized) and len(type_.arguments) == 2 and origin_name(type_) in MAPPINGS:
        return type_.arguments[0], type_.arguments[1]
    return None


def is_ellipsis(type_: Value) -> bool:
    """Whether the value is ``...``."""
    return external_name(type_) in {ELLIPSIS, "..."}


def classes(*types: Value) -> Iterator[ClassDefinition]:
    """The project's classes that types mention anywhere: in containers, unions, generics and what ``NewType`` is based
    on, but not in the metadata of ``Annotated``. Each once, in order of mention."""
    seen: set[ClassDefinition] = set()
    pending = list(reversed(types))
    while pending:
        type_ = pending.pop()
        if isinstance(type_, ClassDefinition):
            if type_ not in seen:
                seen.add(type_)
                yield type_
        else:
            pending.extend(reversed(_parts(type_)))


def _parts(type_: Value) -> tuple[Value, ...]:
    """The types a type is directly made of."""
    if isinstance(type_, Parametrized):
        if external_name(type_.origin) in _ANNOTATED:
            return type_.arguments[:1]
        return () if external_name(type_.origin) == LITERAL else (type_.origin, *type_.arguments)
    if isinstance(type_, Ambiguous):
        return type_.options
    if isinstance(type_, Collection):
        return tuple(type_.items)
    if isinstance(type_, ExternalResult):
        base = _type_behind(type_)
        return () if base is None else (base,)
    return ()


def _type_behind(result: ExternalResult) -> Value | None:
    """The type that the result of a type-making call stands for or is bound to."""
    if result.name == "typing.NewType()":
        return result.arguments.get("tp", 1)
    if result.name == "typing.TypeVar()":
        return result.arguments.get("bound")
    return element(result)


def contains_unknown(type_: Value) -> bool:
    """Whether a part of the type is unknown, so that what it says is not all of it."""
    return isinstance(type_, Unknown) or any(contains_unknown(part) for part in _parts(type_))


def is_same(first: Value, second: Value) -> bool:
    """Whether two types are the same for certain: ``List[User]`` and ``list[User]`` are. What is unknown, or made by
    different calls, is not."""
    if isinstance(first, Parametrized) and isinstance(second, Parametrized):
        parts = zip((first.origin, *first.arguments), (second.origin, *second.arguments))
        return len(first.arguments) == len(second.arguments) and all(is_same(one, other) for one, other in parts)
    if isinstance(first, External) and isinstance(second, External):
        names = [GENERIC_ALIASES.get(type_.name, type_.name) for type_ in (first, second)]
        return names[0] == names[1]
    if isinstance(first, Literal) and isinstance(second, Literal):
        return type(first.value) is type(second.value) and first.value == second.value
    return first is second and not isinstance(first, (Unknown, Ambiguous))


# What kind of type it is


def is_subclass(type_: Value, names: frozenset[str]) -> bool | None:
    """Whether a type is one of the external classes ``names`` or derives from one. None when its bases are not all
    known to us, or when it is an external class of which we know nothing.

    Generic types, unions and values that are no classes are not subclasses of anything, as for FastAPI.
    """
    if isinstance(type_, Ambiguous):
        return _agreement(is_subclass(option, names) for option in type_.options)
    if isinstance(type_, Unknown):
        return None
    if isinstance(type_, ClassDefinition):
        answer: bool | None = False
        for base in type_.external_bases:
            known = _external_is_subclass(base, names)
            if known:
                return True
            answer = None if known is None else answer
        return answer if bases_are_known(type_) else None
    name = external_name(type_)
    return _external_is_subclass(GENERIC_ALIASES.get(name, name), names) if name else False


def bases_are_known(cls: ClassDefinition) -> bool:
    """Whether every base of a class and of its project bases is a class of the project or named."""
    return all(
        isinstance(base, (ClassDefinition, External, ExternalResult))
        or (isinstance(base, Parametrized) and isinstance(base.origin, (ClassDefinition, External, ExternalResult)))
        for own in cls.project_lineage
        for base in own.bases
    )


def _external_is_subclass(name: str, names: frozenset[str]) -> bool | None:
    if name in names:
        return True
    return False if _is_plain(name) or name in _COMPLEX else None


def _is_plain(name: str) -> bool:
    """Whether an external name is known to be none of the complex kinds."""
    if name in SCALARS or name.rpartition(".")[0] in SCALAR_MODULES:
        return True
    return name.startswith(SCALAR_PREFIXES) and name not in _COMPLEX


def is_dataclass(type_: Value) -> bool:
    """Whether a class of the project is a dataclass, or derives from one of the project."""
    return isinstance(type_, ClassDefinition) and any(
        external_name(decorator).removesuffix("()") in DATACLASS_DECORATORS
        for own in type_.project_lineage
        for decorator in own.decorators
    )


def is_model(type_: Value) -> bool | None:
    """Whether a type is a Pydantic model class (a subscripted generic model too)."""
    return is_subclass(_class_of(type_), MODELS)


def is_upload(type_: Value) -> bool | None:
    """Whether FastAPI takes an unmarked parameter of this type for a file: an ``UploadFile``, an optional one, a
    sequence of them, and (observed) a sequence type that does not say what it holds, such as a bare ``list``."""
    type_ = split_annotated(type_)[0]
    return _any(is_subclass(member, UPLOADS) or is_upload_sequence(member) for member in members(type_))


def is_upload_sequence(type_: Value) -> bool | None:
    """Whether a type is a sequence all of whose arguments are uploaded files or unions with one."""
    if not (sequence := is_sequence(type_)):
        return sequence
    return _all(_any(is_subclass(member, UPLOADS) for member in members(item)) for item in _arguments(type_))


def is_scalar(type_: Value) -> bool | None:
    """Whether FastAPI takes the type for a scalar (``field_annotation_is_scalar``): anything but a Pydantic model,
    mapping, upload, sequence or dataclass, or a union with one of these.

    Returns:
        None when an unknown or unfamiliar external class leaves it open.
    """
    return _not(_is_complex(type_))


def is_sequence(type_: Value) -> bool | None:
    """Whether FastAPI takes the type for a sequence: list, tuple, set, frozenset, deque, Sequence or a subclass, or a
    union with one; not text."""
    type_ = split_annotated(type_)[0]
    if is_union(type_):
        return _any(is_sequence(member) for member in members(type_))
    if isinstance(type_, Ambiguous):
        return _agreement(is_sequence(option) for option in type_.options)
    cls = _class_of(type_)
    if is_subclass(cls, _TEXT):
        return False
    return is_subclass(cls, SEQUENCES)


def is_scalar_sequence(type_: Value) -> bool | None:
    """Whether FastAPI takes the type for a sequence of scalars (``field_annotation_is_scalar_sequence``), which a query
    parameter may be."""
    type_ = split_annotated(type_)[0]
    if is_union(type_):
        answers = [(is_scalar_sequence(member), is_scalar(member)) for member in members(type_)]
        if any(sequence is False and scalar is False for sequence, scalar in answers):
            return False
        return _any(sequence for sequence, _ in answers)
    if not (sequence := is_sequence(type_)):
        return sequence
    return _all(is_scalar(item) for item in _arguments(type_))


def _arguments(type_: Value) -> tuple[Value, ...]:
    """What a type is subscripted with; what a constrained container holds."""
    type_ = split_annotated(type_)[0]
    if isinstance(type_, Parametrized):
        return type_.arguments
    inner = element(type_)
    return () if inner is None else (inner,)


def _is_complex(type_: Value) -> bool | None:
    type_ = split_annotated(type_)[0]
    if is_ellipsis(type_) or is_none(type_):
        return False
    if is_union(type_):
        return _any(_is_complex(member) for member in members(type_))
    if isinstance(type_, Ambiguous):
        return _agreement(_is_complex(option) for option in type_.options)
    if isinstance(type_, (Literal, EnumMember, FunctionDefinition)):
        return False
    cls = _class_of(type_)
    if isinstance(cls, ClassDefinition) and type_ is not cls and cls.find("__get_pydantic_core_schema__") is not None:
        return True
    if is_dataclass(cls):
        return True
    if is_subclass(cls, _TEXT):
        return False
    return is_subclass(cls, _COMPLEX)


def _class_of(type_: Value) -> Value:
    """The class a type is of: the origin of a subscripted one."""
    type_ = split_annotated(type_)[0]
    return type_.origin if isinstance(type_, Parametrized) else type_


def _any(answers: Iterable[bool | None]) -> bool | None:
    """True when one is, None when one may be."""
    open_ = False
    for answer in answers:
        if answer:
            return True
        open_ = open_ or answer is None
    return None if open_ else False


def _all(answers: Iterable[bool | None]) -> bool | None:
    """False when one is, None when one may be."""
    return _not(_any(_not(answer) for answer in answers))


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _agreement(answers: Iterable[bool | None]) -> bool | None:
    """The common answer, None when they differ."""
    found = set(answers)
    return found.pop() if len(found) == 1 else None


# Text


def render(type_: Value) -> str:
    """A readable text of a type, with qualified names: ``list[app.schemas.User] | None``.

    ``Annotated`` is left out (its type alone counts); deprecated aliases of :mod:`typing` are written as what they mean
    (``List[int]`` as ``list[int]``); what is not known is ``?``.
    """
    type_ = split_annotated(type_)[0]
    if isinstance(type_, Parametrized):
        return _render_parametrized(type_)
    if isinstance(type_, (ClassDefinition, FunctionDefinition)):
        return type_.qualified_name
    if isinstance(type_, Literal):
        return repr(type_.value)
    if is_ellipsis(type_):
        return ELLIPSIS
    if isinstance(type_, ExternalResult):
        return _render_result(type_)
    if isinstance(type_, External):
        return GENERIC_ALIASES.get(type_.name, type_.name)
    if isinstance(type_, EnumMember):
        return f"{type_.cls.name}.{type_.name}"
    if isinstance(type_, Collection):
        return f"[{', '.join(map(render, type_.items))}]"
    if isinstance(type_, Ambiguous):
        return render(type_.options[0])
    return "?"


def _render_parametrized(type_: Parametrized) -> str:
    if is_union(type_):
        return " | ".join(map(render, members(type_)))
    return f"{render(type_.origin)}[{', '.join(map(render, type_.arguments))}]"


def _render_result(result: ExternalResult) -> str:
    """The text of a type that a call made: a constrained type is its base, others have the name they were given."""
    base = CONSTRAINED_TYPES.get(result.name)
    if base is not None:
        inner = element(result)
        return base if inner is None else f"{base}[{render(inner)}]"
    given = result.arguments.get("name", 0)
    name = given.value if isinstance(given, Literal) and isinstance(given.value, str) else result.callee.name
    return f"~{name}" if result.name == "typing.TypeVar()" else name
