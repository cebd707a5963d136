"""FAL361: what a client sends, run as code."""

from __future__ import annotations

from fastapi_lint.diagnostics import Severity
from fastapi_lint.rules.security._flows import _FlowRule


class UserControlledCommand(_FlowRule):
    """What a client sends is run as a command or as code.

    ## What it does
    Reports `eval`, `exec`, `os.system`, `os.popen`, `subprocess` with `shell=True`, `asyncio.create_subprocess_shell`,
    `pickle.loads` and kin, and `yaml.unsafe_load`, that are given a parameter, a field of a body or a header, or a text
    with one.

    ## Why is this bad?
    A shell runs what stands behind a semicolon, and `eval` and `pickle` run whatever they are told to: the client is on
    the server.

    ## Bad
    ```python
    import subprocess

    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/hosts/{name}")
    def find_host(name: str):
        return subprocess.run(f"dig +short {name}", shell=True, capture_output=True, timeout=5).stdout
    ```

    ## Good
    ```python
    import subprocess
    from typing import Annotated

    from fastapi import FastAPI, Path

    app = FastAPI()


    @app.get("/hosts/{name}")
    def find_host(name: Annotated[str, Path(pattern="^[a-z0-9.]+$")]):
        return subprocess.run(["dig", "+short", name], capture_output=True, timeout=5).stdout
    ```

    ## When not to use it
    In a service whose purpose is to run code of its clients, in a sandbox.

    ## Known limitations
    What comes to the call through objects (but for what their constructors keep), dicts of a module, generators, or
    functions that can't be resolved, is missed. Silent: what was compared with something, handed to a function whose
    name speaks of a check, or is of another type than a text (`int`, `UUID`, an `Enum`, `Literal`, a `pattern`);
    commands that are lists.

    ## References
    - https://owasp.org/www-community/attacks/Command_Injection
    - https://docs.python.org/3/library/subprocess.html#security-considerations
    """

    code = "FAL361"
    name = "user-controlled-command"
    severity = Severity.ERROR
    kind = "command"
    standards = ("SEC-2",)
    messages = {
        "found": "{source} becomes part of what {call} runs; pass a list of arguments without a shell, or parse it as "
        "data",
    }
