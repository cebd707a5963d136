"""How SQLite finds the rows of one parent: the reason of FAL410."""

from __future__ import annotations

import pytest
from sqlalchemy import ForeignKey, create_engine, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


@pytest.mark.parametrize(("indexed", "plan"), [(False, "SCAN book"), (True, "SEARCH book USING INDEX")])
def test_a_foreign_key_has_no_index_of_itself(indexed: bool, plan: str):
    class Base(DeclarativeBase):
        pass

    class Author(Base):
        __tablename__ = "author"
        id: Mapped[int] = mapped_column(primary_key=True)

    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"), index=indexed)

    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        rows = session.execute(text("explain query plan select * from book where author_id = 1")).all()
    assert rows[0][-1].startswith(plan)
