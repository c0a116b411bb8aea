"""Rules of the house that a machine can check: sizes, commits, statuses, names, locks."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
PACKAGE = HOME / "service_center"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE, LONGEST_FUNCTION = 400, 60


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield node


def name_of(path: Path) -> str:
    return str(path.relative_to(HOME))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_opens_with_a_sentence_and_stays_readable(path: Path) -> None:
    text = path.read_text()
    assert ast.get_docstring(ast.parse(text)), "every module opens with one sentence"
    assert text.count("\n") <= LONGEST_MODULE
    too_long = [f.name for f in functions(path) if (f.end_lineno or 0) - f.lineno > LONGEST_FUNCTION]
    assert not too_long


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_name_that_is_no_role(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "common", "misc", "manager"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("__init__.py")), ids=name_of)
def test_a_package_opens_with_one_docstring_and_nothing_else(path: Path) -> None:
    body = ast.parse(path.read_text()).body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)


def test_only_the_transaction_commits() -> None:
    committing = [name_of(p) for p in MODULES if re.search(r"\.commit\(", p.read_text())]
    assert committing == ["service_center/core/database.py"]


def test_only_opening_advancing_and_the_demo_give_a_status() -> None:
    """A status is assigned as an attribute in one place, and handed to a new row in two."""
    assigning = {name_of(p) for p in MODULES if re.search(r"\bticket\.status\s*=[^=]", p.read_text())}
    assert assigning == {"service_center/tickets/services/advancing.py"}


def test_rules_never_look_at_the_wall() -> None:
    looking = [name_of(p) for p in MODULES if re.search(r"date\.today\(|datetime\.now\(", p.read_text())]
    assert looking == ["service_center/core/clock.py"]


def test_no_raw_sql_from_strings() -> None:
    """f-strings go into no statement (S3); the demo's writer names its own tables only."""
    joined = re.compile(r"""(?:text|exec_driver_sql|execute)\(\s*f["']""")
    found = [name_of(p) for p in MODULES if joined.search(p.read_text())]
    assert found in ([], ["service_center/core/database.py", "service_center/demo/writer.py"])


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt", "requirements-ocr.txt"])
def test_locks_name_no_registry_and_hold_hashes(lock: str) -> None:
    text = (HOME / lock).read_text()
    assert not re.search(r"://|--index|--extra-index|--find-links|file:", text)
    pinned = re.findall(r"^[a-z0-9][^\s=]*==", text, re.MULTILINE)
    assert len(pinned) > 30
    assert text.count("--hash=") > 2 * len(pinned), "hashes of one platform only: lock against the full index"


def test_the_locks_hold_what_the_project_names() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text())
    wanted = [re.split(r"[\[<>=~ ]", name)[0].lower() for name in project["project"]["dependencies"]]
    locked = (HOME / "requirements.txt").read_text()
    assert [name for name in wanted if not re.search(rf"^{re.escape(name)}==", locked, re.MULTILINE)] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_sentence_hides_in_an_f_string(path: Path) -> None:
    """Collecting the sentences does not look into f-strings: such a one would stay English for ever."""
    inside = [
        part
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
    ]
    said = [
        ast.unparse(part)
        for part in inside
        if isinstance(part, ast.Call) and ast.unparse(part.func) in {"_", "later", "ngettext", "pgettext"}
    ]
    assert said == []


def test_no_third_party_file_lies_in_the_tree() -> None:
    endings = {".woff", ".woff2", ".ttf", ".otf", ".min.js", ".min.css"}
    assert [p for p in PACKAGE.rglob("*") if any(p.name.endswith(e) for e in endings)] == []
