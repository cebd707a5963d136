"""The generator: a whole project from a seed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from generated import callables, cruds, holders, inclusions, registries
from generated.apps import write_app
from generated.choices import Choices
from generated.layout import lay_out
from generated.source import Draft

FORMS = (callables, cruds, holders, inclusions, registries)
"""The modules that add kinds of dependencies, of routers and of their contents."""


@dataclass(frozen=True)
class GeneratedProject:
    """A generated project.

    Attributes:
        seed: where it comes from.
        cuts: the choices that came out plain because they had to.
        texts: its sources by path.
        entry: ``module:variable`` of its application, or ``module:function()``.
        flags: the environment variables on which it depends.
        has_settings: whether it has settings that the environment may replace.
        taken: the choices behind it that did not come out plain; cutting one makes it smaller.
    """

    seed: int
    cuts: frozenset[str]
    texts: dict[str, str]
    entry: str
    flags: tuple[str, ...]
    has_settings: bool
    taken: tuple[str, ...]


def generate(seed: int, cuts: Collection[str] = ()) -> GeneratedProject:
    """The project of a seed.

    Args:
        seed: any number.
        cuts: the choices that come out plain.
    """
    choices = Choices(seed, frozenset(cuts))
    draft = Draft()
    main = lay_out(choices.within("layout"), draft)
    name = write_app(choices.within("app"), main.top)
    entry = f"{main.name}:{name}"
    return GeneratedProject(
        seed,
        frozenset(cuts),
        draft.texts(),
        entry,
        tuple(draft.flags),
        draft.has_settings,
        tuple(choices.taken),
    )


if __name__ == "__main__":
    import sys

    for path, text in generate(int(sys.argv[1])).texts.items():
        print(f"# {path}\n{text}")
