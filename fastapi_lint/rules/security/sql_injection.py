"""FAL353: what a client sends, in the text of a query."""

from __future__ import annotations

from fastapi_lint.diagnostics import Severity
from fastapi_lint.rules.security._flows import _FlowRule


class SqlInjection(_FlowRule):
    """What a client sends becomes part of the text of a query.

    ## What it does
    Reports a text that is run as SQL (`text`, `literal_column`, `execute` and `fetch` of sessions, connections and
    cursors) and into which a parameter, a field of a body, a header or a cookie has been put, in the endpoint or in a
    function that it calls. The finding shows the way.

    ## Why is this bad?
    Whoever sends `' OR 1=1 --` reads or changes what the query was never meant to touch. A parameter of the query is
    sent apart from its text and can't change it.

    ## Bad
    ```python
    from fastapi import FastAPI
    from sqlalchemy import create_engine, text

    app = FastAPI()
    engine = create_engine("sqlite://")


    @app.get("/users")
    def find_users(name: str):
        with engine.connect() as connection:
            return connection.execute(text(f"SELECT id FROM users WHERE name = '{name}'")).scalars().all()
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from sqlalchemy import create_engine, text

    app = FastAPI()
    engine = create_engine("sqlite://")


    @app.get("/users")
    def find_users(name: str):
        with engine.connect() as connection:
            return connection.execute(text("SELECT id FROM users WHERE name = :name"), {"name": name}).scalars().all()
    ```

    ## When not to use it
    In a console for administrators whose purpose is to run SQL.

    ## Known limitations
    What comes to the call through objects (but for what their constructors keep), dicts of a module, generators, or
    functions that can't be resolved, is missed. Silent: what was compared with something, handed to a function whose
    name speaks of a check, or is of another type than a text (`int`, `UUID`, an `Enum`, `Literal`, a `pattern`).

    ## References
    - https://owasp.org/www-community/attacks/SQL_Injection
    - https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.text
    """

    code = "FAL353"
    name = "sql-injection"
    severity = Severity.ERROR
    kind = "sql"
    standards = ("SEC-5",)
    messages = {
        "found": "{source} becomes part of the SQL that {call} is given; pass it as a parameter of the query",
    }
