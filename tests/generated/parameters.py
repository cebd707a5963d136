"""Parameters of endpoints and dependencies: all places they may come from, in all styles of declaring them."""

from __future__ import annotations

from dataclasses import dataclass

from generated import annotations as types
from generated.choices import Choices
from generated.constants import enumeration
from generated.definitions import made
from generated.imports import use
from generated.names import PARAMETER_NAMES, PATH_NAMES
from generated.source import Scope

SPECIAL = {
    "request": "fastapi.Request",
    "response": "fastapi.Response",
    "tasks": "fastapi.BackgroundTasks",
    "scopes": "fastapi.security.SecurityScopes",
    "connection": "fastapi.requests.HTTPConnection",
}
"""Types that FastAPI fills, by the name of the parameter: it does so once for each."""


@dataclass(frozen=True)
class Parameter:
    """A parameter as it is written. ``form`` is "", "positional" or "keyword"."""

    name: str
    annotation: str = ""
    default: str = ""
    form: str = ""

    def __str__(self) -> str:
        equals = " = " if self.annotation else "="
        return (
            self.name
            + (f": {self.annotation}" if self.annotation else "")
            + (equals + self.default) * bool(self.default)
        )


def listed(parameters: list[Parameter]) -> str:
    """The parameters as they stand between the parentheses of a function: those with defaults behind the others."""
    unique = list({parameter.name: parameter for parameter in parameters}.values())
    positional = [str(own) for own in unique if own.form == "positional" and not own.default]
    keyword = [str(own) for own in unique if own.form == "keyword"]
    others = [own for own in unique if str(own) not in positional + keyword]
    return ", ".join(
        [
            *positional,
            *["/"] * bool(positional),
            *(str(own) for own in others if not own.default),
            *(str(own) for own in others if own.default),
            *["*"] * bool(keyword),
            *keyword,
        ]
    )


def parameter(choices: Choices, scope: Scope, kinds: str = "all") -> Parameter:
    """A parameter that is no dependency.

    Args:
        choices: where the choices are made.
        scope: where the function is defined.
        kinds: "all", or "no body" for what also a websocket may have.
    """
    makers = [_plain, _plain, _marked, _in_path, _special, _header, _model_of_parameters, _alias, _of_enumeration]
    if kinds == "all":
        makers += [_body, _body, _embedded, _form, _file]
    made_parameter = choices.pick("kind", makers)(choices, scope)
    form = choices.pick("form", ["", "", "", "", "", "", "keyword", "keyword", "positional"])
    return Parameter(made_parameter.name, made_parameter.annotation, made_parameter.default, form)


def quoted(scope: Scope, annotation: str) -> str:
    """The annotation as a text, where FastAPI reads such: not twice over, and not with quotes inside."""
    return annotation if scope.module.lazy or '"' in annotation or "'" in annotation else f'"{annotation}"'


def path_parameter(choices: Choices, scope: Scope, name: str, convertor: str) -> Parameter:
    """The parameter for one in a path."""
    annotation = {"int": "int", "float": "float", "uuid": "str", "path": "str"}.get(convertor, "")
    annotation = annotation or types.scalar(choices.within("type"), scope)
    style = choices.pick("style", ["plain", "plain", "annotated", "default", "bare", "text"])
    if style == "bare":
        return Parameter(name)
    if style == "text":
        return Parameter(name, quoted(scope, annotation))
    return _declared(choices, scope, name, annotation, "fastapi.Path", {}, "", style)


def _plain(choices: Choices, scope: Scope) -> Parameter:
    """A query parameter without a marker, or without anything."""
    name = choices.pick("name", PARAMETER_NAMES)
    if choices.chance("bare", 15):
        return Parameter(name, default=choices.pick("bare default", ["", "None", "1", "'x'"]))
    annotation = types.simple(choices.within("type"), scope)
    if choices.chance("text", 15):
        annotation = quoted(scope, annotation)
    return Parameter(name, annotation, choices.pick("default", ["None", "", "None"]))


def _in_path(choices: Choices, scope: Scope) -> Parameter:
    """One that is a path parameter in some routes and a query parameter in others."""
    annotation = types.scalar(choices.within("type"), scope)
    return Parameter(choices.pick("name", PATH_NAMES), annotation, choices.pick("default", ["", "None"]))


def _of_enumeration(choices: Choices, scope: Scope) -> Parameter:
    """One whose default is a member of an enumeration."""
    cls, names = enumeration(choices, scope)
    default = f"{cls}.{choices.pick('member', names)}"
    if choices.chance("marked", 30):
        default = f"{scope.get('fastapi.Query')}({default})"
    return Parameter(choices.pick("name", PARAMETER_NAMES), cls, default)


def _marked(choices: Choices, scope: Scope) -> Parameter:
    kind = types.sequence if choices.chance("sequence", 40) else types.simple
    return _with_marker(choices, scope, kind(choices.within("type"), scope), "fastapi.Query")


def _header(choices: Choices, scope: Scope) -> Parameter:
    marker = choices.pick("marker", ["fastapi.Header", "fastapi.Header", "fastapi.Cookie"])
    options = (
        {"convert_underscores": "False"} if marker.endswith("Header") and choices.chance("underscores", 30) else {}
    )
    kind = types.sequence if marker.endswith("Header") and choices.chance("sequence", 20) else types.simple
    return _with_marker(choices, scope, kind(choices.within("type"), scope), marker, options)


def _body(choices: Choices, scope: Scope) -> Parameter:
    annotation = types.structured(choices.within("type"), scope)
    name = choices.pick("name", ["body", "payload", "data", "item"])
    default = "None" if choices.chance("default", 25) else ""
    if choices.chance("marked", 25):
        options = {"embed": "True"} if choices.chance("embedded", 40) else {}
        return _with_marker(choices, scope, annotation, "fastapi.Body", options, name=name)
    return Parameter(name, annotation, default)


def _embedded(choices: Choices, scope: Scope) -> Parameter:
    annotation = types.simple(choices.within("type"), scope)
    options = {"embed": choices.pick("embed", ["True", "False"])} if choices.chance("embedded", 50) else {}
    return _with_marker(
        choices, scope, annotation, "fastapi.Body", options, name=choices.pick("name", ["importance", "rank"])
    )


def _form(choices: Choices, scope: Scope) -> Parameter:
    kind = types.sequence if choices.chance("sequence", 30) else types.simple
    name = choices.pick("name", ["username", "password", "remember_me"])
    return _with_marker(choices, scope, kind(choices.within("type"), scope), "fastapi.Form", name=name)


def _file(choices: Choices, scope: Scope) -> Parameter:
    name = choices.pick("name", ["file", "upload", "image"])
    upload = scope.get("fastapi.UploadFile")
    annotation = choices.pick("type", [upload, f"list[{upload}]", "bytes", "list[bytes]", f"{upload} | None"])
    if "bytes" in annotation or choices.chance("marked", 50):
        return _with_marker(choices, scope, annotation, "fastapi.File", name=name)
    return Parameter(name, annotation, "None" if annotation.endswith("None") else "")


def _model_of_parameters(choices: Choices, scope: Scope) -> Parameter:
    """A Pydantic model whose fields are the parameters."""
    markers = ["fastapi.Query", "fastapi.Header", "fastapi.Cookie"]
    annotation = types.filters(choices.within("type"), scope)
    if choices.chance("optional", 20):
        annotation = types.optional(choices, scope, annotation)
    return _with_marker(choices, scope, annotation, choices.pick("marker", markers), name="filters", alias=False)


def _special(choices: Choices, scope: Scope) -> Parameter:
    name = choices.pick("name", list(SPECIAL))
    annotation = scope.get(SPECIAL[name])
    if choices.chance("text", 20):
        annotation = quoted(scope, annotation)
    return Parameter(name, annotation)


def _alias(choices: Choices, scope: Scope) -> Parameter:
    """A parameter whose declaration stands in an alias."""
    name = use(choices, scope, made(choices, scope, "parameter alias", _define_alias, "schemas", "dependencies"))
    return Parameter(choices.pick("name", PARAMETER_NAMES), name, choices.pick("default", ["3", "None"]))


def _define_alias(choices: Choices, top: Scope) -> str:
    name = top.fresh("Limit")
    marker = top.get(choices.pick("marker", ["fastapi.Query", "fastapi.Header", "fastapi.Cookie"]))
    annotated = top.get("typing.Annotated")
    top.write(f"{name} = {annotated}[{types.simple(choices.within('type'), top)}, {marker}()]")
    if choices.chance("nested", 30):
        inner, name = name, top.fresh("Limit")
        top.write(
            f"{name} = {annotated}[{inner}, {choices.pick('more', [repr('note'), top.get('fastapi.Query') + '()'])}]"
        )
    return name


def _with_marker(
    choices: Choices,
    scope: Scope,
    annotation: str,
    marker: str,
    options: dict[str, str] | None = None,
    name: str = "",
    alias: bool = True,
) -> Parameter:
    """A parameter with a marker and, perhaps, an alias and a default."""
    options = dict(options or {})
    for keyword in ("alias", "validation_alias") if alias else ():
        if choices.chance(keyword, 15):
            options[keyword] = f'"{choices.pick(f"{keyword} text", ["X-Name", "other", "long_name", "camelCase"])}"'
    default = choices.pick("default", ["None", "", "..."]) if alias else ""
    style = choices.pick("style", ["annotated", "default"])
    return _declared(
        choices, scope, name or choices.pick("name", PARAMETER_NAMES), annotation, marker, options, default, style
    )


def _declared(
    choices: Choices,
    scope: Scope,
    name: str,
    annotation: str,
    marker: str,
    options: dict[str, str],
    default: str,
    style: str,
) -> Parameter:
    """A declaration with a marker: in ``Annotated``, as the default value, or not at all ("plain")."""
    if style == "plain":
        return Parameter(name, annotation, default)
    arguments = [f"{keyword}={value}" for keyword, value in options.items()]
    if choices.chance("validated", 20):
        arguments.append('description="what it is"')
    if style == "annotated":
        metadata = [f"{scope.get(marker)}({', '.join(arguments)})"]
        if choices.chance("more metadata", 20):
            metadata.insert(choices.pick("before", [0, 1]), '"a note"')
        inside = ", ".join([annotation, *metadata])
        return Parameter(name, f"{scope.get('typing.Annotated')}[{inside}]", default if default != "..." else "")
    if default:
        arguments.insert(0, default if choices.chance("positional default", 70) else f"default={default}")
    return Parameter(name, annotation, f"{scope.get(marker)}({', '.join(arguments)})")
