"""Calls that give something else each time: made in a default, they are made once.

Sources: the documentation of Python's datetime, time, uuid, random and secrets modules, of Pendulum and Arrow.
"""

from __future__ import annotations

CLOCKS = frozenset(
    """
    datetime.datetime.now datetime.datetime.utcnow datetime.datetime.today datetime.date.today time.time time.time_ns
    pendulum.now pendulum.today arrow.now arrow.utcnow
    """.split()
)
"""Functions that say what time it is."""

GENERATORS = frozenset(
    """
    uuid.uuid1 uuid.uuid4 uuid.uuid6 uuid.uuid7 secrets.token_hex secrets.token_urlsafe secrets.token_bytes
    secrets.randbelow secrets.choice random.random random.randint random.choice random.uniform random.randrange
    os.urandom
    """.split()
)
"""Functions that make an identifier, a token or a random number."""
