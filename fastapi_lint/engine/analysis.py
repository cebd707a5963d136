"""Analyses one file: bytes to encoded facts. Importing this module does not import libcst; making an Analyser does."""

from __future__ import annotations

import time

from fastapi_lint.engine.outcome import INTERNAL_ERROR, SYNTAX_ERROR, UNANALYSABLE, Fault, Outcome
from fastapi_lint.text.source import Source, UnreadableSource


class Analyser:
    """Turns files into facts."""

    def __init__(self) -> None:
        from fastapi_lint.facts import codec, extract

        self._extract, self._encode = extract.extract, codec.encode
        self._syntax_fault, self._unanalysable = extract.SyntaxFault, extract.Unanalysable
        self._codec_error = codec.CodecError

    def analyse(self, path: str, data: bytes) -> Outcome:
        """What came of the file ``path`` with the content ``data``. Never raises."""
        start = time.perf_counter()
        try:
            source = Source.from_bytes(data, path)
            facts = self._encode(self._extract(source))
        except self._syntax_fault as error:
            fault = Fault(SYNTAX_ERROR, error.message, error.line, error.column, lasting=True)
        except (UnreadableSource, self._unanalysable) as error:
            fault = Fault(UNANALYSABLE, error.message, error.line, error.column, lasting=True)
        except (RecursionError, MemoryError, self._codec_error) as error:
            fault = Fault(UNANALYSABLE, f"too complex: {error or type(error).__name__}")
        except Exception as error:
            fault = Fault(INTERNAL_ERROR, f"the analysis failed: {type(error).__name__}: {error}")
        else:
            return Outcome(facts, None, 0.0, time.perf_counter() - start)
        return Outcome(None, fault, 0.0, time.perf_counter() - start)
