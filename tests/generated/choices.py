"""Choices: the randomness of a generated project, as a tree that can be cut back.

Every choice has a path ("users/route 2/status") and its outcome follows from the seed and that path alone. So a cut,
which makes all choices below a path come out the plainest way, leaves the rest of a project as it was: that is how a
failing project is made smaller.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")
MAX_DEPTH = 30
"""Things nested deeper than so many levels are plain."""


class Choices:
    """A node of the tree.

    Args:
        seed: what all outcomes follow from.
        cuts: paths below which everything is plain.
        path: where this node is, "" for the root.
        taken: the paths of the choices that did not come out plain, shared by the whole tree.
    """

    def __init__(
        self, seed: int, cuts: Collection[str] = (), path: str = "", taken: dict[str, None] | None = None
    ) -> None:
        self._seed = seed
        self._cuts = cuts
        self._path = path
        self._plain = path in cuts or path.count("/") >= MAX_DEPTH
        self.taken: dict[str, None] = {} if taken is None else taken

    def within(self, name: str) -> Choices:
        """The node below this one with that name."""
        path = f"{self._path}/{name}"
        node = Choices(self._seed, self._cuts, path, self.taken)
        node._plain = node._plain or self._plain
        return node

    def chance(self, name: str, percent: int) -> bool:
        """True in so many of a hundred cases; plainly False."""
        return self._taken(name, self._number(name) % 100 < percent)

    def pick(self, name: str, options: Sequence[T]) -> T:
        """One of the options; plainly the first."""
        index = self._number(name) % len(options)
        return options[index] if self._taken(name, index > 0) else options[0]

    def element(self, name: str, options: Sequence[T]) -> T:
        """One of the options, which are told apart by their text: when others vanish, the same one is taken still."""
        return max(options, key=lambda option: self._number(f"{name}/{option}"))

    def several(self, name: str, low: int, high: int) -> Iterator[Choices]:
        """A node for each of a number of things; each may be cut away."""
        for index in range(low + self._number(name) % (high - low + 1)):
            if self._taken(f"{name} {index}", True):
                yield self.within(f"{name} {index}")

    def _number(self, name: str) -> int:
        digest = blake2b(f"{self._seed}{self._path}/{name}".encode(), digest_size=6).digest()
        return int.from_bytes(digest, "big")

    def _taken(self, name: str, outcome: bool) -> bool:
        """Whether a choice comes out other than plain."""
        path = f"{self._path}/{name}"
        if not outcome or self._plain or path in self._cuts:
            return False
        self.taken[path] = None
        return True
