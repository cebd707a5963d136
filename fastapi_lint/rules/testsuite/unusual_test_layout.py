"""FAL808: tests that lie where others do not look for them."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.definitions import Module
from fastapi_lint.model.project import Project
from fastapi_lint.model.testsuite.collection import is_test_function
from fastapi_lint.rules.api import Option, Rule

_FOLDERS = frozenset({"tests", "test"})


class UnusualTestLayout(Rule):
    """Tests lie beside the code, or all in one folder.

    ## What it does
    Reports modules of tests outside a folder `tests`, and folders `tests` that hold more than `max-flat` modules of
    tests directly and none in folders of their own.

    ## Why is this bad?
    Tests beside the code are shipped with it. In one flat folder nobody finds the tests of a service among those of the
    API, and fixtures for one layer are given to all.

    ## Bad
    ```python
    # file: app/main.py
    from fastapi import FastAPI

    app = FastAPI()

    # file: app/test_main.py
    from app.main import app


    def test_title():
        assert app.title
    ```

    ## Good
    ```python
    # file: app/main.py
    from fastapi import FastAPI

    app = FastAPI()

    # file: tests/test_api/test_main.py
    from app.main import app


    def test_title():
        assert app.title
    ```

    ## When not to use it
    It is a matter of taste, and so not on by default.

    ## Known limitations
    Modules count as tests when pytest would find a test in them, by their name and that of a function.

    ## Options
    `max-flat`: how many modules of tests may lie in `tests` itself.

    ## References
    - https://docs.pytest.org/en/stable/explanation/goodpractices.html#choosing-a-test-layout
    """

    code = "FAL808"
    name = "unusual-test-layout"
    severity = Severity.INFO
    profile = "strict"
    standards = ("TST-7",)
    messages = {
        "beside": "{module} lies beside the code; move it below tests/",
        "flat": "{folder} holds {number} modules of tests and no folders for them; part them by what they test "
        "(test_api, test_services, test_repositories)",
    }
    options = (Option("max-flat", "int", 20, "how many modules of tests may lie in tests itself"),)

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        most = self.option("max-flat")
        assert isinstance(most, int)
        flat: dict[str, list[Module]] = {}
        parted: set[str] = set()
        tests = {function.module: None for function in project.functions if is_test_function(function)}
        for module in sorted(tests, key=lambda module: module.path):
            folders = module.path.split("/")[:-1]
            roots = [number for number, folder in enumerate(folders) if folder in _FOLDERS]
            if not roots:
                yield self.finding("beside", module.location(0, 0), module=module.name)
                continue
            root = "/".join(folders[: roots[0] + 1])
            if roots[0] == len(folders) - 1:
                flat.setdefault(root, []).append(module)
            else:
                parted.add(root)
        for root, modules in flat.items():
            if len(modules) > most and root not in parted:
                yield self.finding("flat", modules[0].location(0, 0), folder=root, number=len(modules))
