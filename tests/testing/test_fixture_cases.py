"""Tests of finding and reading cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastapi_lint.rules.api import Option, Rule
from fastapi_lint.rules.registry import Registry
from fastapi_lint.testing.cases import Case, CaseError, find_cases, read_case
from fastapi_lint.testing.expectations import ExpectationError


def rule(code: str, name: str, *options: Option) -> type[Rule]:
    return type("Sample", (Rule,), {"code": code, "name": name, "options": options, "messages": {"found": "x"}})


REGISTRY = Registry(
    [
        rule("FAL121", "shadowed-route", Option("always", "bool", False, "x"), Option("words", "list[str]", (), "x")),
        rule("FAL122", "duplicate-route"),
    ]
)


def plant(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root


def only_case(root: Path, files: dict[str, str]) -> Case:
    (place,) = find_cases(plant(root, {f"FAL121-shadowed-route/{path}": text for path, text in files.items()}))
    return read_case(place, REGISTRY)


def config(case: Case) -> str:
    return case.files["fastapi-lint.toml"].decode()


def test_files_and_folders_are_cases(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            "FAL122-duplicate-route/a.py": "",
            "FAL121-shadowed-route/b.py": "",
            "FAL121-shadowed-route/b.fixed.py": "",
            "FAL121-shadowed-route/README.md": "",
            "FAL121-shadowed-route/__pycache__/b.py": "",
            "FAL121-shadowed-route/a_project/app/main.py": "",
            "README.md": "",
        },
    )
    assert [place.id for place in find_cases(tmp_path)] == [
        "FAL121-shadowed-route/a_project",
        "FAL121-shadowed-route/b.py",
        "FAL122-duplicate-route/a.py",
    ]
    assert [place.has_fix() for place in find_cases(tmp_path)] == [False, True, False]


def test_a_folder_that_is_not_named_after_a_rule(tmp_path: Path) -> None:
    plant(tmp_path, {"shadowed-route/a.py": ""})
    with pytest.raises(CaseError, match="not named after a rule"):
        find_cases(tmp_path)


@pytest.mark.parametrize(
    ("folder", "problem"),
    [("FAL199-unheard-of", "there is none of this code"), ("FAL121-duplicate-route", "it is called shadowed-route")],
)
def test_a_folder_of_an_unknown_rule(tmp_path: Path, folder: str, problem: str) -> None:
    (place,) = find_cases(plant(tmp_path, {f"{folder}/a.py": ""}))
    with pytest.raises(CaseError, match=problem):
        read_case(place, REGISTRY)


def test_a_single_file(tmp_path: Path) -> None:
    case = only_case(tmp_path, {"a.py": "x = 1  # error: FAL121\n", "a.fixed.py": "x = 2\n"})
    assert case.codes == {"FAL121"}
    assert config(case) == 'select = ["FAL121"]\n'
    assert case.files["a.py"] == b"x = 1  # error: FAL121\n"
    assert case.fixed == {"a.py": b"x = 2\n"}
    assert [(one.path, one.line) for one in case.expectations] == [("a.py", 1)]
    assert case.shown("a.py") == (tmp_path / "FAL121-shadowed-route/a.py").as_posix()
    assert case.line("a.py", 1) == "x = 1  # error: FAL121"
    assert case.line("a.py", 7) == ""


def test_the_header_of_a_single_file(tmp_path: Path) -> None:
    header = (
        "# select: FAL121, duplicate-route\n"
        '# options: {"always": true}\n'
        '# options: words = ["a"]\n'
        '# settings: {"public-paths": ["/a"], "fastapi-version": "0.100"}\n'
    )
    case = only_case(tmp_path, {"a.py": f'"""Doc."""\n{header}x = 1\n'})
    assert case.codes == {"FAL121"}, "below the docstring it is no header"
    case = only_case(tmp_path, {"a.py": f"{header}x = 1\n# options: always = false\n"})
    assert case.codes == {"FAL121", "FAL122"}
    assert config(case) == (
        'select = ["FAL121", "duplicate-route"]\n'
        'rules = {shadowed-route = {always = true, words = ["a"]}}\n'
        'public-paths = ["/a"]\n'
        'fastapi-version = "0.100"\n'
    )


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("# options: {", "neither a JSON object nor a TOML pair"),
        ("# options: always", "neither a JSON object nor a TOML pair"),
        ('# options: {"never": true}', "`rules.shadowed-route.never`: unknown option"),
        ('# options: {"always": 1}', "expected true or false"),
        ("# select: FAL999", "FAL999"),
        ("# settings: colour = 1", "unknown option"),
    ],
)
def test_faulty_headers(tmp_path: Path, header: str, problem: str) -> None:
    with pytest.raises(CaseError, match=problem):
        only_case(tmp_path, {"a.py": f"{header}\n"})


def test_a_project(tmp_path: Path) -> None:
    pyproject = '[project]\nname = "x"\n[tool.fastapi-lint]\nprofile = "recommended"\n'
    case = only_case(
        tmp_path,
        {
            "shop/pyproject.toml": pyproject,
            "shop/requirements.txt": "fastapi  # ok: FAL121\n",
            "shop/app/main.py": "# ok[+1]: FAL121\n",
            "shop/app/main.fixed.py": "x\n",
        },
    )
    assert config(case) == 'profile = "recommended"\nselect = ["FAL121"]\n'
    assert case.files["pyproject.toml"].decode() == pyproject
    assert sorted(case.files) == ["app/main.py", "fastapi-lint.toml", "pyproject.toml", "requirements.txt"]
    assert case.fixed == {"app/main.py": b"x\n"}
    assert [(one.path, one.line) for one in case.expectations] == [("app/main.py", 2), ("requirements.txt", 1)]
    assert case.shown("app/main.py").endswith("FAL121-shadowed-route/shop/app/main.py")


def test_a_project_may_select_more(tmp_path: Path) -> None:
    toml = 'select = ["FAL12"]\nignore = ["duplicate-route"]\n'
    case = only_case(tmp_path, {"shop/fastapi-lint.toml": toml, "shop/main.py": ""})
    assert case.codes == {"FAL121"}
    assert config(case) == 'select = ["FAL12"]\nignore = ["duplicate-route"]\n'


def test_a_project_without_python(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="there is no Python file in it"):
        only_case(tmp_path, {"shop/README.md": ""})


def test_expectations_of_rules_that_do_not_run_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExpectationError, match="FAL122 does not run here"):
        only_case(tmp_path, {"a.py": "x = 1  # ok: FAL122\n"})
