"""Runs the sources of a test twice: through the model, and as Python with the real libraries, the oracle."""

from __future__ import annotations

import importlib
import sys
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from fastapi_lint.facts.codec import decode, encode
from fastapi_lint.facts.extract import extract
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.linker import Linker
from fastapi_lint.model.orm.models import OrmModels, build_orm_models
from fastapi_lint.model.routing.discovery import execute
from fastapi_lint.model.schemas.schemas import Schemas, build_schemas
from fastapi_lint.model.settings import ModelSettings
from fastapi_lint.text.source import Source


@dataclass(frozen=True)
class Model:
    """What the tests ask of a project."""

    interpreter: Interpreter
    schemas: Schemas
    orm_models: OrmModels


def linked(sources: Mapping[str, str], **versions: tuple[int, ...]) -> Model:
    """The model of a project.

    Args:
        sources: texts by path.
        versions: releases of libraries.
    """
    read = {path: Source.from_bytes(textwrap.dedent(text).encode(), path) for path, text in sources.items()}
    linker = Linker({path: decode(encode(extract(source))) for path, source in read.items()})
    interpreter = Interpreter(linker, ModelSettings(versions=versions))
    execute(interpreter)
    classes = interpreter.classes
    return Model(interpreter, build_schemas(classes, interpreter), build_orm_models(classes, interpreter))


@contextmanager
def imported(sources: Mapping[str, str], folder: Path, entry: str | None = None) -> Iterator[dict[str, ModuleType]]:
    """The modules of a project by dotted name, written to a folder and imported; forgotten afterwards.

    Args:
        sources: texts by path.
        folder: where to write them; it is on ``sys.path`` meanwhile.
        entry: the only module to import, which may import the others; all of them when not given.
    """
    for path, text in sources.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text))
    names = [path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in sources]
    before = set(sys.modules)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield {name: importlib.import_module(name) for name in ([entry] if entry else names)}
    finally:
        sys.path.remove(str(folder))
        for name in set(sys.modules) - before:
            if name.partition(".")[0] in {name.partition(".")[0] for name in names}:
                del sys.modules[name]
