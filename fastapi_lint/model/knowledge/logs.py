"""Loggers: how their methods are called, and what else tells somebody of an error.

Sources: https://docs.python.org/3/library/logging.html, https://loguru.readthedocs.io/en/stable/api/logger.html,
https://www.structlog.org/en/stable/api.html, https://docs.sentry.io/platforms/python/usage/,
https://opentelemetry.io/docs/languages/python/instrumentation/#record-exceptions-in-spans
"""

from __future__ import annotations

import re

LEVELS = frozenset({"debug", "info", "warning", "warn", "error", "exception", "critical", "fatal"})
"""Methods of loggers, each named like a level; ``exception`` logs an error with its traceback."""

LOGGING_PACKAGES = frozenset({"logging", "loguru", "structlog"})
"""Packages whose loggers have these methods."""

LOGGERS = {
    "logging.getLogger()": "logging",
    "logging.getLogger().getChild()": "logging",
    "loguru.logger": "loguru",
    "structlog.get_logger()": "structlog",
    "structlog.getLogger()": "structlog",
    "structlog.stdlib.get_logger()": "structlog",
}
"""Loggers, with their packages."""

REPORTING_WORDS = re.compile(
    r"^(?:a?(?:debug|info|warning|warn|error|exception|critical|fatal)|print)$|"
    r"(?:^|_)(?:log|logs|logger|logging|logged|capture|report|record|notify|notice|alert|trace|audit|print|emit|publish)"
    r"(?:_|$)|^(?:log|capture|report|record|notify|notice)[A-Z]",
)
"""Names of functions and methods that may tell somebody of an error, so that nothing is said of code that calls one."""

TRACEBACK_TEXTS = frozenset({"traceback.format_exc", "traceback.format_exception", "traceback.format_tb"})
"""What gives the text of a traceback."""

TRACEBACK_REPORTS = frozenset({"traceback.print_exc", "traceback.print_exception"}) | TRACEBACK_TEXTS
"""What shows a traceback."""

TRACEBACK_WORDS = re.compile(r"capture|record_exception|report|exception$|trace", re.IGNORECASE)
"""Names of functions and methods that may show or send a traceback."""

DEBUG_WORDS = re.compile(
    r"debug|(?:^|_)(?:dev|development|env|environment|local|test|testing|verbose)(?:_|$)", re.IGNORECASE
)
"""Names of what tells a developer's machine from production, or asks for more output."""

DUMPS = frozenset({"dict", "json", "model_dump", "model_dump_json", "copy", "items", "decode", "strip"})
"""Methods that give an object as a whole."""

TRACERS = frozenset(
    """
    opentelemetry ddtrace elasticapm newrelic sentry_sdk logfire asgi_correlation_id starlette_context jaeger_client
    aws_xray_sdk prometheus_fastapi_instrumentator starlette_exporter starlette_prometheus scout_apm appsignal
    """.split()
)
"""Packages that trace or measure requests (the documentation of each)."""

CORRELATION = re.compile(r"(?:request|correlation|trace|transaction)[-_ ]?id|traceparent", re.IGNORECASE)
"""How ids of requests are called."""

OBSERVERS = re.compile(r"log|metric|prometheus|trac|telemetry|timing|monitor|audit|apm", re.IGNORECASE)
"""Names of middlewares that log or measure requests."""

STRUCTURED = frozenset(
    """
    structlog loguru pythonjsonlogger json_log_formatter ecs_logging logstash_formatter logstash_async logfire
    jsonlogging json_logging google_cloud_logging watchtower logging_json
    """.split()
)
"""Packages that write logs as objects, or can be told to (the documentation of each)."""
