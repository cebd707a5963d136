"""FAL110: an error that a route raises and its documentation does not name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fastapi_lint.diagnostics import Diagnostic, Edit, Fix, Related, Severity
from fastapi_lint.facts.expressions import Call, Mapping
from fastapi_lint.model.editing.editor import Editor
from fastapi_lint.model.editing.statuses import status_text
from fastapi_lint.model.endpoints.status_names import phrase
from fastapi_lint.model.errors.documented import Undocumented, undocumented_errors
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.texts import HOLE
from fastapi_lint.rules.api import Rule


class UndocumentedError(Rule):
    """A route raises an error that its documentation does not name.

    ## What it does
    Reports a route whose endpoint, dependencies, or what they call, raise an `HTTPException` with a status that the
    effective `responses` do not hold: those of the application, of `include_router`, of the router and of the route.

    ## Why is this bad?
    FastAPI documents the success, and 422 where a route takes parameters; of what code raises it knows nothing. Clients
    that are generated from the document have no type for the error, and who reads it learns of the 404 from the first
    one.

    ## Bad
    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    books = {1: "Emma"}


    @app.get("/books/{book_id}")
    def read_book(book_id: int) -> str:
        if book_id not in books:
            raise HTTPException(status_code=404, detail="Book not found")
        return books[book_id]
    ```

    ## Good
    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    books = {1: "Emma"}


    @app.get("/books/{book_id}", responses={404: {"description": "Book not found"}})
    def read_book(book_id: int) -> str:
        if book_id not in books:
            raise HTTPException(status_code=404, detail="Book not found")
        return books[book_id]
    ```

    ## When not to use it
    For an API that nobody but its own pages uses. Whole projects document no errors, and so it is not on by default.

    ## Known limitations
    What is raised may depend on something that a route never brings about. Silent: 500; what comes through more than
    three calls, or may be caught on its way; exceptions of libraries, those of security schemes among them, and those
    of the project that a handler turns into an answer; applications whose document, exception handlers or route class
    can't be read; routes with `openapi_extra`; routers without an application.

    ## Fix safety
    The fix adds the statuses to `responses` of the route, each described by the message of the exception where it has
    one. It is unsafe: the OpenAPI document changes, and a router may be the better place. There is none where
    `responses` is no dict that stands there.

    ## References
    - https://fastapi.tiangolo.com/advanced/additional-responses/
    - tests/proofs/test_proof_documented_errors.py
    """

    code = "FAL110"
    name = "undocumented-error"
    severity = Severity.INFO
    profile = "strict"
    fix = "unsafe"
    standards = ("API-10",)
    messages = {
        "undocumented": "{route} ({place}) raises {statuses}, which neither its responses nor those of its routers and "
        "application name: add them to responses",
        "add": "document {statuses}",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route, found in undocumented_errors(project):
            yield self.finding(
                "undocumented",
                route.location,
                related=[Related(f"{one.status} is raised here{_by(one)}", one.location) for one in found],
                fix=self._fix(route, found, project),
                route=route.label,
                place=route.location,
                statuses=_listed(found),
            )

    def _fix(self, route: Route, found: Sequence[Undocumented], project: Project) -> Fix | None:
        editing = project.call_to_edit(route.site)
        if editing is None or any(one is not route and one.site == route.site for one in project.documented_routes):
            return None
        editor, call = editing
        texts = [f"{status_text(editor, one.status, project.settings)}: {_described(one, editor)}" for one in found]
        message = self.messages["add"].format(statuses=_listed(found))
        return editor.fix(message, [_documented(editor, call, texts)], safe=False)


def _by(one: Undocumented) -> str:
    """Through what it is raised, where that is not the endpoint itself."""
    called = [step.call_name for _, step in one.escape.steps]
    names = called if one.dependant.level == "endpoint" else [one.dependant.qualified_name.rpartition(".")[2], *called]
    return f", through {', '.join(names)}" if names else ""


def _listed(found: Sequence[Undocumented]) -> str:
    *others, last = (str(one.status) for one in found)
    return f"{', '.join(others)} and {last}" if others else last


def _documented(editor: Editor, call: Call, texts: Sequence[str]) -> Edit | None:
    given = call.keyword("responses")
    if given is None:
        return editor.set_argument(call, "responses", f"{{{', '.join(texts)}}}")
    return editor.add_items(given, *texts) if isinstance(given, Mapping) else None


def _described(one: Undocumented, editor: Editor) -> str:
    """What `responses` has for an error: its message, or what its status means."""
    detail = one.error.detail
    if detail is None or HOLE in detail or not detail.isprintable() or set(detail) & set("\"'\\"):
        detail = phrase(one.status)
    return f"{{{editor.string('description')}: {editor.string(detail)}}}"
