"""FAL116: resources without a version in their path."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.versions import has_no_version, unversioned_routers, version_of
from fastapi_lint.rules.api import Option, Rule


class UnversionedApi(Rule):
    """A router stands beside the version under which all others stand.

    ## What it does
    Reports a router with a resource whose paths have no version, in an application where at least two thirds of the
    routers with resources, and two of them, have one (`/api/v1/…`).

    ## Why is this bad?
    Clients that are pinned to a version can't be left alone when this resource changes: its next shape breaks all of
    them. Mostly the version was forgotten in a prefix.

    ## Bad
    ```python
    from fastapi import APIRouter, FastAPI

    app = FastAPI()
    api = APIRouter(prefix="/api/v1")
    books = APIRouter(prefix="/books")
    authors = APIRouter(prefix="/authors")
    shelves = APIRouter(prefix="/shelves")


    @books.delete("/{book_id}", status_code=204)
    def delete_book(book_id: int) -> None: ...


    @authors.delete("/{author_id}", status_code=204)
    def delete_author(author_id: int) -> None: ...


    @shelves.delete("/{shelf_id}", status_code=204)
    def delete_shelf(shelf_id: int) -> None: ...


    api.include_router(books)
    api.include_router(authors)
    app.include_router(api)
    app.include_router(shelves, prefix="/api")
    ```

    ## Good
    ```python
    from fastapi import APIRouter, FastAPI

    app = FastAPI()
    api = APIRouter(prefix="/api/v1")
    books = APIRouter(prefix="/books")
    authors = APIRouter(prefix="/authors")
    shelves = APIRouter(prefix="/shelves")


    @books.delete("/{book_id}", status_code=204)
    def delete_book(book_id: int) -> None: ...


    @authors.delete("/{author_id}", status_code=204)
    def delete_author(author_id: int) -> None: ...


    @shelves.delete("/{shelf_id}", status_code=204)
    def delete_shelf(shelf_id: int) -> None: ...


    api.include_router(books)
    api.include_router(authors)
    api.include_router(shelves)
    app.include_router(api)
    ```

    ## When not to use it
    Where some resources are promised never to change.

    ## Known limitations
    A resource is a router that changes things and has a path of one item (`/books/{book_id}`). Silent: what is not in
    the schema; a router beside the one in which the whole API is collected (`/books` where that is at `/api/v1`), which
    may be for the clients of another program; health checks, logging in, callbacks, webhooks, internal and
    administrative paths; versions in headers or hosts; projects with routes that could not be resolved (`fastapi-lint
    routes --unresolved`). All routers that one function makes count as one.

    ## Options
    With `whole-application`, an application is reported, too, that has ten documented routes or more, with a resource
    among them, and no version in any path.

    ## References
    - https://fastapi.tiangolo.com/tutorial/bigger-applications/
    """

    code = "FAL116"
    name = "unversioned-api"
    standards = ("API-4",)
    messages = {
        "router": "{route} ({place}) and the other routes of its router have no version in their path, unlike the "
        "other resources of the application (/{version}/…): include the router below the version",
        "application": "no path of this application has a version: put its routers below a prefix such as /api/v1",
    }
    options = (Option("whole-application", "bool", False, "report applications without any version, too"),)

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        if app.mounted or project.may_have_more_routes:
            return
        for route, sibling in unversioned_routers(app):
            related = [Related(f"{sibling.label} has a version", sibling.location)]
            version = version_of(sibling.path)
            yield self.finding(
                "router", route.location, related=related, route=route.label, place=route.location, version=version
            )
        if self.option("whole-application") and has_no_version(app):
            yield self.finding("application", app.router.site.location)
