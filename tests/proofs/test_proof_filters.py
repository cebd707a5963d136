"""What operators of Python make of columns in a filter, the reason of FAL428; writes without one, that of FAL426."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from sqlalchemy import and_, create_engine, delete, func, not_, or_, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

NAMES = {1: "one", 2: None, 3: "three"}


def mapped() -> SimpleNamespace:
    """A freshly mapped class: other tests forget all mappers of the process."""

    class Base(DeclarativeBase):
        pass

    class Thing(Base):
        __tablename__ = "thing"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str | None]
        active: Mapped[bool]

    return SimpleNamespace(Base=Base, Thing=Thing)


def found(condition: Callable) -> list[int]:
    """The ids of what a condition finds."""
    m = mapped()
    engine = create_engine("sqlite://")
    m.Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([m.Thing(id=number, name=name, active=number > 1) for number, name in NAMES.items()])
        session.flush()
        return list(session.scalars(select(m.Thing.id).where(condition(m.Thing)).order_by(m.Thing.id)))


@pytest.mark.parametrize(
    ("written", "finds", "meant", "expected"),
    [
        (lambda t: t.name is None, [], lambda t: t.name.is_(None), [2]),
        (lambda t: t.name is not None, [1, 2, 3], lambda t: t.name.is_not(None), [1, 3]),
        (lambda t: t.id in [1, 2], [], lambda t: t.id.in_([1, 2]), [1, 2]),
        (lambda t: t.id not in [1, 2], [1, 2, 3], lambda t: t.id.not_in([1, 2]), [3]),
        (lambda t: not t.active, [], lambda t: not_(t.active), [1]),
        # the second condition is lost
        (lambda t: t.active == True and t.id == 3, [2, 3], lambda t: and_(t.active, t.id == 3), [3]),  # noqa: E712
        (lambda t: t.active or t.id == 1, [2, 3], lambda t: or_(t.active, t.id == 1), [1, 2, 3]),
        # the first one is
        (lambda t: t.active and t.id < 3, [1, 2], lambda t: and_(t.active, t.id < 3), [2]),
        (lambda t: t.id == 1 or t.id == 3, [3], lambda t: or_(t.id == 1, t.id == 3), [1, 3]),
    ],
)
def test_an_operator_of_python_finds_something_else(written: Callable, finds: list, meant: Callable, expected: list):
    assert found(written) == finds
    assert found(meant) == expected


@pytest.mark.parametrize("written", [lambda t: t.id > 1 and t.active, lambda t: not t.name.like("o%")])
def test_most_conditions_have_no_truth(written: Callable):
    with pytest.raises(TypeError, match="Boolean value of this clause is not defined"):
        found(written)


@pytest.mark.parametrize("statement", [lambda t: delete(t), lambda t: update(t).values(name="new")])
def test_a_write_without_condition_takes_all_rows(statement: Callable):
    m = mapped()
    engine = create_engine("sqlite://")
    m.Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([m.Thing(id=number, name=name, active=True) for number, name in NAMES.items()])
        session.flush()
        session.execute(statement(m.Thing))
        untouched = select(func.count()).select_from(m.Thing).where(m.Thing.name.is_distinct_from("new"))
        assert session.scalar(untouched) == 0
