#!/usr/bin/env python3
"""How the time of a check grows with the project: generated applications of twice and twice the size.

    python benchmarks/growth.py [--files N] [--doublings N] [--repetitions N] [--jobs N]

Each application is a package of parts; a part has a router with five routes, schemas, a mapped class and a service, and
imports the parts before it. Shown are the seconds of a check without a cache, of which for the model and the rules, and
how many times longer twice the files take; 2 is linear.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FILES_PER_PART = 4
PHASE = re.compile(r"(link|rules) ([\d.]+) s")

MAIN = """\
from fastapi import FastAPI

{imports}

app = FastAPI()
{includes}
"""
MODEL = """\
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.base import Base


class Item{number}(Base):
    __tablename__ = "items_{number}"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("items_{previous}.id"), index=True)
    parent: Mapped["Item{previous}"] = relationship()
"""
SCHEMAS = """\
from pydantic import BaseModel, ConfigDict


class Item{number}Create(BaseModel):
    name: str


class Item{number}Update(BaseModel):
    name: str | None = None


class Item{number}Read(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
"""
SERVICE = """\
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.part{number}.models import Item{number}
from shop.part{number}.schemas import Item{number}Create, Item{number}Update
from shop.part{previous}.{elsewhere}


def find(session: Session, item_id: int) -> Item{number} | None:
    return session.get(Item{number}, item_id)


def listed(session: Session, limit: int) -> list[Item{number}]:
    names = []
    for item in session.scalars(select(Item{number}).limit(limit).order_by(Item{number}.id)):
        names.append(item.name)
    return names


def create(session: Session, data: Item{number}Create) -> Item{number}:
    item = Item{number}(**data.model_dump())
    session.add(item)
    session.commit()
    return item


def change(session: Session, item: Item{number}, data: Item{number}Update) -> Item{number}:
    for name, value in data.model_dump(exclude_unset=True).items():
        setattr(item, name, value)
    session.commit()
    return item
"""
ROUTER = """\
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, status
from sqlalchemy.orm import Session

from shop.base import get_session, get_user
from shop.part{number} import service
from shop.part{number}.schemas import Item{number}Create, Item{number}Read, Item{number}Update

router = APIRouter(prefix="/items-{number}", dependencies=[Depends(get_user)])
Database = Annotated[Session, Depends(get_session)]


@router.get("", response_model=list[Item{number}Read])
def list_items(session: Database, limit: Annotated[int, Query(le=100)] = 20):
    return service.listed(session, limit)


@router.get("/{{item_id}}", response_model=Item{number}Read)
def get_item(item_id: int, session: Database):
    item = service.find(session, item_id)
    if item is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "item not found")
    return item


@router.post("", response_model=Item{number}Read, status_code=201)
def create_item(data: Item{number}Create, session: Database):
    return service.create(session, data)


@router.patch("/{{item_id}}", response_model=Item{number}Read)
def update_item(item_id: int, data: Item{number}Update, session: Database):
    item = service.find(session, item_id)
    if item is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "item not found")
    return service.change(session, item, data)


@router.delete("/{{item_id}}", status_code=204)
def delete_item(item_id: int, session: Database) -> None:
    session.delete(service.find(session, item_id))
    session.commit()
"""
BASE = """\
from fastapi import Depends, HTTPException
from fastapi.security import OAuth2PasswordBearer
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

scheme = OAuth2PasswordBearer(tokenUrl="token", auto_error=True)
make_session = sessionmaker(create_engine("sqlite://"))


class Base(DeclarativeBase):
    pass


def get_session():
    with make_session() as session:
        yield session


def get_user(token: str = Depends(scheme)) -> str:
    if not token:
        raise HTTPException(401)
    return token
"""


def main() -> int:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--files", type=int, default=250, help="of the smallest application")
    parser.add_argument("--doublings", type=int, default=4)
    parser.add_argument("--repetitions", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    print(f"{'files':>8}{'seconds':>10}{'model':>8}{'rules':>8}{'times':>8}")
    before = None
    for doubling in range(options.doublings + 1):
        files = options.files * 2**doubling
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), files)
            runs = [check(Path(folder), options.jobs) for _ in range(options.repetitions)]
        seconds, link, rules = (statistics.median(run[index] for run in runs) for index in range(3))
        times = f"{seconds / before:>8.2f}" if before else ""
        print(f"{files:>8,}{seconds:>10.2f}{link:>8.2f}{rules:>8.2f}{times}", flush=True)
        before = seconds
    return 0


def write(folder: Path, files: int) -> None:
    """Writes an application of about so many files."""
    (folder / "pyproject.toml").write_text('[project]\nname = "shop"\nversion = "1"\n')
    package = folder / "shop"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "base.py").write_text(BASE)
    parts = range(max(1, files // FILES_PER_PART))
    for number in parts:
        part = package / f"part{number}"
        part.mkdir()
        previous = max(number - 1, 0)
        elsewhere = f"models import Item{previous} as Parent"
        texts = {"models": MODEL, "schemas": SCHEMAS, "service": SERVICE, "router": ROUTER}
        for name, text in texts.items():
            written = text.format(number=number, previous=previous, elsewhere=elsewhere)
            (part / f"{name}.py").write_text(written)
    imports = "\n".join(f"from shop.part{number}.router import router as router{number}" for number in parts)
    includes = "\n".join(f"app.include_router(router{number})" for number in parts)
    (package / "main.py").write_text(MAIN.format(imports=imports, includes=includes))


def check(folder: Path, jobs: int) -> tuple[float, float, float]:
    """Seconds of a check, of its model and of its rules."""
    command = [sys.executable, "-m", "fastapi_lint", "check", str(folder), "--no-cache", "--exit-zero", "--timing"]
    start = time.perf_counter()
    ended = subprocess.run([*command, "--jobs", str(jobs)], capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - start
    phases = dict(PHASE.findall(ended.stderr))
    return seconds, float(phases["link"]), float(phases["rules"])


if __name__ == "__main__":
    sys.exit(main())
