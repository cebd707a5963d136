"""What a client gets for a value that is taken: the reason of FAL419."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import Depends, FastAPI, HTTPException
from fastapi.testclient import TestClient
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


@pytest.mark.parametrize(("caught", "status"), [(False, 500), (True, 409)])
def test_a_value_that_is_taken(caught: bool, status: int, tmp_path: Path):
    class Base(DeclarativeBase):
        pass

    class User(Base):
        __tablename__ = "user"
        id: Mapped[int] = mapped_column(primary_key=True)
        email: Mapped[str] = mapped_column(unique=True)

    engine = create_engine(f"sqlite:///{tmp_path / 'users.db'}")
    Base.metadata.create_all(engine)
    app = FastAPI()

    def get_session() -> Iterator[Session]:
        with Session(engine) as session:
            yield session

    @app.post("/users", status_code=201)
    def add_user(email: str, session: Session = Depends(get_session)) -> None:
        session.add(User(email=email))
        try:
            session.commit()
        except IntegrityError:
            if caught:
                raise HTTPException(409) from None
            raise

    client = TestClient(app, raise_server_exceptions=False)
    answers = [client.post("/users", params={"email": "a@example.com"}).status_code for _ in range(2)]
    assert answers == [201, status]
