"""What is logged, and what may tell somebody of an error."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.endpoints.logs import log_call, may_report

HEAD = """
import logging
import traceback
import sentry_sdk, structlog
from fastapi import FastAPI
from loguru import logger as other
from somewhere import helper

app = FastAPI()
logger = logging.getLogger(__name__)
log = structlog.get_logger()
def telling(): logger.info("x")
def further(): telling()
def quiet(): helper.answer()
"""


def calls(statement: str) -> tuple[list[tuple[str, str, bool]], bool]:
    """The log calls of an endpoint, and whether it may report something."""
    project = project_of(f"{HEAD}\n@app.get('/')\ndef endpoint():\n    {statement}\n")
    function = project.routes[0].function
    assert function is not None
    events = project.bodies.of(function).calls
    found = [(call.package, call.level, call.shows_traceback) for call in map(log_call, events) if call is not None]
    return found, may_report(events, project.bodies)


@pytest.mark.parametrize(
    ("statement", "expected", "reports"),
    [
        ("logger.error('x')", [("logging", "error", False)], True),
        ("logger.exception('x')", [("logging", "exception", True)], True),
        ("logger.error('x', exc_info=True)", [("logging", "error", True)], True),
        ("logger.error('x', exc_info=False)", [("logging", "error", False)], True),
        ("logger.error('x', **helper())", [("logging", "error", True)], True),
        ("logging.warning('x')", [("logging", "warning", False)], True),
        ("other.error('x')", [("loguru", "error", False)], True),
        ("other.opt(exception=True).error('x')", [("loguru", "error", True)], True),
        ("log.info('x')", [("structlog", "info", False)], True),
        ("helper.error('x')", [], True),
        ("sentry_sdk.capture_exception()", [], True),
        ("traceback.print_exc()", [], True),
        ("further()", [], True),
        ("quiet()", [], False),
        ("helper.answer()", [], False),
    ],
)
def test_log_calls(statement: str, expected: list[tuple[str, str, bool]], reports: bool) -> None:
    assert calls(statement) == (expected, reports)
