"""The standards that the rules enforce: one row per clause, with the rules that are planned for it.

Which rules do serve a clause is said by their own metadata; ``planned`` says which are to, so that the page of
standards shows what is missing. A clause without planned rules has a note that says why no rule can show it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standard:
    """A clause: its id, what it asks for, the codes of the rules planned for it, and a note."""

    id: str
    text: str
    planned: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Clauses that belong together."""

    title: str
    standards: tuple[Standard, ...]


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        "API design",
        (
            Standard(
                "API-1",
                "RESTful methods: a method does what its name says; reads do not write",
                ("FAL142", "FAL136"),
            ),
            Standard(
                "API-2",
                "Collections are plural nouns, singletons singular; no verbs in paths",
                ("FAL111", "FAL112"),
            ),
            Standard(
                "API-3",
                "Consistent URL patterns `/{resource}`, `/{resource}/{id}`, `/{resource}/{id}/{sub-resource}`",
                ("FAL113", "FAL114", "FAL115"),
            ),
            Standard("API-4", "URL versioning (`/api/v1/`)", ("FAL116",)),
            Standard("API-5", "200 for a successful GET/PUT/PATCH", ("FAL104",)),
            Standard("API-6", "201 for a POST that creates a resource", ("FAL101",)),
            Standard("API-7", "204 for a successful DELETE, without a body", ("FAL102", "FAL103")),
            Standard("API-8", "400/401/403/404/409/422/429 each used for its own case", ("FAL106", "FAL107", "FAL109")),
            Standard("API-9", "500 is never returned on purpose", ("FAL105",)),
            Standard(
                "API-10",
                "The declared contract is the real one: routes reachable, parameters bound, errors documented",
                ("FAL110", "FAL121", "FAL122", "FAL123", "FAL124", "FAL125", "FAL126", "FAL127", "FAL134"),
            ),
        ),
    ),
    Chapter(
        "Schemas",
        (
            Standard(
                "SCH-1",
                "Separate models for Create, Update, Response and DB",
                ("FAL201", "FAL202", "FAL203", "FAL219"),
            ),
            Standard("SCH-2", "Schemas are `BaseModel`s in dedicated `schemas/` modules", ("FAL206", "FAL212")),
            Standard(
                "SCH-3",
                "`@field_validator` / `@model_validator` (Pydantic v2) for complex rules",
                ("FAL207", "FAL213"),
            ),
            Standard("SCH-4", "`Field()` with description, examples and constraints", ("FAL208", "FAL210")),
            Standard("SCH-5", "`model_config` with `json_schema_extra` examples on complex models", ("FAL209",)),
            Standard(
                "SCH-6",
                '`Optional` and defaults used on purpose: "not provided" differs from `None`',
                ("FAL204", "FAL205", "FAL211"),
            ),
        ),
    ),
    Chapter(
        "Authentication and authorization",
        (
            Standard("AUT-1", "OAuth2 with JWT as the default strategy", ("FAL320",)),
            Standard(
                "AUT-2",
                "Tokens made and verified with a maintained JWT library, signature and algorithm checked",
                ("FAL307", "FAL321"),
            ),
            Standard(
                "AUT-3",
                "Passwords hashed with bcrypt (or argon2/scrypt), never stored or compared in plain text",
                ("FAL310", "FAL311"),
            ),
            Standard(
                "AUT-4",
                "Access tokens live 15 to 30 minutes; refresh tokens exist",
                ("FAL306", "FAL308", "FAL319"),
            ),
            Standard(
                "AUT-5",
                "Reusable dependencies: current user, current active user, role factory",
                ("FAL303", "FAL316"),
            ),
            Standard("AUT-6", "No sensitive data in tokens or responses", ("FAL214", "FAL309")),
            Standard(
                "AUT-7",
                "`Depends()` for every auth check, never by hand in an endpoint body",
                ("FAL302", "FAL303", "FAL314", "FAL315"),
            ),
            Standard("AUT-8", "Token revocation (blacklist, or short expiry with refresh)", ("FAL319",)),
            Standard("AUT-9", "A 401 carries `WWW-Authenticate`", ("FAL312",)),
        ),
    ),
    Chapter(
        "Database",
        (
            Standard(
                "DB-1",
                "SQLAlchemy 2.0 async with `AsyncSession`",
                ("FAL404", "FAL405", "FAL420", "FAL422", "FAL424"),
            ),
            Standard("DB-2", "Models in `models/` modules, with table names and relationships", ("FAL416", "FAL417")),
            Standard("DB-3", "Alembic for every schema change", ("FAL406",)),
            Standard("DB-4", "Repository pattern: endpoints hold no queries", ("FAL413", "FAL414")),
            Standard("DB-5", "`select()` of explicit columns when the whole model is not needed", ("FAL418",)),
            Standard(
                "DB-6",
                "No N+1: `selectinload`, `joinedload`, `subqueryload`",
                ("FAL401", "FAL402", "FAL403", "FAL425"),
            ),
            Standard("DB-7", "Multi-step writes in one transaction", ("FAL407", "FAL408", "FAL409")),
            Standard("DB-8", "Soft deletes where the model has them", ("FAL415",)),
            Standard("DB-9", "Indexes on foreign keys and on columns that are filtered by", ("FAL410", "FAL411")),
            Standard("DB-10", "Connection pooling with stated limits", ("FAL412",)),
        ),
    ),
    Chapter(
        "Async and performance",
        (
            Standard(
                "ASY-1",
                "`async def` for every endpoint that does I/O, and no blocking call inside it",
                ("FAL501", "FAL502", "FAL503", "FAL512", "FAL517"),
            ),
            Standard("ASY-2", "`def` only for pure computation", ("FAL503", "FAL504")),
            Standard("ASY-3", "`asyncio.gather()` for independent I/O", ("FAL505",)),
            Standard(
                "ASY-4",
                "Caching of what is read often and changes rarely (Redis; `aioredis` itself is retired)",
                ("FAL511", "FAL516"),
            ),
            Standard(
                "ASY-5",
                "Dependency injection, cached per request, for sessions, clients and users",
                ("FAL413", "FAL510", "FAL314"),
            ),
            Standard("ASY-6", "Pagination on every list endpoint, with an upper bound", ("FAL140", "FAL141")),
            Standard("ASY-7", "Rate limiting on public endpoints", ("FAL354",)),
            Standard("ASY-8", "`BackgroundTasks` for what the response need not wait for", ("FAL509", "FAL514")),
        ),
    ),
    Chapter(
        "Errors",
        (
            Standard("ERR-1", "A hierarchy of application exceptions", ("FAL608", "FAL610")),
            Standard("ERR-2", "Global handlers with one response shape", ("FAL606", "FAL607")),
            Standard("ERR-3", "No stack traces or internals in responses", ("FAL601", "FAL130")),
            Standard("ERR-4", "5xx logged with context", ("FAL603", "FAL609", "FAL709")),
            Standard("ERR-5", "Constraint violations mapped: unique to 409, foreign key to 400", ("FAL419", "FAL611")),
            Standard("ERR-6", "Every failure mode handled, none swallowed", ("FAL602", "FAL604")),
        ),
    ),
    Chapter(
        "Logging",
        (
            Standard("LOG-1", "`logging`, structured JSON in production", ("FAL701", "FAL703")),
            Standard("LOG-2", "Correlation ids in every entry, by middleware", ("FAL704",)),
            Standard("LOG-3", "Levels used for what they mean", ("FAL705", "FAL709")),
            Standard("LOG-4", "Request/response logging, sensitive fields sanitized", ("FAL702", "FAL708")),
            Standard("LOG-5", "Timing of queries and external calls", ("FAL708",)),
        ),
    ),
    Chapter(
        "Tests",
        (
            Standard("TST-1", "Tests for every endpoint", ("FAL801",)),
            Standard("TST-2", "pytest with an async plugin, async tests really run", ("FAL802", "FAL803")),
            Standard("TST-3", "`httpx.AsyncClient` / `TestClient` used as their current versions want", ("FAL807",)),
            Standard("TST-4", "Fixtures for sessions, users and common data; overrides undone", ("FAL806",)),
            Standard("TST-5", "Happy paths, validation errors, auth failures and edge cases", ("FAL805",)),
            Standard("TST-6", "External services mocked, never called", ("FAL804",)),
            Standard("TST-7", "`tests/test_api`, `tests/test_services`, `tests/test_repositories`", ("FAL808",)),
        ),
    ),
    Chapter(
        "Structure",
        (
            Standard(
                "STR-1",
                "The standard layout: main, config, dependencies, api/v1/endpoints, models, schemas, services, "
                "repositories, core",
                ("FAL901", "FAL902", "FAL905"),
            ),
            Standard("STR-2", "Settings with pydantic-settings", ("FAL903",)),
            Standard("STR-3", "Thin endpoints, business logic in services", ("FAL904", "FAL905")),
            Standard("STR-4", "Full type hints on functions", ("FAL906",)),
            Standard("STR-5", "Docstrings on public functions and endpoints", ("FAL907",)),
        ),
    ),
    Chapter(
        "Security",
        (
            Standard("SEC-1", "No hardcoded secrets, tokens or credentials", ("FAL351",)),
            Standard("SEC-2", "Input validation on all user data", ("FAL212", "FAL141", "FAL217", "FAL359")),
            Standard("SEC-3", "Authentication on protected endpoints", ("FAL301",)),
            Standard("SEC-4", "Authorization for resource ownership", ("FAL305", "FAL218")),
            Standard("SEC-5", "No SQL injection", ("FAL353",)),
            Standard("SEC-6", "Rate limiting on authentication endpoints", ("FAL354",)),
            Standard("SEC-7", "CORS configured on purpose", ("FAL352", "FAL128")),
            Standard("SEC-8", "Sensitive data out of logs and responses", ("FAL214", "FAL702")),
            Standard("SEC-9", "Password hashing", ("FAL310", "FAL311")),
            Standard("SEC-10", "HTTPS in production, safe cookies", ("FAL355", "FAL356", "FAL363")),
        ),
    ),
    Chapter(
        "Ways of working",
        (
            Standard(
                "WRK-1",
                "Smallest viable diff: fixes touch only what they must",
                (),
                "Held by every fix: it edits the text it must and leaves the rest byte for byte.",
            ),
            Standard(
                "WRK-2",
                "Clarify, plan, document, remember across work",
                (),
                "A way of working: source code does not show it.",
            ),
        ),
    ),
)
"""All clauses, in chapters."""

STANDARDS: dict[str, Standard] = {standard.id: standard for chapter in CHAPTERS for standard in chapter.standards}
"""All clauses by id."""
