"""FAL357: what a client sends, as the path of a file."""

from __future__ import annotations

from fastapi_lint.diagnostics import Severity
from fastapi_lint.rules.security._flows import _FlowRule


class UserControlledPath(_FlowRule):
    """What a client sends names a file of the server.

    ## What it does
    Reports a path that is opened, listed, removed or sent (`open`, `FileResponse`, methods of `pathlib.Path`, `os`,
    `shutil`) and that holds a parameter, a field of a body, or the file name of an upload.

    ## Why is this bad?
    `../../etc/passwd` leads out of the folder that was meant, and an absolute path replaces it:
    `folder / "/etc/passwd"` is `/etc/passwd`. The file name of an upload is sent by the client like any other
    text, and comes as it was sent.

    ## Bad
    ```python
    from pathlib import Path

    from fastapi import FastAPI, UploadFile

    app = FastAPI()
    FOLDER = Path("/srv/uploads")


    @app.post("/uploads", status_code=201)
    def upload(file: UploadFile):
        with open(FOLDER / file.filename, "wb") as target:
            target.write(file.file.read())
    ```

    ## Good
    ```python
    from pathlib import Path
    from uuid import uuid4

    from fastapi import FastAPI, UploadFile

    app = FastAPI()
    FOLDER = Path("/srv/uploads")


    @app.post("/uploads", status_code=201)
    def upload(file: UploadFile):
        with open(FOLDER / uuid4().hex, "wb") as target:
            target.write(file.file.read())
    ```

    ## When not to use it
    Where the client may read and write all that the server may.

    ## Known limitations
    What comes to the call through objects (but for what their constructors keep), dicts of a module, generators, or
    functions that can't be resolved, is missed. Silent: what was compared with something, handed to a function whose
    name speaks of a check, or is of another type than a text (`int`, `UUID`, an `Enum`, `Literal`, a `pattern`);
    parameters of the path without `:path`, which hold no slash; `name.split(".")[-1]`, `Path(name).name` and
    `os.path.basename(name)`.

    ## References
    - https://owasp.org/www-community/attacks/Path_Traversal
    - tests/proofs/test_proof_client_input.py
    """

    code = "FAL357"
    name = "user-controlled-path"
    severity = Severity.ERROR
    kind = "path"
    standards = ("SEC-2",)
    messages = {
        "found": "{source} names the file that {call} touches, so that it may lead out of its folder; take its bare "
        "name, or check that the resolved path is inside (is_relative_to)",
    }
