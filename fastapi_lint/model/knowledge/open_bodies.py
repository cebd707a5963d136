"""Bodies whose types tell nothing: what reads them, what validates them, and which protocols say their shape."""

from __future__ import annotations

import re

OPEN_TYPES = frozenset({"typing.Any", "object"})
"""Types that hold anything."""

OPEN_MAPPINGS = frozenset({"dict", "collections.abc.Mapping", "collections.abc.MutableMapping"})
"""Types that hold any keys, with values of the type they say, or of any."""

PARSED_BODY = "starlette.requests.Request().json"
RAW_BODY = "starlette.requests.Request().body"
"""Methods that give the body (https://www.starlette.io/requests/#body)."""

LOADERS = frozenset({"json.loads", "orjson.loads", "ujson.loads", "simplejson.loads", "rapidjson.loads"})
"""Functions that parse it."""

READERS = frozenset({"get", "pop"})
"""Methods of dicts that give the value of a key."""

LOOKUP_ERRORS = frozenset({"KeyError", "LookupError", "TypeError", "AttributeError"})
"""What reading a body of the wrong shape raises."""

VALIDATING_WORDS = re.compile(
    r"valid|check|verif|sanit|clean|ensure|assert|parse_obj|parse_raw|schema|conform|isinstance|structure|convert|"
    r"coerce|deserial|from_dict|fromdict",
    re.IGNORECASE,
)
"""Names of what looks into data before they are used, or makes an object of a class of them
(https://docs.pydantic.dev/latest/concepts/models/#validating-data, https://marshmallow.readthedocs.io/en/stable/api.html,
https://python-jsonschema.readthedocs.io/en/stable/validate/, https://catt.rs/en/stable/structuring.html,
https://jcristharif.com/msgspec/converters.html)."""

LIBRARY_LOADERS = frozenset({"load", "loads"})
"""Methods of schemas of other libraries (marshmallow) that validate."""

DUMPERS = frozenset({"dumps", "dump", "jsonable_encoder", "deepcopy", "copy"})
"""What gives the same data in another form."""

PROTOCOLS = frozenset(
    "rpc jsonrpc graphql mcp a2a soap scim saml webhook webhooks hook hooks callback callbacks".split()
)
"""Words of routes that follow a protocol, or that others call: these say what a body holds."""

PROTOCOL_KEYS = frozenset({"jsonrpc"})
"""Keys of bodies that do (https://www.jsonrpc.org/specification)."""
