"""Which values are in force, and who said so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi_lint.config.configuration import Configuration
from fastapi_lint.config.options import SETTINGS

_STARTS_ANEW = {"profile", "select"}
"""Keys with which a layer makes those before it of no account for which rules run."""

_SELECTS = {"select", "extend-select", "ignore", "extend-ignore"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A value in force.

    Attributes:
        key: of the option.
        value: as a file would say it; None where nobody says anything and there is no default that a file could say.
        source: who says so: the name of a file, "command line", "--config" or "default".
        file: the file, if it is one.
    """

    key: str
    value: Any
    source: str
    file: Path | None = None


def statements(configuration: Configuration) -> Iterator[Statement]:
    """The values in force: option by option, and of one option the weakest first where several add up."""
    layers = configuration.layers
    anew = max((number for number, layer in enumerate(layers) if _STARTS_ANEW & layer.values.keys()), default=0)
    for key, setting in SETTINGS.items():
        saying = [layer for layer in (layers[anew:] if key in _SELECTS else layers) if key in layer.values]
        if setting.is_replaced:
            saying = saying[-1:]
        if not saying:
            yield Statement(key, setting.default, "default")
        yield from (Statement(key, layer.stated[key], layer.source, layer.file) for layer in saying)
