"""HTTP clients: which calls wait without an end, and which do not check whom they speak to."""

from __future__ import annotations

import re

REQUEST_FUNCTIONS = ("get", "post", "put", "patch", "delete", "head", "options", "request")
"""Functions and methods that send a request."""

ENDLESS = frozenset(f"{owner}.{method}" for owner in ("requests", "requests.Session()") for method in REQUEST_FUNCTIONS)
"""Calls that wait for ever unless they are told otherwise
(https://requests.readthedocs.io/en/latest/user/advanced/#timeouts)."""

BOUNDED = frozenset(
    {
        *(f"httpx.{method}" for method in (*REQUEST_FUNCTIONS, "stream")),
        *(
            f"httpx.{client}().{method}"
            for client in ("Client", "AsyncClient")
            for method in (*REQUEST_FUNCTIONS, "stream")
        ),
    }
)
"""Calls that wait five seconds unless they are told otherwise (https://www.python-httpx.org/advanced/timeouts/)."""

BOUNDED_CLIENTS = frozenset({"httpx.Client", "httpx.AsyncClient"})
STREAMING = frozenset(f"{client}().{method}" for client in BOUNDED_CLIENTS for method in ("stream", "send"))
"""Clients whose calls do so, and how these hand on what takes as long as it takes."""

_AIOHTTP = "aiohttp.ClientSession()."
VERIFYING = {
    **dict.fromkeys((*ENDLESS, *BOUNDED), ("verify",)),
    **dict.fromkeys((*BOUNDED_CLIENTS, "httpx.HTTPTransport", "httpx.AsyncHTTPTransport"), ("verify",)),
    **{f"{_AIOHTTP}{method}": ("ssl", "verify_ssl") for method in (*REQUEST_FUNCTIONS, "ws_connect")},
    "aiohttp.TCPConnector": ("ssl", "verify_ssl"),
}
"""Calls that check certificates, with the arguments that switch this off when they are False
(https://www.python-httpx.org/advanced/ssl/;
https://docs.aiohttp.org/en/stable/client_advanced.html#ssl-control-for-tcp-sockets)."""

UNVERIFIED_CONTEXT = "ssl._create_unverified_context"
NO_CERTIFICATE = "ssl.CERT_NONE"
"""What makes a context that checks no certificate (https://docs.python.org/3/library/ssl.html#ssl.CERT_NONE)."""

INSECURE_NAMES = re.compile(
    r"insecure|unsafe|unverified|unchecked|no_?verif|without_?verif|self_?signed", re.IGNORECASE
)
"""Names of variables that say themselves that no certificate is checked: something chooses them."""
