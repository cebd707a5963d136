"""The environment: the calls that read it, and the variables that are not a project's own."""

from __future__ import annotations

import re

READERS = frozenset({"os.getenv", "os.environ.get"})
"""Calls that read a variable (https://docs.python.org/3/library/os.html#os.environ)."""

FOREIGN_VARIABLES = re.compile(
    r"(?:PATH|HOME|HOSTNAME|USER|SHELL|TERM|TMPDIR|TEMP|TZ|LANG|WINDIR|PWD|PORT|COMSPEC|XDG_\w+|LC_\w+|PYTHON\w*|PYTEST_\w+|"
    r"VIRTUAL_ENV|CI|GITHUB_\w+|KUBERNETES_\w+|POD_\w+|ECS_\w+|AWS_\w+|GOOGLE_\w+|GCP_\w+|AZURE_\w+|DYNO|K_\w+|DD_\w+|OTEL_\w+|"
    r"SENTRY_\w+|(?:https?|HTTPS?|no|NO)_(?:proxy|PROXY))\Z"
)
"""Variables that the system, the platform or a library sets or reads by convention."""
