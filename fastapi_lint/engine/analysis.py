"""Analyses one file: bytes to encoded facts. Importing this module does not import libcst; making an Analyser does."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi_lint.engine.outcome import INTERNAL_ERROR, SYNTAX_ERROR, UNANALYSABLE, Fault, Outcome
from fastapi_lint.text.source import Source, UnreadableSource

if TYPE_CHECKING:
    from fastapi_lint.facts.module import ModuleFacts


class Analyser:
    """Turns files into facts."""

    def __init__(self) -> None:
        from fastapi_lint.facts import codec, extract
        from fastapi_lint.syntax.parse import without_validation

        self.batch = without_validation
        """A context to stand around many files: what parsing needs is prepared once."""
        self._extract, self._encode = extract.extract, codec.encode
        self._syntax_fault, self._unanalysable = extract.SyntaxFault, extract.Unanalysable
        self._codec_error = codec.CodecError

    def analyse(self, path: str, data: bytes) -> Outcome:
        """What came of the file ``path`` with the content ``data``. Never raises."""
        start = time.perf_counter()
        parsing: list[float] = []
        module, fault = self._facts(path, data, parsing.append)
        encoded = None
        if module is not None:
            try:
                encoded = self._encode(module)
            except (RecursionError, self._codec_error) as error:
                fault = Fault(UNANALYSABLE, f"too complex: {error or type(error).__name__}")
        return Outcome(encoded, fault, sum(parsing), time.perf_counter() - start - sum(parsing))

    def _facts(
        self, path: str, data: bytes, on_parsed: Callable[[float], None]
    ) -> tuple[ModuleFacts | None, Fault | None]:
        try:
            return self._extract(Source.from_bytes(data, path), on_parsed), None
        except self._syntax_fault as error:
            return None, Fault(SYNTAX_ERROR, error.message, error.line, error.column, lasting=True)
        except (UnreadableSource, self._unanalysable) as error:
            return None, Fault(UNANALYSABLE, error.message, error.line, error.column, lasting=True)
        except (RecursionError, MemoryError) as error:
            return None, Fault(UNANALYSABLE, f"too complex: {error or type(error).__name__}")
        except Exception as error:
            return None, Fault(INTERNAL_ERROR, f"the analysis failed: {type(error).__name__}: {error}")
