"""FAL310: a password that is kept as people type it."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.plain_passwords import plain_passwords
from fastapi_lint.rules.api import Rule


class PlaintextPassword(Rule):
    """The password of an account is stored, or compared with what is stored, as it was typed.

    ## What it does
    Reports where the password of a request (a field of a body, a login form, a parameter) is given to a mapped class of
    accounts, or is compared with what such a class keeps by `==`, in a query or outside, and nothing on the way from
    the request to there may have hashed it. A list or dict of a module that serves as a store counts as well.

    ## Why is this bad?
    Who reads the table (a backup, a replica, an SQL injection, an employee) can log in as everybody, and elsewhere too,
    since people use a password more than once. Of a hash made by argon2, scrypt or bcrypt each password must be guessed
    on its own, which takes years.

    ## Bad
    ```python
    # file: main.py
    import accounts
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class UserCreate(BaseModel):
        email: str
        password: str


    @app.post("/users", status_code=201)
    def register(user: UserCreate) -> None:
        accounts.create(user.email, user.password)
    # file: accounts.py
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    engine = create_engine("sqlite://")


    class Base(DeclarativeBase): ...


    class User(Base):
        __tablename__ = "users"
        id: Mapped[int] = mapped_column(primary_key=True)
        email: Mapped[str]
        password: Mapped[str]


    def create(email: str, password: str) -> None:
        with Session(engine) as session:
            session.add(User(email=email, password=password))
            session.commit()
    ```

    ## Good
    ```python
    # file: main.py
    import accounts
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class UserCreate(BaseModel):
        email: str
        password: str


    @app.post("/users", status_code=201)
    def register(user: UserCreate) -> None:
        accounts.create(user.email, user.password)
    # file: accounts.py
    from pwdlib import PasswordHash
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    engine = create_engine("sqlite://")
    hasher = PasswordHash.recommended()


    class Base(DeclarativeBase): ...


    class User(Base):
        __tablename__ = "users"
        id: Mapped[int] = mapped_column(primary_key=True)
        email: Mapped[str]
        password: Mapped[str]


    def create(email: str, password: str) -> None:
        with Session(engine) as session:
            session.add(User(email=email, password=hasher.hash(password)))
            session.commit()
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Mapped classes of SQLAlchemy and SQLModel whose name says that they are accounts, and lists and dicts of a module.
    Silent: passwords for something
    else (a class with a column for a host or URL); what any call but `strip` and the like was made of; schemas that the
    project makes or changes itself, and whose validators look at the password; mapped classes with `__init__`,
    `@validates`, hybrid properties or a type of their own, which may hash; columns that are written again afterwards;
    endpoints that take the mapped class itself.

    ## References
    - https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
    - https://fastapi.tiangolo.com/tutorial/security/oauth2-jwt/#password-hashing
    - tests/proofs/test_proof_passwords.py
    """

    code = "FAL310"
    name = "plaintext-password"
    severity = Severity.ERROR
    standards = ("AUT-3", "SEC-9")
    messages = {
        "stored": "{column} gets {source} as it was typed; store a hash of it (argon2, scrypt or bcrypt)",
        "compared": "{column} is compared with {source} as it was typed, so that it is kept in plain text; store a "
        "hash (argon2, scrypt or bcrypt), and verify against that",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for found in plain_passwords(project):
            yield self.finding(
                "stored" if found.is_stored else "compared",
                found.site.location,
                related=found.evidence,
                flow=True,
                column=found.column,
                source=found.source,
            )
