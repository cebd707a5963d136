"""FAL102: a DELETE that answers 200 and has nothing to say."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Related
from fastapi_lint.model.editing.statuses import status_text
from fastapi_lint.model.endpoints.answers import defers_work, is_response_or_dict, sets_status, success_answers
from fastapi_lint.model.endpoints.creation import deletes
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.values import is_none
from fastapi_lint.rules.api import Option, Rule


class DeleteWithout204(Rule):
    """A `DELETE` route answers 200 without anything to say.

    ## What it does
    Reports a `DELETE` route that answers 200, because it declares so or declares nothing, when all it returns is None
    or an acknowledgement: `{"ok": True}`, `{"message": "deleted"}`, `Message(message="deleted")`, `True`.

    ## Why is this bad?
    204 says that the thing is gone and that there is no body. With 200 the client gets the text `null`, or a message
    that it must parse to learn what the status has said already, and the OpenAPI document promises a body that holds
    nothing.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()
    books = {1: "Emma"}


    @app.delete("/books/{book_id}")
    def delete_book(book_id: int):
        books.pop(book_id, None)
    ```

    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()
    books = {1: "Emma"}


    class Message(BaseModel):
        message: str


    @app.delete("/books/{book_id}")
    def delete_book(book_id: int) -> Message:
        books.pop(book_id, None)
        return Message(message="Book deleted")
    ```

    ## Good
    ```python
    from fastapi import FastAPI, status

    app = FastAPI()
    books = {1: "Emma"}


    @app.delete("/books/{book_id}", status_code=status.HTTP_204_NO_CONTENT)
    def delete_book(book_id: int) -> None:
        books.pop(book_id, None)
    ```

    Who returns what was deleted, answers 200:

    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class Book(BaseModel):
        title: str


    books = {1: Book(title="Emma")}


    @app.delete("/books/{book_id}")
    def delete_book(book_id: int) -> Book:
        return books.pop(book_id)
    ```

    ## When not to use it
    Where clients that cannot be changed read the acknowledgement, or replace part of a page with the answer.

    ## Known limitations
    Silent: routes that return what was deleted or other data (see the option), a `Response`, or something that can't be
    resolved; routes that set the status themselves; routes whose response class is not JSON; routes that only hand the
    work to a background task or a queue (these answer 202).

    ## Fix safety
    Where the route returns nothing, the fix adds `status_code=204`, by its name where the module uses names. It is
    unsafe: clients and tests that compare the status with 200, or parse the `null`, notice. An acknowledgement is not
    taken out: who reads it must be asked.

    ## Options
    With `always`, every `DELETE` that answers 200 is reported, whatever it returns.

    ## References
    - https://www.rfc-editor.org/rfc/rfc9110#name-delete
    - https://fastapi.tiangolo.com/advanced/response-change-status-code/
    """

    code = "FAL102"
    name = "delete-without-204"
    fix = "unsafe"
    standards = ("API-7",)
    messages = {
        "nothing": "{route} ({place}) answers 200 and returns nothing: a DELETE without a body answers 204",
        "acknowledgement": "{route} ({place}) answers 200 with a bare acknowledgement: 204 says it without a body",
        "data": "{route} ({place}) answers 200 with data: a DELETE is to answer 204 here",
        "add": "declare the status 204",
    }
    options = (Option("always", "bool", False, "report DELETE routes that return data, too"),)

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.registered_routes:
            if route.methods == ("DELETE",) and route.status_code_known and route.status_code in (None, 200):
                yield from self._check(route, project)

    def _check(self, route: Route, project: Project) -> Iterator[Diagnostic]:
        found = success_answers(route, project, is_response_or_dict)
        kinds = {answer.kind for answer in found}
        reported = ("data", "acknowledgement", "nothing") if self.option("always") else ("acknowledgement", "nothing")
        if not kinds or not kinds.issubset(reported) or sets_status(route, project):
            return
        if defers_work(route, project) and not deletes(route, project):
            return
        related = [Related("this is all it returns", answer.site.location) for answer in found if answer.event]
        kind = next(kind for kind in reported if kind in kinds)
        fix = self._fix(route, project) if kinds == {"nothing"} else None
        yield self.finding(kind, route.location, related=related, fix=fix, route=route.label, place=route.location)

    def _fix(self, route: Route, project: Project) -> Fix | None:
        editing = project.registration_to_edit(route)
        if editing is None or not (route.response_model is None or is_none(route.response_model)):
            return None  # FastAPI refuses a model of what has no body
        editor, call = editing
        edit = editor.set_argument(call, "status_code", status_text(editor, 204, project.settings))
        return editor.fix(self.messages["add"], [edit], safe=False)
