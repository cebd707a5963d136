"""What changed between releases of FastAPI: from which release on each behaviour holds that the model knows.

Each was verified by running the release named and the one before it (https://fastapi.tiangolo.com/release-notes/
mentions most of them); ``tests/model/release_probe.py`` does so again. Releases before 0.76 are taken for that one.
"""

from __future__ import annotations

Release = tuple[int, ...]

NEWEST: Release = (9999,)
"""Stands for the release of a library of which nothing is known but that the project uses it."""

# Routes

LIVE_INCLUSION = (0, 137)
"""``include_router`` keeps a reference to the router, mounts and later registrations included. Before, it copied the
routes that the router had at that moment, and no mounts."""
WEBSOCKET_DEPENDENCIES = (0, 97)
"""Websocket routes have the dependencies of applications, inclusions and routers, and some of their own."""

# Starting

LIFESPANS = (0, 93)
"""The lifespan of an application runs, and then none of its startup handlers does."""
ROUTER_LIFESPANS = (0, 112, 2)
"""Lifespans of included routers run. A router without one runs its startup handlers, whatever the application has."""

# Parameters and dependencies

PYDANTIC_2 = (0, 100)
"""Models are those of version 2 of Pydantic, where it is installed; before, those of version 1."""
ANNOTATED = (0, 95)
"""Markers in ``Annotated`` count."""
FORM_MODELS = (0, 113)
"""The fields of a model marked ``Form()`` are the fields of the form."""
PARAMETER_MODELS = (0, 115)
"""The fields of a model marked ``Query()``, ``Header()`` or ``Cookie()`` are the parameters."""
OPTIONAL_PARAMETER_MODELS = (0, 159)
"""So they are where None is allowed beside the model."""
DECLARED_ALWAYS_CACHED = (0, 120, 3)
"""``use_cache=False`` means nothing in ``dependencies=[…]``."""

# Responses

RETURN_ANNOTATIONS = (0, 89)
"""The return annotation is the response model."""
NONE_AS_STRING = (0, 117)
"""The return annotation ``"None"``, so quoted or through ``from __future__ import annotations``, is no model."""
STREAMS = (0, 134)
"""Endpoints that are generators send their items as a stream; an annotation such as ``Iterator[Item]`` says what these
are, and is no response model."""
STREAMS_OF_GENERATORS = (0, 140, 11)
"""Such an annotation is a response model where the endpoint is no generator."""
ALL_INFORMATIONAL = (0, 79)
"""No status below 200 has a body; before, it was those from 100 to 103."""
RESET_CONTENT = (0, 109, 1)
"""The status 205 has no body."""
