"""FAL613: a dependency with yield that swallows the error of the endpoint."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.dependencies.yielding import swallowing_handlers
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule

_RAISED_AT_YIELD = (0, 106)


class YieldDependencySwallows(Rule):
    """A dependency with `yield` swallows the error of the endpoint.

    ## What it does
    Reports an `except` around the `yield` of a dependency that catches HTTP exceptions (bare, `Exception`,
    `BaseException` or `HTTPException`) and ends without raising.

    ## Why is this bad?
    Since FastAPI 0.106 the error of an endpoint is raised at the `yield` of its dependencies. One that neither raises
    it again nor raises another leaves FastAPI with neither an error nor a response: the 404 that the endpoint raised is
    answered as 500, and what is logged is that complaint instead of the error.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI, HTTPException

    app = FastAPI()


    class Session:
        def rollback(self): ...


    def get_session():
        session = Session()
        try:
            yield session
        except Exception:
            session.rollback()


    @app.get("/books/{book_id}")
    def read_book(book_id: int, session=Depends(get_session)):
        raise HTTPException(status_code=404)
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI, HTTPException

    app = FastAPI()


    class Session:
        def rollback(self): ...


    def get_session():
        session = Session()
        try:
            yield session
        except Exception:
            session.rollback()
            raise


    @app.get("/books/{book_id}")
    def read_book(book_id: int, session=Depends(get_session)):
        raise HTTPException(status_code=404)
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: projects on FastAPI before 0.106; handlers that call a project function which may raise; handlers of other
    errors, which swallow as well but cannot turn an HTTP exception into a 500.

    ## References
    - https://fastapi.tiangolo.com/tutorial/dependencies/dependencies-with-yield/#always-raise-in-dependencies-with-yield-and-except
    - tests/proofs/test_proof_yield_dependencies.py
    """

    code = "FAL613"
    name = "yield-dependency-swallows"
    standards = ("ERR-6",)
    messages = {
        "swallows": "the dependency {dependency} swallows what its endpoints raise: {route} then answers 500 instead "
        "of its own error; end this except with raise",
    }

    def check_dependency(self, dependency: FunctionDefinition, project: Project) -> Iterator[Diagnostic]:
        if not dependency.fact.yields or project.is_test(dependency.module):
            return
        if project.version("fastapi") < _RAISED_AT_YIELD:
            return
        route = next(
            route for route in project.routes if any(each.function is dependency for each in route.dependencies)
        )
        for handler in swallowing_handlers(dependency, project.bodies, project.interpreter):
            yield self.finding(
                "swallows",
                dependency.module.location(handler.start, handler.start + len("except")),
                related=[Related(f"{route.label} depends on it", route.location)],
                dependency=dependency.name,
                route=route.label,
            )
