"""Arguments: calls, and the keyword arguments that routers, inclusions and routes share."""

from __future__ import annotations

from generated.annotations import model
from generated.choices import Choices
from generated.dependencies import dependency_list
from generated.source import Scope
from generated.texts import prefix, tags


def call(function: str, *arguments: str) -> str:
    """A call."""
    return f"{function}({', '.join(argument for argument in arguments if argument)})"


def starred(choices: Choices, first: str) -> str:
    """A positional argument, perhaps out of a list."""
    return f"*[{first}]" if choices.chance("starred", 10) else first


def as_arguments(choices: Choices, scope: Scope, values: dict[str, str]) -> list[str]:
    """Keyword arguments, perhaps from a dict."""
    if values and not scope.is_class and choices.chance("from dict", 10):
        name = scope.fresh("options")
        items = ", ".join(f'"{key}": {value}' for key, value in values.items())
        calls = ", ".join(f"{key}={value}" for key, value in values.items())
        scope.write(f"{name} = {choices.pick('dict', ['{{{0}}}', 'dict({1})', '{{{0}}} | {{}}']).format(items, calls)}")
        return [f"**{name}"]
    return [f"{key}={value}" for key, value in values.items()]


def shared_options(choices: Choices, scope: Scope, percent: int) -> dict[str, str]:
    """The options that routers and inclusions have; a prefix in so many of a hundred cases."""
    found: dict[str, str] = {}
    if choices.chance("prefix with parameter", 6):
        name = scope.fresh("owner_id")
        scope.know("path name", name)
        found["prefix"] = f'"/{{{name}}}"'
    elif choices.chance("prefix", percent):
        found["prefix"] = prefix(choices.within("prefix"), scope)
    if choices.chance("tags", 35):
        found["tags"] = tags(choices.within("tags"), scope)
    if choices.chance("dependencies", 25):
        found["dependencies"] = dependency_list(choices.within("dependencies"), scope)
    found |= common_options(choices, scope)
    if choices.chance("nothing", 12):
        nothing = choices.pick("what", ["tags=None", "dependencies=None", 'prefix=""', "responses=None"])
        name, _, value = nothing.partition("=")
        found.setdefault(name, value)
    return found


def common_options(choices: Choices, scope: Scope) -> dict[str, str]:
    """The options that routes have too."""
    found: dict[str, str] = {}
    if choices.chance("deprecated", 8):
        found["deprecated"] = choices.pick("is deprecated", ["True", "False", "None"])
    if choices.chance("in schema", 8):
        found["include_in_schema"] = choices.pick("is in schema", ["False", "True"])
    if choices.chance("responses", 10):
        answer = model(choices.within("answer"), scope) if choices.chance("model", 40) else "None"
        found["responses"] = f'{{404: {{"description": "nothing there", "model": {answer}}}}}'
    return found
