"""Files: what the standard library tells of the project's own folders, by which projects find their routers.

``os.listdir(os.path.dirname(__file__))``, ``Path(__file__).parent.glob("*.py")``, ``pkgutil.iter_modules(__path__)``:
folders hold the Python files that the project has, and nothing else that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from posixpath import normpath, splitext

from fastapi_lint.model.linker import Linker
from fastapi_lint.model.values import (
    Arguments,
    Collection,
    FilePath,
    Literal,
    ModuleReference,
    NamedItems,
    Unknown,
    Value,
    text_of,
)

_PATH_CLASSES = frozenset({"pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "anyio.Path"})
_UNCHANGED = frozenset({"resolve", "absolute", "expanduser", "as_posix", "__str__", "__fspath__"})
_TESTS = frozenset({"exists", "is_file", "is_dir"})
_LISTINGS = frozenset({"iterdir", "glob", "rglob"})
_METHODS = _UNCHANGED | _TESTS | _LISTINGS | {"joinpath", "with_suffix", "relative_to", "endswith"}
_MODULE_INFO = ("module_finder", "name", "ispkg")


def attribute(path: FilePath, name: str) -> Value | None:
    """What an attribute of a path that is no method is; None for the others."""
    if path.is_text:
        return None
    folder, _, last = path.path.rpartition("/")
    if name == "parent":
        return FilePath(folder, within=path.within) if path.path else None
    if name == "parents":
        above = [FilePath(text, within=path.within) for text in _above(path.path)]
        return Collection("tuple", list(above), complete=False)
    if name == "parts" and path.within is not None:
        return Collection("tuple", [Literal(part) for part in path.path.split("/")])
    if name == "path":  # of an entry of os.scandir
        return FilePath(path.path, is_text=True)
    stem, suffix = splitext(last)
    text = {"name": last, "stem": stem, "suffix": suffix}.get(name)
    return Literal(text) if text is not None else None


def is_method(path: FilePath, name: str) -> bool:
    """Whether :func:`call_method` knows a method of a path."""
    return name in _METHODS


def call_method(path: FilePath, name: str, arguments: Arguments, linker: Linker) -> Value | None:
    """What a method of a path gives; None where it is not known."""
    given = [text_of(value) for value in arguments.positional]
    if name in _UNCHANGED:
        return path if name in ("resolve", "absolute", "expanduser") else as_text(path)
    if name == "endswith" and given and given[0] is not None:
        return Literal(path.path.endswith(given[0]))
    if name == "joinpath":
        return joined(path, arguments.positional)
    if name == "with_suffix" and given and given[0] is not None:
        return FilePath(splitext(path.path)[0] + given[0], within=path.within)
    if name == "relative_to" and arguments.positional:
        return _relative(path, arguments.positional[0])
    if name in _TESTS:
        return _is_there(path, name, linker)
    if name == "iterdir":
        return _paths(linker.listing(path.path), path)
    if name in ("glob", "rglob") and given and given[0] is not None:
        pattern = given[0] if name == "glob" else f"**/{given[0]}"
        return _paths(_matching(path.path, pattern, linker), path)
    return None


def call_function(name: str, arguments: Arguments, linker: Linker) -> Value | None:
    """What a function gives that was passed the path of a file of the project; None where it is not known."""
    handler = _FUNCTIONS.get(name)
    first = arguments.positional[0] if arguments.positional else arguments.get("path")
    if handler is None or first is None:
        return None
    return handler(first, arguments, linker)


def joined(path: FilePath, parts: list[Value]) -> FilePath | None:
    """``path / part``, ``os.path.join(path, part)``; None where it is not known or outside the project."""
    texts = [part.path if isinstance(part, FilePath) and part.within is not None else text_of(part) for part in parts]
    if any(text is None or text.startswith("/") for text in texts):
        return None
    whole = normpath("/".join([path.path or ".", *(text for text in texts if text)]))
    if whole.startswith(".."):
        return None
    return FilePath("" if whole == "." else whole, path.is_text, path.within)


def extended(path: FilePath, text: str) -> FilePath | None:
    """``path + text`` for the path of a folder; None where that is none."""
    return joined(path, [Literal(text.lstrip("/"))]) if path.is_text and text.startswith("/") else None


def as_text(path: FilePath) -> Value:
    """The path as a string: known as such when it is relative to another."""
    return Literal(path.path) if path.within is not None else FilePath(path.path, is_text=True)


def _above(path: str) -> Iterator[str]:
    while path:
        path = path.rpartition("/")[0]
        yield path


def _relative(path: FilePath, base: Value | None) -> FilePath | None:
    if not isinstance(base, FilePath) or (base.path and not f"{path.path}/".startswith(base.path + "/")):
        return None
    inner = path.path[len(base.path) :].lstrip("/")
    return FilePath(inner, path.is_text, within=base.path)


def _is_there(path: FilePath, name: str, linker: Linker) -> Value | None:
    whole = "/".join(part for part in (path.within, path.path) if part)
    if whole in linker.modules:
        return Literal(name != "is_dir")
    if linker.listing(whole):
        return Literal(name != "is_file")
    return None


def _paths(paths: list[str], origin: FilePath) -> Value | None:
    if not paths:
        return None
    return Collection("list", [FilePath(path, origin.is_text, origin.within) for path in paths])


def _matching(folder: str, pattern: str, linker: Linker) -> list[str]:
    """The paths below a folder that a pattern of ``glob`` matches."""
    deep = pattern.startswith("**/")
    parts = pattern.removeprefix("**/").split("/")
    if "**" in parts or ".." in parts:
        return []
    below = linker.below(folder)
    found: list[str] = []
    for path in below:
        own = path[len(folder) + 1 if folder else 0 :].split("/")
        if len(own) == len(parts) or (deep and len(own) > len(parts)):
            if all(fnmatchcase(part, wanted) for part, wanted in zip(own[-len(parts) :], parts)):
                found.append(path)
    return found


# functions


def _path(first: Value, arguments: Arguments, linker: Linker) -> Value | None:
    if not isinstance(first, FilePath):
        return None
    return joined(FilePath(first.path, within=first.within), arguments.positional[1:])


def _same(first: Value, arguments: Arguments, linker: Linker) -> Value | None:
    return first if isinstance(first, FilePath) else None


def _as_text(first: Value, arguments: Arguments, linker: Linker) -> Value | None:
    return as_text(first) if isinstance(first, FilePath) else None


def _join(first: Value, arguments: Arguments, linker: Linker) -> Value | None:
    if not isinstance(first, FilePath):
        return None
    return joined(FilePath(first.path, True, first.within), arguments.positional[1:])


def _folder(first: Value, arguments: Arguments, linker: Linker) -> Value | None:
    if not isinstance(first, FilePath) or not first.path:
        return None
    return FilePath(first.path.rpartition("/")[0], True, first.within)


def _name(first: Value, arguments: Arguments, linker: Linker) -> Value | None:
    return Literal(first.path.rpartition("/")[2]) if isinstance(first, FilePath) else None


def _split_extension(first: Value, arguments: Arguments, linker: Linker) -> Value | None:
    if isinstance(first, FilePath):
        stem, extension = splitext(first.path)
        return Collection("tuple", [FilePath(stem, True, first.within), Literal(extension)])
    text = text_of(first)
    return Collection("tuple", [Literal(part) for part in splitext(text)]) if text is not None else None


def _relative_text(first: Value, arguments: Arguments, linker: Linker) -> Value | None:
    found = _relative(first, arguments.get("start", 1)) if isinstance(first, FilePath) else None
    return as_text(found) if found is not None else None


def _tested(name: str) -> Callable[[Value, Arguments, Linker], Value | None]:
    def test(first: Value, arguments: Arguments, linker: Linker) -> Value | None:
        return _is_there(first, name, linker) if isinstance(first, FilePath) else None

    return test


def _list(first: Value, arguments: Arguments, linker: Linker) -> Value | None:
    if not isinstance(first, FilePath) or not linker.listing(first.path):
        return None
    return Collection("list", [Literal(path.rpartition("/")[2]) for path in linker.listing(first.path)])


def _scan(first: Value, arguments: Arguments, linker: Linker) -> Value | None:
    return _paths(linker.listing(first.path), FilePath("")) if isinstance(first, FilePath) else None


def _walk(first: Value, arguments: Arguments, linker: Linker) -> Value | None:
    if not isinstance(first, FilePath) or not linker.listing(first.path):
        return None
    rows: list[Value] = []
    for folder in [first.path, *(path for path in linker.below(first.path) if linker.listing(path))]:
        inside = linker.listing(folder)
        names = [
            [Literal(path.rpartition("/")[2]) for path in inside if bool(linker.listing(path)) is is_folder]
            for is_folder in (True, False)
        ]
        rows.append(Collection("tuple", [FilePath(folder, True), *(Collection("list", list(own)) for own in names)]))
    return Collection("list", rows)


def _glob(first: Value, arguments: Arguments, linker: Linker) -> Value | None:
    if not isinstance(first, FilePath):
        return None
    parts = first.path.split("/")
    wild = next((index for index, part in enumerate(parts) if set(part) & set("*?[")), len(parts) - 1)
    folder, pattern = "/".join(parts[:wild]), "/".join(parts[wild:])
    return _paths(_matching(folder, pattern, linker), FilePath("", is_text=True))


def _modules(deep: bool) -> Callable[[Value, Arguments, Linker], Value | None]:
    """``pkgutil.iter_modules`` and ``pkgutil.walk_packages``."""

    def list_modules(first: Value, arguments: Arguments, linker: Linker) -> Value | None:
        folders = first.items if isinstance(first, Collection) else []
        prefix = text_of(arguments.get("prefix", 1) or Literal(""))
        if not folders or prefix is None or not all(isinstance(folder, FilePath) for folder in folders):
            return None
        found = [item for folder in folders for item in _infos(folder, prefix, deep, linker)]
        return Collection("list", found)

    return list_modules


def _infos(folder: Value, prefix: str, deep: bool, linker: Linker) -> Iterator[Value]:
    assert isinstance(folder, FilePath)
    for path in linker.listing(folder.path):
        name = path.rpartition("/")[2]
        is_package = f"{path}/__init__.py" in linker.modules
        if name == "__init__.py" or not (is_package or name.endswith(".py")):
            continue
        dotted = prefix + name.removesuffix(".py")
        finder = Unknown("a finder of modules")
        yield NamedItems("tuple", [finder, Literal(dotted), Literal(is_package)], names=_MODULE_INFO)
        if deep and is_package:
            yield from _infos(FilePath(path), f"{dotted}.", deep, linker)


def _resources(first: Value, arguments: Arguments, linker: Linker) -> Value | None:
    return FilePath(first.module.folder) if isinstance(first, ModuleReference) else None


_FUNCTIONS: dict[str, Callable[[Value, Arguments, Linker], Value | None]] = {
    **dict.fromkeys(_PATH_CLASSES, _path),
    **dict.fromkeys(("os.path.abspath", "os.path.realpath", "os.path.normpath", "os.path.expanduser"), _same),
    **dict.fromkeys(("str", "os.fspath"), _as_text),
    "os.path.join": _join,
    "os.path.dirname": _folder,
    "os.path.basename": _name,
    "os.path.splitext": _split_extension,
    "os.path.relpath": _relative_text,
    "os.path.exists": _tested("exists"),
    "os.path.isfile": _tested("is_file"),
    "os.path.isdir": _tested("is_dir"),
    "os.listdir": _list,
    "os.scandir": _scan,
    "os.walk": _walk,
    "glob.glob": _glob,
    "glob.iglob": _glob,
    "pkgutil.iter_modules": _modules(deep=False),
    "pkgutil.walk_packages": _modules(deep=True),
    "importlib.resources.files": _resources,
}
