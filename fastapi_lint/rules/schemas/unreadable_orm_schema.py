"""FAL215: a schema that cannot read the object it is given."""

from __future__ import annotations

from fastapi_lint.diagnostics import Fix, Related
from fastapi_lint.facts.expressions import Attribute, Call
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import CallEvent
from fastapi_lint.model.project import Project
from fastapi_lint.model.schemas.reading import unreadable_objects
from fastapi_lint.rules.api import Findings, Rule


class UnreadableOrmSchema(Rule):
    """An ORM object is validated into a schema without `from_attributes`.

    ## What it does
    Reports `Schema.model_validate(stored)` where `stored` is an object of a mapped class, and neither the schema's
    configuration nor the call says `from_attributes`.

    ## Why is this bad?
    It always fails: Pydantic reads dicts, and objects only when it is told so. The client gets a 500 with the
    first row that is found.

    ## Bad
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]


    class BookRead(BaseModel):
        id: int
        title: str


    @app.get("/books/{book_id}")
    def read_book(book_id: int) -> BookRead:
        with Session(engine) as session:
            book = session.get(Book, book_id)
            return BookRead.model_validate(book)
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel, ConfigDict
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]


    class BookRead(BaseModel):
        model_config = ConfigDict(from_attributes=True)

        id: int
        title: str


    @app.get("/books/{book_id}")
    def read_book(book_id: int) -> BookRead:
        with Session(engine) as session:
            book = session.get(Book, book_id)
            return BookRead.model_validate(book)
    ```

    ## When not to use it
    Never: the call cannot succeed.

    ## Known limitations
    Objects whose class is not known are silent, and so are schemas with a validator of the whole model, which may read
    the object itself. What FastAPI does with a response model needs no `from_attributes`.

    ## Fix safety
    The fix adds `from_attributes=True` to the call. Nothing that works changes: the call always failed.

    ## References
    - https://docs.pydantic.dev/latest/concepts/models/#arbitrary-class-instances
    - `tests/proofs/test_from_attributes.py` shows what fails and what does not.
    """

    code = "FAL215"
    name = "unreadable-orm-schema"
    fix = "safe"
    standards = ("SCH-1",)
    messages = {
        "unreadable": "{schema} cannot read {model}: set `from_attributes=True` in its configuration, or in this call",
        "add": "add `from_attributes=True`",
    }

    def check_function(self, function: FunctionDefinition, project: Project) -> Findings:
        if project.is_test(function.module):
            return
        for found in unreadable_objects(function, project.bodies, project.schemas, project.orm_models):
            yield self.finding(
                "unreadable",
                found.event.site.location,
                related=[
                    Related(f"{found.schema.name} is defined here", found.schema.location),
                    Related(f"{found.model.name} is mapped here", found.model.location),
                ],
                fix=self._fix(found.event, project),
                schema=found.schema.name,
                model=f"objects of {found.model.name}",
            )

    def _fix(self, event: CallEvent, project: Project) -> Fix | None:
        editor, call = project.editor(event.site.module), event.node
        if editor is None or not isinstance(call, Call) or not isinstance(call.func, Attribute):
            return None
        if call.func.attr != "model_validate":
            return None  # `from_orm` takes no options
        edit = editor.set_argument(call, "from_attributes", "True")
        return editor.fix(self.messages["add"], [edit])
