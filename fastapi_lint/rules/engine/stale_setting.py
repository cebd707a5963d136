"""FAL005: a setting that names nothing."""

from __future__ import annotations

from fastapi_lint.rules.api import Rule


class StaleSetting(Rule):
    """The configuration names something that does not exist.

    ## What it does
    Reports in the configuration file of a project

    - an application of `app` whose module or variable does not exist,
    - a dependency of `auth-dependencies` or `require` that nothing is called like,
    - a path pattern of `public-paths` or `require` that no route fits,
    - a folder of `src` that does not exist,
    - a pattern of `per-file-ignores` or `extend-per-file-ignores` that fits no file.

    Unknown codes and rule names are errors of the configuration, with which the command ends.

    ## Why is this bad?
    The setting was written for something that has been renamed or removed, or was misspelt from the start. What it
    should do is not done: a dependency that authenticates is not known to, a policy guards nothing. And if something
    new comes to have the old name, it is let off from checks that nobody meant to spare it.

    ## Bad
    ```python
    # file: fastapi-lint.toml
    public-paths = ["/webhook"]

    # file: main.py
    from fastapi import FastAPI

    app = FastAPI()


    @app.post("/webhooks")
    def receive() -> None: ...
    ```

    ## Good
    ```python
    # file: fastapi-lint.toml
    public-paths = ["/webhooks"]

    # file: main.py
    from fastapi import FastAPI

    app = FastAPI()


    @app.post("/webhooks")
    def receive() -> None: ...
    ```

    ## When not to use it
    Where one configuration serves several projects or branches, of which only some have what it names; a file that
    others `extend` is not reported on for that reason.

    ## Known limitations
    Reported when the whole project is checked, not when only some of its files are, and not when the command line says
    which files or applications the project has. Where a route or dependency of the project could not be resolved
    (`fastapi-lint routes --unresolved`), what the paths and dependencies of the configuration name may be just that, so
    nothing is said about them. Patterns of `exclude` are not judged: what they leave out may be generated later. flake8
    reads Python files only, so it does not report this.
    """

    code = "FAL005"
    name = "stale-setting"
    messages = {
        "module": "`{key}` names `{name}`, but there is no module `{module}`: correct or remove it",
        "variable": "`{key}` names `{name}`, but `{module}` has no `{variable}`: correct or remove it",
        "dependency": "`{key}` names `{name}`, but nothing in the project is called so: correct or remove it",
        "route": "`{key}` has the pattern `{name}`, which the path of no route fits: correct or remove it",
        "folder": "`{key}` names the folder `{name}`, which does not exist: correct or remove it",
        "file": "`{key}` has the pattern `{name}`, which no file of the project fits: correct or remove it",
    }
