"""FAL212: a body that no schema validates."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.endpoints.open_bodies import OpenBody, open_bodies
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule

_MAX_NAMES = 4


class UnvalidatedBody(Rule):
    """The body of a request is used without a schema that validates it.

    ## What it does
    Reports bodies of the type `dict`, `Any` or kin, and those that code parses itself (`await request.json()`), where
    the endpoint, or a function that it hands the body to, reads their keys by name, or stores all of them in an object.

    ## Why is this bad?
    The code has a schema in mind, which neither FastAPI nor its documentation knows. A missing key or a value of
    another type is answered with 500 where it depends on it, or stored, rather than with a 422 that says what is wrong;
    and clients may set what nobody meant them to set where all of the body is stored.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.post("/orders", status_code=201)
    def place_order(order: dict) -> float:
        return order["price"] * order["quantity"]
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class OrderCreate(BaseModel):
        price: float
        quantity: int


    @app.post("/orders", status_code=201)
    def place_order(order: OrderCreate) -> float:
        return order.price * order.quantity
    ```

    ## When not to use it
    Where a body has fields that are known only at run time and code must look at some of them, or where nothing
    that clients send may be refused.

    ## Known limitations
    Silent: bodies of which no key is read; those that are handed to a Pydantic model, to something that by its name
    validates, or to another service; those that code tests by `isinstance`; keys that are read where a `KeyError` is
    caught; webhooks, routes that check a signature, and those that follow a protocol (JSON-RPC, GraphQL).
    `dict[str, int]` says what its values are.

    ## References
    - https://fastapi.tiangolo.com/tutorial/body/
    - https://fastapi.tiangolo.com/advanced/using-request-directly/
    - proof: `tests/proofs/test_request_parameters.py`
    """

    code = "FAL212"
    name = "unvalidated-body"
    severity = Severity.WARNING
    standards = ("SCH-2", "SEC-2")
    messages = {
        "read": "{route} ({place}) reads {keys} of {body}, which no schema validates: declare a Pydantic model with "
        "these fields",
        "stored": "{route} ({place}) stores {body} in {target} as a client sends it, with whatever keys: declare a "
        "Pydantic model with the fields that may be set",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        reported = set()
        for body in open_bodies(project):
            if body.site not in reported:
                reported.add(body.site)
                yield self._finding(body)

    def _finding(self, body: OpenBody) -> Diagnostic:
        stored = next((use for use in body.uses if use.target), None)
        shown = stored or body.uses[0]
        names = ", ".join(f"`{key}`" for key in body.keys[:_MAX_NAMES])
        related = [Related("it is handed on here", call.site.location) for call in shown.chain]
        what = f"`{shown.key}` is read" if shown.key else f"{shown.target} gets it"
        related.append(Related(f"{what} here", shown.site.location))
        return self.finding(
            "stored" if stored is not None else "read",
            body.site.location,
            related=related,
            route=body.route.label,
            place=body.route.location,
            keys=names + (", …" if len(body.keys) > _MAX_NAMES else ""),
            body=body.label,
            target=shown.target,
        )
