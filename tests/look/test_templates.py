"""Rules of the house for templates, styles and scripts, checked by machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, nodes

HOME = Path(__file__).parents[2]
TEMPLATES = HOME / "templates"
STATIC = HOME / "service_center/static"
ALL = sorted(p for p in TEMPLATES.rglob("*") if p.suffix in {".html", ".txt"})
PAGES = [p for p in ALL if "emails" not in p.parts and p.suffix == ".html"]
LONGEST = 80
SPRITE = set(re.findall(r'id="i-([a-z]+)"', (STATIC / "icons.svg").read_text()))
INLINE = {
    "a style attribute": r"\sstyle\s*=",
    "a style block": r"<style\b",
    "a script in the page": r"<script\b(?![^>]*\bsrc=)",
    "an event attribute": r"\son[a-z]+\s*=\s*[\"']",
    "a script address": r"javascript:",
}

house = Environment(loader=FileSystemLoader(TEMPLATES), extensions=["jinja2.ext.i18n"], autoescape=True)


def name_of(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def tree(path: Path) -> nodes.Template:
    return house.parse(path.read_text())


def strings_compared(page: nodes.Template) -> Iterator[int]:
    """Lines where something is compared with a word: the page asks what a service should have answered."""
    for compare in page.find_all(nodes.Compare):
        sides = [compare.expr, *(operand.expr for operand in compare.ops)]
        if any(isinstance(c.value, str) for side in sides for c in constants(side)):
            yield compare.lineno
    for asked in page.find_all((nodes.Test, nodes.Filter)):
        asks = asked.name in {"eq", "equalto", "ne", "in", "sameas", "selectattr", "rejectattr"}
        words = [arg for arg in asked.args if isinstance(arg, nodes.Const) and isinstance(arg.value, str)]
        if asks and len(words) > (1 if asked.name.endswith("attr") else 0):
            yield asked.lineno


def constants(side: nodes.Node) -> Iterator[nodes.Const]:
    if isinstance(side, nodes.Const):
        yield side
    elif isinstance(side, (nodes.List, nodes.Tuple)):
        yield from (item for item in side.items if isinstance(item, nodes.Const))


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_template_stays_short(path: Path) -> None:
    assert path.read_text().count("\n") <= LONGEST


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_template_never_compares_with_a_word(path: Path) -> None:
    assert list(strings_compared(tree(path))) == []


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_nothing_is_declared_safe(path: Path) -> None:
    page = tree(path)
    assert [f.lineno for f in page.find_all(nodes.Filter) if f.name == "safe"] == []
    assert not re.search(r"\{%-?\s*autoescape", path.read_text())


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_has_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text()
    assert [fault for fault, shape in INLINE.items() if re.search(shape, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_icon_is_in_the_sprite(path: Path) -> None:
    named = [
        call.args[0].value
        for call in tree(path).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
        and call.node.name in {"icon", "draw"}
        and call.args
        and isinstance(call.args[0], nodes.Const)
    ]
    assert [name for name in named if name not in SPRITE] == []


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_every_macro_asked_for_exists(path: Path) -> None:
    for wanted in tree(path).find_all(nodes.FromImport):
        assert isinstance(wanted.template, nodes.Const)
        known = {macro.name for macro in tree(TEMPLATES / wanted.template.value).find_all(nodes.Macro)}
        names = {name if isinstance(name, str) else name[0] for name in wanted.names}
        assert names <= known, wanted.template.value


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_static_file_named_exists(path: Path) -> None:
    for filename in re.findall(r"filename='([^'%]+)'", path.read_text()):
        assert (STATIC / filename).is_file(), filename


def test_styles_use_only_tokens_that_exist() -> None:
    sheets = {sheet.name: sheet.read_text() for sheet in STATIC.glob("*.css")}
    known = set(re.findall(r"(--[a-z0-9-]+)\s*:", "".join(sheets.values())))
    for name, sheet in sheets.items():
        assert set(re.findall(r"var\((--[a-z0-9-]+)", sheet)) <= known, name


def test_scripts_stand_alone() -> None:
    """An import inside a script would carry no fingerprint and stay in caches for a year."""
    for script in STATIC.glob("js/*.js"):
        text = script.read_text()
        assert text.startswith("// "), script.name
        assert not re.search(r"^\s*import\b|\beval\(|\.style\b", text, re.MULTILINE), script.name


def test_the_rules_can_fail() -> None:
    compared = [
        "{% if x == 'y' %}{% endif %}",
        "{{ x in ['a', 'b'] }}",
        "{{ x is eq('y') }}",
        "{{ x|selectattr('a', 'equalto', 'b') }}",
    ]
    assert [len(list(strings_compared(house.parse(text)))) for text in compared] == [1, 1, 1, 1]
    assert not list(strings_compared(house.parse("{% if n > 3 and done %}{{ x['a'] }}{% endif %}")))
