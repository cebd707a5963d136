"""FAL132: markers as default values."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Severity
from fastapi_lint.model.dependencies.markers import is_required_default, read_field_marker
from fastapi_lint.model.dependencies.styles import Styles, styles_of
from fastapi_lint.model.editing.parameters import Marker, with_annotated
from fastapi_lint.model.knowledge.releases import ANNOTATED
from fastapi_lint.model.project import Project
from fastapi_lint.model.values import ExternalResult, Value
from fastapi_lint.rules.api import Option, Rule

USUAL = 0.75
"""The share of parameters from which on a style is that of the project."""


class UnannotatedDependency(Rule):
    """Parameters are declared by `Depends()`, `Query()` and the like as default values.

    ## What it does
    Reports an endpoint or dependency with parameters such as `session = Depends(get_session)` or `q: str = Query()`,
    one finding for all of a function, in a project that mostly writes `Annotated[Session, Depends(get_session)]`.

    ## Why is this bad?
    The default is a lie: whoever calls the function without FastAPI, a test or another function, gets a `Depends` or
    `Query` object in place of a value, and no type checker says so. `Annotated` leaves the default free for a real one,
    can be shared under a name, and frees the order of parameters. Two styles side by side make readers look twice.

    ## Bad
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI, Query

    app = FastAPI()


    def get_shelf() -> list[str]:
        return ["Emma"]


    Shelf = Annotated[list[str], Depends(get_shelf)]


    @app.get("/books")
    def list_books(shelf: Shelf, q: Annotated[str, Query(max_length=20)] = "") -> list[str]:
        return [book for book in shelf if q in book]


    @app.get("/first")
    def first_book(shelf: Shelf) -> str:
        return shelf[0]


    @app.get("/count")
    def count_books(shelf: list[str] = Depends(get_shelf)) -> int:
        return len(shelf)
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI, Query

    app = FastAPI()


    def get_shelf() -> list[str]:
        return ["Emma"]


    Shelf = Annotated[list[str], Depends(get_shelf)]


    @app.get("/books")
    def list_books(shelf: Shelf, q: Annotated[str, Query(max_length=20)] = "") -> list[str]:
        return [book for book in shelf if q in book]


    @app.get("/first")
    def first_book(shelf: Shelf) -> str:
        return shelf[0]


    @app.get("/count")
    def count_books(shelf: Shelf) -> int:
        return len(shelf)
    ```

    ## When not to use it
    Where the two styles are mixed on purpose.

    ## Known limitations
    Silent: projects in which fewer than three quarters of such parameters are annotated (see the option), and releases
    of FastAPI before 0.95, which do not read `Annotated`; fields of classes that are dependencies.

    ## Fix safety
    The fix moves each marker into `Annotated`, and puts the default of a `Query` or the like behind it; FastAPI makes
    the same of it. It is unsafe where parameters must change their order, since one without default can't follow one
    with: who calls the function by position passes its arguments otherwise then. Who calls it without an argument got
    the marker for a value, and may get an error now. There is no fix where a parameter has no annotation, or a text for
    one, where annotations are postponed and need a name that is no global, and where comments stand among parameters
    that must be moved.

    ## Options
    With `always`, every such function is reported, whatever the project's style.

    ## References
    - https://fastapi.tiangolo.com/tutorial/dependencies/#share-annotated-dependencies
    - proof: `tests/proofs/test_request_parameters.py`
    """

    code = "FAL132"
    name = "unannotated-dependency"
    severity = Severity.INFO
    fix = "varies"
    standards = ("ASY-5",)
    messages = {
        "default": "{function} declares {names} by default values: use Annotated, as for {share}",
        "always": "{function} declares {names} by default values: use Annotated",
        "move": "move {names} into Annotated",
    }
    options = (Option("always", "bool", False, "report it in projects that mostly write default values, too"),)

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        if project.version("fastapi") < ANNOTATED:
            return
        endpoints = (route.function for route in project.routes)
        functions = [function for function in (*project.dependencies, *endpoints) if function is not None]
        own = [function for function in functions if not project.is_test(function.module)]
        found = styles_of(own, project.interpreter)
        annotated = sum(len(styles.annotated) for styles in found)
        total = annotated + sum(len(styles.by_default) for styles in found)
        is_usual = annotated >= USUAL * total
        if not is_usual and not self.option("always"):
            return
        for styles in found:
            if styles.by_default:
                yield self.finding(
                    "default" if is_usual else "always",
                    styles.function.location,
                    fix=self._fix(styles, project),
                    function=styles.function.call_name,
                    names=", ".join(styles.by_default),
                    share=f"{annotated} of the project's {total} parameters",
                )

    def _fix(self, styles: Styles, project: Project) -> Fix | None:
        editor = project.editor(styles.function.module)
        markers = {name: _said_by(value) for name, value in styles.by_default.items()}
        known = {name: marker for name, marker in markers.items() if marker is not None}
        if editor is None or len(known) < len(markers):
            return None
        edits, keeps_order = with_annotated(editor, styles.function.fact, known)
        return editor.fix(self.messages["move"].format(names=", ".join(known)), edits, safe=keeps_order)


def _said_by(value: Value) -> Marker | None:
    """What a marker says of its own default; None where that is not certain."""
    marker = read_field_marker(value)
    if marker is None:
        return Marker.NOTHING
    if (
        not isinstance(value, ExternalResult)
        or not marker.arguments.complete
        or "default_factory" in marker.arguments.keywords
    ):
        return None
    if marker.default is None:
        return Marker.NOTHING
    return Marker.REQUIRED if is_required_default(marker.default) else Marker.DEFAULT
