"""Italian dates meet their article as people say it."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from service_center.core.i18n import _, speaking, teach


@pytest.mark.parametrize(
    ("day", "said"),
    [("11 ago 2028", "l’11 ago 2028"), ("8 gen 2027", "l’8 gen 2027"), ("18 gen 2027", "l 18 gen 2027")],
)
def test_the_eighth_and_the_eleventh_take_an_apostrophe(day: str, said: str) -> None:
    """“fino all’11”, and “fino al 18” as ever."""
    with speaking("it"):
        assert said in _("The guarantee lasted until %(day)s; the repair was asked for after that day.", day=day)


def test_templates_say_it_the_same_way_and_go_on_escaping() -> None:
    sentence = "The guarantee lasted until %(day)s; the repair was asked for after that day."
    templates = Environment(autoescape=True)
    teach(templates)
    page = templates.from_string(f"{{{{ _('{sentence}', day=day) }}}}")
    with speaking("it"):
        assert "fino all’11 ago 2028;" in page.render(day="11 ago 2028")
        assert "&lt;b&gt;" in page.render(day="<b>")
