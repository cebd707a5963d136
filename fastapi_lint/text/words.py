"""Words of messages."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number and what it counts: "1 finding", "1,200 entries".

    Args:
        number: how many there are.
        noun: what one of them is called.
        plural: what several are called, where that does not end with another "s".
    """
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
