"""FAL703: logs that are set up as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.facts.search import method_calls
from fastapi_lint.model.knowledge.logs import STRUCTURED
from fastapi_lint.model.project import Project
from fastapi_lint.model.values import external_name
from fastapi_lint.rules.api import Rule


class UnstructuredLogging(Rule):
    """Logs are set up as plain text.

    ## What it does
    Reports `logging.basicConfig(…)` in a project with an application, when the project imports no package for
    structured logs and has no formatter of its own.

    ## Why is this bad?
    What reads logs in production (a search, a dashboard, an alert) must take plain text apart again, and a traceback is
    forty entries to it. One JSON object for each entry is read as it was written.

    ## Bad
    ```python
    import logging

    from fastapi import FastAPI

    logging.basicConfig(level=logging.INFO)
    app = FastAPI()
    ```

    ## Good
    ```python
    import json
    import logging

    from fastapi import FastAPI


    class JsonFormatter(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return json.dumps({"level": record.levelname, "logger": record.name, "message": record.getMessage()})


    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    app = FastAPI()
    ```

    ## When not to use it
    Where logs are read by people alone. It is strict because that is a choice.

    ## Known limitations
    Silent: other ways to set up logs (`dictConfig`, handlers that are added), of which nothing is known. Scripts that
    set up logs are reported like the service itself.

    ## References
    - https://docs.python.org/3/howto/logging-cookbook.html#implementing-structured-logging
    """

    code = "FAL703"
    name = "unstructured-logging"
    profile = "strict"
    standards = ("LOG-1",)
    messages = {
        "plain": "logs are set up as plain text; give the handler a formatter that writes JSON",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        modules = [module for module in project.modules if not project.is_test(module)]
        if not project.apps or any(not STRUCTURED.isdisjoint(module.facts.imports) for module in modules):
            return
        if any(cls.derives_from("logging.Formatter") for cls in project.classes):
            return
        for module in modules:
            if "logging" in module.facts.imports:
                for call in method_calls(module.facts, "basicConfig"):
                    callee = project.interpreter.evaluate(call.func, module.scope)
                    if external_name(callee) == "logging.basicConfig":
                        yield self.finding("plain", module.location(call.start, call.end))
