"""What the user may tell the model: plain data, filled from the configuration."""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi_lint.model.knowledge.releases import NEWEST, PYDANTIC_2, Release


@dataclass(frozen=True, slots=True)
class Policy:
    """A requirement that routes must meet.

    Attributes:
        dependency: the name (bare or dotted) of the dependency that they must have, at any depth.
        paths: path patterns (``*`` and ``**``) of the routes that it speaks of.
        methods: the methods it speaks of, "WEBSOCKET" among them; empty: all.
    """

    dependency: str
    paths: tuple[str, ...] = ("**",)
    methods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Facts about the project that its sources do not say.

    Attributes:
        source_roots: folders on ``sys.path``, relative to the project root ("" is the root itself).
        apps: ``module:variable`` or ``module:factory`` of the applications to analyse; empty: all that are found.
        auth_dependencies: names (bare or dotted) of dependencies that authenticate.
        public_paths: path patterns (``*`` and ``**``) of routes that are public on purpose.
        policies: what routes must meet.
        versions: releases of libraries by distribution name ("fastapi", "pydantic", "sqlalchemy", …), as tuples of
            numbers; a library that is not named counts as its newest release.
        async_test_folders: where pytest is configured to run coroutine functions as tests without a mark, relative to
            the project root; "" is the root itself.
    """

    source_roots: tuple[str, ...] = ()
    apps: tuple[str, ...] = ()
    auth_dependencies: tuple[str, ...] = ()
    public_paths: tuple[str, ...] = ()
    policies: tuple[Policy, ...] = ()
    versions: dict[str, Release] = field(default_factory=dict)
    async_test_folders: tuple[str, ...] = ()

    def release(self, distribution: str) -> Release:
        """The release of a library that the project uses; ``NEWEST`` when it is not known."""
        return self.versions.get(distribution, NEWEST)

    @property
    def pydantic_major(self) -> int:
        """The major version of Pydantic: 1 or 2. Where it is not known, the release of FastAPI tells it."""
        known = self.versions.get("pydantic")
        first = known < (2,) if known is not None else self.release("fastapi") < PYDANTIC_2
        return 1 if first else 2
