"""FAL315: a dependency that is called where it is declared."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Related
from fastapi_lint.model.dependencies.called import DependencyCall, called_dependencies
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class CalledDependency(Rule):
    """A dependency is called inside `Depends(…)` instead of being handed over.

    ## What it does
    Reports `Depends(f())` and `Security(f())` where `f` is a function of the project whose result nobody can call: it
    is a coroutine, a generator, None or a plain value.

    ## Why is this bad?
    The function runs once, at import, and for no request: what it checks is never checked. FastAPI then wants to call
    what it gave, and the application does not start. Worse is a function that returns nothing: `Depends(None)` at a
    parameter calls the type of its annotation, so that FastAPI makes the current user out of the query string.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI, Header, HTTPException
    from pydantic import BaseModel

    app = FastAPI()


    class User(BaseModel):
        name: str


    def check_key(x_key: str = Header("")) -> None:
        if x_key == "":
            raise HTTPException(status_code=403)


    @app.get("/me")
    def read_me(user: User = Depends(check_key())) -> str:
        return user.name
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI, Header, HTTPException
    from pydantic import BaseModel

    app = FastAPI()


    class User(BaseModel):
        name: str


    def current_user(x_name: str = Header()) -> User:
        if not x_name.isalpha():
            raise HTTPException(status_code=403)
        return User(name=x_name)


    @app.get("/me")
    def read_me(user: User = Depends(current_user)) -> str:
        return user.name
    ```

    ## When not to use it
    There is no reason to: what it reports does not start, or checks nothing.

    ## Known limitations
    Silent about methods, functions with decorators, and functions whose result may be called: those make dependencies.

    ## Fix safety
    The fix hands the function over, where it was called without arguments. It is safe where the application could not
    start before; it is unsafe for a function that returns None, since its checks then begin to work.

    ## References
    - https://fastapi.tiangolo.com/tutorial/dependencies/#declare-the-dependency-in-the-dependant
    - tests/proofs/test_proof_direct_calls.py
    """

    code = "FAL315"
    name = "called-dependency"
    fix = "varies"
    standards = ("AUT-7",)
    messages = {
        "refused": "Depends({function}(…)) depends on {gives}, which {function} gave at import, and FastAPI can't "
        "call: the application does not start; pass {function} itself",
        "annotation": "Depends({function}(…)) is Depends(None): {function} runs at import only, and FastAPI makes the "
        "parameter by calling its annotation; pass {function} itself",
        "pass": "pass `{function}` itself",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for found in called_dependencies(project.routes, project.interpreter):
            if not project.is_test(found.site.module):
                yield self.finding(
                    "annotation" if found.takes_annotation else "refused",
                    found.site.location,
                    related=[Related(f"{found.function.name} is defined here", found.function.location)],
                    fix=self._fix(found, project),
                    function=found.function.name,
                    gives=found.gives,
                )

    def _fix(self, found: DependencyCall, project: Project) -> Fix | None:
        editor = project.editor(found.site.module)
        if editor is None or found.call.arguments:
            return None
        edit = editor.edit(found.call.func.end, found.call.end, "")
        message = self.messages["pass"].format(function=found.function.name)
        return editor.fix(message, [edit], safe=not found.takes_annotation)
