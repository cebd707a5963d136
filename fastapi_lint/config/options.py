"""The options of the linter: the one definition from which files and command line are read and the documentation and
the JSON schema are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi_lint.config.folders import GENERATED_FOLDERS
from fastapi_lint.config.kinds import (
    Boolean,
    Field,
    Folder,
    ListOf,
    OneOf,
    PathPattern,
    Place,
    Record,
    Release,
    Selector,
    TableOf,
    TablesOf,
    Text,
)
from fastapi_lint.config.rule_tables import RuleTables
from fastapi_lint.config.selection import narrowest
from fastapi_lint.config.specifiers import SPECIFIER
from fastapi_lint.diagnostics import Severity
from fastapi_lint.model.settings import Policy
from fastapi_lint.rules.metadata import PROFILES
from fastapi_lint.rules.registry import Registry

SEVERITIES = ("info", "warning", "error")
"""The severities, the least first."""

NEVER = "never"
"""What ``fail-on`` says for: no finding fails a check."""

_RULES = ListOf(Selector())
_PATHS = ListOf(PathPattern())
_ROUTE_PATH = Text('a path that begins with "/" or "*"', "paths of routes", r"[/*][^\s]*")
_DEPENDENCY = Text('the name of a dependency such as "shop.auth.user"', "names of dependencies", r"[^\W\d][\w.<>()]*")
_METHOD = Text(
    'an HTTP method in capitals, or "WEBSOCKET"',
    "HTTP methods",
    "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|WEBSOCKET",
)
_APPLICATION = Text(
    '"module:variable" or "module:factory"',
    "applications",
    r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*",
)
_SPECIFIER = Text('a version specifier such as ">=0.2"', "version specifiers", SPECIFIER)


class _Severities(TableOf):
    """Severities by selector, read as severities by code."""

    def read(self, value: Any, place: Place) -> dict[str, Severity]:
        given = super().read(value, place)
        return {code: Severity(name) for code, name in narrowest(given, place).items()}


class _Policies(TablesOf):
    """Requirements of routes, read as :class:`Policy`."""

    def read(self, value: Any, place: Place) -> tuple[Policy, ...]:
        return tuple(Policy(**table) for table in super().read(value, place))


_POLICY = Record(
    {
        "dependency": Field(
            _DEPENDENCY, "The dependency that every such route must have, at any depth: a bare or a dotted name.",
            required=True,
        ),
        "paths": Field(
            ListOf(_ROUTE_PATH, least=1),
            "The paths that the policy speaks of: `*` stands for a part of a segment, `**` for any number of segments.",
            ["**"],
        ),
        "methods": Field(ListOf(_METHOD, least=1), "The methods that the policy speaks of.", otherwise="all"),
    },
    "a table of a policy",
)  # fmt: skip

Merge = Callable[[Any, Any], Any]


def _replaced(before: Any, value: Any) -> Any:
    return value


def _added(before: Any, value: Any) -> Any:
    return (*before, *value)


def _updated(before: Mapping[str, Any], value: Mapping[str, Any]) -> dict[str, Any]:
    return {**before, **value}


def _updated_within(before: Mapping[str, Any], value: Mapping[str, Any]) -> dict[str, Any]:
    return {**before, **{key: {**before.get(key, {}), **inner} for key, inner in value.items()}}


@dataclass(frozen=True)
class Setting(Field):
    """An option of the configuration.

    Attributes:
        example: a value that it may have, as it would stand in the file.
        merge: what comes of the value that counted so far and a further one, from a file that extends another or from
            the command line.
        on_command_line: whether the command line has an option of this name, too.
    """

    example: Any = None
    merge: Merge = _replaced
    on_command_line: bool = False

    @property
    def is_replaced(self) -> bool:
        """Whether a further value takes the place of the one that counted so far, instead of adding to it."""
        return self.merge is _replaced

    @property
    def summary(self) -> str:
        """What it means, in one sentence."""
        return self.help.partition(". ")[0].rstrip(".") + "."


@dataclass(frozen=True)
class Section:
    """Options that belong together, as the documentation presents them."""

    title: str
    introduction: str
    settings: Mapping[str, Setting]


SELECTION = Section(
    "Which rules run",
    """\
A rule is named by its code (`FAL301`), by the beginning of codes (`FAL3`), by its name (`unauthenticated-route`), by
the name of its group, or by `ALL`. Of one file or one command line, the narrower word wins, and of equals `ignore`:
`select = ["FAL3"]` with `ignore = ["FAL301"]` runs the group without that rule, `extend-select = ["FAL301"]` with
`ignore = ["FAL3"]` that rule alone of its group. A file that extends another, and the command line, speak after it:
`select` and `profile` begin anew, the others change what was said so far.""",
    {
        "profile": Setting(
            OneOf(PROFILES),
            "The set of rules to start from: those that nearly every project wants, or all there are.",
            "recommended",
            example="strict",
            on_command_line=True,
        ),
        "select": Setting(
            _RULES,
            "Rules to run instead of those of the profile.",
            example=["security", "FAL101"],
            otherwise="those of the profile",
            on_command_line=True,
        ),
        "extend-select": Setting(
            _RULES, "Rules to run besides.", [], example=["FAL5"], merge=_added, on_command_line=True
        ),
        "ignore": Setting(_RULES, "Rules not to run.", [], example=["FAL102"], merge=_added, on_command_line=True),
        "extend-ignore": Setting(
            _RULES, "Further rules not to run.", [], example=["routing"], merge=_added, on_command_line=True
        ),
        "per-file-ignores": Setting(
            TableOf(PathPattern(), _RULES),
            "Rules whose findings do not count in some files. With `!` in front, the pattern stands for all files that "
            "it does not fit.",
            {},
            example={"scripts/": ["FAL5"], "tests/": ["hardcoded-secret"]},
            on_command_line=True,
        ),
        "extend-per-file-ignores": Setting(
            TableOf(PathPattern(), _RULES),
            "Rules whose findings do not count in some files, besides those of `per-file-ignores`.",
            {},
            example={"*_pb2.py": ["ALL"]},
            merge=_added,
            on_command_line=True,
        ),
        "rules": Setting(
            RuleTables(),
            "Options of single rules; the page of each rule lists them.",
            {},
            example={"unauthenticated-route": {"reads": True}},
            merge=_updated_within,
        ),
    },
)

FINDINGS = Section(
    "What findings count for",
    """\
A finding is an `error`, a `warning` or an `info`, as the page of its rule says. What they are called does not change
which are reported; from which on the command ends with 1 is for `fail-on` to say.""",
    {
        "severity": Setting(
            _Severities(Selector(), OneOf(SEVERITIES)),
            "Severities of rules in place of their own. The narrower word wins.",
            {},
            example={"FAL301": "error", "routing": "info"},
            merge=_updated,
        ),
        "fail-on": Setting(
            OneOf((*SEVERITIES, NEVER)),
            "The lowest severity whose findings make the exit status of `check` 1. An internal error makes it 2.",
            "info",
            example="error",
            on_command_line=True,
        ),
        "baseline": Setting(
            Text("the path of a baseline", "paths", r"[^\x00]+"),
            "The file of findings that are known and not reported, relative to the root of the project; "
            "`fastapi-lint baseline create` makes it.",
            example="fastapi-lint-baseline.json",
            otherwise="none",
        ),
        "require-reason": Setting(
            Boolean(), "Whether a `# fastapi-lint: ignore[…]` comment must say why (FAL004).", False, example=True
        ),
    },
)

FIXES = Section(
    "Which findings are fixed",
    """\
`check --fix` fixes what has a safe fix, and with `--unsafe-fixes` what has any. These options leave rules out: their
findings are reported without a fix. The narrower word wins, and of equals `unfixable`.""",
    {
        "fixable": Setting(
            _RULES, "Rules whose findings may be fixed.", ["ALL"], example=["FAL1", "FAL003"], on_command_line=True
        ),
        "unfixable": Setting(
            _RULES, "Rules whose findings are not fixed.", [], example=["FAL132"], merge=_added, on_command_line=True
        ),
    },
)

FILES = Section(
    "Which files are read",
    """\
Path patterns are those of `.gitignore` files, relative to the root of the project: `gen/` is a folder of that name
anywhere, `/gen/` only the one at the root, `*_pb2.py` files by their name, `!gen/keep/` takes back what was said
before. What is left out is not part of the project: neither is it reported on, nor does the model know it.

A file or folder that is given on the command line is read even so, unless `force-exclude` is set, as pre-commit hooks
want it.""",
    {
        "exclude": Setting(
            _PATHS,
            "Patterns of files and folders that are left out.",
            [f"{name}/" for name in GENERATED_FOLDERS],
            example=["build/", "generated/"],
            on_command_line=True,
        ),
        "extend-exclude": Setting(
            _PATHS,
            "Further patterns of what is left out.",
            [],
            example=["migrations/", "*_pb2.py"],
            merge=_added,
            on_command_line=True,
        ),
        "respect-gitignore": Setting(
            Boolean(),
            "Whether what git ignores is left out. The `.gitignore` files of the repository say so, and its "
            "`.git/info/exclude`; without a repository, nothing does. A pattern of `exclude` or `extend-exclude` goes "
            "before, so that `!gen/` reads what git ignores.",
            True,
            example=False,
            on_command_line=True,
        ),
        "force-exclude": Setting(
            Boolean(),
            "Whether what is left out stays so when it is given on the command line.",
            False,
            example=True,
            on_command_line=True,
        ),
        "src": Setting(
            ListOf(Folder(), or_one=True),
            "The folders from which Python imports the project's modules.",
            example=["src"],
            otherwise="the root, its `src` folder, and the same of each folder with a `pyproject.toml` or `setup.py`",
        ),
    },
)

PROJECT = Section(
    "What cannot be seen in the source",
    """\
What the model is told of the project. A word here that names nothing is reported (FAL005).""",
    {
        "app": Setting(
            ListOf(_APPLICATION, or_one=True),
            "The applications to analyse.",
            example="shop.main:app",
            otherwise="all that are found",
        ),
        "auth-dependencies": Setting(
            ListOf(_DEPENDENCY),
            "Dependencies that authenticate although their code does not show it, by a bare or a dotted name.",
            [],
            example=["shop.auth.verify_signature"],
        ),
        "public-paths": Setting(
            ListOf(_ROUTE_PATH),
            "Routes that are public on purpose (FAL301): `*` stands for a part of a segment, `**` for any number of "
            "segments.",
            [],
            example=["/webhooks/**"],
        ),
        **{
            key: Setting(
                Release(),
                f"The release of {label} that the project uses.",
                example=release,
                otherwise="what the lock file or the requirements say, else the newest",
            )
            for key, label, release in (
                ("fastapi-version", "FastAPI", "0.115.0"),
                ("pydantic-version", "Pydantic", "2.10"),
                ("sqlalchemy-version", "SQLAlchemy", "2.0"),
            )
        },
        "require": Setting(
            _Policies(_POLICY),
            "Policies that the routes of the project must meet, a table each: missing-required-dependency (FAL145)"
            " reports each route that a policy speaks of and that is not seen to have the dependency in every case.",
            [],
            example=[{"dependency": "shop.auth.require_admin", "paths": ["/admin/**"]}],
            merge=_added,
        ),
    },
)

SHARING = Section(
    "Sharing a configuration",
    """\
A configuration may build on another file: what it says itself is added to that or goes before it. Paths and patterns
count from the root of the project that is checked, whichever file says them, so that projects can share a file.""",
    {
        "extend": Setting(
            Text("the path of a configuration file", "paths", r"[^\x00]+"),
            "A configuration file to build on, relative to this one; it may extend a further one.",
            example="../fastapi-lint.toml",
            otherwise="none",
        ),
        "required-version": Setting(
            _SPECIFIER,
            "The releases of fastapi-lint that may use this configuration; another one ends with 2.",
            example=">=0.1",
            otherwise="any",
        ),
    },
)

SECTIONS = (SELECTION, FINDINGS, FIXES, FILES, PROJECT, SHARING)
"""All options, as the documentation presents them."""

SETTINGS: Mapping[str, Setting] = {key: setting for section in SECTIONS for key, setting in section.settings.items()}
"""All options by key."""

VERSION_KEYS = {key: key.removesuffix("-version") for key in PROJECT.settings if key.endswith("-version")}
"""The keys that state the release of a library, with the name of its distribution."""

CONFIGURATION = Record(SETTINGS)
"""A whole configuration."""


def initial_values() -> dict[str, Any]:
    """What counts where nobody says anything, by key, as it is read; None where there is no default."""
    place = Place("the defaults", None, Registry(()))
    return {
        key: None if setting.default is None else setting.kind.read(setting.default, place.below(key))
        for key, setting in SETTINGS.items()
    }
