"""Roles: the names by which code asks what a user may do. Chosen from the users of real applications."""

from __future__ import annotations

import re

ROLE_NAMES = re.compile(
    r"(?:user_?)?roles?(?:_?(?:name|id|ids|type))?|(?:is|has)_?(?:\w+_)?(?:admin(?:istrator)?|super_?(?:user|admin)|staff|"
    r"root|manager|moderator|editor|operator|maintainer|role|roles|permissions?|privileges?|scope|scopes)(?:_?id)?|"
    r"(?:super_?user|super_?admin|admin|staff)|permissions?|privileges?|scopes|groups?|(?:user|account)_?type|"
    r"has_any_role|has_all_roles|can_\w+",
    re.IGNORECASE,
)
"""Names of attributes, methods and functions, as a whole, that say what somebody may do."""

ASKING_FUNCTIONS = frozenset("getattr hasattr isinstance any all set frozenset bool str len list tuple".split())
"""Functions that do no more than look."""
