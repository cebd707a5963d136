"""What well-known calls return: from the name of a result (``f()``) to the name of the instance it is."""

from __future__ import annotations

RESULT_TYPES: dict[str, str] = {
    "httpx.AsyncClient().__aenter__()": "httpx.AsyncClient()",
    "httpx.Client().__enter__()": "httpx.Client()",
    "requests.session()": "requests.Session()",
}
