"""What the user asked for and can't be done."""

from __future__ import annotations


class UsageError(Exception):
    """The command can't be carried out as it was given; the message says what to change."""
