"""Composing: a letter's name and its facts become subject, text and HTML in the reader's language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import css_inline
import phonenumbers
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from service_center.core import i18n
from service_center.core.brand import Brand
from service_center.core.outside import Letter

TEMPLATES = Path(__file__).parents[2] / "templates"
LONGEST_SUBJECT, LONGEST_NAME = 200, 120
# A name with an address in it is somebody who wants our letters to advertise for them: they are greeted without it.
_NO_NAME = re.compile(r"[/\\:@<>]|\w\.\w{2,}")
_LINE_BREAKS = frozenset({"Cc", "Zl", "Zp"})
_styles = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def compose(
    name: str, *, recipient: str, recipient_name: str, language: str, facts: Mapping[str, Any], brand: Brand, reference: str
) -> Letter:  # fmt: skip
    """The letter of this name; raises jinja2.UndefinedError when a fact is missing."""
    called = one_line(recipient_name)[:LONGEST_NAME]
    with i18n.speaking(language):
        known = {
            "code": "",
            **facts,
            "brand": brand,
            "language": i18n.language(),
            "name": "" if _NO_NAME.search(called) else called,
            "accent_light": _lighter(brand.accent),
        }
        subject = one_line(_render(name, "subject.txt", known))[:LONGEST_SUBJECT]
        text = re.sub(r"\n{3,}", "\n\n", _render(name, "body.txt", known)).strip() + "\n"
        html = _styles.inline(_render(name, "body.html", {**known, "subject": subject}))
        return Letter(
            recipient=one_line(recipient), recipient_name=called, sender=brand.sender_email, sender_name=brand.name,
            reply_to=brand.email, subject=subject, text=text, html=html, language=i18n.language(), reference=reference,
        )  # fmt: skip


def one_line(text: str) -> str:
    """Without line breaks or other controls: nothing that is typed adds a header to a letter."""
    return " ".join("".join(" " if unicodedata.category(c) in _LINE_BREAKS else c for c in text).split())


def _render(name: str, part: str, known: Mapping[str, Any]) -> str:
    return _house().get_template(f"emails/{name}/{part}").render(known)


@cache
def _house() -> Environment:
    """The letters' own templates, with the pages' filters; HTML is escaped, text is not."""
    house = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(("html",), default=False), undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    i18n.teach(house)
    house.filters.update(
        day=i18n.day, weekday=i18n.weekday, moment=i18n.moment, clock_time=i18n.clock_time, money=i18n.money,
        number=i18n.number, country=i18n.country, groups=lambda code: code.split("-"), phone=_phone,
    )  # fmt: skip
    return house


def _phone(number: str) -> str:
    """A phone number in groups; what is none is shown as it is."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        return number


def _lighter(colour: str) -> str:
    """The brand's colour for dark grounds."""
    parts = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(0.4 * part + 0.6 * 255):02x}" for part in parts)
