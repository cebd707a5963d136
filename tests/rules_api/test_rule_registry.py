"""Tests of the registry: discovery, checks of metadata, lookup."""

from __future__ import annotations

import importlib
import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from fastapi_lint.diagnostics import Severity
from fastapi_lint.rules.api import Option, Rule
from fastapi_lint.rules.docstrings import rule_doc
from fastapi_lint.rules.metadata import metadata_problems
from fastapi_lint.rules.registry import GROUPS, Registry, RegistryError, UnknownSelectorError, discover, load

_numbers = itertools.count()

RULE = '''"""A rule."""

from fastapi_lint.rules.api import Rule


class Sample(Rule):
    """A sample."""

    code = "{code}"
    name = "{name}"
    messages = {{"found": "found {{what}}"}}

    def check_route(self, route, project):
        return ()
'''


def plant(folder: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str]) -> Registry:
    """The registry of a package made of ``files``."""
    name = f"planted_{next(_numbers)}"
    for path, text in {"__init__.py": "", **files}.items():
        target = folder / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        (target.parent / "__init__.py").touch()
        target.write_text(text)
    monkeypatch.syspath_prepend(str(folder))
    return discover(importlib.import_module(name))


def test_rules_are_found_in_the_order_of_their_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = plant(
        tmp_path,
        monkeypatch,
        {
            "schemas/a_schema.py": RULE.format(code="FAL201", name="a-schema"),
            "routing/zebra.py": RULE.format(code="FAL101", name="zebra"),
            "routing/ant.py": RULE.format(code="FAL102", name="ant"),
            "routing/_helper.py": "from fastapi_lint.rules.api import Rule\nclass NotARule(Rule): pass\n",
            "api.py": "",
        },
    )
    assert [rule.code for rule in registry] == ["FAL101", "FAL102", "FAL201"]
    assert len(registry) == 3


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"routing/ant.py": RULE.format(code="FAL201", name="ant")}, "does not begin with FAL1"),
        ({"routing/ant.py": RULE.format(code="FAL101", name="bee")}, "the module is named ant, but the rule bee"),
        ({"routing/ant.py": "x = 1\n"}, "routing.ant: holds 0 rules instead of one"),
        ({"routing/ant.py": RULE.format(code="FAL101", name="ant") + "class Other(Sample): pass\n"}, "holds 2 rules"),
        ({"insects/ant.py": RULE.format(code="FAL101", name="ant")}, "insects: not the folder of a group"),
        (
            {
                "routing/ant.py": RULE.format(code="FAL101", name="ant"),
                "routing/bee.py": RULE.format(code="FAL101", name="bee"),
            },
            "the code FAL101 is that of",
        ),
    ],
)
def test_faulty_packages_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], problem: str
) -> None:
    with pytest.raises(RegistryError, match=problem):
        plant(tmp_path, monkeypatch, files)


def test_a_name_is_unique(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "routing/ant.py": RULE.format(code="FAL101", name="ant"),
        "schemas/ant.py": RULE.format(code="FAL201", name="ant"),
    }
    with pytest.raises(RegistryError, match="the name ant is that of"):
        plant(tmp_path, monkeypatch, files)


def make(**attributes: object) -> type[Rule]:
    """A sound rule, but for ``attributes``."""
    sound = {
        "code": "FAL101",
        "name": "sample-rule",
        "messages": {"found": "found {what}"},
        "check_route": lambda self, route, project: (),
    }
    return type("SampleRule", (Rule,), {**sound, **attributes})


def faults(**attributes: object) -> list[str]:
    return metadata_problems(make(**attributes), prefix="FAL1", module="sample_rule")


def test_sound_metadata_have_no_problems() -> None:
    assert faults() == []
    assert faults(standards=("API-6", "DB-1"), options=(Option("paths", "list[str]", ("a",), "Which."),)) == []


@pytest.mark.parametrize(
    ("attributes", "problem"),
    [
        ({"code": "FAL1"}, "is not FAL and three digits"),
        ({"code": None}, "is not FAL and three digits"),
        ({"name": "Sample_Rule"}, "is not lower-case words"),
        ({"severity": "error"}, "is no Severity"),
        ({"confidence": Severity.ERROR}, "is no Confidence"),
        ({"profile": "default"}, "the profile 'default'"),
        ({"fix": "sometimes"}, "the fix 'sometimes'"),
        ({"standards": ("API6",)}, "is no id such as API-1"),
        ({"standards": ("API-6", "API-6")}, "a standard is named twice"),
        ({"standards": "API-6"}, "standards is not a tuple"),
        ({"messages": {}}, "there are no messages"),
        ({"messages": {"found": "a {0}"}}, "the field {0}"),
        ({"messages": {"found": "a {}"}}, "the field {}"),
        ({"messages": {"found": "a {route.path}"}}, "the field {route.path}"),
        ({"messages": {"found": "a {severity}"}}, "the field {severity}"),
        ({"messages": {"found": "a {what"}}, "is no template"),
        ({"messages": {"found": "a \n b"}}, "several lines"),
        ({"messages": {"Found It": "a"}}, "the message id 'Found It'"),
        ({"options": (Option("always", "bool", 1, "Help."),)}, "is no bool: 1"),
        ({"options": (Option("limit", "int", True, "Help."),)}, "is no int: True"),
        ({"options": (Option("limit", "float", 1, "Help."),)}, "the type 'float'"),
        ({"options": (Option("limit", "int", 1, " "),)}, "has no help"),
        ({"options": (Option("a_b", "int", 1, "Help."),)}, "the option name 'a_b'"),
        ({"options": (Option("a", "int", 1, "Help."),) * 2}, "is declared twice"),
        ({"options": [Option("a", "int", 1, "Help.")]}, "options is not a tuple"),
        ({"check_routes": lambda self: ()}, "check_routes looks like a hook"),
    ],
)
def test_each_fault_of_metadata_is_named(attributes: dict[str, object], problem: str) -> None:
    assert any(problem in fault for fault in faults(**attributes)), faults(**attributes)


def test_a_rule_without_hooks_is_for_the_engine_only() -> None:
    rule = type("SampleRule", (Rule,), {"code": "FAL101", "name": "sample-rule", "messages": {"found": "x"}})
    assert metadata_problems(rule, prefix="FAL1", module="sample_rule") == [
        "it overrides no hook, so it never reports anything"
    ]
    assert metadata_problems(rule, prefix="FAL1", module="sample_rule", needs_hook=False) == []


SMALL = Registry(
    [
        make(code="FAL102", name="delete-without-204"),
        make(code="FAL101", name="created-without-201"),
        make(code="FAL201", name="shared-schema", check_module=lambda self, module, project: ()),
    ]
)


@pytest.mark.parametrize(
    ("selector", "codes"),
    [
        ("FAL101", ["FAL101"]),
        ("fal101", ["FAL101"]),
        ("shared-schema", ["FAL201"]),
        ("FAL", ["FAL101", "FAL102", "FAL201"]),
        ("FAL1", ["FAL101", "FAL102"]),
        ("FAL20", ["FAL201"]),
        ("schemas", ["FAL201"]),
    ],
)
def test_selectors(selector: str, codes: list[str]) -> None:
    assert [rule.code for rule in SMALL.select(selector)] == codes


@pytest.mark.parametrize("selector", ["", "F", "FA", "FAL9", "FAL999", "security", "unknown", "FAL1011"])
def test_unknown_selectors(selector: str) -> None:
    with pytest.raises(UnknownSelectorError):
        SMALL.select(selector)


def test_unknown_selectors_come_with_suggestions() -> None:
    with pytest.raises(UnknownSelectorError, match="did you mean created-without-201"):
        SMALL.select("created-without-20")
    with pytest.raises(UnknownSelectorError, match="did you mean FAL10"):
        SMALL.select("FAL103")


def test_find_group_and_hooks() -> None:
    schema = SMALL.find("shared-schema")
    assert schema is not None and SMALL.find("fal201") is schema and SMALL.find("FAL2") is None
    assert SMALL.group(schema).name == "schemas"
    assert SMALL.hooks(schema) == ("check_route", "check_module")


def test_group_prefixes_are_all_of_fal() -> None:
    assert [group.prefix for group in GROUPS] == [f"FAL{digit}" for digit in range(10)]


def test_own_rules_load_once() -> None:
    assert load() is load()


@pytest.mark.parametrize("rule", load().rules, ids=lambda rule: rule.code)
def test_own_rules_have_sound_docstrings(rule: type[Rule]) -> None:
    rule_doc(rule)


def test_loading_the_rules_imports_neither_libcst_nor_the_extractor() -> None:
    script = (
        "import sys; from fastapi_lint.rules.registry import load; load();"
        "heavy = ('libcst', 'click', 'fastapi_lint.syntax');"
        "print([name for name in sys.modules if name.startswith(heavy)])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
